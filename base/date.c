/* SPDX-License-Identifier: ISC */
#include "date.h"

#include <stdint.h>
#include <stdio.h>

#define DAY  86400
#define LAST INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

/*
 * Gregorian; the year begins in March, so that the leap day is its last, and
 * 400 of them are 146097 days.
 */
static void
date_of(struct date *d, unsigned int days)
{
	unsigned int n, era, year, month;

	n = days + 719468; /* since 0000-03-01 */
	era = n / 146097;
	n %= 146097;
	year = (n - n / 1460 + n / 36524 - n / 146096) / 365;
	n -= 365 * year + year / 4 - year / 100;
	month = (5 * n + 2) / 153;
	d->day = n - (153 * month + 2) / 5 + 1;
	d->month = month < 10 ? month + 3 : month - 9;
	d->year = year + era * 400 + (d->month <= 2);
}

void
date_utc(struct date *d, time_t t)
{
	int64_t	     s = t;
	unsigned int days, rest;

	if (s < 0)
		s = 0;
	if (s > LAST)
		s = LAST;
	days = (unsigned int)(s / DAY);
	rest = (unsigned int)(s % DAY);
	date_of(d, days);
	d->weekday = (days + 4) % 7; /* the first was a Thursday */
	d->hour = rest / 3600;
	d->minute = rest / 60 % 60;
	d->second = rest % 60;
}

char *
date_digits(char *p, unsigned int v, unsigned int n)
{
	unsigned int i;

	for (i = n; i-- > 0; v /= 10)
		p[i] = (char)('0' + v % 10);
	return p + n;
}

const char *
date_rfc3339(time_t t, char buf[DATE_RFC3339_LEN])
{
	struct date d;

	date_utc(&d, t);
	/* The remainders tell the compiler how long it can be. */
	snprintf(buf, DATE_RFC3339_LEN, "%04u-%02u-%02uT%02u:%02u:%02uZ",
	    d.year % 10000, d.month % 100, d.day % 100, d.hour % 100,
	    d.minute % 100, d.second % 100);
	return buf;
}
