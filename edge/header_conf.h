/* SPDX-License-Identifier: ISC */
/*
 * "request header" and "response header" in the words of the file.  The value
 * is a struct edge_headers.
 */
#ifndef HEADER_CONF_H
#define HEADER_CONF_H

struct edge_headers;
struct printer;
struct words;

int  header_read_request(void *, struct words *);
int  header_read_response(void *, struct words *);
void headers_print(const void *, struct printer *);
void headers_free(struct edge_headers *);

#endif /* HEADER_CONF_H */
