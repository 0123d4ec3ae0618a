/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "token.h"

/* No I and 1, no O and 0; 32 of them, so that five bits are one. */
static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

void
token_make(char buf[TOKEN_LEN])
{
	uint8_t random[TOKEN_LEN - 1];
	size_t	i;

	arc4random_buf(random, sizeof(random));
	for (i = 0; i < sizeof(random); i++)
		buf[i] = alphabet[random[i] & 31];
	buf[i] = '\0';
}

int
token_valid(const char *s)
{
	return strlen(s) == TOKEN_LEN - 1 &&
	    strspn(s, alphabet) == TOKEN_LEN - 1;
}
