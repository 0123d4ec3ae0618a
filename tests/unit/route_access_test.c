/* SPDX-License-Identifier: ISC */
/*
 * Whom an edge, a site or a location lets in, by address and by list.
 */
#include "route_lab.h"

static const struct route_case cases[] = {
	{ "blocked by the site", "plain.example", "/", "192.0.2.66", 0, CLOSE,
	    403, 0, REASON_BLOCKED, 0 },
	{ "blocked by the location", "plain.example", "/shut", "192.0.2.8", 0,
	    CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "passed by the location", "plain.example", "/shut", "192.0.2.7", 0, 0,
	    0, 1, 0, 0 },
	{ "blocked only there", "plain.example", "/open", "192.0.2.8", 0, 0, 0,
	    1, 0, 0 },
	{ "blocked by the edge", "plain.example", "/", "192.0.2.200", 0, CLOSE,
	    403, 0, REASON_BLOCKED, 0 },
	{ "before its host is looked at", "blog.example", "/", "192.0.2.200",
	    "other.example", TLS | CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "banned", "plain.example", "/", "198.51.100.1", 0, CLOSE, 403, 0,
	    REASON_BLOCKED, "bans" },
	{ "banned, on TLS", "blog.example", "/", "198.51.100.1", 0, TLS | CLOSE,
	    403, 0, REASON_BLOCKED, "bans" },
	{ "banned, whose challenge is answered", "blog.example",
	    "/.well-known/acme-challenge/x", "198.51.100.1", 0, 0, 0, 4, 0, 0 },
	{ "in the list of a site", "plain.example", "/", "198.51.100.2", 0,
	    CLOSE, 403, 0, REASON_BLOCKED, "drop" },
	{ "in that of another site", "cv.example", "/", "198.51.100.2", 0, TLS,
	    0, 5, 0, 0 },
	{ "banned and passed", "plain.example", "/", "198.51.100.3", 0, 0, 0, 1,
	    0, 0 },
	{ "in the list of a location", "plain.example", "/listed",
	    "198.51.100.3", 0, CLOSE, 403, 0, REASON_BLOCKED, "friends" },
	{ "protected from the edge, the site", "plain.example", "/",
	    "198.51.100.4", 0, 0, 0, 1, 0, 0 },
	{ "and the location", "plain.example", "/listed", "198.51.100.4", 0, 0,
	    0, 1, 0, 0 },
	{ "where only few may be, it is one of all", "plain.example", "/few",
	    "198.51.100.4", 0, CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "unless it is one of the few", "plain.example", "/few", "192.0.2.7",
	    0, 0, 0, 1, 0, 0 },
	{ "protected from a prefix of the edge", "plain.example", "/",
	    "192.0.2.201", 0, 0, 0, 1, 0, 0 },
};

static void
test_cases(void **state)
{
	(void)state;
	check_cases(cases, nitems(cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
