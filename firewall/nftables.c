/* SPDX-License-Identifier: ISC */
/*
 * nftables, through libnftables: its own words in, one transaction, JSON out.
 */
#include "backend.h"

#include <nftables/libnftables.h>
#include <unistd.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "nft_examine.h"
#include "nft_json.h"
#include "nft_text.h"
#include "sock_destroy.h"

static enum firewall_result
allowed(const struct firewall *fw, char why[FIREWALL_WHY_LEN])
{
	const char *wrong;

	if (geteuid() != 0)
		return firewall_why(why, FIREWALL_DENIED,
		    "only root may use nftables");
	if ((wrong = nft_names(fw)) != NULL)
		return firewall_why(why, FIREWALL_FAILED,
		    "nftables table \"%s\" set \"%s\" set6 \"%s\": %s",
		    fw->table, fw->set, fw->set6, wrong);
	return FIREWALL_DONE;
}

/* What the library said, in one line without its picture of the place. */
static enum firewall_result
trouble(const struct firewall *fw, struct nft_ctx *nft,
    char why[FIREWALL_WHY_LEN])
{
	const char *said = nft_ctx_get_error_buffer(nft), *start;
	char	    text[256];

	if (strstr(said, "Operation not permitted") != NULL)
		return firewall_why(why, FIREWALL_DENIED,
		    "nftables: not permitted");
	if (strstr(said, "No such file or directory") != NULL)
		return firewall_why(why, FIREWALL_ABSENT,
		    "nftables has no set %s or %s in table %s: "
		    "make them with the rules that use them, or alone: "
		    "nft 'table %s { set %s { type ipv4_addr; flags interval; "
		    "}; set %s { type ipv6_addr; flags interval; }; }'",
		    fw->set, fw->set6, fw->table, fw->table, fw->set, fw->set6);
	/* How the kernel says that a set of "size N" is full. */
	if (strstr(said, "Too many open files in system") != NULL)
		return firewall_why(why, FIREWALL_TOO_BIG,
		    "nftables: the set %s or %s is too small: give it a "
		    "larger \"size\", or none",
		    fw->set, fw->set6);
	if ((start = strstr(said, "Error: ")) != NULL)
		said = start + strlen("Error: ");
	line_clean(text, sizeof(text), said, strcspn(said, "\n"));
	return firewall_why(why, FIREWALL_FAILED, "nftables: %s", text);
}

static struct nft_ctx *
open_nft(unsigned int flags)
{
	struct nft_ctx *nft;

	if ((nft = nft_ctx_new(NFT_CTX_DEFAULT)) == NULL)
		return NULL;
	if (nft_ctx_buffer_output(nft) != 0 || nft_ctx_buffer_error(nft) != 0) {
		nft_ctx_free(nft);
		return NULL;
	}
	nft_ctx_output_set_flags(nft, flags);
	return nft;
}

static enum firewall_result
nft_replace(const struct firewall *fw, const struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;
	struct nft_ctx	    *nft;
	char		    *text;

	if ((result = allowed(fw, why)) != FIREWALL_DONE)
		return result;
	if ((text = nft_replace_text(fw, set)) == NULL)
		return firewall_why(why, FIREWALL_FAILED, "out of memory");
	if ((nft = open_nft(0)) == NULL) {
		free(text);
		return firewall_why(why, FIREWALL_FAILED, "out of memory");
	}
	if (nft_run_cmd_from_buffer(nft, text) != 0)
		result = trouble(fw, nft, why);
	nft_ctx_free(nft);
	free(text);
	return result;
}

static enum firewall_result
show_one(struct nft_ctx *nft, const struct firewall *fw, const char *name,
    struct firewall_set *set, char why[FIREWALL_WHY_LEN])
{
	const char *wrong;
	char	    command[2 * FIREWALL_NAME_LEN + 32];

	snprintf(command, sizeof(command), "list set %s %s", fw->table, name);
	if (nft_run_cmd_from_buffer(nft, command) != 0)
		return trouble(fw, nft, why);
	wrong = nft_parse_set(set, nft_ctx_get_output_buffer(nft));
	if (wrong != NULL)
		return firewall_why(why, FIREWALL_FAILED, "nftables set %s: %s",
		    name, wrong);
	return FIREWALL_DONE;
}

static enum firewall_result
nft_show(const struct firewall *fw, struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;
	struct nft_ctx	    *nft;

	if ((result = allowed(fw, why)) != FIREWALL_DONE)
		return result;
	if ((nft = open_nft(NFT_CTX_OUTPUT_JSON)) == NULL)
		return firewall_why(why, FIREWALL_FAILED, "out of memory");
	result = show_one(nft, fw, fw->set, set, why);
	if (result == FIREWALL_DONE)
		result = show_one(nft, fw, fw->set6, set, why);
	nft_ctx_free(nft);
	return result;
}

/*
 * Leaving the set is enough where the rules stand right, but the server
 * would go on sending: so its sockets are ended too.
 */
static enum firewall_result
nft_end_sessions(const struct firewall *fw, const uint16_t *ports,
    size_t nports, const struct firewall_set *gone,
    const struct firewall_set *keep, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;
	struct firewall_set  own;

	if ((result = allowed(fw, why)) != FIREWALL_DONE)
		return result;
	if (firewall_own(&own) == -1)
		return firewall_why(why, FIREWALL_FAILED, "out of memory");
	result = sock_destroy(ports, nports, gone, keep, &own, ended, why);
	firewall_set_free(&own);
	return result;
}

static size_t
nft_doctor(const struct firewall *fw, const uint16_t *ports, size_t nports,
    struct firewall_finding findings[FIREWALL_FINDINGS])
{
	struct firewall_report report = { findings, 0 };
	char		       why[FIREWALL_WHY_LEN];
	struct nft_ctx	      *nft;

	if (allowed(fw, why) != FIREWALL_DONE) {
		firewall_bad(&report, "%.480s", why);
		return report.n;
	}
	nft = open_nft(NFT_CTX_OUTPUT_JSON | NFT_CTX_OUTPUT_TERSE |
	    NFT_CTX_OUTPUT_NUMERIC_PRIO);
	if (nft == NULL || nft_run_cmd_from_buffer(nft, "list ruleset") != 0) {
		if (nft != NULL)
			(void)trouble(fw, nft, why);
		firewall_bad(&report, "%.480s",
		    nft == NULL ? "out of memory" : why);
	} else
		nft_examine(&report, fw, ports, nports,
		    nft_ctx_get_output_buffer(nft));
	if (nft != NULL)
		nft_ctx_free(nft);
	return report.n;
}

const struct firewall_backend firewall_nftables = {
	.replace = nft_replace,
	.show = nft_show,
	.end_sessions = nft_end_sessions,
	.doctor = nft_doctor,
	.rules = nft_rules_text,
};
