/* SPDX-License-Identifier: ISC */
#include "out.h"

#define DIGITS_MAX 20 /* of UINT64_MAX, decimal */

static void
number(struct out *o, uint64_t n, unsigned int base)
{
	char   buf[DIGITS_MAX];
	size_t at = sizeof(buf);

	do {
		buf[--at] = "0123456789abcdef"[n % base];
		n /= base;
	} while (n > 0);
	out_bytes(o, buf + at, sizeof(buf) - at);
}

void
out_number(struct out *o, uint64_t n)
{
	number(o, n, 10);
}

void
out_hex(struct out *o, uint64_t n)
{
	number(o, n, 16);
}
