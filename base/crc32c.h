/* SPDX-License-Identifier: ISC */
/*
 * CRC-32C (Castagnoli; RFC 3720, 12.1): by the processor where it can, else
 * by tables.  Pure.
 */
#ifndef CRC32C_H
#define CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Of one piece after another: starts with 0, goes on with what came out. */
uint32_t crc32c(uint32_t, const void *, size_t);
/* The same by tables alone, on any machine. */
uint32_t crc32c_tables(uint32_t, const void *, size_t);

#endif /* CRC32C_H */
