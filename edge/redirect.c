/* SPDX-License-Identifier: ISC */
#include "redirect.h"

#include <stddef.h>
#include <string.h>

#include "lower.h"

/*
 * What a captured byte of the normalised path needs to stand in a URL again:
 * 1 is encoded.  "%" is not: it begins one of the escapes that normalising
 * leaves.
 */
static int
needs_escape(unsigned char c)
{
	return c <= 0x20 || c >= 0x7f || strchr("\"<>#?\\^`{|}", c) != NULL;
}

/* As it came, but for what never may be in a header field of ours. */
static int
is_foul(unsigned char c)
{
	return c <= 0x20 || c >= 0x7f || c == '"' || c == '<' || c == '>';
}

static void
put(struct out *o, struct slice s, int (*escape)(unsigned char))
{
	static const char hex[] = "0123456789ABCDEF";
	char		  text[3] = { '%', 0, 0 };
	size_t		  i;
	unsigned char	  c;

	for (i = 0; i < s.len; i++) {
		c = (unsigned char)s.at[i];
		if (!escape(c)) {
			out_bytes(o, &s.at[i], 1);
			continue;
		}
		text[1] = hex[c >> 4];
		text[2] = hex[c & 0xf];
		out_bytes(o, text, 3);
	}
}

static void
put_query(struct out *o, const struct redirect *r)
{
	if (!r->has_query)
		return;
	out_text(o, "?");
	put(o, r->query, is_foul);
}

static void
put_group(struct out *o, const struct redirect *r, size_t i)
{
	struct slice s;

	if (i >= r->nspans || !r->spans[i].set)
		return;
	s.at = r->normal + r->spans[i].from;
	s.len = r->spans[i].to - r->spans[i].from;
	put(o, s, needs_escape);
}

static const struct {
	const char *word;
	size_t	    len;
	int	    host, path, query;
} variables[] = {
	{ "$host", 5, 1, 0, 0 },
	{ "$uri", 4, 0, 1, 1 },
	{ "$path", 5, 0, 1, 0 },
	{ "$query", 6, 0, 0, 1 },
};

/* The variable at s, which is a "$".  Returns its length in the file. */
static size_t
put_variable(struct out *o, const char *s, const struct redirect *r)
{
	size_t i;

	if (s[1] >= '1' && s[1] <= '9') {
		put_group(o, r, (size_t)(s[1] - '0'));
		return 2;
	}
	for (i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		if (strncmp(s, variables[i].word, variables[i].len) != 0)
			continue;
		if (variables[i].host)
			lower_write(o, r->host);
		if (variables[i].path)
			put(o, r->path, is_foul);
		if (variables[i].query)
			put_query(o, r);
		return variables[i].len;
	}
	out_text(o, "$");
	return s[1] == '$' ? 2 : 1;
}

/*
 * A browser takes "//name" and "/\name" for another host.  That is right only
 * if the file says so itself.
 */
static void
stay_here(struct out *o, size_t start, const char *text)
{
	char  *url = o->buf + start;
	size_t n = 0, len = o->len - start;

	if (text[0] == '/' && text[1] == '/')
		return;
	while (n < len && (url[n] == '/' || url[n] == '\\'))
		n++;
	if (n == 0)
		return;
	url[0] = '/';
	memmove(url + 1, url + n, len - n);
	o->len -= n - 1;
}

void
redirect_write(struct out *o, const char *text, const struct redirect *r)
{
	const char *s = text;
	size_t	    n, start = o->len;

	while (*s != '\0') {
		if (*s == '$') {
			s += put_variable(o, s, r);
			continue;
		}
		n = strcspn(s, "$");
		out_bytes(o, s, n);
		s += n;
	}
	stay_here(o, start, text);
}

void
redirect_https(struct out *o, const struct redirect *r, unsigned int port)
{
	out_text(o, "https://");
	lower_write(o, r->host);
	if (port != 443) {
		out_text(o, ":");
		out_number(o, port);
	}
	put(o, r->path, is_foul);
	put_query(o, r);
}
