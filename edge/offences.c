/* SPDX-License-Identifier: ISC */
#include "offences.h"

#include "board.h"
#include "daemon.h"
#include "lists_conf.h"
#include "offence_order.h"
#include "wire.h"

/* Is there a rule in "bans" that counts them? */
static int
is_counted(const struct worker *w, enum offence offence)
{
	const struct bans_conf *bans = bans_conf(w->file);
	size_t			i;

	for (i = 0; i < bans->nrules; i++)
		if (bans->rules[i].offence == offence)
			return 1;
	return 0;
}

void
offences_tell(struct worker *w, const struct addr *addr, enum offence offence)
{
	struct wire_msg m;

	if (!is_counted(w, offence) ||
	    edge_prefixes_have(&w->conf->trusted, addr))
		return;
	if (!bucket_take(&w->offences, worker_now(w), OFFENCES_RATE)) {
		board_count(w->board, COUNTER_OFFENCES_LOST);
		return;
	}
	offence_order_write(&m, addr, offence);
	if (child_tell(w->child, &m) == -1)
		board_count(w->board, COUNTER_OFFENCES_LOST);
}
