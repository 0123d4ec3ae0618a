/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "crc32c.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static unsigned char	   zeros[32], ones[32], up[32], down[32];
static const unsigned char command[48] = { /* RFC 3720, B.4: an iSCSI PDU */
	[0] = 0x01,
	[1] = 0xc0,
	[16] = 0x14,
	[22] = 0x04,
	[27] = 0x14,
	[31] = 0x18,
	[32] = 0x28,
	[40] = 0x02
};

static const struct {
	const char *what;
	const void *bytes;
	size_t	    len;
	uint32_t    sum;
} known[] = {
	{ "nothing", "", 0, 0 },
	{ "the check value of all catalogues", "123456789", 9, 0xe3069283 },
	{ "RFC 3720: 32 bytes of zeros", zeros, 32, 0x8a9136aa },
	{ "RFC 3720: 32 bytes of ones", ones, 32, 0x62a8ab43 },
	{ "RFC 3720: 32 bytes that go up", up, 32, 0x46dd794e },
	{ "RFC 3720: 32 bytes that go down", down, 32, 0x113fdb5c },
	{ "RFC 3720: a read command", command, 48, 0xd9963a56 },
};

static void
test_known(void **state)
{
	size_t i, cut;

	(void)state;
	for (i = 0; i < 32; i++) {
		ones[i] = 0xff;
		up[i] = (unsigned char)i;
		down[i] = (unsigned char)(31 - i);
	}
	for (i = 0; i < nitems(known); i++) {
		const unsigned char *p = known[i].bytes;

		assert_int_equal(crc32c(0, p, known[i].len), known[i].sum);
		assert_int_equal(crc32c_tables(0, p, known[i].len),
		    known[i].sum);
		/* In two pieces, wherever it is cut. */
		for (cut = 0; cut <= known[i].len; cut++) {
			assert_int_equal(crc32c(crc32c(0, p, cut), p + cut,
					     known[i].len - cut),
			    known[i].sum);
			assert_int_equal(crc32c_tables(crc32c_tables(0, p, cut),
					     p + cut, known[i].len - cut),
			    known[i].sum);
		}
	}
}

/* By the processor and by tables, at every alignment and length. */
static void
test_same(void **state)
{
	unsigned char bytes[512];
	size_t	      i, from, len;

	(void)state;
	srand(1);
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)rand();
	for (from = 0; from < 16; from++)
		for (len = 0; len + from <= sizeof(bytes); len += 1 + len / 9)
			assert_int_equal(crc32c(7, bytes + from, len),
			    crc32c_tables(7, bytes + from, len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
