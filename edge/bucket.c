/* SPDX-License-Identifier: ISC */
#include "bucket.h"

#define TOKEN 1000 /* thousandths */

int
bucket_take(struct bucket *b, int64_t now, int64_t rate)
{
	int64_t ms = now - b->filled;

	if (b->filled == 0 || ms < 0 || ms > 1000)
		ms = 1000;
	b->filled = now;
	b->tokens += ms * rate; /* a thousandth of a second, of a token */
	if (b->tokens > rate * TOKEN)
		b->tokens = rate * TOKEN;
	if (b->tokens < TOKEN)
		return 0;
	b->tokens -= TOKEN;
	return 1;
}
