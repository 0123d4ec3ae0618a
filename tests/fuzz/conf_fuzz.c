/* SPDX-License-Identifier: ISC */
/*
 * The one file, from memory; nothing is opened.  Besides not crashing it has
 * to keep three promises: a file that is refused says why, line by line; one
 * that is accepted says nothing; and what it prints is accepted and prints
 * itself again.  Behind a first NUL byte stands a second file, "b".
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
say(void *arg, const char *text)
{
	unsigned int *n = arg;

	if (text[0] == '\0' || strchr(text, '\n') != NULL)
		abort();
	(*n)++;
}

static struct conf *
parse(const struct conf_text *text)
{
	struct conf *conf;
	unsigned int errors = 0;

	conf = conf_parse(text, say, &errors);
	if ((conf == NULL) != (errors > 0))
		abort();
	return conf;
}

static char *
print(const struct conf *conf)
{
	FILE  *fp;
	char  *text = NULL;
	size_t size;

	if ((fp = open_memstream(&text, &size)) == NULL)
		abort();
	conf_print(conf, fp);
	if (fclose(fp) == EOF)
		abort();
	return text;
}

static void
print_again(const char *first)
{
	struct conf_text *text = conf_text_new();
	struct conf	 *conf;
	char		 *second;

	if (conf_text_add(text, "a", first, strlen(first)) == -1)
		abort();
	if ((conf = parse(text)) == NULL)
		abort();
	second = print(conf);
	if (strcmp(first, second) != 0)
		abort();
	free(second);
	conf_unref(conf);
	conf_text_free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conf_text *text;
	struct conf	 *conf;
	const uint8_t	 *nul;
	size_t		  len = size;
	char		 *first;

	if (size > 65536)
		return 0;
	text = conf_text_new();
	if ((nul = memchr(data, '\0', size)) != NULL)
		len = (size_t)(nul - data);
	if (conf_text_add(text, "a", data, len) == -1)
		abort();
	if (nul != NULL &&
	    conf_text_add(text, "b", nul + 1, size - len - 1) == -1)
		abort();
	if ((conf = parse(text)) != NULL) {
		first = print(conf);
		print_again(first);
		free(first);
	}
	conf_unref(conf);
	conf_text_free(text);
	return 0;
}
