/* SPDX-License-Identifier: ISC */
/*
 * Landlock takes the file system and (if the kernel can) TCP away; seccomp
 * lets through the system calls of an event loop, of libunbound and of
 * libmilter's threads, and no others.  A call that is not in the list fails
 * with ENOSYS, as on an old kernel, so that the C library falls back to what
 * it did before that call was invented.
 *
 * A kernel or container without one of them is no error: it is said.
 */
#include "jail.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "jail_linux_calls.h"
#include "log.h"

/* --- Landlock ------------------------------------------------------------ */

/* The same on all machines; the header of the C library may be older. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule	    445
#define SYS_landlock_restrict_self  446
#endif

#define LL_FS_1		((UINT64_C(1) << 13) - 1)
#define LL_FS_REFER	(UINT64_C(1) << 13) /* ABI 2 */
#define LL_FS_TRUNCATE	(UINT64_C(1) << 14) /* ABI 3 */
#define LL_FS_IOCTL_DEV (UINT64_C(1) << 15) /* ABI 5 */
#define LL_NET_BIND	(UINT64_C(1) << 0)  /* ABI 4 */
#define LL_NET_CONNECT	(UINT64_C(1) << 1)  /* ABI 4 */
#define LL_READ		(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define LL_CHANGE                                                          \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |     \
	    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	    LL_FS_REFER | LL_FS_TRUNCATE)
#define LL_OF_FILES \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define LL_SCOPE_ALL (UINT64_C(3)) /* ABI 6: abstract sockets, signals */

/* struct landlock_ruleset_attr as of ABI 6: the header may be older. */
struct ruleset {
	uint64_t fs;
	uint64_t net;
	uint64_t scoped;
};

/* What this kernel can deny.  Returns how much of the struct it knows. */
static size_t
ruleset_fill(struct ruleset *r, long abi, int needs)
{
	memset(r, 0, sizeof(*r));
	r->fs = LL_FS_1;
	if (abi >= 2)
		r->fs |= LL_FS_REFER;
	if (abi >= 3)
		r->fs |= LL_FS_TRUNCATE;
	if (abi >= 5)
		r->fs |= LL_FS_IOCTL_DEV;
	if (abi >= 4) {
		r->net = LL_NET_BIND;
		if ((needs & JAIL_INET) == 0)
			r->net |= LL_NET_CONNECT;
	}
	if (abi >= 6)
		r->scoped = LL_SCOPE_ALL;
	if (abi < 4)
		return offsetof(struct ruleset, net);
	return abi < 6 ? offsetof(struct ruleset, scoped) : sizeof(*r);
}

/* What may be done below a path.  0, or -1; what is not there is left out. */
static int
allow(long ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat			  st;
	int				  ret = 0;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd == -1)
		return errno == ENOENT ? 0 : -1;
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= LL_OF_FILES;
	if (syscall(SYS_landlock_add_rule, (int)ruleset,
		LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == -1)
		ret = -1;
	close(rule.parent_fd);
	return ret;
}

static int
allow_files(long ruleset, const struct jail *j, uint64_t handled)
{
	size_t i;

	if ((j->needs & JAIL_FILES) == 0)
		return 0;
	for (i = 0; j->readable != NULL && j->readable[i] != NULL; i++) {
		if (allow(ruleset, j->readable[i], LL_READ) == -1) {
			log_warn("landlock: %s", j->readable[i]);
			return -1;
		}
	}
	if (j->writable != NULL &&
	    allow(ruleset, j->writable, (LL_READ | LL_CHANGE) & handled) ==
		-1) {
		log_warn("landlock: %s", j->writable);
		return -1;
	}
	return 0;
}

/*
 * 1 if all other files are out of reach now, 0 if the kernel has no Landlock,
 * -1 with the reason logged.
 */
static int
landlock(const struct jail *j)
{
	struct ruleset r;
	size_t	       size;
	long	       abi, fd;

	abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1) {
		log_warn("no Landlock");
		return 0;
	}
	if (abi < 4)
		log_info("Landlock ABI %ld has no rules for TCP", abi);
	size = ruleset_fill(&r, abi, j->needs);
	fd = syscall(SYS_landlock_create_ruleset, &r, size, 0);
	if (fd == -1) {
		log_warn("landlock_create_ruleset");
		return -1;
	}
	if (allow_files(fd, j, r.fs) == -1) {
		close((int)fd);
		return -1;
	}
	if (syscall(SYS_landlock_restrict_self, (int)fd, 0) == -1) {
		log_warn("landlock_restrict_self");
		close((int)fd);
		return -1;
	}
	close((int)fd);
	return 1;
}

/* --- seccomp ------------------------------------------------------------- */

/* A call, and what one or two of its arguments must be. */
struct rule {
	const char	   *name;
	unsigned int	    n;
	struct scmp_arg_cmp arg[2];
};

#define IS(i, value)                                     \
	{                                                \
		i, SCMP_CMP_EQ, (scmp_datum_t)(value), 0 \
	}
#define BITS(i, mask, value)                                 \
	{                                                    \
		i, SCMP_CMP_MASKED_EQ, (scmp_datum_t)(mask), \
		    (scmp_datum_t)(value)                    \
	}

#define THREAD	  (CLONE_VM | CLONE_SIGHAND | CLONE_THREAD)
#define TYPE_MASK (~(scmp_datum_t)(SOCK_CLOEXEC | SOCK_NONBLOCK))
#define WRITING	  (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND)

static const struct rule rules_always[] = {
	/* no page is ever made executable */
	{ "mmap", 1, { BITS(2, PROT_EXEC, 0) } },
	{ "mprotect", 1, { BITS(2, PROT_EXEC, 0) } },

	/* threads, no processes; clone3 hides its flags behind a pointer */
	{ "clone", 1, { BITS(0, THREAD, THREAD) } },

	/* no owners, locks or leases */
	{ "fcntl", 1, { IS(1, F_DUPFD) } },
	{ "fcntl", 1, { IS(1, F_DUPFD_CLOEXEC) } },
	{ "fcntl", 1, { IS(1, F_GETFD) } },
	{ "fcntl", 1, { IS(1, F_SETFD) } },
	{ "fcntl", 1, { IS(1, F_GETFL) } },
	{ "fcntl", 1, { IS(1, F_SETFL) } },
	{ "ioctl", 1, { IS(1, FIONBIO) } },
	{ "ioctl", 1, { IS(1, FIONREAD) } },
	{ "ioctl", 1, { IS(1, TCGETS) } }, /* isatty(3) of stdio */

	/* limits may be looked at: of ourselves, no new ones */
	{ "prlimit64", 2, { IS(0, 0), IS(2, 0) } },
	{ "prctl", 1, { IS(0, PR_SET_NAME) } },
	{ "prctl", 1, { IS(0, PR_GET_NAME) } },
};

/*
 * Only under Landlock, which denies them with the error that a library
 * expects: a file that is not there is "not there", and no missing call.
 */
static const struct rule rules_open[] = {
	{ "open", 1, { BITS(1, WRITING, O_RDONLY) } },
	{ "openat", 1, { BITS(2, WRITING, O_RDONLY) } },
};

static const struct rule rules_inet[] = {
	{ "socket", 2, { IS(0, AF_INET), BITS(1, TYPE_MASK, SOCK_STREAM) } },
	{ "socket", 2, { IS(0, AF_INET), BITS(1, TYPE_MASK, SOCK_DGRAM) } },
	{ "socket", 2, { IS(0, AF_INET6), BITS(1, TYPE_MASK, SOCK_STREAM) } },
	{ "socket", 2, { IS(0, AF_INET6), BITS(1, TYPE_MASK, SOCK_DGRAM) } },
};

static const struct rule rules_unix[] = {
	{ "socket", 1, { IS(0, AF_UNIX) } },
};

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static int
add(scmp_filter_ctx ctx, const char *name, unsigned int n,
    const struct scmp_arg_cmp *arg)
{
	int nr, ret;

	nr = seccomp_syscall_resolve_name(name);
	if (nr < 0)
		return 0; /* not on this machine, or not known yet */
	ret = seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, nr, n, arg);
	if (ret == 0)
		return 0;
	errno = -ret;
	log_warn("seccomp: %s", name);
	return -1;
}

static int
add_calls(scmp_filter_ctx ctx, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (add(ctx, *names, 0, NULL) == -1)
			return -1;
	}
	return 0;
}

static int
add_rules(scmp_filter_ctx ctx, const struct rule *r, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (add(ctx, r[i].name, r[i].n, r[i].arg) == -1)
			return -1;
	}
	return 0;
}

/* Signals to our own threads only: abort(3) and raise(3) need that. */
static int
add_signals(scmp_filter_ctx ctx)
{
	struct scmp_arg_cmp self = IS(0, getpid());

	return add(ctx, "tgkill", 1, &self);
}

static int
add_all(scmp_filter_ctx ctx, int needs, int landlocked)
{
	if (add_calls(ctx, calls_always) == -1 ||
	    add_rules(ctx, rules_always, nitems(rules_always)) == -1 ||
	    add_signals(ctx) == -1)
		return -1;
	if (landlocked && add_rules(ctx, rules_open, nitems(rules_open)) == -1)
		return -1;
	if ((needs & JAIL_INET) != 0 &&
	    (add_calls(ctx, calls_inet) == -1 ||
		add_rules(ctx, rules_inet, nitems(rules_inet)) == -1))
		return -1;
	if ((needs & JAIL_UNIX) != 0 &&
	    (add_calls(ctx, calls_unix) == -1 ||
		add_rules(ctx, rules_unix, nitems(rules_unix)) == -1))
		return -1;
	if ((needs & JAIL_FILES) != 0 && add_calls(ctx, calls_files) == -1)
		return -1;
	if ((needs & JAIL_FORK) != 0 && add_calls(ctx, calls_fork) == -1)
		return -1;
	return 0;
}

static int
filter(int needs, int landlocked)
{
	scmp_filter_ctx ctx;
	int		error, ret = -1;

	if (prctl(PR_GET_SECCOMP) == -1) {
		log_warn("no seccomp");
		return 0;
	}
	if ((ctx = seccomp_init(SCMP_ACT_ERRNO(ENOSYS))) == NULL) {
		log_warnx("seccomp_init failed");
		return -1;
	}
	/* A tree, not a list: every call of the process goes through it. */
	(void)seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	(void)seccomp_attr_set(ctx, SCMP_FLTATR_API_SYSRAWRC, 1);
	if ((error = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_TSYNC, 1)) != 0) {
		errno = -error;
		log_warn("seccomp: all threads");
		goto out;
	}
	if (add_all(ctx, needs, landlocked) == -1)
		goto out;
	if ((error = seccomp_load(ctx)) != 0) {
		errno = -error;
		log_warn("seccomp_load");
		goto out;
	}
	ret = 0;
out:
	seccomp_release(ctx);
	return ret;
}

/* --- both ---------------------------------------------------------------- */

#ifdef JAIL_LIGHT
/* The leak check of the sanitizers wants /proc, ptrace and kill. */
static const int light = 1;
#else
static const int light = 0;
#endif

int
jail_lock(const struct jail *j)
{
	int landlocked;

	if (light) {
		log_info("light jail: no Landlock, no seccomp");
		return 0;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) {
		log_warn("no_new_privs");
		return -1;
	}
	if ((landlocked = landlock(j)) == -1)
		return -1;
	return filter(j->needs, landlocked);
}
