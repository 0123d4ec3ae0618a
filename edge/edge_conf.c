/* SPDX-License-Identifier: ISC */
#include "edge_conf.h"

#include <stdlib.h>
#include <string.h>

#include "access_conf.h"
#include "board.h"
#include "directive.h"
#include "from.h"
#include "h1.h"
#include "path_conf.h"
#include "site_conf.h"
#include "xalloc.h"

#define LISTENS_MAX 64
#define MINUTE	    60
#define HOUR	    (60 * MINUTE)
#define DAY	    (24 * HOUR)

extern const struct conf_block edge_block;

static int
same_listen(const struct edge_listen *a, const struct edge_listen *b)
{
	return a->port != 0 && a->port == b->port &&
	    addr_equal(&a->addr, &b->addr);
}

/* listen on ADDRESS port N [tls] */
static int
read_listen(void *arg, struct words *w)
{
	static const char *const words[] = { "tls", NULL };
	struct edge_conf	*c = arg;
	struct edge_listen	 l = { .where = w->where };
	size_t			 i;

	if (words_addr(w, &l.addr) == -1 || words_port(w, &l.port, 0) == -1)
		return -1;
	for (i = 0; i < c->nlistens; i++) {
		if (same_listen(&c->listens[i], &l))
			return words_fail(w,
			    "line %u listens on this address and port already",
			    c->listens[i].where.line);
	}
	if (!words_done(w)) {
		if (words_choice(w, words) == -1)
			return -1;
		l.tls = 1;
	}
	if (c->nlistens == LISTENS_MAX)
		return words_fail(w, "more than %d addresses to listen on",
		    LISTENS_MAX);
	c->listens = xreallocarray(c->listens, c->nlistens + 1, sizeof(l));
	c->listens[c->nlistens++] = l;
	return 0;
}

static void
print_listen(const void *arg, struct printer *p)
{
	const struct edge_conf	 *c = arg;
	const struct edge_listen *l;
	size_t			  i;

	for (i = 0; i < c->nlistens; i++) {
		l = &c->listens[i];
		print_begin(p, "listen on");
		print_addr(p, &l->addr);
		print_port(p, l->port);
		if (l->tls)
			print_bare(p, "tls");
		print_end(p);
	}
}

static const char *const targets[] = { [EDGE_LOG_NO] = "no",
	[EDGE_LOG_SYSLOG] = "syslog",
	[EDGE_LOG_STDERR] = "stderr",
	NULL };

static const char *const formats
    [] = { [EDGE_LOG_COMBINED] = "combined", [EDGE_LOG_JSON] = "json", NULL };

static int
read_log_target(struct edge_conf *c, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];

	if (words_take(w, "syslog")) {
		c->log = EDGE_LOG_SYSLOG;
		return 0;
	}
	if (words_take(w, "stderr")) {
		c->log = EDGE_LOG_STDERR;
		return 0;
	}
	if (!words_done(w) && !w->terms[w->at].is_list &&
	    w->terms[w->at].word.text[0] != '/') {
		w->current = &w->terms[w->at].word;
		return words_fail(w,
		    "expected syslog, stderr or an absolute path, got \"%s\"",
		    errors_show(shown, w->current->text));
	}
	if ((text = path_read_file(w, "syslog, stderr or a file")) == NULL)
		return -1;
	c->log = EDGE_LOG_FILE;
	c->log_file = xstrdup(text);
	return 0;
}

/* access log no, access log to TARGET [FORMAT] */
static int
read_log(void *arg, struct words *w)
{
	static const char *const words[] = { "to", "no", NULL };
	struct edge_conf	*c = arg;
	int			 i;

	if ((i = words_choice(w, words)) == -1)
		return -1;
	if (i == 1) {
		c->log = EDGE_LOG_NO;
		return 0;
	}
	if (read_log_target(c, w) == -1)
		return -1;
	if (words_done(w))
		return 0;
	if ((i = words_choice(w, formats)) == -1)
		return -1;
	c->log_format = (enum edge_log_format)i;
	return 0;
}

static void
print_log(const void *arg, struct printer *p)
{
	const struct edge_conf *c = arg;

	print_begin(p, "access log");
	if (c->log != EDGE_LOG_NO)
		print_bare(p, "to");
	if (c->log == EDGE_LOG_FILE)
		print_quoted(p, c->log_file);
	else
		print_bare(p, targets[c->log]);
	if (c->log != EDGE_LOG_NO)
		print_bare(p, formats[c->log_format]);
	print_end(p);
}

/* metrics on socket PATH, metrics on ADDRESS port N */
static int
read_metrics(void *arg, struct words *w)
{
	static const char expected[] = "\"socket\" or a numeric address";
	struct edge_conf *c = arg;
	const char	 *text;
	char		  shown[SHOWN_LEN];

	if (words_take(w, "socket")) {
		if ((text = path_read_socket(w)) == NULL)
			return -1;
		c->metrics_socket = xstrdup(text);
		return 0;
	}
	if ((text = words_next(w, expected)) == NULL)
		return -1;
	if (addr_parse(&c->metrics_addr, text) == -1)
		return words_fail(w, "expected %s, got \"%s\"", expected,
		    errors_show(shown, text));
	return words_port(w, &c->metrics_port, 0);
}

static void
print_metrics(const void *arg, struct printer *p)
{
	const struct edge_conf *c = arg;

	if (c->metrics_socket == NULL && c->metrics_addr.family == ADDR_NONE)
		return;
	print_begin(p, "metrics on");
	if (c->metrics_socket != NULL) {
		print_bare(p, "socket");
		print_quoted(p, c->metrics_socket);
	} else {
		print_addr(p, &c->metrics_addr);
		print_port(p, c->metrics_port);
	}
	print_end(p);
}

static int
edge_finish(void *arg, struct words *w)
{
	struct edge_conf       *c = arg;
	const struct edge_site *s;
	size_t			i, tls = 0;
	int			ret = 0;

	for (i = 0; i < c->nlistens; i++)
		tls += (size_t)c->listens[i].tls;
	for (i = 0; i < c->nsites; i++) {
		s = &c->sites[i];
		c->sites[i].number = i;
		if (s->npairs > 0 && tls == 0)
			ret = words_fail(w,
			    "site \"%s\", in line %u, has a certificate, but "
			    "there is no \"listen on\" with \"tls\"",
			    s->names[0], s->where.line);
	}
	return ret;
}

static void
edge_free(void *arg)
{
	struct edge_conf *c = arg;
	size_t		  i;

	for (i = 0; i < c->nservers; i++)
		free(c->servers[i].socket);
	for (i = 0; i < c->npairs; i++) {
		free(c->pairs[i].chain);
		free(c->pairs[i].key);
	}
	for (i = 0; i < c->npages; i++)
		free(c->pages[i]);
	free(c->listens);
	free(c->servers);
	free(c->pairs);
	free(c->pages);
	free(c->log_file);
	prefixes_free(&c->trusted);
	access_free(&c->access);
	free(c->metrics_socket);
}

#define AT(field) offsetof(struct edge_conf, field)

static const struct directive directives[] = {
	{ .name = "listen on",
	    .flags = CONF_MANY,
	    .read = read_listen,
	    .print = print_listen,
	    .absent = "nothing, postern-edge will not start",
	    .help = "where clients connect, with TLS or without" },
	{ .name = "workers",
	    .type = CONF_NUMBER,
	    .offset = AT(workers),
	    .min = 1,
	    .max = 64,
	    .absent = "one a CPU",
	    .help = "how many processes serve" },
	{ .name = "connections",
	    .type = CONF_NUMBER,
	    .offset = AT(connections),
	    .min = 1,
	    .max = 1000000,
	    .dflt = "4096",
	    .help = "how many clients may be connected at once" },
	{ .name = "connections per address",
	    .type = CONF_NUMBER,
	    .offset = AT(connections_per_address),
	    .min = 1,
	    .max = 1000000,
	    .dflt = "256",
	    .help = "how many of them from one IPv4 address or IPv6 /64" },
	{ .name = "drain",
	    .type = CONF_DURATION,
	    .offset = AT(drain),
	    .min = 1,
	    .max = 7 * DAY,
	    .dflt = "30m",
	    .help = "how long former workers may finish after a reload" },
	{ .name = "head timeout",
	    .type = CONF_DURATION,
	    .offset = AT(head_timeout),
	    .min = 1,
	    .max = 10 * MINUTE,
	    .dflt = "10s",
	    .help = "the deadline for the whole head of a request" },
	{ .name = "idle timeout",
	    .type = CONF_DURATION,
	    .offset = AT(idle_timeout),
	    .min = 1,
	    .max = DAY,
	    .dflt = "1m",
	    .help = "how long a connection may wait for its next request" },
	{ .name = "connect timeout",
	    .type = CONF_DURATION,
	    .offset = AT(connect_timeout),
	    .min = 1,
	    .max = 10 * MINUTE,
	    .dflt = "5s",
	    .help = "how long to wait for a connection to a server" },
	{ .name = "wait timeout",
	    .type = CONF_DURATION,
	    .offset = AT(wait_timeout),
	    .max = 10 * MINUTE,
	    .dflt = "3s",
	    .help = "how long a request waits for a server that restarts" },
	{ .name = "send timeout",
	    .type = CONF_DURATION,
	    .offset = AT(send_timeout),
	    .min = 1,
	    .max = DAY,
	    .dflt = "30s",
	    .help = "how long a client may take no byte of its answer" },
	{ .name = "tunnel timeout",
	    .type = CONF_DURATION,
	    .offset = AT(tunnel_timeout),
	    .min = 1,
	    .max = 30 * DAY,
	    .dflt = "1h",
	    .help = "how long a WebSocket may be silent" },
	{ .name = "pool",
	    .type = CONF_NUMBER,
	    .offset = AT(pool),
	    .max = 10000,
	    .dflt = "64",
	    .help = "idle connections that a worker keeps to each server" },
	{ .name = "pool age",
	    .type = CONF_DURATION,
	    .offset = AT(pool_age),
	    .min = 1,
	    .max = HOUR,
	    .dflt = "30s",
	    .help = "how long such a connection may be idle" },
	{ .name = "head size",
	    .type = CONF_SIZE,
	    .offset = AT(head_size),
	    .min = 1024,
	    .max = 64 * 1024,
	    .dflt = "16k",
	    .help = "the most bytes that a head may have" },
	{ .name = "head fields",
	    .type = CONF_NUMBER,
	    .offset = AT(head_fields),
	    .min = 1,
	    .max = H1_FIELDS_MAX,
	    .dflt = "100",
	    .help = "the most header lines that a head may have" },
	{ .name = "body rate",
	    .type = CONF_SIZE,
	    .offset = AT(body_rate),
	    .max = 1024 * 1024,
	    .dflt = "256",
	    .help = "the bytes a second that a body must bring at least" },
	{ .name = "access log",
	    .read = read_log,
	    .print = print_log,
	    .dflt = "to syslog combined",
	    .help = "where a line for each exchange goes" },
	{ .name = "trusted proxy",
	    .flags = CONF_MANY,
	    .offset = AT(trusted),
	    .read = prefixes_read,
	    .print = prefixes_print,
	    .absent = "nobody",
	    .help = "proxies that are believed about their clients" },
	{ .name = "pass from",
	    .flags = CONF_MANY,
	    .offset = AT(access.pass),
	    .read = from_read,
	    .print = from_print,
	    .help = "let these addresses in, whatever is blocked" },
	{ .name = "block from",
	    .flags = CONF_MANY,
	    .offset = AT(access.block),
	    .read = from_read,
	    .print = from_print,
	    .absent = "nobody",
	    .help = "close the connections of these addresses" },
	{ .name = "metrics on",
	    .read = read_metrics,
	    .print = print_metrics,
	    .absent = "nothing",
	    .help = "where Prometheus reads the counters" },
	{ .name = "site",
	    .type = CONF_BLOCK,
	    .flags = CONF_MANY,
	    .block = &site_block,
	    .offset = AT(sites),
	    .count = AT(nsites),
	    .max = BOARD_SITES,
	    .read = site_read_names,
	    .print = site_print_names,
	    .help = "one site, by its names" },
	{ .name = NULL },
};

const struct conf_block edge_block = {
	.name = "edge",
	.size = sizeof(struct edge_conf),
	.directives = directives,
	.finish = edge_finish,
	.free = edge_free,
};

const struct edge_conf *
edge_conf(const struct conf *conf)
{
	return conf_get(conf, &edge_block);
}

int
edge_conf_listens(const struct edge_conf *c)
{
	return c->nlistens > 0;
}
