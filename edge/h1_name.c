/* SPDX-License-Identifier: ISC */
#include "h1_inner.h"

#define NAME_MAX_LEN 25
#define SAME_LEN     4

/* By length; few names share one. */
static const struct {
	const char  *lower;
	enum h1_name id;
} names[NAME_MAX_LEN + 1][SAME_LEN] = {
	[2] = {
		{ "te", H1_NAME_TE },
	},
	[4] = {
		{ "host", H1_NAME_HOST },
		{ "date", H1_NAME_DATE },
	},
	[5] = {
		{ "proxy", H1_NAME_PROXY },
	},
	[6] = {
		{ "server", H1_NAME_SERVER },
		{ "expect", H1_NAME_EXPECT },
	},
	[7] = {
		{ "referer", H1_NAME_REFERER },
		{ "upgrade", H1_NAME_UPGRADE },
		{ "trailer", H1_NAME_TRAILER },
	},
	[8] = {
		{ "location", H1_NAME_LOCATION },
	},
	[9] = {
		{ "forwarded", H1_NAME_FORWARDED },
	},
	[10] = {
		{ "user-agent", H1_NAME_USER_AGENT },
		{ "connection", H1_NAME_CONNECTION },
		{ "keep-alive", H1_NAME_KEEP_ALIVE },
	},
	[12] = {
		{ "content-type", H1_NAME_CONTENT_TYPE },
	},
	[14] = {
		{ "content-length", H1_NAME_CONTENT_LENGTH },
		{ "http2-settings", H1_NAME_HTTP2_SETTINGS },
	},
	[15] = {
		{ "accept-encoding", H1_NAME_ACCEPT_ENCODING },
		{ "x-forwarded-for", H1_NAME_X_FORWARDED_FOR },
	},
	[16] = {
		{ "x-forwarded-host", H1_NAME_X_FORWARDED_HOST },
		{ "proxy-connection", H1_NAME_PROXY_CONNECTION },
	},
	[17] = {
		{ "transfer-encoding", H1_NAME_TRANSFER_ENCODING },
		{ "x-forwarded-proto", H1_NAME_X_FORWARDED_PROTO },
	},
	[25] = {
		{ "strict-transport-security",
		    H1_NAME_STRICT_TRANSPORT_SECURITY },
	},
};

/* *twin is set if "_" stands where "-" should. */
static int
same(const char *name, const char *lower, size_t len, int *twin)
{
	size_t i;

	*twin = 0;
	for (i = 0; i < len; i++) {
		/* The bytes of a token: only a letter becomes a letter. */
		if ((name[i] | 0x20) == lower[i])
			continue;
		if (name[i] != '_' || lower[i] != '-')
			return 0;
		*twin = 1;
	}
	return 1;
}

enum h1_name
h1_name_id(struct slice name, int *hop)
{
	enum h1_name id;
	size_t	     i;
	int	     twin;

	*hop = 0;
	if (name.len > NAME_MAX_LEN)
		return H1_NAME_OTHER;
	for (i = 0; i < SAME_LEN && names[name.len][i].lower != NULL; i++) {
		if (!same(name.at, names[name.len][i].lower, name.len, &twin))
			continue;
		id = twin ? H1_NAME_OTHER : names[name.len][i].id;
		*hop = twin || (H1_HOP & h1_bit(id)) != 0;
		return id;
	}
	return H1_NAME_OTHER;
}
