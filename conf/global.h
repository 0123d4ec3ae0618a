/* SPDX-License-Identifier: ISC */
/*
 * The words that stand outside any block: user, state, log.
 */
#ifndef GLOBAL_H
#define GLOBAL_H

#include "conf.h"
#include "log.h"

struct global_conf {
	char	       *user;	    /* "_postern" */
	char	       *lists_user; /* "_posternlists" */
	char	       *edge_user;  /* "_posternedge" */
	char	       *state;	    /* absolute path, no "..", no trailing / */
	enum log_target log;
};

const struct global_conf *global_conf(const struct conf *);
/*
 * What a running daemon cannot change: these names stand, whatever the file
 * says now.  Copied; before anybody else has seen the conf.
 */
void global_keep(struct conf *, const char *user, const char *state);

#endif /* GLOBAL_H */
