/* SPDX-License-Identifier: ISC */
/*
 * What pfctl prints: tables, states, limits, rules.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firewall.h"
#include "pf_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

/* Merged, no two overlap, and what was in it still is. */
static void
check_table(const char *text)
{
	struct firewall_set set = { NULL, 0 };
	struct addr	    first = { ADDR_NONE, { 0 } };
	size_t		    i;

	(void)pf_parse_table(&set, text);
	if (set.n > 0)
		first = set.prefix[0].addr;
	firewall_set_merge(&set);
	if (set.n > 0)
		must(firewall_set_contains(&set, &first));
	for (i = 1; i < set.n; i++) {
		must(!prefix_contains(&set.prefix[i - 1], &set.prefix[i].addr));
		must(addr_compare(&set.prefix[i - 1].addr,
			 &set.prefix[i].addr) < 0);
	}
	firewall_set_free(&set);
}

static void
check_states(const char *text)
{
	struct pf_state s;
	const char     *at = text, *before = text;

	while (pf_parse_state(&s, &at)) {
		must(at > before);
		must(s.id != 0 && s.peer.family != ADDR_NONE);
		before = at;
	}
	must(*at == '\0');
}

static void
check_rules(const char *text)
{
	struct pf_verdict v;
	int		  let_in;

	for (let_in = 0; let_in <= 1; let_in++) {
		pf_follow(&v, text, "imap_allowed", 993, ADDR_IPV4, let_in);
		must(v.fate != PF_SHUT || v.rule == 0);
		must(strlen(v.text) < sizeof(v.text));
		pf_follow(&v, text, "imap_allowed", 993, ADDR_IPV6, let_in);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char  *text;
	size_t limit;

	if ((text = malloc(len + 1)) == NULL)
		abort();
	memcpy(text, data, len);
	text[len] = '\0';
	check_table(text);
	check_states(text);
	check_rules(text);
	(void)pf_parse_limit(&limit, text, "table-entries");
	(void)pf_parse_enabled(text);
	free(text);
	return 0;
}
