/* SPDX-License-Identifier: ISC */
/*
 * The folder of the lists: how it is made, and when it is refused.
 */
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sysexits.h>
#include <cmocka.h>

#include "source_lab.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static char *
path(const struct lab *lab, const char *name)
{
	static char buf[4][128];
	static int  i;

	i = (i + 1) % 4;
	snprintf(buf[i], sizeof(buf[i]), "%s/%s", lab->top, name);
	return buf[i];
}

static void
test_made(void **state)
{
	struct lab     lab;
	struct stat    st;
	struct passwd *pw = getpwnam("nobody");
	struct folder  other;

	(void)state;
	assert_non_null(pw);
	lab_make(&lab, "");
	/* There is none to look at, and that is no error. */
	assert_int_equal(folder_look(&other, lab.conf), -1);
	assert_string_equal(lab_said, "");
	assert_int_equal(folder_open(&lab.folder, lab.conf, 0), 0);
	assert_int_equal(stat(path(&lab, "state"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(fstat(lab.folder.dir, &st), 0);
	if (geteuid() == 0) {
		assert_int_equal(st.st_mode & 07777, 01775);
		assert_int_equal(st.st_uid, 0);
		assert_int_equal(st.st_gid, pw->pw_gid);
	}
	assert_int_equal(fstat(lab.folder.src, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	if (geteuid() == 0) {
		assert_int_equal(st.st_uid, pw->pw_uid);
		assert_int_equal(st.st_gid, pw->pw_gid);
	}
	/* Once more: it is as it was. */
	assert_int_equal(folder_open(&other, lab.conf, 0), 0);
	folder_close(&other);
	assert_int_equal(folder_look(&other, lab.conf), 0);
	folder_close(&other);
	assert_string_equal(lab_said, "");
	lab_end(&lab);
}

/* As root alone: the ids are the lists user's, and then root's again. */
static void
test_taken(void **state)
{
	struct lab     lab;
	struct passwd *pw = getpwnam("nobody");
	struct stat    st;
	gid_t	       groups[2];
	int	       fd, ngroups = getgroups(0, NULL);

	(void)state;
	lab_make(&lab, "");
	assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
	if (getuid() == 0) {
		assert_int_equal(geteuid(), pw->pw_uid);
		assert_int_equal(getegid(), pw->pw_gid);
		assert_int_equal(getgroups(2, groups), 1);
		assert_int_equal(groups[0], pw->pw_gid);
	}
	/* That user can write there, but not take away what is root's. */
	fd = openat(lab.folder.dir, "mine", O_WRONLY | O_CREAT | O_EXCL, 0644);
	assert_int_not_equal(fd, -1);
	close(fd);
	folder_close(&lab.folder);
	assert_int_equal(geteuid(), getuid());
	assert_int_equal(getgroups(0, NULL), ngroups);
	if (getuid() == 0) {
		fd = open(path(&lab, "state/lists/protected.set"),
		    O_WRONLY | O_CREAT | O_EXCL, 0644);
		assert_int_not_equal(fd, -1);
		close(fd);
		assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
		assert_int_equal(unlinkat(lab.folder.dir, "protected.set", 0),
		    -1);
		assert_int_equal(errno, EPERM);
		assert_int_equal(renameat(lab.folder.dir, "mine",
				     lab.folder.dir, "protected.set"),
		    -1);
		folder_close(&lab.folder);
		/* A lock that root makes is that user's, too. */
		assert_int_equal(folder_open(&lab.folder, lab.conf, 0), 0);
		fd = folder_lock(&lab.folder, "lock");
		assert_int_not_equal(fd, -1);
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(st.st_uid, pw->pw_uid);
		assert_int_equal(st.st_mode & 07777, 0600);
		close(fd);
	}
	lab_end(&lab);
}

enum trap {
	LINK,
	FILE_THERE,
	OPEN_TO_ALL,
	ANOTHER_GROUP,
	ANOTHER_USER
};

static const struct {
	const char *what;
	const char *where;
	enum trap   trap;
	const char *says;
} traps[] = {
	{ "the state folder is a link", "state", LINK,
	    "is a symbolic link or no folder: refused" },
	{ "the folder of the lists is a link", "state/lists", LINK,
	    "lists is a symbolic link or no folder: refused" },
	{ "the folder of the sources is a link", "state/lists/src", LINK,
	    "src is a symbolic link or no folder: refused" },
	{ "the folder of the lists is a file", "state/lists", FILE_THERE,
	    "lists is a symbolic link or no folder: refused" },
	{ "everybody can write in the state folder", "state", OPEN_TO_ALL,
	    "state is writable by others: refused" },
	{ "everybody can write in the folder of the lists", "state/lists",
	    OPEN_TO_ALL, "the folder lists is writable by others: refused" },
	{ "everybody can write in the folder of the sources", "state/lists/src",
	    OPEN_TO_ALL, "the folder src is writable by others: refused" },
	{ "another group can write in the folder of the lists", "state/lists",
	    ANOTHER_GROUP, "the folder lists is writable by others: refused" },
	{ "another group can write in the folder of the sources",
	    "state/lists/src", ANOTHER_GROUP,
	    "the folder src is writable by others: refused" },
	{ "the folder of the lists is somebody else's", "state/lists",
	    ANOTHER_USER, "lists belongs to somebody else: refused" },
	{ "the folder of the sources is somebody else's", "state/lists/src",
	    ANOTHER_USER, "src belongs to somebody else: refused" },
};

static void
spring(const struct lab *lab, size_t i)
{
	const char *p = path(lab, traps[i].where);
	int	    fd;

	switch (traps[i].trap) {
	case LINK:
		assert_int_equal(rename(p, path(lab, "elsewhere")), 0);
		assert_int_equal(symlink(path(lab, "elsewhere"), p), 0);
		break;
	case FILE_THERE:
		assert_int_equal(rename(p, path(lab, "elsewhere")), 0);
		assert_int_not_equal(fd = open(p, O_WRONLY | O_CREAT, 0644),
		    -1);
		close(fd);
		break;
	case OPEN_TO_ALL:
		assert_int_equal(chmod(p, 01777), 0);
		break;
	case ANOTHER_GROUP:
		assert_int_equal(chown(p, (uid_t)-1, 12345), 0);
		assert_int_equal(chmod(p, 01775), 0);
		break;
	case ANOTHER_USER:
		assert_int_equal(chown(p, 12345, (gid_t)-1), 0);
		break;
	}
}

static void
test_traps(void **state)
{
	struct lab lab;
	size_t	   i;

	(void)state;
	for (i = 0; i < nitems(traps); i++) {
		print_message("%s\n", traps[i].what);
		if (getuid() != 0 && traps[i].trap >= ANOTHER_GROUP)
			continue; /* nobody but root can build it */
		lab_make(&lab, "");
		assert_int_equal(folder_open(&lab.folder, lab.conf, 0), 0);
		folder_close(&lab.folder);
		spring(&lab, i);
		assert_int_equal(folder_open(&lab.folder, lab.conf, 1),
		    EX_CANTCREAT);
		assert_non_null(strstr(lab_said, traps[i].says));
		assert_int_equal(lab.folder.dir, -1);
		assert_int_equal(geteuid(), getuid());
		lab_end(&lab);
	}
}

static void
test_no_user(void **state)
{
	struct lab lab;
	char	   text[128];

	(void)state;
	if (getuid() != 0)
		return; /* it is not asked for */
	lab_make(&lab, "");
	snprintf(text, sizeof(text),
	    "state \"%s/state\"\nuser \"nobody\" lists \"_nosuchuser\"\n",
	    lab.top);
	conf_unref(lab.conf);
	lab.conf = conf_lab(text);
	assert_int_equal(folder_open(&lab.folder, lab.conf, 1), EX_NOUSER);
	assert_string_equal(lab_said,
	    "user _nosuchuser: there is no such user\n");
	lab_end(&lab);
}

static void
test_lock(void **state)
{
	struct lab lab;
	pid_t	   pid;
	int	   fd, status, said[2];
	char	   c;

	(void)state;
	lab_make(&lab, "");
	assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
	assert_int_equal(pipe(said), 0);
	fd = folder_lock(&lab.folder, "lock");
	assert_int_not_equal(fd, -1);
	/* Another process waits until it is free. */
	if ((pid = fork()) == 0) {
		close(fd);
		(void)!write(said[1], "a", 1);
		fd = folder_lock(&lab.folder, "lock");
		_exit(fd == -1 ? 1 : write(said[1], "b", 1) != 1);
	}
	assert_int_equal(read(said[0], &c, 1), 1);
	assert_int_equal(c, 'a');
	/* Another lock is another one. */
	assert_int_equal(close(folder_lock(&lab.folder, "bans.lock")), 0);
	assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
	close(fd);
	assert_int_equal(read(said[0], &c, 1), 1);
	assert_int_equal(c, 'b');
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	/* No link is followed, and what is no file is no lock. */
	assert_int_equal(symlinkat("lock", lab.folder.dir, "link"), 0);
	assert_int_equal(folder_lock(&lab.folder, "link"), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(mkfifoat(lab.folder.dir, "fifo", 0600), 0);
	assert_int_equal(folder_lock(&lab.folder, "fifo"), -1);
	assert_int_equal(errno, EPERM);
	close(said[0]);
	close(said[1]);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_made),
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_traps),
		cmocka_unit_test(test_no_user),
		cmocka_unit_test(test_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
