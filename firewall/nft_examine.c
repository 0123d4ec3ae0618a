/* SPDX-License-Identifier: ISC */
#include "nft_examine.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nft_json.h"

static const enum addr_family families[] = { ADDR_IPV4, ADDR_IPV6 };

static void
look_at_set(struct firewall_report *report, const struct firewall *fw,
    const struct nft_rules *rules, enum addr_family family)
{
	const char *set = family == ADDR_IPV4 ? fw->set : fw->set6;
	const char *type = family == ADDR_IPV4 ? "ipv4_addr" : "ipv6_addr";
	char	   *cure = NULL, away[2 * FIREWALL_NAME_LEN + 32] = "";

	switch (nft_rules_set(rules, fw->table, set, family)) {
	case NFT_SET_GOOD:
		firewall_good(report, "the set %s exists in table %s", set,
		    fw->table);
		return;
	case NFT_SET_NO_TABLE:
		cure = firewall_bad(report, "there is no table %s", fw->table);
		snprintf(away, sizeof(away), "add table %s; ", fw->table);
		break;
	case NFT_SET_ABSENT:
		cure = firewall_bad(report, "there is no set %s in table %s",
		    set, fw->table);
		break;
	case NFT_SET_TYPE:
		cure = firewall_bad(report,
		    "the set %s is not of type %s: make it and the rules that "
		    "use it anew",
		    set, type);
		snprintf(away, sizeof(away), "delete set %s %s; ", fw->table,
		    set);
		break;
	case NFT_SET_INTERVAL:
		cure = firewall_bad(report,
		    "the set %s takes no prefixes: make it and the rules that "
		    "use it anew",
		    set);
		snprintf(away, sizeof(away), "delete set %s %s; ", fw->table,
		    set);
		break;
	}
	snprintf(cure, FIREWALL_WHY_LEN,
	    "nft '%sadd set %s %s { type %s; flags interval; }'", away,
	    fw->table, set, type);
}

static const char *
family_name(enum addr_family family)
{
	return family == ADDR_IPV4 ? "IPv4" : "IPv6";
}

/* A rule of its own; loopback is let through, as in the rules to paste. */
static void
cure_gate(char *cure, const struct firewall *fw, const uint16_t *ports,
    size_t nports, enum addr_family family)
{
	struct firewall_text t = { .text = NULL };

	firewall_text_add(&t, "iif != \"lo\" tcp dport { ");
	firewall_text_ports(&t, ports, nports);
	firewall_text_add(&t, " } %s saddr != @%s drop",
	    family == ADDR_IPV4 ? "ip" : "ip6",
	    family == ADDR_IPV4 ? fw->set : fw->set6);
	strlcpy(cure, t.text == NULL ? "" : t.text, FIREWALL_WHY_LEN);
	free(t.text);
}

/* Whether a stranger's packets are dropped, of both kinds. */
static int
look_at_stranger(struct firewall_report *report, const struct firewall *fw,
    const struct nft_rules *rules, uint16_t port, enum addr_family family)
{
	struct nft_packet  p = { .family = family, .port = port };
	struct nft_verdict v;

	for (p.established = 0; p.established <= 1; p.established++) {
		nft_follow(&v, rules, fw, &p);
		if (v.shut)
			continue;
		if (v.rewritten)
			strlcpy(firewall_bad(report,
				    "port %u over %s: %s may send it to "
				    "another port, before it is dropped",
				    port, family_name(family), v.where),
			    "delete that rule, or gate that port, too",
			    FIREWALL_WHY_LEN);
		else if (!v.dropped_late)
			firewall_bad(report,
			    "port %u is open over %s: no rule drops who is "
			    "not in the set",
			    port, family_name(family));
		else if (p.established)
			firewall_bad(report,
			    "port %u over %s: an open session outlives its "
			    "lease: %s may accept it before a rule drops it",
			    port, family_name(family), v.where);
		else
			firewall_bad(report,
			    "port %u over %s: %s may accept who is not in the "
			    "set, before a rule drops it",
			    port, family_name(family), v.where);
		return -1;
	}
	firewall_good(report, "port %u is shut over %s (%s)", port,
	    family_name(family), v.chain);
	return 0;
}

static void
look_at_let_in(struct firewall_report *report, const struct firewall *fw,
    const struct nft_rules *rules, uint16_t port, enum addr_family family)
{
	struct nft_packet  p = { .family = family, .port = port, .let_in = 1 };
	struct nft_verdict v;
	char		  *cure;

	nft_follow(&v, rules, fw, &p);
	if (!v.shut)
		return;
	cure = firewall_bad(report,
	    "port %u over %s: even who is in the set is dropped (%s)", port,
	    family_name(family), v.chain);
	snprintf(cure, FIREWALL_WHY_LEN,
	    "tcp dport %u %s saddr @%s accept (in that chain)", port,
	    family == ADDR_IPV4 ? "ip" : "ip6",
	    family == ADDR_IPV4 ? fw->set : fw->set6);
}

void
nft_examine(struct firewall_report *report, const struct firewall *fw,
    const uint16_t *ports, size_t nports, const char *json)
{
	struct nft_rules *rules;
	char		 *cure;
	size_t		  f, i;

	if ((rules = nft_rules_new(json)) == NULL) {
		cure = firewall_bad(report,
		    "the listing of nftables is unreadable");
		strlcpy(cure, "nft -j list ruleset (must print JSON)",
		    FIREWALL_WHY_LEN);
		return;
	}
	for (f = 0; f < 2; f++)
		look_at_set(report, fw, rules, families[f]);
	for (i = 0; i < nports; i++) {
		for (f = 0; f < 2; f++) {
			if (look_at_stranger(report, fw, rules, ports[i],
				families[f]) == 0)
				look_at_let_in(report, fw, rules, ports[i],
				    families[f]);
			else {
				cure = report->finding[report->n - 1].cure;
				if (cure[0] == '\0')
					cure_gate(cure, fw, ports, nports,
					    families[f]);
			}
		}
	}
	nft_rules_free(rules);
}
