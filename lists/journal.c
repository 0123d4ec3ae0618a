/* SPDX-License-Identifier: ISC */
#include "journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ban_line.h"
#include "ban_plan.h"
#include "clock.h"
#include "date.h"
#include "folder.h"
#include "journal_file.h"
#include "lists_conf.h"
#include "log.h"
#include "set.h"
#include "set_update.h"

#define LOCK_NAME   "bans.lock"
#define SET_NAME    LIST_BANS SET_SUFFIX
#define CLOCK_EVERY 86400 /* a line that says how late it is */
#define NEXT_MAX    3600
#define NEXT_DOUBT  60 /* the clock is not believed, or something failed */

/* One journal a process. */
static struct {
	struct journal_file file;
	int		    doubted; /* the clock, and that was said */
} kept = { .file = { .fd = -1 } };

/* One piece of work, from lock to unlock. */
struct work {
	const struct folder *folder;
	int		     lock;
	struct bans_clock    clock;
};

void
journal_close(void)
{
	journal_file_close(&kept.file);
	kept.doubted = 0;
}

static void
say_clock(const struct bans_clock *clock, int64_t now)
{
	char is[DATE_RFC3339_LEN], was[DATE_RFC3339_LEN];

	if (kept.doubted == !clock->good)
		return;
	kept.doubted = !clock->good;
	if (clock->good)
		log_info("the clock is believed again");
	else
		log_warnx("the clock is not believed: it says %s, the newest "
			  "line of the bans is of %s; no ban ends until it "
			  "is right, or until \"postern ban -y\" says that "
			  "it is",
		    date_rfc3339(now, is), date_rfc3339(clock->now, was));
}

static int
begin(struct work *w, const struct folder *folder)
{
	int64_t now;

	w->folder = folder;
	if ((w->lock = folder_lock(folder, LOCK_NAME)) == -1) {
		log_warn("lists/" LOCK_NAME);
		return -1;
	}
	if (journal_file_read(&kept.file, folder->dir, 1) == -1) {
		close(w->lock);
		return -1;
	}
	now = clock_now();
	w->clock = bans_judge(kept.file.bans, now);
	say_clock(&w->clock, now);
	return 0;
}

static void
end(struct work *w)
{
	close(w->lock);
}

/* bans.set from the bans that hold.  0, or -1 with the reason logged. */
static int
publish(const struct work *w)
{
	struct ranges	ranges;
	struct set_info info;
	int		ret = -1;

	memset(&info, 0, sizeof(info));
	info.time = (uint64_t)w->clock.now;
	info.good = bans_count(kept.file.bans, &w->clock);
	info.bad = kept.file.bad;
	if (bans_ranges(kept.file.bans, &w->clock, &ranges) == 0) {
		ret =
		    set_update(w->folder->dir, SET_NAME, &ranges, &info) == -1 ?
		    -1 :
		    0;
		ranges_free(&ranges);
	}
	if (ret == -1)
		log_warn("lists/" SET_NAME);
	return ret;
}

/*
 * After what was asked for is done and on the disk: nothing of this can undo
 * it.
 */
static enum journal_result
finish(struct work *w, const struct bans_conf *conf, int stale)
{
	enum journal_result result = JOURNAL_DONE;

	if (stale && journal_file_read(&kept.file, w->folder->dir, 1) == -1)
		return JOURNAL_LATE;
	if (publish(w) == -1)
		result = JOURNAL_LATE;
	if (w->clock.good)
		bans_forget(kept.file.bans, &w->clock, (int64_t)conf->longest);
	/* Nothing ends by that: the clock may be what it wants. */
	(void)journal_file_compact(&kept.file, w->folder->dir);
	return result;
}

/* -1: nothing is changed; else as journal_file_append(). */
static int
append(const struct ban_line *lines, size_t n)
{
	char   text[BAN_PLAN_LINES * BAN_LINE_LEN];
	size_t i, len = 0;

	for (i = 0; i < n; i++)
		len += ban_line_write(text + len, &lines[i]);
	return journal_file_append(&kept.file, text, len);
}

static void
ban_of_line(struct ban *ban, const struct ban_line *l)
{
	memset(ban, 0, sizeof(*ban));
	ban->prefix = l->prefix;
	ban->since = l->time;
	ban->until = l->until;
	ban->times = l->times;
	strlcpy(ban->who, l->who, sizeof(ban->who));
	strlcpy(ban->why, l->why, sizeof(ban->why));
}

static int
is_full(const struct ban_plan *p, const struct bans_clock *clock)
{
	if (bans_records(kept.file.bans) + p->n <= BANS_MAX)
		return 0;
	return bans_count(kept.file.bans, clock) + p->n > BANS_MAX;
}

static enum journal_result
ban(struct work *w, const struct bans_conf *conf, const struct journal_ban *b,
    struct ban *out)
{
	struct ban_plan p = { .prefix = ban_line_prefix(&b->prefix) };
	int		stale;

	p.length = b->length;
	p.repeats = b->repeats;
	p.who = b->who;
	p.why = b->why;
	p.keep = conf->keep;
	p.longest = conf->longest;
	ban_plan(&p, kept.file.bans, &w->clock);
	if (is_full(&p, &w->clock))
		return JOURNAL_FULL;
	if ((stale = append(p.line, p.n)) == -1)
		return JOURNAL_FAILED;
	if (out != NULL)
		ban_of_line(out, &p.line[p.n - 1]);
	return finish(w, conf, stale);
}

enum journal_result
journal_ban(const struct folder *folder, const struct bans_conf *conf,
    const struct journal_ban *b, struct ban *out)
{
	enum journal_result result;
	struct work	    w;

	if (b->prefix.addr.family == ADDR_NONE ||
	    ban_line_too_wide(&b->prefix) != NULL)
		return JOURNAL_WIDE;
	if (begin(&w, folder) == -1)
		return JOURNAL_FAILED;
	result = ban(&w, conf, b, out);
	end(&w);
	return result;
}

static enum journal_result
unban(struct work *w, const struct bans_conf *conf, const struct prefix *p,
    const char *who, struct ban *still)
{
	struct ban_line	  l = { .word = BAN_LINE_UNBAN, .time = w->clock.now };
	const struct ban *wider;
	enum journal_result result;
	int		    stale = 0, any;

	l.prefix = ban_line_prefix(p);
	ban_line_who(l.who, who);
	any = bans_within(kept.file.bans, &l.prefix, &w->clock);
	if (any && (stale = append(&l, 1)) == -1)
		return JOURNAL_FAILED;
	/* Even if there is none: who did it before may have been killed. */
	result = finish(w, conf, stale);
	/* What is not wider is no more. */
	if (kept.file.bans != NULL &&
	    (wider = bans_holding(kept.file.bans, &l.prefix, &w->clock)) !=
		NULL)
		*still = *wider;
	return any || result != JOURNAL_DONE ? result : JOURNAL_ABSENT;
}

enum journal_result
journal_unban(const struct folder *folder, const struct bans_conf *conf,
    const struct prefix *p, const char *who, struct ban *still)
{
	enum journal_result result;
	struct ban	    other;
	struct work	    w;

	if (still == NULL)
		still = &other;
	memset(still, 0, sizeof(*still));
	if (p->addr.family == ADDR_NONE || ban_line_too_wide(p) != NULL)
		return JOURNAL_WIDE;
	if (begin(&w, folder) == -1)
		return JOURNAL_FAILED;
	result = unban(&w, conf, p, who, still);
	end(&w);
	return result;
}

/*
 * On a machine where nobody is banned for long, a line now and then keeps the
 * clock from looking as if it had jumped.
 */
static int
keep_time(const struct work *w)
{
	struct ban_line l = { .word = BAN_LINE_CLOCK, .time = w->clock.now };
	int64_t		newest = bans_newest(kept.file.bans);

	if (!w->clock.good || newest == 0 || l.time - newest < CLOCK_EVERY)
		return 0;
	return append(&l, 1);
}

static int64_t
next_of(const struct work *w)
{
	int64_t at, left;

	/* Without bans it could not be read again, which was logged. */
	if (!w->clock.good || kept.file.bans == NULL)
		return NEXT_DOUBT;
	if ((at = bans_next_end(kept.file.bans, &w->clock)) == 0)
		return NEXT_MAX;
	left = at - w->clock.now;
	return left < NEXT_MAX ? left : NEXT_MAX;
}

enum journal_result
journal_tend(const struct folder *folder, const struct bans_conf *conf,
    int64_t *next)
{
	enum journal_result result = JOURNAL_FAILED;
	struct work	    w;
	int		    stale;

	*next = NEXT_DOUBT;
	if (begin(&w, folder) == -1)
		return JOURNAL_FAILED;
	/* With a full disk, what has ended is still let in again. */
	stale = keep_time(&w);
	if (stale != 1)
		result = finish(&w, conf, 0);
	if (result == JOURNAL_DONE && stale == 0)
		*next = next_of(&w);
	end(&w);
	return stale == -1 ? JOURNAL_FAILED : result;
}

enum journal_result
journal_right(const struct folder *folder, const struct bans_conf *conf,
    const char *who)
{
	struct ban_line	    l = { .word = BAN_LINE_RIGHT, .time = clock_now() };
	enum journal_result result = JOURNAL_FAILED;
	struct work	    w;
	int		    stale;

	if (l.time <= 0 || l.time > BAN_TIME_LAST) {
		log_warnx("the clock is not right");
		return JOURNAL_FAILED;
	}
	ban_line_who(l.who, who);
	if (begin(&w, folder) == -1)
		return JOURNAL_FAILED;
	if ((stale = append(&l, 1)) != -1) {
		w.clock.now = l.time;
		w.clock.good = 1;
		say_clock(&w.clock, l.time);
		result = finish(&w, conf, stale);
	}
	end(&w);
	return result;
}

struct bans *
journal_look(const struct folder *folder, struct bans_clock *clock)
{
	struct journal_file j = { .fd = -1 };
	struct bans	   *b;

	if (journal_file_read(&j, folder->dir, 0) == -1)
		return NULL;
	b = j.bans;
	j.bans = NULL;
	journal_file_close(&j);
	*clock = bans_judge(b, clock_now());
	return b;
}
