/* SPDX-License-Identifier: ISC */
#include "crc32c.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define POLYNOMIAL UINT32_C(0x82f63b78) /* 0x1edc6f41, its bits turned round */

/* table[n][b]: what the byte b does, n bytes before the end of eight. */
static uint32_t	      table[8][256];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int	      by_processor;

static void
prepare(void)
{
	uint32_t     crc;
	unsigned int b, n;

	for (b = 0; b < 256; b++) {
		crc = b;
		for (n = 0; n < 8; n++)
			crc = crc >> 1 ^ (POLYNOMIAL & -(crc & 1));
		table[0][b] = crc;
	}
	for (b = 0; b < 256; b++)
		for (n = 1; n < 8; n++) {
			crc = table[n - 1][b];
			table[n][b] = crc >> 8 ^ table[0][crc & 0xff];
		}
#if defined(__x86_64__) && defined(__GNUC__)
	by_processor = __builtin_cpu_supports("sse4.2") != 0;
#endif
}

static uint32_t
bytes(uint32_t crc, const unsigned char *p, size_t len)
{
	while (len-- > 0)
		crc = crc >> 8 ^ table[0][(crc ^ *p++) & 0xff];
	return crc;
}

/* Eight bytes a step, in any byte order. */
static uint32_t
slices(uint32_t crc, const unsigned char *p, size_t len)
{
	for (; len >= 8; p += 8, len -= 8) {
		crc ^= (uint32_t)p[0] | (uint32_t)p[1] << 8 |
		    (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		crc = table[7][crc & 0xff] ^ table[6][crc >> 8 & 0xff] ^
		    table[5][crc >> 16 & 0xff] ^ table[4][crc >> 24] ^
		    table[3][p[4]] ^ table[2][p[5]] ^ table[1][p[6]] ^
		    table[0][p[7]];
	}
	return bytes(crc, p, len);
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((__target__("sse4.2"))) static uint32_t
processor(uint32_t crc, const unsigned char *p, size_t len)
{
	unsigned long long all = crc, piece;

	for (; len >= 8; p += 8, len -= 8) {
		memcpy(&piece, p, 8);
		all = __builtin_ia32_crc32di(all, piece);
	}
	crc = (uint32_t)all;
	while (len-- > 0)
		crc = __builtin_ia32_crc32qi(crc, *p++);
	return crc;
}
#else
static uint32_t
processor(uint32_t crc, const unsigned char *p, size_t len)
{
	return slices(crc, p, len);
}
#endif

uint32_t
crc32c(uint32_t crc, const void *data, size_t len)
{
	(void)pthread_once(&once, prepare);
	return by_processor ? ~processor(~crc, data, len) :
			      ~slices(~crc, data, len);
}

uint32_t
crc32c_tables(uint32_t crc, const void *data, size_t len)
{
	(void)pthread_once(&once, prepare);
	return ~slices(~crc, data, len);
}
