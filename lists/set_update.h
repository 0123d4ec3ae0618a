/* SPDX-License-Identifier: ISC */
/*
 * A set file that is written only if it is not what it should be.
 */
#ifndef SET_UPDATE_H
#define SET_UPDATE_H

struct ranges;
struct set_info;

/*
 * As set_write(), if NAME is not there, is bad, or has other ranges than these
 * (merged) ones.  1 written, 0 it is right already, -1 with errno.
 */
int set_update(int dir, const char *name, const struct ranges *,
    const struct set_info *);

#endif /* SET_UPDATE_H */
