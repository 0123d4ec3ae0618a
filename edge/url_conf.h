/* SPDX-License-Identifier: ISC */
/*
 * The URL of a redirect, with its variables.
 */
#ifndef URL_CONF_H
#define URL_CONF_H

struct words;

/* The next word; groups: of the location's expression.  NULL: said. */
const char *url_read(struct words *, unsigned int groups);

#endif /* URL_CONF_H */
