/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "addr.h"
#include "answer.h"
#include "name.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

enum {
	A = 1,
	CNAME = 5,
	SOA = 6,
	PTR = 12,
	TXT = 16,
	AAAA = 28
};

enum {
	NOERROR,
	SERVFAIL = 2,
	NXDOMAIN = 3,
	NOTIMP = 4,
	REFUSED = 5
};

#define QR 0x8000
#define TC 0x0200

struct record {
	const char *owner; /* with dots; NULL: no more */
	uint16_t    type;
	uint32_t    ttl;
	const char *data; /* a name, an address, SOA's minimum */
};

struct message {
	uint8_t buf[4096];
	size_t	len;
};

static void
put(struct message *m, const void *data, size_t len)
{
	assert_true(m->len + len <= sizeof(m->buf));
	memcpy(m->buf + m->len, data, len);
	m->len += len;
}

static void
put_number(struct message *m, uint32_t n, int bytes)
{
	uint8_t b;

	while (bytes-- > 0) {
		b = (uint8_t)(n >> (8 * bytes));
		put(m, &b, 1);
	}
}

/* Labels between dots, as they are; "\0" stands for the root. */
static void
put_name(struct message *m, const char *name)
{
	size_t len;

	while (*name != '\0') {
		len = strcspn(name, ".");
		put_number(m, (uint32_t)len, 1);
		put(m, name, len);
		name += len;
		name += *name == '.';
	}
	put_number(m, 0, 1);
}

static void
put_data(struct message *m, const struct record *r)
{
	struct addr addr;

	switch (r->type) {
	case A:
	case AAAA:
		assert_int_equal(addr_parse(&addr, r->data), 0);
		put(m, addr.octets, r->type == A ? 4 : 16);
		break;
	case SOA:
		put_name(m, "ns.example.org");
		put_name(m, "hostmaster.example.org");
		put_number(m, 1, 4);
		put_number(m, 3600, 4);
		put_number(m, 600, 4);
		put_number(m, 86400, 4);
		put_number(m,
		    (uint32_t)(strcmp(r->data, "60") == 0 ? 60 : 86400), 4);
		break;
	case TXT:
		put_number(m, (uint32_t)strlen(r->data), 1);
		put(m, r->data, strlen(r->data));
		break;
	default:
		put_name(m, r->data);
		break;
	}
}

static unsigned int
put_records(struct message *m, const struct record *r, size_t max)
{
	unsigned int n;
	size_t	     at;

	for (n = 0; n < max && r[n].owner != NULL; n++) {
		put_name(m, r[n].owner);
		put_number(m, r[n].type, 2);
		put_number(m, 1, 2);
		put_number(m, r[n].ttl, 4);
		at = m->len;
		put_number(m, 0, 2);
		put_data(m, &r[n]);
		m->buf[at] = (uint8_t)((m->len - at - 2) >> 8);
		m->buf[at + 1] = (uint8_t)(m->len - at - 2);
	}
	return n;
}

#define RECORDS 6

static void
build(struct message *m, uint16_t flags, const char *name, uint16_t type,
    const struct record *answer, const struct record *authority)
{
	memset(m, 0, sizeof(*m));
	put_number(m, 4711, 2);
	put_number(m, flags, 2);
	put_number(m, 1, 2);
	put_number(m, 0, 2);
	put_number(m, 0, 2);
	put_number(m, 0, 2);
	put_name(m, name);
	put_number(m, type, 2);
	put_number(m, 1, 2);
	m->buf[7] = (uint8_t)put_records(m, answer, RECORDS);
	m->buf[9] = (uint8_t)put_records(m, authority, 1);
}

#define REV  "1.2.0.192.in-addr.arpa"
#define HOST "mail.example.org"

static const struct {
	const char	*what;
	uint16_t	 flags;
	struct record	 answer[RECORDS];
	struct record	 authority[1];
	enum answer_kind kind;
	uint32_t	 ttl;
	unsigned int	 total, invalid;
	const char	*names; /* with spaces between */
} ptrs[] = {
	{ "one PTR", QR | NOERROR, { { REV, PTR, 300, HOST } }, { { 0 } },
	    ANSWER_RECORDS, 300, 1, 0, HOST },
	{ "three PTRs, in another order and with different times", QR | NOERROR,
	    { { REV, PTR, 300, "c.example.org" },
		{ REV, PTR, 200, "A.Example.org" },
		{ REV, PTR, 400, "b.example.org" } },
	    { { 0 } }, ANSWER_RECORDS, 200, 3, 0,
	    "a.example.org b.example.org c.example.org" },
	{ "names are compared without regard to case", QR | NOERROR,
	    { { "1.2.0.192.IN-ADDR.arpa", PTR, 300, HOST } }, { { 0 } },
	    ANSWER_RECORDS, 300, 1, 0, HOST },
	{ "one PTR that is no host name", QR | NOERROR,
	    { { REV, PTR, 300, "two words.example.org" } }, { { 0 } },
	    ANSWER_RECORDS, 300, 1, 1, "" },
	{ "a good and a bad one", QR | NOERROR,
	    { { REV, PTR, 300, "b\nad.example.org" }, { REV, PTR, 300, HOST } },
	    { { 0 } }, ANSWER_RECORDS, 300, 2, 1, HOST },
	{ "the PTR of the root", QR | NOERROR, { { REV, PTR, 300, "" } },
	    { { 0 } }, ANSWER_RECORDS, 300, 1, 1, "" },
	{ "a CNAME, as RFC 2317 has it: the least time of both", QR | NOERROR,
	    { { REV, CNAME, 60, "1.0/25.2.0.192.in-addr.arpa" },
		{ "1.0/25.2.0.192.in-addr.arpa", PTR, 300, HOST } },
	    { { 0 } }, ANSWER_RECORDS, 60, 1, 0, HOST },
	{ "three CNAMEs, in any order", QR | NOERROR,
	    { { "c", CNAME, 60, "d" }, { "d", PTR, 50, HOST },
		{ REV, CNAME, 70, "b" }, { "b", CNAME, 80, "c" } },
	    { { 0 } }, ANSWER_RECORDS, 50, 1, 0, HOST },
	{ "a PTR that belongs to another name", QR | NOERROR,
	    { { "2.2.0.192.in-addr.arpa", PTR, 300, HOST } }, { { 0 } },
	    ANSWER_NONE, 0, 0, 0, "" },
	{ "beside a CNAME, the first name's own is not used", QR | NOERROR,
	    { { REV, CNAME, 60, "b" }, { REV, PTR, 300, "evil.example.org" },
		{ "b", PTR, 300, HOST } },
	    { { 0 } }, ANSWER_RECORDS, 60, 1, 0, HOST },
	{ "a record of another type", QR | NOERROR,
	    { { REV, TXT, 300, "text" } }, { { 0 } }, ANSWER_NONE, 0, 0, 0,
	    "" },
	{ "no such name", QR | NXDOMAIN, { { 0 } },
	    { { "in-addr.arpa", SOA, 300, "60" } }, ANSWER_NONE, 60, 0, 0, "" },
	{ "no such record", QR | NOERROR, { { 0 } },
	    { { "in-addr.arpa", SOA, 300, "86400" } }, ANSWER_NONE, 300, 0, 0,
	    "" },
	{ "no such record, behind a CNAME with less time", QR | NOERROR,
	    { { REV, CNAME, 20, "b" } }, { { "in-addr.arpa", SOA, 300, "60" } },
	    ANSWER_NONE, 20, 0, 0, "" },
	{ "no such name, and no SOA: not to be kept", QR | NXDOMAIN, { { 0 } },
	    { { 0 } }, ANSWER_NONE, 0, 0, 0, "" },
	{ "a name that does not exist and yet has a record", QR | NXDOMAIN,
	    { { REV, PTR, 300, HOST } }, { { 0 } }, ANSWER_NONE, 0, 0, 0, "" },
	{ "a time with the sign bit is none (RFC 2181)", QR | NOERROR,
	    { { REV, PTR, 0x80000001, HOST } }, { { 0 } }, ANSWER_RECORDS, 0, 1,
	    0, HOST },
	{ "SERVFAIL", QR | SERVFAIL, { { 0 } }, { { 0 } }, ANSWER_SERVFAIL, 0,
	    0, 0, "" },
	{ "SERVFAIL with a record", QR | SERVFAIL, { { REV, PTR, 300, HOST } },
	    { { 0 } }, ANSWER_SERVFAIL, 0, 0, 0, "" },
	{ "NOTIMP", QR | NOTIMP, { { 0 } }, { { 0 } }, ANSWER_SERVFAIL, 0, 0, 0,
	    "" },
	{ "REFUSED", QR | REFUSED, { { 0 } }, { { 0 } }, ANSWER_REFUSED, 0, 0,
	    0, "" },
	{ "a question is no answer", NOERROR, { { REV, PTR, 300, HOST } },
	    { { 0 } }, ANSWER_BAD, 0, 0, 0, "" },
	{ "a truncated answer", QR | TC | NOERROR, { { REV, PTR, 300, HOST } },
	    { { 0 } }, ANSWER_BAD, 0, 0, 0, "" },
	{ "a CNAME to itself", QR | NOERROR, { { REV, CNAME, 60, REV } },
	    { { 0 } }, ANSWER_BAD, 0, 0, 0, "" },
	{ "two CNAMEs in a circle", QR | NOERROR,
	    { { REV, CNAME, 60, "b" }, { "b", CNAME, 60, REV } }, { { 0 } },
	    ANSWER_BAD, 0, 0, 0, "" },
};

static void
test_ptrs(void **state)
{
	struct message m;
	struct answer  a;
	struct names   n;
	char	       all[512];
	unsigned int   j;
	size_t	       i;

	(void)state;
	for (i = 0; i < nitems(ptrs); i++) {
		build(&m, ptrs[i].flags, REV, PTR, ptrs[i].answer,
		    ptrs[i].authority);
		memset(&a, 0xff, sizeof(a));
		memset(&n, 0xff, sizeof(n));
		answer_ptr(&a, &n, m.buf, m.len);
		if (a.kind != ptrs[i].kind || a.ttl != ptrs[i].ttl)
			fail_msg("%s: %d, ttl %u", ptrs[i].what, a.kind, a.ttl);
		if (n.total != ptrs[i].total || n.invalid != ptrs[i].invalid ||
		    a.records != ptrs[i].total)
			fail_msg("%s: %u and %u", ptrs[i].what, n.total,
			    n.invalid);
		all[0] = '\0';
		for (j = 0; j < n.count; j++) {
			strlcat(all, j > 0 ? " " : "", sizeof(all));
			strlcat(all, n.name[j], sizeof(all));
		}
		if (strcmp(all, ptrs[i].names) != 0)
			fail_msg("%s: %s", ptrs[i].what, all);
	}
}

static const struct {
	const char	*what;
	const char	*want;
	struct record	 answer[RECORDS];
	enum answer_kind kind;
	unsigned int	 records;
	int		 match;
} addrs[] = {
	{ "the address", "192.0.2.1", { { HOST, A, 300, "192.0.2.1" } },
	    ANSWER_RECORDS, 1, 1 },
	{ "another", "192.0.2.1", { { HOST, A, 300, "192.0.2.2" } },
	    ANSWER_RECORDS, 1, 0 },
	{ "the last of three", "192.0.2.1",
	    { { HOST, A, 300, "192.0.2.2" }, { HOST, A, 300, "192.0.2.3" },
		{ HOST, A, 300, "192.0.2.1" } },
	    ANSWER_RECORDS, 3, 1 },
	{ "another name's", "192.0.2.1",
	    { { "www.example.org", A, 300, "192.0.2.1" } }, ANSWER_NONE, 0, 0 },
	{ "behind a CNAME", "192.0.2.1",
	    { { HOST, CNAME, 300, "b.org" }, { "b.org", A, 300, "192.0.2.1" } },
	    ANSWER_RECORDS, 1, 1 },
	{ "IPv6", "2001:db8::1", { { HOST, AAAA, 300, "2001:db8::1" } },
	    ANSWER_RECORDS, 1, 1 },
	{ "another IPv6", "2001:db8::1", { { HOST, AAAA, 300, "2001:db8::2" } },
	    ANSWER_RECORDS, 1, 0 },
	{ "IPv6 is not asked for IPv4", "2001:db8::1",
	    { { HOST, A, 300, "192.0.2.1" } }, ANSWER_NONE, 0, 0 },
	{ "IPv4 is not asked for IPv6", "192.0.2.1",
	    { { HOST, AAAA, 300, "2001:db8::1" } }, ANSWER_NONE, 0, 0 },
};

static void
test_addrs(void **state)
{
	static const struct record none[1];
	struct message		   m;
	struct answer		   a;
	struct addr		   want;
	size_t			   i;

	(void)state;
	for (i = 0; i < nitems(addrs); i++) {
		assert_int_equal(addr_parse(&want, addrs[i].want), 0);
		build(&m, QR, HOST, want.family == ADDR_IPV4 ? A : AAAA,
		    addrs[i].answer, none);
		answer_addr(&a, &want, m.buf, m.len);
		if (a.kind != addrs[i].kind || a.match != addrs[i].match ||
		    a.records != addrs[i].records)
			fail_msg("%s: %d, %u, %d", addrs[i].what, a.kind,
			    a.records, a.match);
	}
}

/* A message that ends too early is no answer, wherever it ends. */
static void
test_cut(void **state)
{
	static const struct record none[1];
	static const struct record some[RECORDS] = { { REV, CNAME, 60, "b" },
		{ "b", PTR, 300, HOST } };
	struct message		   m;
	struct answer		   a;
	struct names		   n;
	size_t			   len;

	(void)state;
	build(&m, QR, REV, PTR, some, none);
	for (len = 0; len < m.len; len++) {
		answer_ptr(&a, &n, m.buf, len);
		assert_int_equal(a.kind, ANSWER_BAD);
		assert_int_equal(n.count, 0);
	}
	answer_ptr(&a, &n, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_RECORDS);
	answer_ptr(&a, &n, NULL, 0);
	assert_int_equal(a.kind, ANSWER_BAD);
}

/* The type that the message was asked for must be ours. */
static void
test_other_question(void **state)
{
	static const struct record none[1];
	static const struct record some[RECORDS] = { { REV, PTR, 300, HOST } };
	struct message		   m;
	struct answer		   a;
	struct names		   n;

	(void)state;
	build(&m, QR, REV, TXT, some, none);
	answer_ptr(&a, &n, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_BAD);
	build(&m, QR, REV, PTR, some, none);
	m.buf[5] = 0; /* no question at all */
	answer_ptr(&a, &n, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_BAD);
}

/* What DNS lists answer: addresses, and a text of one or more strings. */
static void
test_lists(void **state)
{
	static const struct record none[1];
	static const struct record some[RECORDS] = { { "l", CNAME, 60, "b" },
		{ "b", A, 300, "127.0.0.4" }, { "x", A, 300, "127.0.0.9" },
		{ "b", A, 200, "127.0.0.2" } };
	struct message		   m;
	struct answer		   a;
	struct replies		   r;
	struct txt		   t;

	(void)state;
	build(&m, QR, "l", A, some, none);
	answer_list(&a, &r, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_RECORDS);
	assert_int_equal(a.ttl, 60);
	assert_int_equal(r.count, 2);
	assert_memory_equal(r.octets[0], "\177\0\0\4", 4);
	assert_memory_equal(r.octets[1], "\177\0\0\2", 4);
	answer_txt(&a, &t, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_BAD);
	assert_int_equal(t.len, 0);

	build(&m, QR | NXDOMAIN, "l", A, some, none);
	answer_list(&a, &r, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_NONE);
	assert_int_equal(r.count, 0);
}

/* The header's QR, the question l. TXT, one record with these strings. */
static void
txt_message(struct message *m, const void *strings, size_t len)
{
	static const uint8_t head[] = { 0, 0, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0 };

	m->len = 0;
	put(m, head, sizeof(head));
	put_name(m, "l");
	put_number(m, TXT, 2);
	put_number(m, 1, 2);
	put_name(m, "l");
	put_number(m, TXT, 2);
	put_number(m, 1, 2);
	put_number(m, 77, 4);
	put_number(m, (uint32_t)len, 2);
	put(m, strings, len);
}

static void
test_txt(void **state)
{
	static uint8_t many[2560];
	struct message m;
	struct answer  a;
	struct txt     t;
	size_t	       i;

	(void)state;
	txt_message(&m, "\5Liste\0\5d\0 it", 13);
	answer_txt(&a, &t, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_RECORDS);
	assert_int_equal(a.ttl, 77);
	assert_int_equal(t.len, 10);
	assert_memory_equal(t.text, "Listed\0 it", 10);

	/* Ten strings of 255 bytes are cut, not written beyond. */
	for (i = 0; i < sizeof(many); i++)
		many[i] = i % 256 == 0 ? 255 : 'x';
	txt_message(&m, many, sizeof(many));
	answer_txt(&a, &t, m.buf, m.len);
	assert_int_equal(a.kind, ANSWER_RECORDS);
	assert_int_equal(t.len, ANSWER_TXT_MAX);

	/* A string that is longer than its record. */
	txt_message(&m, "\5abc", 4);
	answer_txt(&a, &t, m.buf, m.len);
	assert_int_not_equal(a.kind, ANSWER_RECORDS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ptrs),
		cmocka_unit_test(test_addrs),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_other_question),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_txt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
