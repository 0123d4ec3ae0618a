/* SPDX-License-Identifier: ISC */
/*
 * The token of a session: what a refused sender is given to quote, and what
 * the log line carries.  50 random bits in letters and digits that nobody
 * mistakes for one another.
 */
#ifndef TOKEN_H
#define TOKEN_H

#define TOKEN_LEN 11 /* with its NUL */

void token_make(char buf[TOKEN_LEN]);
/* Is it one, as far as its form says?  Upper case only. */
int token_valid(const char *);

#endif /* TOKEN_H */
