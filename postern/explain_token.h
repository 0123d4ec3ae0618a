/* SPDX-License-Identifier: ISC */
/*
 * "postern explain TOKEN": the session that a token stands for, found in a
 * mail log and told in words.
 */
#ifndef EXPLAIN_TOKEN_H
#define EXPLAIN_TOKEN_H

#include <stdio.h>

/*
 * Search maillog ("-": standard input) for postern-milter's record with that
 * token, and write what it says to out, a line each.  Case of the token does
 * not matter.  Returns an exit code, having said why if it is not 0: 1 if
 * there is no such session, EX_USAGE if it cannot be a token, EX_NOINPUT if
 * the log cannot be read.
 */
int explain_token(const char *token, const char *maillog, FILE *out);

#endif /* EXPLAIN_TOKEN_H */
