/* SPDX-License-Identifier: ISC */
/*
 * All blocks of the file, that is, all components.
 */
#ifndef BLOCKS_H
#define BLOCKS_H

struct conf_block;

#define BLOCKS_MAX 12

/*
 * Ends in NULL.  The first is what stands outside any block; so are others
 * without a name.
 */
extern const struct conf_block *const conf_blocks[];

#endif /* BLOCKS_H */
