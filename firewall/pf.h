/* SPDX-License-Identifier: ISC */
/*
 * The two halves of the pf backend, for each other: pf.c changes tables and
 * ends states, pf_doctor.c looks at rules.
 */
#ifndef PF_H
#define PF_H

#include "backend.h"
#include "tool.h"

#define PFCTL "/sbin/pfctl"

/*
 * Run pfctl, with in (or NULL) as its input.  FIREWALL_DONE when it exits
 * with 0.  FIREWALL_ABSENT leaves why to the caller.  tool_free() in any case.
 */
enum firewall_result pf_tool(struct tool *, const char *const argv[],
    const struct firewall_text *in, const char *what,
    char why[FIREWALL_WHY_LEN]);
/* Root, a name that pf takes, and a table of that name. */
enum firewall_result pf_table(const struct firewall *,
    char why[FIREWALL_WHY_LEN]);

size_t pf_doctor(const struct firewall *, const uint16_t *ports, size_t nports,
    struct firewall_finding[FIREWALL_FINDINGS]);
char  *pf_rules(const struct firewall *, const uint16_t *ports, size_t nports);

#endif /* PF_H */
