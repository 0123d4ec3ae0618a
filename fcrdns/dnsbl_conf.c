/* SPDX-License-Identifier: ISC */
#include "dnsbl_conf.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "units.h"
#include "xalloc.h"

#define PATH_LEN  1024
#define ZONE_FILE "the absolute path of a file that holds the zone"
#define REPLIES	  "replies such as 127.0.0.2-11"
#define REF_LEN	  (DNSBL_NAME_LEN + 16)

/* The current word as a name: it is shown, and part of our own protocol. */
static int
check_name(struct words *w)
{
	static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz"
				   "0123456789._-";
	const char	 *name = words_text(w);
	char		  shown[SHOWN_LEN];

	/* Perhaps the zone stands where the name should: do not show it. */
	if (strlen(name) >= DNSBL_NAME_LEN)
		return words_fail(w, "expected a name of at most %d bytes",
		    DNSBL_NAME_LEN - 1);
	if (name[0] == '\0' || name[strspn(name, good)] != '\0')
		return words_fail(w,
		    "expected a name of letters, digits, \"-\", \"_\" and "
		    "\".\", got \"%s\"",
		    errors_show(shown, name));
	return 0;
}

static const char *
ref_of(char ref[REF_LEN], const char *name)
{
	snprintf(ref, REF_LEN, "dnsbl \"%s\"", name);
	return ref;
}

char *
dnsbl_name_need(struct words *w)
{
	const char *name;
	char	    ref[REF_LEN];

	if ((name = words_next(w, "the name of a dnsbl")) == NULL ||
	    check_name(w) == -1)
		return NULL;
	words_need(w, ref_of(ref, name));
	return xstrdup(name);
}

/* zone file "/path": one name, with white space around it. */
static int
read_zone_file(struct dnsbl *d, struct words *w, char zone[DNSBL_ZONE_LEN])
{
	const char *path, *text;
	size_t	    len;
	int	    hidden;

	if ((path = words_next(w, ZONE_FILE)) == NULL)
		return -1;
	/* Not words_path(), which shows what is none: perhaps the zone. */
	if (path[0] != '/' || strlen(path) > PATH_LEN)
		return words_fail(w, "expected " ZONE_FILE);
	text = words_secret(w, path, &len, &hidden);
	if (hidden)
		d->zone_file = xstrdup(path);
	if (text == NULL)
		return hidden ? 0 : -1;
	while (len > 0 && isspace((unsigned char)*text)) {
		text++;
		len--;
	}
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		len--;
	if (dnsbl_zone_read(zone, text, len) == -1)
		return words_fail(w,
		    "the file does not hold one name of a zone, of at most "
		    "%d bytes",
		    DNSBL_ZONE_LEN - 1);
	d->zone_file = xstrdup(path);
	d->zone = xstrdup(zone);
	return 0;
}

/*
 * No error from here on shows a word that has a letter in it: it may be the
 * zone, at a place where nobody expects it.
 */
static const char *
show(char shown[SHOWN_LEN], const char *text)
{
	char buf[SHOWN_LEN];

	if (text[0] == '\0' || text[strspn(text, "0123456789.-*[];")] != '\0')
		strlcpy(shown, "this word", SHOWN_LEN);
	else
		snprintf(shown, SHOWN_LEN, "\"%s\"", errors_show(buf, text));
	return shown;
}

static int
read_zone(struct dnsbl *d, struct words *w)
{
	const char *text;
	char	    zone[DNSBL_ZONE_LEN];

	if (!words_take(w, "zone"))
		return words_fail(w, "expected zone behind the dnsbl's name");
	if (words_take(w, "hidden"))
		return 0;
	if (words_take(w, "file"))
		return read_zone_file(d, w, zone);
	if ((text = words_next(w, "a zone, file or hidden")) == NULL)
		return -1;
	/* As a macro's value, it may stand elsewhere by mistake. */
	errors_hide(w->errors, text);
	if (dnsbl_zone_read(zone, text, strlen(text)) == -1)
		return words_fail(w,
		    "this is no name of a zone (labels of letters, digits, "
		    "\"-\" and \"_\", at most %d bytes)",
		    DNSBL_ZONE_LEN - 1);
	d->zone = xstrdup(zone);
	return 0;
}

struct group {
	struct dnsbl *dnsbl;
	unsigned int  number;
	size_t	      first; /* of its filters */
};

static int
read_filter(void *arg, struct words *w)
{
	struct group	   *g = arg;
	struct dnsbl	   *d = g->dnsbl;
	struct dnsbl_filter f;
	const char	   *why, *text = words_text(w);
	char		    shown[SHOWN_LEN];

	if ((why = dnsbl_filter_parse(&f, text)) != NULL)
		return words_fail(w, "%s %s", show(shown, text), why);
	if (d->nfilters == DNSBL_FILTER_MAX)
		return words_fail(w, "more than %d replies", DNSBL_FILTER_MAX);
	f.group = g->number;
	d->filters =
	    xreallocarray(d->filters, d->nfilters + 1, sizeof(*d->filters));
	d->filters[d->nfilters++] = f;
	return 0;
}

static int
read_score(struct words *w, int *score)
{
	const char *text;
	long long   n;
	char	    shown[SHOWN_LEN];
	int	    minus;

	if ((text = words_next(w, "a score")) == NULL)
		return -1;
	minus = text[0] == '-';
	if (units_number(&n, text + minus) != NULL || n < 0 ||
	    n > DNSBL_SCORE_MAX)
		return words_fail(w, "expected a score from %d to %d, got %s",
		    -DNSBL_SCORE_MAX, DNSBL_SCORE_MAX, show(shown, text));
	*score = (int)(minus ? -n : n);
	return 0;
}

/* reply { ... } [score N] */
static int
read_group(struct words *w, struct group *g)
{
	size_t i;
	int    score = 1;

	if (!words_take(w, "reply"))
		return words_fail(w,
		    g->number == 0 ?
			"expected reply and a list in braces behind the "
			"zone: which replies are a listing?" :
			"expected reply and a list in braces");
	g->first = g->dnsbl->nfilters;
	if (!words_is_list(w))
		return words_fail(w, "expected " REPLIES " in braces");
	if (words_list(w, REPLIES, read_filter, g) == -1)
		return -1;
	if (g->dnsbl->nfilters == g->first)
		return words_fail(w, "expected " REPLIES);
	if (words_take(w, "score") && read_score(w, &score) == -1)
		return -1;
	for (i = g->first; i < g->dnsbl->nfilters; i++)
		g->dnsbl->filters[i].score = score;
	return 0;
}

int
dnsbl_read(struct dnsbl *d, struct words *w, size_t n)
{
	struct group g = { .dnsbl = d };
	const char  *name;
	char	     ref[REF_LEN];

	d->where = w->where;
	if ((name = words_next(w, "a name in quotes")) == NULL ||
	    check_name(w) == -1)
		return -1;
	if (words_define(w, ref_of(ref, name)) == -1)
		return -1;
	if (n == DNSBLS_MAX)
		return words_fail(w, "more than %d dnsbls", DNSBLS_MAX);
	d->name = xstrdup(name);
	if (read_zone(d, w) == -1)
		return -1;
	do {
		if (read_group(w, &g) == -1)
			return -1;
		g.number++;
	} while (!words_done(w));
	return 0;
}

/* The filters of one group, from i on; where the next one begins. */
static size_t
print_group(const struct dnsbl *d, size_t i, struct printer *p)
{
	char   text[DNSBL_FILTER_LEN];
	size_t n;

	for (n = i; n < d->nfilters; n++) {
		if (d->filters[n].group != d->filters[i].group)
			break;
	}
	print_bare(p, "reply");
	print_list_begin(p, n - i);
	for (; i < n; i++)
		print_bare(p, dnsbl_filter_print(&d->filters[i], text));
	print_list_end(p);
	print_bare(p, "score");
	print_number(p, d->filters[n - 1].score);
	return n;
}

void
dnsbl_print(const struct dnsbl *d, struct printer *p)
{
	size_t i;

	print_begin(p, "dnsbl");
	print_quoted(p, d->name);
	print_bare(p, "zone");
	if (d->zone_file != NULL) {
		print_bare(p, "file");
		print_quoted(p, d->zone_file);
	} else
		print_bare(p, "hidden");
	for (i = 0; i < d->nfilters;)
		i = print_group(d, i, p);
	print_end(p);
}

void
dnsbl_clear(struct dnsbl *d)
{
	free(d->name);
	free(d->zone);
	free(d->zone_file);
	free(d->filters);
	memset(d, 0, sizeof(*d));
}
