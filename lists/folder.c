/* SPDX-License-Identifier: ISC */
#include "folder.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "flock.h"
#include "global.h"
#include "log.h"
#include "state.h"

/* How one of the folders shall be. */
struct shape {
	const char *name;
	mode_t	    mode;
	uid_t	    uid;
	gid_t	    gid;
	int	    ours; /* nobody else says how it is */
};

static const int look = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/* The lists user's; not as root: whoever we are. */
static int
user_of(const struct conf *conf, uid_t *uid, gid_t *gid)
{
	const char    *name = global_conf(conf)->lists_user;
	struct passwd *pw;

	*uid = geteuid();
	*gid = getegid();
	if (*uid != 0)
		return 0;
	errno = 0;
	if ((pw = getpwnam(name)) == NULL) {
		if (errno != 0)
			log_warn("user %s", name);
		else
			log_warnx("user %s: there is no such user", name);
		return EX_NOUSER;
	}
	if (pw->pw_uid == 0 || pw->pw_gid == 0) {
		log_warnx("user %s: has root's user or group id", name);
		return EX_CONFIG;
	}
	*uid = pw->pw_uid;
	*gid = pw->pw_gid;
	return 0;
}

/*
 * Open a folder, and no link.  The descriptor; -1 with errno: it is not there
 * (ENOENT) or what is wrong is logged.
 */
static int
open_folder(int at, const char *name)
{
	int fd, err;

	fd = openat(at, name, look);
	err = errno;
	if (fd == -1 && (err == ENOTDIR || err == ELOOP))
		log_warnx("%s is a symbolic link or no folder: refused", name);
	else if (fd == -1 && err != ENOENT)
		log_warn("%s", name);
	errno = err;
	return fd;
}

/* As root what is there already may be somebody's trap. */
static int
set_right(int fd, const struct shape *s)
{
	struct stat st;
	int	    group;

	if (fstat(fd, &st) == -1) {
		log_warn("%s", s->name);
		return -1;
	}
	if (st.st_uid != 0 && st.st_uid != geteuid() && st.st_uid != s->uid) {
		log_warnx("the folder %s belongs to somebody else: refused",
		    s->name);
		return -1;
	}
	group = (st.st_mode & S_IWGRP) &&
	    ((s->mode & S_IWGRP) == 0 || st.st_gid != s->gid);
	if ((st.st_mode & S_IWOTH) || group) {
		log_warnx("the folder %s is writable by others: refused",
		    s->name);
		return -1;
	}
	if (!s->ours || geteuid() != 0)
		return 0;
	/* Owner first: the mode must not be open for a wrong group. */
	if (((st.st_uid != s->uid || st.st_gid != s->gid) &&
		fchown(fd, s->uid, s->gid) == -1) ||
	    ((st.st_mode & 07777) != s->mode && fchmod(fd, s->mode) == -1)) {
		log_warn("the folder %s", s->name);
		return -1;
	}
	return 0;
}

/* Open it, made if it is missing; -1 with the reason logged. */
static int
make_folder(int at, const struct shape *s)
{
	int fd;

	fd = open_folder(at, s->name);
	if (fd == -1 && errno == ENOENT) {
		/* Narrow until it has its owner. */
		if (mkdirat(at, s->name, s->mode & 0755) == -1 &&
		    errno != EEXIST) {
			log_warn("cannot make the folder %s", s->name);
			return -1;
		}
		if (at != AT_FDCWD)
			fsync(at);
		fd = open_folder(at, s->name);
	}
	if (fd != -1 && set_right(fd, s) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

/*
 * Effective ids only, so that they can be given back.  The groups go with
 * them: root's supplementary ones are not the lists user's.
 */
static int
take_ids(struct folder *f, uid_t uid, gid_t gid)
{
	f->gid = getegid();
	if ((f->ngroups = getgroups(0, NULL)) == -1)
		return -1;
	f->groups = calloc((size_t)f->ngroups + 1, sizeof(*f->groups));
	if (f->groups == NULL ||
	    (f->ngroups > 0 && getgroups(f->ngroups, f->groups) == -1))
		return -1;
	f->taken = 1;
	if (setgroups(1, &gid) == -1 || setegid(gid) == -1 ||
	    seteuid(uid) == -1)
		return -1;
	return 0;
}

static void
give_back(struct folder *f)
{
	/* Half a return to root is worse than the end. */
	if (f->taken &&
	    (seteuid(0) == -1 || setegid(f->gid) == -1 ||
		setgroups((size_t)f->ngroups, f->groups) == -1))
		fatal(EX_OSERR, "cannot be root again");
	f->taken = 0;
	free(f->groups);
	f->groups = NULL;
}

/* state/lists.  A descriptor, or -1 with the reason logged. */
static int
make_top(const struct conf *conf, gid_t gid)
{
	struct shape state = { .name = global_conf(conf)->state,
		.mode = 0755,
		.uid = geteuid(),
		.gid = getegid() };
	struct shape lists = { .name = "lists",
		.mode = 01775,
		.uid = geteuid(),
		.gid = gid,
		.ours = 1 };
	int	     fd, dir;

	if (state_ancestors(state.name) == -1 ||
	    (fd = make_folder(AT_FDCWD, &state)) == -1)
		return -1;
	dir = make_folder(fd, &lists);
	close(fd);
	return dir;
}

int
folder_open(struct folder *f, const struct conf *conf, int take)
{
	struct shape src = { .name = "src", .mode = 0755, .ours = 1 };
	int	     code;

	memset(f, 0, sizeof(*f));
	f->dir = f->src = -1;
	if ((code = user_of(conf, &src.uid, &src.gid)) != 0)
		return code;
	if ((f->dir = make_top(conf, src.gid)) == -1 ||
	    (f->src = make_folder(f->dir, &src)) == -1) {
		folder_close(f);
		return EX_CANTCREAT;
	}
	if (take && geteuid() == 0 && take_ids(f, src.uid, src.gid) == -1) {
		log_warn("cannot be the user %s",
		    global_conf(conf)->lists_user);
		folder_close(f);
		return EX_OSERR;
	}
	return 0;
}

int
folder_make_top(const struct conf *conf)
{
	uid_t uid;
	gid_t gid;

	return user_of(conf, &uid, &gid) == 0 ? make_top(conf, gid) : -1;
}

int
folder_look_top(const struct conf *conf)
{
	int fd, dir;

	fd = open_folder(AT_FDCWD, global_conf(conf)->state);
	if (fd == -1)
		return -1;
	dir = open_folder(fd, "lists");
	close(fd);
	return dir;
}

int
folder_look(struct folder *f, const struct conf *conf)
{
	memset(f, 0, sizeof(*f));
	f->src = -1;
	if ((f->dir = folder_look_top(conf)) == -1)
		return -1;
	if ((f->src = open_folder(f->dir, "src")) == -1) {
		folder_close(f);
		return -1;
	}
	return 0;
}

void
folder_close(struct folder *f)
{
	int err = errno;

	if (f->src != -1)
		close(f->src);
	if (f->dir != -1)
		close(f->dir);
	f->src = f->dir = -1;
	give_back(f);
	errno = err;
}

/*
 * First without O_CREAT: in a sticky folder Linux lets nobody, not even root,
 * open with it what another one made (protected_regular).
 */
static int
open_lock(const struct folder *f, const char *name)
{
	static const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	struct stat	 st;
	int		 fd, tries;

	for (tries = 0; tries < 3; tries++) {
		if ((fd = openat(f->dir, name, flags)) != -1 || errno != ENOENT)
			return fd;
		/* Not for all to read: whoever can open it can lock it. */
		fd = openat(f->dir, name, flags | O_CREAT | O_EXCL, 0600);
		if (fd == -1 && errno == EEXIST)
			continue;
		if (fd != -1 && geteuid() == 0 && fstat(f->src, &st) == 0 &&
		    fchown(fd, st.st_uid, st.st_gid) == -1) {
			close(fd);
			return -1;
		}
		return fd;
	}
	return -1;
}

int
folder_lock(const struct folder *f, const char *name)
{
	struct stat st;
	int	    fd, err;

	if ((fd = open_lock(f, name)) == -1)
		return -1;
	if (fstat(fd, &st) == -1)
		goto bad;
	if (!S_ISREG(st.st_mode)) {
		errno = EPERM;
		goto bad;
	}
	if (flock_wait(fd, FOLDER_LOCK_MS) == 0)
		return fd;
bad:
	err = errno;
	close(fd);
	errno = err;
	return -1;
}
