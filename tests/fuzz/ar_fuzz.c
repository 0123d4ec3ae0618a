/* SPDX-License-Identifier: ISC */
/*
 * The matcher of Authentication-Results.  Besides not crashing it has to keep
 * two promises: whoever puts our id first, plainly or in quotes, claims it;
 * and white space or a comment before a value change nothing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ar.h"
#include "headers.h"

#define ID "mail.example.org"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static char *
join(const char *a, const char *b)
{
	size_t alen, blen;
	char  *s;

	alen = strlen(a);
	blen = strlen(b);
	if ((s = malloc(alen + blen + 1)) == NULL)
		abort();
	memcpy(s, a, alen);
	memcpy(s + alen, b, blen + 1);
	return s;
}

static void
must_claim(const char *before, const char *value)
{
	char *s;

	s = join(before, value);
	if (!ar_claims(s, ID))
		abort();
	free(s);
}

static void
must_agree(const char *before, const char *value, int want)
{
	char *s;

	s = join(before, value);
	if (ar_claims(s, ID) != want)
		abort();
	free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct headers h = { 0 };
	char	      *value;
	int	       claims;

	if ((value = malloc(size + 1)) == NULL)
		abort();
	memcpy(value, data, size);
	value[size] = '\0';

	claims = ar_claims(value, ID);
	must_agree(" \n\t", value, claims);
	must_agree("(a (b\\)) c) ", value, claims);
	must_claim("mail.example.org;", value);
	must_claim("\"m\\ail.example.org\" 1 ;", value);

	headers_add(&h, "authentication-results", value, ID);
	if (claims != (headers_take(&h) == 1))
		abort();
	headers_clear(&h);
	free(value);
	return 0;
}
