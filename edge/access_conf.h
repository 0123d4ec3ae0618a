/* SPDX-License-Identifier: ISC */
/*
 * Addresses in the words of the file: "trusted proxy", whose value is a struct
 * edge_prefixes, and what is left of "pass from" and "block from" (from.h).
 */
#ifndef ACCESS_CONF_H
#define ACCESS_CONF_H

struct edge_access;
struct edge_prefixes;
struct printer;
struct words;

int  prefixes_read(void *, struct words *);
void prefixes_print(const void *, struct printer *);
void prefixes_free(struct edge_prefixes *);
void access_free(struct edge_access *);

#endif /* ACCESS_CONF_H */
