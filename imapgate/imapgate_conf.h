/* SPDX-License-Identifier: ISC */
/*
 * The block imapgate { } of the one file.
 */
#ifndef IMAPGATE_CONF_H
#define IMAPGATE_CONF_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "conf.h"
#include "firewall.h"

struct imapgate_permanent {
	struct prefix	  prefix;
	struct conf_where where;
};

struct imapgate_conf {
	struct firewall		   firewall; /* .file is filled in by users */
	uint16_t		  *ports;
	size_t			   nports;
	unsigned int		   expire;  /* seconds */
	unsigned int		   widest4; /* shortest prefix let in */
	unsigned int		   widest6;
	struct imapgate_permanent *permanent;
	size_t			   npermanent;
};

const struct imapgate_conf *imapgate_conf(const struct conf *);

/*
 * May that prefix be let in?  NULL, or a phrase that says why not: it is
 * wider than "widest", or no address that anybody could come from.  Pure.
 */
const char *imapgate_refuses(const struct imapgate_conf *,
    const struct prefix *);

#endif /* IMAPGATE_CONF_H */
