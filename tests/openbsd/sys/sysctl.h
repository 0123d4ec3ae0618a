/* SPDX-License-Identifier: ISC */
/* See net/route.h here. */
#ifndef OPENBSD_SYS_SYSCTL_H
#define OPENBSD_SYS_SYSCTL_H

#include <stddef.h>

#define CTL_NET	    4
#define NET_RT_DUMP 1

int sysctl(const int *, unsigned int, void *, size_t *, void *, size_t);

#endif /* OPENBSD_SYS_SYSCTL_H */
