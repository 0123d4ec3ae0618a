/* SPDX-License-Identifier: ISC */
/*
 * The parent's watch, with real files and a parent's workers played here.
 */
#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <event2/event.h>

#include "clock.h"
#include "conf.h"
#include "daemon.h"
#include "edge_conf.h"
#include "log.h"
#include "make_cert.h"
#include "orders.h"
#include "watch.h"
#include "wire.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define TEXT_MAX  32768
#define HOUR	  3600 /* so that no day ends while we look */

enum which {
	FIRST,
	SECOND, /* of the same name, another key */
	SHORT,	/* ten days */
	PAST,
	FUTURE, /* from tomorrow on */
	MADE
};

static char *chains[MADE], *keys[MADE];

/* A worker, as far as it hears of certificates. */
struct daemon_worker {
	const struct conf *conf;
	char		   file[ORDER_FILES][TEXT_MAX]; /* that come in */
	size_t		   pairs;			/* told of in all */
	size_t		   number;			/* the last one */
	char		   chain[TEXT_MAX];		/* of it */
	char		   key[TEXT_MAX];
};

static struct daemon_worker workers[2];
static size_t		    nworkers;
static char		    dir[64];
static char		    said[TEXT_MAX];
static struct event_base   *base;
static struct watch	   *watch;
static struct conf	   *confs[4];
static size_t		    nconfs;

const struct conf *
daemon_worker_conf(const struct daemon_worker *w)
{
	return w->conf;
}

void
daemon_each(struct daemon_parent *parent,
    void (*fn)(struct daemon_worker *, void *), void *arg)
{
	size_t i;

	(void)parent;
	for (i = 0; i < nworkers; i++)
		fn(&workers[i], arg);
}

void
daemon_worker_send(struct daemon_worker *w, const struct wire_msg *sent)
{
	struct wire_msg m = *sent;
	const void     *bytes;
	char	       *file;
	size_t		len, was;

	assert_false(m.bad);
	if (m.type == ORDER_PIECE) {
		file = w->file[wire_get_number(&m)];
		wire_get_number(&m);
		assert_non_null(bytes = wire_get_bytes(&m, &len));
		was = strlen(file);
		assert_true(was + len < TEXT_MAX);
		memcpy(file + was, bytes, len);
		file[was + len] = '\0';
	} else {
		assert_int_equal(m.type, ORDER_PAIR);
		w->number = wire_get_number(&m);
		w->pairs++;
		strlcpy(w->chain, w->file[ORDER_FILE_CHAIN], TEXT_MAX);
		strlcpy(w->key, w->file[ORDER_FILE_KEY], TEXT_MAX);
		memset(w->file, 0, sizeof(w->file));
	}
	assert_int_equal(wire_end(&m), 0);
}

/* What is left for an upgrade. */
static struct {
	char   name[32];
	char   bytes[TEXT_MAX];
	size_t len;
} kept[4];
static size_t nkept;

void
daemon_keep(struct daemon_parent *parent, const char *name, int fd,
    const void *bytes, size_t len)
{
	(void)parent;
	assert_int_equal(fd, -1);
	assert_true(nkept < nitems(kept) && len <= TEXT_MAX);
	strlcpy(kept[nkept].name, name, sizeof(kept[nkept].name));
	memcpy(kept[nkept].bytes, bytes, len);
	kept[nkept++].len = len;
}

const void *
daemon_kept_bytes(struct daemon_parent *parent, const char *name, size_t *len)
{
	size_t i;

	(void)parent;
	for (i = 0; i < nkept; i++)
		if (strcmp(kept[i].name, name) == 0) {
			*len = kept[i].len;
			return kept[i].bytes;
		}
	return NULL;
}

static void
take_line(enum log_level level, const char *text)
{
	strlcat(said, level == LOG_LEVEL_WARN ? "warn: " : "info: ", TEXT_MAX);
	strlcat(said, text, TEXT_MAX);
	strlcat(said, "\n", TEXT_MAX);
}

static void
make(enum which n, long from, long to)
{
	struct wish w = { .name = "issuer", .san = "DNS:www.example.org" };
	X509	   *x;

	w.key = make_key("P-256");
	w.from = from;
	w.to = to;
	x = make_cert(&w);
	chains[n] = print_cert(x);
	keys[n] = print_key(w.key, NULL, 0);
	X509_free(x);
	EVP_PKEY_free(w.key);
}

static int
make_all(void **state)
{
	(void)state;
	make(FIRST, -DAY, 90 * DAY + HOUR);
	make(SECOND, -DAY, 90 * DAY + HOUR);
	make(SHORT, -DAY, 10 * DAY + HOUR);
	make(PAST, -9 * DAY, -3 * DAY - HOUR);
	make(FUTURE, DAY, 90 * DAY + HOUR);
	return 0;
}

static int
free_all(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MADE; i++) {
		free(chains[i]);
		free(keys[i]);
	}
	return 0;
}

static const char *
path(const char *name)
{
	static char buf[4][128];
	static int  n;

	n = (n + 1) % 4;
	snprintf(buf[n], sizeof(buf[n]), "%s/%s", dir, name);
	return buf[n];
}

static int
set_up(void **state)
{
	(void)state;
	strlcpy(dir, "/tmp/watch_test.XXXXXX", sizeof(dir));
	nkept = 0;
	if (mkdtemp(dir) == NULL || (base = event_base_new()) == NULL ||
	    (watch = watch_new(base, NULL)) == NULL)
		return -1;
	memset(workers, 0, sizeof(workers));
	nworkers = nconfs = 0;
	said[0] = '\0';
	log_divert(take_line);
	return 0;
}

static int
tear_down(void **state)
{
	struct dirent *e;
	DIR	      *d;

	(void)state;
	log_divert(NULL);
	watch_free(watch);
	event_base_free(base);
	while (nconfs > 0)
		conf_unref(confs[--nconfs]);
	if ((d = opendir(dir)) == NULL)
		return -1;
	while ((e = readdir(d)) != NULL)
		(void)remove(path(e->d_name));
	closedir(d);
	return rmdir(dir);
}

/* A new file under that name, by a rename as tools do it. */
static void
put(const char *name, const char *text)
{
	const char *tmp = path("tmp");
	FILE	   *fp;

	assert_non_null(fp = fopen(tmp, "w"));
	assert_int_not_equal(fputs(text, fp), EOF);
	assert_int_equal(fclose(fp), 0);
	assert_int_equal(chmod(tmp, 0600), 0);
	assert_int_equal(rename(tmp, path(name)), 0);
}

static void
put_pair(const char *name, enum which n)
{
	char file[32];

	snprintf(file, sizeof(file), "%s.pem", name);
	put(file, chains[n]);
	snprintf(file, sizeof(file), "%s.key", name);
	put(file, keys[n]);
}

static void
say_error(void *arg, const char *text)
{
	(void)arg;
	fail_msg("%s", text);
}

static void
add_site(char *text, size_t size, const char *name, const char *pair)
{
	char site[512];

	snprintf(site, sizeof(site),
	    "site \"%s\" {\ncertificate \"%s/%s.pem\" key \"%s/%s.key\"\n"
	    "return 404\n}\n",
	    name, dir, pair, dir, pair);
	strlcat(text, site, size);
}

/* A file with that pair for www.example.org, and perhaps another before. */
static const struct conf *
read_conf(const char *before, const char *pair)
{
	struct conf_text *t = conf_text_new();
	struct conf	 *c;
	char		  text[2048];

	strlcpy(text, "edge {\nlisten on 127.0.0.1 port 0 tls\n", sizeof(text));
	if (before != NULL)
		add_site(text, sizeof(text), "a.example.org", before);
	add_site(text, sizeof(text), "www.example.org", pair);
	strlcat(text, "}\n", sizeof(text));
	assert_int_equal(conf_text_add(t, "test", text, strlen(text)), 0);
	assert_non_null(c = conf_parse(t, say_error, NULL));
	conf_text_free(t);
	return confs[nconfs++] = c;
}

/* Begin with what is on disk, one site, one worker that has heard of it. */
static void
begin(void)
{
	const struct conf *c = read_conf(NULL, "x");

	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	workers[0].conf = c;
	nworkers = 1;
	watch_send(watch, &workers[0]);
	assert_int_equal(watch_count(watch), 1);
}

/* It has n pairs in all by now, and the last one is that. */
static void
has(const struct daemon_worker *w, size_t n, enum which is)
{
	assert_int_equal(w->pairs, n);
	assert_string_equal(w->chain, chains[is]);
	assert_string_equal(w->key, keys[is]);
}

static void
silent(void)
{
	assert_string_equal(said, "");
}

/* That was said, and nothing else; forget it.  DIR/ is left out. */
static void
heard(const char *want)
{
	char   text[TEXT_MAX], *at;
	size_t n = strlen(dir) + 1;

	while ((at = strstr(said, dir)) != NULL)
		memmove(at, at + n, strlen(at + n) + 1);
	strlcpy(text, said, sizeof(text));
	said[0] = '\0';
	assert_string_equal(text, want);
}

static void
test_start(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 1, FIRST);
	assert_int_equal(workers[0].number, 0);
	assert_non_null(watch_info(watch, 0));
	assert_string_equal(watch_problem(watch, 0), "");
	assert_null(watch_info(watch, 1));
	/* Nothing changes; nothing but the time of the file does. */
	watch_look(watch);
	put_pair("x", FIRST);
	watch_look(watch);
	silent();
	has(&workers[0], 1, FIRST);
}

static void
test_renewed(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	said[0] = '\0';
	put_pair("x", SECOND);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 2, SECOND);
}

/* Between the two files of a renewal. */
static void
test_in_between(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	said[0] = '\0';
	put("x.pem", chains[SECOND]);
	watch_look(watch);
	silent();
	has(&workers[0], 1, FIRST);
	put("x.key", keys[SECOND]);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 2, SECOND);
	/* Half a file. */
	put("x.pem", "-----BEGIN CERTIFICATE-----\nMII");
	watch_look(watch);
	silent();
	put_pair("x", FIRST);
	watch_look(watch);
	has(&workers[0], 3, FIRST);
}

static const struct {
	const char *what;
	const char *chain, *key; /* what is put there; NULL: left */
	const char *said;
} bad[] = {
	{ "another key", NULL, "SECOND",
	    "warn: x.pem: the key does not belong to the certificate; the "
	    "last good one stays in use\n" },
	{ "an expired one", "PAST", "PAST", NULL },
	{ "garbage", "hello", NULL,
	    "warn: x.pem: the chain's file has no certificate; the last good "
	    "one stays in use\n" },
	{ "an empty key", NULL, "",
	    "warn: x.pem: the key's file is empty; the last good one stays "
	    "in use\n" },
};

static const char *
text_of(const char *s, char *const texts[MADE])
{
	if (strcmp(s, "SECOND") == 0)
		return texts[SECOND];
	return strcmp(s, "PAST") == 0 ? texts[PAST] : s;
}

static void
test_bad(void **state)
{
	size_t i;

	(void)state;
	put_pair("x", FIRST);
	begin();
	for (i = 0; i < nitems(bad); i++) {
		said[0] = '\0';
		if (bad[i].chain != NULL)
			put("x.pem", text_of(bad[i].chain, chains));
		if (bad[i].key != NULL)
			put("x.key", text_of(bad[i].key, keys));
		watch_look(watch);
		silent();
		watch_look(watch);
		if (bad[i].said != NULL)
			heard(bad[i].said);
		else
			assert_non_null(strstr(said, ": expired on "));
		said[0] = '\0';
		assert_string_not_equal(watch_problem(watch, 0), "");
		assert_int_equal(watch_info(watch, 0)->state, CERT_GOOD);
		/* Once. */
		watch_look(watch);
		watch_look(watch);
		silent();
		put_pair("x", FIRST);
		watch_look(watch);
		heard("info: x.pem: the files are good again\n");
		assert_string_equal(watch_problem(watch, 0), "");
		has(&workers[0], 1, FIRST);
	}
}

static void
test_gone(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	said[0] = '\0';
	unlink(path("x.key"));
	watch_look(watch);
	watch_look(watch);
	watch_look(watch);
	heard("warn: x.pem: the key's file: No such file or directory; the "
	      "last good one stays in use\n");
	/* Whoever comes later gets it all the same. */
	watch_send(watch, &workers[0]);
	has(&workers[0], 2, FIRST);
	/* What would hold us up, and what can be no key. */
	assert_int_equal(mkfifo(path("x.key"), 0600), 0);
	watch_look(watch);
	watch_look(watch);
	heard("warn: x.pem: the key's file: is no regular file; the last "
	      "good one stays in use\n");
	unlink(path("x.key"));
	put("x.key", keys[FIRST]);
	watch_look(watch);
	heard("info: x.pem: the files are good again\n");
}

static void
test_nothing_at_start(void **state)
{
	(void)state;
	begin();
	heard("warn: x.pem: the chain's file: No such file or directory; its "
	      "sites have no TLS by it\n");
	assert_int_equal(workers[0].pairs, 0);
	assert_null(watch_info(watch, 0));
	watch_look(watch);
	silent();
	put_pair("x", FIRST);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 1, FIRST);
}

static void
test_expired_at_start(void **state)
{
	(void)state;
	put_pair("x", PAST);
	begin();
	assert_non_null(strstr(said, "warn: "));
	assert_non_null(strstr(said, "; it is used, for there is no better"));
	has(&workers[0], 1, PAST);
	assert_int_equal(watch_info(watch, 0)->state, CERT_EXPIRED);
	said[0] = '\0';
	watch_look(watch);
	silent();
	clock_move(DAY * 1000);
	watch_look(watch);
	heard("warn: x.pem has expired, 4 days ago\n");
	clock_move(-DAY * 1000);
	put_pair("x", FIRST);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 2, FIRST);
}

/* It waits on disk until its day comes. */
static void
test_future(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	put_pair("x", FUTURE);
	watch_look(watch);
	watch_look(watch);
	assert_non_null(strstr(said, ": not valid before "));
	has(&workers[0], 1, FIRST);
	said[0] = '\0';
	watch_look(watch);
	silent();
	clock_move((DAY + 60) * 1000);
	watch_look(watch);
	clock_move(-(DAY + 60) * 1000);
	heard("info: x.pem: ECDSA P-256 by issuer, 89 days left\n");
	has(&workers[0], 2, FUTURE);
}

static void
test_few_days(void **state)
{
	(void)state;
	put_pair("x", SHORT);
	begin();
	heard("info: x.pem: ECDSA P-256 by issuer, 10 days left\n"
	      "warn: x.pem expires in 10 days\n");
	watch_look(watch);
	clock_move(DAY / 2 * 1000);
	watch_look(watch);
	silent();
	clock_move(DAY / 2 * 1000);
	watch_look(watch);
	watch_look(watch);
	clock_move(-DAY * 1000);
	heard("warn: x.pem expires in 9 days\n");
}

/* As certbot has it: a link that leads to another file. */
static void
test_link(void **state)
{
	(void)state;
	put_pair("1", FIRST);
	put_pair("2", SECOND);
	assert_int_equal(symlink("1.pem", path("x.pem")), 0);
	assert_int_equal(symlink("1.key", path("x.key")), 0);
	begin();
	has(&workers[0], 1, FIRST);
	assert_int_equal(symlink("2.pem", path("new.pem")), 0);
	assert_int_equal(symlink("2.key", path("new.key")), 0);
	assert_int_equal(rename(path("new.pem"), path("x.pem")), 0);
	assert_int_equal(rename(path("new.key"), path("x.key")), 0);
	watch_look(watch);
	has(&workers[0], 2, SECOND);
}

static void
test_warnings(void **state)
{
	const struct conf *c;

	(void)state;
	put_pair("x", FIRST);
	assert_int_equal(chmod(path("x.key"), 0644), 0);
	c = read_conf("x", "x"); /* a.example.org by the same pair */
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	assert_int_equal(watch_count(watch), 1);
	heard("warn: x.key: a private key that everybody can read\n"
	      "info: x.pem: ECDSA P-256 by issuer, 90 days left\n"
	      "warn: x.pem does not cover the name a.example.org\n");
	watch_look(watch);
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	silent();
}

/* Two files in force at once, in which the pair has two numbers. */
static void
test_reload(void **state)
{
	const struct conf *was, *is;

	(void)state;
	put_pair("x", FIRST);
	put_pair("y", SECOND);
	was = read_conf("y", "x");
	is = read_conf(NULL, "x");
	assert_int_equal(watch_use(watch, edge_conf(was)), 0);
	workers[0].conf = was;
	workers[1].conf = is;
	nworkers = 2;
	watch_send(watch, &workers[0]);
	has(&workers[0], 2, FIRST);
	assert_int_equal(workers[0].number, 1);
	assert_int_equal(watch_use(watch, edge_conf(is)), 0);
	watch_send(watch, &workers[1]);
	has(&workers[1], 1, FIRST);
	put_pair("x", SHORT);
	watch_look(watch);
	has(&workers[0], 3, SHORT);
	assert_int_equal(workers[0].number, 1);
	has(&workers[1], 2, SHORT);
	assert_int_equal(workers[1].number, 0);
	/* The reload fails; what only the former file had is there yet. */
	unlink(path("y.pem"));
	assert_int_equal(watch_use(watch, edge_conf(was)), 0);
	assert_non_null(watch_info(watch, 0));
	watch_send(watch, &workers[0]);
	assert_int_equal(workers[0].pairs, 5);
	/* Left out twice, it is forgotten. */
	assert_int_equal(watch_use(watch, edge_conf(is)), 0);
	assert_int_equal(watch_use(watch, edge_conf(is)), 0);
	assert_int_equal(watch_use(watch, edge_conf(was)), 0);
	assert_null(watch_info(watch, 0));
}

/* The parent is replaced while what is on disk is bad. */
static void
test_upgrade(void **state)
{
	const struct conf *c;
	size_t		   i, len;

	(void)state;
	put_pair("x", FIRST);
	put_pair("y", SECOND);
	c = read_conf("y", "x");
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	watch_keep(watch);
	assert_int_equal(nkept, 2);
	watch_free(watch);
	said[0] = '\0';
	unlink(path("y.pem"));
	put("x.key", "hello");
	assert_non_null(watch = watch_new(base, NULL));
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	heard("warn: y.pem does not cover the name a.example.org\n"
	      "warn: y.pem: the chain's file: No such file or directory; the "
	      "last good one stays in use\n"
	      "warn: x.pem: the key's file has no private key that can be "
	      "read; the last good one stays in use\n");
	workers[0].conf = c;
	watch_send(watch, &workers[0]);
	has(&workers[0], 2, FIRST);
	/* What another version left may be anything. */
	for (i = 1; i < nkept; i++)
		for (len = kept[i].len; len > 0;
		     len = len > 97 ? len - 97 : 0) {
			kept[i].len = len - 1;
			watch_free(watch);
			assert_non_null(watch = watch_new(base, NULL));
		}
}

/* A chain that needs several messages. */
static void
test_long(void **state)
{
	static char text[20000];

	(void)state;
	while (strlen(text) < 10000)
		strlcat(text, "text before the certificate\n", sizeof(text));
	strlcat(text, chains[FIRST], sizeof(text));
	put("x.pem", text);
	put("x.key", keys[FIRST]);
	begin();
	assert_string_equal(workers[0].chain, text);
	assert_string_equal(workers[0].key, keys[FIRST]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_start),
		TEST(test_renewed),
		TEST(test_in_between),
		TEST(test_bad),
		TEST(test_gone),
		TEST(test_nothing_at_start),
		TEST(test_expired_at_start),
		TEST(test_future),
		TEST(test_few_days),
		TEST(test_link),
		TEST(test_warnings),
		TEST(test_reload),
		TEST(test_upgrade),
		TEST(test_long),
	};

	return cmocka_run_group_tests(tests, make_all, free_all);
}
