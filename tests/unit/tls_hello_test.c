/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "slice.h"
#include "tls_hello.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define BYTES(s) (const unsigned char *)(s), sizeof(s) - 1

static const struct {
	const char	    *what;
	const unsigned char *at;
	size_t		     len;
	int		     want;
	const char	    *name;
} hellos[] = {
	{ "a name",
	    BYTES("\0\x06\0\0\x03"
		  "a.b"),
	    0, "a.b" },
	{ "nothing", BYTES(""), -1, "" },
	{ "an empty list", BYTES("\0\0"), -1, "" },
	{ "an empty name", BYTES("\0\x03\0\0\0"), -1, "" },
	{ "the list is longer",
	    BYTES("\0\x07\0\0\x03"
		  "a.b"),
	    -1, "" },
	{ "the list is shorter",
	    BYTES("\0\x05\0\0\x03"
		  "a.b"),
	    -1, "" },
	{ "the name is longer",
	    BYTES("\0\x06\0\0\x04"
		  "a.b"),
	    -1, "" },
	{ "a second name",
	    BYTES("\0\x0a\0\0\x03"
		  "a.b\0\0\x01"
		  "c"),
	    -1, "" },
	{ "another type",
	    BYTES("\0\x06\x01\0\x03"
		  "a.b"),
	    -1, "" },
	{ "a NUL inside",
	    BYTES("\0\x06\0\0\x03"
		  "a\0b"),
	    0, "" },
	{ "a final dot",
	    BYTES("\0\x06\0\0\x03"
		  "ab."),
	    0, "" },
	{ "a wildcard",
	    BYTES("\0\x06\0\0\x03"
		  "*.b"),
	    0, "" },
	{ "IPv4",
	    BYTES("\0\x0a\0\0\x07"
		  "1.2.3.4"),
	    0, "" },
	{ "a number",
	    BYTES("\0\x04\0\0\x01"
		  "1"),
	    0, "" },
	{ "IPv6",
	    BYTES("\0\x06\0\0\x03"
		  "::1"),
	    0, "" },
	{ "a digit inside the last label",
	    BYTES("\0\x06\0\0\x03"
		  "a1b"),
	    0, "a1b" },
	{ "a digit behind a letter",
	    BYTES("\0\x06\0\0\x03"
		  "a.1"),
	    0, "" },
	{ "a label that ends in a digit",
	    BYTES("\0\x07\0\0\x04"
		  "a.b1"),
	    0, "a.b1" },
};

static void
test_hello(void **state)
{
	struct slice name;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(hellos); i++) {
		if (tls_hello_name(hellos[i].at, hellos[i].len, &name) !=
			hellos[i].want ||
		    !slice_equal(name, slice_of(hellos[i].name)))
			fail_msg("%s", hellos[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hello),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
