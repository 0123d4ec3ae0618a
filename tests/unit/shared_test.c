/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "log.h"
#include "shared.h"
#include "sip.h"

/* The key 00 01 ... 0f, and so many bytes 00 01 02 ... */
static const struct {
	const char *what;
	size_t	    len;
	uint64_t    hash;
} vectors[] = {
	{ "nothing", 0, UINT64_C(0x726fdb47dd0e0e31) },
	{ "one byte", 1, UINT64_C(0x74f839c593dc67fd) },
	{ "seven", 7, UINT64_C(0xab0200f58b01d137) },
	{ "one word", 8, UINT64_C(0x93f5f5799a932462) },
	{ "the paper's fifteen", 15, UINT64_C(0xa129ca6149be45e5) },
};

static void
test_sip(void **state)
{
	static const struct sip_key key = { UINT64_C(0x0706050403020100),
		UINT64_C(0x0f0e0d0c0b0a0908) };
	unsigned char		    data[16];
	size_t			    i;

	(void)state;
	for (i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)i;
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		if (sip_hash(&key, data, vectors[i].len) != vectors[i].hash)
			fail_msg("%s", vectors[i].what);
}

static void
ignore(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static void
test_shared(void **state)
{
	unsigned char *one, *two;
	size_t	       i, size = 300000;
	int	       fd;

	(void)state;
	log_divert(ignore);
	assert_true((fd = shared_make(size)) != -1);
	assert_non_null(one = shared_map(fd, size));
	assert_non_null(two = shared_map(fd, size));
	for (i = 0; i < size; i++)
		assert_int_equal(one[i], 0);
	one[size - 1] = 7;
	assert_int_equal(two[size - 1], 7);
	assert_null(shared_map(fd, size + 1000000));
	assert_null(shared_map(-1, size));
	shared_unmap(one, size);
	shared_unmap(two, size);
	shared_unmap(NULL, size);
	close(fd);
	log_divert(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sip),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
