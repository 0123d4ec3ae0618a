/* SPDX-License-Identifier: ISC */
/*
 * The block milter { } of the one file.
 */
#ifndef MILTER_CONF_H
#define MILTER_CONF_H

#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "conf.h"

struct milter_conf {
	char	    *socket; /* absolute path, or NULL: TCP */
	char	    *group;  /* NULL: root's */
	mode_t	     mode;
	struct addr  addr;
	uint16_t     port;
	char	    *authserv_id; /* never NULL: the host name */
	char	   **exempt;	  /* as written: "abuse", "a@b", "@b" */
	size_t	     nexempt;
	char	    *reject_text; /* templates, checked */
	char	    *tempfail_text;
	int	     observe;
	unsigned int sessions; /* that wait for fcrdnsd at once */
};

const struct milter_conf *milter_conf(const struct conf *);
/* Is there a "listen on"? */
int milter_conf_listens(const struct milter_conf *);

#endif /* MILTER_CONF_H */
