/* SPDX-License-Identifier: ISC */
#include "answer.h"

#include <ldns/ldns.h>
#include <string.h>

#include "addr.h"
#include "name.h"

#define CHAIN_MAX   16 /* CNAMEs followed; libunbound follows 11 */
#define MESSAGE_MAX 65535

static void
ttl_least(struct answer *a, uint32_t ttl)
{
	if (ttl > INT32_MAX) /* RFC 2181, 8 */
		ttl = 0;
	if (ttl < a->ttl)
		a->ttl = ttl;
}

static enum answer_kind
kind_of(const ldns_pkt *pkt)
{
	switch (ldns_pkt_get_rcode(pkt)) {
	case LDNS_RCODE_NOERROR:
	case LDNS_RCODE_NXDOMAIN:
		return ANSWER_NONE; /* until a record is found */
	case LDNS_RCODE_REFUSED:
		return ANSWER_REFUSED;
	default:
		return ANSWER_SERVFAIL;
	}
}

/* The owner of the records that answer, through all CNAMEs; NULL: bad. */
static const ldns_rdf *
follow(struct answer *a, const ldns_rdf *owner, const ldns_rr_list *list)
{
	const ldns_rdf *next;
	const ldns_rr  *rr;
	size_t		i, n = ldns_rr_list_rr_count(list);
	int		steps;

	for (steps = 0; steps < CHAIN_MAX; steps++) {
		next = NULL;
		for (i = 0; i < n && next == NULL; i++) {
			rr = ldns_rr_list_rr(list, i);
			if (ldns_rr_get_type(rr) != LDNS_RR_TYPE_CNAME ||
			    ldns_rr_rd_count(rr) != 1 ||
			    ldns_dname_compare(ldns_rr_owner(rr), owner) != 0)
				continue;
			next = ldns_rr_rdf(rr, 0);
			ttl_least(a, ldns_rr_ttl(rr));
		}
		if (next == NULL)
			return owner;
		owner = next;
	}
	return NULL;
}

/* Who wants the records: one of them. */
struct taker {
	ldns_rr_type	   type;
	struct names	  *names;
	const struct addr *addr;
	struct replies	  *replies;
	struct txt	  *txt;
};

static void
take_addr(struct answer *a, const struct addr *want, const ldns_rdf *rdf)
{
	if (ldns_rdf_size(rdf) == (want->family == ADDR_IPV4 ? 4 : 16) &&
	    memcmp(ldns_rdf_data(rdf), want->octets, ldns_rdf_size(rdf)) == 0)
		a->match = 1;
}

static void
take_reply(struct replies *r, const ldns_rdf *rdf)
{
	if (ldns_rdf_size(rdf) != 4)
		return;
	if (r->count < ANSWER_REPLIES)
		memcpy(r->octets[r->count], ldns_rdf_data(rdf), 4);
	r->count++;
}

/* A string: its length, a byte, and the bytes. */
static void
take_string(struct txt *t, const ldns_rdf *rdf)
{
	const uint8_t *p = ldns_rdf_data(rdf);
	size_t	       len, size = ldns_rdf_size(rdf);

	if (size == 0 || (len = p[0]) > size - 1)
		return;
	if (len > sizeof(t->text) - t->len)
		len = sizeof(t->text) - t->len;
	memcpy(t->text + t->len, p + 1, len);
	t->len += len;
}

static void
take(struct answer *a, const struct taker *t, const ldns_rr *rr)
{
	const ldns_rdf *rdf = ldns_rr_rdf(rr, 0);
	size_t		i;

	if (t->names != NULL)
		names_add(t->names, ldns_rdf_data(rdf), ldns_rdf_size(rdf));
	else if (t->replies != NULL)
		take_reply(t->replies, rdf);
	else if (t->addr != NULL)
		take_addr(a, t->addr, rdf);
	else if (a->records == 1) {
		for (i = 0; i < ldns_rr_rd_count(rr); i++)
			take_string(t->txt, ldns_rr_rdf(rr, i));
	}
}

static void
take_records(struct answer *a, const struct taker *t, const ldns_rdf *owner,
    const ldns_rr_list *list)
{
	const ldns_rr *rr;
	size_t	       i, n = ldns_rr_list_rr_count(list);

	for (i = 0; i < n; i++) {
		rr = ldns_rr_list_rr(list, i);
		if (ldns_rr_get_type(rr) != t->type ||
		    ldns_rr_rd_count(rr) == 0 ||
		    (t->txt == NULL && ldns_rr_rd_count(rr) != 1) ||
		    ldns_dname_compare(ldns_rr_owner(rr), owner) != 0)
			continue;
		a->kind = ANSWER_RECORDS;
		a->records++;
		ttl_least(a, ldns_rr_ttl(rr));
		take(a, t, rr);
	}
}

/* How long "there is none" holds. */
static void
take_soa(struct answer *a, const ldns_rr_list *list)
{
	const ldns_rr *rr;
	size_t	       i, n = ldns_rr_list_rr_count(list);

	for (i = 0; i < n; i++) {
		rr = ldns_rr_list_rr(list, i);
		if (ldns_rr_get_type(rr) != LDNS_RR_TYPE_SOA ||
		    ldns_rr_rd_count(rr) != 7)
			continue;
		ttl_least(a, ldns_rr_ttl(rr));
		ttl_least(a, ldns_rdf2native_int32(ldns_rr_rdf(rr, 6)));
		return;
	}
	a->ttl = 0;
}

static void
read_packet(struct answer *a, const struct taker *t, const ldns_pkt *pkt)
{
	const ldns_rr_list *asked = ldns_pkt_question(pkt);
	const ldns_rdf	   *owner;

	if (!ldns_pkt_qr(pkt) || ldns_pkt_tc(pkt) ||
	    ldns_rr_list_rr_count(asked) != 1 ||
	    ldns_rr_get_type(ldns_rr_list_rr(asked, 0)) != t->type)
		return;
	if ((a->kind = kind_of(pkt)) != ANSWER_NONE)
		return;
	a->ttl = UINT32_MAX;
	owner = follow(a, ldns_rr_owner(ldns_rr_list_rr(asked, 0)),
	    ldns_pkt_answer(pkt));
	if (owner == NULL) {
		a->kind = ANSWER_BAD;
		a->ttl = 0;
		return;
	}
	/* A name that does not exist has no records, whatever is there. */
	if (ldns_pkt_get_rcode(pkt) == LDNS_RCODE_NOERROR)
		take_records(a, t, owner, ldns_pkt_answer(pkt));
	if (a->kind == ANSWER_NONE)
		take_soa(a, ldns_pkt_authority(pkt));
}

static void
read_message(struct answer *a, const struct taker *t, const void *msg,
    size_t len)
{
	ldns_pkt   *pkt = NULL;
	ldns_status status;

	memset(a, 0, sizeof(*a));
	a->kind = ANSWER_BAD;
	if (msg == NULL || len > MESSAGE_MAX)
		return;
	status = ldns_wire2pkt(&pkt, msg, len);
	if (status == LDNS_STATUS_MEM_ERR)
		a->kind = ANSWER_NOMEM;
	if (status != LDNS_STATUS_OK)
		return;
	read_packet(a, t, pkt);
	ldns_pkt_free(pkt);
}

void
answer_ptr(struct answer *a, struct names *names, const void *msg, size_t len)
{
	struct taker t = { .type = LDNS_RR_TYPE_PTR, .names = names };

	names->total = names->invalid = names->count = 0;
	read_message(a, &t, msg, len);
}

void
answer_addr(struct answer *a, const struct addr *want, const void *msg,
    size_t len)
{
	struct taker t = { .type = want->family == ADDR_IPV4 ?
		    LDNS_RR_TYPE_A :
		    LDNS_RR_TYPE_AAAA,
		.addr = want };

	read_message(a, &t, msg, len);
}

void
answer_list(struct answer *a, struct replies *replies, const void *msg,
    size_t len)
{
	struct taker t = { .type = LDNS_RR_TYPE_A, .replies = replies };

	replies->count = 0;
	read_message(a, &t, msg, len);
}

void
answer_txt(struct answer *a, struct txt *txt, const void *msg, size_t len)
{
	struct taker t = { .type = LDNS_RR_TYPE_TXT, .txt = txt };

	txt->len = 0;
	read_message(a, &t, msg, len);
}
