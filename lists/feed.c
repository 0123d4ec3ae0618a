/* SPDX-License-Identifier: ISC */
#include "feed.h"

#include <string.h>

#include "feed_parse.h"
#include "line.h"
#include "special.h"

void
feed_init(struct feed *f, uint64_t lines_max)
{
	memset(f, 0, sizeof(*f));
	f->lines_max = lines_max;
}

void
feed_free(struct feed *f)
{
	ranges_free(&f->ranges);
}

const char *
feed_form_name(enum feed_form form)
{
	switch (form) {
	case FEED_PLAIN:
		return "plain";
	case FEED_DSHIELD:
		return "dshield";
	case FEED_NDJSON:
		return "ndjson";
	case FEED_CSV:
		return "csv";
	case FEED_UNKNOWN:
		break;
	}
	return "unknown";
}

void
feed_merge(struct feed *f)
{
	f->counts.duplicate += ranges_merge(&f->ranges);
}

uint64_t
feed_entries(const struct feed *f)
{
	return f->counts.good - f->counts.duplicate;
}

/* Of the wide ones alone it matters whether they are special. */
static void
note_width(struct feed *f, const struct feed_entry *e)
{
	uint64_t n;

	if (e->family == ADDR_IPV4) {
		n = (uint64_t)e->v4.last - e->v4.first + 1;
		if (n > f->widest4 && !special_is4(e->v4.first, e->v4.last))
			f->widest4 = n;
	} else {
		n = e->v6.last.high - e->v6.first.high;
		n += n != UINT64_MAX;
		if (n > f->widest6 && !special_is6(e->v6.first, e->v6.last))
			f->widest6 = n;
	}
}

static int
add(struct feed *f, const struct feed_entry *e)
{
	if ((e->family == ADDR_IPV4 ?
		    ranges_add4(&f->ranges, e->v4.first, e->v4.last) :
		    ranges_add6(&f->ranges, e->v6.first, e->v6.last)) == -1) {
		f->nomem = 1;
		return -1;
	}
	note_width(f, e);
	return 0;
}

static const char *
trimmed_end(const char *s, const char *end)
{
	if (s < end && end[-1] == '\r')
		end--;
	while (s < end && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return end;
}

static enum feed_what
take_text(struct feed *f, const char *s, const char *end)
{
	struct feed_entry e;
	enum feed_form	  form = FEED_UNKNOWN;
	enum feed_what	  what;

	what = feed_line_parse(&e, &form, s, end);
	if (what != FEED_LINE_GOOD)
		return what;
	if (add(f, &e) == -1)
		return FEED_LINE_BAD;
	if (f->form == FEED_UNKNOWN)
		f->form = form;
	return FEED_LINE_GOOD;
}

int
feed_line(struct feed *f, const char *s, size_t len)
{
	const char *end = trimmed_end(s, s + len);

	switch (take_text(f, feed_skip_blanks(s, end), end)) {
	case FEED_LINE_GOOD:
		return 1;
	case FEED_LINE_EMPTY:
	case FEED_LINE_META:
		return 0;
	case FEED_LINE_BAD:
		break;
	}
	return -1;
}

static void
note_bad(struct feed *f, const char *s, const char *end)
{
	struct feed_counts *c = &f->counts;

	if (c->bad++ > 0)
		return;
	c->first_bad_line = c->lines;
	line_clean(c->first_bad, sizeof(c->first_bad), s, (size_t)(end - s));
}

/* Of the first line that is not blank. */
static void
begin(struct feed *f, const char *s)
{
	f->begun = 1;
	/* No form has "<" there, and no page begins without it. */
	f->html = *s == '<';
}

static int
is_first(const struct feed_counts *c)
{
	return c->good + c->bad + c->meta == 0;
}

static void
count(struct feed *f, const char *s, const char *end, int too_long)
{
	enum feed_what what;

	if (s < end && !f->begun)
		begin(f, s);
	what = too_long ? FEED_LINE_BAD : take_text(f, s, end);
	if (what == FEED_LINE_BAD && !too_long && !f->html && !f->titled &&
	    is_first(&f->counts) && feed_line_titles(s, end)) {
		f->titled = 1;
		what = FEED_LINE_EMPTY;
	}
	switch (what) {
	case FEED_LINE_GOOD:
		f->counts.good++;
		break;
	case FEED_LINE_EMPTY:
		f->counts.empty++;
		break;
	case FEED_LINE_META:
		f->counts.meta++;
		break;
	case FEED_LINE_BAD:
		if (!f->nomem)
			note_bad(f, s, end);
		break;
	}
}

/* One whole line, or as much of it as there is room for. */
static int
take(struct feed *f, const char *s, size_t len, int too_long)
{
	const char *end;

	if (f->lines_max != 0 && f->counts.lines == f->lines_max) {
		f->toomany = 1;
		return -1;
	}
	if (f->counts.lines++ == 0 && len >= 3 &&
	    memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	end = trimmed_end(s, s + len);
	count(f, feed_skip_blanks(s, end), end, too_long);
	return f->nomem ? -1 : 0;
}

/* A piece of a line that came in pieces. */
static void
keep(struct feed *f, const char *s, size_t len)
{
	size_t room = sizeof(f->line) - f->len;

	if (len > room) {
		f->skip = 1;
		len = room;
	}
	memcpy(f->line + f->len, s, len);
	f->len += len;
}

static int
take_kept(struct feed *f)
{
	int    too_long = f->skip;
	size_t len = f->len;

	f->len = 0;
	f->skip = 0;
	return take(f, f->line, len, too_long);
}

int
feed_put(struct feed *f, const void *data, size_t len)
{
	const char *s = data, *end = s + len, *newline;
	size_t	    n;

	if (f->toomany || f->nomem)
		return -1;
	for (; s < end; s = newline + 1) {
		newline = memchr(s, '\n', (size_t)(end - s));
		if (newline == NULL) {
			keep(f, s, (size_t)(end - s));
			return 0;
		}
		n = (size_t)(newline - s);
		if (f->len == 0 && n <= FEED_LINE_MAX) {
			if (take(f, s, n, 0) == -1)
				return -1;
			continue;
		}
		keep(f, s, n);
		if (take_kept(f) == -1)
			return -1;
	}
	return 0;
}

void
feed_end(struct feed *f)
{
	if (f->len > 0 && !f->toomany && !f->nomem)
		take_kept(f);
}
