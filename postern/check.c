/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "addr.h"
#include "check.h"
#include "fcrdns_conf.h"
#include "global.h"
#include "imapgate_conf.h"
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
summary_fcrdns(const struct fcrdns_conf *c)
{
	char   addr[ADDR_LEN];
	size_t i;

	printf("fcrdns: ");
	if (c->nforwards == 0)
		printf("own recursion");
	for (i = 0; i < c->nforwards; i++)
		printf("%s%s port %u", i == 0 ? "forwards to " : " or ",
		    addr_print(&c->forwards[i].addr, addr),
		    c->forwards[i].port);
	printf(", %s, timeout %us; %zu pass, %zu block, %zu rules\n",
	    c->dnssec ? "DNSSEC" : "no DNSSEC", c->timeout, c->npass, c->nblock,
	    c->nrules);
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
		summary_fcrdns(fcrdns_conf(conf));
		summary_milter(milter_conf(conf));
		summary_imapgate(imapgate_conf(conf));
	}
	conf_unref(conf);
	if (fflush(stdout) == EOF || ferror(stdout))
		return EX_IOERR;
	return EX_OK;
}
