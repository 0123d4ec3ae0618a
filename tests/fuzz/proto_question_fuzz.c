/* SPDX-License-Identifier: ISC */
/*
 * Questions to fcrdnsd.  One that is taken is written back as one that means
 * the same, and is no other for what comes behind it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "proto.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char		  buf[PROTO_QUESTION_MAX];
	const char	 *text = (const char *)data;
	struct addr	  addr, back;
	enum proto_result res;
	size_t		  n, used, again;

	res = proto_read_question(text, len, &used, &addr);
	if (res == PROTO_MORE)
		must(len < PROTO_QUESTION_MAX);
	if (res != PROTO_DONE)
		return 0;
	must(used > 0 && used <= len && text[used - 1] == '\n');
	must(proto_read_question(text, used - 1, &again, &back) == PROTO_MORE);
	must(proto_read_question(text, used, &again, &back) == PROTO_DONE);
	must(again == used && addr_equal(&addr, &back));
	n = proto_write_question(buf, &addr);
	must(n <= sizeof(buf));
	must(proto_read_question(buf, n, &again, &back) == PROTO_DONE);
	must(again == n && addr_equal(&addr, &back));
	return 0;
}
