/* SPDX-License-Identifier: ISC */
#include "health.h"

#include <string.h>

/* Forget what is older than a minute. */
static void
turn(struct health *h, int64_t now)
{
	int64_t slot = now / HEALTH_SLOT;

	if (slot - h->slot >= HEALTH_SLOTS)
		memset(h->slots, 0, sizeof(h->slots));
	for (; h->slot < slot && slot - h->slot < HEALTH_SLOTS; h->slot++)
		memset(&h->slots[(h->slot + 1) % HEALTH_SLOTS], 0,
		    sizeof(h->slots[0]));
	h->slot = slot;
}

void
health_minute(struct health *h, int64_t now, unsigned int *clients,
    unsigned int *temperrors)
{
	int i;

	turn(h, now);
	*clients = *temperrors = 0;
	for (i = 0; i < HEALTH_SLOTS; i++) {
		*clients += h->slots[i].clients;
		*temperrors += h->slots[i].temperrors;
	}
}

enum health_change
health_add(struct health *h, int64_t now, int temperror)
{
	unsigned int clients, temperrors;

	turn(h, now);
	h->slots[h->slot % HEALTH_SLOTS].clients++;
	if (temperror)
		h->slots[h->slot % HEALTH_SLOTS].temperrors++;

	/* It ends at a quarter, not at a half, lest it be said all day. */
	health_minute(h, now, &clients, &temperrors);
	if (!h->trouble && clients >= HEALTH_LEAST &&
	    temperrors > clients / 2) {
		h->trouble = 1;
		return HEALTH_BEGINS;
	}
	if (h->trouble && temperrors < clients / 4 + 1 && !temperror) {
		h->trouble = 0;
		return HEALTH_ENDS;
	}
	return HEALTH_SAME;
}
