/* SPDX-License-Identifier: ISC */
/*
 * The firewall, its tables and sets, in the words of the file.
 */
#ifndef TABLE_CONF_H
#define TABLE_CONF_H

#include <stddef.h>

#include "firewall.h"

#define TABLE_PF_NAME_MAX 31 /* PF_TABLE_NAME_SIZE, with its NUL, is 32 */

struct words;

/* The next word: "pf", "nftables" or "none". */
int	    table_read_kind(enum firewall_kind *, struct words *);
const char *table_kind(enum firewall_kind);
/* A letter, then letters, digits and others. */
int table_is_name(const char *, size_t len, const char *others);
/* The next word: <NAME> of pf; example is shown when it is none. */
int table_read_pf(char name[FIREWALL_NAME_LEN], struct words *,
    const char	      *example);
#define TABLE_INET "inet filter" /* unless the file says */
/*
 * The next word: "inet NAME" of nftables.  Only a table of the family inet
 * holds sets of both families.
 */
int table_read_inet(char table[FIREWALL_NAME_LEN], struct words *);
/*
 * pf on OpenBSD, else nftables; asked once in a process, before any jail: a
 * child that reads a new text must come to the same answer.
 */
enum firewall_kind table_default_kind(void);
/* That table or set is this statement's alone: two would undo each other. */
int table_take(struct words *, const char *name);

#endif /* TABLE_CONF_H */
