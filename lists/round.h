/* SPDX-License-Identifier: ISC */
/*
 * One source, asked and brought up to date: fetch or read, parse, judge,
 * install or hold back, make the list anew.  The folder's lock is held before
 * and after, not while a server is asked.
 */
#ifndef ROUND_H
#define ROUND_H

#include <stdint.h>

#include "folder.h"
#include "lists_conf.h"

/* What the parent read for it; each NULL if the file names none. */
struct round_secrets {
	const char *token;
	const char *header;
	const char *ca;
};

enum round_result {
	ROUND_NEW,   /* new content is in use */
	ROUND_SAME,  /* asked, and nothing is new */
	ROUND_EARLY, /* not asked: too soon */
	ROUND_HELD,  /* refused; the former content stays in use */
	ROUND_FAILED /* could not be had; the former content stays */
};

/*
 * When is it due?  Seconds since 1970; of a file source 0: now.  After
 * failures it is sooner than "refresh" says: after a minute, two, four, and so
 * on up to "refresh" or six hours.
 */
int64_t round_due(const struct list_source *, const struct folder *,
    const char *source);
/*
 * fd: an open file source, else -1.  by_hand: do not wait for "refresh" (but
 * for Retry-After and ROUND_SOONEST).  What happens is logged, a line each.
 */
enum round_result round_run(const struct folder *, const struct list_conf *,
    const struct list_source *, const struct round_secrets *, int fd,
    int by_hand, int64_t now);

/*
 * It cannot even be asked, for want of a file: why is remembered, and logged
 * if it is news.  It was not asked: as soon as the file is there, it may be.
 * ROUND_FAILED.
 */
enum round_result round_cannot(const struct folder *, const struct list_conf *,
    const struct list_source *, const char *why, int by_hand, int64_t now);

#define ROUND_SOONEST 60 /* seconds between two asks, whoever asks */

#endif /* ROUND_H */
