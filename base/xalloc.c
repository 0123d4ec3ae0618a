/* SPDX-License-Identifier: ISC */
#include "xalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "log.h"

void *
xcalloc(size_t n, size_t size)
{
	void *p;

	if (n == 0 || size == 0)
		n = size = 1; /* NULL must always mean trouble */
	if ((p = calloc(n, size)) == NULL)
		fatal(EX_OSERR, "calloc %zu x %zu", n, size);
	return p;
}

void *
xreallocarray(void *old, size_t n, size_t size)
{
	void *p;

	if (n == 0 || size == 0)
		n = size = 1;
	if ((p = reallocarray(old, n, size)) == NULL)
		fatal(EX_OSERR, "reallocarray %zu x %zu", n, size);
	return p;
}

char *
xstrdup(const char *s)
{
	char *p;

	if ((p = strdup(s)) == NULL)
		fatal(EX_OSERR, "strdup");
	return p;
}

char *
xstrndup(const char *s, size_t max)
{
	char *p;

	if ((p = strndup(s, max)) == NULL)
		fatal(EX_OSERR, "strndup");
	return p;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char   *p;
	int	len;

	va_start(ap, fmt);
	len = vasprintf(&p, fmt, ap);
	va_end(ap);
	if (len == -1)
		fatal(EX_OSERR, "vasprintf");
	return p;
}
