/* SPDX-License-Identifier: ISC */
#include "dnsbl_reply.h"

#include "resolver.h"

static enum dnsbl_state
state_of(enum lookup_state state)
{
	switch (state) {
	case LOOKUP_REFUSED:
		return DNSBL_REFUSED;
	case LOOKUP_TIMEOUT:
		return DNSBL_TIMEOUT;
	case LOOKUP_BOGUS:
		return DNSBL_BOGUS;
	case LOOKUP_OVERLOAD:
		return DNSBL_OVERLOAD;
	case LOOKUP_RESOURCES:
		return DNSBL_RESOURCES;
	case LOOKUP_UNASKED:
	case LOOKUP_ASKED:
	case LOOKUP_ANSWERED:
	case LOOKUP_SERVFAIL:
		break;
	}
	return DNSBL_SERVFAIL;
}

static enum dnsbl_state
judge(const struct replies *replies)
{
	unsigned int i;

	if (replies->count > ANSWER_REPLIES) /* not all of them were seen */
		return DNSBL_BROKEN;
	for (i = 0; i < replies->count; i++) {
		if (!dnsbl_reply_good(replies->octets[i]))
			return DNSBL_BROKEN;
	}
	return replies->count > 0 ? DNSBL_LISTED : DNSBL_CLEAR;
}

enum dnsbl_state
dnsbl_reply_read(const struct reply *reply, struct replies *replies,
    uint32_t *ttl)
{
	struct answer answer;

	replies->count = 0;
	*ttl = 0;
	if (reply->state != LOOKUP_ANSWERED)
		return state_of(reply->state);
	answer_list(&answer, replies, reply->msg, reply->len);
	*ttl = answer.ttl;
	switch (answer.kind) {
	case ANSWER_RECORDS:
	case ANSWER_NONE:
		return judge(replies);
	case ANSWER_REFUSED:
		return DNSBL_REFUSED;
	case ANSWER_NOMEM:
		return DNSBL_RESOURCES;
	case ANSWER_SERVFAIL:
	case ANSWER_BAD:
		break;
	}
	return DNSBL_SERVFAIL;
}
