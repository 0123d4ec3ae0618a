/* SPDX-License-Identifier: ISC */
/*
 * Where libunbound writes its log: a stream whose lines become lines of
 * ours.
 */
#ifndef RESOLVER_LOG_H
#define RESOLVER_LOG_H

#include <stdio.h>

/* The same for all contexts.  NULL with the reason logged. */
FILE *resolver_log(void);
/* What is said of a name, with -v. */
void resolver_log_debug(const char *what, const char *name);
/* When nobody writes to it any more. */
void resolver_log_close(void);

#endif /* RESOLVER_LOG_H */
