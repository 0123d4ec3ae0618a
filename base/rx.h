/* SPDX-License-Identifier: ISC */
/*
 * Regular expressions on bytes: the one place that knows PCRE2.  Interpreted,
 * with limits on matching, depth and heap; a limit that is hit is no match
 * and is said once for each expression.
 */
#ifndef RX_H
#define RX_H

#include <stddef.h>

struct rx;

enum rx_result {
	RX_NO,
	RX_YES,
	RX_LIMIT /* gave up: treat as no, somebody should look */
};

/*
 * Compile, caseless if so wanted.  NULL with a reason in why, and at (bytes
 * into the pattern) where it went wrong.
 */
struct rx *rx_new(const char *pattern, int caseless, char *why, size_t size,
    size_t *at);
void	   rx_free(struct rx *);
/* May be called by several threads at once on the same expression. */
enum rx_result rx_match(const struct rx *, const char *text);

#define RX_SPANS 10 /* the whole match, and nine groups */

/* What a group caught: text[from] up to text[to], which is not in it. */
struct rx_span {
	size_t from;
	size_t to;
	int    set; /* 0: the group took no part */
};

/* How many groups the expression has. */
unsigned int rx_groups(const struct rx *);
/*
 * As rx_match, and if that is RX_YES spans[0] is the whole match and spans[i]
 * group i; n is from 1 to RX_SPANS.  Otherwise none of them is set.
 */
enum rx_result rx_captures(const struct rx *, const char *text,
    struct rx_span *spans, size_t n);

#endif /* RX_H */
