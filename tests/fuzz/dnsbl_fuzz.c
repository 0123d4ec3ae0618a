/* SPDX-License-Identifier: ISC */
/*
 * DNS lists: what stands in the file about them, and the texts that they
 * answer.  The first line is the zone, the rest the text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dnsbl.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

/* What is taken is written as what is taken again, and matches no error. */
static void
check_filter(const char *text)
{
	static const uint8_t errors[][4] = { { 127, 0, 0, 1 },
		{ 127, 0, 0, 255 }, { 127, 255, 255, 254 }, { 1, 2, 3, 4 } };
	struct dnsbl_filter  f, back;
	struct dnsbl	     d = { .filters = &f, .nfilters = 1 };
	char		     buf[DNSBL_FILTER_LEN];
	size_t		     i;

	if (dnsbl_filter_parse(&f, text) != NULL)
		return;
	must(dnsbl_filter_parse(&back, dnsbl_filter_print(&f, buf)) == NULL);
	must(memcmp(&f, &back, sizeof(f)) == 0);
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		must(dnsbl_match(&d, errors[i]) == NULL);
}

static void
check_query(const char *zone)
{
	struct addr addr;
	char	    buf[DNSBL_QUERY_LEN];

	must(addr_parse(&addr, "2001:db8::1") == 0);
	must(dnsbl_query(buf, &addr, zone) == 0);
	must(strlen(buf) <= 254 && buf[strlen(buf) - 1] == '.');
	must(dnsbl_query(buf, &addr, zone) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *text = (const char *)data, *end;
	char	    zone[DNSBL_ZONE_LEN], out[DNSBL_TXT_LEN], *copy;
	size_t	    i, first;

	if ((copy = malloc(len + 1)) == NULL)
		return 0;
	memcpy(copy, data, len);
	copy[len] = '\0';
	check_filter(copy);
	free(copy);
	end = memchr(data, '\n', len);
	first = end != NULL ? (size_t)(end - text) : len;
	if (dnsbl_zone_read(zone, text, first) == -1)
		return 0;
	check_query(zone);
	if (end != NULL)
		first++;
	dnsbl_txt(out, text + first, len - first, zone);
	must(strlen(out) <= DNSBL_TXT_CUT);
	must(!dnsbl_tells(out, zone));
	for (i = 0; out[i] != '\0'; i++)
		must(out[i] >= 0x20 && out[i] < 0x7f);
	return 0;
}
