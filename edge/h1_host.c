/* SPDX-License-Identifier: ISC */
/*
 * The host that a request is for, and its port (RFC 9110, 7.2; RFC 3986, 3.2).
 */
#include <string.h>

#include "addr.h"
#include "h1_inner.h"

#define HOST_MAX    253
#define PORT_DIGITS 5

static unsigned int
port_number(struct slice port)
{
	unsigned int n = 0;
	size_t	     i;

	for (i = 0; i < port.len; i++)
		n = n * 10 + (unsigned int)(port.at[i] - '0');
	return n;
}

static int
port_valid(struct slice port)
{
	unsigned int n;
	size_t	     i;

	if (port.len == 0 || port.len > PORT_DIGITS)
		return 0;
	for (i = 0; i < port.len; i++)
		if (port.at[i] < '0' || port.at[i] > '9')
			return 0;
	n = port_number(port);
	return n > 0 && n <= 65535;
}

/* "[2001:db8::1]": bytes of it with its brackets, 0 if it is none. */
static size_t
literal(struct slice text)
{
	struct addr addr;
	const char *close;
	char	    buf[ADDR_LEN];
	size_t	    len;

	if ((close = memchr(text.at, ']', text.len)) == NULL)
		return 0;
	len = (size_t)(close - text.at) - 1;
	if (len >= sizeof(buf) || memchr(text.at + 1, ':', len) == NULL)
		return 0;
	memcpy(buf, text.at + 1, len);
	buf[len] = '\0';
	return addr_parse(&addr, buf) == 0 ? len + 2 : 0;
}

/* A name or an IPv4 address: bytes of it, 0 if it is none. */
static size_t
name(struct slice text)
{
	char   before = '.';
	size_t i;

	for (i = 0; i < text.len && h1_is(text.at[i], H1_HOST); i++) {
		if (text.at[i] == '.' && before == '.')
			return 0;
		before = text.at[i];
	}
	return i;
}

const char *
h1_authority(struct slice text, struct slice *host, struct slice *port)
{
	size_t len;

	if (text.len == 0)
		return "an empty host";
	host->at = text.at;
	if (text.at[0] == '[') {
		if ((len = literal(text)) == 0)
			return "a host that is no address";
		host->len = len;
	} else {
		if ((len = name(text)) == 0)
			return "a host that is no name";
		host->len = text.at[len - 1] == '.' ? len - 1 : len;
		if (host->len > HOST_MAX)
			return "a host that is too long";
	}
	port->at = text.at + len;
	port->len = 0;
	if (len == text.len)
		return NULL;
	if (text.at[len] != ':')
		return "a bad byte in the host";
	port->at++;
	port->len = text.len - len - 1;
	return port_valid(*port) ? NULL : "a bad port";
}

int
h1_authority_same(struct slice host, struct slice port, struct slice host2,
    struct slice port2, unsigned int standard)
{
	unsigned int n, n2;

	if (!slice_same(host, host2))
		return 0;
	n = port.len > 0 ? port_number(port) : standard;
	n2 = port2.len > 0 ? port_number(port2) : standard;
	return n == n2;
}
