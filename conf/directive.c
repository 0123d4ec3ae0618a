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

int
directive_read(const struct directive *d, void *conf, struct words *w)
{
	char *value = (char *)conf + d->offset;
	char  shown[SHOWN_LEN];
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
		ret = d->read(conf, w);
		break;
	case CONF_INCLUDE:
		break;
	}
	if (ret == -1 || words_done(w))
		return ret;
	w->current = &w->terms[w->at].word;
	if (w->terms[w->at].is_list)
		return words_fail(w,
		    "expected the end of the statement, got \"{\"");
	return words_fail(w, "expected the end of the statement, got \"%s\"",
	    errors_show(shown, w->current->text));
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
	case CONF_INCLUDE:
		break;
	}
}

void
directive_print(const struct directive *d, const void *conf, struct printer *p)
{
	unsigned int before = p->statements;

	if (d->type == CONF_CUSTOM)
		d->print(conf, p);
	else if (d->type != CONF_INCLUDE) {
		print_begin(p, d->name);
		print_value(d, (const char *)conf + d->offset, p);
		print_end(p);
	}
	if (p->statements == before && d->absent != NULL)
		fprintf(p->fp, "%s# %s: %s\n", p->indent, d->name, d->absent);
}

void *
block_new(const struct conf_block *block)
{
	void *conf = xcalloc(1, block->size);

	if (block->init != NULL)
		block->init(conf);
	return conf;
}

void
block_free(const struct conf_block *block, void *conf)
{
	const struct directive *d;
	char		       *string;

	if (conf == NULL)
		return;
	for (d = block->directives; d->name != NULL; d++) {
		if (d->type != CONF_STRING)
			continue;
		memcpy(&string, (char *)conf + d->offset, sizeof(string));
		free(string);
	}
	if (block->free != NULL)
		block->free(conf);
	free(conf);
}

void
block_print(const struct conf_block *block, const void *conf, FILE *fp)
{
	const struct directive *d;
	struct printer		p = { .fp = fp, .indent = "" };

	if (block->name != NULL) {
		fprintf(fp, "\n%s {\n", block->name);
		p.indent = "\t";
	}
	for (d = block->directives; d->name != NULL; d++)
		directive_print(d, conf, &p);
	if (block->name != NULL)
		fprintf(fp, "}\n");
}
