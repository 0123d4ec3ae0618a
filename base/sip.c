/* SPDX-License-Identifier: ISC */
#include "sip.h"

#include <stddef.h>
#include <stdint.h>

struct sip {
	uint64_t v0, v1, v2, v3;
};

static uint64_t
rotate(uint64_t x, unsigned int bits)
{
	return x << bits | x >> (64 - bits);
}

static void
rounds(struct sip *s, int n)
{
	while (n-- > 0) {
		s->v0 += s->v1;
		s->v1 = rotate(s->v1, 13) ^ s->v0;
		s->v0 = rotate(s->v0, 32);
		s->v2 += s->v3;
		s->v3 = rotate(s->v3, 16) ^ s->v2;
		s->v0 += s->v3;
		s->v3 = rotate(s->v3, 21) ^ s->v0;
		s->v2 += s->v1;
		s->v1 = rotate(s->v1, 17) ^ s->v2;
		s->v2 = rotate(s->v2, 32);
	}
}

static void
word(struct sip *s, uint64_t m)
{
	s->v3 ^= m;
	rounds(s, 2);
	s->v0 ^= m;
}

/* Little-endian, whatever the machine is. */
static uint64_t
load(const unsigned char *p, size_t n)
{
	uint64_t m = 0;

	while (n-- > 0)
		m = m << 8 | p[n];
	return m;
}

uint64_t
sip_hash(const struct sip_key *key, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t		     left = len;
	struct sip	     s;

	s.v0 = key->k0 ^ UINT64_C(0x736f6d6570736575);
	s.v1 = key->k1 ^ UINT64_C(0x646f72616e646f6d);
	s.v2 = key->k0 ^ UINT64_C(0x6c7967656e657261);
	s.v3 = key->k1 ^ UINT64_C(0x7465646279746573);
	for (; left >= 8; left -= 8, p += 8)
		word(&s, load(p, 8));
	word(&s, load(p, left) | (uint64_t)len << 56);
	s.v2 ^= 0xff;
	rounds(&s, 4);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
