/* SPDX-License-Identifier: ISC */
/*
 * One line of a feed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feed_lab.h"

static const struct {
	const char *what;
	const char *line;
	const char *want; /* "first-last"; "": nothing in it; NULL: bad */
} lines[] = {
	{ "an address", "192.0.2.1", "192.0.2.1-192.0.2.1" },
	{ "a prefix", "192.0.2.0/24", "192.0.2.0-192.0.2.255" },
	{ "host bits are cleared", "192.0.2.1/24", "192.0.2.0-192.0.2.255" },
	{ "all of IPv4", "0.0.0.0/0", "0.0.0.0-255.255.255.255" },
	{ "the last address", "255.255.255.255/32",
	    "255.255.255.255-255.255.255.255" },
	{ "a range", "192.0.2.1-192.0.2.9", "192.0.2.1-192.0.2.9" },
	{ "a range with blanks", "192.0.2.1 - 192.0.2.9",
	    "192.0.2.1-192.0.2.9" },
	{ "a range with a comment", "192.0.2.1 -192.0.2.9 # x",
	    "192.0.2.1-192.0.2.9" },
	{ "a range of one", "192.0.2.1-192.0.2.1", "192.0.2.1-192.0.2.1" },
	{ "blanks around it", " \t192.0.2.1\t ", "192.0.2.1-192.0.2.1" },
	{ "a carriage return", "192.0.2.1\r", "192.0.2.1-192.0.2.1" },
	{ "a comment behind it", "192.0.2.1#x", "192.0.2.1-192.0.2.1" },
	{ "a comment by semicolon", "192.0.2.0/24 ; SBL123",
	    "192.0.2.0-192.0.2.255" },
	{ "a comment by slashes", "192.0.2.1 // x", "192.0.2.1-192.0.2.1" },
	{ "slashes right behind it", "192.0.2.1//x", "192.0.2.1-192.0.2.1" },
	{ "a dash and words behind a prefix", "192.0.2.0/24 - bad, 9 times",
	    "192.0.2.0-192.0.2.255" },
	{ "a name behind it", "192.0.2.1 host.example", "192.0.2.1-192.0.2.1" },
	{ "a name that begins as an address does",
	    "192.0.2.1 192.0.2.1.host.example", "192.0.2.1-192.0.2.1" },
	{ "a date behind it", "192.0.2.1\t2026-11-22 19:39:45",
	    "192.0.2.1-192.0.2.1" },
	{ "foreign letters in a comment", "192.0.2.1 # \xc3\xa4\xe9",
	    "192.0.2.1-192.0.2.1" },
	{ "IPv6", "2001:db8::1", "2001:db8::1-2001:db8::1" },
	{ "IPv6 in capitals and in full", "2001:0DB8:0:0:0:0:0:1",
	    "2001:db8::1-2001:db8::1" },
	{ "IPv6 that ends as IPv4 does", "2001:db8::192.0.2.1",
	    "2001:db8::c000:201-2001:db8::c000:201" },
	{ "an IPv6 prefix", "2001:db8::/32",
	    "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "an IPv6 prefix with host bits", "2001:db8::1/64",
	    "2001:db8::-2001:db8::ffff:ffff:ffff:ffff" },
	{ "all of IPv6", "::/0", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "an IPv6 range", "2001:db8::1 - 2001:db8::9",
	    "2001:db8::1-2001:db8::9" },
	{ "mapped", "::ffff:192.0.2.1", "192.0.2.1-192.0.2.1" },
	{ "a mapped prefix", "::ffff:192.0.2.0/120", "192.0.2.0-192.0.2.255" },
	{ "a mapped range", "::ffff:192.0.2.1-192.0.2.2",
	    "192.0.2.1-192.0.2.2" },

	{ "DShield", "192.0.2.0\t192.0.2.255\t24\t3545\tNAME\tUS\ta@b.example",
	    "192.0.2.0-192.0.2.255" },
	{ "DShield, three columns", "192.0.2.0 192.0.2.255 24",
	    "192.0.2.0-192.0.2.255" },
	{ "DShield, the bits are others", "192.0.2.0\t192.0.2.255\t25", NULL },
	{ "DShield, backwards", "192.0.2.255\t192.0.2.0\t24", NULL },
	{ "DShield, no bits", "192.0.2.0\t192.0.2.255", NULL },
	{ "DShield, bits that are none", "192.0.2.0\t192.0.2.255\t24x", NULL },

	{ "CSV", "192.0.2.1,2026-11-22,bad", "192.0.2.1-192.0.2.1" },
	{ "CSV, quoted", "\"192.0.2.1\",\"x\"", "192.0.2.1-192.0.2.1" },
	{ "CSV, one quoted column", "\"192.0.2.0/24\"",
	    "192.0.2.0-192.0.2.255" },
	{ "CSV, blanks", "192.0.2.1 , x", "192.0.2.1-192.0.2.1" },
	{ "CSV, not closed", "\"192.0.2.1", NULL },
	{ "CSV, something before the quote", "\"192.0.2.1x\",y", NULL },
	{ "CSV, something behind the quote", "\"192.0.2.1\"x", NULL },
	{ "CSV, the address is not first", "x,192.0.2.1", NULL },

	{ "JSON, cidr",
	    "{\"cidr\":\"192.0.2.0/24\",\"sblid\":\"SBL1\",\"rir\":\"x\"}",
	    "192.0.2.0-192.0.2.255" },
	{ "JSON, ip", "{ \"a\" : 1.5e-3, \"ip\" : \"2001:db8::1\" }",
	    "2001:db8::1-2001:db8::1" },
	{ "JSON, prefix", "{\"prefix\":\"192.0.2.0/24\"}",
	    "192.0.2.0-192.0.2.255" },
	{ "JSON, network", "{\"network\":\"192.0.2.0/24\"}",
	    "192.0.2.0-192.0.2.255" },
	{ "JSON, the narrow before the wide",
	    "{\"network\":\"192.0.2.0/24\",\"ip\":\"192.0.2.7\"}",
	    "192.0.2.7-192.0.2.7" },
	{ "JSON, the bits apart are not the prefix",
	    "{\"ip\":\"192.0.2.7\",\"prefix\":24}", "192.0.2.7-192.0.2.7" },
	{ "JSON, an escaped slash", "{\"cidr\":\"192.0.2.0\\/24\"}",
	    "192.0.2.0-192.0.2.255" },
	{ "JSON, an escape by number", "{\"cidr\":\"192.0.2.0\\u002F24\"}",
	    "192.0.2.0-192.0.2.255" },
	{ "JSON, an escaped key", "{\"\\u0069p\":\"192.0.2.1\"}",
	    "192.0.2.1-192.0.2.1" },
	{ "JSON, nested values are passed over",
	    "{\"x\":{\"ip\":\"192.0.2.9\",\"y\":[1,{},[],\"}\",null]},"
	    "\"ip\":\"192.0.2.1\",\"z\":[true,false]}",
	    "192.0.2.1-192.0.2.1" },
	{ "JSON, metadata", "{\"type\":\"metadata\",\"records\":1}", "" },
	{ "JSON, metadata with an address",
	    "{\"ip\":\"192.0.2.1\",\"type\":\"metadata\"}", "" },
	{ "JSON, another type", "{\"type\":\"x\",\"ip\":\"192.0.2.1\"}",
	    "192.0.2.1-192.0.2.1" },
	{ "JSON, no address", "{\"error\":\"rate limit\"}", NULL },
	{ "JSON, empty", "{}", NULL },
	{ "JSON, nested only", "{\"x\":{\"ip\":\"192.0.2.9\"}}", NULL },
	{ "JSON, a key twice", "{\"ip\":\"192.0.2.1\",\"ip\":\"192.0.2.2\"}",
	    NULL },
	{ "JSON, no address in it", "{\"ip\":\"192.0.2.300\"}", NULL },
	{ "JSON, more than an address in it", "{\"ip\":\"192.0.2.1 x\"}",
	    NULL },
	{ "JSON, cut", "{\"ip\":\"192.0.2.1\"", NULL },
	{ "JSON, cut in a string", "{\"ip\":\"192.0.2.1", NULL },
	{ "JSON, cut in an escape", "{\"ip\":\"192.0.2.1\\", NULL },
	{ "JSON, cut in a number", "{\"ip\":\"192.0.2.1\\u00", NULL },
	{ "JSON, something behind", "{\"ip\":\"192.0.2.1\"} x", NULL },
	{ "JSON, two in a line", "{\"ip\":\"192.0.2.1\"}{}", NULL },
	{ "JSON, a comma at the end", "{\"ip\":\"192.0.2.1\",}", NULL },
	{ "JSON, a leading zero", "{\"a\":01,\"ip\":\"192.0.2.1\"}", NULL },
	{ "JSON, no such escape", "{\"a\":\"\\x\",\"ip\":\"192.0.2.1\"}",
	    NULL },
	{ "JSON, no such word", "{\"a\":nul,\"ip\":\"192.0.2.1\"}", NULL },
	{ "JSON, nested beyond measure",
	    "{\"a\":[[[[[[[[[[]]]]]]]]]],\"ip\":\"192.0.2.1\"}", NULL },
	{ "JSON, an array", "[{\"ip\":\"192.0.2.1\"}]", NULL },
	{ "JSON, no key", "{:\"192.0.2.1\"}", NULL },

	{ "blank", "", "" },
	{ "blanks", " \t \r", "" },
	{ "a comment", "# 192.0.2.1", "" },
	{ "a comment by semicolon alone", "; 192.0.2.1", "" },
	{ "a comment by slashes alone", " // 192.0.2.1", "" },
	{ "one slash", "/ 192.0.2.1", NULL },

	{ "two addresses, glued", "192.0.2.1198.51.100.7", NULL },
	{ "two addresses, glued by a prefix", "192.0.2.0/24198.51.100.0/24",
	    NULL },
	{ "two addresses", "192.0.2.1 198.51.100.7", NULL },
	{ "two addresses of IPv6", "2001:db8::1 2001:db8::2", NULL },
	{ "two prefixes", "192.0.2.0/24 198.51.100.0/24", NULL },
	{ "an address and its mask", "192.0.2.0 255.255.255.0", NULL },
	{ "a mask", "192.0.2.0/255.255.255.0", NULL },
	{ "a port", "192.0.2.1:80", NULL },
	{ "five parts", "192.0.2.1.5", NULL },
	{ "three parts", "192.0.2", NULL },
	{ "a part above 255", "192.0.2.256", NULL },
	{ "a part of four digits", "192.0.2.1000", NULL },
	{ "a leading zero", "192.0.2.01", NULL },
	{ "a number", "3221225985", NULL },
	{ "hexadecimal", "0xc0000201", NULL },
	{ "more than 32 bits", "192.0.2.0/33", NULL },
	{ "bits with a leading zero", "192.0.2.0/024", NULL },
	{ "no bits", "192.0.2.0/", NULL },
	{ "bits, and more", "192.0.2.0/24x", NULL },
	{ "more than 128 bits", "2001:db8::/129", NULL },
	{ "mapped, wider than IPv4", "::ffff:0.0.0.0/95", NULL },
	{ "a scope", "fe80::1%eth0", NULL },
	{ "three colons", "2001:::1", NULL },
	{ "IPv6, too long",
	    "2001:0db8:0000:0000:0000:0000:0000:0000:0000:0000:0001", NULL },
	{ "a range, backwards", "192.0.2.9-192.0.2.1", NULL },
	{ "a range of two families", "192.0.2.1-2001:db8::1", NULL },
	{ "a range to nowhere", "192.0.2.1 - x", NULL },
	{ "a range of prefixes", "192.0.2.1-192.0.3.0/24", NULL },
	{ "a range from a prefix", "192.0.2.0/24 - 192.0.3.255", NULL },
	{ "a range from a prefix, without blanks", "192.0.2.0/24-192.0.3.255",
	    NULL },
	{ "a range of three, with blanks", "192.0.2.1-192.0.2.2 - 192.0.2.3",
	    NULL },
	{ "a range of three", "192.0.2.1-192.0.2.2-192.0.2.3", NULL },
	{ "an exception", "!192.0.2.1", NULL },
	{ "a name", "host.example", NULL },
	{ "a word that is hexadecimal", "cafe", NULL },
	{ "markup", "<b>192.0.2.1</b>", NULL },
	{ "a control character", "192.0.2.1 \033[31m", NULL },
	{ "a control character in a comment", "# \007", NULL },
	{ "a carriage return within", "192.0.2.1\r192.0.2.2", NULL },
};

static void
test_lines(void **state)
{
	static struct feed f;
	char		   buf[TEXT_LEN];
	size_t		   i;
	int		   r, want;

	(void)state;
	for (i = 0; i < nitems(lines); i++) {
		feed_init(&f, 0);
		r = feed_line(&f, lines[i].line, strlen(lines[i].line));
		want = lines[i].want == NULL ? -1 :
		    lines[i].want[0] == '\0' ? 0 :
					       1;
		print_ranges(&f.ranges, buf);
		if (r != want ||
		    strcmp(buf, want == 1 ? lines[i].want : "") != 0)
			fail_msg("%s: %d %s", lines[i].what, r, buf);
		feed_free(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests_name("feed_line", tests, NULL, NULL);
}
