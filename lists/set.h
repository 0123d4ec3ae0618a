/* SPDX-License-Identifier: ISC */
/*
 * A set file, mapped: who is in the list?
 *
 *	header		magic and version (which also tell the byte order),
 *			counts, the time it was compiled, CRC32C of all
 *	index		by the leading bits
 *	ranges		IPv4, 8 bytes each; IPv6, 32 bytes each; sorted, apart
 *
 * What is mapped is verified once, at set_open(), and whatever its bytes are,
 * a lookup never leaves it.  A file that is cut afterwards (it never should
 * be: set_write() renames) costs no signal: the pages that are gone read as
 * zeros from then on, set_has() says no, and set_broken() tells.
 */
#ifndef SET_H
#define SET_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "addr.h"
#include "ranges.h"

#define SET_WHY_LEN 128
#define SET_SUFFIX  ".set"

struct set;

struct set_info {
	size_t	 n4, n6; /* ranges */
	uint64_t time;	 /* seconds since 1970: compiled */
	/* Of the source, for whoever reports: lines. */
	uint64_t good, bad, duplicate, protected;
	size_t	 bytes; /* of the file */
};

/*
 * Map and verify; the descriptor stays the caller's and may be closed.  NULL
 * with a phrase in why ("is cut short", "is no set file", ...).
 */
struct set *set_open(int fd, char why[SET_WHY_LEN]);
void	    set_close(struct set *);
void	    set_info(const struct set *, struct set_info *);
/* Does not allocate, lock or wait. */
int set_has(const struct set *, const struct addr *);
/* The range around it: 1, or 0. */
int set_range(const struct set *, const struct addr *, struct addr *first,
    struct addr *last);
int set_broken(const struct set *);
/* The whole of it; borrowed, for as long as it is open. */
void set_ranges(const struct set *, struct ranges *);
/* Is it whole, and has it just these (merged) ranges? */
int set_is(const struct set *, const struct ranges *);
/* Do both say the same of the lines? */
int set_info_same_lines(const struct set_info *, const struct set_info *);

/*
 * Once in a process, before the first set_open(): what to do when a page is
 * gone.  0, or -1 with errno.
 */
int set_guard(void);

/*
 * Write NAME (with its suffix) into the folder: beside it, synced, renamed
 * over it, mode 0644.  The ranges are merged; n4, n6 and bytes of info are
 * not looked at.  0, or -1 with errno; then nothing is changed.
 */
int set_write(int dir, const char *name, const struct ranges *,
    const struct set_info *);

#endif /* SET_H */
