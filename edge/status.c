/* SPDX-License-Identifier: ISC */
#include "status.h"

#include <stdint.h>

#include "line.h"

#define DAY 86400

static const struct row {
	const char  *name;
	enum counter counter;
} rows[] = {
	{ "connections", COUNTER_CONNECTIONS },
	{ "open", COUNTER_OPEN },
	{ "idle", COUNTER_IDLE },
	{ "tunnels", COUNTER_TUNNELS },
	{ "refused-connections", COUNTER_REFUSED_ALL },
	{ "refused-per-address", COUNTER_REFUSED_ADDRESS },
	{ "refused-blocked", COUNTER_REFUSED_BLOCKED },
	{ "refused-descriptors", COUNTER_REFUSED_FILES },
	{ "handshakes", COUNTER_HANDSHAKES },
	{ "handshakes-resumed", COUNTER_RESUMED },
	{ "handshakes-failed", COUNTER_HANDSHAKE_FAILED },
	{ "requests", COUNTER_REQUESTS },
	{ "bytes-received", COUNTER_BYTES_IN },
	{ "bytes-sent", COUNTER_BYTES_OUT },
	{ "upstream-idle", COUNTER_UP_IDLE },
	{ "upstream-failed", COUNTER_UP_CONNECT_FAILED },
	{ "log-lost", COUNTER_LOG_LOST },
	{ "offences-told", COUNTER_OFFENCES },
	{ "offences-lost", COUNTER_OFFENCES_LOST },
};

static void
write_site(struct out *o, const struct figures_site *s)
{
	static const char *const codes[FIGURES_DIGITS] = { " answers=", " 1xx=",
		" 2xx=", " 3xx=", " 4xx=", " 5xx=" };
	size_t			 i;

	out_text(o, "site ");
	out_text(o, s->name);
	for (i = 0; i < FIGURES_DIGITS; i++) {
		out_text(o, codes[i]);
		out_number(o, s->by_digit[i]);
	}
	out_text(o, "\n");
}

static void
write_server(struct out *o, const struct figures_server *s)
{
	out_text(o, "upstream ");
	out_text(o, figures_server_name(s));
	out_text(o,
	    s->state == -1    ? " unknown\n" :
		s->state == 1 ? " up\n" :
				" down\n");
}

/* Whole days; what expired today has 0 left, then -1. */
static long long
days_left(time_t now, time_t end)
{
	long long left = (long long)end - (long long)now;

	return left >= 0 ? left / DAY : -((-left + DAY - 1) / DAY);
}

static void
write_pair(struct out *o, const struct figures *f, const struct figures_pair *p)
{
	struct line l;

	line_init(&l);
	if (p->not_after != 0) {
		line_number(&l, "days", days_left(f->now, p->not_after));
		line_field(&l, "key", p->key, 32);
	} else
		line_word(&l, "none");
	line_field(&l, "chain", p->chain, 1024);
	if (p->problem != NULL)
		line_field(&l, "problem", p->problem, 256);
	out_text(o, "certificate ");
	out_text(o, p->site);
	out_text(o, " ");
	out_bytes(o, l.buf, l.len);
	out_text(o, "\n");
}

void
status_write(struct out *o, const struct figures *f)
{
	int64_t n;
	size_t	i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		n = f->counters[rows[i].counter];
		out_text(o, rows[i].name);
		out_text(o, " ");
		out_number(o, n < 0 ? 0 : (uint64_t)n);
		out_text(o, "\n");
	}
	for (i = 0; i < f->nsites; i++)
		write_site(o, &f->sites[i]);
	for (i = 0; i < f->nservers; i++)
		write_server(o, &f->servers[i]);
	for (i = 0; i < f->npairs; i++)
		write_pair(o, f, &f->pairs[i]);
}
