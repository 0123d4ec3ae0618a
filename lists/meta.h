/* SPDX-License-Identifier: ISC */
/*
 * What is remembered of a source, src/NAME-HASH.meta: "key value" lines.
 * Pure.
 */
#ifndef META_H
#define META_H

#include <stddef.h>
#include <stdint.h>

#define META_TEXT_MAX 4096
#define META_WHY_LEN  256
#define META_TAG_LEN  256

struct meta {
	int64_t	     first;	 /* when it was first asked; 0: never */
	int64_t	     tried;	 /* when it was last asked; 0: never */
	int64_t	     good;	 /* when it last had a good answer (304, too) */
	int64_t	     changed;	 /* when what is in use came */
	int64_t	     not_before; /* Retry-After said so; 0: it did not */
	int64_t	     told;	 /* when it was last reported as stale */
	unsigned int failures;	 /* in a row */
	uint64_t     entries, bad, duplicate; /* of what is in use */
	int	     held; /* something refused waits for "accept" */
	uint64_t     held_entries;
	char	     form[16];
	char	     etag[META_TAG_LEN];
	char	     last_modified[META_TAG_LEN];
	char	     why[META_WHY_LEN]; /* of the last failure; "" */
};

/* Bad lines are left out: at worst, it is fetched once more. */
void   meta_parse(struct meta *, const char *, size_t);
size_t meta_print(const struct meta *, char buf[META_TEXT_MAX]);

#endif /* META_H */
