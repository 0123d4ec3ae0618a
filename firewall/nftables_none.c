/* SPDX-License-Identifier: ISC */
/*
 * Where there is no nftables.
 */
#include "backend.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "nft_text.h"

static enum firewall_result
refuse(char why[FIREWALL_WHY_LEN])
{
	return firewall_why(why, FIREWALL_FAILED,
	    "this system has no nftables; is \"backend pf\" meant?");
}

static enum firewall_result
nft_replace(const struct firewall *fw, const struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	(void)fw;
	(void)set;
	return refuse(why);
}

static enum firewall_result
nft_show(const struct firewall *fw, struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	(void)fw;
	(void)set;
	return refuse(why);
}

static enum firewall_result
nft_end_sessions(const struct firewall *fw, const uint16_t *ports,
    size_t nports, const struct firewall_set *gone,
    const struct firewall_set *keep, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	(void)fw;
	(void)ports;
	(void)nports;
	(void)gone;
	(void)keep;
	(void)ended;
	return refuse(why);
}

static size_t
nft_doctor(const struct firewall *fw, const uint16_t *ports, size_t nports,
    struct firewall_finding findings[FIREWALL_FINDINGS])
{
	struct firewall_report report = { findings, 0 };

	(void)fw;
	(void)ports;
	(void)nports;
	strlcpy(firewall_bad(&report, "this system has no nftables"),
	    "backend pf table <imap_allowed>", FIREWALL_WHY_LEN);
	return report.n;
}

const struct firewall_backend firewall_nftables = {
	.replace = nft_replace,
	.show = nft_show,
	.end_sessions = nft_end_sessions,
	.doctor = nft_doctor,
	.rules = nft_rules_text,
};
