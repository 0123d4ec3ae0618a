/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "units.h"
#include "xalloc.h"

static const char *const yesno[] = { "yes", "no", NULL };

static int
read_flag(void *value, struct words *w)
{
	int i = 0, flag;

	if (!words_done(w) && (i = words_choice(w, yesno)) == -1)
		return -1;
	flag = i == 0;
	memcpy(value, &flag, sizeof(flag));
	return 0;
}

static const char *
expected_for(enum directive_type type)
{
	switch (type) {
	case CONF_NUMBER:
		return "a number";
	case CONF_DURATION:
		return "a duration such as 30s, 5m, 12h, 7d or 1y";
	case CONF_SIZE:
		return "a size such as 512, 64k, 32m or 1g";
	default:
		return "a word";
	}
}

static const char *
unit_read(enum directive_type type, long long *n, const char *text)
{
	switch (type) {
	case CONF_DURATION:
		return units_duration(n, text);
	case CONF_SIZE:
		return units_size(n, text);
	default:
		return units_number(n, text);
	}
}

static const char *
unit_print(enum directive_type type, long long n, char buf[UNITS_LEN])
{
	switch (type) {
	case CONF_DURATION:
		return units_print_duration(n, buf);
	case CONF_SIZE:
		return units_print_size(n, buf);
	default:
		snprintf(buf, UNITS_LEN, "%lld", n);
		return buf;
	}
}

static int
read_unit(const struct directive *d, void *value, struct words *w)
{
	const char  *text, *why;
	char	     min[UNITS_LEN], max[UNITS_LEN], shown[SHOWN_LEN];
	long long    n;
	unsigned int small;
	size_t	     size;

	if ((text = words_next(w, expected_for(d->type))) == NULL)
		return -1;
	errors_show(shown, text);
	if ((why = unit_read(d->type, &n, text)) != NULL)
		return words_fail(w, "\"%s\" %s", shown, why);
	if (n < d->min || n > d->max)
		return words_fail(w, "expected from %s to %s, got \"%s\"",
		    unit_print(d->type, d->min, min),
		    unit_print(d->type, d->max, max), shown);
	if (d->type == CONF_SIZE) {
		size = (size_t)n;
		memcpy(value, &size, sizeof(size));
	} else {
		small = (unsigned int)n;
		memcpy(value, &small, sizeof(small));
	}
	return 0;
}

static int
read_string(const struct directive *d, void *value, struct words *w)
{
	const char *text, *why;
	char	   *copy, shown[SHOWN_LEN];

	if ((text = words_next(w, d->expected)) == NULL)
		return -1;
	if (d->valid != NULL && (why = d->valid(text)) != NULL)
		return words_fail(w, "\"%s\" %s", errors_show(shown, text),
		    why);
	copy = xstrdup(text);
	memcpy(value, &copy, sizeof(copy));
	return 0;
}

/* Is nothing left?  0, or -1 and said. */
static int
at_end(struct words *w, const char *expected)
{
	char shown[SHOWN_LEN];

	if (words_done(w))
		return 0;
	w->current = &w->terms[w->at].word;
	return words_fail(w, "expected %s, got \"%s\"", expected,
	    w->terms[w->at].is_list ? "{" :
				      errors_show(shown, w->current->text));
}

int
directive_read(const struct directive *d, void *conf, struct words *w)
{
	char *value = (char *)conf + d->offset;
	int   ret = 0;

	switch (d->type) {
	case CONF_FLAG:
		ret = read_flag(value, w);
		break;
	case CONF_NUMBER:
	case CONF_DURATION:
	case CONF_SIZE:
		ret = read_unit(d, value, w);
		break;
	case CONF_STRING:
		ret = read_string(d, value, w);
		break;
	case CONF_CUSTOM:
		ret = d->read(value, w);
		break;
	case CONF_BLOCK:
	case CONF_INCLUDE:
		break;
	}
	return ret == -1 ? -1 : at_end(w, "the end of the statement");
}

int
directive_words(const struct directive *d, void *conf, struct words *w)
{
	if (d->read != NULL && d->read(conf, w) == -1)
		return -1;
	return at_end(w, "\"{\"");
}

/* A number that was not given, and has no default. */
static int
is_unset(const struct directive *d, const char *value)
{
	unsigned int small;

	if ((d->type != CONF_NUMBER && d->type != CONF_DURATION) ||
	    d->dflt != NULL)
		return 0;
	memcpy(&small, value, sizeof(small));
	return small < d->min;
}

static void
print_value(const struct directive *d, const char *value, struct printer *p)
{
	char	    *string, buf[UNITS_LEN];
	unsigned int small;
	size_t	     size;
	int	     flag;

	switch (d->type) {
	case CONF_FLAG:
		memcpy(&flag, value, sizeof(flag));
		print_bare(p, yesno[!flag]);
		break;
	case CONF_NUMBER:
	case CONF_DURATION:
		memcpy(&small, value, sizeof(small));
		print_bare(p, unit_print(d->type, small, buf));
		break;
	case CONF_SIZE:
		memcpy(&size, value, sizeof(size));
		print_bare(p, unit_print(d->type, (long long)size, buf));
		break;
	case CONF_STRING:
		memcpy(&string, value, sizeof(string));
		print_quoted(p, string);
		break;
	case CONF_CUSTOM:
	case CONF_BLOCK:
	case CONF_INCLUDE:
		break;
	}
}

static void print_blocks(const struct directive *, const void *,
    struct printer *);

void
directive_print(const struct directive *d, const void *conf, struct printer *p)
{
	const char  *value = (const char *)conf + d->offset;
	unsigned int before = p->statements;

	p->name = d->name;
	if (d->type == CONF_CUSTOM)
		d->print(value, p);
	else if (d->type == CONF_BLOCK)
		print_blocks(d, conf, p);
	else if (d->type != CONF_INCLUDE && !is_unset(d, value)) {
		print_begin(p, d->name);
		print_value(d, value, p);
		print_end(p);
	}
	if (p->statements == before && d->absent != NULL)
		print_absent(p, d->name, d->absent);
}

/* The array of a CONF_BLOCK. */
static char *
block_array(const struct directive *d, const void *around)
{
	void *array;

	memcpy(&array, (const char *)around + d->offset, sizeof(array));
	return array;
}

static void
print_body(const struct conf_block *block, const void *conf, struct printer *p)
{
	const struct directive *d;

	for (d = block->directives; d->name != NULL; d++)
		directive_print(d, conf, p);
}

static void
print_blocks(const struct directive *d, const void *around, struct printer *p)
{
	const char *conf = block_array(d, around);
	size_t	    i, n = block_count(d, around);

	for (i = 0; i < n; i++, conf += d->block->size) {
		print_block_begin(p, d->name);
		if (d->print != NULL)
			d->print(conf, p);
		print_block_open(p);
		print_body(d->block, conf, p);
		print_block_end(p);
	}
}

size_t
block_directives(const struct conf_block *block)
{
	const struct directive *d = block->directives;

	while (d->name != NULL)
		d++;
	return (size_t)(d - block->directives);
}

size_t
block_count(const struct directive *d, const void *around)
{
	size_t n;

	memcpy(&n, (const char *)around + d->count, sizeof(n));
	return n;
}

void
block_append(const struct directive *d, void *around, void *conf)
{
	size_t n = block_count(d, around), size = d->block->size;
	void  *array;

	array = xreallocarray(block_array(d, around), n + 1, size);
	memcpy((char *)array + n * size, conf, size);
	free(conf);
	n++;
	memcpy((char *)around + d->offset, &array, sizeof(array));
	memcpy((char *)around + d->count, &n, sizeof(n));
}

void *
block_new(const struct conf_block *block)
{
	void *conf = xcalloc(1, block->size);

	if (block->init != NULL)
		block->init(conf);
	return conf;
}

/* All that it points to. */
static void
block_clear(const struct conf_block *block, void *conf)
{
	const struct directive *d;
	char		       *p;
	size_t			i;

	for (d = block->directives; d->name != NULL; d++) {
		if (d->type == CONF_STRING) {
			memcpy(&p, (char *)conf + d->offset, sizeof(p));
			free(p);
		} else if (d->type == CONF_BLOCK) {
			p = block_array(d, conf);
			for (i = 0; i < block_count(d, conf); i++)
				block_clear(d->block, p + i * d->block->size);
			free(p);
		}
	}
	if (block->free != NULL)
		block->free(conf);
}

void
block_free(const struct conf_block *block, void *conf)
{
	if (conf == NULL)
		return;
	block_clear(block, conf);
	free(conf);
}

void
block_print(const struct conf_block *block, const void *conf, FILE *fp)
{
	struct printer p = { .fp = fp, .top = conf };

	if (block->name == NULL) {
		print_body(block, conf, &p);
		return;
	}
	print_block_begin(&p, block->name);
	print_block_open(&p);
	print_body(block, conf, &p);
	print_block_end(&p);
}
