/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "xalloc.h"

#define FILES_MAX 512

struct text_file {
	char  *name;
	char  *data; /* never NULL, ends in a NUL besides */
	size_t len;
	size_t size;
};

struct conf_text {
	struct text_file *files;
	size_t		  n;
	size_t		  total;
};

struct conf_text *
conf_text_new(void)
{
	return xcalloc(1, sizeof(struct conf_text));
}

void
conf_text_free(struct conf_text *text)
{
	size_t i;

	if (text == NULL)
		return;
	for (i = 0; i < text->n; i++) {
		free(text->files[i].name);
		free(text->files[i].data);
	}
	free(text->files);
	free(text);
}

long
text_find(const struct conf_text *text, const char *name)
{
	size_t i;

	for (i = 0; i < text->n; i++) {
		if (strcmp(text->files[i].name, name) == 0)
			return (long)i;
	}
	return -1;
}

static struct text_file *
file_new(struct conf_text *text, const char *name)
{
	struct text_file *file;

	if (text->n == FILES_MAX)
		return NULL;
	text->files =
	    xreallocarray(text->files, text->n + 1, sizeof(*text->files));
	file = &text->files[text->n++];
	memset(file, 0, sizeof(*file));
	file->name = xstrdup(name);
	file->data = xcalloc(1, 1);
	file->size = 1;
	return file;
}

int
conf_text_add(struct conf_text *text, const char *name, const void *data,
    size_t len)
{
	struct text_file *file;
	long		  i;

	if (len > CONF_TEXT_MAX - text->total)
		return -1;
	if ((i = text_find(text, name)) != -1)
		file = &text->files[i];
	else if ((file = file_new(text, name)) == NULL)
		return -1;
	if (file->size - file->len <= len) {
		file->size = (file->len + len + 1) * 2;
		file->data = xreallocarray(file->data, file->size, 1);
	}
	if (len > 0)
		memcpy(file->data + file->len, data, len);
	file->len += len;
	file->data[file->len] = '\0';
	text->total += len;
	return 0;
}

size_t
conf_text_count(const struct conf_text *text)
{
	return text->n;
}

const char *
conf_text_file(const struct conf_text *text, size_t i, const char **name,
    size_t *len)
{
	const struct text_file *file = &text->files[i];

	if (name != NULL)
		*name = file->name;
	if (len != NULL)
		*len = file->len;
	return file->data;
}
