/* SPDX-License-Identifier: ISC */
/*
 * A line of Postfix's log: what clients wanted to stand there.  No other
 * program's line is Postfix's, and a client has an address.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "maillog.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char   before[] = "Nov 22 10:00:00 mail sshd[1]: ";
	struct maillog_line l, again;
	char		   *line;
	enum maillog	    kind;

	/* Exactly as long as it is, so that one byte more is found. */
	if ((line = malloc(sizeof(before) + size)) == NULL)
		return 0;
	memcpy(line, data, size);
	kind = maillog_read(&l, line, size);
	if (kind >= MAILLOG_CONNECT && l.addr.family == ADDR_NONE)
		abort();
	if (maillog_read(&again, line, size) != kind || again.pid != l.pid)
		abort();

	memcpy(line, before, sizeof(before) - 1);
	memcpy(line + sizeof(before) - 1, data, size);
	if (maillog_read(&l, line, sizeof(before) - 1 + size) !=
	    MAILLOG_FOREIGN)
		abort();
	free(line);
	return 0;
}
