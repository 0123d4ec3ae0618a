/* SPDX-License-Identifier: ISC */
/*
 * Bytes that may be gzip: whole and in pieces they are the same, and never
 * more than the cap.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "unpack.h"

#define CAP 100000

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct sum {
	size_t	 len;
	uint32_t hash;
};

static void
must(int true_)
{
	if (!true_)
		abort();
}

static int
collect(void *arg, const void *data, size_t len)
{
	struct sum	    *s = arg;
	const unsigned char *p = data;
	size_t		     i;

	must(len > 0);
	s->len += len;
	must(s->len <= CAP);
	for (i = 0; i < len; i++)
		s->hash = (s->hash ^ p[i]) * 16777619U;
	return 0;
}

static enum unpack_result
in_pieces(struct sum *s, const uint8_t *data, size_t len, size_t piece)
{
	struct unpack	  *u;
	enum unpack_result r = UNPACK_OK;
	size_t		   n;

	memset(s, 0, sizeof(*s));
	must((u = unpack_new(CAP, collect, s)) != NULL);
	for (; len > 0 && r == UNPACK_OK; data += n, len -= n) {
		n = len < piece ? len : piece;
		r = unpack_put(u, data, n);
	}
	must(r == UNPACK_OK || unpack_end(u) == r);
	r = unpack_end(u);
	must(r != UNPACK_STOPPED && r != UNPACK_NOMEM);
	unpack_free(u);
	return r;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct sum	   whole, pieces;
	enum unpack_result r;

	if (len == 0)
		return 0;
	r = in_pieces(&whole, data + 1, len - 1, SIZE_MAX);
	must(in_pieces(&pieces, data + 1, len - 1, (size_t)data[0] + 1) == r);
	must(whole.len == pieces.len && whole.hash == pieces.hash);
	return 0;
}
