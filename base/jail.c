/* SPDX-License-Identifier: ISC */
/*
 * The part of the jail that is the same everywhere: the root folder and the
 * ids.
 */
#include "jail.h"

#include <sys/types.h>

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "log.h"

static int
go_to(const char *root)
{
	if (root != NULL && chdir(root) == -1) {
		log_warn("chdir %s", root);
		return -1;
	}
	return 0;
}

static int
change_root(const char *root)
{
#ifdef JAIL_LIGHT
	log_info("light jail: no chroot to %s", root == NULL ? "-" : root);
	return go_to(root);
#else
	if (root == NULL)
		return 0;
	if (chroot(root) == -1) {
		log_warn("chroot %s", root);
		return -1;
	}
	return go_to("/");
#endif
}

/* For good: real, effective and saved ids, and a try to get root back. */
static int
change_ids(uid_t uid, gid_t gid)
{
	if (setgroups(1, &gid) == -1) {
		log_warn("setgroups");
		return -1;
	}
	if (setresgid(gid, gid, gid) == -1) {
		log_warn("setresgid");
		return -1;
	}
	if (setresuid(uid, uid, uid) == -1) {
		log_warn("setresuid");
		return -1;
	}
	if (setuid(0) != -1 || seteuid(0) != -1 || setgid(0) != -1 ||
	    setegid(0) != -1 || getuid() != uid || geteuid() != uid ||
	    getgid() != gid || getegid() != gid) {
		log_warnx("root can be had again");
		return -1;
	}
	return 0;
}

int
jail_enter(const struct jail *j)
{
	struct passwd *pw;

	if (j->user == NULL) {
		log_debug("no chroot, no own user: none is wanted");
		return go_to(j->root);
	}
	if (geteuid() != 0) {
		log_info("no chroot, no own user: not root");
		return go_to(j->root);
	}
	errno = 0;
	if ((pw = getpwnam(j->user)) == NULL) {
		if (errno != 0)
			log_warn("user %s", j->user);
		else
			log_warnx("user %s: there is no such user", j->user);
		return -1;
	}
	if (pw->pw_uid == 0 || pw->pw_gid == 0) {
		log_warnx("user %s: has root's user or group id", j->user);
		return -1;
	}
	if (change_root(j->root) == -1)
		return -1;
	return change_ids(pw->pw_uid, pw->pw_gid);
}
