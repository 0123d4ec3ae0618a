/* SPDX-License-Identifier: ISC */
/*
 * Hexadecimal digits.  Pure.
 */
#ifndef HEX_H
#define HEX_H

/* The value of a digit, in any case; -1: it is none. */
int hex_value(char);

#endif /* HEX_H */
