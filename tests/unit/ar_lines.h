/* SPDX-License-Identifier: ISC */
/*
 * The lines of a folded value.
 */
#ifndef AR_LINES_H
#define AR_LINES_H

#include <string.h>

#include "ar.h"

static char *
without_space(char *s)
{
	char *from, *to;

	for (from = to = s; *from != '\0'; from++)
		if (*from != ' ' && *from != '\n' && *from != '\t')
			*to++ = *from;
	*to = '\0';
	return s;
}

static void
check_lines(const char *value)
{
	size_t column, n;

	column = sizeof(AR_NAME ": ") - 1;
	for (;;) {
		n = strcspn(value, "\n");
		assert_true(
		    column + n <= 78 || strpbrk(value, " ") == NULL || n > 60);
		if (value[n] == '\0')
			return;
		assert_int_equal(value[n + 1], '\t');
		value += n + 2;
		column = 8;
	}
}

#endif /* AR_LINES_H */
