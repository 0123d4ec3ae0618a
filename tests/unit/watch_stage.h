/* SPDX-License-Identifier: ISC */
/*
 * A folder with certificates, a file that names them, and a parent with its
 * workers, played: for the tests of watch.c.  Included once in a program, for
 * it stands in for conf/daemon.h.
 */
#ifndef WATCH_STAGE_H
#define WATCH_STAGE_H

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
#include "conf_lab.h"
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

static inline void
take_line(enum log_level level, const char *text)
{
	strlcat(said, level == LOG_LEVEL_WARN ? "warn: " : "info: ", TEXT_MAX);
	strlcat(said, text, TEXT_MAX);
	strlcat(said, "\n", TEXT_MAX);
}

static inline void
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

static inline int
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

static inline int
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

static inline const char *
path(const char *name)
{
	static char buf[4][512];
	static int  n;

	n = (n + 1) % 4;
	snprintf(buf[n], sizeof(buf[n]), "%s/%s", dir, name);
	return buf[n];
}

static inline int
watch_stage_set_up(void **state)
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

static inline int
watch_stage_tear_down(void **state)
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
static inline void
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

static inline void
put_pair(const char *name, enum which n)
{
	char file[32];

	snprintf(file, sizeof(file), "%s.pem", name);
	put(file, chains[n]);
	snprintf(file, sizeof(file), "%s.key", name);
	put(file, keys[n]);
}

static inline void
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
static inline const struct conf *
read_conf(const char *before, const char *pair)
{
	char text[2048];

	strlcpy(text, "edge {\nlisten on 127.0.0.1 port 0 tls\n", sizeof(text));
	if (before != NULL)
		add_site(text, sizeof(text), "a.example.org", before);
	add_site(text, sizeof(text), "www.example.org", pair);
	strlcat(text, "}\n", sizeof(text));
	return confs[nconfs++] = conf_lab(text);
}

/* Begin with what is on disk, one site, one worker that has heard of it. */
static inline void
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
static inline void
has(const struct daemon_worker *w, size_t n, enum which is)
{
	assert_int_equal(w->pairs, n);
	assert_string_equal(w->chain, chains[is]);
	assert_string_equal(w->key, keys[is]);
}

static inline void
silent(void)
{
	assert_string_equal(said, "");
}

/* That was said, and nothing else; forget it.  DIR/ is left out. */
static inline void
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

#define TEST(f)                                                \
	cmocka_unit_test_setup_teardown(f, watch_stage_set_up, \
	    watch_stage_tear_down)

#endif /* WATCH_STAGE_H */
