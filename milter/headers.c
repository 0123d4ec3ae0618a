/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "ar.h"
#include "headers.h"

void
headers_clear(struct headers *h)
{
	free(h->forged);
	memset(h, 0, sizeof(*h));
}

static int
grow(struct headers *h)
{
	unsigned int *p, room;

	if (h->nforged < h->room)
		return 0;
	if (h->nforged >= HEADERS_MAX)
		return -1;
	room = h->room == 0 ? 8 : h->room * 2;
	if ((p = reallocarray(h->forged, room, sizeof(*p))) == NULL)
		return -1;
	h->forged = p;
	h->room = room;
	return 0;
}

void
headers_add(struct headers *h, const char *name, const char *value,
    const char *id)
{
	if (!ar_is_name(name))
		return;
	h->seen++;
	if (!ar_claims(value, id))
		return;
	if (h->nforged >= HEADERS_MAX || grow(h) == -1)
		h->overflow = 1;
	else
		h->forged[h->nforged++] = h->seen;
}

unsigned int
headers_take(struct headers *h)
{
	return h->nforged > 0 ? h->forged[--h->nforged] : 0;
}
