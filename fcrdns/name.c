/* SPDX-License-Identifier: ISC */
#include "name.h"

#include <string.h>

#define LABEL_MAX 63

static int
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static int
is_name_char(int c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
}

/* Not isupper(3): the locale has no say here. */
static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* One label, already in lower case. */
static int
label_valid(const char *label, size_t len)
{
	size_t i;

	if (len == 0 || len > LABEL_MAX)
		return 0;
	if (label[0] == '-' || label[len - 1] == '-')
		return 0;
	for (i = 0; i < len; i++) {
		if (!is_name_char((unsigned char)label[i]))
			return 0;
	}
	return 1;
}

static int
all_digits(const char *label)
{
	for (; *label != '\0'; label++) {
		if (!is_digit((unsigned char)*label))
			return 0;
	}
	return 1;
}

int
name_valid(const char *name)
{
	const char *label = name, *end;
	size_t	    len = strlen(name);

	if (len == 0 || len > DNS_NAME_LEN - 3)
		return 0;
	while ((end = strchr(label, '.')) != NULL) {
		if (!label_valid(label, (size_t)(end - label)))
			return 0;
		label = end + 1;
	}
	return label_valid(label, strlen(label)) && !all_digits(label);
}

int
name_read(char name[DNS_NAME_LEN], const uint8_t *wire, size_t len)
{
	size_t at = 0, n = 0, left;

	if (len > DNS_NAME_LEN - 1) /* 255 bytes: RFC 1035, 2.3.4 */
		return -1;
	while (at < len && wire[at] != 0) {
		left = wire[at++];
		/* Two high bits: a pointer, which has no place here. */
		if (left > LABEL_MAX || left >= len - at)
			return -1;
		if (n > 0)
			name[n++] = '.';
		for (; left > 0; left--, at++) {
			/* A dot here is inside a label, and no separator. */
			if (wire[at] == '.' || wire[at] == '\0')
				return -1;
			name[n++] = (char)lower(wire[at]);
		}
	}
	if (at + 1 != len)
		return -1;
	name[n] = '\0';
	return name_valid(name) ? 0 : -1;
}

void
names_add(struct names *names, const uint8_t *wire, size_t len)
{
	char	     name[DNS_NAME_LEN];
	unsigned int at;
	int	     order;

	names->total++;
	if (name_read(name, wire, len) == -1) {
		names->invalid++;
		return;
	}
	for (at = 0; at < names->count; at++) {
		if ((order = strcmp(name, names->name[at])) == 0)
			return;
		if (order < 0)
			break;
	}
	if (at == IPREV_NAMES)
		return;
	if (names->count < IPREV_NAMES)
		names->count++;
	memmove(names->name[at + 1], names->name[at],
	    (names->count - at - 1) * sizeof(names->name[0]));
	strlcpy(names->name[at], name, sizeof(names->name[at]));
}
