/* SPDX-License-Identifier: ISC */
#include "round.h"

#include <sys/stat.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fetch.h"
#include "guard.h"
#include "log.h"
#include "round_say.h"
#include "source.h"
#include "unpack.h"

#define PIECE (64 * 1024)
/* Not put off until the next refresh: a full disk may soon be none. */
#define NO_LIST "the list could not be made of it"

static int
lock(struct round *r)
{
	if ((r->lock = folder_lock(r->f, FOLDER_LOCK)) != -1)
		return 0;
	log_warn("list %s: the lock of the folder", r->list->name);
	return -1;
}

static void
unlock(struct round *r)
{
	if (r->lock != -1)
		close(r->lock);
	r->lock = -1;
}

/* Locked.  What cannot be written is asked again too soon, at worst. */
static void
remember(struct round *r)
{
	if (source_write_meta(r->f, r->name, &r->m) == -1)
		log_warn("list %s: src/%s.meta", r->list->name, r->name);
}

/* Locked.  The reason is in m.why. */
static enum round_result
failed(struct round *r, const char *why, unsigned int retry_after)
{
	struct meta *m = &r->m;
	int	     news = strcmp(m->why, why) != 0;

	snprintf(m->why, sizeof(m->why), "%s", why);
	if (m->failures < UINT16_MAX)
		m->failures++;
	if (retry_after > RETRY_MAX)
		retry_after = RETRY_MAX;
	m->not_before = retry_after == 0 ? 0 : r->now + retry_after;
	round_say_failed(r,
	    r->source->url != NULL ? round_when(m, r->source, 0, r->now) : 0,
	    news);
	round_say_stale(r);
	/* A file is looked at often: each look is not worth a write. */
	if (r->source->url != NULL || news)
		remember(r);
	return ROUND_FAILED;
}

/* What is in use: how many entries, and is it any good? */
static int
look_at_set(struct round *r)
{
	char		why[SET_WHY_LEN];
	struct set     *set;
	struct set_info info;

	r->was = 0;
	if ((set = source_open(r->f, r->name, SET_SUFFIX, why)) == NULL)
		return 0;
	set_info(set, &info);
	set_close(set);
	if (info.good > info.duplicate)
		r->was = (size_t)(info.good - info.duplicate);
	return 1;
}

static enum round_result
hold(struct round *r, const char *why)
{
	struct meta    *m = &r->m;
	struct set_info info;

	round_info(r, &info);
	/* A web page is no list; what was held back before may still be. */
	if (!r->feed.html) {
		m->held = 1;
		m->held_entries = feed_entries(&r->feed);
		if (source_hold(r->f, r->name, &r->feed.ranges, &info) == -1) {
			log_warn("list %s: src/%s.held", r->list->name,
			    r->name);
			m->held = 0;
		}
	}
	m->failures = 0;
	m->not_before = 0;
	snprintf(m->why, sizeof(m->why), "%s", why);
	round_say_held(r);
	round_say_stale(r);
	remember(r);
	return ROUND_HELD;
}

/* Locked: it is good; etag and last_modified are of it. */
static enum round_result
take(struct round *r, const char *etag, const char *last_modified)
{
	struct meta    *m = &r->m;
	struct set_info info;
	int		news, ret;

	news = r->source->url != NULL || m->failures > 0 || m->why[0] != '\0' ||
	    m->good == 0;
	round_info(r, &info);
	ret = source_install(r->f, r->name, &r->feed.ranges, &info);
	if (ret == -1)
		return failed(r, strerror(errno), 0);
	if (ret == 1)
		m->changed = r->now;
	m->good = r->now;
	m->entries = feed_entries(&r->feed);
	m->bad = r->feed.counts.bad;
	m->duplicate = r->feed.counts.duplicate;
	m->held = 0;
	m->held_entries = 0;
	m->failures = 0;
	m->not_before = m->told = 0;
	m->why[0] = '\0';
	snprintf(m->form, sizeof(m->form), "%s", feed_form_name(r->feed.form));
	snprintf(m->etag, sizeof(m->etag), "%s", etag);
	snprintf(m->last_modified, sizeof(m->last_modified), "%s",
	    last_modified);
	if (news || ret == 1)
		remember(r);
	/* Making the list needs memory, too. */
	feed_free(&r->feed);
	if (list_union(r->f, r->list, r->now) == -1)
		return failed(r, NO_LIST, 0);
	if (ret == 1)
		round_say_new(r, &info);
	else
		round_say_same(r);
	return ret == 1 ? ROUND_NEW : ROUND_SAME;
}

/* Locked, and something was read: is it good enough? */
static enum round_result
judge(struct round *r, const char *etag, const char *last_modified)
{
	char	     buf[GUARD_WHY_LEN];
	const char  *why;
	struct guard g = { .widest4 = r->list->widest4,
		.widest6 = r->list->widest6 };

	look_at_set(r);
	g.entries = r->was;
	feed_merge(&r->feed);
	if (r->source->url == NULL)
		return take(r, "", "");
	why = guard_refuses(&g, &r->feed, buf);
	r->special = guard_special_count(&r->feed.ranges);
	if (guard_special(&r->feed.ranges) == -1)
		return failed(r, "out of memory", 0);
	/* What somebody has accepted is not refused the next time it comes. */
	if (why != NULL &&
	    (r->feed.html || !source_has(r->f, r->name, &r->feed.ranges)))
		return hold(r, why);
	return take(r, etag, last_modified);
}

static int
put_feed(void *arg, const void *bytes, size_t len)
{
	struct round *r = arg;

	return feed_put(&r->feed, bytes, len);
}

static int
put_unpack(void *arg, const void *bytes, size_t len)
{
	struct round *r = arg;

	r->unpacked = unpack_put(r->unpack, bytes, len);
	return r->unpacked == UNPACK_OK ? 0 : -1;
}

/* Why reading stopped in the middle, or NULL: it did not. */
static const char *
stopped(struct round *r)
{
	if (r->feed.nomem || r->unpacked == UNPACK_NOMEM)
		return "out of memory";
	if (r->feed.toomany) {
		snprintf(r->why, sizeof(r->why), "more than %u lines",
		    r->list->lines);
		return r->why;
	}
	if (r->unpacked == UNPACK_TOO_BIG) {
		snprintf(r->why, sizeof(r->why), "more than %zu bytes",
		    r->list->size);
		return r->why;
	}
	return r->unpacked == UNPACK_OK ? NULL : unpack_text(r->unpacked);
}

/* All bytes are there. */
static void
end_reading(struct round *r)
{
	if (r->unpacked == UNPACK_OK)
		r->unpacked = unpack_end(r->unpack);
	if (r->unpacked == UNPACK_OK)
		feed_end(&r->feed);
}

/*
 * Before it is asked: whoever is killed and starts anew must not hammer, and
 * must not wait for the next refresh either.  So it has failed until it has
 * not.  0 or -1.
 */
static int
note_asked(const struct round *r)
{
	struct meta m = r->m;

	if (m.failures < UINT16_MAX)
		m.failures++;
	if (source_write_meta(r->f, r->name, &m) == 0)
		return 0;
	log_warn("list %s: src/%s.meta: not asked", r->list->name, r->name);
	return -1;
}

/* Locked for a moment: may it be asked now, and if so, it was. */
static int
begin(struct round *r, enum round_result *result)
{
	int64_t when;
	int	ret = -1;

	*result = ROUND_FAILED;
	if (lock(r) == -1)
		return -1;
	if (source_read_meta(r->f, r->name, &r->m) == -1) {
		log_warn("list %s: src/%s.meta", r->list->name, r->name);
		goto out;
	}
	when = round_when(&r->m, r->source, r->by_hand, r->now);
	if (when > r->now) {
		round_say_early(r, when);
		*result = ROUND_EARLY;
		goto out;
	}
	if (!look_at_set(r)) /* a 304 would help nobody */
		r->m.etag[0] = r->m.last_modified[0] = '\0';
	r->m.tried = r->now;
	if (r->m.first == 0 || r->m.first > r->now)
		r->m.first = r->now;
	ret = note_asked(r);
out:
	unlock(r);
	return ret;
}

/* Locked: nothing is new, if what is in use is still what was asked about. */
static enum round_result
not_modified(struct round *r, const struct meta *asked)
{
	if (strcmp(asked->etag, r->m.etag) != 0 ||
	    strcmp(asked->last_modified, r->m.last_modified) != 0)
		return failed(r, "it was changed while the server was asked",
		    0);
	r->m.good = r->now;
	r->m.failures = 0;
	r->m.not_before = r->m.told = 0;
	r->m.why[0] = '\0';
	/* The server is back at what is in use. */
	r->m.held = 0;
	r->m.held_entries = 0;
	source_drop_held(r->f, r->name);
	remember(r);
	if (list_union(r->f, r->list, r->now) == -1)
		return failed(r, NO_LIST, 0);
	round_say_same(r);
	return ROUND_SAME;
}

/* Locked again, with an answer or none. */
static enum round_result
conclude(struct round *r, const struct fetch *f, int got)
{
	struct meta asked = r->m;
	const char *why;

	if (source_read_meta(r->f, r->name, &r->m) == -1) {
		log_warn("list %s: src/%s.meta", r->list->name, r->name);
		return ROUND_FAILED;
	}
	r->m.failures = asked.failures; /* as before note_asked() */
	if (got == 0 && f->status == 304)
		return not_modified(r, &asked);
	if ((why = stopped(r)) == NULL && got == -1)
		why = f->why;
	if (why != NULL)
		return failed(r, why, f->retry_after);
	return judge(r, f->new_etag, f->new_last_modified);
}

static enum round_result
ask(struct round *r, const struct round_secrets *secrets)
{
	struct meta	  asked;
	struct fetch	  f;
	enum round_result result;
	int		  got;

	if (begin(r, &result) == -1)
		return result;
	asked = r->m;
	memset(&f, 0, sizeof(f));
	f.url = r->source->url;
	f.etag = asked.etag;
	f.last_modified = asked.last_modified;
	if (secrets != NULL) {
		f.token = secrets->token;
		f.header = secrets->header;
		f.ca = secrets->ca;
	}
	f.timeout = r->list->timeout;
	f.size = r->list->size;
	f.put = put_unpack;
	f.arg = r;
	got = fetch(&f);
	if (got == 0 && f.status == 200)
		end_reading(r);
	if (lock(r) == -1)
		return ROUND_FAILED;
	return conclude(r, &f, got);
}

/* To the end, from the begin. */
static const char *
read_file(struct round *r, int fd)
{
	char	    piece[PIECE];
	struct stat st;
	ssize_t	    n;

	if (fd == -1)
		return "it cannot be opened";
	if (fstat(fd, &st) == -1 || lseek(fd, 0, SEEK_SET) == -1)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "it is no file";
	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return strerror(errno);
		if (put_unpack(r, piece, (size_t)n) == -1)
			return stopped(r);
	}
	end_reading(r);
	return stopped(r);
}

/* The operator's word is obeyed, whatever it is. */
static enum round_result
look(struct round *r, int fd)
{
	const char *why = read_file(r, fd);

	if (lock(r) == -1)
		return ROUND_FAILED;
	if (source_read_meta(r->f, r->name, &r->m) == -1) {
		log_warn("list %s: src/%s.meta", r->list->name, r->name);
		return ROUND_FAILED;
	}
	r->m.tried = r->now;
	if (r->m.first == 0)
		r->m.first = r->now;
	if (why != NULL)
		return failed(r, why, 0);
	return judge(r, "", "");
}

static void
init(struct round *r, const struct folder *f, const struct list_conf *list,
    const struct list_source *source, int by_hand, int64_t now)
{
	memset(r, 0, sizeof(*r));
	r->f = f;
	r->list = list;
	r->source = source;
	r->by_hand = by_hand;
	r->now = now;
	r->lock = -1;
	source_name(list, source, r->name);
	source_shown(source, r->shown, sizeof(r->shown));
}

enum round_result
round_run(const struct folder *f, const struct list_conf *list,
    const struct list_source *source, const struct round_secrets *secrets,
    int fd, int by_hand, int64_t now)
{
	struct round	  r;
	enum round_result result;

	init(&r, f, list, source, by_hand, now);
	feed_init(&r.feed, list->lines);
	if ((r.unpack = unpack_new(list->size, put_feed, &r)) == NULL) {
		log_warnx("list %s: %s: out of memory", list->name, r.shown);
		result = ROUND_FAILED;
	} else if (source->url != NULL)
		result = ask(&r, secrets);
	else
		result = look(&r, fd);
	unlock(&r);
	unpack_free(r.unpack);
	feed_free(&r.feed);
	return result;
}

enum round_result
round_cannot(const struct folder *f, const struct list_conf *list,
    const struct list_source *source, const char *why, int by_hand, int64_t now)
{
	struct round r;
	struct meta  was;
	int	     news;

	init(&r, f, list, source, by_hand, now);
	if (lock(&r) == -1)
		return ROUND_FAILED;
	if (source_read_meta(f, r.name, &r.m) == -1) {
		log_warn("list %s: src/%s.meta", list->name, r.name);
	} else {
		was = r.m;
		news = strcmp(was.why, why) != 0;
		snprintf(r.m.why, sizeof(r.m.why), "%s", why);
		if (r.m.first == 0 || r.m.first > now)
			r.m.first = now;
		round_say_failed(&r, 0, news);
		round_say_stale(&r);
		if (news || r.m.first != was.first || r.m.told != was.told)
			remember(&r);
	}
	unlock(&r);
	return ROUND_FAILED;
}
