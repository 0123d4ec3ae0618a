/* SPDX-License-Identifier: ISC */
/*
 * What the files of the HTTP/1.1 parser share; nobody else includes this.
 */
#ifndef H1_INNER_H
#define H1_INNER_H

#include <stddef.h>
#include <stdint.h>

#include "h1.h"

/* Classes of bytes. */
#define H1_TOKEN  0x01 /* RFC 9110, 5.6.2 */
#define H1_TARGET 0x02 /* visible ASCII but "#" */
#define H1_HOST	  0x04 /* of a host name: letters, digits, "-", "." and "_" */

extern const uint8_t h1_bytes[256];

static inline int
h1_is(char c, int class)
{
	return h1_bytes[(unsigned char)c] & class;
}

static inline uint32_t
h1_bit(enum h1_name id)
{
	return (uint32_t)1 << id;
}

/*
 * A head that is being read.  It is read strictly from left to right, so that
 * what is wrong with the first bytes is seen at once, and seen alike whether
 * or not the rest is there yet.
 */
struct h1_reader {
	const char     *buf;
	const char     *at;
	const char     *end; /* of the input, or the limit if that is nearer */
	int		cut; /* end is the limit: waiting is of no use */
	unsigned int	max; /* fields */
	struct h1_head *head;
	uint32_t	seen; /* names that were there: h1_bit() */
	uint32_t	twice;
	uint8_t		first[H1_NAMES]; /* field, if seen */
};

/* Clears the members of head, but no fields. */
void h1_start(struct h1_reader *, struct h1_head *, const char *buf, size_t len,
    const struct h1_limits *);

enum h1_result h1_bad(struct h1_head *, int status, const char *why);
/* The input is at its end: H1_MORE, or H1_BAD if the limit is reached. */
enum h1_result h1_short(const struct h1_reader *, int status, const char *why);
/* "HTTP/D.D", and nothing more; *len: bytes of it that match. */
int h1_version(const char *p, size_t n, size_t *len);

/* All field lines, with the empty line. */
enum h1_result h1_fields(struct h1_reader *);
/* The value of a name that was seen. */
struct slice h1_value(const struct h1_reader *, enum h1_name);

/*
 * The id of a name.  *hop: it must not be passed on, for it is hop-by-hop by
 * itself, or a twin of a known name with "_" for "-", which CGI takes for it.
 */
enum h1_name h1_name_id(struct slice name, int *hop);
/* The names that are hop-by-hop by themselves (RFC 9110, 7.6.1). */
#define H1_HOP                                                              \
	(h1_bit(H1_NAME_CONNECTION) | h1_bit(H1_NAME_HTTP2_SETTINGS) |      \
	    h1_bit(H1_NAME_KEEP_ALIVE) | h1_bit(H1_NAME_PROXY_CONNECTION) | \
	    h1_bit(H1_NAME_TE) | h1_bit(H1_NAME_TRAILER) |                  \
	    h1_bit(H1_NAME_TRANSFER_ENCODING) | h1_bit(H1_NAME_UPGRADE))

/*
 * The next element of a list of tokens (RFC 9110, 5.6.1), which may be empty.
 * 1, 0 when there are no more, -1 if it is no token.
 */
int h1_list_next(struct slice *rest, struct slice *element);

/* framing, length and has_length by Content-Length and Transfer-Encoding. */
enum h1_result h1_frame(struct h1_reader *);
/*
 * keep_alive, the fields' hop, and upgrade if WebSocket is asked for.
 * request: Connection may not name a field that everybody needs.
 */
enum h1_result h1_connection(struct h1_reader *, int request);

/*
 * A host with its port or without (RFC 3986, 3.2.2).  NULL, or a phrase that
 * says what is wrong.
 */
const char *h1_authority(struct slice, struct slice *host, struct slice *port);
/* Do they say the same, if the scheme's port is that? */
int h1_authority_same(struct slice host, struct slice port, struct slice host2,
    struct slice port2, unsigned int standard);

#endif /* H1_INNER_H */
