/* SPDX-License-Identifier: ISC */
/*
 * What the edge does at this moment, in numbers: read off the board, the
 * watch and the file, to be written down by prometheus.c and status.c.
 * Plain values; names and texts are borrowed from where they were read.
 */
#ifndef FIGURES_H
#define FIGURES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "board.h"
#include "edge_conf.h"
#include "out.h"
#include "reason.h"

struct watch;

/* What the parent has at hand. */
struct edge_now {
	const struct edge_conf *conf;
	struct board	       *board; /* after board_names() of conf */
	struct watch	       *watch; /* of the pairs of conf, or NULL */
	time_t			started;
	unsigned int		generation;
	unsigned int		workers;  /* of this generation */
	unsigned int		draining; /* of others */
};

#define FIGURES_DIGITS 6 /* of a status: 1 to 5; 0: all */

struct figures_site {
	const char *name; /* its first one */
	uint64_t    by_digit[FIGURES_DIGITS];
};

struct figures_server {
	const char *socket;		 /* NULL: */
	char	    name[ADDR_LEN + 16]; /* "192.0.2.1 port 80" */
	int	    state;		 /* 1 up, 0 down, -1 nobody asked it */
};

struct figures_pair { /* a certificate, once for each of its sites */
	const char *site;
	const char *chain;     /* the file */
	const char *key;       /* "ECDSA P-256", or "" */
	time_t	    not_after; /* 0: there is none */
	const char *problem;   /* of the files as they are now; or NULL */
};

struct figures {
	const char	      *version;
	time_t		       now;
	time_t		       started;
	unsigned int	       generation, workers, draining;
	int64_t		       counters[COUNTERS];
	uint64_t	       reasons[REASONS];
	struct figures_site   *sites;
	size_t		       nsites;
	struct figures_server *servers;
	size_t		       nservers;
	struct figures_pair   *pairs;
	size_t		       npairs;
};

/* Fill in; figures_free() what it points to.  0, or -1: no memory. */
int  figures_read(struct figures *, const struct edge_now *);
void figures_free(struct figures *);

/*
 * Read them and let status_write() or prometheus_write() write them down: a
 * string, to be freed.  NULL: no memory.
 */
char *figures_text(const struct edge_now *,
    void (*write)(struct out *, const struct figures *));

static inline const char *
figures_server_name(const struct figures_server *s)
{
	return s->socket != NULL ? s->socket : s->name;
}

#endif /* FIGURES_H */
