/* SPDX-License-Identifier: ISC */
/*
 * Taking a DNS message apart: the one place that knows ldns.
 *
 * The message holds one question and is the answer to it.  Records are used
 * only if they are of the type asked for and belong to the name asked for,
 * or to what it leads to by CNAME records (RFC 1034, 3.6.2; in the reverse
 * zone RFC 2317).  Pure, but for the memory that ldns takes and gives back.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include <stddef.h>
#include <stdint.h>

struct addr;
struct names;

enum answer_kind {
	ANSWER_RECORDS,	 /* at least one of the type asked for */
	ANSWER_NONE,	 /* no such name, or none of that type */
	ANSWER_SERVFAIL, /* or any other code that is no answer */
	ANSWER_REFUSED,
	ANSWER_BAD, /* not a whole message, or CNAMEs in a circle */
	ANSWER_NOMEM
};

struct answer {
	enum answer_kind kind;
	/*
	 * Seconds: the least of all records used.  Of ANSWER_NONE: the SOA's
	 * (RFC 2308, 5), 0 if there is none.
	 */
	uint32_t     ttl;
	unsigned int records; /* of the type asked for */
	int	     match;   /* answer_addr: one is the address */
};

/* The addresses that a DNS list replies, the first ones; count: all. */
#define ANSWER_REPLIES 32
struct replies {
	unsigned int count;
	uint8_t	     octets[ANSWER_REPLIES][4];
};

/* The first record's text, without the bounds of its strings; may be cut. */
#define ANSWER_TXT_MAX 1024
struct txt {
	size_t len;
	char   text[ANSWER_TXT_MAX];
};

/* PTR records.  Fills in both. */
void answer_ptr(struct answer *, struct names *, const void *msg, size_t len);
/* A or AAAA records, by the family of the address looked for. */
void answer_addr(struct answer *, const struct addr *, const void *msg,
    size_t len);
/* A records, each of them; TXT records, the first. */
void answer_list(struct answer *, struct replies *, const void *msg,
    size_t len);
void answer_txt(struct answer *, struct txt *, const void *msg, size_t len);

#endif /* ANSWER_H */
