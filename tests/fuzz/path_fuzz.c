/* SPDX-License-Identifier: ISC */
/*
 * Paths, read in every way.  What comes out is a path that is read as itself,
 * without "//", "/./" and "/../"; and a reading that path_readings() does not
 * name changes nothing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"

#define SIZE 4096

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static void
is_tidy(const char *s, size_t len, unsigned int reading)
{
	size_t i;

	must(s[0] == '/' && strlen(s) == len);
	must(strstr(s, "//") == NULL);
	must(strstr(s, "/./") == NULL && strstr(s, "/../") == NULL);
	must(len < 2 || strcmp(s + len - 2, "/.") != 0);
	must(len < 3 || strcmp(s + len - 3, "/..") != 0);
	must(!(reading & PATH_BACKSLASHES) || strchr(s, '\\') == NULL);
	must(!(reading & PATH_PARAMETERS) || strchr(s, ';') == NULL);
	must(!(reading & PATH_SLASHES) || strstr(s, "%2F") == NULL);
	for (i = 0; i < len; i++) {
		must((unsigned char)s[i] >= 0x20 && s[i] != 0x7f);
		/* All that is left of the escapes. */
		must(s[i] != '%' || strncmp(s + i, "%25", 3) == 0 ||
		    strncmp(s + i, "%2F", 3) == 0);
	}
}

static void
one_reading(struct slice path, unsigned int reading)
{
	static char  dst[SIZE], again[SIZE];
	struct slice out = { dst, 0 };
	unsigned int less = reading & path_readings(path);
	const char  *why;
	size_t	     len;

	why = path_normalise(dst, path.len + 1, path, reading, &out.len);
	if (why == NULL) {
		is_tidy(dst, out.len, reading);
		must(out.len <= path.len);
		must(!path_is_normal(path) || slice_equal(path, out));
		must(path_normalise(again, sizeof(again), out, reading, &len) ==
		    NULL);
		must(len == out.len && memcmp(again, dst, len) == 0);
	}
	if (less == reading)
		return;
	must(path_normalise(again, sizeof(again), path, less, &len) == why);
	must(why != NULL || (len == out.len && memcmp(again, dst, len) == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice path = { (const char *)data, len };
	unsigned int reading;

	if (len >= SIZE)
		return 0;
	(void)path_is_normal(path);
	for (reading = PATH_PLAIN; reading <= PATH_WIDE; reading++)
		one_reading(path, reading);
	return 0;
}
