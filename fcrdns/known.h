/* SPDX-License-Identifier: ISC */
/*
 * Which of the machine's own lists have an address: looked up at each ask,
 * for it costs next to nothing and a ban must take effect at once.
 */
#ifndef KNOWN_H
#define KNOWN_H

struct addr;
struct conf;
struct fcrdns_conf;
struct findings;
struct sets;

/*
 * Fills in what findings say of the lists that "pass from" and "block from"
 * name.  sets NULL: nothing is known of them.
 */
void known_lists(struct findings *, const struct addr *,
    const struct fcrdns_conf *, const struct sets *);
/*
 * The same, and does that decide already?  1: they are findings of an address
 * of which no DNS was asked; 0: only the lists are filled in.
 */
int known_early(struct findings *, const struct addr *,
    const struct fcrdns_conf *, const struct sets *);

/*
 * For a program that no parent hands sets to: the set files that fcrdnsd
 * would have.  What cannot be had is said and left out.  NULL: none at all,
 * with the reason logged.
 */
struct sets *known_open(const struct conf *);

#endif /* KNOWN_H */
