/* SPDX-License-Identifier: ISC */
/*
 * The blocks within edge { }: site, and location within that.
 */
#ifndef SITE_CONF_H
#define SITE_CONF_H

struct conf_block;
struct edge_site;
struct printer;
struct words;

extern const struct conf_block site_block;     /* site_conf.c */
extern const struct conf_block location_block; /* location_conf.c */

int  site_read_names(void *, struct words *);
void site_print_names(const void *, struct printer *);

int  location_read_path(void *, struct words *);
void location_print_path(const void *, struct printer *);
/* Two locations of a site with the same path or expression?  0, or -1. */
int location_check(const struct edge_site *, struct words *);

#endif /* SITE_CONF_H */
