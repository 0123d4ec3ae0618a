/* SPDX-License-Identifier: ISC */
#include "parent_lists.h"

#include <stdlib.h>

#include "addr.h"
#include "global.h"
#include "log.h"
#include "offence_order.h"
#include "set_watch.h"
#include "teller.h"
#include "xalloc.h"

static struct {
	struct set_watch *watch;
	struct teller	 *teller;
	uint64_t	  told, lost; /* that are on the board */
} lists;

int
parent_lists_open(struct daemon_parent *p, const struct conf *conf)
{
	char *path;

	if ((lists.watch = set_watch_new(p, conf)) == NULL)
		return -1;
	path = xasprintf("%s/run/%s", global_conf(conf)->state, OFFENCE_SOCKET);
	lists.teller = teller_new(path);
	free(path);
	if (lists.teller == NULL) {
		log_warnx("out of memory");
		return -1;
	}
	return 0;
}

void
parent_lists_close(void)
{
	set_watch_free(lists.watch);
	teller_free(lists.teller);
}

void
parent_lists_use(const struct conf *conf)
{
	set_watch_use(lists.watch, conf);
}

void
parent_lists_hire(struct daemon_worker *w)
{
	set_watch_hire(lists.watch, w);
}

/*
 * A worker that was taken over can say anything of anybody; what keeps the
 * machine reachable then is the protected set.
 */
int
parent_lists_offence(struct wire_msg *m)
{
	struct addr  addr;
	enum offence offence;

	if (offence_order_read(m, &addr, &offence) == -1)
		return -1;
	teller_tell(lists.teller, &addr, offence);
	return 0;
}

void
parent_lists_count(struct board *b)
{
	uint64_t told, lost;

	teller_stats(lists.teller, &told, &lost);
	board_parent_add(b, COUNTER_OFFENCES, (int64_t)(told - lists.told));
	board_parent_add(b, COUNTER_OFFENCES_LOST,
	    (int64_t)(lost - lists.lost));
	lists.told = told;
	lists.lost = lost;
}
