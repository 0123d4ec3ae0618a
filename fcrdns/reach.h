/* SPDX-License-Identifier: ISC */
/*
 * Has this machine a route to the Internet by IPv4, by IPv6?
 */
#ifndef REACH_H
#define REACH_H

#include "addr.h"

/* Asks the system and sends nothing. */
int reach(enum addr_family);

#endif /* REACH_H */
