/* SPDX-License-Identifier: ISC */
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "units.h"

struct unit {
	char	  letter;
	long long factor;
};

static const struct unit durations[] = {
	{ 's', 1 },
	{ 'm', 60 },
	{ 'h', 60 * 60 },
	{ 'd', 24 * 60 * 60 },
	{ 'y', 365 * 24 * 60 * 60 },
	{ '\0', 0 },
};

static const struct unit sizes[] = {
	{ 'k', 1024 },
	{ 'm', 1024 * 1024 },
	{ 'g', 1024 * 1024 * 1024 },
	{ '\0', 0 },
};

enum digits {
	DIGITS_NONE,
	DIGITS_BIG,
	DIGITS_OK
};

/* The digits at the start of text; *end is what follows them. */
static enum digits
digits(const char *text, int base, long long *value, const char **end)
{
	enum digits result = DIGITS_NONE;
	long long   v = 0;
	int	    d;

	for (; *text >= '0' && *text < '0' + base; text++) {
		d = *text - '0';
		if (result == DIGITS_NONE)
			result = DIGITS_OK;
		if (v > (LLONG_MAX - d) / base)
			result = DIGITS_BIG;
		else
			v = v * base + d;
	}
	*value = v;
	*end = text;
	return result;
}

static const struct unit *
unit_find(const struct unit *units, const char *letter)
{
	if (letter[0] == '\0' || letter[1] != '\0')
		return NULL;
	for (; units->letter != '\0'; units++) {
		if (units->letter == letter[0])
			return units;
	}
	return NULL;
}

static const char *
scale(long long *value, const struct unit *unit)
{
	if (*value > LLONG_MAX / unit->factor)
		return "is too large";
	*value *= unit->factor;
	return NULL;
}

const char *
units_number(long long *value, const char *text)
{
	const char *end;

	switch (digits(text, 10, value, &end)) {
	case DIGITS_NONE:
		return "is not a number";
	case DIGITS_BIG:
		return "is too large";
	case DIGITS_OK:
		break;
	}
	return *end == '\0' ? NULL : "is not a number";
}

const char *
units_duration(long long *value, const char *text)
{
	const struct unit *unit;
	const char	  *end;
	enum digits	   d;

	if ((d = digits(text, 10, value, &end)) == DIGITS_NONE)
		return "is not a duration such as 30s, 5m, 12h, 7d or 1y";
	if (*end == '\0')
		return "has no unit: s, m, h, d or y";
	if ((unit = unit_find(durations, end)) == NULL)
		return "is not a duration such as 30s, 5m, 12h, 7d or 1y";
	if (d == DIGITS_BIG)
		return "is too large";
	return scale(value, unit);
}

const char *
units_size(long long *value, const char *text)
{
	const struct unit *unit = NULL;
	const char	  *end;
	enum digits	   d;

	d = digits(text, 10, value, &end);
	if (d == DIGITS_NONE ||
	    (*end != '\0' && (unit = unit_find(sizes, end)) == NULL))
		return "is not a size such as 512, 64k, 32m or 1g";
	if (d == DIGITS_BIG)
		return "is too large";
	return unit == NULL ? NULL : scale(value, unit);
}

const char *
units_octal(long long *value, const char *text)
{
	const char *end;

	if (digits(text, 8, value, &end) != DIGITS_OK || *end != '\0' ||
	    strlen(text) < 3 || strlen(text) > 4)
		return "is not an octal mode such as 0660";
	return NULL;
}

static const char *
print(const struct unit *units, long long value, char buf[UNITS_LEN])
{
	const struct unit *u, *best = NULL;

	for (u = units; u->letter != '\0'; u++) {
		if (value % u->factor == 0 && (value != 0 || best == NULL))
			best = u;
	}
	/* No best: a size that is no multiple of 1024. */
	if (best == NULL || (value == 0 && best->factor != 1))
		snprintf(buf, UNITS_LEN, "%lld", value);
	else
		snprintf(buf, UNITS_LEN, "%lld%c", value / best->factor,
		    best->letter);
	return buf;
}

const char *
units_print_duration(long long seconds, char buf[UNITS_LEN])
{
	return print(durations, seconds, buf);
}

const char *
units_print_size(long long bytes, char buf[UNITS_LEN])
{
	return print(sizes, bytes, buf);
}
