/* SPDX-License-Identifier: ISC */
#include "nft_text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NAME_CHARS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/*
 * What nft 1.0.6 refuses where the name of a set is to be: found by trying all
 * strings of its library and all short ones.  Words that another version adds
 * are left to that version's own error.
 */
static const char *const nft_words[] = { "accept", "add", "ah", "all", "and",
	"arp", "bridge", "cgroup", "chain", "comment", "comp", "constant",
	"continue", "counter", "cpu", "create", "ct", "day", "dccp", "define",
	"delete", "describe", "device", "devices", "dnat", "drop", "dst", "dup",
	"dynamic", "ecn", "element", "elements", "eq", "esp", "ether", "exists",
	"expires", "export", "exthdr", "fib", "flags", "flow", "flowtable",
	"flush", "frag", "fwd", "ge", "get", "goto", "gt", "handle", "hbh",
	"hook", "hour", "ibriport", "ibrname", "icmp", "icmpv6", "igmp", "iif",
	"iifgroup", "iifname", "iiftype", "import", "include", "index", "inet",
	"insert", "interval", "ip", "ip6", "ipsec", "jhash", "jump", "le",
	"limit", "list", "log", "lt", "map", "mark", "masquerade", "meta",
	"meter", "mh", "missing", "monitor", "ne", "netdev", "nftrace", "not",
	"notrack", "numgen", "obriport", "obrname", "offload", "oif",
	"oifgroup", "oifname", "oiftype", "or", "osf", "pkttype", "policy",
	"position", "priority", "queue", "quota", "random", "redefine",
	"redirect", "reject", "rename", "replace", "reset", "return", "rt",
	"rt0", "rt2", "rtclassid", "rule", "ruleset", "sctp", "secmark", "set",
	"size", "skgid", "skuid", "snat", "socket", "srh", "symhash",
	"synproxy", "table", "tcp", "th", "time", "timeout", "tproxy", "type",
	"typeof", "udp", "udplite", "undefine", "update", "vlan", "vmap", "xor",
	"xt" };

int
nft_is_word(const char *name)
{
	size_t i;

	for (i = 0; i < nitems(nft_words); i++)
		if (strcmp(nft_words[i], name) == 0)
			return 1;
	return 0;
}

static int
name_good(const char *s)
{
	return s[0] != '\0' && strspn(s, NAME_CHARS) == strlen(s) &&
	    strchr("0123456789-.", s[0]) == NULL;
}

const char *
nft_names(const struct firewall *fw)
{
	if (strncmp(fw->table, "inet ", 5) != 0 || !name_good(fw->table + 5))
		return "the table must be \"inet NAME\"";
	if (!name_good(fw->set))
		return "that cannot be the name of a set";
	if (!name_good(fw->set6) || strcmp(fw->set, fw->set6) == 0)
		return "that cannot be the name of a set6";
	return NULL;
}

static void
add_elements(struct firewall_text *t, const struct firewall *fw,
    const char *name, const struct firewall_set *set, enum addr_family family)
{
	char   text[PREFIX_LEN];
	size_t i, n = 0;

	for (i = 0; i < set->n; i++) {
		if (set->prefix[i].addr.family != family)
			continue;
		if (n++ == 0)
			firewall_text_add(t, "add element %s %s {", fw->table,
			    name);
		firewall_text_add(t, "%s%s", n > 1 ? "," : " ",
		    prefix_print(&set->prefix[i], text));
	}
	if (n > 0)
		firewall_text_add(t, " }\n");
}

char *
nft_replace_text(const struct firewall *fw, const struct firewall_set *set)
{
	struct firewall_text t = { .text = NULL };

	firewall_text_add(&t, "flush set %s %s\nflush set %s %s\n", fw->table,
	    fw->set, fw->table, fw->set6);
	add_elements(&t, fw, fw->set, set, ADDR_IPV4);
	add_elements(&t, fw, fw->set6, set, ADDR_IPV6);
	return t.text;
}

static void
add_drop(struct firewall_text *t, const char *family, const char *set,
    const uint16_t *ports, size_t nports)
{
	firewall_text_add(t, "\t\ttcp dport { ");
	firewall_text_ports(t, ports, nports);
	firewall_text_add(t, " } %s saddr != @%s drop\n", family, set);
}

/*
 * A chain of its own: what it drops is dropped, whatever other chains accept,
 * and what it lets through still meets the others.  May be loaded twice.
 */
char *
nft_rules_text(const struct firewall *fw, const uint16_t *ports, size_t nports)
{
	static const char    set[] = "\tset %s {\n\t\ttype %s\n"
				     "\t\tflags interval\n\t}\n";
	static const char    hook[] = "type filter hook input priority %d; "
				      "policy accept;";
	struct firewall_text t = { .text = NULL };

	firewall_text_add(&t,
	    "# at the end of /etc/nftables.conf; and to "
	    "load it now: nft -f FILE\n");
	firewall_text_add(&t, "add table %s\n", fw->table);
	firewall_text_add(&t, "add chain %s %s_gate { ", fw->table, fw->set);
	firewall_text_add(&t, hook, NFT_PRIORITY);
	firewall_text_add(&t, " }\nflush chain %s %s_gate\n", fw->table,
	    fw->set);
	firewall_text_add(&t, "table %s {\n", fw->table);
	firewall_text_add(&t, set, fw->set, "ipv4_addr");
	firewall_text_add(&t, set, fw->set6, "ipv6_addr");
	firewall_text_add(&t, "\tchain %s_gate {\n\t\t", fw->set);
	firewall_text_add(&t, hook, NFT_PRIORITY);
	firewall_text_add(&t, "\n\t\tiif \"lo\" accept\n");
	add_drop(&t, "ip", fw->set, ports, nports);
	add_drop(&t, "ip6", fw->set6, ports, nports);
	firewall_text_add(&t, "\t}\n}\n");
	return t.text;
}
