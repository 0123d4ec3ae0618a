/* SPDX-License-Identifier: ISC */
/*
 * postern-edge(8): the parent binds listeners, watches certificates and keeps
 * what outlives a worker; the jailed workers serve.
 */
#include <syslog.h>

#include "board.h"
#include "daemon.h"
#include "parent_front.h"
#include "worker.h"

int
main(int argc, char *argv[])
{
	static const struct daemon daemon = {
		.name = "postern-edge",
		.facility = LOG_DAEMON,
		.check = front_check,
		.open = front_open,
		.child = edge_worker,
		.status = front_status,
		.workers = front_workers,
		.slots = BOARD_SLOTS,
		.drain = front_drain,
		.prepare = front_prepare,
		.settle = front_settle,
		.hire = front_hire,
		.fired = front_fired,
		.message = front_message,
		.usr1 = front_usr1,
		.keep = front_keep,
		.close = front_close,
	};

	return daemon_main(&daemon, argc, argv);
}
