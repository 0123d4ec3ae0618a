/* SPDX-License-Identifier: ISC */
/*
 * A moment as date and time of day, UTC.  Not gmtime(3), which reads files of
 * zones, and that in a jail.  Pure.
 */
#ifndef DATE_H
#define DATE_H

#include <sys/types.h>

struct date {
	unsigned int year;  /* 1970 to 9999 */
	unsigned int month; /* 1 to 12 */
	unsigned int day;   /* 1 to 31 */
	unsigned int hour;
	unsigned int minute;
	unsigned int second;
	unsigned int weekday; /* 0 is Sunday */
};

/* What lies before 1970 or after 9999 becomes the first or last moment. */
void date_utc(struct date *, time_t);

/* "2026-11-22T19:00:00Z" (RFC 3339).  Returns buf. */
#define DATE_RFC3339_LEN 32
const char *date_rfc3339(time_t, char buf[DATE_RFC3339_LEN]);

/* Write v as n decimal digits; no NUL.  Returns what is behind them. */
char *date_digits(char *, unsigned int v, unsigned int n);

#endif /* DATE_H */
