/* SPDX-License-Identifier: ISC */
/*
 * What is in a folder.
 */
#ifndef ENTRIES_H
#define ENTRIES_H

/*
 * Each entry of that folder, in no order; fn may remove it.  What cannot be
 * read is as if it were empty.
 */
void entries_each(int dir, void (*fn)(void *arg, const char *entry), void *arg);

#endif /* ENTRIES_H */
