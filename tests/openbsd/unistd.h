/* SPDX-License-Identifier: ISC */
/*
 * What OpenBSD's <unistd.h> has and others do not, so that jail_openbsd.c can
 * be checked elsewhere:
 *
 *	cc -fsyntax-only -Itests/openbsd -Ibase base/jail_openbsd.c
 */
#ifndef OPENBSD_UNISTD_H
#define OPENBSD_UNISTD_H

#pragma GCC system_header
#include_next <unistd.h>

int pledge(const char *, const char *);
int unveil(const char *, const char *);

#endif /* OPENBSD_UNISTD_H */
