/* SPDX-License-Identifier: ISC */
/*
 * Giving up privileges, once, in a child: chroot, own uid, and then
 * pledge(2) on OpenBSD or seccomp and Landlock on Linux.  What could not be
 * had is said in the log.  jail.c has what is the same everywhere; the filter
 * is in one backend a system: jail_openbsd.c, jail_linux.c; jail_none.c
 * elsewhere.
 *
 * A build with JAIL_LIGHT (the sanitizers need /proc) changes the ids and
 * the working directory only.  So a jailed program always uses names
 * relative to its root.
 */
#ifndef JAIL_H
#define JAIL_H

enum jail_need {
	JAIL_STDIO = 0, /* memory, descriptors that are open, threads */
	JAIL_INET = 1,	/* make sockets to the Internet */
	JAIL_UNIX = 2,	/* connect to Unix sockets below the root */
	JAIL_FILES = 4, /* the files of struct jail */
	JAIL_FORK = 8	/* processes of our own, in the same jail */
};			/* accept(2), on OpenBSD: INET or UNIX */

struct jail {
	const char *user;  /* NULL: stay who we are (not root) */
	const char *root;  /* chroot here and go to its root */
	int	    needs; /* of enum jail_need */
	/*
	 * JAIL_FILES: folders and files that may be read, ended by NULL (what
	 * is not there is left out), and one folder that may be changed: files
	 * made, renamed, locked, removed.
	 */
	const char *const *readable;
	const char	  *writable;
};

/*
 * chroot and change the ids for good.  Not root already: only chdir, which
 * is said.  0, or -1 with the reason logged; the caller must not go on.
 */
int jail_enter(const struct jail *);
/*
 * The filters, when all is opened and bound, and before the first thread is
 * made.  From then on there are threads but no processes, no listen(2), no
 * TCP port of our own, and no files but the descriptors that are open; unless
 * needs says otherwise.
 * 0, or -1 with the reason logged; the caller must not go on.
 */
int jail_lock(const struct jail *);

#endif /* JAIL_H */
