/* SPDX-License-Identifier: ISC */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "asking.h"
#include "clock.h"
#include "conf.h"
#include "counts.h"
#include "fcrdns_conf.h"
#include "line.h"
#include "log.h"
#include "milter_conf.h"
#include "notice.h"
#include "settings.h"
#include "visit.h"

/* What fcrdnsd said longer ago may be out of date: a ban holds at once. */
#define FRESH_MS 500

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static LIST_HEAD(visit_list, visit) visits = LIST_HEAD_INITIALIZER(visits);

static atomic_uint busy;

struct visit *
visit_new(struct asking *asking, const struct addr *addr, uint16_t port)
{
	struct visit *v;

	if ((v = calloc(1, sizeof(*v))) == NULL)
		return NULL;
	v->conf = settings_take();
	v->asked = clock_ms();
	session_start(&v->session, addr, port, milter_conf(v->conf),
	    fcrdns_conf(v->conf));
	if (!v->session.judged && !session_is_local(&v->session))
		v->ask = asking_send(asking, addr);
	count(COUNT_SESSIONS);
	pthread_mutex_lock(&lock);
	LIST_INSERT_HEAD(&visits, v, entry);
	pthread_mutex_unlock(&lock);
	return v;
}

/* Is an answer of that time too old to go by? */
static int
is_stale(const struct visit *v)
{
	return clock_ms() - v->asked >= FRESH_MS;
}

int
visit_must_wait(const struct visit *v)
{
	if (session_waits(&v->session))
		return !asking_ready(v->ask) || is_stale(v);
	return session_may_change(&v->session) && is_stale(v);
}

static void
judge(struct visit *v, struct asking *asking)
{
	struct session *s = &v->session;
	struct findings found;
	int		waited = !asking_ready(v->ask);

	asking_fetch(asking, v->ask, &s->addr, s->mconf, s->fconf, &found);
	v->ask = NULL;
	if (waited) /* for what is of this moment */
		v->asked = clock_ms();
	session_found(s, &found);
	if (notice_nat(&s->addr, found.is_protected, s->helo))
		session_hide(s);
	if (found.iprev == IPREV_TEMPERROR)
		count(COUNT_TEMPERROR);
}

static void
look_again(struct visit *v, struct asking *asking)
{
	struct session *s = &v->session;
	struct findings found;

	v->asked = clock_ms();
	asking_fetch(asking, asking_send(asking, &s->addr), &s->addr, s->mconf,
	    s->fconf, &found);
	session_news(s, &found);
}

void
visit_judge(struct visit *v, struct asking *asking)
{
	struct session *s = &v->session;

	if (session_waits(s))
		judge(v, asking);
	if (session_may_change(s) && is_stale(v))
		look_again(v, asking);
	if (session_wants_token(s))
		token_make(s->token);
}

void
visit_refused(struct visit *v)
{
	if (session_offends(&v->session))
		notice_offence(&v->session.addr);
}

static void
record(const struct session *s)
{
	struct line l;

	/* A local submission has nothing to tell. */
	if (session_is_local(s))
		return;
	session_record(s, &l);
	log_info("%s", l.buf);
}

static void
count_verdict(const struct session *s)
{
	if (!s->judged)
		return;
	if (s->verdict.action == ACTION_ACCEPT && s->verdict.tagged)
		count(COUNT_TAG);
	else
		count(COUNT_ACCEPT + (enum count)s->verdict.action);
}

void
visit_free(struct visit *v)
{
	pthread_mutex_lock(&lock);
	LIST_REMOVE(v, entry);
	pthread_mutex_unlock(&lock);
	if (v->ask != NULL)
		fcrdns_drop(v->ask);
	record(&v->session);
	count_verdict(&v->session);
	count(COUNT_ENDED);
	headers_clear(&v->headers);
	conf_unref(v->conf);
	free(v);
}

/* Nobody is in a callback now, or it lasted too long to wait for. */
void
visit_record_all(void)
{
	struct visit *v;

	pthread_mutex_lock(&lock);
	for (v = LIST_FIRST(&visits); v != NULL; v = LIST_NEXT(v, entry))
		record(&v->session);
	/* Nobody may end a visit any more: it would be told twice. */
}

void
visit_enter(void)
{
	atomic_fetch_add(&busy, 1);
}

void
visit_leave(void)
{
	atomic_fetch_sub(&busy, 1);
}

void
visit_drain(int ms)
{
	const struct timespec tick = { .tv_nsec = 5 * 1000 * 1000 };

	/* One more tick after the last: its answer is still to be sent. */
	for (; ms > 0 && atomic_load(&busy) > 0; ms -= 5)
		nanosleep(&tick, NULL);
	nanosleep(&tick, NULL);
}
