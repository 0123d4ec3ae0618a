/* SPDX-License-Identifier: ISC */
/*
 * One line of a feed: which form has it, and what does it say?
 */
#include <string.h>
#include <strings.h>

#include "feed_parse.h"

static int
is_comment(const char *s, const char *end)
{
	if (s == end)
		return 0;
	return *s == '#' || *s == ';' ||
	    (*s == '/' && s + 1 < end && s[1] == '/');
}

/* May an entry end here? */
static int
is_end(const char *s, const char *end)
{
	return s == end || *s == ' ' || *s == '\t' || *s == ',' ||
	    is_comment(s, end);
}

/* DShield: first and last are known; s is where the bits should be. */
static int
dshield(struct feed_entry *e, const struct feed_entry *last, const char *s,
    const char *end)
{
	unsigned int bits;
	uint32_t     host;

	if (!e->single || !last->single || e->family != ADDR_IPV4 ||
	    last->family != ADDR_IPV4)
		return -1;
	s = feed_bits(&bits, 32, feed_skip_blanks(s, end), end);
	if (s == NULL || (s < end && *s != ' ' && *s != '\t'))
		return -1;
	host = bits >= 32 ? 0 : UINT32_MAX >> bits;
	if ((e->v4.first & host) != 0 || (e->v4.first | host) != last->v4.last)
		return -1;
	e->v4.last = last->v4.last;
	e->single = 0;
	return 0;
}

/*
 * What is behind the entry: nothing, a comment, other columns, words.  A
 * second address, with a hyphen or not, could make it a range or be another
 * entry: it is bad, but for DShield's form.
 */
static enum feed_what
behind(struct feed_entry *e, enum feed_form *form, const char *s,
    const char *end)
{
	struct feed_entry last;
	const char	 *p;

	if (!is_end(s, end))
		return FEED_LINE_BAD;
	s = feed_skip_blanks(s, end);
	if (s < end && *s == ',') {
		*form = FEED_CSV;
		return FEED_LINE_GOOD;
	}
	if (s == end || is_comment(s, end))
		return FEED_LINE_GOOD;
	/* "192.0.2.0/24 - 192.0.3.255": from where to where? */
	if (*s == '-' &&
	    feed_entry(&last, feed_skip_blanks(s + 1, end), end) != NULL)
		return FEED_LINE_BAD;
	if ((p = feed_entry(&last, s, end)) == NULL || !is_end(p, end))
		return FEED_LINE_GOOD;
	if (dshield(e, &last, p, end) == -1)
		return FEED_LINE_BAD;
	*form = FEED_DSHIELD;
	return FEED_LINE_GOOD;
}

static enum feed_what
json(struct feed_entry *e, const char *s, const char *end)
{
	char	       text[FEED_VALUE_LEN];
	enum feed_what what;

	if ((what = feed_json(text, s, end)) != FEED_LINE_GOOD)
		return what;
	end = text + strlen(text);
	return feed_entry(e, text, end) == end ? FEED_LINE_GOOD : FEED_LINE_BAD;
}

static int
has_controls(const char *s, const char *end)
{
	for (; s < end; s++)
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7f)
			return 1;
	return 0;
}

enum feed_what
feed_line_parse(struct feed_entry *e, enum feed_form *form, const char *s,
    const char *end)
{
	const char *p;
	int	    quoted;

	if (s == end)
		return FEED_LINE_EMPTY;
	if (has_controls(s, end))
		return FEED_LINE_BAD;
	if (is_comment(s, end))
		return FEED_LINE_EMPTY;
	if (*s == '{') {
		*form = FEED_NDJSON;
		return json(e, s, end);
	}
	quoted = *s == '"';
	*form = quoted ? FEED_CSV : FEED_PLAIN;
	if ((p = feed_entry(e, s + quoted, end)) == NULL)
		return FEED_LINE_BAD;
	if (quoted && (p == end || *p++ != '"'))
		return FEED_LINE_BAD;
	return behind(e, form, p, end);
}

/* Columns of CSV, or of what has blanks between: "Start End Netmask". */
int
feed_line_titles(const char *s, const char *end)
{
	static const char *const first[] = { "ip", "ip_address", "ipaddress",
		"address", "cidr", "prefix", "network", "start" };
	size_t			 i, len, word = 0;

	if (has_controls(s, end))
		return 0;
	len = (size_t)(end - s);
	if (len > 1 && *s == '"' && memchr(s + 1, '"', len - 1) != NULL)
		s++;
	len = (size_t)(end - s);
	if (len == 0 || (*s | 0x20) < 'a' || (*s | 0x20) > 'z')
		return 0;
	if (memchr(s, ',', len) != NULL)
		return 1;
	/* "network 192.0.2.1" is a line that somebody means. */
	if (memchr(s, '.', len) != NULL || memchr(s, ':', len) != NULL)
		return 0;
	while (word < len && memchr(" \t\"", s[word], 3) == NULL)
		word++;
	for (i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (word == strlen(first[i]) &&
		    strncasecmp(s, first[i], word) == 0)
			return 1;
	return 0;
}
