/* SPDX-License-Identifier: ISC */
/*
 * Which names of the DNS are host names that we use, print and compare.
 *
 * A PTR record may hold any 255 bytes.  What we take is what mail servers
 * are called in practice, RFC 1123 (2.1) and one leniency:
 *
 *	- labels of 1 to 63 letters, digits, hyphens and underscores (an
 *	  underscore is no letter of a host name, but some providers' generic
 *	  names have one, and they do resolve);
 *	- no hyphen at either end of a label;
 *	- at most 253 bytes as text, at least one label ("localhost" is one);
 *	- the last label is not all digits, so that nothing looks like an
 *	  address (RFC 3696, 2).
 *
 * All else (control bytes, spaces, dots inside a label, UTF-8, quotes) is
 * counted as invalid and goes no further.  Names are kept in lower case and
 * without the dot at the end.  Pure.
 */
#ifndef NAME_H
#define NAME_H

#include <stddef.h>
#include <stdint.h>

#include "iprev.h"

/*
 * The usable ones of an answer's names.  Servers rotate the records of an
 * answer; the names kept are therefore the first ones in the order of the
 * alphabet, so that the result does not depend on chance.
 */
struct names {
	unsigned int total;   /* records seen */
	unsigned int invalid; /* of which no host names */
	unsigned int count;   /* kept, sorted, each once */
	char	     name[IPREV_NAMES][DNS_NAME_LEN];
};

/*
 * A name as it stands in a message, without compression: labels with their
 * lengths, the root's at the end.  0, or -1 if it is no host name.
 */
int name_read(char name[DNS_NAME_LEN], const uint8_t *wire, size_t len);
/* Would name_read() have made this text? */
int name_valid(const char *);

void names_add(struct names *, const uint8_t *wire, size_t len);

#endif /* NAME_H */
