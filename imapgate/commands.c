/* SPDX-License-Identifier: ISC */
/*
 * The short verbs: sync, expire, rules, doctor.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "gate.h"
#include "imapgate_conf.h"
#include "log.h"
#include "verbs.h"

static int
make_equal(const struct conf *conf, const struct options *opt, int tell)
{
	struct gate	 g;
	struct gate_sync s = { .thorough = 1, .tell = tell };
	int		 code;

	code = gate_open(&g, conf, opt->dry ? GATE_LOOK : GATE_CHANGE,
	    opt->right, 0);
	if (code == 0)
		code = gate_sync(&g, &s);
	gate_close(&g);
	return code;
}

int
verb_sync(const struct conf *conf, const struct options *opt)
{
	return make_equal(conf, opt, 1);
}

int
verb_expire(const struct conf *conf, const struct options *opt)
{
	return make_equal(conf, opt, 0);
}

int
verb_rules(const struct conf *conf, const struct options *opt)
{
	const struct imapgate_conf *c = imapgate_conf(conf);
	char			   *text;

	(void)opt;
	text = firewall_rules(&c->firewall, c->ports, c->nports);
	if (text == NULL) {
		log_warnx("out of memory");
		return EX_OSERR;
	}
	fputs(text, stdout);
	free(text);
	return 0;
}

/* Each line of it behind a tab. */
static void
print_cure(const char *text)
{
	size_t len;

	for (; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		printf("\t%.*s\n", (int)len, text);
	}
}

/* Is the firewall's table what it should be?  1 if so. */
static int
doctor_equal(const struct conf *conf, int *code)
{
	struct gate	 g;
	struct gate_sync s = { .tell = 0 };
	int		 equal = 0;

	if ((*code = gate_open(&g, conf, GATE_LOOK, 0, 1)) == 0 &&
	    (*code = gate_sync(&g, &s)) == 0)
		equal = s.added + s.removed == 0;
	if (*code == 0 && equal)
		printf("good: the firewall has what the leases say: "
		       "%zu prefix%s\n",
		    s.wanted, s.wanted == 1 ? "" : "es");
	else if (*code == 0) {
		printf("bad: the firewall lacks %zu and has %zu too many of "
		       "the %zu prefixes that the leases say\n",
		    s.added, s.removed, s.wanted);
		print_cure("imapgate sync");
	}
	if (*code == 0 && g.clock != LEASE_CLOCK_GOOD) {
		printf("bad: the clock is not believed: nothing expires\n");
		print_cure("imapgate expire -y");
		equal = 0;
	}
	gate_close(&g);
	return equal;
}

int
verb_doctor(const struct conf *conf, const struct options *opt)
{
	const struct imapgate_conf *c = imapgate_conf(conf);
	struct firewall_finding	    finding[FIREWALL_FINDINGS];
	size_t			    i, n;
	int			    code, good;

	(void)opt;
	n = firewall_doctor(&c->firewall, c->ports, c->nports, finding);
	good = n > 0;
	for (i = 0; i < n; i++) {
		printf("%s: %s\n", finding[i].good ? "good" : "bad",
		    finding[i].text);
		if (finding[i].good)
			continue;
		print_cure(finding[i].cure);
		good = 0;
	}
	if (!doctor_equal(conf, &code))
		good = 0;
	if (code == EX_NOPERM)
		return code;
	return good ? 0 : 1;
}
