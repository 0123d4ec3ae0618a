/* SPDX-License-Identifier: ISC */
#include "logline.h"

#include <string.h>

int
logline_read(FILE *fp, char buf[LOGLINE_LEN], size_t *len)
{
	size_t n = 0;
	int    c;

	while ((c = getc_unlocked(fp)) != EOF && c != '\n') {
		if (n < LOGLINE_LEN)
			buf[n++] = (char)c;
	}
	if (c == EOF && (n == 0 || ferror(fp)))
		return 0;
	if (n == LOGLINE_LEN || memchr(buf, '\0', n) != NULL)
		n = 0;
	buf[n] = '\0';
	*len = n;
	return 1;
}
