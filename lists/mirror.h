/* SPDX-License-Identifier: ISC */
/*
 * Tables of the firewall that mirror lists: root's part.  The set files are
 * verified, what is protected is left out, the whole is handed over in one
 * atomic step, by a process that may take its time and memory.  A set that
 * would not fit is refused as a whole, loudly, and the former table stays.
 *
 * Without a good protected.set nothing is loaded.  Without a set file there is
 * nothing to load, and the table stays as it is; so does one that the file
 * does not name any more.
 */
#ifndef MIRROR_H
#define MIRROR_H

/*
 * libnftables takes some 1.5 KiB of memory for each prefix, 300 MiB for so
 * many, and the kernel its own: no table gets more of both families together.
 * pf has a limit of its own, which its backend looks at.
 */
#define MIRROR_NFT_MAX 200000
/*
 * For any firewall: what is published shall not make root's process gigabytes.
 * Of ranges that are aligned nowhere one alone is 254 prefixes.
 */
#define MIRROR_MAX 4000000

struct conf;
struct event_base;
struct mirror;

/*
 * Looks by itself from then on: a new set file is loaded within a second, and
 * each minute a table that somebody else has changed (pfctl -f, nft -f) is
 * made what it should be.  NULL: no memory.
 */
struct mirror *mirror_new(struct event_base *, const struct conf *);
void	       mirror_free(struct mirror *);
void	       mirror_use(struct mirror *, const struct conf *);
/* All tables, now.  0, or -1: some could not be, which is logged. */
int mirror_once(const struct conf *);
/* For "status": a line each; to be freed. */
char *mirror_status(const struct mirror *);

#endif /* MIRROR_H */
