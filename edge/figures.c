/* SPDX-License-Identifier: ISC */
#include "figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "watch.h"

#define TEXT_FIRST (16 * 1024)
#define TEXT_MAX   (4 * 1024 * 1024)

static const char *
site_name(const struct edge_site *s)
{
	return s->nnames > 0 ? s->names[0] : "";
}

static void
read_numbers(struct figures *f, struct board *b)
{
	int i;

	for (i = 0; i < COUNTERS; i++)
		f->counters[i] = board_sum(b, (enum counter)i);
	for (i = 0; i < REASONS; i++)
		f->reasons[i] = board_sum_reason(b, (enum reason)i);
}

static void
read_site(struct figures_site *s, size_t i, const struct edge_now *now)
{
	unsigned int digit;

	s->name = site_name(&now->conf->sites[i]);
	for (digit = 0; digit < FIGURES_DIGITS; digit++)
		s->by_digit[digit] = board_sum_site(now->board, i, digit);
}

static void
read_server(struct figures_server *s, size_t i, const struct edge_now *now)
{
	const struct edge_server *server = &now->conf->servers[i];
	char			  text[ADDR_LEN];

	s->socket = server->socket;
	if (s->socket == NULL)
		snprintf(s->name, sizeof(s->name), "%s port %u",
		    addr_print(&server->addr, text), server->port);
	s->state = board_server_state(now->board, i);
}

static void
read_pair(struct figures_pair *p, const struct edge_site *site, size_t pair,
    const struct edge_now *now)
{
	const struct cert_info *info;

	p->site = site_name(site);
	p->chain = now->conf->pairs[pair].chain;
	p->key = "";
	if (now->watch == NULL)
		return;
	if (watch_problem(now->watch, pair)[0] != '\0')
		p->problem = watch_problem(now->watch, pair);
	if ((info = watch_info(now->watch, pair)) == NULL)
		return;
	p->key = info->key;
	p->not_after = info->not_after;
	if (p->problem == NULL && info->state != CERT_GOOD)
		p->problem = info->why;
}

static size_t
count_pairs(const struct edge_conf *conf)
{
	size_t i, n = 0;

	for (i = 0; i < conf->nsites; i++)
		n += conf->sites[i].npairs;
	return n;
}

int
figures_read(struct figures *f, const struct edge_now *now)
{
	const struct edge_conf *conf = now->conf;
	const struct edge_site *s;
	size_t			i, k;

	memset(f, 0, sizeof(*f));
	f->version = VERSION;
	f->now = clock_now();
	f->started = now->started;
	f->generation = now->generation;
	f->workers = now->workers;
	f->draining = now->draining;
	/* One more of each: of none, calloc may return NULL. */
	f->sites = calloc(conf->nsites + 1, sizeof(*f->sites));
	f->servers = calloc(conf->nservers + 1, sizeof(*f->servers));
	f->pairs = calloc(count_pairs(conf) + 1, sizeof(*f->pairs));
	if (f->sites == NULL || f->servers == NULL || f->pairs == NULL)
		return -1;
	read_numbers(f, now->board);
	for (i = 0; i < conf->nservers; i++)
		read_server(&f->servers[f->nservers++], i, now);
	for (i = 0; i < conf->nsites; i++) {
		s = &conf->sites[i];
		read_site(&f->sites[f->nsites++], i, now);
		for (k = 0; k < s->npairs; k++)
			read_pair(&f->pairs[f->npairs++], s, s->pairs[k], now);
	}
	return 0;
}

void
figures_free(struct figures *f)
{
	free(f->sites);
	free(f->servers);
	free(f->pairs);
	f->sites = NULL;
	f->servers = NULL;
	f->pairs = NULL;
}

static char *
text_of(void (*write)(struct out *, const struct figures *),
    const struct figures *f)
{
	struct out o;
	size_t	   size;
	char	  *p;

	for (size = TEXT_FIRST; size <= TEXT_MAX; size *= 2) {
		if ((p = malloc(size)) == NULL)
			return NULL;
		o = (struct out){ .buf = p, .size = size - 1 };
		write(&o, f);
		if (!o.full) {
			p[o.len] = '\0';
			return p;
		}
		free(p);
	}
	return NULL;
}

char *
figures_text(const struct edge_now *now,
    void (*write)(struct out *, const struct figures *))
{
	struct figures f;
	char	      *p = NULL;

	if (figures_read(&f, now) == 0)
		p = text_of(write, &f);
	figures_free(&f);
	return p;
}
