/* SPDX-License-Identifier: ISC */
/*
 * The chunked coding, taken off (RFC 9112, 7.1).
 */
#include "h1.h"

#include "hex.h"

#define SIZE_DIGITS 16

enum {
	SIZE, /* all zeros is the beginning */
	EXTENSION,
	SIZE_LF,
	DATA,
	DATA_CR,
	DATA_LF,
	END,
	BAD
};

/* A byte of the size, or what ends it.  The next state. */
static int
size_byte(struct h1_chunks *c, char byte)
{
	int n;

	if ((n = hex_value(byte)) >= 0) {
		if (++c->digits > SIZE_DIGITS)
			return BAD;
		c->left = c->left << 4 | (uint64_t)n;
		return SIZE;
	}
	if (c->digits == 0 || c->left > INT64_MAX)
		return BAD;
	if (byte == '\r')
		return SIZE_LF;
	return byte == ';' ? EXTENSION : BAD;
}

static int
extension_byte(char byte)
{
	if (byte == '\r')
		return SIZE_LF;
	return byte == '\t' || (byte >= 0x20 && byte < 0x7f) ? EXTENSION : BAD;
}

/* A byte that is no data.  The next state. */
static int
line_byte(struct h1_chunks *c, char byte)
{
	switch (c->state) {
	case SIZE:
	case EXTENSION:
		if (++c->line > H1_CHUNK_LINE_MAX)
			return BAD;
		return c->state == SIZE ? size_byte(c, byte) :
					  extension_byte(byte);
	case SIZE_LF:
		if (byte != '\n')
			return BAD;
		return c->left > 0 ? DATA : END;
	case DATA_CR:
		return byte == '\r' ? DATA_LF : BAD;
	case DATA_LF:
		c->line = 0;
		c->digits = 0;
		return byte == '\n' ? SIZE : BAD;
	default:
		return BAD;
	}
}

enum h1_chunk
h1_chunks_next(struct h1_chunks *c, const char *in, size_t len, size_t *used,
    struct slice *data)
{
	size_t at = 0;

	while (
	    at < len && c->state != DATA && c->state != END && c->state != BAD)
		c->state = line_byte(c, in[at++]);
	*used = at;
	if (c->state == BAD)
		return H1_CHUNK_BAD;
	if (c->state == END)
		return H1_CHUNK_END;
	if (c->state != DATA || at == len)
		return H1_CHUNK_MORE;
	data->at = in + at;
	data->len = len - at;
	if (data->len >= c->left) {
		data->len = (size_t)c->left;
		c->state = DATA_CR;
	}
	c->left -= data->len;
	*used = at + data->len;
	return H1_CHUNK_DATA;
}
