/* SPDX-License-Identifier: ISC */
/*
 * Values within a statement: durations, numbers, paths.
 */
#include <stdio.h>
#include <string.h>

#include "units.h"
#include "words.h"

int
words_duration(struct words *w, unsigned int *seconds, const char *expected,
    unsigned int min, unsigned int max)
{
	const char *text, *why;
	char	    shown[SHOWN_LEN], least[UNITS_LEN], most[UNITS_LEN];
	long long   n;

	if ((text = words_next(w, expected)) == NULL)
		return -1;
	errors_show(shown, text);
	if ((why = units_duration(&n, text)) != NULL)
		return words_fail(w, "\"%s\" %s", shown, why);
	if (n < min || n > max)
		return words_fail(w, "expected from %s to %s, got \"%s\"",
		    units_print_duration(min, least),
		    units_print_duration(max, most), shown);
	*seconds = (unsigned int)n;
	return 0;
}

int
words_number(struct words *w, long long *n, const char *expected, long long min,
    long long max)
{
	const char *text;
	char	    shown[SHOWN_LEN];

	if ((text = words_next(w, expected)) == NULL)
		return -1;
	if (units_number(n, text) != NULL || *n < min || *n > max)
		return words_fail(w,
		    "expected %s from %lld to %lld, got \"%s\"", expected, min,
		    max, errors_show(shown, text));
	return 0;
}

const char *
words_path(struct words *w, const char *expected, size_t max)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	size_t	    len;

	if ((text = words_next(w, expected)) == NULL)
		return NULL;
	len = strlen(text);
	errors_show(shown, text);
	if (text[0] != '/')
		words_fail(w, "\"%s\" is not an absolute path", shown);
	else if (text[len - 1] == '/')
		words_fail(w, "\"%s\" is a folder, expected %s", shown,
		    expected);
	else if (len > max)
		words_fail(w, "\"%s\" is a path of more than %zu bytes", shown,
		    max);
	else
		return text;
	return NULL;
}
