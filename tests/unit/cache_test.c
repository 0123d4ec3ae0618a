/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "cache.h"
#include "iprev.h"

static struct findings
make(unsigned int host, uint32_t ttl, unsigned int nnames)
{
	struct findings f;
	char		text[32];
	unsigned int	i;

	memset(&f, 0, sizeof(f));
	snprintf(text, sizeof(text), "10.%u.%u.%u", host / 65536,
	    host / 256 % 256, host % 256);
	assert_int_equal(addr_parse(&f.addr, text), 0);
	f.iprev = IPREV_FAIL;
	f.cause = CAUSE_NO_MATCH;
	f.dnssec = DNSSEC_NO;
	f.nptrs = nnames + 3;
	f.ninvalid = 1;
	f.elapsed_ms = 17;
	f.ttl = ttl;
	f.nnames = nnames;
	for (i = 0; i < nnames; i++) {
		memset(f.names[i].name, 'a' + (int)i, i * 28 + 1);
		f.names[i].state = (enum name_state)(i % (NAME_TEMPERROR + 1));
	}
	f.lists_known = f.is_protected = 1;
	f.ndnsbls = nnames;
	for (i = 0; i < nnames; i++) {
		snprintf(f.dnsbls[i].name, DNSBL_NAME_LEN, "list%u", i);
		f.dnsbls[i].state = (enum dnsbl_state)(i % DNSBL_STATES);
		f.dnsbls[i].nreplies = i % (DNSBL_REPLIES + 1);
		memset(f.dnsbls[i].replies, 127, f.dnsbls[i].nreplies * 4);
		memset(f.dnsbls[i].txt, 'x', i * 10);
	}
	return f;
}

/* What comes out is what went in, but for its age. */
static void
test_round_trip(void **state)
{
	struct cache   *c = cache_new(16);
	struct findings in, out;
	unsigned int	n, i;

	(void)state;
	for (n = 0; n <= IPREV_NAMES; n++) {
		in = make(n, 300, n);
		cache_put(c, &in, 1000000);
		memset(&out, 0xff, sizeof(out));
		assert_int_equal(cache_get(c, &in.addr, 1000000, &out), 1);
		assert_true(addr_equal(&in.addr, &out.addr));
		assert_int_equal(out.iprev, in.iprev);
		assert_int_equal(out.cause, in.cause);
		assert_int_equal(out.dnssec, in.dnssec);
		assert_int_equal(out.nptrs, in.nptrs);
		assert_int_equal(out.ninvalid, in.ninvalid);
		assert_int_equal(out.elapsed_ms, in.elapsed_ms);
		assert_int_equal(out.ttl, 300);
		assert_int_equal(out.cached, 1);
		assert_int_equal(out.nnames, n);
		for (i = 0; i < n; i++) {
			assert_string_equal(out.names[i].name,
			    in.names[i].name);
			assert_int_equal(out.names[i].state, in.names[i].state);
		}
		/* Our own lists are looked up anew each time. */
		assert_int_equal(out.lists_known, 0);
		assert_int_equal(out.is_protected, 0);
		assert_int_equal(out.nlists, 0);
		assert_int_equal(out.ndnsbls, n);
		for (i = 0; i < n; i++) {
			assert_string_equal(out.dnsbls[i].name,
			    in.dnsbls[i].name);
			assert_int_equal(out.dnsbls[i].state,
			    in.dnsbls[i].state);
			assert_int_equal(out.dnsbls[i].nreplies,
			    in.dnsbls[i].nreplies);
			assert_memory_equal(out.dnsbls[i].replies,
			    in.dnsbls[i].replies, in.dnsbls[i].nreplies * 4);
			assert_string_equal(out.dnsbls[i].txt,
			    in.dnsbls[i].txt);
		}
	}
	cache_free(c);
}

static void
test_age(void **state)
{
	struct cache   *c = cache_new(16);
	struct findings f = make(1, 10, 1), out;

	(void)state;
	cache_put(c, &f, 5000);
	assert_int_equal(cache_get(c, &f.addr, 5001, &out), 1);
	assert_int_equal(out.ttl, 10);
	assert_int_equal(cache_get(c, &f.addr, 14999, &out), 1);
	assert_int_equal(out.ttl, 1);
	assert_int_equal(cache_get(c, &f.addr, 15000, &out), 0);
	assert_int_equal(cache_count(c), 0);
	cache_free(c);
}

static void
test_not_to_be_kept(void **state)
{
	struct cache   *c = cache_new(16);
	struct findings f = make(1, 10, 1), out;

	(void)state;
	cache_put(c, &f, 0);
	f.ttl = 0; /* and what was known does not hold any more */
	cache_put(c, &f, 1);
	assert_int_equal(cache_get(c, &f.addr, 1, &out), 0);
	assert_int_equal(cache_count(c), 0);
	cache_free(c);
}

static void
test_bound(void **state)
{
	struct cache   *c = cache_new(100);
	struct findings f, out;
	unsigned int	i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		f = make(i, 300, i % 3);
		cache_put(c, &f, i);
		assert_true(cache_count(c) <= 100);
	}
	for (i = 0; i < 1000; i++) {
		f = make(i, 300, 0);
		assert_int_equal(cache_get(c, &f.addr, 1000, &out), i >= 900);
	}
	/* One that is put again is not there twice. */
	f = make(950, 300, 2);
	cache_put(c, &f, 1000);
	assert_int_equal(cache_count(c), 100);
	cache_clear(c);
	assert_int_equal(cache_count(c), 0);
	assert_int_equal(cache_get(c, &f.addr, 1000, &out), 0);
	cache_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_not_to_be_kept),
		cmocka_unit_test(test_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
