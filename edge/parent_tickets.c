/* SPDX-License-Identifier: ISC */
#include "parent_tickets.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void
tickets_rotate(struct tickets *t, time_t now)
{
	memmove(t->keys[1], t->keys[0],
	    (TLS_TICKET_KEYS - 1) * sizeof(t->keys[0]));
	arc4random_buf(t->keys[0], sizeof(t->keys[0]));
	if (t->n < TLS_TICKET_KEYS)
		t->n++;
	t->made = now;
}

time_t
tickets_due(struct tickets *t, time_t now)
{
	if (t->n == 0)
		return 0;
	if (now < t->made) /* it was set back: from now on, then */
		t->made = now;
	if (now - t->made >= TICKETS_SECONDS)
		return 0;
	return TICKETS_SECONDS - (now - t->made);
}

size_t
tickets_write(const struct tickets *t, unsigned char buf[TICKETS_KEPT])
{
	int64_t made = t->made;

	memcpy(buf, &made, sizeof(made));
	memcpy(buf + sizeof(made), t->keys, t->n * sizeof(t->keys[0]));
	return sizeof(made) + t->n * sizeof(t->keys[0]);
}

int
tickets_read(struct tickets *t, const void *bytes, size_t len)
{
	int64_t made;

	if (bytes == NULL || len <= sizeof(made) || len > TICKETS_KEPT ||
	    (len - sizeof(made)) % sizeof(t->keys[0]) != 0)
		return -1;
	memcpy(&made, bytes, sizeof(made));
	t->made = (time_t)made;
	t->n = (len - sizeof(made)) / sizeof(t->keys[0]);
	memcpy(t->keys, (const unsigned char *)bytes + sizeof(made),
	    len - sizeof(made));
	return 0;
}
