/* SPDX-License-Identifier: ISC */
/*
 * The header Authentication-Results (RFC 8601): whose is one that came in,
 * and what does ours say?  Pure; fuzzed.
 */
#ifndef AR_H
#define AR_H

#include <stddef.h>

struct fcrdns_conf;
struct findings;

#define AR_NAME "Authentication-Results"
/* An id, a result, a name and an address; and what each DNS list says. */
#define AR_VALUE_LEN 10240

/* RFC 2045, 5.1: no space, no control, no tspecial; and no 8-bit byte. */
int ar_is_token(char);

/* Is it a field of that name?  Any case; white space may follow the name. */
int ar_is_name(const char *name);

/*
 * Does a field with this value speak, or could a reader take it to speak, in
 * the name of id?  1 or 0.
 *
 * The value is read by the grammar of RFC 8601, 2.2: comments, folding, a
 * quoted id, quoted pairs, a version.  What does not follow the grammar is
 * ours if the id is anywhere in it, whatever stands between its letters that
 * a lax reader might skip; and a value that ends before it has named anybody
 * (empty, an open comment or quote, a part of the id, no semicolon) is ours
 * too: nobody needs it, and libmilter's string ends where the field has a NUL
 * byte.  So is one that has the id in a comment before the first word, or an
 * encoded word (RFC 2047) where the id should be.
 */
int ar_claims(const char *value, const char *id);

/*
 * Our own value:
 *
 *	mail.example.org; iprev=pass (a.example.net) policy.iprev=192.0.2.1
 *
 * folded with LF and tab.  The comment is the confirmed name, or why there
 * is none and what DNSSEC said.  If the file has DNS lists with a negative
 * score, what they say follows (RFC 8904):
 *
 *	dnswl=pass dns.zone=NAME policy.ip=127.0.10.1 policy.txt="..."
 *
 * for each that has the address, or dnswl=none, or dnswl=temperror.  NAME is
 * the one that is shown.  0, or -1 when it does not fit.
 */
int ar_build(char *buf, size_t size, const char *id, const struct findings *,
    const struct fcrdns_conf *);

#endif /* AR_H */
