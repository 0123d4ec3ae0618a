/* SPDX-License-Identifier: ISC */
/*
 * The parent of the HTTPS front: what struct daemon (daemon.h) calls.  One in
 * a process.
 */
#ifndef PARENT_FRONT_H
#define PARENT_FRONT_H

#include "daemon.h"

const char  *front_check(const struct conf *);
int	     front_open(struct daemon_parent *, const struct conf *);
char	    *front_status(void);
unsigned int front_workers(const struct conf *);
unsigned int front_drain(const struct conf *);
int	     front_prepare(struct daemon_parent *, const struct conf *);
void	     front_settle(struct daemon_parent *, int good);
void	     front_hire(struct daemon_parent *, struct daemon_worker *);
void	     front_fired(struct daemon_parent *, unsigned int slot);
int	     front_message(struct daemon_parent *, struct daemon_worker *,
	     struct wire_msg *);
void	     front_usr1(struct daemon_parent *);
void	     front_keep(struct daemon_parent *);
void	     front_close(struct daemon_parent *);

#endif /* PARENT_FRONT_H */
