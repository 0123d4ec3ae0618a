/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "proto.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char	 *what;
	const char	 *line;
	enum proto_result want;
	const char	 *addr;
} questions[] = {
	{ "IPv4", "ask 192.0.2.1\n", PROTO_DONE, "192.0.2.1" },
	{ "IPv6", "ask 2001:db8::1\n", PROTO_DONE, "2001:db8::1" },
	{ "the longest way to write an address",
	    "ask 2001:0db8:0000:0000:0000:0000:192.168.100.100\n", PROTO_DONE,
	    "2001:db8::c0a8:6464" },
	{ "the next line is not ours", "ask 192.0.2.1\nask x\n", PROTO_DONE,
	    "192.0.2.1" },
	{ "nothing yet", "", PROTO_MORE, NULL },
	{ "no newline yet", "ask 192.0.2.1", PROTO_MORE, NULL },
	{ "an empty line", "\n", PROTO_BAD, NULL },
	{ "no address", "ask\n", PROTO_BAD, NULL },
	{ "an empty address", "ask \n", PROTO_BAD, NULL },
	{ "a name", "ask mail.example.org\n", PROTO_BAD, NULL },
	{ "a scope id", "ask fe80::1%lo\n", PROTO_BAD, NULL },
	{ "a prefix", "ask 192.0.2.0/24\n", PROTO_BAD, NULL },
	{ "a word too many", "ask 192.0.2.1 now\n", PROTO_BAD, NULL },
	{ "a space at the end", "ask 192.0.2.1 \n", PROTO_BAD, NULL },
	{ "a space at the beginning", " ask 192.0.2.1\n", PROTO_BAD, NULL },
	{ "two spaces", "ask  192.0.2.1\n", PROTO_BAD, NULL },
	{ "a tab", "ask\t192.0.2.1\n", PROTO_BAD, NULL },
	{ "CR LF", "ask 192.0.2.1\r\n", PROTO_BAD, NULL },
	{ "capitals", "ASK 192.0.2.1\n", PROTO_BAD, NULL },
	{ "another verb", "tell 192.0.2.1\n", PROTO_BAD, NULL },
	{ "63 bytes may still become a line",
	    "ask xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	    PROTO_MORE, NULL },
	{ "64 bytes cannot",
	    "ask xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	    PROTO_BAD, NULL },
};

static void
test_questions(void **state)
{
	char		  text[ADDR_LEN];
	struct addr	  addr;
	enum proto_result res;
	size_t		  i, used;

	(void)state;
	for (i = 0; i < nitems(questions); i++) {
		res = proto_read_question(questions[i].line,
		    strlen(questions[i].line), &used, &addr);
		if (res != questions[i].want)
			fail_msg("%s: %d", questions[i].what, res);
		if (res != PROTO_DONE)
			continue;
		if (strcmp(addr_print(&addr, text), questions[i].addr) != 0 ||
		    used != strcspn(questions[i].line, "\n") + 1)
			fail_msg("%s: %s, %zu", questions[i].what, text, used);
	}
}

static void
test_question_with_nul(void **state)
{
	static const char line[] = "ask 192.0.2.1\0x\n";
	struct addr	  addr;
	size_t		  used;

	(void)state;
	assert_int_equal(proto_read_question(line, sizeof(line) - 1, &used,
			     &addr),
	    PROTO_BAD);
}

#define HEAD "ok 192.0.2.1 "
#define LISTS                                                          \
	"ok 192.0.2.1 permerror cause=no-ptr secure=no ttl=300 ms=12 " \
	"cached=no ptrs=0 invalid=0 protected=no"
#define REST " secure=no ttl=300 ms=12 cached=no ptrs=1 invalid=0"

static const struct {
	const char	 *what;
	const char	 *line;
	enum proto_result want;
} answers[] = {
	{ "pass",
	    HEAD "pass cause=none" REST
		 " name=mail.example.org/confirmed protected=no\n",
	    PROTO_DONE },
	{ "pass, with another name",
	    HEAD "pass cause=none secure=yes ttl=0 "
		 "ms=0 cached=yes ptrs=2 invalid=0 name=a.example.org/unasked "
		 "name=mail.example.org/confirmed protected=no\n",
	    PROTO_DONE },
	{ "permerror",
	    HEAD "permerror cause=no-ptr secure=unknown ttl=60 "
		 "ms=1 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_DONE },
	{ "fail",
	    HEAD "fail cause=no-match" REST
		 " name=mail.example.org/mismatch protected=no\n",
	    PROTO_DONE },
	{ "temperror",
	    HEAD "temperror cause=ptr-timeout secure=unknown "
		 "ttl=2 ms=5000 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_DONE },
	{ "IPv6",
	    "ok 2001:db8::1 fail cause=no-name secure=no ttl=4294967295"
	    " ms=1 cached=no ptrs=1 invalid=1 protected=no\n",
	    PROTO_DONE },

	{ "nothing", "", PROTO_MORE },
	{ "half of it", HEAD "pass cause=none", PROTO_MORE },
	{ "an error", "error bad-question\n", PROTO_BAD },
	{ "an empty line", "\n", PROTO_BAD },
	{ "ok alone", "ok\n", PROTO_BAD },
	{ "fields are missing", HEAD "pass cause=none protected=no\n",
	    PROTO_BAD },
	{ "one field is missing",
	    HEAD "pass cause=none secure=no ttl=300 "
		 "ms=12 cached=no ptrs=1 protected=no\n",
	    PROTO_BAD },
	{ "a result that is none",
	    HEAD "maybe cause=none" REST " protected=no\n", PROTO_BAD },
	{ "nothing was asked", HEAD "none cause=no-ptr" REST " protected=no\n",
	    PROTO_BAD },
	{ "a cause that is none", HEAD "fail cause=x" REST " protected=no\n",
	    PROTO_BAD },
	{ "another order",
	    HEAD "permerror secure=no cause=no-ptr ttl=60 "
		 "ms=1 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "a negative number",
	    HEAD "permerror cause=no-ptr secure=no ttl=-1 "
		 "ms=1 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "a number too large",
	    HEAD
	    "permerror cause=no-ptr secure=no "
	    "ttl=4294967296 ms=1 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "a leading zero",
	    HEAD "permerror cause=no-ptr secure=no ttl=060 "
		 "ms=1 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "an empty number",
	    HEAD "permerror cause=no-ptr secure=no ttl= "
		 "ms=1 cached=no ptrs=0 invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "neither yes nor no",
	    HEAD "permerror cause=no-ptr secure=no ttl=1 "
		 "ms=1 cached=si ptrs=0 invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "a state that is none",
	    HEAD "fail cause=no-match" REST
		 " name=mail.example.org/perhaps protected=no\n",
	    PROTO_BAD },
	{ "a name without a state",
	    HEAD "fail cause=no-match" REST
		 " name=mail.example.org protected=no\n",
	    PROTO_BAD },
	{ "a name that is no host name",
	    HEAD "fail cause=no-match" REST
		 " name=mail..org/mismatch protected=no\n",
	    PROTO_BAD },
	{ "an empty name",
	    HEAD "fail cause=no-match" REST " name=/mismatch protected=no\n",
	    PROTO_BAD },
	{ "a word behind it",
	    HEAD "fail cause=no-match" REST " x protected=no\n", PROTO_BAD },
	{ "a space behind it",
	    HEAD "fail cause=no-name secure=no ttl=1 ms=1 "
		 "cached=no ptrs=1 invalid=1 protected=no \n",
	    PROTO_BAD },
	{ "pass, and no name is confirmed",
	    HEAD "pass cause=none" REST
		 " name=mail.example.org/mismatch protected=no\n",
	    PROTO_BAD },
	{ "fail, and a name is confirmed",
	    HEAD "fail cause=no-match" REST
		 " name=mail.example.org/confirmed protected=no\n",
	    PROTO_BAD },
	{ "fail without a cause",
	    HEAD "fail cause=none" REST
		 " name=mail.example.org/mismatch protected=no\n",
	    PROTO_BAD },
	{ "more names than records",
	    HEAD "fail cause=no-match secure=no "
		 "ttl=1 ms=1 cached=no ptrs=1 invalid=0 name=a.org/mismatch "
		 "name=b.org/mismatch protected=no\n",
	    PROTO_BAD },
	{ "more invalid than records",
	    HEAD "fail cause=no-name secure=no "
		 "ttl=1 ms=1 cached=no ptrs=1 invalid=2 protected=no\n",
	    PROTO_BAD },
	{ "eleven names",
	    HEAD
	    "fail cause=no-match secure=no ttl=1 ms=1 "
	    "cached=no ptrs=11 invalid=0 name=a/mismatch name=b/mismatch "
	    "name=c/mismatch name=d/mismatch name=e/mismatch name=f/mismatch "
	    "name=g/mismatch name=h/mismatch name=i/mismatch name=j/mismatch "
	    "name=k/mismatch protected=no\n",
	    PROTO_BAD },

	{ "nothing was asked, for our own lists decided",
	    HEAD "none cause=none secure=unknown ttl=0 ms=0 cached=no ptrs=0 "
		 "invalid=0 protected=no list=drop list=bans\n",
	    PROTO_DONE },
	{ "protected",
	    HEAD "none cause=none secure=unknown ttl=0 ms=0 cached=no ptrs=0 "
		 "invalid=0 protected=yes\n",
	    PROTO_DONE },
	{ "DNS lists",
	    LISTS " dnsbl=zen/listed/127.0.0.2,127.0.0.10/Listed%20for%20%22"
		  "spam%22%2F%2F dnsbl=b.c_d-E/listed/127.0.0.4 "
		  "dnsbl=psbl/clear dnsbl=x/broken/127.255.255.254 "
		  "dnsbl=y/broken dnsbl=z/timeout dnsbl=a/servfail "
		  "dnsbl=b/refused dnsbl=c/bogus dnsbl=d/aside "
		  "dnsbl=e/untested dnsbl=f/overload dnsbl=g/resources "
		  "dnsbl=h/family\n",
	    PROTO_DONE },
	{ "nothing is said of our own lists",
	    HEAD "permerror cause=no-ptr" REST "\n", PROTO_BAD },
	{ "neither protected nor not",
	    HEAD "permerror cause=no-ptr" REST " protected=maybe\n",
	    PROTO_BAD },
	{ "a list before that",
	    HEAD "permerror cause=no-ptr" REST " list=drop protected=no\n",
	    PROTO_BAD },
	{ "a name behind that",
	    HEAD "fail cause=no-match" REST
		 " protected=no name=a.example.org/mismatch\n",
	    PROTO_BAD },
	{ "a list behind a DNS list", LISTS " dnsbl=zen/clear list=drop\n",
	    PROTO_BAD },
	{ "nothing was asked, but of a DNS list",
	    HEAD "none cause=none secure=unknown ttl=0 ms=0 cached=no ptrs=0 "
		 "invalid=0 protected=no dnsbl=zen/clear\n",
	    PROTO_BAD },
	{ "nothing was asked, but there are records",
	    HEAD "none cause=none secure=unknown ttl=0 ms=0 cached=no ptrs=1 "
		 "invalid=0 protected=no\n",
	    PROTO_BAD },
	{ "a list without a name", LISTS " list=\n", PROTO_BAD },
	{ "a list with a slash", LISTS " list=a/b\n", PROTO_BAD },
	{ "a list's name of 32 bytes",
	    LISTS " list=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", PROTO_BAD },
	{ "17 lists",
	    LISTS " list=a list=b list=c list=d list=e list=f list=g list=h "
		  "list=i list=j list=k list=l list=m list=n list=o list=p "
		  "list=q\n",
	    PROTO_BAD },
	{ "17 DNS lists",
	    LISTS " dnsbl=a/clear dnsbl=b/clear dnsbl=c/clear dnsbl=d/clear "
		  "dnsbl=e/clear dnsbl=f/clear dnsbl=g/clear dnsbl=h/clear "
		  "dnsbl=i/clear dnsbl=j/clear dnsbl=k/clear dnsbl=l/clear "
		  "dnsbl=m/clear dnsbl=n/clear dnsbl=o/clear dnsbl=p/clear "
		  "dnsbl=q/clear\n",
	    PROTO_BAD },
	{ "a DNS list without a name", LISTS " dnsbl=/clear\n", PROTO_BAD },
	{ "a DNS list without a state", LISTS " dnsbl=zen\n", PROTO_BAD },
	{ "a state of a DNS list that is none", LISTS " dnsbl=zen/maybe\n",
	    PROTO_BAD },
	{ "listed, but by what", LISTS " dnsbl=zen/listed\n", PROTO_BAD },
	{ "listed by an error", LISTS " dnsbl=zen/listed/127.255.255.254\n",
	    PROTO_BAD },
	{ "listed by a stranger", LISTS " dnsbl=zen/listed/192.0.2.1\n",
	    PROTO_BAD },
	{ "listed by IPv6", LISTS " dnsbl=zen/listed/::1\n", PROTO_BAD },
	{ "listed by no address", LISTS " dnsbl=zen/listed/127.0.0\n",
	    PROTO_BAD },
	{ "an empty reply", LISTS " dnsbl=zen/listed/127.0.0.2,\n", PROTO_BAD },
	{ "five replies",
	    LISTS " dnsbl=zen/listed/127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5,"
		  "127.0.0.6\n",
	    PROTO_BAD },
	{ "clear with a reply", LISTS " dnsbl=zen/clear/127.0.0.2\n",
	    PROTO_BAD },
	{ "an error with a text", LISTS " dnsbl=zen/broken/127.255.255.254/a\n",
	    PROTO_BAD },
	{ "an empty text", LISTS " dnsbl=zen/listed/127.0.0.2/\n", PROTO_BAD },
	{ "a text with a slash", LISTS " dnsbl=zen/listed/127.0.0.2/a/b\n",
	    PROTO_BAD },
	{ "a text with a newline in it",
	    LISTS " dnsbl=zen/listed/127.0.0.2/a%0Ab\n", PROTO_BAD },
	{ "a text with an umlaut", LISTS " dnsbl=zen/listed/127.0.0.2/%FC\n",
	    PROTO_BAD },
	{ "a text escaped without need",
	    LISTS " dnsbl=zen/listed/127.0.0.2/%41\n", PROTO_BAD },
	{ "a text in small hex", LISTS " dnsbl=zen/listed/127.0.0.2/%2f\n",
	    PROTO_BAD },
	{ "half an escape", LISTS " dnsbl=zen/listed/127.0.0.2/a%2\n",
	    PROTO_BAD },
};

static void
test_answers(void **state)
{
	char		  back[PROTO_ANSWER_MAX];
	struct findings	  f;
	enum proto_result res;
	size_t		  i, len, used;

	(void)state;
	for (i = 0; i < nitems(answers); i++) {
		len = strlen(answers[i].line);
		memset(&f, 0xff, sizeof(f));
		res = proto_read_answer(answers[i].line, len, &used, &f);
		if (res != answers[i].want)
			fail_msg("%s: %d", answers[i].what, res);
		if (res != PROTO_DONE)
			continue;
		/* What is right is written back as it was. */
		if (used != len || proto_write_answer(back, &f) != len ||
		    memcmp(back, answers[i].line, len) != 0)
			fail_msg("%s: %.*s", answers[i].what, (int)len, back);
	}
}

static void
test_answer_too_long(void **state)
{
	char		buf[PROTO_ANSWER_MAX];
	struct findings f;
	size_t		used;

	(void)state;
	memset(buf, 'x', sizeof(buf));
	assert_int_equal(proto_read_answer(buf, sizeof(buf) - 1, &used, &f),
	    PROTO_MORE);
	assert_int_equal(proto_read_answer(buf, sizeof(buf), &used, &f),
	    PROTO_BAD);
}

/* Everything at its longest fits, and is read back. */
static void
test_longest_answer(void **state)
{
	char		buf[PROTO_ANSWER_MAX];
	struct findings f, back;
	unsigned int	i;
	size_t		len, used;

	(void)state;
	memset(&f, 0, sizeof(f));
	assert_int_equal(addr_parse(&f.addr,
			     "2001:db8:1111:2222:3333:4444:5555:6666"),
	    0);
	f.iprev = IPREV_TEMPERROR;
	f.cause = CAUSE_NAME_SERVFAIL;
	f.ttl = f.elapsed_ms = f.nptrs = f.ninvalid = UINT32_MAX;
	f.cached = 1;
	f.nnames = IPREV_NAMES;
	for (i = 0; i < IPREV_NAMES; i++) {
		memset(f.names[i].name, 'a', 253);
		f.names[i].name[63] = f.names[i].name[127] =
		    f.names[i].name[191] = '.';
		f.names[i].state = NAME_TEMPERROR;
	}
	f.nlists = FINDINGS_LISTS;
	for (i = 0; i < FINDINGS_LISTS; i++)
		memset(f.lists[i], 'l', LIST_NAME_LEN - 1);
	f.ndnsbls = DNSBLS_MAX;
	for (i = 0; i < DNSBLS_MAX; i++) {
		memset(f.dnsbls[i].name, 'd', DNSBL_NAME_LEN - 1);
		f.dnsbls[i].state = DNSBL_LISTED;
		f.dnsbls[i].nreplies = DNSBL_REPLIES;
		memset(f.dnsbls[i].replies, 127, sizeof(f.dnsbls[i].replies));
		memset(f.dnsbls[i].txt, '%', DNSBL_TXT_LEN - 1);
	}
	len = proto_write_answer(buf, &f);
	assert_true(len < sizeof(buf));
	assert_int_equal(proto_read_answer(buf, len, &used, &back), PROTO_DONE);
	assert_int_equal(used, len);
	assert_int_equal(back.nnames, IPREV_NAMES);
	assert_string_equal(back.names[9].name, f.names[9].name);
	assert_int_equal(back.lists_known, 1);
	assert_string_equal(back.lists[15], f.lists[15]);
	assert_memory_equal(back.dnsbls, f.dnsbls, sizeof(f.dnsbls));
}

static void
test_question_round_trip(void **state)
{
	char	    buf[PROTO_QUESTION_MAX];
	struct addr addr, back;
	size_t	    len, used;

	(void)state;
	assert_int_equal(addr_parse(&addr,
			     "2001:db8:1111:2222:3333:4444:5555:6666"),
	    0);
	len = proto_write_question(buf, &addr);
	assert_true(len <= sizeof(buf));
	assert_int_equal(proto_read_question(buf, len, &used, &back),
	    PROTO_DONE);
	assert_int_equal(used, len);
	assert_true(addr_equal(&addr, &back));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_question_with_nul),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_answer_too_long),
		cmocka_unit_test(test_longest_answer),
		cmocka_unit_test(test_question_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
