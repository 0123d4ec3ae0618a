/* SPDX-License-Identifier: ISC */
#include "protect.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "flock.h"
#include "folder.h"
#include "global.h"
#include "lists_conf.h"
#include "log.h"
#include "machine.h"
#include "set.h"
#include "set_update.h"
#include "units.h"

#define LOCK_NAME "protected.lock" /* in state, where all is root's */
#define LOCK_MS	  5000

static const char *const reasons[MACHINE_WHYS] = {
	[MACHINE_LOOPBACK] = "loopback",
	[MACHINE_OWN] = "this machine's own address",
	[MACHINE_GATEWAY] = "a default gateway",
	[MACHINE_RESOLVER] = "a resolver",
	[MACHINE_FILE] = "protect { } of the file",
	[MACHINE_LEASE] = "let in by imapgate",
};

int
protect_read_line(const char *line, struct prefix *prefix, long long *until)
{
	char   word[PREFIX_LEN];
	size_t n = strcspn(line, " ");

	if (n >= sizeof(word) || line[n] != ' ')
		return -1;
	memcpy(word, line, n);
	word[n] = '\0';
	return prefix_parse(prefix, word) == NULL &&
		units_number(until, line + n + 1) == NULL ?
	    0 :
	    -1;
}

/* --- what there is ------------------------------------------------------- */

struct leases_reader {
	struct machine *m;
	time_t		now;
};

static int
add_lease(void *arg, const char *line)
{
	struct leases_reader *r = arg;
	struct prefix	      prefix;
	long long	      until;

	if (protect_read_line(line, &prefix, &until) == -1) {
		log_warnx("imapgate/" PROTECT_LEASES ": a line is skipped");
		return 0;
	}
	if (until != 0 && until <= (long long)r->now)
		return 0;
	return machine_add(r->m, &prefix, MACHINE_LEASE);
}

static int
add_leases(struct machine *m, const struct conf *conf)
{
	struct leases_reader r = { .m = m, .now = clock_now() };
	char		    *path;
	int		     ret;

	if (asprintf(&path, "%s/imapgate/" PROTECT_LEASES,
		global_conf(conf)->state) == -1) {
		log_warn("imapgate/" PROTECT_LEASES);
		return -1;
	}
	ret = machine_lines(AT_FDCWD, path, add_lease, &r);
	free(path);
	return ret;
}

/* Loopback, and "protect { }" of the file. */
static int
add_fixed(struct machine *m, const struct conf *conf)
{
	static const char *const loopback[] = { "127.0.0.0/8", "::1" };
	const struct lists_conf *c = lists_conf(conf);
	struct prefix		 p;
	size_t			 i;

	for (i = 0; i < sizeof(loopback) / sizeof(loopback[0]); i++)
		if (prefix_parse(&p, loopback[i]) != NULL ||
		    machine_add(m, &p, MACHINE_LOOPBACK) == -1)
			goto bad;
	for (i = 0; i < c->nprotect; i++)
		if (machine_add(m, &c->protect[i], MACHINE_FILE) == -1)
			goto bad;
	return 0;
bad:
	log_warn("what is protected");
	return -1;
}

static int
collect(struct machine *m, const struct conf *conf)
{
	memset(m, 0, sizeof(*m));
	if (add_fixed(m, conf) == 0 && machine_own(m) == 0 &&
	    machine_gateways(m) == 0 && machine_resolvers(m) == 0 &&
	    add_leases(m, conf) == 0)
		return 0;
	machine_free(m);
	return -1;
}

int
protect_compute(const struct conf *conf, struct ranges *ranges)
{
	struct machine m;
	size_t	       i;
	int	       ret = 0;

	memset(ranges, 0, sizeof(*ranges));
	if (collect(&m, conf) == -1)
		return -1;
	for (i = 0; i < m.n && ret == 0; i++)
		ret = ranges_add_prefix(ranges, &m.items[i].prefix);
	machine_free(&m);
	if (ret == -1) {
		log_warn("what is protected");
		ranges_free(ranges);
		return -1;
	}
	ranges_merge(ranges);
	return 0;
}

static int
overlap(const struct prefix *a, const struct prefix *b)
{
	return a->bits <= b->bits ? prefix_contains(a, &b->addr) :
				    prefix_contains(b, &a->addr);
}

const char *
protect_why(const struct conf *conf, const struct prefix *p)
{
	struct machine m;
	const char    *why = NULL;
	size_t	       i, best = MACHINE_WHYS;

	/* In doubt nobody is banned who might be ourselves. */
	if (collect(&m, conf) == -1)
		return "this machine's own addresses are not known";
	for (i = 0; i < m.n; i++)
		if (m.items[i].why < best && overlap(&m.items[i].prefix, p)) {
			best = m.items[i].why;
			why = reasons[best];
		}
	machine_free(&m);
	return why;
}

/* --- the set ------------------------------------------------------------- */

/*
 * Several programs of root's write it.  Not in state/lists: there another user
 * could hold the lock for ever.
 */
static int
lock(const struct conf *conf)
{
	char *path;
	int   fd;

	if (asprintf(&path, "%s/" LOCK_NAME, global_conf(conf)->state) == -1) {
		log_warn(LOCK_NAME);
		return -1;
	}
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
	    0600);
	free(path);
	if (fd != -1 && flock_wait(fd, LOCK_MS) == 0)
		return fd;
	log_warn(LOCK_NAME);
	if (fd != -1)
		close(fd);
	return -1;
}

static int
refresh(const struct conf *conf, int dir)
{
	struct ranges	ranges;
	struct set_info info;
	int		ret;

	if (protect_compute(conf, &ranges) == -1)
		return -1;
	memset(&info, 0, sizeof(info));
	info.time = (uint64_t)clock_now();
	info.good = ranges.n4 + ranges.n6;
	ret = set_update(dir, PROTECT_SET, &ranges, &info);
	if (ret == -1)
		log_warn("lists/" PROTECT_SET);
	ranges_free(&ranges);
	return ret;
}

int
protect_refresh(const struct conf *conf, int *changed)
{
	int dir, fd, ret;

	if ((dir = folder_make_top(conf)) == -1)
		return -1;
	if ((fd = lock(conf)) == -1) {
		close(dir);
		return -1;
	}
	ret = refresh(conf, dir);
	close(fd);
	close(dir);
	if (changed != NULL)
		*changed = ret == 1;
	return ret == -1 ? -1 : 0;
}
