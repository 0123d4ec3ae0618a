/* SPDX-License-Identifier: ISC */
/*
 * The jail of postern-lists' child: the user that the file calls "lists", the
 * system read-only (names are resolved and certificates are checked), and the
 * folder state/lists.
 */
#ifndef LISTS_JAIL_H
#define LISTS_JAIL_H

struct conf;
struct folder;

/*
 * fork: it starts processes of its own.  The folder is opened on the way: what
 * leads to it is out of sight afterwards.  0, or -1 with the reason logged.
 */
int lists_jail(const struct conf *, int fork, struct folder *);

#endif /* LISTS_JAIL_H */
