/* SPDX-License-Identifier: ISC */
#include "pf_parse.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "line.h"

#define LINE_LEN 1024

/*
 * Copy the line at *at, without the newline, and move behind it.  0 at the
 * end.  A line that does not fit comes out empty: nothing of it is believed.
 */
static int
next_line(char line[LINE_LEN], const char **at)
{
	size_t len;

	if (**at == '\0')
		return 0;
	len = strcspn(*at, "\n");
	line[0] = '\0';
	if (len < LINE_LEN) {
		memcpy(line, *at, len);
		line[len] = '\0';
	}
	*at += len;
	if (**at == '\n')
		(*at)++;
	return 1;
}

/* The next word of a line, or NULL. */
static char *
next_word(char **line)
{
	char *word;

	*line += strspn(*line, " \t\r");
	if (**line == '\0')
		return NULL;
	word = *line;
	*line += strcspn(*line, " \t\r");
	if (**line != '\0')
		*(*line)++ = '\0';
	return word;
}

/* Digits of that base to the end; 0, or -1. */
static int
number(uint64_t *value, const char *s, unsigned int base, uint64_t max)
{
	unsigned int digit;

	*value = 0;
	if (*s == '\0')
		return -1;
	for (; *s != '\0'; s++) {
		if (*s >= '0' && *s <= '9')
			digit = (unsigned int)(*s - '0');
		else if (base == 16 && *s >= 'a' && *s <= 'f')
			digit = (unsigned int)(*s - 'a') + 10;
		else
			return -1;
		if (*value > (max - digit) / base)
			return -1;
		*value = *value * base + digit;
	}
	return 0;
}

long
pf_parse_table(struct firewall_set *set, const char *text)
{
	struct prefix p;
	char	      line[LINE_LEN], *rest, *word;
	long	      n;

	for (n = 1; next_line(line, &text); n++) {
		rest = line;
		word = next_word(&rest);
		if (word == NULL && line[0] == '\0' && text[-1] == '\n' &&
		    (n == 1 || *text == '\0'))
			continue;
		/* A negated entry is none of ours, but it is in the way. */
		if (word == NULL || next_word(&rest) != NULL ||
		    prefix_parse(&p, word) != NULL)
			return n;
		if (firewall_set_add(set, &p) == -1)
			return -1;
	}
	return 0;
}

/*
 * "192.0.2.1:993" or "2001:db8::1[993]"; without a port it is 0.  The word
 * is changed.
 */
static int
parse_host(struct addr *a, uint16_t *port, char *s)
{
	uint64_t value;
	char	*end;

	*port = 0;
	if ((end = strchr(s, '[')) != NULL) {
		*end++ = '\0';
		if (*end == '\0' || end[strlen(end) - 1] != ']')
			return -1;
		end[strlen(end) - 1] = '\0';
	} else if ((end = strchr(s, ':')) != NULL && end == strrchr(s, ':'))
		*end++ = '\0';
	else
		end = NULL;
	if (end != NULL) {
		if (number(&value, end, 10, UINT16_MAX) == -1)
			return -1;
		*port = (uint16_t)value;
	}
	return addr_parse(a, s);
}

/* "(1)" before a host: its routing domain. */
static int
is_domain(const char *s)
{
	size_t len = strlen(s);

	return len > 2 && s[0] == '(' && s[len - 1] == ')' &&
	    strspn(s + 1, "0123456789") == len - 2;
}

/*
 * The host at *rest, and in brackets behind it what it is translated from,
 * up to the arrow or the blanks before the state.  0, or -1.
 */
static int
parse_end(struct addr a[2], uint16_t port[2], char **rest)
{
	char  *word, *before;
	size_t len;

	memset(a, 0, 2 * sizeof(*a));
	port[0] = port[1] = 0;
	do {
		if ((word = next_word(rest)) == NULL)
			return -1;
	} while (is_domain(word));
	if (parse_host(&a[0], &port[0], word) == -1)
		return -1;
	before = *rest;
	if (*(before + strspn(before, " ")) != '(')
		return 0;
	if ((word = next_word(rest)) == NULL)
		return -1;
	word++;
	/* "((1) 192.0.2.1:993)" */
	if (is_domain(word) && (word = next_word(rest)) == NULL)
		return -1;
	len = strlen(word);
	if (len == 0 || word[len - 1] != ')')
		return -1;
	word[len - 1] = '\0';
	return parse_host(&a[1], &port[1], word);
}

/*
 * IFACE tcp OURS <- PEER  STATE:STATE.  Our end comes first whichever way the
 * arrow points.  0, or -1 if it is not that.
 */
static int
parse_head(struct pf_state *s, char *line)
{
	struct addr ours[2], theirs[2];
	uint16_t    port[2];
	char	   *word;

	memset(s, 0, sizeof(*s));
	if (line[0] == ' ' || line[0] == '\t' || next_word(&line) == NULL)
		return -1;
	word = next_word(&line);
	if (word == NULL ||
	    (strcmp(word, "tcp") != 0 && strcmp(word, "6") != 0))
		return -1;
	if (parse_end(ours, s->port, &line) == -1)
		return -1;
	word = next_word(&line);
	if (word == NULL ||
	    (strcmp(word, "<-") != 0 && strcmp(word, "->") != 0))
		return -1;
	if (parse_end(theirs, port, &line) == -1)
		return -1;
	/* Of a translated peer the one on the wire counts. */
	s->peer = theirs[theirs[1].family != ADDR_NONE ? 1 : 0];
	return 0;
}

/* "id: 00000000601bf5d1 creatorid: 6d2e0f7a", perhaps more behind it. */
static int
parse_id(struct pf_state *s, char *line)
{
	uint64_t id, creator;
	char	*word;

	word = next_word(&line);
	if (word == NULL || strcmp(word, "id:") != 0)
		return -1;
	if ((word = next_word(&line)) == NULL ||
	    number(&id, word, 16, UINT64_MAX) == -1 || id == 0)
		return -1;
	word = next_word(&line);
	if (word == NULL || strcmp(word, "creatorid:") != 0)
		return -1;
	if ((word = next_word(&line)) == NULL ||
	    number(&creator, word, 16, UINT32_MAX) == -1)
		return -1;
	s->id = id;
	s->creator = (uint32_t)creator;
	return 0;
}

int
pf_parse_state(struct pf_state *s, const char **at)
{
	char line[LINE_LEN];
	int  open = 0; /* we are in a TCP state, and look for its id */

	while (next_line(line, at)) {
		if (line[0] != ' ' && line[0] != '\t')
			open = parse_head(s, line) == 0;
		else if (open && parse_id(s, line) == 0)
			return 1;
	}
	return 0;
}

int
pf_parse_limit(size_t *limit, const char *text, const char *name)
{
	char	 line[LINE_LEN], *rest, *word;
	uint64_t value;

	while (next_line(line, &text)) {
		rest = line;
		word = next_word(&rest);
		if (word == NULL || strcmp(word, name) != 0)
			continue;
		if ((word = next_word(&rest)) == NULL)
			return -1;
		if (strcmp(word, "unlimited") == 0) {
			*limit = SIZE_MAX;
			return 0;
		}
		if (strcmp(word, "hard") != 0 ||
		    (word = next_word(&rest)) == NULL ||
		    strcmp(word, "limit") != 0 ||
		    (word = next_word(&rest)) == NULL ||
		    number(&value, word, 10, SIZE_MAX) == -1)
			return -1;
		*limit = (size_t)value;
		return 0;
	}
	return -1;
}

int
pf_parse_enabled(const char *text)
{
	char line[LINE_LEN], *rest, *word;

	while (next_line(line, &text)) {
		rest = line;
		word = next_word(&rest);
		if (word == NULL || strcmp(word, "Status:") != 0)
			continue;
		if ((word = next_word(&rest)) == NULL)
			return -1;
		if (strcmp(word, "Enabled") == 0)
			return 1;
		return strcmp(word, "Disabled") == 0 ? 0 : -1;
	}
	return -1;
}

/* "em0 (skip)"; what is indented belongs to the interface above. */
int
pf_parse_skip(char name[PF_INTERFACE_LEN], const char *text)
{
	char line[LINE_LEN], *rest, *word, *flag;

	while (next_line(line, &text)) {
		rest = line;
		if (line[0] == ' ' || line[0] == '\t' ||
		    (word = next_word(&rest)) == NULL)
			continue;
		flag = next_word(&rest);
		if (flag == NULL || strcmp(flag, "(skip)") != 0)
			continue;
		if (strncmp(word, "lo", 2) == 0 &&
		    strspn(word + 2, "0123456789") == strlen(word + 2))
			continue;
		line_clean(name, PF_INTERFACE_LEN, word, strlen(word));
		return 1;
	}
	return 0;
}
