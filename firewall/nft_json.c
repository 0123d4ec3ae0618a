/* SPDX-License-Identifier: ISC */
#include "nft_json.h"

#include <jansson.h>

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "nft_rules.h"

/* The last address of a prefix. */
static struct addr
last_of(const struct prefix *p)
{
	struct addr  a = p->addr;
	unsigned int i, bits = a.family == ADDR_IPV4 ? 32 : 128;

	for (i = p->bits; i < bits; i++)
		a.octets[i / 8] |= (uint8_t)(0x80U >> (i % 8));
	return a;
}

/* The next address; 0, or -1 behind the last one. */
static int
step(struct addr *a)
{
	size_t i = a->family == ADDR_IPV4 ? 4 : 16;

	while (i-- > 0) {
		if (++a->octets[i] != 0)
			return 0;
	}
	return -1;
}

/* The widest prefix that begins at a and does not pass end. */
static struct prefix
widest(const struct addr *a, const struct addr *end)
{
	struct prefix p;
	struct addr   last;
	unsigned int  bits, max = a->family == ADDR_IPV4 ? 32 : 128;

	for (bits = 0; bits < max; bits++) {
		p = prefix_around(a, bits);
		last = last_of(&p);
		if (addr_equal(&p.addr, a) && addr_compare(&last, end) <= 0)
			return p;
	}
	return prefix_around(a, max);
}

static const char *
add_range(struct firewall_set *set, json_t *range)
{
	struct prefix p;
	struct addr   a, end;
	const char   *from, *to;

	from = json_string_value(json_array_get(range, 0));
	to = json_string_value(json_array_get(range, 1));
	if (from == NULL || to == NULL || addr_parse(&a, from) == -1 ||
	    addr_parse(&end, to) == -1 || a.family != end.family)
		return "a range is not one of addresses";
	while (addr_compare(&a, &end) <= 0) {
		p = widest(&a, &end);
		if (firewall_set_add(set, &p) == -1)
			return "out of memory";
		a = last_of(&p);
		if (step(&a) == -1)
			break;
	}
	return NULL;
}

static const char *
add_prefix(struct firewall_set *set, const char *text, json_int_t bits)
{
	struct prefix p;
	struct addr   a;
	unsigned int  max;

	if (text == NULL || addr_parse(&a, text) == -1)
		return "an element is no address";
	max = a.family == ADDR_IPV4 ? 32 : 128;
	if (bits < 0)
		bits = (json_int_t)max;
	if (bits > (json_int_t)max)
		return "an element is no prefix";
	p = prefix_around(&a, (unsigned int)bits);
	return firewall_set_add(set, &p) == -1 ? "out of memory" : NULL;
}

static const char *
add_element(struct firewall_set *set, json_t *elem)
{
	json_t *inner;

	/* With a comment or a time-out, the value is one further in. */
	if ((inner = json_object_get(elem, "elem")) != NULL)
		elem = json_object_get(inner, "val");
	if (json_is_string(elem))
		return add_prefix(set, json_string_value(elem), -1);
	if ((inner = json_object_get(elem, "range")) != NULL)
		return add_range(set, inner);
	if ((inner = json_object_get(elem, "prefix")) != NULL &&
	    json_is_integer(json_object_get(inner, "len")))
		return add_prefix(set,
		    json_string_value(json_object_get(inner, "addr")),
		    json_integer_value(json_object_get(inner, "len")));
	return "an element is no address";
}

static const char *
add_elements(struct firewall_set *set, json_t *elems)
{
	const char *wrong;
	json_t	   *elem;
	size_t	    i;

	json_array_foreach(elems, i, elem)
	{
		if ((wrong = add_element(set, elem)) != NULL)
			return wrong;
	}
	return NULL;
}

const char *
nft_parse_set(struct firewall_set *set, const char *json)
{
	const char *wrong = NULL;
	json_t	   *root, *item, *one;
	size_t	    i;

	if ((root = json_loads(json, 0, NULL)) == NULL)
		return "that is no JSON";
	json_array_foreach(json_object_get(root, "nftables"), i, item)
	{
		one = json_object_get(item, "set");
		if (one == NULL || wrong != NULL)
			continue;
		wrong = add_elements(set, json_object_get(one, "elem"));
	}
	json_decref(root);
	return wrong;
}

struct nft_rules *
nft_rules_new(const char *json)
{
	struct nft_rules *rules;
	json_t		 *list;

	if ((rules = calloc(1, sizeof(*rules))) == NULL)
		return NULL;
	rules->root = json_loads(json, 0, NULL);
	list = json_object_get(rules->root, "nftables");
	if (!json_is_array(list)) {
		nft_rules_free(rules);
		return NULL;
	}
	rules->list = list;
	return rules;
}

void
nft_rules_free(struct nft_rules *rules)
{
	if (rules == NULL)
		return;
	json_decref(rules->root);
	free(rules);
}

int
nft_is(json_t *object, const char *key, const char *value)
{
	const char *s;

	s = json_string_value(json_object_get(object, key));
	return s != NULL && strcmp(s, value) == 0;
}

int
nft_in_table(json_t *object, const char *table, const char *key)
{
	const char *family, *name;
	size_t	    len;

	family = json_string_value(json_object_get(object, "family"));
	name = json_string_value(json_object_get(object, key));
	if (family == NULL || name == NULL)
		return 0;
	len = strlen(family);
	return strncmp(table, family, len) == 0 && table[len] == ' ' &&
	    strcmp(table + len + 1, name) == 0;
}

static int
has_interval(json_t *set)
{
	json_t *flags = json_object_get(set, "flags"), *flag;
	size_t	i;

	json_array_foreach(flags, i, flag)
	{
		if (json_is_string(flag) &&
		    strcmp(json_string_value(flag), "interval") == 0)
			return 1;
	}
	return json_is_string(flags) &&
	    strcmp(json_string_value(flags), "interval") == 0;
}

enum nft_set_state
nft_rules_set(const struct nft_rules *rules, const char *table,
    const char *name, enum addr_family family)
{
	json_t *item, *set;
	size_t	i;
	int	there = 0;

	json_array_foreach(rules->list, i, item)
	{
		set = json_object_get(item, "table");
		if (nft_in_table(set, table, "name"))
			there = 1;
		set = json_object_get(item, "set");
		if (!nft_in_table(set, table, "table") ||
		    !nft_is(set, "name", name))
			continue;
		if (!nft_is(set, "type",
			family == ADDR_IPV4 ? "ipv4_addr" : "ipv6_addr"))
			return NFT_SET_TYPE;
		return has_interval(set) ? NFT_SET_GOOD : NFT_SET_INTERVAL;
	}
	return there ? NFT_SET_ABSENT : NFT_SET_NO_TABLE;
}
