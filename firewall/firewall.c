/* SPDX-License-Identifier: ISC */
#include "firewall.h"

#include <stddef.h>
#include <stdint.h>

#include "backend.h"

static const struct firewall_backend *
backend(const struct firewall *fw)
{
	switch (fw->kind) {
	case FIREWALL_PF:
		return &firewall_pf;
	case FIREWALL_NFTABLES:
		return &firewall_nftables;
	case FIREWALL_NONE:
		break;
	}
	return &firewall_none;
}

enum firewall_result
firewall_replace(const struct firewall *fw, const struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	why[0] = '\0';
	return backend(fw)->replace(fw, set, why);
}

enum firewall_result
firewall_show(const struct firewall *fw, struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;

	why[0] = '\0';
	set->prefix = NULL;
	set->n = 0;
	result = backend(fw)->show(fw, set, why);
	if (result == FIREWALL_DONE)
		firewall_set_merge(set);
	else
		firewall_set_free(set);
	return result;
}

enum firewall_result
firewall_end_sessions(const struct firewall *fw, const uint16_t *ports,
    size_t nports, const struct firewall_set *gone,
    const struct firewall_set *keep, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	why[0] = '\0';
	*ended = 0;
	return backend(fw)->end_sessions(fw, ports, nports, gone, keep, ended,
	    why);
}

size_t
firewall_doctor(const struct firewall *fw, const uint16_t *ports, size_t nports,
    struct firewall_finding findings[FIREWALL_FINDINGS])
{
	return backend(fw)->doctor(fw, ports, nports, findings);
}

char *
firewall_rules(const struct firewall *fw, const uint16_t *ports, size_t nports)
{
	return backend(fw)->rules(fw, ports, nports);
}
