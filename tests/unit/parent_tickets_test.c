/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "parent_files.h"
#include "parent_tickets.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define NOW	  1000000

static void
test_rotate(void **state)
{
	struct tickets t, was;
	size_t	       i;

	(void)state;
	memset(&t, 0, sizeof(t));
	for (i = 1; i <= 5; i++) {
		was = t;
		tickets_rotate(&t, NOW);
		assert_int_equal(t.n,
		    i < TLS_TICKET_KEYS ? i : TLS_TICKET_KEYS);
		/* A new one comes first; of the old ones the oldest goes. */
		assert_memory_not_equal(t.keys[0], was.keys[0],
		    TLS_TICKET_KEY_LEN);
		assert_memory_equal(t.keys[1], was.keys[0],
		    (TLS_TICKET_KEYS - 1) * TLS_TICKET_KEY_LEN);
	}
}

static void
test_due(void **state)
{
	static const struct {
		const char *what;
		time_t	    now, due;
	} cases[] = {
		{ "just made", NOW, TICKETS_SECONDS },
		{ "an hour old", NOW + 3600, TICKETS_SECONDS - 3600 },
		{ "a second left", NOW + TICKETS_SECONDS - 1, 1 },
		{ "old enough", NOW + TICKETS_SECONDS, 0 },
		{ "much older", NOW + 10 * TICKETS_SECONDS, 0 },
		{ "the clock was set back", NOW - 1, TICKETS_SECONDS },
	};
	struct tickets t;
	size_t	       i;

	(void)state;
	memset(&t, 0, sizeof(t));
	assert_int_equal(tickets_due(&t, NOW), 0);
	tickets_rotate(&t, NOW);
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		assert_int_equal(tickets_due(&t, cases[i].now), cases[i].due);
	}
}

static void
test_kept(void **state)
{
	struct tickets t, u;
	unsigned char  buf[TICKETS_KEPT];
	size_t	       i, len;

	(void)state;
	memset(&t, 0, sizeof(t));
	for (i = 1; i <= TLS_TICKET_KEYS; i++) {
		tickets_rotate(&t, NOW);
		len = tickets_write(&t, buf);
		assert_int_equal(len, 8 + i * TLS_TICKET_KEY_LEN);
		memset(&u, 0, sizeof(u));
		assert_int_equal(tickets_read(&u, buf, len), 0);
		assert_int_equal(u.n, i);
		assert_int_equal(u.made, NOW);
		assert_memory_equal(u.keys, t.keys, sizeof(t.keys));
		assert_int_equal(tickets_read(&u, buf, len - 1), -1);
	}
	assert_int_equal(tickets_read(&u, NULL, 0), -1);
	assert_int_equal(tickets_read(&u, buf, 8), -1);
	assert_int_equal(tickets_read(&u, buf,
			     sizeof(buf) + TLS_TICKET_KEY_LEN),
	    -1);
}

static void
test_needed(void **state)
{
	static const struct {
		const char	*what;
		struct edge_conf conf;
		unsigned int	 workers;
		unsigned long	 low, high;
	} cases[] = {
		{ "each connection has one behind it",
		    { .connections = 4096, .nlistens = 2 }, 4, 8192, 8400 },
		{ "a pool for each server",
		    { .connections = 1000, .pool = 64, .nservers = 10 }, 1,
		    2640, 2800 },
		{ "the parent's sockets, if few may connect",
		    { .connections = 1, .nlistens = 100 }, 64, 6400, 7000 },
		{ "as many as can be said",
		    { .connections = 1000000, .nlistens = 2 }, 64, 2000000,
		    2001000 },
	};
	unsigned long n;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		n = files_needed(&cases[i].conf, cases[i].workers);
		assert_in_range(n, cases[i].low, cases[i].high);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rotate),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
