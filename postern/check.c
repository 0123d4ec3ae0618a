/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "addr.h"
#include "check.h"
#include "edge_conf.h"
#include "fcrdns_conf.h"
#include "global.h"
#include "imapgate_conf.h"
#include "lists_conf.h"
#include "milter_conf.h"
#include "units.h"

static void
say_stderr(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

static void
summary_global(const struct global_conf *c)
{
	printf("postern: user %s, state %s, log to %s\n", c->user, c->state,
	    c->log == LOG_TARGET_SYSLOG ? "syslog" : "stderr");
}

static void
summary_lists(const struct lists_conf *c)
{
	static const char *const firewalls[] = { [FIREWALL_NONE] = "none",
		[FIREWALL_PF] = "pf",
		[FIREWALL_NFTABLES] = "nftables" };
	size_t			 i;

	printf("lists:");
	for (i = 0; i < c->nlists; i++)
		printf("%s <%s> of %zu source%s", i == 0 ? "" : ",",
		    c->lists[i].name, c->lists[i].nsources,
		    c->lists[i].nsources == 1 ? "" : "s");
	printf("%s; firewall %s; %zu protected\n",
	    c->nlists == 0 ? " none" : "", firewalls[c->firewall.kind],
	    c->nprotect);
}

static void
summary_bans(const struct bans_conf *c)
{
	char keep[UNITS_LEN], longest[UNITS_LEN];

	printf("bans: keep %s, longest %s; %zu rule%s\n",
	    units_print_duration(c->keep, keep),
	    units_print_duration(c->longest, longest), c->nrules,
	    c->nrules == 1 ? "" : "s");
}

static void
summary_fcrdns(const struct fcrdns_conf *c)
{
	char   addr[ADDR_LEN];
	size_t i, hidden = 0;

	printf("fcrdns: ");
	if (c->nforwards == 0)
		printf("own recursion");
	for (i = 0; i < c->nforwards; i++)
		printf("%s%s port %u", i == 0 ? "forwards to " : " or ",
		    addr_print(&c->forwards[i].addr, addr),
		    c->forwards[i].port);
	printf(", %s, timeout %us; %zu pass, %zu block, %zu dnsbls",
	    c->dnssec ? "DNSSEC" : "no DNSSEC", c->timeout, c->pass.n,
	    c->block.n, c->ndnsbls);
	for (i = 0; i < c->ndnsbls; i++)
		hidden += c->dnsbls[i].zone == NULL;
	if (hidden > 0)
		printf(" (%zu with a hidden zone)", hidden);
	printf(", %zu rules\n", c->nrules);
}

static void
summary_milter(const struct milter_conf *c)
{
	char   addr[ADDR_LEN];
	size_t i;

	if (!milter_conf_listens(c))
		printf("milter: listens nowhere");
	else if (c->socket == NULL)
		printf("milter: listens on %s port %u",
		    addr_print(&c->addr, addr), c->port);
	else
		printf("milter: listens on %s", c->socket);
	printf(" as %s, exempt", c->authserv_id);
	for (i = 0; i < c->nexempt; i++)
		printf("%s %s", i == 0 ? "" : ",", c->exempt[i]);
	printf("%s%s\n", c->nexempt == 0 ? " nobody" : "",
	    c->observe ? "; observes only" : "");
}

static void
summary_imapgate(const struct imapgate_conf *c)
{
	const struct firewall *f = &c->firewall;
	char		       expire[UNITS_LEN];
	size_t		       i;

	printf("imapgate: ");
	switch (f->kind) {
	case FIREWALL_PF:
		printf("pf table <%s>", f->table);
		break;
	case FIREWALL_NFTABLES:
		printf("nftables table %s, sets %s and %s", f->table, f->set,
		    f->set6);
		break;
	case FIREWALL_NONE:
		printf("no firewall");
		break;
	}
	printf(", port");
	for (i = 0; i < c->nports; i++)
		printf("%s %u", i == 0 ? "" : ",", c->ports[i]);
	printf(", expire %s, widest /%u and /%u; %zu permanent\n",
	    units_print_duration(c->expire, expire), c->widest4, c->widest6,
	    c->npermanent);
}

static void
summary_edge(const struct edge_conf *c)
{
	const struct edge_listen *l;
	char			  addr[ADDR_LEN];
	size_t			  i;

	printf("edge: listens ");
	if (!edge_conf_listens(c))
		printf("nowhere");
	for (i = 0; i < c->nlistens; i++) {
		l = &c->listens[i];
		printf("%s%s port %u%s", i == 0 ? "on " : ", ",
		    addr_print(&l->addr, addr), l->port, l->tls ? " tls" : "");
	}
	if (c->workers == 0)
		printf("; a worker a CPU");
	else
		printf("; %u worker%s", c->workers, c->workers == 1 ? "" : "s");
	printf(", %u connections; %zu site%s, %zu server%s\n", c->connections,
	    c->nsites, c->nsites == 1 ? "" : "s", c->nservers,
	    c->nservers == 1 ? "" : "s");
}

static void
summary_forward(const struct edge_conf *c, const struct edge_forward *f)
{
	const struct edge_server *s;
	char			  addr[ADDR_LEN];
	size_t			  i, n;

	for (i = 0; i < f->nprimary + f->nbackup; i++) {
		n = i < f->nprimary ? f->primary[i] :
				      f->backup[i - f->nprimary];
		s = &c->servers[n];
		printf("%s", i == 0 ? "forwards to " : " or ");
		if (s->socket != NULL)
			printf("%s", s->socket);
		else
			printf("%s port %u", addr_print(&s->addr, addr),
			    s->port);
		if (i >= f->nprimary)
			printf(" (backup)");
	}
}

static void
summary_site(const struct edge_conf *c, const struct edge_site *s)
{
	size_t i;

	printf("edge: site");
	for (i = 0; i < s->nnames; i++)
		printf(" %s", s->names[i]);
	printf("%s: ", s->is_default ? " (default)" : "");
	switch (s->action.kind) {
	case EDGE_FORWARD:
		summary_forward(c, &s->action.forward);
		break;
	case EDGE_REDIRECT:
		printf("redirects to %s", s->action.text);
		break;
	case EDGE_RETURN:
		printf("returns %u", s->action.status);
		break;
	case EDGE_NONE:
		printf("nothing of its own");
		break;
	}
	printf(", %zu location%s, %zu certificate%s\n", s->nlocations,
	    s->nlocations == 1 ? "" : "s", s->npairs,
	    s->npairs == 1 ? "" : "s");
}

static int
usage(void)
{
	fprintf(stderr, "usage: postern check [-v] [-f file]\n");
	return EX_USAGE;
}

int
check_main(int argc, char **argv, const char *file)
{
	struct conf *conf;
	size_t	     i;
	int	     c, verbose = 0;

	optreset = optind = 1;
	while ((c = getopt(argc, argv, "f:v")) != -1) {
		switch (c) {
		case 'f':
			file = optarg;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			return usage();
		}
	}
	if (optind != argc)
		return usage();
	if ((conf = conf_read(file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	if (verbose)
		conf_print(conf, stdout);
	else {
		summary_global(global_conf(conf));
		summary_lists(lists_conf(conf));
		summary_bans(bans_conf(conf));
		summary_fcrdns(fcrdns_conf(conf));
		summary_milter(milter_conf(conf));
		summary_imapgate(imapgate_conf(conf));
		summary_edge(edge_conf(conf));
		for (i = 0; i < edge_conf(conf)->nsites; i++)
			summary_site(edge_conf(conf),
			    &edge_conf(conf)->sites[i]);
	}
	conf_unref(conf);
	if (fflush(stdout) == EOF || ferror(stdout))
		return EX_IOERR;
	return EX_OK;
}
