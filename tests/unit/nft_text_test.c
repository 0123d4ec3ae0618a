/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "nft_text.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct firewall fw = { .kind = FIREWALL_NFTABLES,
	.table = "inet filter",
	.set = "imap_allowed",
	.set6 = "imap_allowed6" };

static const struct {
	const char *what;
	const char *table, *set, *set6;
	int	    good;
} names[] = {
	{ "the default", "inet filter", "imap_allowed", "imap_allowed6", 1 },
	{ "a dash, a dot and digits", "inet my-table.2", "a", "b", 1 },
	{ "no family", "filter", "a", "b", 0 },
	{ "a family of one kind of address", "ip filter", "a", "b", 0 },
	{ "no name of a table", "inet ", "a", "b", 0 },
	{ "two names", "inet filter x", "a", "b", 0 },
	{ "two blanks", "inet  filter", "a", "b", 0 },
	{ "a command behind it", "inet filter;flush ruleset", "a", "b", 0 },
	{ "a newline", "inet filter", "a\nflush ruleset", "b", 0 },
	{ "a brace", "inet filter", "a", "b}", 0 },
	{ "an at sign", "inet filter", "@a", "b", 0 },
	{ "a digit first", "inet filter", "4a", "b", 0 },
	{ "an empty set", "inet filter", "", "b", 0 },
	{ "an empty set6", "inet filter", "a", "", 0 },
	{ "one set for both", "inet filter", "a", "a", 0 },
	{ "bytes beyond ASCII", "inet filter", "\xc3\xa4", "b", 0 },
};

static void
test_names(void **state)
{
	struct firewall one;
	size_t		i;

	(void)state;
	for (i = 0; i < nitems(names); i++) {
		memset(&one, 0, sizeof(one));
		strlcpy(one.table, names[i].table, sizeof(one.table));
		strlcpy(one.set, names[i].set, sizeof(one.set));
		strlcpy(one.set6, names[i].set6, sizeof(one.set6));
		if ((nft_names(&one) == NULL) != names[i].good)
			fail_msg("%s", names[i].what);
	}
}

#define FLUSH                                  \
	"flush set inet filter imap_allowed\n" \
	"flush set inet filter imap_allowed6\n"

static const struct {
	const char *what;
	const char *prefix[3];
	const char *want;
} replaces[] = {
	{ "nobody: both are emptied", { NULL }, FLUSH },
	{ "one IPv4", { "192.0.2.1" },
	    FLUSH "add element inet filter imap_allowed { 192.0.2.1 }\n" },
	{ "two", { "192.0.2.0/24", "198.51.100.7" },
	    FLUSH "add element inet filter imap_allowed "
		  "{ 192.0.2.0/24,198.51.100.7 }\n" },
	{ "IPv6 only", { "2001:db8::/64" },
	    FLUSH "add element inet filter imap_allowed6 "
		  "{ 2001:db8::/64 }\n" },
	{ "both", { "192.0.2.1", "::/0" },
	    FLUSH "add element inet filter imap_allowed { 192.0.2.1 }\n"
		  "add element inet filter imap_allowed6 { ::/0 }\n" },
};

static void
test_replace(void **state)
{
	struct firewall_set set;
	struct prefix	    p;
	char		   *got;
	size_t		    i, j;

	(void)state;
	for (i = 0; i < nitems(replaces); i++) {
		memset(&set, 0, sizeof(set));
		for (j = 0; j < 3 && replaces[i].prefix[j] != NULL; j++) {
			assert_null(prefix_parse(&p, replaces[i].prefix[j]));
			assert_int_equal(firewall_set_add(&set, &p), 0);
		}
		got = nft_replace_text(&fw, &set);
		assert_non_null(got);
		if (strcmp(got, replaces[i].want) != 0)
			fail_msg("%s: %s", replaces[i].what, got);
		free(got);
		firewall_set_free(&set);
	}
}

static void
test_big(void **state)
{
	struct firewall_set set = { NULL, 0 };
	struct prefix	    p = { { ADDR_IPV4, { 198, 51, 0, 0 } }, 32 };
	char		   *got, *s;
	size_t		    i, commas = 0;

	(void)state;
	for (i = 0; i < 65536; i++) {
		p.addr.octets[2] = (uint8_t)(i >> 8);
		p.addr.octets[3] = (uint8_t)i;
		assert_int_equal(firewall_set_add(&set, &p), 0);
	}
	got = nft_replace_text(&fw, &set);
	assert_non_null(got);
	for (s = got; *s != '\0'; s++)
		commas += *s == ',';
	assert_int_equal(commas, 65535);
	assert_string_equal(s - strlen("198.51.255.255 }\n"),
	    "198.51.255.255 }\n");
	free(got);
	firewall_set_free(&set);
}

/* Loopback first, our chain before the usual ones, the right family each. */
static void
test_rules(void **state)
{
	static const uint16_t ports[] = { 143, 993 };
	char		     *got;

	(void)state;
	got = nft_rules_text(&fw, ports, nitems(ports));
	assert_non_null(got);
	assert_non_null(strstr(got,
	    "\ttype filter hook input priority -10; "
	    "policy accept;\n"
	    "\t\tiif \"lo\" accept\n"
	    "\t\ttcp dport { 143, 993 } "
	    "ip saddr != @imap_allowed drop\n"
	    "\t\ttcp dport { 143, 993 } "
	    "ip6 saddr != @imap_allowed6 drop\n"));
	free(got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_replace),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_rules),
	};

	return cmocka_run_group_tests_name("nft_text", tests, NULL, NULL);
}
