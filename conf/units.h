/* SPDX-License-Identifier: ISC */
/*
 * Numbers, durations and sizes: the one place that reads and prints them.
 * Pure.  The readers return NULL, or a static phrase that says what is
 * wrong; nothing overflows.
 */
#ifndef UNITS_H
#define UNITS_H

#define UNITS_LEN 24 /* any of them printed, with its NUL */

/* Decimal digits and nothing else. */
const char *units_number(long long *, const char *);
/* Seconds, from "30s", "5m", "12h", "7d" or "1y" (365 days). */
const char *units_duration(long long *, const char *);
/* Bytes, from "512", "64k", "32m" or "1g" (powers of 1024). */
const char *units_size(long long *, const char *);
/* File modes: "0660". */
const char *units_octal(long long *, const char *);

/* In the largest unit that divides it.  Both return buf. */
const char *units_print_duration(long long, char buf[UNITS_LEN]);
const char *units_print_size(long long, char buf[UNITS_LEN]);

#endif /* UNITS_H */
