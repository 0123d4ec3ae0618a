/* SPDX-License-Identifier: ISC */
#include "pf.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pf_parse.h"

/*
 * Both rules decide at once, so they hold wherever the user's own rules that
 * are not quick stand.  Loopback is left to whoever has "set skip on lo".
 */
static void
add_block(struct firewall_text *t, const struct firewall *fw,
    const uint16_t *ports, size_t nports)
{
	firewall_text_add(t,
	    "block drop in quick on ! lo proto tcp from "
	    "! <%s> to any port { ",
	    fw->table);
	firewall_text_ports(t, ports, nports);
	firewall_text_add(t, " }");
}

static void
add_pass(struct firewall_text *t, const struct firewall *fw,
    const uint16_t *ports, size_t nports)
{
	firewall_text_add(t, "pass in quick proto tcp from <%s> to any port { ",
	    fw->table);
	firewall_text_ports(t, ports, nports);
	firewall_text_add(t, " }");
}

char *
pf_rules(const struct firewall *fw, const uint16_t *ports, size_t nports)
{
	struct firewall_text t = { .text = NULL };

	firewall_text_add(&t,
	    "# in /etc/pf.conf, before every other rule "
	    "that passes; then: pfctl -f /etc/pf.conf\n");
	firewall_text_add(&t, "table <%s> persist\n", fw->table);
	add_block(&t, fw, ports, nports);
	firewall_text_add(&t, "\n");
	add_pass(&t, fw, ports, nports);
	firewall_text_add(&t, "\n");
	return t.text;
}

static void
cure_with(char *cure,
    void (*add)(struct firewall_text *, const struct firewall *,
	const uint16_t *, size_t),
    const struct firewall *fw, const uint16_t *ports, size_t nports)
{
	struct firewall_text t = { .text = NULL };

	add(&t, fw, ports, nports);
	strlcpy(cure, t.text == NULL ? "" : t.text, FIREWALL_WHY_LEN);
	free(t.text);
}

/* A tool that fails ends the examination: the rest would fail alike. */
static int
ask(struct firewall_report *report, struct tool *t, const char *flag,
    const char *what)
{
	const char *const argv[] = { PFCTL, flag, NULL };
	char		  why[FIREWALL_WHY_LEN], *cure;

	if (pf_tool(t, argv, NULL, what, why) == FIREWALL_DONE)
		return 0;
	cure = firewall_bad(report, "%.480s", why);
	snprintf(cure, FIREWALL_WHY_LEN, "pfctl %s must work", flag);
	return -1;
}

static int
look_at_status(struct firewall_report *report)
{
	struct tool t;
	char	   *cure;
	int	    ret;

	ret = ask(report, &t, "-si", "pfctl -si");
	if (ret == 0 && pf_parse_enabled(t.out) == 1)
		firewall_good(report, "pf is enabled");
	else if (ret == 0) {
		cure = firewall_bad(report,
		    "pf is not enabled: nothing is blocked");
		strlcpy(cure, "pfctl -e", FIREWALL_WHY_LEN);
	}
	tool_free(&t);
	return ret;
}

/* Where pf is told to look away, no rule shuts anything. */
static int
look_at_skipped(struct firewall_report *report)
{
	struct tool t;
	char	    name[PF_INTERFACE_LEN], *cure;
	int	    ret;

	ret = ask(report, &t, "-vsI", "pfctl -vsI");
	if (ret == 0 && pf_parse_skip(name, t.out)) {
		cure = firewall_bad(report,
		    "pf skips the interface %s: nothing is blocked there",
		    name);
		strlcpy(cure, "set skip on lo", FIREWALL_WHY_LEN);
	}
	tool_free(&t);
	return ret;
}

static int
look_at_table(struct firewall_report *report, const struct firewall *fw)
{
	enum firewall_result result;
	char		     why[FIREWALL_WHY_LEN], *cure;

	result = pf_table(fw, why);
	if (result == FIREWALL_DONE) {
		firewall_good(report, "the table <%s> exists", fw->table);
		return 0;
	}
	cure = firewall_bad(report, "%.480s", why);
	if (result == FIREWALL_ABSENT)
		snprintf(cure, FIREWALL_WHY_LEN, "table <%s> persist",
		    fw->table);
	else
		strlcpy(cure, "pfctl must work", FIREWALL_WHY_LEN);
	return result == FIREWALL_ABSENT ? 0 : -1;
}

static const char *
family_name(enum addr_family family)
{
	return family == ADDR_IPV4 ? "IPv4" : "IPv6";
}

static int
look_at_strangers(struct firewall_report *report, const struct firewall *fw,
    const char *rules, uint16_t port, enum addr_family family)
{
	struct pf_verdict v;

	pf_follow(&v, rules, fw->table, port, family, 0);
	if (v.fate == PF_SHUT)
		return 0;
	if (v.rule == 0) {
		firewall_bad(report, "port %u %s over %s: no rule %s it", port,
		    v.fate == PF_OPEN ? "is open" : "may be open",
		    family_name(family),
		    v.fate == PF_OPEN ? "blocks" : "surely blocks");
		return -1;
	}
	firewall_bad(report, "port %u %s over %s by rule %u: %.200s", port,
	    v.fate == PF_OPEN ? "is open" : "may be open", family_name(family),
	    v.rule, v.text);
	return -1;
}

static int
look_at_let_in(struct firewall_report *report, const struct firewall *fw,
    const char *rules, uint16_t port, enum addr_family family)
{
	struct pf_verdict v;

	pf_follow(&v, rules, fw->table, port, family, 1);
	if (v.fate != PF_SHUT)
		return 0;
	firewall_bad(report,
	    "port %u is shut over %s even for who is in <%s>: rule %u", port,
	    family_name(family), fw->table, v.shut_by);
	return -1;
}

static void
look_at_rules(struct firewall_report *report, const struct firewall *fw,
    const char *rules, const uint16_t *ports, size_t nports)
{
	static const enum addr_family family[] = { ADDR_IPV4, ADDR_IPV6 };
	size_t			      i, f;

	for (i = 0; i < nports; i++) {
		for (f = 0; f < 2; f++) {
			if (look_at_strangers(report, fw, rules, ports[i],
				family[f]) == 0)
				continue;
			cure_with(report->finding[report->n - 1].cure,
			    add_block, fw, ports, nports);
			break; /* one finding a port is enough */
		}
		if (f == 2)
			firewall_good(report,
			    "port %u is shut for who is not in <%s>", ports[i],
			    fw->table);
		for (f = 0; f < 2; f++) {
			if (look_at_let_in(report, fw, rules, ports[i],
				family[f]) == 0)
				continue;
			cure_with(report->finding[report->n - 1].cure, add_pass,
			    fw, ports, nports);
			break;
		}
	}
}

size_t
pf_doctor(const struct firewall *fw, const uint16_t *ports, size_t nports,
    struct firewall_finding findings[FIREWALL_FINDINGS])
{
	struct firewall_report report = { findings, 0 };
	struct tool	       t;

	if (look_at_table(&report, fw) == -1 || look_at_status(&report) == -1 ||
	    look_at_skipped(&report) == -1)
		return report.n;
	if (ask(&report, &t, "-sr", "pfctl -sr") == 0)
		look_at_rules(&report, fw, t.out, ports, nports);
	tool_free(&t);
	return report.n;
}
