/* SPDX-License-Identifier: ISC */
#include "operand.h"

#include <string.h>

#include "imapgate_conf.h"

/* Nobody comes from there over the Internet. */
static int
is_private(const struct prefix *p)
{
	static const struct prefix rows[] = {
		{ { ADDR_IPV4, { 10 } }, 8 }, /* RFC 1918 */
		{ { ADDR_IPV4, { 172, 16 } }, 12 },
		{ { ADDR_IPV4, { 192, 168 } }, 16 },
		{ { ADDR_IPV4, { 100, 64 } }, 10 }, /* RFC 6598 */
		{ { ADDR_IPV4, { 169, 254 } }, 16 },
		{ { ADDR_IPV6, { 0xfc } }, 7 }, /* RFC 4193 */
		{ { ADDR_IPV6, { 0xfe, 0x80 } }, 10 },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (prefix_contains(&rows[i], &p->addr))
			return 1;
	return 0;
}

static const char *
finish(struct operand *o, const struct imapgate_conf *c)
{
	const char *why;

	o->given = o->prefix;
	/* ::1 is refused for what it is, not for what is around it. */
	if (c != NULL && (why = imapgate_refuses(c, &o->prefix)) != NULL)
		return why;
	if (o->prefix.addr.family == ADDR_IPV6 &&
	    o->prefix.bits > OPERAND_BITS6) {
		o->prefix = prefix_around(&o->prefix.addr, OPERAND_BITS6);
		o->widened = 1;
	}
	if (c != NULL && (why = imapgate_refuses(c, &o->prefix)) != NULL)
		return why;
	o->is_private = is_private(&o->prefix);
	return NULL;
}

const char *
operand_parse(struct operand *o, const struct imapgate_conf *c,
    const char *text)
{
	const char *why;

	memset(o, 0, sizeof(*o));
	if ((why = prefix_parse(&o->prefix, text)) != NULL)
		return why;
	return finish(o, c);
}

const char *
operand_of(struct operand *o, const struct imapgate_conf *c,
    const struct addr *addr)
{
	memset(o, 0, sizeof(*o));
	o->prefix = prefix_around(addr, 128);
	return finish(o, c);
}
