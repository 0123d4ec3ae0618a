/* SPDX-License-Identifier: ISC */
#include "offence.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name, *plural;
} words[OFFENCES] = {
	[OFFENCE_REJECT] = { "reject", "rejects" },
	[OFFENCE_4XX] = { "4xx", "4xx" },
	[OFFENCE_LIMIT] = { "limit", "limits" },
};

static const char verb[] = "offence ";

const char *
offence_name(enum offence o)
{
	return words[o].name;
}

const char *
offence_plural(enum offence o)
{
	return words[o].plural;
}

size_t
offence_write(char buf[OFFENCE_LINE_MAX], const struct addr *a, enum offence o)
{
	char addr[ADDR_LEN];
	int  n;

	n = snprintf(buf, OFFENCE_LINE_MAX, "%s%s %s\n", verb,
	    addr_print(a, addr), offence_name(o));
	/* At its longest 8 + 45 + 1 + 6 + 1. */
	return n < 0 || n >= OFFENCE_LINE_MAX ? 0 : (size_t)n;
}

/*
 * Only what offence_write() makes: one space between words, a canonical
 * address.
 */
int
offence_read(const char *line, size_t len, struct addr *a, enum offence *o)
{
	char   text[OFFENCE_LINE_MAX], again[OFFENCE_LINE_MAX];
	char  *addr, *kind;
	size_t i, n;

	if (len >= sizeof(text) || memchr(line, '\0', len) != NULL)
		return -1;
	memcpy(text, line, len);
	text[len] = '\0';
	if (strncmp(text, verb, sizeof(verb) - 1) != 0)
		return -1;
	addr = text + sizeof(verb) - 1;
	if ((kind = strchr(addr, ' ')) == NULL)
		return -1;
	*kind++ = '\0';
	if (addr_parse(a, addr) == -1)
		return -1;
	for (i = 0; i < OFFENCES; i++)
		if (strcmp(kind, words[i].name) == 0)
			break;
	if (i == OFFENCES)
		return -1;
	*o = (enum offence)i;
	n = offence_write(again, a, *o);
	return n == len + 1 && memcmp(again, line, len) == 0 ? 0 : -1;
}
