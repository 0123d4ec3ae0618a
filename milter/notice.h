/* SPDX-License-Identifier: ISC */
/*
 * What is noticed about clients beyond one session: that NAT hides them, and
 * the offences that postern-lists is told of.  All calls may come from any
 * thread.
 */
#ifndef NOTICE_H
#define NOTICE_H

#include <stddef.h>

struct addr;

/* path: postern-lists' socket.  May die: for the start only. */
void notice_open(const char *path);
/*
 * That name came from there: 1 if NAT hides who it was, which is said in the
 * log when it is news.
 */
int  notice_nat(const struct addr *, int is_protected, const char *helo);
void notice_offence(const struct addr *);
/* For "status": "key value\n" each. */
void notice_print(char *buf, size_t size);

#endif /* NOTICE_H */
