/* SPDX-License-Identifier: ISC */
#include "input.h"

#include <stdlib.h>
#include <string.h>

#define INPUT_MIN 512

void
input_drop(struct input *in)
{
	if (!in->shared)
		free(in->buf);
	memset(in, 0, sizeof(*in));
}

int
input_own(struct input *in)
{
	size_t len = input_has(in);
	char  *own;

	if (len == 0) {
		input_drop(in);
		return 0;
	}
	if (!in->shared)
		return 0;
	if ((own = malloc(len)) == NULL)
		return -1;
	memcpy(own, in->buf + in->at, len);
	in->buf = own;
	in->at = 0;
	in->len = in->size = len;
	in->shared = 0;
	return 0;
}

/* Room behind what is there. */
static int
grow(struct input *in, char *lent, size_t want)
{
	size_t size;
	char  *p;

	if (input_has(in) == 0) {
		input_drop(in);
		in->buf = lent;
		in->size = want;
		in->shared = 1;
		return 0;
	}
	if (in->at > 0) {
		memmove(in->buf, in->buf + in->at, input_has(in));
		in->len -= in->at;
		in->at = 0;
	}
	if (in->shared && in->size < want)
		in->size = want; /* it was lent for less, but is as large */
	if (in->shared || in->len < in->size)
		return 0;
	size = 2 * in->size < INPUT_MIN ? INPUT_MIN : 2 * in->size;
	if (size > want)
		size = want;
	if (size <= in->len || (p = realloc(in->buf, size)) == NULL)
		return -1;
	in->buf = p;
	in->size = size;
	return 0;
}

enum stream_io
input_read(struct input *in, struct stream *s, char *lent, size_t want)
{
	enum stream_io io;
	size_t	       n;

	if (!stream_has_input(s))
		return STREAM_WAIT;
	if (grow(in, lent, want) == -1 || in->len >= in->size)
		return STREAM_ERROR;
	io = stream_read(s, in->buf + in->len, in->size - in->len, &n);
	if (io == STREAM_OK)
		in->len += n;
	return io;
}
