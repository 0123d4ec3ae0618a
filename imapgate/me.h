/* SPDX-License-Identifier: ISC */
/*
 * Where do I come from?  The peer of the SSH session that runs the command.
 *
 * sshd tells its shell by SSH_CONNECTION ("CLIENT PORT SERVER PORT").  doas
 * and sudo take that away; then, where there is /proc, the connection of the
 * sshd that we descend from is looked at.
 */
#ifndef ME_H
#define ME_H

#include <stddef.h>

#include "addr.h"

#define ME_ENV "SSH_CONNECTION"

/* A value of SSH_CONNECTION: its client.  0, or -1.  Pure. */
int me_parse(struct addr *, const char *value);
/*
 * A line of Linux's /proc/net/tcp or tcp6: the remote address, if it is the
 * established connection of that inode.  0, or -1.  Pure.
 */
int me_parse_tcp(struct addr *, const char *line, unsigned long inode);

/*
 * Does something keep our environment beyond the session that made it, so
 * that its SSH_CONNECTION may be an old one?  Its name, or NULL.
 */
const char *me_outlives(void);
/* NULL, or a sentence: why it is not known, and what to do about it. */
const char *me_find(struct addr *);
/* Who acts: the user's name before doas or sudo.  Returns buf. */
const char *me_who(char *buf, size_t size);

#endif /* ME_H */
