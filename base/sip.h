/* SPDX-License-Identifier: ISC */
/*
 * SipHash-2-4 (Aumasson, Bernstein, 2012): a hash whose values nobody can
 * foresee who does not have the key.  For tables that foreign words fill.
 */
#ifndef SIP_H
#define SIP_H

#include <stddef.h>
#include <stdint.h>

struct sip_key {
	uint64_t k0, k1;
};

uint64_t sip_hash(const struct sip_key *, const void *, size_t);

#endif /* SIP_H */
