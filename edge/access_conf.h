/* SPDX-License-Identifier: ISC */
/*
 * Lists of addresses in the words of the file: "pass from", "block from" and
 * "trusted proxy".  The value is a struct edge_prefixes.
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
