/* SPDX-License-Identifier: ISC */
#include "resolver.h"

#include <sys/queue.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unbound.h>
#include <unbound-event.h>

#include "addr.h"
#include "fcrdns_conf.h"
#include "log.h"
#include "reach.h"
#include "resolver_log.h"

#define CLASS_IN      1
#define RCODE_REFUSED 5
#define SEC_BOGUS     1
#define SEC_SECURE    2

/*
 * Questions that libunbound has, the forgotten ones too: it goes on with
 * them for as long as their servers' timeouts say.
 */
#define QUESTIONS_MAX 16384
#define FILES_MAX     4096
#define TCP_MAX	      64

struct question {
	TAILQ_ENTRY(question) entry;
	struct resolver	 *resolver;
	struct question **slot; /* NULL: forgotten */
	resolver_fn	 *fn;
	void		 *arg;
};

struct resolver {
	struct ub_ctx *ctx;
	unsigned int   refs;
	int	       validates;
	unsigned int   nquestions;
	TAILQ_HEAD(questions, question) questions;
};

/* The root's keys of 2017 and 2024: data.iana.org/root-anchors. */
static const char *const root_anchors[] = {
	". IN DS 20326 8 2 "
	"E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
	". IN DS 38696 8 2 "
	"683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
};

struct setting {
	const char *name;
	const char *value;
};

/* libunbound's own defaults are for one program's few lookups. */
static const struct setting always[] = {
	{ "num-queries-per-thread:", "4096" },
	{ "msg-cache-size:", "4m" },
	{ "rrset-cache-size:", "8m" },
	{ "key-cache-size:", "1m" },
	{ "neg-cache-size:", "512k" },
	/* One thread needs no more than one lock. */
	{ "msg-cache-slabs:", "1" },
	{ "rrset-cache-slabs:", "1" },
	{ "infra-cache-slabs:", "1" },
	{ "key-cache-slabs:", "1" },
	{ "edns-buffer-size:", "1232" },
	{ "harden-glue:", "yes" },
	{ "harden-dnssec-stripped:", "yes" },
	{ "harden-below-nxdomain:", "yes" },
	{ "harden-large-queries:", "yes" },
	{ "harden-short-bufsize:", "yes" },
	/* A server that was down is tried again, not given up for long. */
	{ "infra-keep-probing:", "yes" },
	/* Whoever sends mail could fill the log with his bogus zone. */
	{ "val-log-level:", "0" },
	{ NULL, NULL },
};

static const struct setting when_recursing[] = {
	/* 0x20: more bits that a forger has to guess. */
	{ "use-caps-for-id:", "yes" },
	/* The world's zones have no server on our loopback. */
	{ "do-not-query-localhost:", "yes" },
	{ "infra-host-ttl:", "300" },
	/* Label by label, a DNS list would be asked four times, or ten. */
	{ "qname-minimisation:", "no" },
	/* libunbound's own, for it keeps these two beyond a context. */
	{ "infra-cache-min-rtt:", "50" },
	{ "unknown-server-time-limit:", "376" },
	{ NULL, NULL },
};

static const struct setting when_forwarding[] = {
	{ "do-not-query-localhost:", "no" },
	/* There is no other server to go to when the one comes up again. */
	{ "infra-host-ttl:", "10" },
	/*
	 * A resolver that still works on a hard question is not lost.  It is
	 * asked five times, twice as patiently each time: from libunbound's
	 * own 50 ms on it would be given up after less than two seconds.
	 */
	{ "infra-cache-min-rtt:", "500" },
	{ "unknown-server-time-limit:", "500" },
	/* Home networks have PTR records for their private addresses. */
	{ "unblock-lan-zones:", "yes" },
	{ NULL, NULL },
};

/* Zones that the settings above do not unblock. */
static const char *const local_zones[] = { "home.arpa.", "test." };

/*
 * Private reverse zones (RFC 1918, RFC 4193): whoever has one cannot have it
 * signed from the root, so a signature is not asked for.
 */
static const char *const private_zones[] = {
	"10.in-addr.arpa.",
	"168.192.in-addr.arpa.",
	"16.172.in-addr.arpa.",
	"17.172.in-addr.arpa.",
	"18.172.in-addr.arpa.",
	"19.172.in-addr.arpa.",
	"20.172.in-addr.arpa.",
	"21.172.in-addr.arpa.",
	"22.172.in-addr.arpa.",
	"23.172.in-addr.arpa.",
	"24.172.in-addr.arpa.",
	"25.172.in-addr.arpa.",
	"26.172.in-addr.arpa.",
	"27.172.in-addr.arpa.",
	"28.172.in-addr.arpa.",
	"29.172.in-addr.arpa.",
	"30.172.in-addr.arpa.",
	"31.172.in-addr.arpa.",
	"d.f.ip6.arpa.",
	NULL,
};

/* All of libunbound has one log, however many contexts there are. */
static unsigned int contexts;

static void
set_log(struct ub_ctx *ctx)
{
	FILE *fp = resolver_log();

	if (fp != NULL)
		ub_ctx_debugout(ctx, fp);
	if (log_is_verbose())
		ub_ctx_debuglevel(ctx, 1);
}

static void
delete_ctx(struct ub_ctx *ctx)
{
	if (--contexts == 0)
		ub_ctx_debugout(ctx, stderr);
	ub_ctx_delete(ctx);
	if (contexts == 0)
		resolver_log_close();
}

static int
set(struct ub_ctx *ctx, const char *name, const char *value)
{
	int err;

	if ((err = ub_ctx_set_option(ctx, name, value)) != 0) {
		log_warnx("resolver: %s %s: %s", name, value, ub_strerror(err));
		return -1;
	}
	return 0;
}

static int
set_all(struct ub_ctx *ctx, const struct setting *s)
{
	for (; s->name != NULL; s++) {
		if (set(ctx, s->name, s->value) == -1)
			return -1;
	}
	return 0;
}

static int
set_files(struct ub_ctx *ctx, unsigned int files)
{
	char	     text[16];
	unsigned int tcp;

	if (files > FILES_MAX)
		files = FILES_MAX;
	tcp = files / 8 < TCP_MAX ? files / 8 : TCP_MAX;
	snprintf(text, sizeof(text), "%u", files - tcp);
	if (set(ctx, "outgoing-range:", text) == -1)
		return -1;
	snprintf(text, sizeof(text), "%u", tcp);
	return set(ctx, "outgoing-num-tcp:", text);
}

/*
 * Half of the world's servers' addresses are of a family that this machine
 * may not have: libunbound would try them, and by chance so many in a row
 * that it gives up.
 */
static int
set_family(struct ub_ctx *ctx)
{
	if (!reach(ADDR_IPV4) && reach(ADDR_IPV6))
		return set(ctx, "prefer-ip6:", "yes");
	return set(ctx, "prefer-ip4:", "yes");
}

static int
set_forwards(struct ub_ctx *ctx, const struct fcrdns_conf *conf)
{
	char   addr[ADDR_LEN], text[ADDR_LEN + 8];
	size_t i;
	int    err;

	for (i = 0; private_zones[i] != NULL; i++) {
		if (set(ctx, "domain-insecure:", private_zones[i]) == -1)
			return -1;
	}
	for (i = 0; i < conf->nforwards; i++) {
		snprintf(text, sizeof(text), "%s@%u",
		    addr_print(&conf->forwards[i].addr, addr),
		    conf->forwards[i].port);
		if ((err = ub_ctx_set_fwd(ctx, text)) != 0) {
			log_warnx("resolver: forward to %s: %s", text,
			    ub_strerror(err));
			return -1;
		}
	}
	return 0;
}

static int
unblock_zones(struct ub_ctx *ctx)
{
	size_t i;
	int    err;

	for (i = 0; i < sizeof(local_zones) / sizeof(local_zones[0]); i++) {
		err = ub_ctx_zone_add(ctx, local_zones[i], "transparent");
		if (err != 0) {
			log_warnx("resolver: %s: %s", local_zones[i],
			    ub_strerror(err));
			return -1;
		}
	}
	return 0;
}

static int
set_anchors(struct ub_ctx *ctx, const struct fcrdns_conf *conf)
{
	const char *anchor;
	size_t	    i, n;
	int	    err;

	n = sizeof(root_anchors) / sizeof(root_anchors[0]);
	if (conf->nanchors > 0)
		n = conf->nanchors;
	for (i = 0; i < n; i++) {
		anchor =
		    conf->nanchors > 0 ? conf->anchors[i] : root_anchors[i];
		if ((err = ub_ctx_add_ta(ctx, anchor)) != 0) {
			log_warnx("resolver: trust anchor %s: %s", anchor,
			    ub_strerror(err));
			return -1;
		}
	}
	return 0;
}

static int
set_up(struct ub_ctx *ctx, const struct fcrdns_conf *conf, unsigned int files)
{
	set_log(ctx);
	if (set_all(ctx, always) == -1 || set_files(ctx, files) == -1)
		return -1;
	if (conf->nforwards > 0) {
		if (set_all(ctx, when_forwarding) == -1 ||
		    set_forwards(ctx, conf) == -1)
			return -1;
	} else if (set_all(ctx, when_recursing) == -1 || set_family(ctx) == -1)
		return -1;
	if (set(ctx, "module-config:",
		conf->dnssec ? "validator iterator" : "iterator") == -1)
		return -1;
	if (conf->dnssec && set_anchors(ctx, conf) == -1)
		return -1;
	/* The last thing: nothing can be set after it. */
	return conf->nforwards > 0 ? unblock_zones(ctx) : 0;
}

struct resolver *
resolver_new(struct event_base *base, const struct fcrdns_conf *conf,
    unsigned int files)
{
	struct resolver *r;

	if ((r = calloc(1, sizeof(*r))) == NULL ||
	    (r->ctx = ub_ctx_create_event(base)) == NULL) {
		log_warn("resolver");
		free(r);
		return NULL;
	}
	contexts++;
	r->refs = 1;
	r->validates = conf->dnssec;
	TAILQ_INIT(&r->questions);
	if (set_up(r->ctx, conf, files) == -1) {
		resolver_unref(r);
		return NULL;
	}
	return r;
}

struct resolver *
resolver_ref(struct resolver *r)
{
	r->refs++;
	return r;
}

void
resolver_unref(struct resolver *r)
{
	struct question *q, *next;

	if (r == NULL || --r->refs > 0)
		return;
	/*
	 * libunbound may or may not call back for what it still works on:
	 * nobody listens, and what is left is freed after it.
	 */
	for (q = TAILQ_FIRST(&r->questions); q != NULL;
	     q = TAILQ_NEXT(q, entry)) {
		if (q->slot != NULL)
			resolver_forget(q->slot);
	}
	delete_ctx(r->ctx);
	r->ctx = NULL;
	for (q = TAILQ_FIRST(&r->questions); q != NULL; q = next) {
		next = TAILQ_NEXT(q, entry);
		free(q);
	}
	free(r);
}

int
resolver_validates(const struct resolver *r)
{
	return r->validates;
}

int
resolver_same(const struct fcrdns_conf *a, const struct fcrdns_conf *b)
{
	size_t i;

	if (a->nforwards != b->nforwards || a->dnssec != b->dnssec ||
	    a->nanchors != b->nanchors)
		return 0;
	for (i = 0; i < a->nforwards; i++) {
		if (!addr_equal(&a->forwards[i].addr, &b->forwards[i].addr) ||
		    a->forwards[i].port != b->forwards[i].port)
			return 0;
	}
	for (i = 0; i < a->nanchors; i++) {
		if (strcmp(a->anchors[i], b->anchors[i]) != 0)
			return 0;
	}
	return 1;
}

/* The end of a question: whatever q was, it is gone after this. */
static void
answer_question(struct question *q, const struct reply *reply)
{
	resolver_fn *fn = q->fn;
	void	    *arg = q->arg;
	int	     wanted = q->slot != NULL;

	if (wanted)
		*q->slot = NULL;
	TAILQ_REMOVE(&q->resolver->questions, q, entry);
	q->resolver->nquestions--;
	free(q);
	if (wanted)
		fn(arg, reply);
}

static void
fail_question(struct question *q, enum lookup_state state)
{
	struct reply reply = { .state = state };

	answer_question(q, &reply);
}

static void
on_answer(void *arg, int rcode, void *packet, int len, int sec, char *why,
    int ratelimited)
{
	struct question *q = arg;
	struct reply	 reply = { .state = LOOKUP_SERVFAIL };

	(void)ratelimited;
	if (sec == SEC_BOGUS) {
		reply.state = LOOKUP_BOGUS;
		resolver_log_debug("bogus", why != NULL ? why : "?");
	} else if (rcode == RCODE_REFUSED)
		reply.state = LOOKUP_REFUSED;
	else if (rcode == 0 && packet != NULL && len > 0) {
		reply.state = LOOKUP_ANSWERED;
		reply.secure = sec == SEC_SECURE;
		reply.msg = packet;
		reply.len = (size_t)len;
	}
	answer_question(q, &reply);
}

void
resolver_ask(struct resolver *r, const char *name, enum resolver_type type,
    struct question **slot, resolver_fn *fn, void *arg)
{
	struct question *q;
	struct reply	 none = { .state = LOOKUP_RESOURCES };
	int		 err;

	*slot = NULL;
	if ((q = calloc(1, sizeof(*q))) == NULL) {
		fn(arg, &none);
		return;
	}
	q->resolver = r;
	q->fn = fn;
	q->arg = arg;
	q->slot = slot;
	*slot = q;
	TAILQ_INSERT_TAIL(&r->questions, q, entry);
	r->nquestions++;
	if (r->nquestions > QUESTIONS_MAX) {
		fail_question(q, LOOKUP_OVERLOAD);
		return;
	}
	/* 0: on_answer() was called already, or will be; q may be gone. */
	err =
	    ub_resolve_event(r->ctx, name, type, CLASS_IN, q, on_answer, NULL);
	if (err != 0) {
		resolver_log_debug(ub_strerror(err), name);
		fail_question(q,
		    err == UB_NOMEM ? LOOKUP_RESOURCES : LOOKUP_SERVFAIL);
	}
}

void
resolver_forget(struct question **slot)
{
	struct question *q = *slot;

	if (q == NULL)
		return;
	q->slot = NULL;
	*slot = NULL;
}

static void
on_start(void *arg, const struct reply *reply)
{
	*(enum lookup_state *)arg = reply->state;
}

int
resolver_start(struct resolver *r)
{
	struct question	 *slot;
	enum lookup_state state = LOOKUP_ASKED;

	/* libunbound has this name within itself. */
	resolver_ask(r, "localhost.", RESOLVER_A, &slot, on_start, &state);
	resolver_forget(&slot);
	if (state != LOOKUP_ANSWERED) {
		log_warnx("resolver: does not start");
		return -1;
	}
	return 0;
}
