/* SPDX-License-Identifier: ISC */
/*
 * The words of DNS lists:
 *
 *	dnsbl "zen" zone "zen.example.net" reply { 127.0.0.2-11 } score 2
 *	on listed "zen" reject
 *
 * Whatever is wrong, the zone is not said.
 */
#ifndef DNSBL_CONF_H
#define DNSBL_CONF_H

#include "dnsbl.h"

struct printer;
struct words;

/* What follows the word dnsbl; n: how many there are already. */
int  dnsbl_read(struct dnsbl *, struct words *, size_t n);
void dnsbl_print(const struct dnsbl *, struct printer *);
void dnsbl_clear(struct dnsbl *);
/* The name of a dnsbl that is declared somewhere: a copy, or NULL and said. */
char *dnsbl_name_need(struct words *);

#endif /* DNSBL_CONF_H */
