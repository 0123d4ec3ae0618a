/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "name.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define L63 "lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll"

static const struct {
	const char *what;
	const char *wire;
	size_t	    len;
	const char *want; /* NULL: no host name */
} wires[] = {
#define W(s) s, sizeof(s) /* the NUL is the root's label */
	{ "a plain name", W("\4mail\7example\3org"), "mail.example.org" },
	{ "capitals become small", W("\4MaiL\7EXAMPLE\3Org"),
	    "mail.example.org" },
	{ "one label", W("\011localhost"), "localhost" },
	{ "digits first", W("\0033mx\7example\3org"), "3mx.example.org" },
	{ "labels of digits, but not the last", W("\0011\0012\7example\3org"),
	    "1.2.example.org" },
	{ "an underscore", W("\5a_b_c\7example\3org"), "a_b_c.example.org" },
	{ "a hyphen inside", W("\3a-b\7example\3org"), "a-b.example.org" },
	{ "a length that is one too many", W("\016xn--bcher-kva\3org"), NULL },
	{ "punycode, with the right length", W("\015xn--bcher-kva\3org"),
	    "xn--bcher-kva.org" },
	{ "a label of 63", W("\77" L63 "\3org"), L63 ".org" },
	{ "a hyphen first", W("\2-a\7example\3org"), NULL },
	{ "a hyphen last", W("\2a-\7example\3org"), NULL },
	{ "a hyphen alone", W("\1-\7example\3org"), NULL },
	{ "an address", W("\003192\0010\0012\0011"), NULL },
	{ "a last label of digits", W("\4mail\7example\00242"), NULL },
	{ "a space", W("\011two words\7example\3org"), NULL },
	{ "a newline", W("\3a\nb\7example\3org"), NULL },
	{ "DEL", W("\3a\177b\7example\3org"), NULL },
	{ "a NUL in a label", W("\3a\0b\7example\3org"), NULL },
	{ "a dot in a label", W("\3a.b\7example\3org"), NULL },
	{ "a dot at the end of a label", W("\4org.\3org"), NULL },
	{ "UTF-8", W("\7b\303\274cher\3org"), NULL },
	{ "a quote", W("\3a\"b\3org"), NULL },
	{ "a percent sign", W("\3a%s\3org"), NULL },
	{ "a backslash", W("\3a\\b\3org"), NULL },
	{ "an asterisk", W("\1*\7example\3org"), NULL },
	{ "a slash, as in RFC 2317", W("\0040/25\7example\3org"), NULL },
	{ "the root", W(""), NULL },
	{ "nothing at all", "", 0, NULL },
	{ "no root at the end", "\4mail\3org", 9, NULL },
	{ "the root and more", "\3org\0x", 6, NULL },
	{ "two roots", "\3org\0", 6, NULL },
	{ "a label longer than the name", W("\40mail"), NULL },
	{ "a compression pointer", "\4mail\300\14", 7, NULL },
	{ "a label of 64, which is a reserved type", W("\100" L63 "l\3org"),
	    NULL },
#undef W
};

static void
test_wires(void **state)
{
	char   name[DNS_NAME_LEN];
	size_t i;
	int    res;

	(void)state;
	for (i = 0; i < nitems(wires); i++) {
		res = name_read(name, (const uint8_t *)wires[i].wire,
		    wires[i].len);
		if ((res == 0) != (wires[i].want != NULL))
			fail_msg("%s", wires[i].what);
		if (res == 0 && strcmp(name, wires[i].want) != 0)
			fail_msg("%s: %s", wires[i].what, name);
	}
}

/* n labels of 63, one of last, and the root. */
static size_t
long_name(uint8_t *wire, int n, uint8_t last)
{
	size_t len = 0;

	for (; n > 0; n--) {
		wire[len++] = 63;
		memset(wire + len, 'a', 63);
		len += 63;
	}
	wire[len++] = last;
	memset(wire + len, 'b', last);
	len += last;
	wire[len++] = 0;
	return len;
}

static void
test_longest(void **state)
{
	uint8_t wire[512];
	char	name[DNS_NAME_LEN];
	size_t	len;

	(void)state;
	len = long_name(wire, 3, 61);
	assert_int_equal(len, 255);
	assert_int_equal(name_read(name, wire, len), 0);
	assert_int_equal(strlen(name), 253);
	len = long_name(wire, 3, 62);
	assert_int_equal(name_read(name, wire, len), -1);
	len = long_name(wire, 6, 63);
	assert_int_equal(name_read(name, wire, len), -1);
}

static const struct {
	const char *what;
	const char *name;
	int	    want;
} texts[] = {
	{ "a plain name", "mail.example.org", 1 },
	{ "one label", "localhost", 1 },
	{ "an underscore", "a_b.example.org", 1 },
	{ "a capital, which name_read() never makes", "Mail.example.org", 0 },
	{ "a dot at the end", "mail.example.org.", 0 },
	{ "a dot at the beginning", ".example.org", 0 },
	{ "two dots", "mail..org", 0 },
	{ "nothing", "", 0 },
	{ "an IPv4 address", "192.0.2.1", 0 },
	{ "an IPv6 address", "2001:db8::1", 0 },
	{ "a space", "a b.org", 0 },
	{ "a slash", "a/confirmed", 0 },
};

static void
test_texts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(texts); i++) {
		if (name_valid(texts[i].name) != texts[i].want)
			fail_msg("%s", texts[i].what);
	}
}

static void
add(struct names *n, const char *label)
{
	uint8_t wire[64];
	size_t	len = strlen(label);

	wire[0] = (uint8_t)len;
	memcpy(wire + 1, label, len + 1);
	names_add(n, wire, len + 2);
}

/* Whatever the order of the records, the same names are kept. */
static void
test_order(void **state)
{
	struct names n, m;
	char	     label[16];
	int	     i;

	(void)state;
	memset(&n, 0, sizeof(n));
	memset(&m, 0, sizeof(m));
	for (i = 0; i < 30; i++) {
		snprintf(label, sizeof(label), "host%02d", i);
		add(&n, label);
		snprintf(label, sizeof(label), "host%02d", (i * 7 + 3) % 30);
		add(&m, label);
	}
	assert_int_equal(n.total, 30);
	assert_int_equal(n.count, IPREV_NAMES);
	assert_int_equal(m.count, IPREV_NAMES);
	for (i = 0; i < IPREV_NAMES; i++) {
		snprintf(label, sizeof(label), "host%02d", i);
		assert_string_equal(n.name[i], label);
		assert_string_equal(m.name[i], label);
	}
}

static void
test_counts(void **state)
{
	struct names n;

	(void)state;
	memset(&n, 0, sizeof(n));
	add(&n, "b");
	add(&n, "not a name");
	add(&n, "a");
	add(&n, "B");
	assert_int_equal(n.total, 4);
	assert_int_equal(n.invalid, 1);
	assert_int_equal(n.count, 2);
	assert_string_equal(n.name[0], "a");
	assert_string_equal(n.name[1], "b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wires),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
