/* SPDX-License-Identifier: ISC */
/*
 * The errors of one reading of the file: gathered, put in the order of the
 * text, and said at the end.
 */
#ifndef ERRORS_H
#define ERRORS_H

#include <stdarg.h>
#include <stddef.h>

#include "conf.h"

#define SHOWN_LEN 64

/* A place in the text.  line 0: the file as a whole. */
struct place {
	const char  *file;  /* borrowed: the conf's */
	unsigned int order; /* of the files, for sorting */
	unsigned int line;
	unsigned int column; /* in bytes, from 1 */
};

struct errors;

struct errors *errors_new(void);
void	       errors_free(struct errors *);
void errors_add(struct errors *, const struct place *, const char *, ...)
    __attribute__((__format__(printf, 3, 4)));
void errors_vadd(struct errors *, const struct place *, const char *, va_list)
    __attribute__((__format__(printf, 3, 0)));
/* "name is already done (given, defined) in line 3", at was. */
void   errors_twice(struct errors *, const struct place *, const char *name,
      const char *done, const struct place *was);
size_t errors_count(const struct errors *);
/* No error quotes this word, also none that is there already. */
void errors_hide(struct errors *, const char *);
/* Sort them and say each as "FILE:LINE:COLUMN: text". */
void errors_say(struct errors *, conf_say *, void *);

/*
 * A word of the file as an error may quote it: printable ASCII, and not too
 * long.  Returns buf.
 */
const char *errors_show(char buf[SHOWN_LEN], const char *);

#endif /* ERRORS_H */
