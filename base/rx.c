/* SPDX-License-Identifier: ISC */
#include "rx.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "log.h"
#include "xalloc.h"

/*
 * Enough for any sane pattern on a name of 255 bytes; what needs more is
 * stopped after some milliseconds.
 */
#define LIMIT_MATCH 100000U /* calls of match() */
#define LIMIT_DEPTH 10000U  /* nested ones */
#define LIMIT_HEAP  2048U   /* KiB */

struct rx {
	pcre2_code	    *code;
	pcre2_match_context *limits; /* only read once it is made */
	char		    *pattern;
	atomic_flag	    *said; /* that the limit was hit */
};

/* Bytes, not characters: a name is ASCII, and bad UTF-8 is no error. */
#define OPTIONS                                                        \
	(PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | \
	    PCRE2_DOLLAR_ENDONLY)

struct rx *
rx_new(const char *pattern, int caseless, char *why, size_t size, size_t *at)
{
	struct rx  *rx;
	PCRE2_SIZE  where = 0;
	PCRE2_UCHAR text[256];
	int	    error = 0;

	rx = xcalloc(1, sizeof(*rx));
	rx->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    OPTIONS | (caseless ? PCRE2_CASELESS : 0U), &error, &where, NULL);
	if (rx->code == NULL) {
		if (pcre2_get_error_message(error, text, sizeof(text)) < 0)
			snprintf(why, size, "error %d", error);
		else
			snprintf(why, size, "%s", (const char *)text);
		*at = where;
		rx_free(rx);
		return NULL;
	}
	rx->limits = pcre2_match_context_create(NULL);
	if (rx->limits == NULL) {
		snprintf(why, size, "out of memory");
		*at = 0;
		rx_free(rx);
		return NULL;
	}
	pcre2_set_match_limit(rx->limits, LIMIT_MATCH);
	pcre2_set_depth_limit(rx->limits, LIMIT_DEPTH);
	pcre2_set_heap_limit(rx->limits, LIMIT_HEAP);
	rx->pattern = xstrdup(pattern);
	rx->said = xcalloc(1, sizeof(*rx->said));
	atomic_flag_clear(rx->said);
	return rx;
}

void
rx_free(struct rx *rx)
{
	if (rx == NULL)
		return;
	pcre2_code_free(rx->code);
	pcre2_match_context_free(rx->limits);
	free(rx->pattern);
	free(rx->said);
	free(rx);
}

unsigned int
rx_groups(const struct rx *rx)
{
	uint32_t n = 0;

	(void)pcre2_pattern_info(rx->code, PCRE2_INFO_CAPTURECOUNT, &n);
	return n;
}

/* The first n pairs of data; the caller knows how many there are. */
static void
fill(struct rx_span *spans, size_t n, pcre2_match_data *data)
{
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(data);
	size_t		  i;

	for (i = 0; i < n; i++) {
		/* A \K may put the beginning behind the end. */
		if (v[2 * i] == PCRE2_UNSET || v[2 * i] > v[2 * i + 1])
			continue;
		spans[i].from = v[2 * i];
		spans[i].to = v[2 * i + 1];
		spans[i].set = 1;
	}
}

enum rx_result
rx_captures(const struct rx *rx, const char *text, struct rx_span *spans,
    size_t n)
{
	pcre2_match_data *data;
	int		  ret;

	memset(spans, 0, n * sizeof(*spans));
	/* No more pairs than are wanted, and one for each call: threads. */
	if ((data = pcre2_match_data_create((uint32_t)n, NULL)) == NULL) {
		log_warnx("regex \"%s\": out of memory", rx->pattern);
		return RX_LIMIT;
	}
	ret = pcre2_match(rx->code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0,
	    0, data, rx->limits);
	/* The highest group that is set, and one; 0: more than n. */
	if (ret >= 0)
		fill(spans, ret == 0 ? n : (size_t)ret, data);
	pcre2_match_data_free(data);
	if (ret >= 0)
		return RX_YES;
	if (ret == PCRE2_ERROR_NOMATCH)
		return RX_NO;
	if (!atomic_flag_test_and_set(rx->said))
		log_warnx("regex \"%s\": gave up (%d), taken for no match",
		    rx->pattern, ret);
	return RX_LIMIT;
}

enum rx_result
rx_match(const struct rx *rx, const char *text)
{
	struct rx_span whole;

	return rx_captures(rx, text, &whole, 1);
}
