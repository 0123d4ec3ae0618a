/* SPDX-License-Identifier: ISC */
#include "prometheus.h"

#define PREFIX "postern_edge_"

enum kind {
	TOTAL, /* a counter: only goes up, but for a restart */
	GAUGE
};

/* Numbers of the board, row by row; those of one name stand together. */
static const struct row {
	enum counter counter;
	enum kind    kind;
	const char  *name;
	const char  *label; /* or NULL */
	const char  *value;
	const char  *help; /* NULL: as the row before */
} rows[] = {
	{ COUNTER_CONNECTIONS, TOTAL, "connections_total", NULL, NULL,
	    "Connections of clients that were accepted." },
	{ COUNTER_OPEN, GAUGE, "connections_open", NULL, NULL,
	    "Connections of clients that are open." },
	{ COUNTER_IDLE, GAUGE, "connections_idle", NULL, NULL,
	    "Open connections of clients between two requests." },
	{ COUNTER_TUNNELS, GAUGE, "tunnels_open", NULL, NULL,
	    "Open connections that became WebSockets or the like." },
	{ COUNTER_REFUSED_ALL, TOTAL, "refused_total", "limit", "connections",
	    "Connections that were closed at once, or not accepted." },
	{ COUNTER_REFUSED_ADDRESS, TOTAL, "refused_total", "limit",
	    "connections per address", NULL },
	{ COUNTER_REFUSED_BLOCKED, TOTAL, "refused_total", "limit",
	    "block from", NULL },
	{ COUNTER_REFUSED_FILES, TOTAL, "refused_total", "limit", "descriptors",
	    NULL },
	{ COUNTER_HANDSHAKES, TOTAL, "handshakes_total", NULL, NULL,
	    "TLS handshakes that were finished." },
	{ COUNTER_RESUMED, TOTAL, "handshakes_resumed_total", NULL, NULL,
	    "Of these, those with a ticket." },
	{ COUNTER_TLS12, TOTAL, "handshakes_version_total", "version",
	    "TLSv1.2", "Of these, those of each version." },
	{ COUNTER_TLS13, TOTAL, "handshakes_version_total", "version",
	    "TLSv1.3", NULL },
	{ COUNTER_HANDSHAKE_FAILED, TOTAL, "handshakes_failed_total", NULL,
	    NULL, "TLS handshakes that came to nothing." },
	{ COUNTER_NO_SNI_SITE, TOTAL, "handshakes_unknown_name_total", NULL,
	    NULL, "TLS handshakes for a name that is no site." },
	{ COUNTER_PLAIN_ON_TLS, TOTAL, "plain_on_tls_total", NULL, NULL,
	    "Connections that spoke HTTP to a TLS port." },
	{ COUNTER_REQUESTS, TOTAL, "requests_total", NULL, NULL,
	    "Requests of clients." },
	{ COUNTER_1XX, TOTAL, "responses_total", "code", "1xx",
	    "Answers to clients, by the class of their status." },
	{ COUNTER_2XX, TOTAL, "responses_total", "code", "2xx", NULL },
	{ COUNTER_3XX, TOTAL, "responses_total", "code", "3xx", NULL },
	{ COUNTER_4XX, TOTAL, "responses_total", "code", "4xx", NULL },
	{ COUNTER_5XX, TOTAL, "responses_total", "code", "5xx", NULL },
	{ COUNTER_BYTES_IN, TOTAL, "received_bytes_total", NULL, NULL,
	    "Bytes of requests, from clients." },
	{ COUNTER_BYTES_OUT, TOTAL, "sent_bytes_total", NULL, NULL,
	    "Bytes of answers, to clients." },
	{ COUNTER_UP_CONNECTS, TOTAL, "upstream_connects_total", NULL, NULL,
	    "Connections to upstream servers that were made." },
	{ COUNTER_UP_CONNECT_FAILED, TOTAL, "upstream_connects_failed_total",
	    NULL, NULL, "Connections to upstream servers that failed." },
	{ COUNTER_UP_REUSED, TOTAL, "upstream_reused_total", NULL, NULL,
	    "Requests that went over an idle upstream connection." },
	{ COUNTER_UP_RETRIES, TOTAL, "upstream_retries_total", NULL, NULL,
	    "Requests that were sent once more." },
	{ COUNTER_UP_WAITED, TOTAL, "upstream_waited_total", NULL, NULL,
	    "Requests that waited for an upstream server to come back." },
	{ COUNTER_UP_IDLE, GAUGE, "upstream_idle", NULL, NULL,
	    "Idle connections to upstream servers." },
	{ COUNTER_LOG_LOST, TOTAL, "log_lines_lost_total", NULL, NULL,
	    "Access lines that could not be written." },
	{ COUNTER_OFFENCES, TOTAL, "offences_told_total", NULL, NULL,
	    "Offences of clients that postern-lists was told of." },
	{ COUNTER_OFFENCES_LOST, TOTAL, "offences_lost_total", NULL, NULL,
	    "Offences that could not be told, or were too many." },
};

static void
signed_number(struct out *o, int64_t n)
{
	if (n < 0)
		out_text(o, "-");
	out_number(o, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

static void
head(struct out *o, const char *name, enum kind kind, const char *help)
{
	out_text(o, "# HELP " PREFIX);
	out_text(o, name);
	out_text(o, " ");
	out_text(o, help);
	out_text(o, "\n# TYPE " PREFIX);
	out_text(o, name);
	out_text(o, kind == TOTAL ? " counter\n" : " gauge\n");
}

/* A label's value: three bytes are escaped, nothing else. */
static void
quoted(struct out *o, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\n')
			out_text(o, "\\n");
		else {
			if (*s == '"' || *s == '\\')
				out_text(o, "\\");
			out_bytes(o, s, 1);
		}
	}
}

/* sep is "{" before the first one, "," after. */
static void
label(struct out *o, const char *sep, const char *name, const char *value)
{
	out_text(o, sep);
	out_text(o, name);
	out_text(o, "=\"");
	quoted(o, value);
	out_text(o, "\"");
}

static void
begin(struct out *o, const char *name)
{
	out_text(o, PREFIX);
	out_text(o, name);
}

static void
end(struct out *o, const char *close, int64_t n)
{
	out_text(o, close);
	out_text(o, " ");
	signed_number(o, n);
	out_text(o, "\n");
}

/* A name with one number. */
static void
single(struct out *o, const char *name, const char *help, int64_t n)
{
	head(o, name, GAUGE, help);
	begin(o, name);
	end(o, "", n);
}

static void
write_process(struct out *o, const struct figures *f)
{
	head(o, "build_info", GAUGE, "The version, as a label.");
	begin(o, "build_info");
	label(o, "{", "version", f->version);
	end(o, "}", 1);
	single(o, "start_time_seconds", "When the parent began (Unix time).",
	    f->started);
	single(o, "uptime_seconds", "How long that is ago.",
	    f->now < f->started ? 0 : f->now - f->started);
	single(o, "generation", "Counts the reloads and upgrades.",
	    f->generation);
	head(o, "workers", GAUGE, "Processes that serve.");
	begin(o, "workers");
	label(o, "{", "state", "serving");
	end(o, "}", f->workers);
	begin(o, "workers");
	label(o, "{", "state", "draining");
	end(o, "}", f->draining);
}

static void
write_counters(struct out *o, const struct figures *f)
{
	const struct row *r;
	size_t		  i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		r = &rows[i];
		if (r->help != NULL)
			head(o, r->name, r->kind, r->help);
		begin(o, r->name);
		if (r->label != NULL)
			label(o, "{", r->label, r->value);
		end(o, r->label != NULL ? "}" : "", f->counters[r->counter]);
	}
}

static void
write_reasons(struct out *o, const struct figures *f)
{
	int i;

	head(o, "exchanges_total", TOTAL,
	    "Exchanges by why they ended, the word of the access log.");
	for (i = 0; i < REASONS; i++) {
		begin(o, "exchanges_total");
		label(o, "{", "reason", reason_word((enum reason)i));
		end(o, "}", (int64_t)f->reasons[i]);
	}
}

static void
write_sites(struct out *o, const struct figures *f)
{
	static const char *const codes[FIGURES_DIGITS] = { "", "1xx", "2xx",
		"3xx", "4xx", "5xx" };
	size_t			 i, k;

	if (f->nsites == 0)
		return;
	head(o, "site_responses_total", TOTAL,
	    "Answers of each site, by the class of their status.");
	for (i = 0; i < f->nsites; i++)
		for (k = 1; k < FIGURES_DIGITS; k++) {
			begin(o, "site_responses_total");
			label(o, "{", "site", f->sites[i].name);
			label(o, ",", "code", codes[k]);
			end(o, "}", (int64_t)f->sites[i].by_digit[k]);
		}
}

static void
write_servers(struct out *o, const struct figures *f)
{
	const struct figures_server *s;
	size_t			     i;
	int			     said = 0;

	for (i = 0; i < f->nservers; i++) {
		s = &f->servers[i];
		if (s->state == -1)
			continue;
		if (!said++)
			head(o, "upstream_up", GAUGE,
			    "Did it take the last connection?  None: no try.");
		begin(o, "upstream_up");
		label(o, "{", "upstream", figures_server_name(s));
		end(o, "}", s->state);
	}
}

static void
pair_line(struct out *o, const char *name, const struct figures_pair *p,
    int64_t n)
{
	begin(o, name);
	label(o, "{", "site", p->site);
	label(o, ",", "chain", p->chain);
	label(o, ",", "key", p->key);
	end(o, "}", n);
}

static void
write_pairs(struct out *o, const struct figures *f)
{
	size_t i;

	if (f->npairs == 0)
		return;
	head(o, "certificate_expiry_timestamp_seconds", GAUGE,
	    "When the certificate in use expires (Unix time).");
	for (i = 0; i < f->npairs; i++)
		if (f->pairs[i].not_after != 0)
			pair_line(o, "certificate_expiry_timestamp_seconds",
			    &f->pairs[i], f->pairs[i].not_after);
	head(o, "certificate_problem", GAUGE,
	    "1: its files are no good as they are; the log says why.");
	for (i = 0; i < f->npairs; i++)
		pair_line(o, "certificate_problem", &f->pairs[i],
		    f->pairs[i].problem != NULL);
}

void
prometheus_write(struct out *o, const struct figures *f)
{
	write_process(o, f);
	write_counters(o, f);
	write_reasons(o, f);
	write_sites(o, f);
	write_servers(o, f);
	write_pairs(o, f);
}
