/* SPDX-License-Identifier: ISC */
#include "tls_hello.h"

#include <stddef.h>

#define NAME_MAX_LEN 253 /* of a DNS name as text */
#define HOST_NAME    0	 /* the only type that there is */

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    is_digit(c) || c == '-' || c == '_' || c == '.';
}

/* No name of the DNS ends in a number (RFC 1123, 2.1). */
static int
ends_in_number(struct slice s)
{
	size_t i = s.len;

	while (i > 0 && is_digit(s.at[i - 1]))
		i--;
	return i < s.len && (i == 0 || s.at[i - 1] == '.');
}

static int
may_be_ours(struct slice s)
{
	size_t i;

	if (s.len == 0 || s.len > NAME_MAX_LEN || s.at[s.len - 1] == '.')
		return 0;
	for (i = 0; i < s.len; i++)
		if (!is_name_byte(s.at[i]))
			return 0;
	return !ends_in_number(s);
}

static size_t
two_bytes(const unsigned char *p)
{
	return (size_t)p[0] << 8 | p[1];
}

int
tls_hello_name(const unsigned char *p, size_t len, struct slice *name)
{
	struct slice s;

	/* The list's length, one entry's type and length, and its bytes. */
	name->at = NULL;
	name->len = 0;
	if (len < 6 || two_bytes(p) != len - 2 || p[2] != HOST_NAME ||
	    two_bytes(p + 3) != len - 5)
		return -1;
	s.at = (const char *)p + 5;
	s.len = len - 5;
	if (may_be_ours(s))
		*name = s;
	return 0;
}
