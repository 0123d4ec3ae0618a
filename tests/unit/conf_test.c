/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "blocks.h"
#include "conf.h"
#include "directive.h"
#include "fcrdns_conf.h"
#include "global.h"
#include "milter_conf.h"
#include "rx.h"
#include "units.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* What was said, line by line. */
struct said {
	char text[2048];
};

static void
say(void *arg, const char *text)
{
	struct said *s = arg;
	size_t	     n = strlen(s->text);

	snprintf(s->text + n, sizeof(s->text) - n, "%s%s", n > 0 ? "\n" : "",
	    text);
}

static struct conf *
parse(const char *text, struct said *said)
{
	struct conf_text *t = conf_text_new();
	struct conf	 *conf;

	said->text[0] = '\0';
	assert_int_equal(conf_text_add(t, "main", text, strlen(text)), 0);
	conf = conf_parse(t, say, said);
	/* Nothing of the conf may point into the text. */
	conf_text_free(t);
	return conf;
}

static struct conf *
good(const char *text)
{
	struct said  said;
	struct conf *conf;

	if ((conf = parse(text, &said)) == NULL)
		fail_msg("%s", said.text);
	return conf;
}

static void
test_defaults(void **state)
{
	const struct global_conf *g;
	const struct fcrdns_conf *f;
	const struct milter_conf *m;
	struct conf		 *conf = good("");

	(void)state;
	g = global_conf(conf);
	assert_string_equal(g->user, "_postern");
	assert_string_equal(g->lists_user, "_posternlists");
	assert_string_equal(g->edge_user, "_posternedge");
	assert_string_equal(g->state, "/var/db/postern");
	assert_int_equal(g->log, LOG_TARGET_SYSLOG);
	f = fcrdns_conf(conf);
	assert_int_equal(f->nforwards + f->nanchors + f->pass.n + f->block.n +
		f->nrules,
	    0);
	assert_int_equal(f->dnssec, 1);
	assert_int_equal(f->timeout, 5);
	assert_int_equal(f->inquiries, 1024);
	assert_int_equal(f->inquiries_per_network, 256);
	m = milter_conf(conf);
	assert_false(milter_conf_listens(m));
	assert_non_null(m->authserv_id);
	assert_int_equal(m->nexempt, 2);
	assert_string_equal(m->exempt[0], "postmaster");
	assert_string_equal(m->exempt[1], "abuse");
	assert_string_equal(m->reject_text, "%{address}: %{why} (%{token})");
	assert_string_equal(m->tempfail_text,
	    "%{address}: %{why}, try again (%{token})");
	assert_int_equal(m->observe, 0);
	assert_int_equal(m->sessions, 2000);
	conf_unref(conf);
}

static void
test_fcrdns(void **state)
{
	static const char text[] =
	    "net = 192.0.2.0/24\n"
	    "fcrdns {\n"
	    "	forward to 192.0.2.53 port 53; forward to ::1 port 5353\n"
	    "	pass from { ::1,\n"
	    "	    $net }\n"
	    "	block from { 198.51.100.1 }\n"
	    "	on name ~ \"Dyn\\.\" \\\n"
	    "	    tag\n"
	    "	on fail reject\n"
	    "}\n";
	const struct fcrdns_conf *f;
	struct conf		 *conf;
	char			  buf[PREFIX_LEN];

	(void)state;
	conf = good(text);
	f = fcrdns_conf(conf);
	assert_int_equal(f->nforwards, 2);
	assert_int_equal(f->forwards[1].port, 5353);
	assert_int_equal(f->forwards[1].addr.family, ADDR_IPV6);
	assert_int_equal(f->dnssec, 0); /* forwarding */
	assert_int_equal(f->pass.n, 2);
	assert_string_equal(prefix_print(&f->pass.items[1].prefix, buf),
	    "192.0.2.0/24");
	assert_string_equal(f->pass.items[0].where.file, "main");
	assert_int_equal(f->pass.items[0].where.line, 4);
	assert_int_equal(f->pass.items[1].where.line, 5);
	assert_int_equal(f->block.items[0].where.line, 6);
	assert_int_equal(f->nrules, 2);
	assert_int_equal(f->rules[0].on, ON_NAME);
	assert_string_equal(f->rules[0].pattern, "Dyn\\.");
	assert_int_equal(rx_match(f->rules[0].rx, "a.dyn.example"), RX_YES);
	assert_int_equal(f->rules[0].action, ACTION_TAG);
	assert_int_equal(f->rules[0].where.line, 7);
	assert_int_equal(f->rules[1].on, ON_FAIL);
	assert_int_equal(f->rules[1].action, ACTION_REJECT);
	assert_int_equal(f->rules[1].where.line, 9);
	assert_null(f->rules[1].rx);
	conf_unref(conf);
}

static void
test_milter(void **state)
{
	const struct milter_conf *m;
	struct conf		 *conf;

	(void)state;
	conf = good("milter { listen on socket \"/run/m\" mode 0640 "
		    "group \"mail\"; observe; exempt recipient { } }");
	m = milter_conf(conf);
	assert_true(milter_conf_listens(m));
	assert_string_equal(m->socket, "/run/m");
	assert_string_equal(m->group, "mail");
	assert_int_equal(m->mode, 0640);
	assert_int_equal(m->observe, 1);
	assert_int_equal(m->nexempt, 0);
	conf_unref(conf);

	conf = good("milter { listen on ::1 port 0 }");
	m = milter_conf(conf);
	assert_true(milter_conf_listens(m));
	assert_null(m->socket);
	assert_int_equal(m->addr.family, ADDR_IPV6);
	assert_int_equal(m->port, 0);
	conf_unref(conf);
}

static const struct {
	const char *what;
	const char *text;
	const char *has; /* each between blanks */
} blocks[] = {
	{ "an empty file has no block", "", " " },
	{ "an empty block is there", "milter { }", " milter " },
	{ "both are there", "milter { }\nfcrdns { timeout 1s }",
	    " fcrdns milter " },
	{ "the gate is there", "imapgate { }", " imapgate " },
	{ "the front is there", "edge { }", " edge " },
	{ "bans are a block, lists are none",
	    "list <a> { file \"/a\" }\nbans { }", " bans " },
};

static void
test_has(void **state)
{
	struct conf *conf;
	const char  *name;
	char	     word[32];
	size_t	     i, b;

	(void)state;
	for (i = 0; i < nitems(blocks); i++) {
		conf = good(blocks[i].text);
		for (b = 1; conf_blocks[b] != NULL; b++) {
			name = conf_blocks[b]->name;
			if (name == NULL)
				continue; /* outside any block */
			snprintf(word, sizeof(word), " %s ", name);
			if (conf_has(conf, conf_blocks[b]) !=
			    (strstr(blocks[i].has, word) != NULL))
				fail_msg("%s: %s", blocks[i].what, name);
		}
		conf_unref(conf);
	}
}

/* One reference for each user; the last one frees (the sanitizer looks). */
static void
test_refs(void **state)
{
	struct conf *conf = good("state /a"), *other;

	(void)state;
	other = conf_ref(conf);
	assert_ptr_equal(other, conf);
	conf_unref(conf);
	assert_string_equal(global_conf(other)->state, "/a");
	conf_unref(other);
	conf_unref(NULL);
}

static void
test_text(void **state)
{
	struct conf_text *t = conf_text_new();
	struct said	  said = { "" };
	const char	 *name, *data;
	struct conf	 *conf;
	char		 *big;
	size_t		  len;

	(void)state;
	/* A parent sends its files in pieces, as the wire takes them. */
	assert_int_equal(conf_text_add(t, "/etc/x/main", "include \"", 9), 0);
	assert_int_equal(conf_text_add(t, "/etc/x/main", "sub/b\"\n", 7), 0);
	assert_int_equal(conf_text_add(t, "/etc/x/sub/b", "", 0), 0);
	assert_int_equal(conf_text_add(t, "/etc/x/sub/b", "state /b\n", 9), 0);
	assert_int_equal(conf_text_count(t), 2);
	data = conf_text_file(t, 1, &name, &len);
	assert_string_equal(name, "/etc/x/sub/b");
	assert_int_equal(len, 9);
	assert_memory_equal(data, "state /b\n", 9);
	conf = conf_parse(t, say, &said);
	assert_non_null(conf);
	assert_string_equal(global_conf(conf)->state, "/b");
	conf_unref(conf);

	big = calloc(1, CONF_TEXT_MAX);
	assert_non_null(big);
	assert_int_equal(conf_text_add(t, "big", big, CONF_TEXT_MAX), -1);
	assert_int_equal(conf_text_add(t, "big", big, CONF_TEXT_MAX - 25), 0);
	assert_int_equal(conf_text_add(t, "big", big, 1), -1);
	free(big);
	conf_text_free(t);
	conf_text_free(NULL);
}

static void
test_no_text(void **state)
{
	struct conf_text *t = conf_text_new();
	struct said	  said = { "" };

	(void)state;
	assert_null(conf_parse(t, say, &said));
	assert_string_equal(said.text, "no file to read");
	/* A child opens nothing: what is not in the text is not there. */
	said.text[0] = '\0';
	conf_text_add(t, "main", "include \"/etc/passwd\"", 21);
	assert_null(conf_parse(t, say, &said));
	assert_string_equal(said.text,
	    "main:1:9: \"/etc/passwd\": not in the text");
	conf_text_free(t);
}

static char *
print(const struct conf *conf)
{
	FILE  *fp;
	char  *text = NULL;
	size_t size;

	fp = open_memstream(&text, &size);
	assert_non_null(fp);
	conf_print(conf, fp);
	fclose(fp);
	return text;
}

static const struct {
	const char *what;
	const char *text;
} prints[] = {
	{ "the defaults", "" },
	{ "strings with escapes",
	    "milter { reply to reject \"\\\"\\\\x\\y\\\\"
	    "\\\\\\\"\\\\\" }" },
	{ "patterns with backslashes",
	    "fcrdns { on name ~ \"\\\\\\\\\\.\\\"\""
	    " tag; on name ~ \\. hold; on name ~ \\\\ accept }" },
	{ "long lists",
	    "fcrdns { pass from { 10.0.0.0/8 192.0.2.1 ::1 ::2 "
	    "::3 ::4 }; block from { ::/0 } }" },
	{ "empty lists",
	    "fcrdns { pass from { } }\nmilter { exempt "
	    "recipient { } }" },
	{ "blocks within blocks, and lists in them",
	    "edge { site a { location ~ \\. { pass from { ::1 ::2 ::3 ::4 "
	    "::5 } }; location / { return 404 \"\\\\\\\\\" } } }" },
	{ "flags", "fcrdns { dnssec no }\nmilter { observe yes }" },
};

static void
test_print(void **state)
{
	struct conf *conf;
	char	    *first, *second;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(prints); i++) {
		conf = good(prints[i].text);
		first = print(conf);
		conf_unref(conf);
		conf = good(first);
		second = print(conf);
		conf_unref(conf);
		if (strcmp(first, second) != 0)
			fail_msg("%s: %s", prints[i].what, second);
		free(first);
		free(second);
	}
}

/* Lists of lists grow fast: there is an end to it. */
static void
test_bomb(void **state)
{
	struct said said;
	char	    text[1024];
	size_t	    n;
	int	    i;

	(void)state;
	n = (size_t)snprintf(text, sizeof(text), "a0 = { x x x x }\n");
	for (i = 1; i < 20; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "a%d = { $a%d $a%d $a%d }\n", i, i - 1, i - 1, i - 1);
	assert_null(parse(text, &said));
	/* Once, not for each macro that is made of it. */
	assert_string_equal(said.text,
	    "main:10:16: more than 65536 items in a list");
}

static char *
manual(void)
{
	FILE  *fp = fopen("docs/postern.conf.5", "r");
	char  *text;
	size_t n;

	if (fp == NULL)
		fail_msg("docs/postern.conf.5 is not here: run in the top");
	text = calloc(1, 256 * 1024);
	assert_non_null(text);
	n = fread(text, 1, 256 * 1024 - 1, fp);
	assert_true(n > 0);
	fclose(fp);
	return text;
}

/* The first entry of a directive, up to the next one, without newlines. */
static char *
entry(const char *text, const char *name)
{
	char	    head[64], *copy, *p;
	const char *end;

	snprintf(head, sizeof(head), "\n.It Ic %s", name);
	for (; (text = strstr(text, head)) != NULL; text++) {
		if (text[strlen(head)] == ' ' || text[strlen(head)] == '\n')
			break;
	}
	if (text == NULL)
		return NULL;
	end = strstr(text + 1, "\n.It ");
	copy = strndup(text, end == NULL ? strlen(text) : (size_t)(end - text));
	assert_non_null(copy);
	for (p = copy; *p != '\0'; p++) {
		if (*p == '\n')
			*p = ' ';
	}
	return copy;
}

static void
expect(const struct directive *d, const char *page, const char *text)
{
	if (strstr(page, text) == NULL)
		fail_msg("postern.conf(5), %s: no \"%s\"", d->name, text);
}

static void
check_entry(const struct directive *d, const char *page)
{
	const char *dflt = d->dflt != NULL ? d->dflt : d->absent;
	char	    text[128], min[UNITS_LEN], max[UNITS_LEN];

	if (d->help == NULL || strchr(d->help, '.') != NULL)
		fail_msg("%s: help is one sentence without a dot", d->name);
	if (d->type == CONF_DURATION)
		snprintf(text, sizeof(text), "range: %s to %s; default: %s.",
		    units_print_duration(d->min, min),
		    units_print_duration(d->max, max), dflt);
	else if (d->type == CONF_SIZE)
		snprintf(text, sizeof(text), "range: %s to %s; default: %s.",
		    units_print_size(d->min, min),
		    units_print_size(d->max, max), dflt);
	else if (d->type == CONF_NUMBER)
		snprintf(text, sizeof(text), "range: %lld to %lld; default: %s",
		    d->min, d->max, dflt);
	else
		snprintf(text, sizeof(text), "default: %s",
		    d->dflt != NULL ? d->dflt : "");
	expect(d, page, text);
	if (d->flags & CONF_MANY)
		expect(d, page, "may repeat");
	else if (strstr(page, "may repeat") != NULL)
		fail_msg("postern.conf(5), %s: it may not repeat", d->name);
}

/* From what is said about a block on; text itself if nothing is. */
static const char *
section(const char *text, const struct conf_block *block)
{
	char	    head[64];
	const char *start;

	if (block->name == NULL)
		return text;
	snprintf(head, sizeof(head), "\n.Ic %s No {", block->name);
	start = strstr(text, head);
	return start == NULL ? text : start;
}

static void
check_block(const struct conf_block *block, const char *text)
{
	const struct directive *d;
	char		       *page;

	text = section(text, block);
	for (d = block->directives; d->name != NULL; d++) {
		if ((page = entry(text, d->name)) == NULL)
			fail_msg("%s is not in postern.conf(5)", d->name);
		check_entry(d, page);
		free(page);
		if (d->type == CONF_BLOCK)
			check_block(d->block, text);
	}
}

/* The tables and the manual say the same. */
static void
test_manual(void **state)
{
	char  *text = manual();
	size_t b;

	(void)state;
	for (b = 0; conf_blocks[b] != NULL; b++)
		check_block(conf_blocks[b], text);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_fcrdns),
		cmocka_unit_test(test_milter),
		cmocka_unit_test(test_has),
		cmocka_unit_test(test_refs),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_no_text),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_manual),
	};

	return cmocka_run_group_tests_name("conf", tests, NULL, NULL);
}
