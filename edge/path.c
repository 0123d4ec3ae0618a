/* SPDX-License-Identifier: ISC */
#include "path.h"

#include <stddef.h>
#include <string.h>

#include "hex.h"

/* What one unit of a path, a byte or an escape, is in some reading. */
enum unit {
	UNIT_LETTER,
	UNIT_SLASH,
	UNIT_PARAMETER,
	UNIT_BAD
};

struct reader {
	const char  *at; /* the next unit */
	const char  *end;
	unsigned int reading;
	const char  *why;     /* of UNIT_BAD */
	char	     text[3]; /* of UNIT_LETTER */
	size_t	     len;
};

/* 0 for a byte that is a letter to everybody. */
static const unsigned char special[256] = {
	[0x00] = 1,
	[0x01] = 1,
	[0x02] = 1,
	[0x03] = 1,
	[0x04] = 1,
	[0x05] = 1,
	[0x06] = 1,
	[0x07] = 1,
	[0x08] = 1,
	[0x09] = 1,
	[0x0a] = 1,
	[0x0b] = 1,
	[0x0c] = 1,
	[0x0d] = 1,
	[0x0e] = 1,
	[0x0f] = 1,
	[0x10] = 1,
	[0x11] = 1,
	[0x12] = 1,
	[0x13] = 1,
	[0x14] = 1,
	[0x15] = 1,
	[0x16] = 1,
	[0x17] = 1,
	[0x18] = 1,
	[0x19] = 1,
	[0x1a] = 1,
	[0x1b] = 1,
	[0x1c] = 1,
	[0x1d] = 1,
	[0x1e] = 1,
	[0x1f] = 1,
	[0x7f] = 1,
	['%'] = 1,
	['/'] = 1,
	[';'] = 1,
	['\\'] = 1,
};

int
path_is_normal(struct slice path)
{
	const char *p, *end;

	if (path.len == 0 || path.at[0] != '/')
		return 0;
	end = path.at + path.len;
	for (p = path.at; p < end; p++) {
		if (!special[(unsigned char)*p])
			continue;
		if (*p != '/')
			return 0;
		if (end - p > 1 && p[1] == '/')
			return 0;
		/* "/." is, but "/.well-known" is not. */
		if (end - p > 1 && p[1] == '.' &&
		    (end - p == 2 || p[2] == '/' || p[2] == '.'))
			return 0;
	}
	return 1;
}

static enum unit
bad(struct reader *r, const char *why)
{
	r->why = why;
	return UNIT_BAD;
}

/* Take one unit; there is one. */
static enum unit
take(struct reader *r)
{
	int hi, lo, c = (unsigned char)*r->at, escaped = c == '%';

	if (escaped) {
		if (r->end - r->at < 3 || (hi = hex_value(r->at[1])) == -1 ||
		    (lo = hex_value(r->at[2])) == -1)
			return bad(r, "a percent sign without two hex digits");
		c = hi << 4 | lo;
		r->at += 2;
	}
	r->at++;
	if (c < 0x20 || c == 0x7f)
		return bad(r, "a control byte in the path");
	if (c == '/' && (!escaped || r->reading & PATH_SLASHES))
		return UNIT_SLASH;
	if (c == '\\' && r->reading & PATH_BACKSLASHES)
		return UNIT_SLASH;
	if (c == ';' && r->reading & PATH_PARAMETERS)
		return UNIT_PARAMETER;
	if (escaped && (c == '/' || c == '%')) {
		memcpy(r->text, c == '/' ? "%2F" : "%25", 3);
		r->len = 3;
		return UNIT_LETTER;
	}
	r->text[0] = (char)c;
	r->len = 1;
	return UNIT_LETTER;
}

/*
 * dst[start] up to dst[len] is a segment, and behind it comes a slash or the
 * end.  Returns the new length, at which the next segment starts; 0 if it went
 * above the root.
 */
static size_t
end_segment(char *dst, size_t start, size_t len, int slash,
    unsigned int reading)
{
	size_t n = len - start;

	if (n == 0 && !(reading & PATH_EMPTIES))
		return start;
	if (n == 1 && dst[start] == '.')
		return start;
	if (n == 2 && dst[start] == '.' && dst[start + 1] == '.') {
		if (start == 1)
			return 0;
		for (start--; dst[start - 1] != '/'; start--)
			continue;
		return start;
	}
	if (slash)
		dst[len++] = '/';
	return len;
}

/* "//" to "/", for where the empty segments had to be kept up to now. */
static size_t
squeeze(char *dst, size_t len)
{
	size_t i, n = 1;

	for (i = 1; i < len; i++)
		if (dst[i] != '/' || dst[n - 1] != '/')
			dst[n++] = dst[i];
	return n;
}

const char *
path_normalise(char *dst, size_t size, struct slice path, unsigned int reading,
    size_t *len)
{
	struct reader r;
	enum unit     unit;
	size_t	      n = 1, start = 1;
	int	      last, skip = 0;

	if (path.len == 0 || path.at[0] != '/')
		return "a path that does not begin with a slash";
	if (size <= path.len)
		return "a path that is too long";
	r.at = path.at + 1;
	r.end = path.at + path.len;
	r.reading = reading;
	dst[0] = '/';
	do {
		last = r.at == r.end;
		unit = last ? UNIT_SLASH : take(&r);
		if (unit == UNIT_BAD)
			return r.why;
		if (unit == UNIT_PARAMETER)
			skip = 1;
		if (unit == UNIT_LETTER && !skip) {
			memcpy(dst + n, r.text, r.len);
			n += r.len;
		}
		if (unit != UNIT_SLASH)
			continue;
		skip = 0;
		n = start = end_segment(dst, start, n, !last, reading);
		if (n == 0)
			return "a path that leads above the root";
	} while (!last);
	if (reading & PATH_EMPTIES)
		n = squeeze(dst, n);
	dst[n] = '\0';
	*len = n;
	return NULL;
}

unsigned int
path_readings(struct slice path)
{
	struct reader r;
	const char   *before;
	unsigned int  bits = 0;
	int	      edge = 0; /* of a segment, in some reading */

	if (path.len == 0)
		return 0;
	r.at = path.at;
	r.end = path.at + path.len;
	while (r.at < r.end) {
		before = r.at;
		r.reading = PATH_WIDE;
		switch (take(&r)) {
		case UNIT_BAD:
			return bits;
		case UNIT_LETTER:
			edge = 0;
			continue;
		case UNIT_PARAMETER:
			bits |= PATH_PARAMETERS;
			break;
		case UNIT_SLASH:
			if (*before == '\\' ||
			    (*before == '%' && hex_value(before[1]) == 5))
				bits |= PATH_BACKSLASHES;
			else if (*before == '%')
				bits |= PATH_SLASHES;
			break;
		}
		if (edge)
			bits |= PATH_EMPTIES;
		edge = 1;
	}
	return bits;
}
