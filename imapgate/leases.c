/* SPDX-License-Identifier: ISC */
#include "leases.h"

#include <stdlib.h>
#include <string.h>

static void
lines_free(struct leases_line *line, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(line[i].text);
	free(line);
}

void
leases_free(struct leases *l)
{
	lines_free(l->comment, l->ncomments);
	lines_free(l->broken, l->nbroken);
	free(l->lease);
	memset(l, 0, sizeof(*l));
}

/* Room for one more, by doubling at powers of two.  The array, or NULL. */
static void *
grow(void *array, size_t n, size_t size)
{
	if ((n & (n - 1)) != 0)
		return array;
	return reallocarray(array, n == 0 ? 1 : n * 2, size);
}

static int
add_line(struct leases_line **lines, size_t *n, const struct leases_line *line)
{
	struct leases_line *grown, *l;

	if ((grown = grow(*lines, *n, sizeof(*grown))) == NULL)
		return -1;
	*lines = grown;
	l = &grown[*n];
	*l = *line;
	if ((l->text = malloc(line->len + 1)) == NULL)
		return -1;
	memcpy(l->text, line->text, line->len);
	l->text[line->len] = '\0';
	(*n)++;
	return 0;
}

static int
is_comment(const char *s)
{
	s += strspn(s, " \t");
	return *s == '\0' || *s == '#';
}

/* One line, which ends in NUL. */
static int
parse_line(struct leases *l, struct leases_line *line)
{
	struct lease lease;

	if (strlen(line->text) != line->len)
		line->why = "a NUL byte";
	else if (is_comment(line->text)) {
		line->before = l->n;
		return add_line(&l->comment, &l->ncomments, line);
	} else if ((line->why = lease_parse(&lease, line->text)) == NULL) {
		return leases_add(l, &lease);
	}
	return add_line(&l->broken, &l->nbroken, line);
}

int
leases_parse(struct leases *l, const char *text, size_t len)
{
	struct leases_line line = { .number = 0 };
	const char	  *end;
	char		  *copy;
	int		   ret = 0;

	while (len > 0 && ret == 0) {
		end = memchr(text, '\n', len);
		line.len = end == NULL ? len : (size_t)(end - text);
		line.number++;
		if ((copy = malloc(line.len + 1)) == NULL)
			return -1;
		memcpy(copy, text, line.len);
		copy[line.len] = '\0';
		line.text = copy;
		ret = parse_line(l, &line);
		free(copy);
		if (end != NULL)
			line.len++;
		text += line.len;
		len -= line.len;
	}
	/* Broken lines are to leave the file. */
	l->dirty = l->nbroken > 0;
	return ret;
}

/* A text that grows; NULL once memory is out. */
struct text {
	char  *bytes;
	size_t len, room;
};

static void
add_text(struct text *t, const char *line, size_t len)
{
	char *grown;

	/* With its newline, and perhaps a NUL behind the last. */
	if (t->bytes != NULL && t->room - t->len < len + 2) {
		t->room = 2 * t->room + len + 2;
		if ((grown = realloc(t->bytes, t->room)) == NULL)
			free(t->bytes);
		t->bytes = grown;
	}
	if (t->bytes == NULL)
		return;
	memcpy(t->bytes + t->len, line, len);
	t->len += len;
	t->bytes[t->len++] = '\n';
	t->bytes[t->len] = '\0';
}

char *
leases_print(const struct leases *l, size_t *len)
{
	struct text t = { .room = LEASE_LINE_LEN };
	char	    line[LEASE_LINE_LEN];
	size_t	    c = 0, i, n;

	t.bytes = calloc(1, t.room);
	for (i = 0; i <= l->n; i++) {
		for (; c < l->ncomments && l->comment[c].before <= i; c++)
			add_text(&t, l->comment[c].text, l->comment[c].len);
		if (i == l->n)
			break;
		n = lease_print(&l->lease[i], line);
		add_text(&t, line, n);
	}
	*len = t.len;
	return t.bytes;
}

struct lease *
leases_find(const struct leases *l, const struct prefix *p)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (!l->lease[i].ended && l->lease[i].prefix.bits == p->bits &&
		    addr_equal(&l->lease[i].prefix.addr, &p->addr))
			return &l->lease[i];
	return NULL;
}

int
leases_add(struct leases *l, const struct lease *lease)
{
	struct lease *grown;

	if ((grown = grow(l->lease, l->n, sizeof(*grown))) == NULL)
		return -1;
	l->lease = grown;
	l->lease[l->n++] = *lease;
	l->dirty = 1;
	return 0;
}

void
leases_end(struct leases *l, struct lease *lease, time_t when)
{
	lease->ended = 1;
	lease->until = when;
	l->dirty = 1;
}

time_t
leases_newest(const struct leases *l)
{
	time_t t = 0;
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (l->lease[i].since > t)
			t = l->lease[i].since;
		if (l->lease[i].ended && l->lease[i].until > t)
			t = l->lease[i].until;
	}
	return t;
}

static int
something_to_lose(const struct leases *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->lease[i].ended || l->lease[i].until != LEASE_FOREVER)
			return 1;
	return 0;
}

enum lease_clock
leases_clock(const struct leases *l, time_t now)
{
	if (!something_to_lose(l))
		return LEASE_CLOCK_GOOD;
	return lease_clock(leases_newest(l), now);
}

void
leases_believe(struct leases *l, time_t now)
{
	struct lease *p;
	size_t	      i;

	for (i = 0; i < l->n; i++) {
		p = &l->lease[i];
		if (p->since > now) {
			p->since = now;
			l->dirty = 1;
		}
		if (p->ended && p->until > now) {
			p->until = now;
			l->dirty = 1;
		}
	}
	/* Only a line by hand lasts beyond LEASE_SKEW. */
	if (leases_clock(l, now) == LEASE_CLOCK_AHEAD) {
		l->lease[0].since = now;
		l->dirty = 1;
	}
}

struct lease *
leases_over(const struct leases *l, size_t *i, time_t now)
{
	for (; *i < l->n; (*i)++)
		if (!l->lease[*i].ended && !lease_is_open(&l->lease[*i], now))
			return &l->lease[*i];
	return NULL;
}

size_t
leases_forget(struct leases *l, time_t now)
{
	size_t c, i, kept = 0, gone;

	c = 0;
	for (i = 0; i < l->n; i++) {
		for (; c < l->ncomments && l->comment[c].before <= i; c++)
			l->comment[c].before = kept;
		if (l->lease[i].ended && l->lease[i].until + LEASE_KEEP <= now)
			continue;
		if (kept != i)
			l->lease[kept] = l->lease[i];
		kept++;
	}
	for (; c < l->ncomments; c++)
		l->comment[c].before = kept;
	gone = l->n - kept;
	l->n = kept;
	if (gone > 0)
		l->dirty = 1;
	return gone;
}

time_t
leases_next(const struct leases *l)
{
	time_t next = 0;
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (l->lease[i].ended || l->lease[i].until == LEASE_FOREVER)
			continue;
		if (next == 0 || l->lease[i].until < next)
			next = l->lease[i].until;
	}
	return next;
}
