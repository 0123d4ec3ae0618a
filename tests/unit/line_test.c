/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "line.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *value;
	const char *want; /* behind "key=" */
} values[] = {
	{ "a number stands bare", "42", "42" },
	{ "an address", "2001:db8::1", "2001:db8::1" },
	{ "all that may stand bare", "aZ0._:/@+,-%~<>[]", "aZ0._:/@+,-%~<>[]" },
	{ "no value at all", NULL, "-" },
	{ "the empty value", "", "\"\"" },
	{ "a dash is not no value", "-", "\"-\"" },
	{ "two dashes", "--", "--" },
	{ "a space", "no PTR record", "\"no PTR record\"" },
	{ "an equals sign cannot make a field", "a=b", "\"a=b\"" },
	{ "a field inside", "x client=192.0.2.9", "\"x client=192.0.2.9\"" },
	{ "a quote cannot end the value", "a\" b=\"c", "\"a\\\" b=\\\"c\"" },
	{ "a backslash", "a\\b", "\"a\\\\b\"" },
	{ "a backslash at the end cannot eat the quote", "a\\", "\"a\\\\\"" },
	{ "an escape is not believed", "\\x41", "\"\\\\x41\"" },
	{ "a newline", "a\nb", "\"a\\x0ab\"" },
	{ "CR LF", "a\r\nb", "\"a\\x0d\\x0ab\"" },
	{ "a tab", "a\tb", "\"a\\x09b\"" },
	{ "DEL", "\x7f", "\"\\x7f\"" },
	{ "ESC, for terminals", "\x1b[2J", "\"\\x1b[2J\"" },
	{ "bytes above ASCII", "\x80\xff", "\"\\x80\\xff\"" },
	{ "other marks", "!#$&'()*;?^`{|}", "\"!#$&'()*;?^`{|}\"" },
};

static void
test_values(void **state)
{
	struct line l;
	char	    back[256], want[256];
	size_t	    i;
	long	    n;

	(void)state;
	for (i = 0; i < nitems(values); i++) {
		line_init(&l);
		line_word(&l, "reject");
		line_field(&l, "key", values[i].value, 100);
		line_number(&l, "n", -7);
		snprintf(want, sizeof(want), "reject key=%s n=-7",
		    values[i].want);
		if (strcmp(l.buf, want) != 0)
			fail_msg("%s: %s", values[i].what, l.buf);
		if (l.cut || l.len != strlen(l.buf))
			fail_msg("%s: cut", values[i].what);
		n = line_find(l.buf, "key", back, sizeof(back));
		if (values[i].value == NULL) {
			if (n != 0 || back[0] != '\0')
				fail_msg("%s: %ld", values[i].what, n);
		} else if (n != (long)strlen(values[i].value) ||
		    strcmp(back, values[i].value) != 0)
			fail_msg("%s: back: %s", values[i].what, back);
		if (line_find(l.buf, "n", back, sizeof(back)) != 2 ||
		    strcmp(back, "-7") != 0)
			fail_msg("%s: the next field", values[i].what);
	}
}

static const struct {
	const char *what;
	const char *text;
	const char *key;
	const char *want; /* NULL: -1 */
	size_t	    size; /* of the buffer; 0: plenty */
} finds[] = {
	{ "the first field", "a=1 b=2", "a", "1", 0 },
	{ "the last field", "a=1 b=2", "b", "2", 0 },
	{ "behind words", "reject it a=1", "a", "1", 0 },
	{ "behind what syslog puts there",
	    "Nov 22 13:30:38 mx postern-milter[7]: reject a=1", "a", "1", 0 },
	{ "spaces in a row", "  a=1   b=2  ", "b", "2", 0 },
	{ "the first of two", "a=1 a=2", "a", "1", 0 },
	{ "not a longer key", "xkey=1 key=2", "key", "2", 0 },
	{ "not a key that begins so", "keys=1 key=2", "key", "2", 0 },
	{ "only look-alikes", "xkey=1 keys=2 ke=3", "key", NULL, 0 },
	{ "not inside a quoted value", "why=\"no key=1 here\" key=2", "key",
	    "2", 0 },
	{ "only inside a quoted value", "why=\"no key=1 here\"", "key", NULL,
	    0 },
	{ "not behind an escaped quote", "why=\"a\\\" key=1 \\\"\" key=2",
	    "key", "2", 0 },
	{ "not behind an escaped backslash", "why=\"a\\\\\" key=2", "key", "2",
	    0 },
	{ "a word is no field", "key keys key=1", "key", "1", 0 },
	{ "a value that is the key", "a=key key=1", "key", "1", 0 },
	{ "large hex digits", "a=\"\\x0A\"", "a", "\n", 0 },
	{ "a dash is nothing", "a=- b=1", "a", "", 0 },
	{ "a quoted dash is a dash", "a=\"-\"", "a", "-", 0 },
	{ "the empty value", "a=\"\" b=1", "a", "", 0 },
	{ "it just fits", "a=12345", "a", "12345", 6 },
	{ "it just does not fit", "a=12345", "a", NULL, 5 },
	{ "it fits once it is unquoted", "a=\"\\x31\\x32\"", "a", "12", 3 },
	{ "a large value before it", "b=123456789 a=1", "a", "1", 2 },

	{ "no such key", "a=1", "b", NULL, 0 },
	{ "an empty text", "", "a", NULL, 0 },
	{ "the empty key", "=1", "", "1", 0 },
	{ "no value", "a= b=1", "a", NULL, 0 },
	{ "no end of quotes", "a=\"b", "a", NULL, 0 },
	{ "no end of quotes before it", "b=\"x a=1", "a", NULL, 0 },
	{ "an escaped quote is no end", "a=\"b\\\"", "a", NULL, 0 },
	{ "a lone backslash at the end", "a=\"b\\", "a", NULL, 0 },
	{ "an unknown escape", "a=\"\\n\"", "a", NULL, 0 },
	{ "half a hex escape", "a=\"\\x4\"", "a", NULL, 0 },
	{ "half a hex escape at the end", "a=\"\\x4", "a", NULL, 0 },
	{ "no hex", "a=\"\\xg0\"", "a", NULL, 0 },
	{ "a quote in a bare value", "a=b\"c\"", "a", NULL, 0 },
	{ "something behind the quotes", "a=\"b\"c", "a", NULL, 0 },
	{ "an equals sign in a bare value", "a=b=c", "a", NULL, 0 },
	{ "a quote in a word", "he said \"a=1 \" a=2", "a", NULL, 0 },
	{ "a control byte in a bare value", "a=b\tc", "a", NULL, 0 },
	{ "a control byte in quotes", "a=\"b\tc\"", "a", NULL, 0 },
	{ "a high byte in quotes", "a=\"b\xffz\"", "a", NULL, 0 },
	{ "trouble behind it does not matter", "a=1 b=\"", "a", "1", 0 },
};

static void
test_find(void **state)
{
	char   value[256];
	size_t i;
	long   n;

	(void)state;
	for (i = 0; i < nitems(finds); i++) {
		memset(value, 'Z', sizeof(value));
		n = line_find(finds[i].text, finds[i].key, value,
		    finds[i].size == 0 ? sizeof(value) : finds[i].size);
		if (finds[i].want == NULL) {
			if (n != -1)
				fail_msg("%s: %ld", finds[i].what, n);
		} else if (n != (long)strlen(finds[i].want) ||
		    strcmp(value, finds[i].want) != 0)
			fail_msg("%s: %ld", finds[i].what, n);
		if (finds[i].size != 0 && value[finds[i].size] != 'Z')
			fail_msg("%s: wrote too far", finds[i].what);
	}
	assert_int_equal(line_find("a=1", "a", value, 0), -1);
	/* A NUL comes back as a byte of the value. */
	assert_int_equal(line_find("a=\"x\\x00y\"", "a", value, 4), 3);
	assert_memory_equal(value, "x\0y", 4);
}

static const struct {
	const char *what;
	size_t	    before; /* bytes already in the line */
	const char *value;
	int	    fits;
} cuts[] = {
	{ "it just fits", LINE_MAX_LEN - 1 - 6, "abc", 1 },
	{ "one byte too many", LINE_MAX_LEN - 1 - 5, "abc", 0 },
	{ "quotes just fit", LINE_MAX_LEN - 1 - 8, "a c", 1 },
	{ "the closing quote does not", LINE_MAX_LEN - 1 - 7, "a c", 0 },
	{ "an escape just fits", LINE_MAX_LEN - 1 - 9, "\n", 1 },
	{ "an escape is never cut", LINE_MAX_LEN - 1 - 6, "\n", 0 },
	{ "not even the space", LINE_MAX_LEN - 1, "a", 0 },
};

static void
test_cut(void **state)
{
	static char filler[LINE_MAX_LEN];
	struct line l;
	char	    back[16];
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(cuts); i++) {
		line_init(&l);
		memset(filler, 'f', sizeof(filler));
		filler[cuts[i].before] = '\0';
		line_word(&l, filler);
		assert_int_equal(l.len, cuts[i].before);
		line_field(&l, "k", cuts[i].value, 100);
		if (l.cut != !cuts[i].fits)
			fail_msg("%s: cut is %d", cuts[i].what, l.cut);
		if (l.len != strlen(l.buf) || l.len >= LINE_MAX_LEN)
			fail_msg("%s: length", cuts[i].what);
		if (!cuts[i].fits && l.len != cuts[i].before)
			fail_msg("%s: half a field", cuts[i].what);
		if ((line_find(l.buf, "k", back, sizeof(back)) != -1) !=
		    cuts[i].fits)
			fail_msg("%s: read back", cuts[i].what);
	}

	/* What comes later and fits is still taken. */
	line_init(&l);
	memset(filler, 'f', sizeof(filler) - 1);
	line_field(&l, "big", filler, sizeof(filler));
	line_field(&l, "small", "1", 10);
	assert_string_equal(l.buf, "small=1");
	assert_int_equal(l.cut, 1);

	/* Of a long value the first max bytes, and that is said. */
	line_init(&l);
	line_field(&l, "helo", "abcdef", 4);
	line_field(&l, "from", "abcd", 4);
	assert_string_equal(l.buf, "helo=abcd from=abcd");
	assert_int_equal(l.cut, 1);
	line_init(&l);
	line_field(&l, "from", "abcd", 4);
	assert_int_equal(l.cut, 0);
}

static const struct {
	const char *what;
	const char *src;
	size_t	    len, size;
	const char *want;
} cleans[] = {
	{ "plain text", "plain \"text\" \\", 14, 64, "plain \"text\" \\" },
	{ "nothing", "", 0, 64, "" },
	{ "a newline", "a\nb", 3, 64, "a\\x0ab" },
	{ "a NUL inside", "a\0b", 3, 64, "a\\x00b" },
	{ "high bytes", "\xc3\xa9", 2, 64, "\\xc3\\xa9" },
	{ "all of it fits", "abc", 3, 4, "abc" },
	{ "it is cut", "abcd", 4, 4, "abc" },
	{ "a whole escape fits", "a\n", 2, 6, "a\\x0a" },
	{ "no half escape", "a\n", 2, 5, "a" },
	{ "nothing behind a cut", "\nb", 2, 4, "" },
	{ "only room for the NUL", "abc", 3, 1, "" },
};

static void
test_clean(void **state)
{
	char   buf[64], twice[64];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(cleans); i++) {
		memset(buf, 'Z', sizeof(buf));
		assert_ptr_equal(line_clean(buf, cleans[i].size, cleans[i].src,
				     cleans[i].len),
		    buf);
		if (strcmp(buf, cleans[i].want) != 0)
			fail_msg("%s: %s", cleans[i].what, buf);
		if (cleans[i].size < sizeof(buf) && buf[cleans[i].size] != 'Z')
			fail_msg("%s: wrote too far", cleans[i].what);
		line_clean(twice, sizeof(twice), buf, strlen(buf));
		if (strcmp(twice, buf) != 0)
			fail_msg("%s: twice", cleans[i].what);
	}
}

/* Whatever bytes go in, the same come out, and nothing else is there. */
static void
test_all_bytes(void **state)
{
	struct line l;
	char	    back[8], value[4];
	int	    a, b;

	(void)state;
	for (a = 1; a < 256; a++) {
		for (b = 1; b < 256; b++) {
			value[0] = (char)a;
			value[1] = (char)b;
			value[2] = '\0';
			line_init(&l);
			line_field(&l, "k", value, 3);
			line_word(&l, "end");
			if (line_find(l.buf, "k", back, sizeof(back)) != 2 ||
			    strcmp(back, value) != 0)
				fail_msg("%02x %02x: %s", a, b, l.buf);
			line_init(&l);
			line_field(&l, value, "1", 3);
			(void)line_find(l.buf, "k", back, sizeof(back));
			(void)line_find(value, "k", back, sizeof(back));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_all_bytes),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
