/* SPDX-License-Identifier: ISC */
#include "slice.h"

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int
slice_is(struct slice s, const char *word)
{
	size_t i;

	/* The word's own NUL is no byte of it. */
	for (i = 0; i < s.len; i++)
		if (word[i] == '\0' || lower(s.at[i]) != word[i])
			return 0;
	return word[i] == '\0';
}

int
slice_equal(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return 0;
	return a.len == 0 || memcmp(a.at, b.at, a.len) == 0;
}

int
slice_same(struct slice a, struct slice b)
{
	size_t i;

	if (a.len != b.len)
		return 0;
	for (i = 0; i < a.len; i++)
		if (lower(a.at[i]) != lower(b.at[i]))
			return 0;
	return 1;
}
