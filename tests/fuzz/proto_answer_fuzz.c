/* SPDX-License-Identifier: ISC */
/*
 * Answers of fcrdnsd, as its clients read them.  One that is taken agrees
 * with itself and is written back as it came, but for its address, which may
 * be written in more than one way.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "name.h"
#include "proto.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static const char *
behind_address(const char *line)
{
	return strchr(line + 3, ' ');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char		  buf[PROTO_ANSWER_MAX + 1];
	const char	 *text = (const char *)data;
	struct findings	  f;
	enum proto_result res;
	unsigned int	  i;
	size_t		  n, used;

	res = proto_read_answer(text, len, &used, &f);
	if (res == PROTO_MORE)
		must(len < PROTO_ANSWER_MAX);
	if (res != PROTO_DONE)
		return 0;
	must(used > 0 && used <= len && text[used - 1] == '\n');
	must((f.iprev == IPREV_PASS) == (findings_confirmed(&f) != NULL));
	must(f.nnames <= IPREV_NAMES);
	for (i = 0; i < f.nnames; i++)
		must(name_valid(f.names[i].name));
	n = proto_write_answer(buf, &f);
	must(n < sizeof(buf));
	buf[n] = '\0';
	i = (unsigned int)strlen(behind_address(buf));
	must(memcmp(behind_address(buf), text + used - i, i) == 0);
	return 0;
}
