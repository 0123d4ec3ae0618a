/* SPDX-License-Identifier: ISC */
#include "explain.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "addr.h"
#include "batch.h"
#include "client.h"
#include "conf.h"
#include "explain_lists.h"
#include "fcrdns_conf.h"
#include "global.h"
#include "iprev.h"
#include "known.h"
#include "proto.h"
#include "sets.h"
#include "verdict.h"
#include "xalloc.h"

/* What fcrdnsd may take longer than its own deadline. */
#define PATIENCE_MS 2000

#define LABEL EXPLAIN_LABEL

static void
print_lookups(FILE *out, const struct findings *f)
{
	char	     reverse[ADDR_REVERSE_LEN];
	const char  *type = f->addr.family == ADDR_IPV4 ? "A" : "AAAA";
	unsigned int i;

	fprintf(out, LABEL "%s PTR: ", "asked",
	    addr_reverse(&f->addr, reverse));
	if (f->iprev == IPREV_TEMPERROR && f->nptrs == 0)
		fprintf(out, "%s\n", cause_text(f->cause));
	else
		fprintf(out, "%u record%s\n", f->nptrs,
		    f->nptrs == 1 ? "" : "s");
	if (f->ninvalid > 0)
		fprintf(out, LABEL "%u of them: no host name, not used\n", "",
		    f->ninvalid);
	for (i = 0; i < f->nnames; i++)
		fprintf(out, LABEL "%s %s: %s\n", i == 0 ? "asked" : "",
		    f->names[i].name, type, name_state_name(f->names[i].state));
	if (f->nptrs - f->ninvalid > f->nnames)
		fprintf(out, LABEL "%u more names: not asked\n", "",
		    f->nptrs - f->ninvalid - f->nnames);
}

static void
print_findings(FILE *out, const struct fcrdns_conf *c, const struct findings *f)
{
	print_lookups(out, f);
	explain_dnsbls(out, c, f);
	fprintf(out, LABEL "%s\n", "result", iprev_name(f->iprev));
	fprintf(out, LABEL "%s (%s)\n", "cause", cause_text(f->cause),
	    cause_name(f->cause));
	fprintf(out, LABEL "%s\n", "dnssec", dnssec_name(f->dnssec));
	fprintf(out, LABEL "%u ms%s, holds for %u s\n", "took", f->elapsed_ms,
	    f->cached ? " (from the cache)" : "", f->ttl);
}

static void
print_line(FILE *out, const struct conf_where *where, const char *words)
{
	if (where->file == NULL)
		fprintf(out, LABEL "none: %s\n", "line",
		    strcmp(words, "default") == 0 ? "the default" : words);
	else
		fprintf(out, LABEL "%s:%u: %s\n", "line", where->file,
		    where->line, words);
}

void
explain_print(FILE *out, const struct fcrdns_conf *c, const struct addr *addr,
    const struct findings *f, const struct verdict *v)
{
	char text[ADDR_LEN];

	fprintf(out, LABEL "%s\n", "address", addr_print(addr, text));
	if (f != NULL)
		explain_own(out, c, f);
	if (f == NULL || f->iprev == IPREV_UNASKED)
		fprintf(out, LABEL "nothing: decided by the address\n",
		    "asked");
	else
		print_findings(out, c, f);
	if (f != NULL && f->ndnsbls > 0)
		fprintf(out, LABEL "%d\n", "score", v->score);
	if (v->tagged) {
		fprintf(out, LABEL "%s\n", "tagged", v->tag_why);
		print_line(out, &v->tag_where, v->tag_rule);
	}
	fprintf(out, LABEL "%s\n", "verdict", action_name(v->action));
	fprintf(out, LABEL "%s\n", "why", v->why);
	print_line(out, &v->where, v->rule);
}

/* One address, for batch_run(). */
struct one {
	const struct addr *addr; /* NULL: it was given */
	struct findings	  *findings;
};

static enum batch_next
next(void *arg, struct addr *addr)
{
	struct one *one = arg;

	if (one->addr == NULL)
		return BATCH_END;
	*addr = *one->addr;
	one->addr = NULL;
	return BATCH_ADDRESS;
}

static void
done(void *arg, const struct findings *f)
{
	struct one *one = arg;

	*one->findings = *f;
}

/* As fcrdnsd would.  0, or -1 with the reason logged. */
static int
look_up(const struct conf *conf, const struct addr *addr, struct findings *f,
    FILE *out)
{
	const struct fcrdns_conf *c = fcrdns_conf(conf);
	struct one		  one = { .addr = addr, .findings = f };
	struct batch		  batch = { .next = next,
			     .done = done,
			     .fd = -1,
			     .dnsbls = 1,
			     .arg = &one };
	struct sets		 *sets;
	size_t			  i;
	int			  ret = 0;

	if ((sets = known_open(conf)) == NULL)
		return -1;
	batch.sets = sets;
	if (!known_early(f, addr, c, sets)) {
		fprintf(out,
		    LABEL "the DNS from here: fcrdnsd does not run "
			  "or may not be asked\n",
		    "asking");
		for (i = 0; i < c->ndnsbls; i++)
			if (c->dnsbls[i].zone == NULL)
				fprintf(out,
				    LABEL "not %s: its zone is hidden\n", "",
				    c->dnsbls[i].name);
		fflush(out);
		ret = batch_run(c, 1, &batch);
	}
	sets_free(sets);
	return ret;
}

/* 1 if fcrdnsd answered. */
static int
ask_fcrdnsd(const struct conf *conf, const struct addr *addr,
    struct findings *f)
{
	struct fcrdns_client *client;
	struct fcrdns_ask    *ask;
	char		     *path;
	int		      ms;

	path = xasprintf("%s/run/%s", global_conf(conf)->state, FCRDNSD_SOCKET);
	client = fcrdns_client_new(path, 1);
	free(path);
	ms = (int)fcrdns_conf(conf)->timeout * 1000 + PATIENCE_MS;
	if ((ask = fcrdns_ask(client, addr)) == NULL)
		findings_trouble(f, addr, CAUSE_UNREACHABLE);
	else
		fcrdns_answer(ask, ms, f);
	fcrdns_client_free(client);
	return f->cause != CAUSE_UNREACHABLE;
}

int
explain_address(const struct conf *conf, const struct addr *addr, FILE *out)
{
	const struct fcrdns_conf *c = fcrdns_conf(conf);
	struct findings		  f;
	struct verdict		  v;

	if (verdict_early(&v, addr, c, NULL)) {
		explain_print(out, c, addr, NULL, &v);
		return 0;
	}
	if (ask_fcrdnsd(conf, addr, &f))
		fprintf(out, LABEL "fcrdnsd, which runs\n", "asking");
	else if (look_up(conf, addr, &f, out) == -1)
		return EX_OSERR;
	verdict_of(&v, &f, c);
	explain_print(out, c, addr, &f, &v);
	return f.iprev == IPREV_TEMPERROR ? EX_TEMPFAIL : 0;
}
