/* SPDX-License-Identifier: ISC */
/*
 * The block edge { } of the one file.
 *
 * What several sites may share stands once, in arrays of the whole edge, and
 * is named by its index: servers, certificate pairs, error pages.  Workers
 * keep an array of their own beside each.
 */
#ifndef EDGE_CONF_H
#define EDGE_CONF_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "conf.h"
#include "from.h"

struct rx;

struct edge_listen {
	struct addr	  addr;
	uint16_t	  port; /* 0: the system chooses */
	int		  tls;
	struct conf_where where;
};

/* An upstream server: an address with a port, or a Unix socket. */
struct edge_server {
	struct addr addr; /* ADDR_NONE: socket */
	uint16_t    port;
	char	   *socket; /* absolute path */
};

/* "forward to": indexes into servers, in the order of the file. */
struct edge_forward {
	size_t *primary;
	size_t	nprimary;
	size_t *backup;
	size_t	nbackup;
};

struct edge_pair {
	char		 *chain; /* absolute paths */
	char		 *key;
	struct conf_where where;
};

enum edge_action_kind {
	EDGE_NONE, /* nothing said: 404 */
	EDGE_FORWARD,
	EDGE_REDIRECT,
	EDGE_RETURN
};

struct edge_action {
	enum edge_action_kind kind;
	unsigned int	      status; /* redirect: 301 302 303 307 308 */
	char		     *text;   /* redirect: the URL with its variables;
					 return: the body, or NULL */
	struct edge_forward   forward;
};

enum edge_header_op {
	EDGE_HEADER_SET, /* replaces all of that name */
	EDGE_HEADER_ADD,
	EDGE_HEADER_REMOVE
};

struct edge_header {
	enum edge_header_op op;
	char		   *name;
	char		   *value; /* NULL: remove */
};

struct edge_headers {
	struct edge_header *rules;
	size_t		    n;
};

struct edge_prefixes {
	struct prefix *list;
	size_t	       n;
};

/* pass from is looked at first, then block from; neither: let in. */
struct edge_access {
	struct from pass;
	struct from block;
};

struct edge_location {
	char		   *prefix;  /* or NULL: */
	char		   *pattern; /* a regex on the normalised path */
	struct rx	   *rx;
	struct edge_action  action; /* EDGE_NONE: the site's */
	struct edge_access  access;
	struct edge_headers request;
	struct edge_headers response;
	struct conf_where   where;
};

struct edge_site {
	size_t		      number; /* its index in sites */
	char		    **names;  /* lower case; "*.example.org" too */
	size_t		      nnames;
	int		      is_default;
	size_t		     *pairs; /* indexes; none: no TLS */
	size_t		      npairs;
	struct edge_action    action;
	struct edge_forward   acme; /* none of both: the site's */
	struct edge_location *locations;
	size_t		      nlocations;
	struct edge_access    access;
	struct edge_headers   request;
	struct edge_headers   response;
	unsigned int	      hsts; /* seconds, 0: none */
	int		      hsts_subdomains;
	int		      hsts_preload;
	size_t		      body_size;      /* bytes of a request's body */
	unsigned int	      answer_timeout; /* seconds */
	long		      page; /* index into pages, -1: the built-in */
	struct conf_where     where;
};

enum edge_log_target {
	EDGE_LOG_NO,
	EDGE_LOG_SYSLOG,
	EDGE_LOG_STDERR,
	EDGE_LOG_FILE
};

enum edge_log_format {
	EDGE_LOG_COMBINED,
	EDGE_LOG_JSON
};

struct edge_conf {
	struct edge_listen *listens;
	size_t		    nlistens;
	struct edge_server *servers;
	size_t		    nservers;
	struct edge_pair   *pairs;
	size_t		    npairs;
	char		  **pages; /* absolute paths */
	size_t		    npages;
	struct edge_site   *sites;
	size_t		    nsites;

	unsigned int workers;	  /* 0: one a CPU */
	unsigned int connections; /* of clients, in all */
	unsigned int connections_per_address;
	unsigned int drain; /* seconds */

	/* Seconds, from the first byte that is waited for. */
	unsigned int head_timeout;
	unsigned int idle_timeout;    /* between requests */
	unsigned int connect_timeout; /* of upstreams */
	unsigned int wait_timeout;    /* for an upstream that restarts */
	unsigned int send_timeout;    /* a client that takes nothing */
	unsigned int tunnel_timeout;  /* of a WebSocket without a byte */
	unsigned int pool;	      /* idle connections kept a server */
	unsigned int pool_age;	      /* seconds */

	size_t	     head_size;
	unsigned int head_fields;
	size_t	     body_rate; /* bytes a second, at least */

	enum edge_log_target log;
	enum edge_log_format log_format;
	char		    *log_file;

	struct edge_prefixes trusted; /* "trusted proxy" */
	struct edge_access   access;

	/* "metrics on": a Unix socket, or an address; neither: none. */
	char	   *metrics_socket;
	struct addr metrics_addr;
	uint16_t    metrics_port;
};

const struct edge_conf *edge_conf(const struct conf *);
/* Is there anything to listen on? */
int edge_conf_listens(const struct edge_conf *);

/* Is that address in the list?  Pure. */
int edge_prefixes_have(const struct edge_prefixes *, const struct addr *);

/* Whose "block from" and "pass from" it is. */
enum edge_access_of {
	EDGE_ACCESS_ALL, /* the whole edge's */
	EDGE_ACCESS_SITE /* a site's or a location's */
};

/*
 * What keeps it out, an item of "block from"; NULL: it may come in.  No list
 * keeps out who is in the list "protected", nor does a prefix keep him from
 * the whole edge; but what is open only to some of a site's clients is not
 * opened to him by that: a gateway may stand for the world, and whoever may
 * read his mail is protected.  Pure.
 */
const struct from_item *edge_access_blocks(const struct edge_access *,
    const struct addr *, enum edge_access_of, from_member *, void *arg);
/* May it come in to the whole edge?  Pure. */
int edge_access_passes(const struct edge_access *, const struct addr *,
    from_member *, void *arg);

#endif /* EDGE_CONF_H */
