/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "fold.h"

#define COLUMNS 78 /* RFC 5322, 2.1.1: should be no more */

void
fold_init(struct fold *f, char *buf, size_t size, const char *name)
{
	f->buf = buf;
	f->size = size;
	f->len = 0;
	f->column = strlen(name) + 2; /* ": " */
	f->cut = 0;
	f->buf[0] = '\0';
}

static void
put(struct fold *f, char c)
{
	if (f->len + 1 >= f->size) {
		f->cut = 1;
		return;
	}
	f->buf[f->len++] = c;
	f->buf[f->len] = '\0';
	f->column++;
}

static void
word(struct fold *f, const char *s, size_t len)
{
	size_t i;

	if (f->len > 0 && f->column + 1 + len > COLUMNS) {
		put(f, '\n');
		put(f, '\t');
		f->column = 8;
	} else if (f->len > 0)
		put(f, ' ');
	for (i = 0; i < len; i++)
		put(f, s[i] > 0x20 && s[i] < 0x7f ? s[i] : '?');
}

void
fold_word(struct fold *f, const char *s)
{
	word(f, s, strlen(s));
}

void
fold_text(struct fold *f, const char *s)
{
	size_t n;

	for (;;) {
		s += strspn(s, " \t\r\n");
		if ((n = strcspn(s, " \t\r\n")) == 0)
			return;
		word(f, s, n);
		s += n;
	}
}
