/* SPDX-License-Identifier: ISC */
/*
 * The folder state/imapgate: the file of the leases, its lock, and where
 * broken lines go.
 *
 * The file is never changed in place.  A new one is written beside it,
 * fsynced and renamed over it, and the folder is fsynced: whoever is killed,
 * at any instant, leaves the old file or the new one.  The folders are root's
 * (rather: the caller's), never a symbolic link, and writable by nobody else;
 * what is in them is opened by its name alone, and no link is followed.
 *
 * Each function but store_put() returns 0 or a code of sysexits(3), with the
 * reason logged.
 */
#ifndef STORE_H
#define STORE_H

#include "stamp.h"

struct leases;

struct store {
	int	     dir;  /* -1: the folder is not there, and need not be */
	int	     lock; /* -1: not locked */
	struct stamp read; /* of the file; another one differs */
};

/* make: make what is missing.  Otherwise an absent folder has no leases. */
int  store_open(struct store *, const char *state, int make);
void store_close(struct store *); /* and unlock */
/* Whoever changes the file, or the firewall, has the lock. */
int  store_lock(struct store *);
void store_unlock(struct store *);
/* An absent file has no leases.  Broken lines are logged. */
int store_read(struct store *, struct leases *);
/* Locked.  First keeps the broken lines in leases.broken. */
int store_write(const struct store *, const struct leases *);
/*
 * A file of that name with this text, by the same steps but for the sync of
 * the folder.  0, or -1 with errno: what was there stays.
 */
int store_put(const struct store *, const char *name, const char *text,
    size_t len);

#endif /* STORE_H */
