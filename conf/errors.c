/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "line.h"
#include "xalloc.h"

/* A file with more mistakes than this is no configuration at all. */
#define ERRORS_MAX 100

struct error {
	struct place place;
	size_t	     seq; /* keeps the sorting stable */
	char	    *text;
};

struct errors {
	struct error list[ERRORS_MAX];
	size_t	     n;	    /* kept */
	size_t	     count; /* in all */
	char	   **secrets;
	size_t	     nsecrets;
};

struct errors *
errors_new(void)
{
	return xcalloc(1, sizeof(struct errors));
}

void
errors_free(struct errors *e)
{
	size_t i;

	if (e == NULL)
		return;
	for (i = 0; i < e->n; i++)
		free(e->list[i].text);
	for (i = 0; i < e->nsecrets; i++)
		free(e->secrets[i]);
	free(e->secrets);
	free(e);
}

void
errors_vadd(struct errors *e, const struct place *place, const char *fmt,
    va_list ap)
{
	struct error *error;
	char	      text[1024];

	e->count++;
	if (e->n == ERRORS_MAX)
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	error = &e->list[e->n];
	error->place = *place;
	error->seq = e->n++;
	error->text = xstrdup(text);
}

void
errors_add(struct errors *e, const struct place *place, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	errors_vadd(e, place, fmt, ap);
	va_end(ap);
}

void
errors_twice(struct errors *e, const struct place *place, const char *name,
    const char *done, const struct place *was)
{
	/* A name that has quotes of its own is not put into others. */
	const char *quote = strchr(name, '"') == NULL ? "\"" : "";

	if (was->order == place->order)
		errors_add(e, place, "%s%s%s is already %s in line %u", quote,
		    name, quote, done, was->line);
	else
		errors_add(e, place, "%s%s%s is already %s in line %u of %s",
		    quote, name, quote, done, was->line, was->file);
}

size_t
errors_count(const struct errors *e)
{
	return e->count;
}

void
errors_hide(struct errors *e, const char *secret)
{
	e->secrets =
	    xreallocarray(e->secrets, e->nsecrets + 1, sizeof(*e->secrets));
	e->secrets[e->nsecrets++] = xstrdup(secret);
}

/* Where that is quoted, all or the beginning of it, are dots now. */
static void
hide(char *text, const char *secret)
{
	char	     shown[SHOWN_LEN], *at, *end;
	const size_t len = strlen(errors_show(shown, secret));

	for (at = text; len > 0 && (at = strchr(at, '"')) != NULL;) {
		end = strchr(++at, '"');
		if (end == NULL || end - at < 3 || (size_t)(end - at) != len ||
		    memcmp(at, shown, len) != 0)
			continue;
		memcpy(at, "...", 3);
		memmove(at + 3, end, strlen(end) + 1);
	}
}

static int
compare(unsigned int a, unsigned int b)
{
	return (a > b) - (a < b);
}

static int
error_compare(const void *va, const void *vb)
{
	const struct error *a = va, *b = vb;
	int		    d;

	if ((d = compare(a->place.order, b->place.order)) != 0)
		return d;
	if ((d = compare(a->place.line, b->place.line)) != 0)
		return d;
	if ((d = compare(a->place.column, b->place.column)) != 0)
		return d;
	return a->seq < b->seq ? -1 : 1;
}

static char *
error_text(const struct error *e)
{
	if (e->place.line == 0)
		return xasprintf("%s: %s", e->place.file, e->text);
	return xasprintf("%s:%u:%u: %s", e->place.file, e->place.line,
	    e->place.column, e->text);
}

void
errors_say(struct errors *e, conf_say *say, void *arg)
{
	char  *text, *last = NULL;
	size_t i, j;

	qsort(e->list, e->n, sizeof(e->list[0]), error_compare);
	for (i = 0; i < e->n; i++) {
		for (j = 0; j < e->nsecrets; j++)
			hide(e->list[i].text, e->secrets[j]);
		text = error_text(&e->list[i]);
		/* A file that is included twice has each mistake once. */
		if (last == NULL || strcmp(last, text) != 0)
			say(arg, text);
		free(last);
		last = text;
	}
	free(last);
	if (e->count > e->n) {
		text = xasprintf("%s: and %zu more errors",
		    e->list[0].place.file, e->count - e->n);
		say(arg, text);
		free(text);
	}
}

const char *
errors_show(char buf[SHOWN_LEN], const char *text)
{
	size_t len = strlen(text), used;

	line_clean(buf, SHOWN_LEN - 3, text, len);
	/* Was it cut?  A clean text is itself. */
	used = strlen(buf);
	if (len > SHOWN_LEN - 4 || (used >= SHOWN_LEN - 8 && used != len))
		memcpy(buf + used, "...", 4);
	return buf;
}
