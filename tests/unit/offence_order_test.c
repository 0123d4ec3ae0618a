/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "offence_order.h"
#include "orders.h"
#include "wire.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *addr;
	uint64_t    kind;
	int	    more; /* a field too many */
	int	    good;
} cases[] = {
	{ "an answer", "192.0.2.9", OFFENCE_4XX, 0, 1 },
	{ "a limit", "2001:db8::9", OFFENCE_LIMIT, 0, 1 },
	{ "what only the milter sees", "192.0.2.9", OFFENCE_REJECT, 0, 0 },
	{ "no offence", "192.0.2.9", OFFENCES, 0, 0 },
	{ "a number beyond any enum", "192.0.2.9", UINT64_MAX, 0, 0 },
	{ "one beyond 32 bits", "192.0.2.9", (UINT64_C(1) << 32) + OFFENCE_4XX,
	    0, 0 },
	{ "no address", "example.org", OFFENCE_4XX, 0, 0 },
	{ "an empty one", "", OFFENCE_4XX, 0, 0 },
	{ "a prefix", "192.0.2.0/24", OFFENCE_4XX, 0, 0 },
	{ "an address as nobody prints it", "2001:DB8::9", OFFENCE_4XX, 0, 0 },
	{ "a line end behind it", "192.0.2.9\n", OFFENCE_4XX, 0, 0 },
	{ "more than there should be", "192.0.2.9", OFFENCE_4XX, 1, 0 },
};

static void
test_read(void **state)
{
	struct wire_msg m;
	struct addr	addr;
	enum offence	offence;
	char		text[ADDR_LEN];
	size_t		i;
	int		good;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		wire_start(&m, ORDER_OFFENCE);
		wire_put_string(&m, cases[i].addr);
		wire_put_number(&m, cases[i].kind);
		if (cases[i].more)
			wire_put_number(&m, 0);
		good = offence_order_read(&m, &addr, &offence) == 0;
		if (good != cases[i].good)
			fail_msg("%s", cases[i].what);
		if (!good)
			continue;
		assert_string_equal(addr_print(&addr, text), cases[i].addr);
		assert_int_equal(offence, cases[i].kind);
	}
	wire_start(&m, ORDER_OFFENCE);
	wire_put_string(&m, "192.0.2.9");
	assert_int_equal(offence_order_read(&m, &addr, &offence), -1);
	wire_start(&m, ORDER_OFFENCE);
	assert_int_equal(offence_order_read(&m, &addr, &offence), -1);
}

static void
test_both_ways(void **state)
{
	struct wire_msg m;
	struct addr	addr, got;
	enum offence	offence;

	(void)state;
	assert_int_equal(addr_parse(&addr, "2001:db8::1"), 0);
	offence_order_write(&m, &addr, OFFENCE_LIMIT);
	assert_int_equal(m.type, ORDER_OFFENCE);
	assert_int_equal(offence_order_read(&m, &got, &offence), 0);
	assert_true(addr_equal(&addr, &got));
	assert_int_equal(offence, OFFENCE_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
