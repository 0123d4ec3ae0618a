/* SPDX-License-Identifier: ISC */
/*
 * "postern rehearse MAILLOG": what would the present file have refused of
 * those who came, as Postfix's log tells it?
 */
#ifndef REHEARSE_H
#define REHEARSE_H

#include <stdio.h>

struct conf;

/* Returns an exit status of sysexits(3). */
int rehearse(const struct conf *, const char *maillog, int json, FILE *out);

#endif /* REHEARSE_H */
