/* SPDX-License-Identifier: ISC */
#include "watch.h"

#include <sys/stat.h>
#include <sys/time.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <event2/event.h>

#include "clock.h"
#include "conf.h"
#include "daemon.h"
#include "edge_conf.h"
#include "log.h"
#include "orders.h"
#include "watch_file.h"
#include "watch_kept.h"
#include "watch_pair.h"
#include "wire.h"
#include "xalloc.h"

#define PIECE 4000 /* bytes of a message, beside its numbers */

struct watch {
	struct daemon_parent *parent;
	struct event	     *timer;
	struct watch_pair   **pairs; /* as in the file in force */
	size_t		      n;
	struct watch_pair   **spare; /* what only the former one has */
	size_t		      nspare;
};

/* For daemon_each(). */
struct news {
	const struct watch_pair *pair;
};

static void
send_bytes(struct daemon_worker *worker, enum order_file file, size_t number,
    const struct watch_bytes *b)
{
	struct wire_msg msg;
	size_t		at, len;

	for (at = 0; at < b->len; at += len) {
		len = b->len - at < PIECE ? b->len - at : PIECE;
		wire_start(&msg, ORDER_PIECE);
		wire_put_number(&msg, file);
		wire_put_number(&msg, number);
		wire_put_bytes(&msg, b->at + at, len);
		daemon_worker_send(worker, &msg);
	}
	explicit_bzero(&msg, sizeof(msg));
}

static void
send_pair(struct daemon_worker *worker, size_t number,
    const struct watch_pair *p)
{
	struct wire_msg msg;

	send_bytes(worker, ORDER_FILE_CHAIN, number, &p->pem[WATCH_CHAIN]);
	send_bytes(worker, ORDER_FILE_KEY, number, &p->pem[WATCH_KEY]);
	wire_start(&msg, ORDER_PAIR);
	wire_put_number(&msg, number);
	daemon_worker_send(worker, &msg);
}

static int
is_of(const struct watch_pair *p, const struct edge_pair *e)
{
	return strcmp(p->path[WATCH_CHAIN], e->chain) == 0 &&
	    strcmp(p->path[WATCH_KEY], e->key) == 0;
}

/* A worker of an older file has its own number for the pair, or none. */
static void
tell(struct daemon_worker *worker, void *arg)
{
	const struct news      *news = arg;
	const struct conf      *conf = daemon_worker_conf(worker);
	const struct edge_conf *edge;
	size_t			i;

	if (conf == NULL)
		return;
	edge = edge_conf(conf);
	for (i = 0; i < edge->npairs; i++)
		if (is_of(news->pair, &edge->pairs[i]))
			send_pair(worker, i, news->pair);
}

void
watch_send(struct watch *w, struct daemon_worker *worker)
{
	struct news news;
	size_t	    i;

	for (i = 0; i < w->n + w->nspare; i++) {
		news.pair = i < w->n ? w->pairs[i] : w->spare[i - w->n];
		if (watch_pair_good(news.pair))
			tell(worker, &news);
	}
}

void
watch_look(struct watch *w)
{
	struct news news;
	time_t	    now = clock_now();
	size_t	    i;

	for (i = 0; i < w->n; i++) {
		if (watch_pair_look(w->pairs[i], now)) {
			news.pair = w->pairs[i];
			daemon_each(w->parent, tell, &news);
		}
		watch_pair_days(w->pairs[i], now);
	}
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	watch_look(arg);
}

void
watch_keep(const struct watch *w)
{
	size_t i, kept = 0;

	for (i = 0; i < w->n; i++)
		if (watch_pair_good(w->pairs[i]))
			watch_kept_write(w->parent, w->pairs[i], kept++);
}

static void
take_kept(struct watch *w)
{
	struct watch_pair *p;

	while ((p = watch_kept_read(w->parent, w->nspare)) != NULL) {
		w->spare = xreallocarray(w->spare, w->nspare + 1,
		    sizeof(struct watch_pair *));
		w->spare[w->nspare++] = p;
	}
}

struct watch *
watch_new(struct event_base *base, struct daemon_parent *parent)
{
	const struct timeval every = { .tv_sec = WATCH_SECONDS };
	struct watch	    *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		goto fail;
	w->parent = parent;
	w->timer = event_new(base, -1, EV_PERSIST, on_timer, w);
	if (w->timer == NULL || event_add(w->timer, &every) == -1)
		goto fail;
	take_kept(w);
	return w;
fail:
	log_warnx("no memory to watch certificates");
	watch_free(w);
	return NULL;
}

static void
free_pairs(struct watch_pair **list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		watch_pair_free(list[i]);
	free(list);
}

void
watch_free(struct watch *w)
{
	if (w == NULL)
		return;
	if (w->timer != NULL)
		event_free(w->timer);
	free_pairs(w->pairs, w->n);
	free_pairs(w->spare, w->nspare);
	free(w);
}

/* Take the pair of those paths out of the list. */
static struct watch_pair *
take(struct watch_pair **list, size_t n, const struct edge_pair *e)
{
	struct watch_pair *p;
	size_t		   i;

	for (i = 0; i < n; i++)
		if (list[i] != NULL && is_of(list[i], e)) {
			p = list[i];
			list[i] = NULL;
			return p;
		}
	return NULL;
}

int
watch_use(struct watch *w, const struct edge_conf *edge)
{
	struct watch_pair **pairs, *p;
	size_t		    i;

	pairs = calloc(edge->npairs + 1, sizeof(struct watch_pair *));
	if (pairs == NULL) {
		log_warnx("no memory to watch certificates");
		return -1;
	}
	for (i = 0; i < edge->npairs; i++) {
		p = take(w->pairs, w->n, &edge->pairs[i]);
		if (p == NULL)
			p = take(w->spare, w->nspare, &edge->pairs[i]);
		if (p == NULL)
			p = watch_pair_new(&edge->pairs[i]);
		watch_pair_names(p, edge, i);
		pairs[i] = p;
	}
	free_pairs(w->spare, w->nspare);
	w->spare = w->pairs; /* with holes */
	w->nspare = w->n;
	w->pairs = pairs;
	w->n = edge->npairs;
	watch_look(w);
	return 0;
}

size_t
watch_count(const struct watch *w)
{
	return w->n;
}

const struct cert_info *
watch_info(const struct watch *w, size_t pair)
{
	if (pair >= w->n || !watch_pair_good(w->pairs[pair]))
		return NULL;
	return &w->pairs[pair]->info;
}

const char *
watch_problem(const struct watch *w, size_t pair)
{
	return pair < w->n ? w->pairs[pair]->problem : "";
}
