/* SPDX-License-Identifier: ISC */
#include "reason.h"

const char *
reason_word(enum reason reason)
{
	static const char *const words[REASONS] = {
		[REASON_DONE] = "done",
		[REASON_REDIRECT] = "redirect",
		[REASON_RETURN] = "return",
		[REASON_TUNNEL] = "tunnel",
		[REASON_BAD_REQUEST] = "bad-request",
		[REASON_AMBIGUOUS] = "ambiguous",
		[REASON_NO_SITE] = "no-site",
		[REASON_NO_ACTION] = "no-action",
		[REASON_BLOCKED] = "blocked",
		[REASON_HEAD_TIMEOUT] = "head-timeout",
		[REASON_BODY_SLOW] = "body-slow",
		[REASON_BODY_LARGE] = "body-large",
		[REASON_BODY_BAD] = "body-bad",
		[REASON_CLIENT_GONE] = "client-gone",
		[REASON_CLIENT_SLOW] = "client-slow",
		[REASON_UP_REFUSED] = "up-refused",
		[REASON_UP_TIMEOUT] = "up-timeout",
		[REASON_UP_CLOSED] = "up-closed",
		[REASON_UP_BAD] = "up-bad",
		[REASON_UP_CUT] = "up-cut",
		[REASON_BUSY] = "busy",
		[REASON_STOPPED] = "stopped",
	};

	return words[reason];
}
