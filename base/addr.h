/* SPDX-License-Identifier: ISC */
/*
 * Internet addresses and prefixes, as plain values.
 *
 * An address is always numeric and always canonical: an IPv4-mapped IPv6
 * address (RFC 4291, 2.5.5.2) is folded to IPv4 when it enters, a scope id
 * is refused.  Everything here is a pure function of its arguments.
 */
#ifndef ADDR_H
#define ADDR_H

#include <stddef.h>
#include <stdint.h>

struct sockaddr;
struct sockaddr_storage;

#define ADDR_LEN	 46 /* longest printed address, with its NUL */
#define PREFIX_LEN	 50 /* the same with "/128" */
#define ADDR_REVERSE_LEN 74 /* longest name in ip6.arpa, with its NUL */

enum addr_family {
	ADDR_NONE, /* no address at all, a Unix socket say */
	ADDR_IPV4,
	ADDR_IPV6
};

struct addr {
	enum addr_family family;
	uint8_t		 octets[16]; /* network order; IPv4 uses four */
};

struct prefix {
	struct addr  addr; /* host bits are zero */
	unsigned int bits;
};

/*
 * Parse the text of one address, to its last byte.  Returns 0, or -1 if it
 * is anything else (a name, a scope id, "1.2.3", leading zeros, spaces).
 */
int addr_parse(struct addr *, const char *);

/*
 * Parse "ADDRESS" or "ADDRESS/BITS".  Returns NULL, or a static phrase that
 * says what is wrong, e.g. "host bits are set".
 */
const char *prefix_parse(struct prefix *, const char *);

/* 0, or -1 (and family ADDR_NONE) when it is neither IPv4 nor IPv6. */
int addr_from_sockaddr(struct addr *, const struct sockaddr *);

/* Fill a socket address and return its length; 0 for ADDR_NONE. */
size_t addr_to_sockaddr(const struct addr *, uint16_t port,
    struct sockaddr_storage *);

/* Print in canonical form (RFC 5952).  Both return their buffer. */
const char *addr_print(const struct addr *, char buf[ADDR_LEN]);
const char *prefix_print(const struct prefix *, char buf[PREFIX_LEN]);

/* The name whose PTR record is asked for (RFC 1035, 3.5; RFC 3596, 2.5). */
const char *addr_reverse(const struct addr *, char buf[ADDR_REVERSE_LEN]);

int	 addr_equal(const struct addr *, const struct addr *);
int	 addr_compare(const struct addr *, const struct addr *);
uint32_t addr_hash(const struct addr *, uint32_t seed);

int prefix_contains(const struct prefix *, const struct addr *);
/* The prefix of that many bits around an address; host bits are cleared. */
struct prefix prefix_around(const struct addr *, unsigned int bits);
/* What one customer commonly has: the IPv4 /24 or the IPv6 /64. */
struct prefix addr_network(const struct addr *);

/*
 * Private, loopback, link-local, documentation and the like: addresses
 * whose reverse zones the public DNS does not serve (RFC 6303, RFC 6761).
 */
int addr_is_special(const struct addr *);

#endif /* ADDR_H */
