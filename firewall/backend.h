/* SPDX-License-Identifier: ISC */
/*
 * What a backend is, for the files of this folder only.  Each function is
 * firewall.h's of the same name; the set that is handed in is merged, the one
 * that comes back need not be.
 */
#ifndef BACKEND_H
#define BACKEND_H

#include "firewall.h"

struct firewall_backend {
	enum firewall_result (*replace)(const struct firewall *,
	    const struct firewall_set *, char why[FIREWALL_WHY_LEN]);
	enum firewall_result (*show)(const struct firewall *,
	    struct firewall_set *, char why[FIREWALL_WHY_LEN]);
	enum firewall_result (*end_sessions)(const struct firewall *,
	    const uint16_t *ports, size_t nports,
	    const struct firewall_set *gone, const struct firewall_set *keep,
	    size_t *ended, char why[FIREWALL_WHY_LEN]);
	size_t (*doctor)(const struct firewall *, const uint16_t *ports,
	    size_t nports, struct firewall_finding[FIREWALL_FINDINGS]);
	char *(*rules)(const struct firewall *, const uint16_t *ports,
	    size_t nports);
};

extern const struct firewall_backend firewall_none;
extern const struct firewall_backend firewall_pf;
extern const struct firewall_backend firewall_nftables;

/* Say why, cut at its end, and return the result. */
enum firewall_result firewall_why(char why[FIREWALL_WHY_LEN],
    enum firewall_result, const char *, ...)
    __attribute__((__format__(printf, 3, 4)));

/*
 * The findings of a doctor, one after another.  When there is no room for a
 * bad one it takes the place of the last.
 */
struct firewall_report {
	struct firewall_finding *finding;
	size_t			 n;
};
void firewall_good(struct firewall_report *, const char *, ...)
    __attribute__((__format__(printf, 2, 3)));
/* Returns where the cure goes. */
char *firewall_bad(struct firewall_report *, const char *, ...)
    __attribute__((__format__(printf, 2, 3)));

/*
 * Every address of this machine, and all of loopback: a session from there
 * never comes from outside.  0, or -1 when memory is out.
 */
int firewall_own(struct firewall_set *);

/* A text that grows; broken once memory is out. */
struct firewall_text {
	char  *text; /* NULL when broken or empty */
	size_t len, room;
	int    broken;
};
void firewall_text_add(struct firewall_text *, const char *, ...)
    __attribute__((__format__(printf, 2, 3)));
/* "143, 993" */
void firewall_text_ports(struct firewall_text *, const uint16_t *, size_t);

#endif /* BACKEND_H */
