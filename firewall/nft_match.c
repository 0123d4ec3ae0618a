/* SPDX-License-Identifier: ISC */
#include "nft_match.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static enum nft_match
not_match(enum nft_match m)
{
	if (m == MATCH_MAYBE)
		return m;
	return m == MATCH_YES ? MATCH_NO : MATCH_YES;
}

static enum nft_match
either(enum nft_match a, enum nft_match b)
{
	return a > b ? a : b;
}

/* --- values -------------------------------------------------------------- */

static enum nft_match
is_port(const struct nft_place *w, json_t *value)
{
	json_t	  *range = json_object_get(value, "range");
	json_int_t port = w->packet->port;

	if (json_is_integer(value))
		return json_integer_value(value) == port ? MATCH_YES : MATCH_NO;
	if (json_is_integer(json_array_get(range, 0)) &&
	    json_is_integer(json_array_get(range, 1)))
		return json_integer_value(json_array_get(range, 0)) <= port &&
			json_integer_value(json_array_get(range, 1)) >= port ?
		    MATCH_YES :
		    MATCH_NO;
	return MATCH_MAYBE;
}

/* A protocol number or name, of TCP. */
static enum nft_match
is_tcp(const struct nft_place *w, json_t *value)
{
	(void)w;
	if (json_is_integer(value))
		return json_integer_value(value) == 6 ? MATCH_YES : MATCH_NO;
	if (json_is_string(value))
		return strcmp(json_string_value(value), "tcp") == 0 ?
		    MATCH_YES :
		    MATCH_NO;
	return MATCH_MAYBE;
}

static enum nft_match
is_family(const struct nft_place *w, json_t *value)
{
	const char *want = w->packet->family == ADDR_IPV4 ? "ipv4" : "ipv6";
	json_int_t  number = w->packet->family == ADDR_IPV4 ? 2 : 10;

	if (json_is_integer(value))
		return json_integer_value(value) == number ? MATCH_YES :
							     MATCH_NO;
	if (json_is_string(value))
		return strcmp(json_string_value(value), want) == 0 ? MATCH_YES :
								     MATCH_NO;
	return MATCH_MAYBE;
}

/* It came from outside. */
static enum nft_match
is_interface(const struct nft_place *w, json_t *value)
{
	(void)w;
	if (json_is_string(value) &&
	    strcmp(json_string_value(value), "lo") == 0)
		return MATCH_NO;
	return MATCH_MAYBE;
}

/*
 * Any packet may be one that is not tracked (a "notrack" somewhere), or out
 * of its window.  Related to another session is none to a gated port.
 */
static enum nft_match
is_state(const struct nft_place *w, json_t *value)
{
	const char *want = w->packet->established ? "established" : "new";
	const char *state = json_string_value(value);

	if (state != NULL && strcmp(state, want) == 0)
		return MATCH_YES;
	if (state == NULL || strcmp(state, "untracked") == 0 ||
	    strcmp(state, "invalid") == 0)
		return MATCH_MAYBE;
	return MATCH_NO;
}

/* The set that we keep, or any other, which may hold anything. */
static enum nft_match
is_source(const struct nft_place *w, json_t *value)
{
	const char *name = json_string_value(value);
	const char *set;

	set = w->packet->family == ADDR_IPV4 ? w->fw->set : w->fw->set6;
	if (name == NULL || name[0] != '@' || strcmp(name + 1, set) != 0 ||
	    strcmp(w->table, w->fw->table) != 0)
		return MATCH_MAYBE;
	return w->packet->let_in ? MATCH_YES : MATCH_NO;
}

static enum nft_match
is_anything(const struct nft_place *w, json_t *value)
{
	(void)w;
	(void)value;
	return MATCH_MAYBE;
}

enum nft_match
nft_among(const struct nft_place *w, json_t *right, nft_value_fn *is)
{
	enum nft_match m = MATCH_NO;
	json_t	      *one;
	size_t	       i;

	if (json_object_get(right, "set") != NULL)
		right = json_object_get(right, "set");
	if (!json_is_array(right))
		return is(w, right);
	json_array_foreach(right, i, one)
	{
		/* An element with a comment or a counter. */
		if (json_object_get(one, "elem") != NULL)
			one = json_object_get(json_object_get(one, "elem"),
			    "val");
		m = either(m, is(w, one));
	}
	return m;
}

/* --- matches ------------------------------------------------------------- */

/*
 * What a key asks of the packet.  *implied: what the key itself demands, e.g.
 * "ip saddr" that the packet is IPv4.
 */
static nft_value_fn *
payload_key(const struct nft_place *w, json_t *payload, enum nft_match *implied)
{
	int is4 = w->packet->family == ADDR_IPV4;

	if (nft_is(payload, "protocol", "tcp") ||
	    nft_is(payload, "protocol", "th"))
		return nft_is(payload, "field", "dport") ? is_port :
							   is_anything;
	if (nft_is(payload, "protocol", "ip") ||
	    nft_is(payload, "protocol", "ip6")) {
		if (nft_is(payload, "protocol", "ip") != is4)
			*implied = MATCH_NO;
		if (nft_is(payload, "field", "saddr"))
			return is_source;
		if (nft_is(payload, "field", "protocol") ||
		    nft_is(payload, "field", "nexthdr"))
			return is_tcp;
		return is_anything;
	}
	if (nft_is(payload, "protocol", "udp") ||
	    nft_is(payload, "protocol", "udplite") ||
	    nft_is(payload, "protocol", "icmp") ||
	    nft_is(payload, "protocol", "icmpv6") ||
	    nft_is(payload, "protocol", "sctp") ||
	    nft_is(payload, "protocol", "dccp") ||
	    nft_is(payload, "protocol", "esp") ||
	    nft_is(payload, "protocol", "ah") ||
	    nft_is(payload, "protocol", "arp"))
		*implied = MATCH_NO;
	return is_anything;
}

nft_value_fn *
nft_key(const struct nft_place *w, json_t *left, enum nft_match *implied)
{
	json_t *one;

	*implied = MATCH_YES;
	if ((one = json_object_get(left, "payload")) != NULL)
		return payload_key(w, one, implied);
	if ((one = json_object_get(left, "meta")) != NULL) {
		if (nft_is(one, "key", "l4proto"))
			return is_tcp;
		if (nft_is(one, "key", "nfproto"))
			return is_family;
		if (nft_is(one, "key", "iif") || nft_is(one, "key", "iifname"))
			return is_interface;
	}
	if ((one = json_object_get(left, "ct")) != NULL &&
	    nft_is(one, "key", "state"))
		return is_state;
	return is_anything;
}

enum nft_match
nft_match_expr(const struct nft_place *w, json_t *match)
{
	enum nft_match implied, m;
	nft_value_fn  *is;

	is = nft_key(w, json_object_get(match, "left"), &implied);
	if (implied == MATCH_NO)
		return MATCH_NO;
	m = nft_among(w, json_object_get(match, "right"), is);
	if (nft_is(match, "op", "!="))
		return not_match(m);
	if (nft_is(match, "op", "==") || nft_is(match, "op", "in"))
		return m;
	return MATCH_MAYBE; /* "<" and the like */
}
