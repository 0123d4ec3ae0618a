/* SPDX-License-Identifier: ISC */
/*
 * <name> in the words of the file.
 */
#ifndef LIST_NAME_H
#define LIST_NAME_H

#include "lists_conf.h"

struct words;

/* Does the current word stand in angle brackets? */
int list_name_is(const struct words *);
/* The name within; -1 and said: it can be none. */
int list_name_read(struct words *, char name[LIST_NAME_LEN]);
/* The same, of a list that must be declared somewhere. */
int list_name_need(struct words *, char name[LIST_NAME_LEN]);

#endif /* LIST_NAME_H */
