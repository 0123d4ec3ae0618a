/* SPDX-License-Identifier: ISC */
/*
 * What pfctl(8) prints, read back.  Pure: text in, values out; the text may
 * be anything, and what is not understood is never taken for something else.
 */
#ifndef PF_PARSE_H
#define PF_PARSE_H

#include <stddef.h>
#include <stdint.h>

#include "firewall.h"

/* Add what "-T show" prints.  0; -1 when memory is out; else a line number. */
long pf_parse_table(struct firewall_set *, const char *text);

/* One state of "-vvss", TCP only. */
struct pf_state {
	struct addr peer;
	uint16_t    port[2]; /* ours; as on the wire, 0 if not translated */
	uint64_t    id;
	uint32_t    creator;
};

/*
 * The next TCP state of the text at *at, which is moved behind it.  1, or 0
 * at the end.  What is no TCP state, or has no id, is passed over.
 */
int pf_parse_state(struct pf_state *, const char **at);

/*
 * A limit of "-sm", e.g. "table-entries".  0, or -1 if it is not there;
 * SIZE_MAX for unlimited.
 */
int pf_parse_limit(size_t *, const char *text, const char *name);

/* Does "-si" say that pf is enabled?  1, 0, or -1 if it does not say. */
int pf_parse_enabled(const char *text);

#define PF_INTERFACE_LEN 64

/*
 * The first interface but loopback, or group of them, that "-vsI" says is
 * skipped: no rule holds there.  1, or 0 if there is none.
 */
int pf_parse_skip(char name[PF_INTERFACE_LEN], const char *text);

/* What becomes of a stranger's connection to a gated port, by "-sr". */
enum pf_fate {
	PF_SHUT,
	PF_OPEN,   /* it is let in */
	PF_UNSURE, /* some of them, or perhaps */
};

struct pf_verdict {
	enum pf_fate fate;
	unsigned int rule;	/* that lets it in, from 1; 0: no rule at all */
	char	     text[256]; /* of that rule, clean */
	unsigned int shut_by;	/* the first rule that blocks it for good */
};

/*
 * Follow the rules for a new TCP connection from outside to that port.  let_in
 * is whether the peer is in the table.
 */
void pf_follow(struct pf_verdict *, const char *rules, const char *table,
    uint16_t port, enum addr_family, int let_in);

#endif /* PF_PARSE_H */
