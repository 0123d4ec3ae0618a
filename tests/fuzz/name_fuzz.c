/* SPDX-License-Identifier: ISC */
/*
 * Names as they stand in a message.  What is taken must be what the other
 * reader takes, printable, in lower case, and of the length that the bytes
 * have.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "name.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static void
check_text(const uint8_t *data, size_t len)
{
	char *text;

	if ((text = malloc(len + 1)) == NULL)
		abort();
	memcpy(text, data, len);
	text[len] = '\0';
	if (name_valid(text))
		must(
		    strlen(text) <= 253 && strpbrk(text, " \n\\\"%/@") == NULL);
	free(text);
}

/* The kept names are sorted, and whatever is added, they stay so. */
static void
check_list(const uint8_t *data, size_t len)
{
	struct names n;
	size_t	     at = 0, part;
	unsigned int i;

	memset(&n, 0, sizeof(n));
	while (at < len) {
		part = (size_t)data[at++] % 32;
		if (part > len - at)
			part = len - at;
		names_add(&n, data + at, part);
		at += part;
	}
	must(n.count <= IPREV_NAMES && n.count + n.invalid <= n.total);
	for (i = 0; i < n.count; i++) {
		must(name_valid(n.name[i]));
		must(i == 0 || strcmp(n.name[i - 1], n.name[i]) < 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char	    name[DNS_NAME_LEN];
	const char *p;

	if (name_read(name, data, len) == 0) {
		must(name_valid(name));
		must(strlen(name) == len - 2);
		for (p = name; *p != '\0'; p++)
			must(*p > ' ' && *p < 127 && !(*p >= 'A' && *p <= 'Z'));
	}
	check_text(data, len);
	check_list(data, len);
	return 0;
}
