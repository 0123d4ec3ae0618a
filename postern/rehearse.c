/* SPDX-License-Identifier: ISC */
#include "rehearse.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "batch.h"
#include "comers.h"
#include "conf.h"
#include "fcrdns_conf.h"
#include "iprev.h"
#include "known.h"
#include "log.h"
#include "logline.h"
#include "logopen.h"
#include "maillog.h"
#include "rehearsal.h"
#include "sets.h"
#include "verdict.h"
#include "xalloc.h"

#define INFLIGHT 200

/* The sessions of smtpd(8) that are open, by the number of the process. */
#define PROCESSES 65536

struct process {
	unsigned long pid;
	struct addr   addr;
	int	      open;    /* there is a client */
	int	      counted; /* it is a session that may yet log in */
};

struct reading {
	struct rehearsal *r;
	struct comers	 *comers;
	struct process	 *processes;
};

/* ---- who came ---- */

/* One session more of that client; 0 if he is not counted. */
static int
add(struct reading *w, const struct addr *addr)
{
	struct comer *c;

	if ((c = comers_add(w->comers, addr)) == NULL) {
		w->r->beyond++;
		return 0;
	}
	c->sessions++;
	w->r->sessions++;
	return 1;
}

/* It was none. */
static int
take_back(struct reading *w, const struct addr *addr)
{
	struct comer *c;

	if ((c = comers_find(w->comers, addr)) == NULL || c->sessions == 0)
		return 0;
	c->sessions--;
	w->r->sessions--;
	return 1;
}

static void
begin(struct reading *w, struct process *p, const struct maillog_line *l)
{
	p->pid = l->pid;
	p->addr = l->addr;
	p->open = 1;
	p->counted = add(w, &l->addr);
}

static int
is_open(const struct process *p, const struct maillog_line *l)
{
	return p->open && p->pid == l->pid && addr_equal(&p->addr, &l->addr);
}

/*
 * A client is there, or was.  A log may begin in the middle of his session, or
 * have no other lines than these: then it is here that he is counted.
 */
static void
on_seen(struct reading *w, struct process *p, const struct maillog_line *l)
{
	if (is_open(p, l))
		return;
	if (l->pid == 0) { /* whose line it is, nobody knows */
		if (comers_find(w->comers, &l->addr) == NULL)
			(void)add(w, &l->addr);
	} else if (!p->open || p->pid == l->pid)
		begin(w, p, l);
}

/* The milter lets in whoever is authenticated. */
static void
on_login(struct reading *w, struct process *p, const struct maillog_line *l)
{
	if (l->pid == 0)
		return;
	on_seen(w, p, l);
	if (is_open(p, l) && p->counted && take_back(w, &l->addr)) {
		p->counted = 0;
		w->r->authenticated++;
	}
}

static void
on_line(struct reading *w, const char *line, size_t len)
{
	struct maillog_line l;
	struct process	   *p;
	enum maillog	    kind;

	w->r->lines++;
	if ((kind = maillog_read(&l, line, len)) == MAILLOG_FOREIGN)
		return;
	w->r->ours++;
	p = &w->processes[l.pid % PROCESSES];
	switch (kind) {
	case MAILLOG_CONNECT:
		begin(w, p, &l);
		break;
	case MAILLOG_LOGIN:
		on_login(w, p, &l);
		break;
	case MAILLOG_SEEN:
		on_seen(w, p, &l);
		break;
	case MAILLOG_GONE:
		on_seen(w, p, &l);
		if (is_open(p, &l))
			p->open = 0;
		break;
	case MAILLOG_SCREEN:
		(void)add(w, &l.addr);
		break;
	case MAILLOG_PASS:
		(void)take_back(w, &l.addr); /* smtpd's is counted */
		break;
	case MAILLOG_FOREIGN:
	case MAILLOG_OTHER:
		break;
	}
}

static int
read_log(struct reading *w, const char *maillog)
{
	char   line[LOGLINE_LEN];
	size_t n;
	FILE  *fp;
	int    failed;

	if ((fp = logopen(maillog)) == NULL)
		return EX_NOINPUT;
	while (logline_read(fp, line, &n))
		on_line(w, line, n);
	failed = ferror(fp);
	fclose(fp);
	if (failed)
		return EX_NOINPUT;
	if (w->r->ours == 0) {
		log_warnx("%s: no line of it is Postfix's",
		    strcmp(maillog, "-") == 0 ? "standard input" : maillog);
		return EX_DATAERR;
	}
	return 0;
}

/* ---- what they would be told ---- */

struct judging {
	struct rehearsal	 *r;
	struct comers		 *comers;
	const struct fcrdns_conf *conf;
	struct sets		 *sets;
	size_t			  at; /* the next to be asked about */
};

/* Decided by our own lists and the file? */
static int
is_early(struct judging *j, const struct addr *addr, struct findings *f)
{
	memset(f, 0, sizeof(*f));
	return known_early(f, addr, j->conf, j->sets);
}

static void
add_verdict(struct judging *j, const struct comer *c, const struct findings *f)
{
	struct verdict v;

	verdict_of(&v, f, j->conf);
	rehearsal_add(j->r, &c->addr, c->sessions, &v);
}

static enum batch_next
next(void *arg, struct addr *addr)
{
	struct judging *j = arg;
	struct findings f;
	struct comer   *c;

	while (j->at < comers_count(j->comers)) {
		c = comers_at(j->comers, j->at++);
		if (c->sessions == 0 || is_early(j, &c->addr, &f))
			continue;
		*addr = c->addr;
		return BATCH_ADDRESS;
	}
	return BATCH_END;
}

static void
done(void *arg, const struct findings *f)
{
	struct judging *j = arg;
	struct comer   *c;

	if ((c = comers_find(j->comers, &f->addr)) != NULL)
		add_verdict(j, c, f);
}

/* Those who need no DNS; counts the others. */
static void
judge_early(struct judging *j)
{
	struct findings f;
	struct comer   *c;
	size_t		i;

	for (i = 0; i < comers_count(j->comers); i++) {
		c = comers_at(j->comers, i);
		if (c->sessions == 0)
			continue;
		j->r->clients++;
		if (is_early(j, &c->addr, &f))
			add_verdict(j, c, &f);
		else
			j->r->asked++;
	}
}

static int
judge(struct judging *j)
{
	struct batch batch = { .next = next,
		.done = done,
		.fd = -1,
		.dnsbls = 1,
		.sets = j->sets,
		.arg = j };

	judge_early(j);
	if (j->r->asked == 0)
		return 0;
	log_info("asking the DNS about %" PRIu64 " addresses", j->r->asked);
	return batch_run(j->conf, INFLIGHT, &batch) == -1 ? EX_OSERR : 0;
}

int
rehearse(const struct conf *conf, const char *maillog, int json, FILE *out)
{
	struct rehearsal *r;
	struct reading	  w = { .comers = NULL };
	struct judging	  j = { .conf = fcrdns_conf(conf) };
	int		  ret;

	r = xcalloc(1, sizeof(*r));
	w.r = j.r = r;
	w.comers = j.comers = comers_new();
	w.processes = xcalloc(PROCESSES, sizeof(*w.processes));
	if ((ret = read_log(&w, maillog)) == 0) {
		j.sets = known_open(conf);
		ret = j.sets != NULL ? judge(&j) : EX_OSERR;
		sets_free(j.sets);
	}
	if (ret == 0 && json)
		rehearsal_json(r, out);
	else if (ret == 0)
		rehearsal_print(r, out);
	free(w.processes);
	comers_free(w.comers);
	free(r);
	return ret;
}
