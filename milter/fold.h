/* SPDX-License-Identifier: ISC */
/*
 * The value of a header field, built word by word and folded (RFC 5322,
 * 2.2.3) at 78 columns with LF and a tab, as libmilter wants it.  Only
 * printable ASCII goes in; what else came from outside becomes a question
 * mark.  Pure.
 */
#ifndef FOLD_H
#define FOLD_H

#include <stddef.h>

struct fold {
	char  *buf; /* the caller's; always ends in NUL */
	size_t size, len;
	size_t column; /* where the present line has come to */
	int    cut;    /* something did not fit */
};

/* name: of the field, which stands before the value.  size > 0. */
void fold_init(struct fold *, char *buf, size_t size, const char *name);
/* One word that is never broken, behind a space or a new line. */
void fold_word(struct fold *, const char *);
/* The words of a text; it may be folded at its spaces. */
void fold_text(struct fold *, const char *);

#endif /* FOLD_H */
