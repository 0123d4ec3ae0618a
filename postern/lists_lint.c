/* SPDX-License-Identifier: ISC */
/*
 * "lists lint": what a file would be taken for, before a list names it or
 * before it is published.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "guard.h"
#include "json.h"
#include "lists_verb.h"
#include "log.h"
#include "unpack.h"

#define SIZE_CAP ((size_t)1 << 30)
#define WIDEST4	 8 /* as a list has them, if it does not say */
#define WIDEST6	 16

struct lint {
	const char *name;
	const char *refused; /* as a url; NULL: not */
	char	    why[GUARD_WHY_LEN];
	size_t	    special;
};

static int
put(void *arg, const void *bytes, size_t len)
{
	return feed_put(arg, bytes, len);
}

/* 0, or an exit status with the reason said. */
static int
read_all(int fd, const char *name, struct unpack *u, struct feed *f)
{
	static char	   piece[65536];
	enum unpack_result r = UNPACK_OK;
	ssize_t		   n;

	while (r == UNPACK_OK && (n = read(fd, piece, sizeof(piece))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			log_warn("%s", name);
			return EX_NOINPUT;
		}
		r = unpack_put(u, piece, (size_t)n);
	}
	if (r == UNPACK_OK)
		r = unpack_end(u);
	if (r == UNPACK_OK)
		feed_end(f);
	if (r == UNPACK_NOMEM || f->nomem) {
		log_warnx("%s: out of memory", name);
		return EX_OSERR;
	}
	if (r != UNPACK_OK) {
		log_warnx("%s: %s", name, unpack_text(r));
		return EX_DATAERR;
	}
	return 0;
}

static void
print_text(const struct lint *t, const struct feed *f)
{
	const struct feed_counts *c = &f->counts;

	printf("%s: %s\n", t->name,
	    f->html ? "a web page" : feed_form_name(f->form));
	printf("  %" PRIu64 " lines: %" PRIu64 " good, %" PRIu64
	       " bad, %" PRIu64 " blank, comments or names of columns, %" PRIu64
	       " metadata\n",
	    c->lines, c->good, c->bad, c->empty, c->meta);
	printf("  %" PRIu64 " entries, %" PRIu64 " duplicates: %zu IPv4 "
	       "ranges of %" PRIu64 " addresses, %zu IPv6 ranges of %" PRIu64
	       " /64\n",
	    feed_entries(f), c->duplicate, f->ranges.n4,
	    ranges_count4(&f->ranges), f->ranges.n6, ranges_count6(&f->ranges));
	if (t->special > 0)
		printf("  %zu ranges have special-purpose addresses, which "
		       "are left out of what a url says\n",
		    t->special);
	if (c->bad > 0)
		printf("  line %" PRIu64 " is bad first: \"%s\"\n",
		    c->first_bad_line, c->first_bad);
	if (t->refused != NULL)
		printf("  from a url it would be held back: %s\n", t->refused);
}

static void
print_json(const struct lint *t, const struct feed *f)
{
	const struct feed_counts *c = &f->counts;

	putchar('{');
	json_member(stdout, "file", t->name);
	printf(",\"form\":\"%s\",\"html\":%s", feed_form_name(f->form),
	    f->html ? "true" : "false");
	printf(",\"lines\":%" PRIu64 ",\"good\":%" PRIu64 ",\"bad\":%" PRIu64
	       ",\"empty\":%" PRIu64 ",\"meta\":%" PRIu64,
	    c->lines, c->good, c->bad, c->empty, c->meta);
	printf(",\"entries\":%" PRIu64 ",\"duplicates\":%" PRIu64
	       ",\"ranges4\":%zu,\"addresses4\":%" PRIu64 ",\"ranges6\":%zu"
	       ",\"networks6\":%" PRIu64 ",\"special\":%zu",
	    feed_entries(f), c->duplicate, f->ranges.n4,
	    ranges_count4(&f->ranges), f->ranges.n6, ranges_count6(&f->ranges),
	    t->special);
	if (c->bad > 0) {
		printf(",\"first_bad_line\":%" PRIu64 ",", c->first_bad_line);
		json_member(stdout, "first_bad", c->first_bad);
	}
	putchar(',');
	json_member(stdout, "refused", t->refused);
	puts("}");
}

static void
judge(struct lint *t, struct feed *f)
{
	struct guard g = { .widest4 = WIDEST4, .widest6 = WIDEST6 };

	feed_merge(f);
	t->refused = guard_refuses(&g, f, t->why);
	t->special = guard_special_count(&f->ranges);
}

int
lists_lint(struct lists *l)
{
	static struct feed f;
	struct lint	   t = { .name = l->operand[0] };
	struct unpack	  *u;
	int		   fd = STDIN_FILENO, ret;

	if (strcmp(t.name, "-") != 0 &&
	    (fd = open(t.name, O_RDONLY | O_CLOEXEC)) == -1) {
		log_warn("%s", t.name);
		return EX_NOINPUT;
	}
	feed_init(&f, 0);
	if ((u = unpack_new(SIZE_CAP, put, &f)) == NULL) {
		log_warnx("out of memory");
		ret = EX_OSERR;
	} else if ((ret = read_all(fd, t.name, u, &f)) == 0) {
		judge(&t, &f);
		if (l->json)
			print_json(&t, &f);
		else
			print_text(&t, &f);
		ret = t.refused == NULL ? 0 : EX_DATAERR;
	}
	unpack_free(u);
	feed_free(&f);
	if (fd != STDIN_FILENO)
		close(fd);
	return ret;
}
