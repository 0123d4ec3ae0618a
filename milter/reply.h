/* SPDX-License-Identifier: ISC */
/*
 * What a refused client is told: code, enhanced code (RFC 3463, RFC 7372) and
 * the text made from the operator's template.  Pure.
 *
 * Whatever stands in for a variable is cut and becomes printable ASCII (a
 * question mark for any other byte), so that a client can neither end the
 * line nor hide the rest of it.
 */
#ifndef REPLY_H
#define REPLY_H

#include <stddef.h>

#include "verdict.h"

#define REPLY_TEXT_LEN 440 /* RFC 5321, 4.5.3.1.5: 512 with the codes */
#define REPLY_WIRE_LEN (2 * REPLY_TEXT_LEN)

struct reply {
	const char *code;  /* "550" */
	const char *xcode; /* "5.7.25" */
	char	    text[REPLY_TEXT_LEN];
};

/* What the variables stand for; NULL prints as "-". */
struct reply_facts {
	const char *address, *why, *token, *name, *helo, *from, *rcpt;
};

/* action: ACTION_REJECT or ACTION_TEMPFAIL. */
void reply_build(struct reply *, enum action, enum verdict_kind,
    const char *template, const struct reply_facts *);

/*
 * The text as smfi_setreply() wants it, every percent sign doubled: it takes
 * a single one for a format and drops the text.
 */
char *reply_wire(const struct reply *, char buf[REPLY_WIRE_LEN]);

#endif /* REPLY_H */
