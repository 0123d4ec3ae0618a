/* SPDX-License-Identifier: ISC */
/*
 * Is the trouble ours?  When most clients of the last minute end in a
 * temperror, our resolver or our network is down, and not the clients' DNS.
 * Pure: time, in seconds of any clock that does not go back, is an input.
 */
#ifndef HEALTH_H
#define HEALTH_H

#include <stdint.h>

#define HEALTH_SLOTS 6
#define HEALTH_SLOT  10 /* seconds */
#define HEALTH_LEAST 10 /* clients that it takes to tell */

enum health_change {
	HEALTH_SAME,
	HEALTH_BEGINS, /* say it once */
	HEALTH_ENDS
};

struct health {
	int64_t slot; /* number of the newest one */
	struct {
		unsigned int clients, temperrors;
	} slots[HEALTH_SLOTS];
	int trouble;
};

/* One more client, and how it ended. */
enum health_change health_add(struct health *, int64_t now, int temperror);
/* The last minute's. */
void health_minute(struct health *, int64_t now, unsigned int *clients,
    unsigned int *temperrors);

#endif /* HEALTH_H */
