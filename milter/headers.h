/* SPDX-License-Identifier: ISC */
/*
 * Which of a message's Authentication-Results fields have to go?  A field is
 * named by its ordinal among those of its name, from 1, as smfi_chgheader()
 * counts; they are removed from the last to the first, so that the ordinals
 * of those to come stay right.
 *
 * What a message can bring is bounded: beyond HEADERS_MAX forged fields, or
 * when memory is out, the message is to be deferred and not let through with
 * a forged field in it.
 */
#ifndef HEADERS_H
#define HEADERS_H

#define HEADERS_MAX 1000

struct headers {
	unsigned int  seen;   /* fields of the name so far */
	unsigned int *forged; /* ordinals, rising */
	unsigned int  nforged, room;
	int	      overflow;
};

/* An all-zero struct is an empty one. */
void headers_clear(struct headers *); /* frees */
/* The next field of the message.  id: our authserv-id. */
void headers_add(struct headers *, const char *name, const char *value,
    const char *id);
/* The next one to remove, from the last; 0 when there is none left. */
unsigned int headers_take(struct headers *);

#endif /* HEADERS_H */
