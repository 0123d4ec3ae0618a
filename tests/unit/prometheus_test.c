/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "figures.h"
#include "out.h"
#include "prometheus.h"
#include "status.h"

#define DAY 86400

static char text[64 * 1024];

static struct figures_site sites[] = {
	{ "example.org", { 12, 0, 9, 1, 2, 0 } },
	{ "*.example.net", { 0 } },
	{ "q\"b\\s\nn", { UINT64_MAX, 0, 0, 0, 0, 1 } },
};
static struct figures_server servers[] = {
	{ NULL, "192.0.2.1 port 80", 1 },
	{ "/var/run/app.sock", "", 0 },
	{ NULL, "2001:db8::1 port 8080", -1 },
};
static struct figures_pair pairs[] = {
	{ "example.org", "/etc/ssl/a.pem", "ECDSA P-256", 1000 + 62 * DAY,
	    NULL },
	{ "example.org", "/etc/ssl/b.pem", "RSA 2048", 1000 - 1,
	    "the key is another one's" },
	{ "*.example.net", "/etc/ssl/c.pem", "", 0, "no such file" },
};
static struct figures figures;

static int
setup(void **state)
{
	int i;

	(void)state;
	figures = (struct figures){ .version = "1.2",
		.now = 1000,
		.started = 400,
		.generation = 3,
		.workers = 2,
		.draining = 1,
		.sites = sites,
		.nsites = 3,
		.servers = servers,
		.nservers = 3,
		.pairs = pairs,
		.npairs = 3 };
	for (i = 0; i < COUNTERS; i++)
		figures.counters[i] = 1000 + i;
	for (i = 0; i < REASONS; i++)
		figures.reasons[i] = 2000 + (uint64_t)i;
	figures.counters[COUNTER_OPEN] = -1; /* read between two steps */
	return 0;
}

static void
make(void (*write)(struct out *, const struct figures *))
{
	struct out o = { .buf = text, .size = sizeof(text) - 1 };

	write(&o, &figures);
	assert_false(o.full);
	text[o.len] = '\0';
}

/* Is that a whole line of the text? */
static int
has(const char *line)
{
	const char *p = text;
	size_t	    len = strlen(line);

	while ((p = strstr(p, line)) != NULL) {
		if ((p == text || p[-1] == '\n') && p[len] == '\n')
			return 1;
		p++;
	}
	return 0;
}

static const struct {
	const char *what;
	const char *line;
	int	    there;
} metrics[] = {
	{ "the version", "postern_edge_build_info{version=\"1.2\"} 1", 1 },
	{ "the start", "postern_edge_start_time_seconds 400", 1 },
	{ "the uptime", "postern_edge_uptime_seconds 600", 1 },
	{ "workers", "postern_edge_workers{state=\"serving\"} 2", 1 },
	{ "old workers", "postern_edge_workers{state=\"draining\"} 1", 1 },
	{ "a counter's type", "# TYPE postern_edge_connections_total counter",
	    1 },
	{ "a counter", "postern_edge_connections_total 1000", 1 },
	{ "a gauge's type", "# TYPE postern_edge_connections_open gauge", 1 },
	{ "a gauge", "postern_edge_connections_open -1", 1 },
	{ "a label", "postern_edge_refused_total{limit=\"block from\"} 1005",
	    1 },
	{ "offences", "postern_edge_offences_told_total 1030", 1 },
	{ "lost ones", "postern_edge_offences_lost_total 1031", 1 },
	{ "a class", "postern_edge_responses_total{code=\"2xx\"} 1018", 1 },
	{ "a reason", "postern_edge_exchanges_total{reason=\"done\"} 2000", 1 },
	{ "a site",
	    "postern_edge_site_responses_total{site=\"example.org\",code="
	    "\"4xx\"} 2",
	    1 },
	{ "a wildcard",
	    "postern_edge_site_responses_total{site=\"*.example.net\",code="
	    "\"2xx\"} 0",
	    1 },
	{ "what a label escapes",
	    "postern_edge_site_responses_total{site=\"q\\\"b\\\\s\\nn\",code="
	    "\"5xx\"} 1",
	    1 },
	{ "an upstream that is up",
	    "postern_edge_upstream_up{upstream=\"192.0.2.1 port 80\"} 1", 1 },
	{ "one that is down",
	    "postern_edge_upstream_up{upstream=\"/var/run/app.sock\"} 0", 1 },
	{ "one that nobody asked",
	    "postern_edge_upstream_up{upstream=\"2001:db8::1 port 8080\"} -1",
	    0 },
	{ "a certificate",
	    "postern_edge_certificate_expiry_timestamp_seconds{site="
	    "\"example.org\",chain=\"/etc/ssl/a.pem\",key=\"ECDSA P-256\"} "
	    "5357800",
	    1 },
	{ "none",
	    "postern_edge_certificate_expiry_timestamp_seconds{site="
	    "\"*.example.net\",chain=\"/etc/ssl/c.pem\",key=\"\"} 0",
	    0 },
	{ "its problem",
	    "postern_edge_certificate_problem{site=\"*.example.net\",chain="
	    "\"/etc/ssl/c.pem\",key=\"\"} 1",
	    1 },
	{ "no problem",
	    "postern_edge_certificate_problem{site=\"example.org\",chain="
	    "\"/etc/ssl/a.pem\",key=\"ECDSA P-256\"} 0",
	    1 },
};

static void
test_metrics(void **state)
{
	size_t i;

	(void)state;
	make(prometheus_write);
	for (i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++)
		if (has(metrics[i].line) != metrics[i].there)
			fail_msg("%s: %s\n%s", metrics[i].what, metrics[i].line,
			    text);
}

static size_t
name_length(const char *s)
{
	return strcspn(s, " {");
}

/*
 * The format's rules: each name has one HELP and one TYPE, in this order,
 * before its samples, which stand together; a counter's name ends in _total;
 * no two samples have the same name and labels.
 */
static void
test_format(void **state)
{
	char  *seen[512], *line, *save = NULL, *name = NULL;
	int    help = 0, counter = 0;
	size_t n = 0, i, len;

	(void)state;
	make(prometheus_write);
	assert_int_equal(text[strlen(text) - 1], '\n');
	for (line = strtok_r(text, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		assert_true(n < sizeof(seen) / sizeof(seen[0]));
		if (strncmp(line, "# HELP ", 7) == 0) {
			name = line + 7;
			len = name_length(name);
			for (i = 0; i < n; i++)
				if (name_length(seen[i]) == len &&
				    memcmp(seen[i], name, len) == 0)
					fail_msg("twice: %s", line);
			assert_true(len + 1 < strlen(name));
			help = 1;
			continue;
		}
		assert_non_null(name);
		len = name_length(name);
		if (strncmp(line, "# TYPE ", 7) == 0) {
			assert_int_equal(help, 1);
			help = 0;
			assert_memory_equal(line + 7, name, len);
			counter = strcmp(line + 7 + len, " counter") == 0;
			assert_true(
			    counter || strcmp(line + 7 + len, " gauge") == 0);
			assert_int_equal(counter,
			    memcmp(name + len - 6, "_total", 6) == 0);
			continue;
		}
		assert_int_equal(help, 0);
		assert_memory_equal(line, "postern_edge_", 13);
		if (name_length(line) != len || memcmp(line, name, len) != 0)
			fail_msg("without HELP: %s", line);
		*strrchr(line, ' ') = '\0';
		for (i = 0; i < n; i++)
			if (strcmp(seen[i], line) == 0)
				fail_msg("two samples: %s", line);
		seen[n++] = line;
	}
	assert_true(n > COUNTERS + REASONS);
}

/* Every counter of the board is to be had, once. */
static void
test_all(void **state)
{
	char   value[32];
	size_t i;
	char  *p;

	(void)state;
	for (i = 0; i < COUNTERS; i++)
		figures.counters[i] = 77000000 + (int64_t)i;
	make(prometheus_write);
	for (i = 0; i < COUNTERS; i++) {
		snprintf(value, sizeof(value), " %zu\n", 77000000 + i);
		if ((p = strstr(text, value)) == NULL ||
		    strstr(p + 1, value) != NULL)
			fail_msg("counter %zu", i);
	}
}

static const struct {
	const char *what;
	const char *line;
} statuses[] = {
	{ "a number", "connections 1000" },
	{ "a gauge that was read between two steps", "open 0" },
	{ "lost lines", "log-lost 1029" },
	{ "offences", "offences-told 1030" },
	{ "lost ones", "offences-lost 1031" },
	{ "a site",
	    "site example.org answers=12 1xx=0 2xx=9 3xx=1 4xx=2 5xx=0" },
	{ "an upstream that is up", "upstream 192.0.2.1 port 80 up" },
	{ "one that is down", "upstream /var/run/app.sock down" },
	{ "one that nobody asked", "upstream 2001:db8::1 port 8080 unknown" },
	{ "a certificate",
	    "certificate example.org days=62 key=\"ECDSA P-256\" "
	    "chain=/etc/ssl/a.pem" },
	{ "one that expired, with a problem",
	    "certificate example.org days=-1 key=\"RSA 2048\" "
	    "chain=/etc/ssl/b.pem problem=\"the key is another one's\"" },
	{ "none",
	    "certificate *.example.net none chain=/etc/ssl/c.pem "
	    "problem=\"no such file\"" },
};

static void
test_status(void **state)
{
	size_t i;

	(void)state;
	make(status_write);
	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (!has(statuses[i].line))
			fail_msg("%s: %s\n%s", statuses[i].what,
			    statuses[i].line, text);
}

/* An edge with nothing in it; and a buffer that is too small for it. */
static void
test_empty(void **state)
{
	struct out o = { .buf = text, .size = 100 };

	(void)state;
	figures.nsites = figures.nservers = figures.npairs = 0;
	make(prometheus_write);
	assert_null(strstr(text, "site="));
	assert_null(strstr(text, "certificate"));
	make(status_write);
	assert_null(strstr(text, "site "));
	prometheus_write(&o, &figures);
	assert_true(o.full);
	assert_true(o.len <= 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_metrics, setup),
		cmocka_unit_test_setup(test_format, setup),
		cmocka_unit_test_setup(test_all, setup),
		cmocka_unit_test_setup(test_status, setup),
		cmocka_unit_test_setup(test_empty, setup),
	};

	return cmocka_run_group_tests_name("prometheus", tests, NULL, NULL);
}
