/* SPDX-License-Identifier: ISC */
#include <stddef.h>
#include <string.h>

#include "action.h"

static const char *const names[] = { [ACTION_ACCEPT] = "accept",
	[ACTION_TAG] = "tag",
	[ACTION_TEMPFAIL] = "tempfail",
	[ACTION_HOLD] = "hold",
	[ACTION_REJECT] = "reject" };

const char *
action_name(enum action action)
{
	return names[action];
}

int
action_parse(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0)
			return (int)i;
	}
	return -1;
}
