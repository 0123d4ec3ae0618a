/* SPDX-License-Identifier: ISC */
/*
 * Chunks and their trailers; the first byte says how they are parted.  In
 * pieces they are the same as whole; and written anew they are taken again.
 */
#include "h1_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct fed {
	struct h1_chunks chunks;
	enum h1_chunk	 last;
	size_t		 used;
	char		*data;
	size_t		 len;
	struct out	*anew; /* or NULL */
};

static void
take(struct fed *f, struct slice data)
{
	memcpy(f->data + f->len, data.at, data.len);
	f->len += data.len;
	if (f->anew == NULL)
		return;
	out_hex(f->anew, data.len);
	out_text(f->anew, "\r\n");
	out_slice(f->anew, data);
	out_text(f->anew, "\r\n");
}

/* A piece of its own, so that a byte too many is seen. */
static void
feed(struct fed *f, const char *text, size_t len)
{
	struct slice data;
	size_t	     used, at = 0;
	char	    *piece;

	if ((piece = malloc(len + 1)) == NULL)
		abort();
	memcpy(piece + 1, text, len);
	do {
		f->last = h1_chunks_next(&f->chunks, piece + 1 + at, len - at,
		    &used, &data);
		must(used <= len - at);
		if (f->last == H1_CHUNK_DATA) {
			must(data.len > 0 && data.at >= piece + 1 + at);
			must(data.at + data.len == piece + 1 + at + used);
			take(f, data);
		}
		at += used;
	} while (f->last == H1_CHUNK_DATA);
	must(f->last != H1_CHUNK_MORE || at == len);
	f->used += at;
	free(piece);
}

static void
start(struct fed *f, size_t size, struct out *anew)
{
	memset(f, 0, sizeof(*f));
	f->anew = anew;
	if ((f->data = malloc(size + 1)) == NULL)
		abort();
}

static void
check_pieces(const struct fed *whole, const char *text, size_t size,
    size_t step)
{
	struct fed f;
	size_t	   at, n;

	start(&f, size, NULL);
	feed(&f, text, 0);
	for (at = 0; at < size && f.last == H1_CHUNK_MORE; at += n) {
		n = size - at < step ? size - at : step;
		feed(&f, text + at, n);
	}
	must(f.last == whole->last && f.used == whole->used);
	must(f.len == whole->len && memcmp(f.data, whole->data, f.len) == 0);
	free(f.data);
}

/* What we write of it must be what we took. */
static void
check_again(const struct fed *whole, const struct out *anew)
{
	struct fed f;

	must(!anew->full);
	start(&f, anew->len, NULL);
	feed(&f, anew->buf, anew->len);
	must(f.last == whole->last && f.used == anew->len);
	must(f.len == whole->len && memcmp(f.data, whole->data, f.len) == 0);
	free(f.data);
}

static void
check_trailers(const char *buf, size_t len)
{
	static struct h1_head head, part;
	enum h1_result	      res, before;
	size_t		      i, n;

	res = h1_trailers(&head, buf, len);
	for (n = 0; n < len; n += len / 16 + 1) {
		before = h1_trailers(&part, buf, n);
		must(before != H1_BAD || res == H1_BAD);
		must(before != H1_DONE ||
		    (res == H1_DONE && part.len == head.len));
	}
	if (res != H1_DONE)
		return;
	must_be_fields(&head, buf, len);
	must(head.len <= H1_TRAILERS_MAX);
	for (i = 0; i < head.nfields; i++)
		must(!head.fields[i].hop &&
		    head.fields[i].id != H1_NAME_CONTENT_LENGTH &&
		    head.fields[i].id != H1_NAME_HOST);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data + 1;
	struct out  anew;
	struct fed  whole;
	size_t	    step;

	if (size == 0)
		return 0;
	size--;
	step = data[0] % 32 + 1U;
	memset(&anew, 0, sizeof(anew));
	anew.size = size * 8 + 16; /* at most seven bytes for one of data */
	if ((anew.buf = malloc(anew.size)) == NULL)
		abort();
	start(&whole, size, &anew);
	feed(&whole, text, size);
	check_pieces(&whole, text, size, step);
	if (whole.last == H1_CHUNK_END) {
		out_text(&anew, "0\r\n");
		check_again(&whole, &anew);
		check_trailers(text + whole.used, size - whole.used);
	}
	free(whole.data);
	free(anew.buf);
	return 0;
}
