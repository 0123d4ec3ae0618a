/* SPDX-License-Identifier: ISC */
#include "ban_line.h"

#include <stdio.h>
#include <string.h>

#include "crc32c.h"
#include "line.h"

#define SUM	" crc="
#define SUM_LEN (sizeof(SUM) - 1 + 8)

static const char who_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz"
				  "0123456789._/@:+-";

void
ban_line_who(char who[BAN_WHO_LEN], const char *text)
{
	char *p;

	strlcpy(who, text[0] == '\0' ? "-" : text, BAN_WHO_LEN);
	for (p = who; *p != '\0'; p++)
		if (strchr(who_letters, *p) == NULL)
			*p = '_';
}

void
ban_line_why(char why[BAN_WHY_LEN], const char *text)
{
	line_clean(why, BAN_WHY_LEN, text, strlen(text));
}

struct prefix
ban_line_prefix(const struct prefix *p)
{
	if (p->addr.family == ADDR_IPV6 && p->bits > BAN_NARROWEST6)
		return prefix_around(&p->addr, BAN_NARROWEST6);
	return *p;
}

const char *
ban_line_too_wide(const struct prefix *p)
{
	if (p->addr.family == ADDR_IPV4 && p->bits < BAN_WIDEST4)
		return "is too wide: no IPv4 ban is wider than a /16";
	if (p->addr.family == ADDR_IPV6 && p->bits < BAN_WIDEST6)
		return "is too wide: no IPv6 ban is wider than a /32";
	return NULL;
}

const char *
ban_line_print(const struct prefix *p, char buf[BAN_PREFIX_LEN])
{
	char addr[ADDR_LEN];

	snprintf(buf, BAN_PREFIX_LEN, "%s/%u", addr_print(&p->addr, addr),
	    p->bits % 1000);
	return buf;
}

/* --- writing ------------------------------------------------------------- */

/* Printable ASCII, in quotes.  Returns the length. */
static size_t
put_quoted(char *buf, size_t n, const char *text)
{
	buf[n++] = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf[n++] = '\\';
		buf[n++] = *text;
	}
	buf[n++] = '"';
	buf[n] = '\0';
	return n;
}

/* At its longest 20 + 5 + 50 + 7 + 20 + 7 + 10 + 4 + 32 + 9 + 2 * 128. */
static size_t
put_ban(char *buf, const struct ban_line *l)
{
	char prefix[BAN_PREFIX_LEN];
	int  n;

	n = snprintf(buf, BAN_LINE_LEN,
	    "%lld ban %s until %lld times %u by %s because ",
	    (long long)l->time, ban_line_print(&l->prefix, prefix),
	    (long long)l->until, l->times, l->who);
	return put_quoted(buf, (size_t)n, l->why);
}

static size_t
put_words(char *buf, const struct ban_line *l)
{
	char prefix[BAN_PREFIX_LEN];
	int  n = 0;

	switch (l->word) {
	case BAN_LINE_BAN:
		return put_ban(buf, l);
	case BAN_LINE_UNBAN:
		n = snprintf(buf, BAN_LINE_LEN, "%lld unban %s by %s",
		    (long long)l->time, ban_line_print(&l->prefix, prefix),
		    l->who);
		break;
	case BAN_LINE_CLOCK:
		n = snprintf(buf, BAN_LINE_LEN, "%lld clock",
		    (long long)l->time);
		break;
	case BAN_LINE_RIGHT:
		n = snprintf(buf, BAN_LINE_LEN, "%lld clock right by %s",
		    (long long)l->time, l->who);
		break;
	}
	return (size_t)n;
}

size_t
ban_line_write(char buf[BAN_LINE_LEN], const struct ban_line *l)
{
	size_t	 n;
	uint32_t crc;

	n = put_words(buf, l);
	crc = crc32c(0, buf, n);
	n += (size_t)snprintf(buf + n, BAN_LINE_LEN - n, SUM "%08lx\n",
	    (unsigned long)crc);
	return n;
}

/* --- reading ------------------------------------------------------------- */

/* What is left of a line that ends in NUL. */
struct rest {
	char *p;
};

/* The next word, up to a space or the end; NULL: there is none. */
static char *
next(struct rest *r)
{
	char *word = r->p, *end;

	if (word == NULL)
		return NULL;
	if ((end = strchr(word, ' ')) != NULL)
		*end++ = '\0';
	r->p = end;
	return word;
}

static int
next_is(struct rest *r, const char *want)
{
	char *word = next(r);

	return word != NULL && strcmp(word, want) == 0;
}

static int
next_number(struct rest *r, int64_t *v)
{
	char *p = next(r);

	if (p == NULL || *p == '\0')
		return 0;
	for (*v = 0; *p != '\0'; p++) {
		if (*p < '0' || *p > '9')
			return 0;
		*v = *v * 10 + (*p - '0');
		if (*v > BAN_TIME_LAST)
			return 0;
	}
	return *v != 0;
}

static int
next_prefix(struct rest *r, struct prefix *p)
{
	const char *word = next(r);

	if (word == NULL || prefix_parse(p, word) != NULL ||
	    ban_line_too_wide(p) != NULL)
		return 0;
	return p->addr.family == ADDR_IPV4 || p->bits <= BAN_NARROWEST6;
}

static int
next_who(struct rest *r, char who[BAN_WHO_LEN])
{
	const char *word;

	if (!next_is(r, "by") || (word = next(r)) == NULL || *word == '\0')
		return 0;
	return word[strspn(word, who_letters)] == '\0' &&
	    strlcpy(who, word, BAN_WHO_LEN) < BAN_WHO_LEN;
}

/* The quoted text that is the rest of the line. */
static int
last_why(struct rest *r, char why[BAN_WHY_LEN])
{
	const char *p = r->p;
	size_t	    n = 0;

	if (p == NULL || *p++ != '"')
		return 0;
	for (; *p != '"'; p++) {
		if (*p == '\\')
			p++;
		if (*p < ' ' || *p > '~' || n == BAN_WHY_LEN - 1)
			return 0;
		why[n++] = *p;
	}
	why[n] = '\0';
	r->p = NULL;
	return p[1] == '\0';
}

static const char *
read_ban(struct ban_line *l, struct rest *r)
{
	int64_t times;

	if (!next_prefix(r, &l->prefix))
		return "expected a prefix";
	if (!next_is(r, "until") || !next_number(r, &l->until))
		return "expected until when";
	if (!next_is(r, "times") || !next_number(r, &times) ||
	    times > UINT32_MAX)
		return "expected how often";
	l->times = (unsigned int)times;
	if (!next_who(r, l->who))
		return "expected by whom";
	if (!next_is(r, "because") || !last_why(r, l->why))
		return "expected why";
	return NULL;
}

static const char *
read_unban(struct ban_line *l, struct rest *r)
{
	if (!next_prefix(r, &l->prefix))
		return "expected a prefix";
	return next_who(r, l->who) ? NULL : "expected by whom";
}

static const char *
read_clock(struct ban_line *l, struct rest *r)
{
	if (r->p == NULL)
		return NULL;
	l->word = BAN_LINE_RIGHT;
	if (!next_is(r, "right"))
		return "expected right";
	return next_who(r, l->who) ? NULL : "expected by whom";
}

static const char *
read_words(struct ban_line *l, char *text)
{
	struct rest r = { .p = text };
	const char *word;

	if (!next_number(&r, &l->time))
		return "expected a time";
	if ((word = next(&r)) == NULL)
		return "expected a word";
	if (strcmp(word, "ban") == 0) {
		l->word = BAN_LINE_BAN;
		return read_ban(l, &r);
	}
	if (strcmp(word, "unban") == 0) {
		l->word = BAN_LINE_UNBAN;
		return read_unban(l, &r);
	}
	if (strcmp(word, "clock") == 0) {
		l->word = BAN_LINE_CLOCK;
		return read_clock(l, &r);
	}
	return "expected ban, unban or clock";
}

const char *
ban_line_read(struct ban_line *l, const char *line, size_t len)
{
	char	    text[BAN_LINE_LEN], again[BAN_LINE_LEN];
	const char *why;

	memset(l, 0, sizeof(*l));
	if (len >= sizeof(text) - 1)
		return "is too long";
	if (len <= SUM_LEN)
		return "is too short";
	memcpy(text, line, len - SUM_LEN);
	text[len - SUM_LEN] = '\0';
	if ((why = read_words(l, text)) != NULL)
		return why;
	/* The sum, leading zeros, two spaces, a NUL: all in one. */
	if (ban_line_write(again, l) != len + 1 ||
	    memcmp(again, line, len) != 0)
		return "the sum is wrong";
	return NULL;
}
