/* SPDX-License-Identifier: ISC */
#include "watch_pair.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edge_conf.h"
#include "log.h"
#include "watch.h"
#include "xalloc.h"

#define DAY 86400

struct watch_pair *
watch_pair_new(const struct edge_pair *e)
{
	struct watch_pair *p;

	p = xcalloc(1, sizeof(*p));
	p->path[WATCH_CHAIN] = xstrdup(e->chain);
	p->path[WATCH_KEY] = xstrdup(e->key);
	return p;
}

static void
free_names(struct watch_pair *p)
{
	size_t i;

	for (i = 0; i < p->nnames; i++)
		free(p->names[i]);
	free(p->names);
	p->names = NULL;
	p->nnames = 0;
}

void
watch_pair_free(struct watch_pair *p)
{
	int i;

	if (p == NULL)
		return;
	for (i = 0; i < WATCH_FILES; i++) {
		watch_bytes_wipe(&p->pem[i]);
		free(p->path[i]);
	}
	free_names(p);
	free(p->uncovered);
	free(p);
}

int
watch_pair_good(const struct watch_pair *p)
{
	return p != NULL && p->pem[WATCH_CHAIN].at != NULL;
}

static void
warn_names(struct watch_pair *p)
{
	const struct watch_bytes *chain = &p->pem[WATCH_CHAIN];
	const char		 *name;

	name = cert_names(chain->at, chain->len, p->names, p->nnames);
	if (name != NULL &&
	    (p->uncovered == NULL || strcmp(name, p->uncovered) != 0))
		log_warnx("%s does not cover the name %s", p->path[WATCH_CHAIN],
		    name);
	free(p->uncovered);
	p->uncovered = name == NULL ? NULL : xstrdup(name);
}

void
watch_pair_names(struct watch_pair *p, const struct edge_conf *edge, size_t n)
{
	const struct edge_site *site;
	size_t			i, j;

	free_names(p);
	for (i = 0; i < edge->nsites; i++) {
		site = &edge->sites[i];
		for (j = 0; j < site->npairs && site->pairs[j] != n; j++)
			;
		if (j == site->npairs)
			continue;
		p->names = xreallocarray(p->names, p->nnames + site->nnames,
		    sizeof(*p->names));
		for (j = 0; j < site->nnames; j++)
			p->names[p->nnames++] = xstrdup(site->names[j]);
	}
	if (watch_pair_good(p))
		warn_names(p);
}

static long
days_left(const struct watch_pair *p, time_t now)
{
	return (long)((p->info.not_after - now) / DAY);
}

void
watch_pair_days(struct watch_pair *p, time_t now)
{
	long left;

	if (!watch_pair_good(p) || now - p->told < DAY)
		return;
	left = days_left(p, now);
	if (left >= WATCH_FEW_DAYS)
		return;
	p->told = now;
	if (now > p->info.not_after)
		log_warnx("%s has expired, %ld days ago", p->path[WATCH_CHAIN],
		    -left);
	else
		log_warnx("%s expires in %ld days", p->path[WATCH_CHAIN], left);
}

/* Something is in use, and its dates are right. */
static int
is_valid(const struct watch_pair *p, time_t now)
{
	return watch_pair_good(p) && now >= p->info.not_before &&
	    now <= p->info.not_after;
}

static void
report(struct watch_pair *p, time_t now)
{
	const char *path = p->path[WATCH_CHAIN];

	if (p->info.state == CERT_EXPIRED)
		log_warnx("%s: %s; it is used, for there is no better one",
		    path, p->info.why);
	else
		log_info("%s: %s by %s, %ld days left", path, p->info.key,
		    p->info.issuer, days_left(p, now));
	p->told = p->info.state == CERT_EXPIRED ||
		days_left(p, now) >= WATCH_FEW_DAYS ?
	    now :
	    now - DAY; /* few: watch_pair_days() says it louder */
	warn_names(p);
}

static void
warn_mode(struct watch_pair *p)
{
	int open = (p->seen[WATCH_KEY].mode & (S_IROTH | S_IWOTH)) != 0;

	if (open && !p->open)
		log_warnx("%s: a private key that everybody can read",
		    p->path[WATCH_KEY]);
	p->open = open;
}

/*
 * Judge what was read.  1: it shall be used, *info is about it; 0: nothing
 * new; -1: bad, problem says why.
 */
static int
judge(struct watch_pair *p, struct watch_bytes is[WATCH_FILES],
    struct cert_info *info, time_t now, char problem[WATCH_PROBLEM_LEN])
{
	if (watch_bytes_equal(&is[WATCH_CHAIN], &p->pem[WATCH_CHAIN]) &&
	    watch_bytes_equal(&is[WATCH_KEY], &p->pem[WATCH_KEY]))
		return 0;
	cert_check(info, is[WATCH_CHAIN].at, is[WATCH_CHAIN].len,
	    is[WATCH_KEY].at, is[WATCH_KEY].len, now);
	if (info->state == CERT_GOOD ||
	    (info->state == CERT_EXPIRED && !is_valid(p, now)))
		return 1;
	if (info->state == CERT_EXPIRED && now < info->not_before)
		p->again = info->not_before;
	snprintf(problem, WATCH_PROBLEM_LEN, "%s", info->why);
	return -1;
}

/* The same, from the disk. */
static int
read_both(struct watch_pair *p, time_t now, char problem[WATCH_PROBLEM_LEN])
{
	struct watch_bytes is[WATCH_FILES] = { { NULL, 0 }, { NULL, 0 } }, was;
	struct cert_info   info = { .state = CERT_BAD };
	const char	  *why = NULL;
	int		   i, ret = -1;

	for (i = 0; i < WATCH_FILES && why == NULL; i++)
		if ((why = watch_read(&is[i], p->path[i])) != NULL)
			snprintf(problem, WATCH_PROBLEM_LEN, "%s: %s",
			    i == WATCH_KEY ? "the key's file" :
					     "the chain's file",
			    why);
	if (why == NULL)
		ret = judge(p, is, &info, now, problem);
	for (i = 0; i < WATCH_FILES; i++) {
		if (ret == 1) {
			was = p->pem[i];
			p->pem[i] = is[i];
			is[i] = was;
		}
		watch_bytes_wipe(&is[i]);
	}
	if (ret == 1)
		p->info = info;
	return ret;
}

static void
complain(struct watch_pair *p, const char *problem)
{
	if (strcmp(problem, p->problem) == 0)
		return;
	strlcpy(p->problem, problem, sizeof(p->problem));
	log_warnx("%s: %s; %s", p->path[WATCH_CHAIN], problem,
	    watch_pair_good(p) ? "the last good one stays in use" :
				 "its sites have no TLS by it");
}

static int
is_changed(struct watch_pair *p, time_t now)
{
	struct stamp is[WATCH_FILES];
	int	     i, changed = !p->looked || p->suspect;

	for (i = 0; i < WATCH_FILES; i++) {
		stamp_at(&is[i], AT_FDCWD, p->path[i], 0);
		if (!stamp_equal(&is[i], &p->seen[i]))
			changed = 1;
		p->seen[i] = is[i];
	}
	if (p->again != 0 && now >= p->again)
		changed = 1;
	p->looked = 1;
	return changed;
}

int
watch_pair_look(struct watch_pair *p, time_t now)
{
	char problem[WATCH_PROBLEM_LEN];
	int  ret, first = !p->looked;

	if (!is_changed(p, now))
		return 0;
	p->again = 0;
	warn_mode(p);
	if ((ret = read_both(p, now, problem)) == -1) {
		if (first || p->suspect)
			complain(p, problem);
		p->suspect = !first && !p->suspect;
		return 0;
	}
	p->suspect = 0;
	if (p->problem[0] != '\0' && ret == 0)
		log_info("%s: the files are good again", p->path[WATCH_CHAIN]);
	p->problem[0] = '\0';
	if (ret == 1)
		report(p, now);
	return ret;
}
