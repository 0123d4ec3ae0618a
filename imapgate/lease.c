/* SPDX-License-Identifier: ISC */
#include "lease.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "lexer.h"
#include "line.h"

#define WORD_LEN  (LEXER_WORD_MAX + 1)
#define TIME_LAST INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

/* The words behind the address; the index of each is its bit. */
enum key {
	KEY_UNTIL,
	KEY_ENDED,
	KEY_SINCE,
	KEY_WHO,
	KEY_FROM,
	KEY_WHY,
	NKEYS
};

static const char *const keys[NKEYS] = { "until", "ended", "since", "who",
	"from", "why" };

struct reader {
	struct lexer lexer;
	const char  *end; /* of the last word */
	const char  *why; /* what is wrong */
};

/* The next word, decoded.  1, 0 at the end of the line, or -1. */
static int
next_word(struct reader *r, char word[WORD_LEN])
{
	struct token t;

	switch (lexer_next(&r->lexer, &t)) {
	case TOKEN_END:
		if (memchr(r->end, '#', (size_t)(t.start - r->end)) == NULL)
			return 0;
		/* Who writes the lease again would lose it. */
		r->why = "a comment needs a line of its own";
		return -1;
	case TOKEN_WORD:
	case TOKEN_QUOTED:
		word[lexer_decode(&t, word)] = '\0';
		r->end = t.start + t.len;
		return 1;
	case TOKEN_BAD:
		r->why = t.why;
		return -1;
	default:
		r->why = "something that is no word";
		return -1;
	}
}

static const char *
set_time(time_t *t, int forever, const char *word)
{
	if (forever && strcmp(word, "forever") == 0) {
		*t = LEASE_FOREVER;
		return NULL;
	}
	if (lease_time_parse(t, word) == -1)
		return "a time is not of the form 2026-11-23T02:00:00Z";
	return NULL;
}

static const char *
set_text(char text[LEASE_TEXT_LEN], const char *word)
{
	if (strlcpy(text, word, LEASE_TEXT_LEN) >= LEASE_TEXT_LEN)
		return "a text is longer than 127 bytes";
	return NULL;
}

static const char *
set(struct lease *l, enum key key, const char *word)
{
	switch (key) {
	case KEY_UNTIL:
		return set_time(&l->until, 1, word);
	case KEY_ENDED:
		l->ended = 1;
		return set_time(&l->until, 0, word);
	case KEY_SINCE:
		return set_time(&l->since, 0, word);
	case KEY_WHO:
		return set_text(l->who, word);
	case KEY_FROM:
		return set_text(l->from, strcmp(word, "-") == 0 ? "" : word);
	case KEY_WHY:
	case NKEYS:
		break;
	}
	return set_text(l->why, word);
}

/* The pairs of key and value behind the address.  0, or -1. */
static int
parse_pairs(struct lease *l, struct reader *r)
{
	static const unsigned int ends = 1U << KEY_UNTIL | 1U << KEY_ENDED;
	char			  word[WORD_LEN];
	unsigned int		  key, seen = 0;
	int			  ret;

	while ((ret = next_word(r, word)) == 1) {
		for (key = 0; key < NKEYS; key++)
			if (strcmp(word, keys[key]) == 0)
				break;
		r->why = "expected until, ended, since, who, from or why";
		if (key == NKEYS)
			return -1;
		r->why = "a word is given twice";
		if (seen & 1U << key)
			return -1;
		seen |= 1U << key;
		r->why = "a value is missing at the end";
		if (next_word(r, word) != 1 ||
		    (r->why = set(l, (enum key)key, word)) != NULL)
			return -1;
	}
	if (ret == -1)
		return -1;
	r->why = "expected either until or ended";
	return (seen & ends) == 0 || (seen & ends) == ends ? -1 : 0;
}

const char *
lease_parse(struct lease *l, const char *line)
{
	struct reader r = { .end = line };
	char	      word[WORD_LEN];

	memset(l, 0, sizeof(*l));
	lexer_init(&r.lexer, line, strlen(line));
	switch (next_word(&r, word)) {
	case 0:
		return "there is no address";
	case 1:
		if ((r.why = prefix_parse(&l->prefix, word)) == NULL &&
		    parse_pairs(l, &r) == 0)
			return NULL;
		break;
	}
	memset(l, 0, sizeof(*l));
	return r.why;
}

/* As the lexer reads it back. */
static size_t
put_text(char *line, size_t n, const char *key, const char *text)
{
	static const char bare[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz"
				   "0123456789._:/@+-";

	n += (size_t)snprintf(line + n, LEASE_LINE_LEN - n, " %s ", key);
	if (text[0] != '\0' && text[strspn(text, bare)] == '\0')
		return n + strlcpy(line + n, text, LEASE_LINE_LEN - n);
	line[n++] = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			line[n++] = '\\';
		line[n++] = *text;
	}
	line[n++] = '"';
	line[n] = '\0';
	return n;
}

/* At its longest, that is 50 + 2 * 28 + 3 * (6 + 2 * 127 + 2) bytes. */
size_t
lease_print(const struct lease *l, char line[LEASE_LINE_LEN])
{
	char   prefix[PREFIX_LEN], time[LEASE_TIME_LEN];
	size_t n;

	n = (size_t)snprintf(line, LEASE_LINE_LEN, "%s %s %s",
	    prefix_print(&l->prefix, prefix), l->ended ? "ended" : "until",
	    lease_time(l->until, time));
	if (l->since != 0)
		n += (size_t)snprintf(line + n, LEASE_LINE_LEN - n, " since %s",
		    lease_time(l->since, time));
	n = put_text(line, n, "who", l->who);
	n = put_text(line, n, "from", l->from[0] == '\0' ? "-" : l->from);
	return put_text(line, n, "why", l->why);
}

void
lease_text(char text[LEASE_TEXT_LEN], const char *from)
{
	line_clean(text, LEASE_TEXT_LEN, from, strlen(from));
}

int
lease_is_open(const struct lease *l, time_t now)
{
	return !l->ended && (l->until == LEASE_FOREVER || now < l->until);
}

/*
 * Days since 1970-01-01 of a date; the way back is date.h's (Gregorian; the
 * year begins in March, so that the leap day is its last).  Not timegm(3): it
 * takes dates that there are not, and depends on the zone's leap seconds.
 */
static int64_t
days_of(int64_t y, int64_t m, int64_t d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = y / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

const char *
lease_time(time_t t, char buf[LEASE_TIME_LEN])
{
	if (t == LEASE_FOREVER)
		return memcpy(buf, "forever", sizeof("forever"));
	return date_rfc3339(t < 0 ? 1 : t, buf);
}

/* The number of n digits at s; n is small. */
static int
digits(const char *s, size_t n)
{
	int v = 0;

	while (n-- > 0)
		v = v * 10 + (*s++ - '0');
	return v;
}

int
lease_time_parse(time_t *t, const char *text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	char		  again[LEASE_TIME_LEN];
	size_t		  i;
	int64_t		  s;

	if (strlen(text) != sizeof(form) - 1)
		return -1;
	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' :
				     text[i] != form[i])
			return -1;
	s = days_of(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)) *
	    86400;
	s += digits(text + 11, 2) * 3600 + digits(text + 14, 2) * 60 +
	    digits(text + 17, 2);
	if (s <= 0 || s > TIME_LAST)
		return -1;
	/* The 30th of February, 25 o'clock, a leap second. */
	if (strcmp(lease_time((time_t)s, again), text) != 0)
		return -1;
	*t = (time_t)s;
	return 0;
}

enum lease_clock
lease_clock(time_t newest, time_t now)
{
	if (newest == 0)
		return LEASE_CLOCK_GOOD;
	if (now < newest - LEASE_SLACK)
		return LEASE_CLOCK_BACK;
	return now > newest + LEASE_SKEW ? LEASE_CLOCK_AHEAD : LEASE_CLOCK_GOOD;
}
