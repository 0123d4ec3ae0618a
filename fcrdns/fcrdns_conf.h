/* SPDX-License-Identifier: ISC */
/*
 * The block fcrdns { } of the one file.
 */
#ifndef FCRDNS_CONF_H
#define FCRDNS_CONF_H

#include <stddef.h>
#include <stdint.h>

#include "action.h"
#include "addr.h"
#include "conf.h"
#include "dnsbl.h"
#include "from.h"

struct rx;

struct fcrdns_forward {
	struct addr addr;
	uint16_t    port;
};

enum fcrdns_on {
	ON_PASS,
	ON_FAIL,
	ON_TEMPERROR,
	ON_PERMERROR,
	ON_NAME,
	ON_SCORE,
	ON_LISTED
};

/* One "on" line; they are tried in the order of the file. */
struct fcrdns_rule {
	enum fcrdns_on	  on;
	char		 *pattern; /* of ON_NAME, else NULL */
	struct rx	 *rx;
	int		  score; /* of ON_SCORE: at least so much */
	char		 *dnsbl; /* of ON_LISTED: its name, else NULL */
	enum action	  action;
	struct conf_where where;
};

struct fcrdns_conf {
	struct fcrdns_forward *forwards; /* none: own recursion */
	size_t		       nforwards;
	int		       dnssec;
	char		     **anchors; /* none: the root's, built in */
	size_t		       nanchors;
	unsigned int	       timeout;	  /* seconds for one inquiry */
	unsigned int	       inquiries; /* in flight in all */
	unsigned int	       inquiries_per_network;
	struct from	       pass;
	struct from	       block;
	struct dnsbl	      *dnsbls;
	size_t		       ndnsbls;
	struct fcrdns_rule    *rules;
	size_t		       nrules;
};

const struct fcrdns_conf *fcrdns_conf(const struct conf *);

#endif /* FCRDNS_CONF_H */
