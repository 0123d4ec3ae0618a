/* SPDX-License-Identifier: ISC */
/*
 * DNS messages as libunbound gives them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "addr.h"
#include "answer.h"
#include "dnsbl.h"
#include "name.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static void
check_addr(const char *text, const uint8_t *data, size_t len)
{
	struct answer a;
	struct addr   addr;

	must(addr_parse(&addr, text) == 0);
	memset(&a, 0xff, sizeof(a));
	answer_addr(&a, &addr, data, len);
	must((a.kind == ANSWER_RECORDS) == (a.records > 0));
	must(!a.match || a.records > 0);
	must(a.ttl <= INT32_MAX);
}

/* As the answers of a DNS list. */
static void
check_list(const uint8_t *data, size_t len)
{
	struct answer  a;
	struct replies r;
	struct txt     t;
	char	       out[DNSBL_TXT_LEN];

	memset(&r, 0xff, sizeof(r));
	answer_list(&a, &r, data, len);
	must((a.kind == ANSWER_RECORDS) == (a.records > 0));
	must(r.count <= a.records && a.ttl <= INT32_MAX);
	memset(&t, 0xff, sizeof(t));
	answer_txt(&a, &t, data, len);
	must((a.kind == ANSWER_RECORDS) == (a.records > 0));
	must(t.len <= sizeof(t.text));
	dnsbl_txt(out, t.text, t.len, "abcdef0123.bl.example");
	must(strlen(out) <= DNSBL_TXT_CUT);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct answer a;
	struct names  n;
	unsigned int  i;

	memset(&a, 0xff, sizeof(a));
	memset(&n, 0xff, sizeof(n));
	answer_ptr(&a, &n, data, len);
	must((a.kind == ANSWER_RECORDS) == (a.records > 0));
	must(a.ttl <= INT32_MAX && n.total == a.records);
	must(n.count <= IPREV_NAMES && n.count + n.invalid <= n.total);
	for (i = 0; i < n.count; i++)
		must(name_valid(n.name[i]));
	check_addr("192.0.2.1", data, len);
	check_addr("2001:db8::1", data, len);
	check_list(data, len);
	return 0;
}
