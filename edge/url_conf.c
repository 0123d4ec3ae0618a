/* SPDX-License-Identifier: ISC */
#include "url_conf.h"

#include <stdio.h>
#include <string.h>

#include "nearest.h"
#include "words.h"

static const char *const variables[] = { "host", "path", "query", "uri", NULL };

/* The name at $: its length with the dollar, or 0 with the error said. */
static size_t
named(struct words *w, size_t at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	const char	 *text = words_text(w) + at + 1;
	struct nearest	  near;
	char		  name[SHOWN_LEN];
	size_t		  i, len = strspn(text, letters);

	if (len == 0) {
		words_fail_in(w, at,
		    "expected $1 to $9, $host, $path, $query or $uri, or $$ "
		    "for a dollar sign");
		return 0;
	}
	snprintf(name, sizeof(name), "%.*s", (int)len, text);
	nearest_init(&near, name);
	for (i = 0; variables[i] != NULL; i++) {
		if (strlen(variables[i]) == len &&
		    strcmp(variables[i], name) == 0)
			return len + 1;
		nearest_offer(&near, variables[i], variables[i]);
	}
	if (near.best != NULL)
		words_fail_in(w, at,
		    "there is no variable $%s; did you mean $%s?", name,
		    near.best);
	else
		words_fail_in(w, at,
		    "there is no variable $%s: only $1 to $9, $host, $path, "
		    "$query and $uri",
		    name);
	return 0;
}

static size_t
variable(struct words *w, size_t at, unsigned int groups)
{
	char c = words_text(w)[at + 1];

	if (c == '$')
		return 2;
	if (c < '0' || c > '9')
		return named(w, at);
	if (c == '0')
		words_fail_in(w, at,
		    "$0 is none: the groups begin with $1, and the whole is "
		    "$path");
	else if (groups == 0)
		words_fail_in(w, at,
		    "$%c needs a location ~ \"regex\" with groups around it",
		    c);
	else if ((unsigned int)(c - '0') > groups)
		words_fail_in(w, at,
		    "the location's expression has %u group%s, not $%c", groups,
		    groups == 1 ? "" : "s", c);
	else
		return 2;
	return 0;
}

static int
begins_well(const char *url)
{
	return url[0] == '/' || (url[0] == '$' && url[1] != '$') ||
	    strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
}

const char *
url_read(struct words *w, unsigned int groups)
{
	const char *url;
	char	    shown[SHOWN_LEN];
	size_t	    i, n;

	if ((url = words_next(w, "a URL")) == NULL)
		return NULL;
	if (!begins_well(url)) {
		words_fail(w,
		    "expected a URL that begins with \"/\", \"http://\" or "
		    "\"https://\", got \"%s\"",
		    errors_show(shown, url));
		return NULL;
	}
	for (i = 0; url[i] != '\0'; i += n) {
		n = 1;
		if (url[i] <= 0x20 || url[i] > 0x7e) {
			words_fail_in(w, i,
			    "a URL is printable ASCII without spaces: write "
			    "the rest as %%XX");
			return NULL;
		}
		if (url[i] == '$' && (n = variable(w, i, groups)) == 0)
			return NULL;
	}
	return url;
}
