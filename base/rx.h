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

#endif /* RX_H */
