/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "addr.h"
#include "lexer.h"
#include "nearest.h"
#include "units.h"
#include "words.h"

static int vfail(struct words *, const struct place *, const char *, va_list)
    __attribute__((__format__(printf, 3, 0)));

static int
vfail(struct words *w, const struct place *place, const char *fmt, va_list ap)
{
	char text[768];

	vsnprintf(text, sizeof(text), fmt, ap);
	if (w->current != NULL && w->current->macro != NULL)
		errors_add(w->errors, place, "%s (from $%s)", text,
		    w->current->macro);
	else
		errors_add(w->errors, place, "%s", text);
	return -1;
}

int
words_fail(struct words *w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfail(w, w->current != NULL ? &w->current->place : &w->end, fmt, ap);
	va_end(ap);
	return -1;
}

int
words_fail_in(struct words *w, size_t at, const char *fmt, ...)
{
	struct place place = w->current->place;
	va_list	     ap;

	/* Of a macro's word, the place is where the macro is used. */
	if (w->current->macro == NULL)
		place.column += (unsigned int)lexer_offset(w->current->src, at);
	va_start(ap, fmt);
	vfail(w, &place, fmt, ap);
	va_end(ap);
	return -1;
}

/* The next term is not what was expected: a word, a list, or nothing. */
static int
unexpected(struct words *w, const char *expected)
{
	const struct term *term = &w->terms[w->at];
	char		   shown[SHOWN_LEN];

	if (words_done(w)) {
		w->current = NULL;
		return words_fail(w, "expected %s", expected);
	}
	w->current = &term->word;
	if (term->is_list)
		return words_fail(w, "expected %s, got a list", expected);
	return words_fail(w, "expected %s, got \"%s\"", expected,
	    errors_show(shown, term->word.text));
}

int
words_done(const struct words *w)
{
	return w->at >= w->n;
}

int
words_is_list(const struct words *w)
{
	return !words_done(w) && w->terms[w->at].is_list;
}

const char *
words_next(struct words *w, const char *expected)
{
	if (words_done(w) || w->terms[w->at].is_list) {
		unexpected(w, expected);
		return NULL;
	}
	w->current = &w->terms[w->at++].word;
	return w->current->text;
}

static int
is_bare(const struct words *w, const char *word)
{
	const struct term *term = &w->terms[w->at];

	return !words_done(w) && !term->is_list && !term->word.quoted &&
	    strcmp(term->word.text, word) == 0;
}

int
words_take(struct words *w, const char *word)
{
	if (!is_bare(w, word))
		return 0;
	w->current = &w->terms[w->at++].word;
	return 1;
}

int
words_expect(struct words *w, const char *word)
{
	char expected[SHOWN_LEN];

	if (words_take(w, word))
		return 0;
	snprintf(expected, sizeof(expected), "\"%s\"", word);
	return unexpected(w, expected);
}

/* "a, b or c" */
static void
enumerate(char *buf, size_t size, const char *const *names)
{
	size_t i;

	buf[0] = '\0';
	for (i = 0; names[i] != NULL; i++) {
		if (i > 0)
			strlcat(buf, names[i + 1] == NULL ? " or " : ", ",
			    size);
		strlcat(buf, names[i], size);
	}
}

int
words_choice(struct words *w, const char *const *names)
{
	struct nearest near;
	char	       all[256], shown[SHOWN_LEN];
	int	       i;

	for (i = 0; names[i] != NULL; i++) {
		if (words_take(w, names[i]))
			return i;
	}
	enumerate(all, sizeof(all), names);
	if (words_done(w) || w->terms[w->at].is_list)
		return unexpected(w, all);
	w->current = &w->terms[w->at].word;
	nearest_init(&near, w->current->text);
	for (i = 0; names[i] != NULL; i++)
		nearest_offer(&near, names[i], names[i]);
	errors_show(shown, w->current->text);
	if (near.best != NULL && near.distance == 0 && w->current->quoted)
		return words_fail(w, "expected %s, got \"%s\" in quotes", all,
		    shown);
	if (near.best != NULL)
		return words_fail(w,
		    "expected %s, got \"%s\"; "
		    "did you mean \"%s\"?",
		    all, shown, near.best);
	return words_fail(w, "expected %s, got \"%s\"", all, shown);
}

int
words_list(struct words *w, const char	      *expected,
    int (*read)(void *, struct words *), void *arg)
{
	const struct term *term;
	size_t		   i;
	int		   ret = 0;

	if (!words_is_list(w))
		return unexpected(w, expected);
	term = &w->terms[w->at++];
	for (i = 0; i < term->nitems; i++) {
		w->current = &term->items[i];
		if (read(arg, w) == -1)
			ret = -1;
	}
	w->current = &term->word;
	return ret;
}

const char *
words_text(const struct words *w)
{
	return w->current->text;
}

int
words_quoted(const struct words *w)
{
	return w->current->quoted;
}

struct conf_where
words_where(const struct words *w)
{
	struct conf_where where;

	where.file = w->current->place.file;
	where.line = w->current->place.line;
	return where;
}

int
words_addr(struct words *w, struct addr *addr)
{
	const char *text;
	char	    shown[SHOWN_LEN];

	if ((text = words_next(w, "an address")) == NULL)
		return -1;
	if (addr_parse(addr, text) == -1)
		return words_fail(w, "expected a numeric address, got \"%s\"",
		    errors_show(shown, text));
	return 0;
}

int
words_prefix(struct words *w, struct prefix *prefix)
{
	const char *text = words_text(w), *why;
	size_t	    len = strlen(text);
	char	    shown[SHOWN_LEN];

	errors_show(shown, text);
	if (!words_quoted(w) && text[0] == '<' && text[len - 1] == '>')
		return words_fail(w, "no list can stand here, got \"%s\"",
		    shown);
	if ((why = prefix_parse(prefix, text)) != NULL)
		return words_fail(w,
		    "expected an address or a prefix, got \"%s\": %s", shown,
		    why);
	return 0;
}

int
words_port(struct words *w, uint16_t *port, unsigned int min)
{
	const char *text, *why;
	char	    shown[SHOWN_LEN];
	long long   n;

	if (words_expect(w, "port") == -1 ||
	    (text = words_next(w, "a port number")) == NULL)
		return -1;
	why = units_number(&n, text);
	if (why != NULL || n < (long long)min || n > 65535)
		return words_fail(w,
		    "expected a port number from %u to "
		    "65535, got \"%s\"",
		    min, errors_show(shown, text));
	*port = (uint16_t)n;
	return 0;
}
