/* SPDX-License-Identifier: ISC */
/*
 * HTTP/1.1 on the wire (RFC 9112): heads and chunks.  Pure: bytes in, slices
 * into those bytes out; no allocation, no I/O, no clock, no configuration.
 *
 * Strict: whatever two readers could understand differently is H1_BAD, with a
 * status and a phrase that says why.  Nothing is repaired.
 */
#ifndef H1_H
#define H1_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define H1_FIELDS_MAX 200 /* of one head; the file may say less */

enum h1_result {
	H1_DONE,
	H1_MORE, /* bytes are missing */
	H1_BAD
};

enum h1_method {
	H1_GET,
	H1_HEAD,
	H1_POST,
	H1_PUT,
	H1_DELETE,
	H1_OPTIONS,
	H1_TRACE,
	H1_CONNECT,
	H1_PATCH,
	H1_OTHER
};

/* The field names that somebody here asks for; any case on the wire. */
enum h1_name {
	H1_NAME_OTHER,
	H1_NAME_ACCEPT_ENCODING,
	H1_NAME_CONNECTION,
	H1_NAME_CONTENT_LENGTH,
	H1_NAME_CONTENT_TYPE,
	H1_NAME_DATE,
	H1_NAME_EXPECT,
	H1_NAME_FORWARDED,
	H1_NAME_HOST,
	H1_NAME_HTTP2_SETTINGS,
	H1_NAME_KEEP_ALIVE,
	H1_NAME_LOCATION,
	H1_NAME_PROXY,
	H1_NAME_PROXY_CONNECTION,
	H1_NAME_REFERER,
	H1_NAME_SERVER,
	H1_NAME_STRICT_TRANSPORT_SECURITY,
	H1_NAME_TE,
	H1_NAME_TRAILER,
	H1_NAME_TRANSFER_ENCODING,
	H1_NAME_UPGRADE,
	H1_NAME_USER_AGENT,
	H1_NAME_X_FORWARDED_FOR,
	H1_NAME_X_FORWARDED_HOST,
	H1_NAME_X_FORWARDED_PROTO,
	H1_NAMES
};

struct h1_field {
	struct slice name;  /* as it came; a token */
	struct slice value; /* without the white space around it */
	enum h1_name id;
	int	     hop; /* named by Connection, or hop-by-hop by itself
			     (RFC 9110, 7.6.1), or a twin of a known name
			     such as X_Forwarded_For, which CGI cannot tell
			     from it: must not be passed on */
};

enum h1_framing {
	H1_NO_BODY,
	H1_LENGTH, /* length bytes; never 0 */
	H1_CHUNKED,
	H1_UNTIL_CLOSE /* responses only */
};

struct h1_limits {
	size_t	     bytes;  /* of the head */
	unsigned int fields; /* at most H1_FIELDS_MAX */
};

struct h1_head {
	size_t		len;   /* of the head, with its empty line */
	int		minor; /* HTTP/1.minor: 0 or 1 */
	enum h1_framing framing;
	uint64_t	length;	    /* at most INT64_MAX */
	int		has_length; /* there was a Content-Length, 0 perhaps;
				       with H1_NO_BODY it is what a GET would
				       have got (HEAD, 304) */
	int		keep_alive; /* by version, Connection and framing */
	/*
	 * WebSocket: Connection: upgrade and one Upgrade: websocket in a GET
	 * of HTTP/1.1, or in a 101.  To other protocols (h2c) nothing changes:
	 * what they carry could not be looked at (RFC 9110, 7.8 allows it).
	 */
	int	     upgrade;
	struct slice upgrade_to; /* value of Upgrade, if upgrade */
	/*
	 * H1_BAD only: why, and what to answer: 400, 414, 417, 431, 501, 505;
	 * 502 if it is a response that is bad.
	 */
	int		status;
	const char     *why;
	size_t		nfields;
	struct h1_field fields[H1_FIELDS_MAX];
};

struct h1_request {
	enum h1_method method;
	struct slice   method_text;
	struct slice   target; /* as it came */
	/*
	 * Origin-form of it (RFC 9112, 3.2.2: absolute-form is taken apart):
	 * path begins with "/", or is "*" for OPTIONS; query without "?".
	 * The path of an absolute-form without one is a literal of ours.
	 */
	struct slice path;
	struct slice query;
	int	     has_query;
	/*
	 * From Host or the absolute-form, which must agree: the name or
	 * address literal (IPv6 with its brackets) without port and without
	 * its final dot, any case; port without ":" (empty if there is none).
	 * HTTP/1.0 may come without: then both are empty.
	 */
	struct slice   host;
	struct slice   port;
	int	       expect_continue; /* Expect: 100-continue, HTTP/1.1,
					   and a body to come */
	struct h1_head head;
};

struct h1_response {
	int	       status; /* 100 to 599 */
	struct slice   reason;
	struct h1_head head;
};

/*
 * Does buf hold a whole head, from its first byte?  from: how many bytes of
 * it were looked at before (0 at first).  H1_DONE: it may be parsed, and the
 * parser will not say H1_MORE.  H1_BAD: these bytes cannot begin a request line
 * or a status line, or hold a bare LF; the parser will say H1_BAD, too, and
 * why, so there is no use in waiting for more.  An empty line before a request
 * is skipped once by the parser (RFC 9112, 2.2).
 */
enum h1_result h1_scan(const char *buf, size_t len, size_t from);

/*
 * Parse a head that lies whole in buf.  H1_MORE if it does not, unless what is
 * there is bad, or reaches the limit.  A request that has Transfer-Encoding in
 * HTTP/1.0, no Host in HTTP/1.1, two of anything that frames, a body with a
 * method that has none, and so on, is H1_BAD.  So is CONNECT (501).  If it is
 * bad, method, method_text and target are what could be read of them.
 */
enum h1_result h1_request(struct h1_request *, const char *buf, size_t len,
    const struct h1_limits *);
/*
 * The same for an answer to a request of that method (HEAD and CONNECT, 1xx,
 * 204 and 304 have no body: RFC 9112, 6.3).
 */
enum h1_result h1_response(struct h1_response *, enum h1_method,
    const char *buf, size_t len, const struct h1_limits *);

/* --- chunked (RFC 9112, 7.1) --- */

#define H1_CHUNK_LINE_MAX 1024 /* bytes of a size line, extensions and all */
#define H1_TRAILERS_MAX	  4096 /* bytes of the trailer section */

struct h1_chunks {
	int	     state; /* private; all zeros is the beginning */
	uint64_t     left;
	size_t	     line; /* bytes of the present line, or of the trailers */
	unsigned int digits;
};

enum h1_chunk {
	H1_CHUNK_DATA, /* data is a slice of the input */
	H1_CHUNK_MORE, /* all input is used up, and there is more to come */
	H1_CHUNK_END,  /* the last chunk; the trailer section may follow in
			   the input: h1_trailers() takes it */
	H1_CHUNK_BAD
};

/*
 * Take bytes from in; *used says how many.  Call again for the rest of the
 * input after H1_CHUNK_DATA.  Extensions are dropped.  A chunk of more than
 * INT64_MAX bytes is bad.
 */
enum h1_chunk h1_chunks_next(struct h1_chunks *, const char *in, size_t len,
    size_t *used, struct slice *data);

/*
 * The trailer section after H1_CHUNK_END, up to and with its empty line, which
 * must lie whole in buf (there is always that empty line).  Fields that frame,
 * route or authenticate (RFC 9110, 6.5.1) are H1_BAD.  Only len, fields and
 * nfields are set, and status and why.
 */
enum h1_result h1_trailers(struct h1_head *, const char *buf, size_t len);

/* Is it an idempotent method (RFC 9110, 9.2.2)? */
int h1_idempotent(enum h1_method);

#endif /* H1_H */
