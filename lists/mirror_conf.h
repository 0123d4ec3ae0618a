/* SPDX-License-Identifier: ISC */
/*
 * "table <NAME>" of a list and of the bans: the value is a char *.
 */
#ifndef MIRROR_CONF_H
#define MIRROR_CONF_H

struct printer;
struct words;

int  mirror_read_table(void *, struct words *);
void mirror_print_table(const void *, struct printer *);

#endif /* MIRROR_CONF_H */
