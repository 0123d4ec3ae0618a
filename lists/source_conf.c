/* SPDX-License-Identifier: ISC */
#include "source_conf.h"

#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "lists_conf.h"
#include "units.h"
#include "xalloc.h"

#define MINUTE	     60
#define DAY	     (24 * 60 * MINUTE)
#define REFRESH	     DAY
#define REFRESH_MIN  MINUTE
#define REFRESH_MAX  (30 * DAY)
#define URL_MAX	     1000
#define PATH_MAX_LEN 1000

static const char https[] = "https://";

/*
 * A phrase that says what is wrong, or NULL.  The URL itself is not shown: it
 * may have a key in it.
 */
static const char *
url_check(const char *url)
{
	const char *host, *p;
	size_t	    len;

	if (strncmp(url, "http://", 7) == 0)
		return "a list is fetched over https:// only: what comes over "
		       "http:// may be anybody's";
	if (strncmp(url, https, sizeof(https) - 1) != 0)
		return "expected a URL that begins with https://";
	if (strlen(url) > URL_MAX)
		return "the URL is longer than 1000 bytes";
	for (p = url; *p != '\0'; p++) {
		if (*p <= ' ' || *p > '~' || *p == '"' || *p == '\\')
			return "the URL has a character in it that no URL has";
	}
	host = url + sizeof(https) - 1;
	len = strcspn(host, "/?#");
	if (len == 0)
		return "the URL has no host";
	if (memchr(host, '@', len) != NULL)
		return "no name and password in a URL: use \"header file\"";
	return NULL;
}

static int
read_one_path(char **path, struct words *w, const char *what)
{
	const char *text;

	if (words_expect(w, "file") == -1 ||
	    (text = words_path(w, "a file's name", PATH_MAX_LEN)) == NULL)
		return -1;
	if (*path != NULL)
		return words_fail(w, "\"%s\" is given twice", what);
	*path = xstrdup(text);
	return 0;
}

/* refresh TIME, token file PATH, header file PATH, ca file PATH */
static int
read_options(struct list_source *s, struct words *w)
{
	static const char *const words[] = { "refresh", "token", "header", "ca",
		NULL };
	int			 i, ret;

	while (!words_done(w)) {
		if ((i = words_choice(w, words)) == -1)
			return -1;
		if (i == 0)
			ret = words_duration(w, &s->refresh,
			    "a duration such as 12h", REFRESH_MIN, REFRESH_MAX);
		else if (i == 1)
			ret = read_one_path(&s->token_file, w, words[i]);
		else if (i == 2)
			ret = read_one_path(&s->header_file, w, words[i]);
		else
			ret = read_one_path(&s->ca_file, w, words[i]);
		if (ret == -1)
			return -1;
	}
	return 0;
}

static int
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Takes over what the source points to, in any case. */
static int
add(struct list_conf *l, struct list_source *s, struct words *w)
{
	size_t i;

	for (i = 0; i < l->nsources; i++) {
		if (same(l->sources[i].url, s->url) ||
		    same(l->sources[i].file, s->file)) {
			source_clear(s);
			return words_fail(w, "line %u has the same source",
			    l->sources[i].where.line);
		}
	}
	if (l->nsources == LIST_SOURCES_MAX) {
		source_clear(s);
		return words_fail(w, "more than %d sources", LIST_SOURCES_MAX);
	}
	l->sources =
	    xreallocarray(l->sources, l->nsources + 1, sizeof(*l->sources));
	l->sources[l->nsources++] = *s;
	return 0;
}

int
source_read_url(void *arg, struct words *w)
{
	struct list_source s;
	const char	  *text, *why;

	memset(&s, 0, sizeof(s));
	s.where = w->where;
	s.refresh = REFRESH;
	if ((text = words_next(w, "a URL in quotes")) == NULL)
		return -1;
	if ((why = url_check(text)) != NULL)
		return words_fail(w, "%s", why);
	s.url = xstrdup(text);
	if (read_options(&s, w) == -1) {
		source_clear(&s);
		return -1;
	}
	return add(arg, &s, w);
}

int
source_read_file(void *arg, struct words *w)
{
	struct list_source s;
	const char	  *text;

	memset(&s, 0, sizeof(s));
	s.where = w->where;
	if ((text = words_path(w, "a file's name", PATH_MAX_LEN)) == NULL)
		return -1;
	s.file = xstrdup(text);
	return add(arg, &s, w);
}

static void
print_path(struct printer *p, const char *word, const char *path)
{
	if (path == NULL)
		return;
	print_bare(p, word);
	print_bare(p, "file");
	print_quoted(p, path);
}

void
source_print_urls(const void *arg, struct printer *p)
{
	const struct list_conf	 *l = arg;
	const struct list_source *s;
	char			  buf[UNITS_LEN];
	size_t			  i;

	for (i = 0; i < l->nsources; i++) {
		s = &l->sources[i];
		if (s->url == NULL)
			continue;
		print_begin(p, "url");
		print_quoted(p, s->url);
		print_bare(p, "refresh");
		print_bare(p, units_print_duration(s->refresh, buf));
		print_path(p, "token", s->token_file);
		print_path(p, "header", s->header_file);
		print_path(p, "ca", s->ca_file);
		print_end(p);
	}
}

void
source_print_files(const void *arg, struct printer *p)
{
	const struct list_conf *l = arg;
	size_t			i;

	for (i = 0; i < l->nsources; i++) {
		if (l->sources[i].file == NULL)
			continue;
		print_begin(p, "file");
		print_quoted(p, l->sources[i].file);
		print_end(p);
	}
}

void
source_clear(struct list_source *s)
{
	free(s->url);
	free(s->file);
	free(s->token_file);
	free(s->header_file);
	free(s->ca_file);
}
