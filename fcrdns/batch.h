/* SPDX-License-Identifier: ISC */
/*
 * Inquiries for a program that has no event loop of its own: it gives
 * addresses, and gets the findings in the same order, while many are in
 * flight.
 */
#ifndef BATCH_H
#define BATCH_H

struct addr;
struct fcrdns_conf;
struct findings;
struct sets;

enum batch_next {
	BATCH_ADDRESS,
	BATCH_LATER, /* when fd can be read */
	BATCH_END
};

struct batch {
	enum batch_next (*next)(void *arg, struct addr *);
	int		   fd;
	int		   dnsbls; /* ask the DNS lists, too, tested first */
	const struct sets *sets;   /* our own lists; NULL: not looked at */
	void (*done)(void *arg, const struct findings *);
	void *arg;
};

/*
 * Returns when all is done: 0, or -1 with the reason logged.  The process
 * locks itself in on the way (jail.h): what it needs besides the network it
 * has opened before.
 */
int batch_run(const struct fcrdns_conf *, unsigned int inflight,
    const struct batch *);

#endif /* BATCH_H */
