/* SPDX-License-Identifier: ISC */
#include "offence_order.h"

#include <string.h>

#include "orders.h"
#include "wire.h"

void
offence_order_write(struct wire_msg *m, const struct addr *a, enum offence o)
{
	char text[ADDR_LEN];

	wire_start(m, ORDER_OFFENCE);
	wire_put_string(m, addr_print(a, text));
	wire_put_number(m, o);
}

int
offence_order_read(struct wire_msg *m, struct addr *a, enum offence *o)
{
	const char *text = wire_get_string(m);
	uint64_t    kind = wire_get_number(m);
	char	    again[ADDR_LEN];

	if (wire_end(m) == -1 || addr_parse(a, text) == -1 ||
	    strcmp(addr_print(a, again), text) != 0 ||
	    (kind != OFFENCE_4XX && kind != OFFENCE_LIMIT))
		return -1;
	*o = (enum offence)kind;
	return 0;
}
