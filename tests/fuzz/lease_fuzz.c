/* SPDX-License-Identifier: ISC */
/*
 * The file of leases, as a person may have left it.  What is taken is written
 * back as lines that mean the same, and that file has no broken line; no line
 * of the text is lost.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "leases.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static void
one_line(const uint8_t *data, size_t len)
{
	struct lease l, again;
	char	     text[2048], line[LEASE_LINE_LEN];

	if (len >= sizeof(text))
		return;
	memcpy(text, data, len);
	text[len] = '\0';
	if (lease_parse(&l, text) != NULL)
		return;
	must(lease_print(&l, line) == strlen(line));
	must(strchr(line, '\n') == NULL);
	must(lease_parse(&again, line) == NULL);
	must(memcmp(&l, &again, sizeof(l)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct leases l = { .n = 0 }, again = { .n = 0 };
	char	     *text, *second;
	size_t	      i, lines = 0, n, m;

	one_line(data, len);
	must(leases_parse(&l, (const char *)data, len) == 0);
	for (i = 0; i < len; i++)
		lines += data[i] == '\n';
	lines += len > 0 && data[len - 1] != '\n';
	must(l.n + l.ncomments + l.nbroken == lines);

	must((text = leases_print(&l, &n)) != NULL);
	must(leases_parse(&again, text, n) == 0);
	must(again.nbroken == 0 && again.n == l.n);
	must(again.ncomments == l.ncomments);
	for (i = 0; i < l.n; i++)
		must(memcmp(&l.lease[i], &again.lease[i], sizeof(l.lease[i])) ==
		    0);
	must((second = leases_print(&again, &m)) != NULL);
	must(n == m && memcmp(text, second, n) == 0);
	leases_forget(&again, (time_t)1795360000);
	must(again.ncomments == l.ncomments && again.n <= l.n);
	free(second);
	free(text);
	leases_free(&again);
	leases_free(&l);
	return 0;
}
