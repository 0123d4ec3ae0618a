/* SPDX-License-Identifier: ISC */
#include "forwarded.h"

#include <stddef.h>
#include <string.h>

#include "addr.h"
#include "edge_conf.h"
#include "lower.h"

#define REAL_IP "x-real-ip"
#define PREFIX	"x-forwarded-"

static int
begins(struct slice name, const char *lower_text, size_t len)
{
	size_t i;
	char   c;

	if (name.len < len)
		return 0;
	for (i = 0; i < len; i++) {
		c = name.at[i] == '_' ? '-' : lower(name.at[i]);
		if (c != lower_text[i])
			return 0;
	}
	return 1;
}

static int
is_real_ip(struct slice name)
{
	return name.len == sizeof(REAL_IP) - 1 &&
	    begins(name, REAL_IP, sizeof(REAL_IP) - 1);
}

int
forwarded_is(const struct h1_field *f, int trusted)
{
	if (f->id == H1_NAME_OTHER) {
		if (f->name.len < 2 || (f->name.at[0] | 0x20) != 'x' ||
		    (f->name.at[1] != '-' && f->name.at[1] != '_'))
			return 0;
		if (is_real_ip(f->name) ||
		    begins(f->name, PREFIX, sizeof(PREFIX) - 1))
			return !trusted ||
			    memchr(f->name.at, '_', f->name.len) != NULL;
		return 0;
	}
	switch (f->id) {
	case H1_NAME_X_FORWARDED_FOR:
	case H1_NAME_FORWARDED:
		return 1; /* joined, if trusted */
	case H1_NAME_X_FORWARDED_HOST:
	case H1_NAME_X_FORWARDED_PROTO:
		return !trusted;
	default:
		return 0;
	}
}

/* All values of that name that came, with commas, and one behind them. */
static void
join(struct out *o, const struct h1_head *head, enum h1_name id)
{
	size_t i;

	for (i = 0; i < head->nfields; i++) {
		if (head->fields[i].id != id || head->fields[i].value.len == 0)
			continue;
		out_slice(o, head->fields[i].value);
		out_text(o, ", ");
	}
}

static int
has(const struct h1_head *head, enum h1_name id)
{
	size_t i;

	for (i = 0; i < head->nfields; i++)
		if (head->fields[i].id == id && !head->fields[i].hop)
			return 1;
	return 0;
}

static int
is_token(struct slice s)
{
	size_t i;
	char   c;

	for (i = 0; i < s.len; i++) {
		c = s.at[i];
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' &&
		    c != '-')
			return 0;
	}
	return 1;
}

static void
put_element(struct out *o, const struct head_client *c, struct slice host)
{
	out_text(o, "for=");
	out_text(o, c->ipv6 ? "\"[" : "");
	out_text(o, c->address);
	out_text(o, c->ipv6 ? "]\"" : "");
	if (c->tls)
		out_text(o, ";proto=https");
	else
		out_text(o, ";proto=http");
	if (host.len > 0) {
		out_text(o, ";host=");
		/* A host has neither quotes nor backslashes (h1_host.c). */
		if (is_token(host))
			out_slice(o, host);
		else {
			out_text(o, "\"");
			out_slice(o, host);
			out_text(o, "\"");
		}
	}
	out_text(o, "\r\n");
}

/* Is that field for us to write? */
static int
ours(const struct rules *rules, const char *name)
{
	return !rules_replace_ours(rules, name);
}

void
forwarded_write(struct out *o, const struct h1_request *request,
    const struct head_client *c, struct slice host, const struct rules *rules)
{
	const struct h1_head *head = &request->head;
	struct slice	      address = slice_of(c->address);

	if (ours(rules, "X-Forwarded-For")) {
		out_text(o, "X-Forwarded-For: ");
		if (c->trusted)
			join(o, head, H1_NAME_X_FORWARDED_FOR);
		out_slice(o, address);
		out_text(o, "\r\n");
	}
	if (ours(rules, "X-Forwarded-Proto") &&
	    !(c->trusted && has(head, H1_NAME_X_FORWARDED_PROTO))) {
		if (c->tls)
			out_text(o, "X-Forwarded-Proto: https\r\n");
		else
			out_text(o, "X-Forwarded-Proto: http\r\n");
	}
	if (host.len > 0 && ours(rules, "X-Forwarded-Host") &&
	    !(c->trusted && has(head, H1_NAME_X_FORWARDED_HOST)))
		rules_field(o, slice_of("X-Forwarded-Host"), host);
	/* The one that a trusted proxy sent has passed. */
	if (!c->trusted && ours(rules, "X-Real-IP"))
		rules_field(o, slice_of("X-Real-IP"), address);
	if (ours(rules, "Forwarded")) {
		out_text(o, "Forwarded: ");
		if (c->trusted)
			join(o, head, H1_NAME_FORWARDED);
		put_element(o, c, host);
	}
}

static int
parse(struct addr *a, struct slice s)
{
	char text[ADDR_LEN];

	while (s.len > 0 && (s.at[0] == ' ' || s.at[0] == '\t')) {
		s.at++;
		s.len--;
	}
	while (s.len > 0 && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\t'))
		s.len--;
	if (s.len == 0 || s.len >= sizeof(text))
		return -1;
	memcpy(text, s.at, s.len);
	text[s.len] = '\0';
	return strlen(text) == s.len ? addr_parse(a, text) : -1;
}

/*
 * Looks at a list from its end.  1: *a is not trusted; 0: all are; -1: one is
 * no address.
 */
static int
last_of(struct addr *a, struct slice list, const struct edge_prefixes *trusted)
{
	struct slice item;

	do {
		item.len = 0;
		while (item.len < list.len &&
		    list.at[list.len - item.len - 1] != ',')
			item.len++;
		item.at = list.at + (list.len - item.len);
		if (parse(a, item) == -1)
			return -1;
		if (!edge_prefixes_have(trusted, a))
			return 1;
		list.len -= item.len;
	} while (list.len-- > 0);
	return 0;
}

struct addr
head_client_address(const struct h1_request *request, const struct addr *peer,
    const struct edge_prefixes *trusted)
{
	const struct h1_field *f;
	struct addr	       a;
	size_t		       i;
	int		       res;

	if (!edge_prefixes_have(trusted, peer))
		return *peer;
	for (i = request->head.nfields; i-- > 0;) {
		f = &request->head.fields[i];
		if (f->id != H1_NAME_X_FORWARDED_FOR)
			continue;
		res = last_of(&a, f->value, trusted);
		if (res == 1)
			return a;
		if (res == -1)
			break;
	}
	return *peer;
}
