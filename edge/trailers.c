/* SPDX-License-Identifier: ISC */
#include "trailers.h"

void
trailers_write(struct out *o, const struct h1_head *t)
{
	size_t i;

	for (i = 0; i < t->nfields; i++) {
		if (t->fields[i].hop)
			continue;
		out_slice(o, t->fields[i].name);
		out_text(o, ": ");
		out_slice(o, t->fields[i].value);
		out_text(o, "\r\n");
	}
}
