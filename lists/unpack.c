/* SPDX-License-Identifier: ISC */
#include "unpack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#define PIECE 65536

enum state {
	BEGIN,	 /* the first two bytes are not there yet */
	PLAIN,	 /* no gzip */
	INFLATE, /* within a member */
	BETWEEN, /* behind one: the end, or another */
	OVER	 /* failed: that is the answer from now on */
};

struct unpack {
	size_t		   cap;
	size_t		   given;
	unpack_fn	  *fn;
	void		  *arg;
	enum state	   state;
	enum unpack_result why; /* OVER */
	unsigned char	   head[2];
	size_t		   nhead;
	int		   ready; /* zlib's memory is there */
	z_stream	   z;
	unsigned char	   out[PIECE];
};

struct unpack *
unpack_new(size_t cap, unpack_fn *fn, void *arg)
{
	struct unpack *u;

	if ((u = calloc(1, sizeof(*u))) == NULL)
		return NULL;
	u->cap = cap;
	u->fn = fn;
	u->arg = arg;
	return u;
}

void
unpack_free(struct unpack *u)
{
	if (u == NULL)
		return;
	if (u->ready)
		inflateEnd(&u->z);
	free(u);
}

/* Up to the cap; the byte beyond it is the one too many. */
static enum unpack_result
give(struct unpack *u, const void *data, size_t len)
{
	size_t room = u->cap - u->given;
	int    too_big = len > room;

	if (too_big)
		len = room;
	u->given += len;
	if (len > 0 && u->fn(u->arg, data, len) != 0)
		return UNPACK_STOPPED;
	return too_big ? UNPACK_TOO_BIG : UNPACK_OK;
}

static enum unpack_result
begin_member(struct unpack *u)
{
	if (u->ready)
		return inflateReset(&u->z) == Z_OK ? UNPACK_OK : UNPACK_BAD;
	/* 16: gzip alone, no zlib header. */
	if (inflateInit2(&u->z, 16 + MAX_WBITS) != Z_OK)
		return UNPACK_NOMEM;
	u->ready = 1;
	return UNPACK_OK;
}

/* As much of the member as there is; *data and *len go on. */
static enum unpack_result
inflate_some(struct unpack *u, const unsigned char **data, size_t *len)
{
	enum unpack_result r;
	int		   z;
	uInt		   some = *len > PIECE ? PIECE : (uInt)*len;

	u->z.next_in = *data;
	u->z.avail_in = some;
	do {
		u->z.next_out = u->out;
		u->z.avail_out = PIECE;
		z = inflate(&u->z, Z_NO_FLUSH);
		/* Before an error, so that the size of pieces is no matter. */
		r = give(u, u->out, PIECE - u->z.avail_out);
		if (r != UNPACK_OK)
			return r;
		if (z == Z_MEM_ERROR)
			return UNPACK_NOMEM;
		if (z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR)
			return UNPACK_BAD;
	} while (z == Z_OK && (u->z.avail_in > 0 || u->z.avail_out == 0));
	*data += some - u->z.avail_in;
	*len -= some - u->z.avail_in;
	if (z == Z_STREAM_END)
		u->state = BETWEEN;
	return UNPACK_OK;
}

static enum unpack_result
step(struct unpack *u, const unsigned char **data, size_t *len)
{
	enum unpack_result r;

	switch (u->state) {
	case PLAIN:
		r = give(u, *data, *len);
		*len = 0;
		return r;
	case INFLATE:
		return inflate_some(u, data, len);
	case BETWEEN:
		/* Several members make one file; garbage makes a bad header. */
		u->state = INFLATE;
		return begin_member(u);
	case BEGIN:
	case OVER:
		break;
	}
	return u->why;
}

/* The first two bytes tell what it is. */
static enum unpack_result
begin(struct unpack *u)
{
	const unsigned char *head = u->head;
	size_t		     n = u->nhead;
	enum unpack_result   r = UNPACK_OK;

	if (n < 2 || head[0] != 0x1f || head[1] != 0x8b) {
		u->state = PLAIN;
	} else {
		u->state = INFLATE;
		r = begin_member(u);
	}
	while (n > 0 && r == UNPACK_OK)
		r = step(u, &head, &n);
	return r;
}

enum unpack_result
unpack_put(struct unpack *u, const void *data, size_t len)
{
	const unsigned char *p = data;
	enum unpack_result   r = UNPACK_OK;

	if (u->state == OVER)
		return u->why;
	while (u->state == BEGIN && len > 0) {
		u->head[u->nhead++] = *p++;
		len--;
		if (u->nhead == sizeof(u->head))
			r = begin(u);
		if (r != UNPACK_OK)
			break;
	}
	while (len > 0 && r == UNPACK_OK)
		r = step(u, &p, &len);
	if (r != UNPACK_OK) {
		u->state = OVER;
		u->why = r;
	}
	return r;
}

enum unpack_result
unpack_end(struct unpack *u)
{
	enum unpack_result r = UNPACK_OK;

	if (u->state == OVER)
		return u->why;
	if (u->state == BEGIN && u->nhead > 0)
		r = begin(u);
	if (r == UNPACK_OK && u->state == INFLATE)
		r = UNPACK_BAD; /* cut */
	u->state = OVER;
	u->why = r;
	return r;
}

const char *
unpack_text(enum unpack_result r)
{
	switch (r) {
	case UNPACK_OK:
		return "ok";
	case UNPACK_TOO_BIG:
		return "it is bigger than \"size\" allows";
	case UNPACK_BAD:
		return "it is no good gzip, or it is cut";
	case UNPACK_STOPPED:
		return "it was not read to its end";
	case UNPACK_NOMEM:
		return "out of memory";
	}
	return "?";
}
