/* SPDX-License-Identifier: ISC */
#include "route.h"

#include <stddef.h>
#include <string.h>

#include "locate.h"
#include "lower.h"
#include "path.h"
#include "redirect.h"
#include "rx.h"

#define NAME_MAX_LEN 253

/* Is the name, of len bytes in lower case, that string? */
static int
is_name(const char *s, const char *name, size_t len)
{
	return s[0] == name[0] && strncmp(s, name, len) == 0 && s[len] == '\0';
}

static int
has_name(const struct edge_site *site, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < site->nnames; i++)
		if (is_name(site->names[i], name, len))
			return 1;
	return 0;
}

/* "*.example.org" has the name whose first label ends at dot. */
static int
has_wildcard(const struct edge_site *site, const char *dot, size_t len)
{
	size_t i;

	for (i = 0; i < site->nnames; i++)
		if (site->names[i][0] == '*' &&
		    is_name(site->names[i] + 1, dot, len))
			return 1;
	return 0;
}

static const struct edge_site *
site_of(const struct edge_conf *conf, const char *name, size_t len)
{
	const char *dot = memchr(name, '.', len);
	size_t	    i;

	for (i = 0; i < conf->nsites; i++)
		if (has_name(&conf->sites[i], name, len))
			return &conf->sites[i];
	if (dot == NULL || dot == name)
		return NULL;
	len -= (size_t)(dot - name);
	for (i = 0; i < conf->nsites; i++)
		if (has_wildcard(&conf->sites[i], dot, len))
			return &conf->sites[i];
	return NULL;
}

static const struct edge_site *
default_site(const struct edge_conf *conf)
{
	size_t i;

	for (i = 0; i < conf->nsites; i++)
		if (conf->sites[i].is_default)
			return &conf->sites[i];
	return NULL;
}

/* likely: look there first, or NULL. */
static const struct edge_site *
find_site(const struct edge_conf *conf, const struct edge_site *likely,
    struct slice name)
{
	const struct edge_site *site;
	char			buf[NAME_MAX_LEN + 1];
	size_t			i;

	/* A wildcard is no name that anybody can ask for. */
	if (name.len == 0 || name.len > NAME_MAX_LEN || name.at[0] == '*')
		return default_site(conf);
	for (i = 0; i < name.len && name.at[i] != '\0'; i++)
		buf[i] = lower(name.at[i]);
	buf[i] = '\0';
	if (i < name.len)
		return default_site(conf);
	if (likely != NULL && has_name(likely, buf, i))
		return likely;
	site = site_of(conf, buf, i);
	return site != NULL ? site : default_site(conf);
}

const struct edge_site *
route_site(const struct edge_conf *conf, struct slice name)
{
	return find_site(conf, NULL, name);
}

static int
share_pair(const struct edge_site *a, const struct edge_site *b)
{
	size_t i, k;

	for (i = 0; i < a->npairs; i++)
		for (k = 0; k < b->npairs; k++)
			if (a->pairs[i] == b->pairs[k])
				return 1;
	return 0;
}

/*
 * Is it for this connection?  A certificate of another site says that the
 * client did not mean to come here (RFC 9110, 15.5.20).
 */
static int
is_for(const struct route_question *q, const struct edge_site *site)
{
	const struct edge_site *shown = q->sni;

	if (!q->tls)
		return 1;
	if (shown == NULL)
		shown = default_site(q->conf);
	if (shown == NULL || site->npairs == 0)
		return 0;
	return shown == site || share_pair(shown, site);
}

static void
answer(struct route *r, int status, enum reason reason)
{
	r->kind = ROUTE_ANSWER;
	r->status = status;
	r->reason = reason;
}

/* And whoever asked so is not asked to go on. */
static void
refuse(struct route *r, int status, enum reason reason)
{
	answer(r, status, reason);
	r->close = 1;
}

static void
forward(struct route *r, const struct edge_forward *to)
{
	r->kind = ROUTE_FORWARD;
	r->forward = to;
}

static int
goes_somewhere(const struct edge_forward *f)
{
	return f->nprimary > 0 || f->nbackup > 0;
}

/* The host for a URL: the client's, or, if it named none, the site's. */
static struct slice
url_host(const struct route *r, const struct route_question *q)
{
	size_t i;

	if (q->request->host.len > 0)
		return q->request->host;
	for (i = 0; i < r->site->nnames; i++)
		if (r->site->names[i][0] != '*')
			return slice_of(r->site->names[i]);
	return q->request->host;
}

static void
redirect_start(struct redirect *v, const struct route *r,
    const struct route_question *q)
{
	const struct h1_request *request = q->request;

	v->host = url_host(r, q);
	v->path = request->path;
	if (v->path.len == 1 && v->path.at[0] == '*')
		v->path = slice_of("/");
	v->query = request->query;
	v->has_query = request->has_query;
	v->normal = NULL;
	v->nspans = 0;
}

static void
redirect_end(struct route *r, const struct out *url, int status)
{
	if (url->full) {
		refuse(r, 414, REASON_BAD_REQUEST);
		return;
	}
	r->url_len = url->len;
	answer(r, status, REASON_REDIRECT);
}

static void
to_https(struct route *r, const struct route_question *q)
{
	struct redirect v;
	struct out	url = { r->url, sizeof(r->url), 0, 0 };
	int		get;

	redirect_start(&v, r, q);
	if (v.host.len == 0) {
		refuse(r, 400, REASON_BAD_REQUEST);
		return;
	}
	redirect_https(&url, &v, q->tls_port);
	get = q->request->method == H1_GET || q->request->method == H1_HEAD;
	redirect_end(r, &url, get ? 301 : 308);
}

static void
to_url(struct route *r, const struct route_question *q,
    const struct edge_action *action, const struct located *where)
{
	struct redirect v;
	struct rx_span	spans[RX_SPANS];
	struct out	url = { r->url, sizeof(r->url), 0, 0 };
	char		normal[ROUTE_PATH_MAX + 1];

	redirect_start(&v, r, q);
	if (where->location != NULL && where->location->rx != NULL &&
	    locate_text(normal, sizeof(normal), q->request->path,
		where->reading) == 0 &&
	    rx_captures(where->location->rx, normal, spans, RX_SPANS) ==
		RX_YES) {
		v.normal = normal;
		v.spans = spans;
		v.nspans = RX_SPANS;
	}
	redirect_write(&url, action->text, &v);
	redirect_end(r, &url, (int)action->status);
}

static void
act(struct route *r, const struct route_question *q,
    const struct located *where)
{
	const struct edge_action *action = &r->site->action;

	if (r->location != NULL && r->location->action.kind != EDGE_NONE)
		action = &r->location->action;
	switch (action->kind) {
	case EDGE_FORWARD:
		forward(r, &action->forward);
		return;
	case EDGE_REDIRECT:
		to_url(r, q, action, where);
		return;
	case EDGE_RETURN:
		answer(r, (int)action->status, REASON_RETURN);
		r->text = action->text;
		return;
	case EDGE_NONE:
		break;
	}
	answer(r, 404, REASON_NO_ACTION);
}

/*
 * Is it the question of a certificate authority (RFC 8555, 8.3)?  Then it is
 * answered here, for without a certificate there may be no other way in.
 */
static int
acme(struct route *r, const struct route_question *q,
    const struct located *where)
{
	const struct edge_site *site = r->site;

	if (!where->acme ||
	    (q->request->method != H1_GET && q->request->method != H1_HEAD))
		return 0;
	if (goes_somewhere(&site->acme)) {
		forward(r, &site->acme);
		return 1;
	}
	if (q->tls || site->npairs == 0)
		return 0;
	if (where->location != NULL &&
	    where->location->action.kind == EDGE_FORWARD) {
		r->location = where->location;
		forward(r, &where->location->action.forward);
	} else if (site->action.kind == EDGE_FORWARD)
		forward(r, &site->action.forward);
	else
		answer(r, 404, REASON_NO_ACTION);
	return 1;
}

const struct from_item *
route_blocks(const struct edge_conf *conf, const struct edge_site *site,
    const struct edge_location *location, const struct addr *client,
    from_member *member, void *arg)
{
	const struct from_item *item;

	item = edge_access_blocks(&conf->access, client, EDGE_ACCESS_ALL,
	    member, arg);
	if (item == NULL && site != NULL)
		item = edge_access_blocks(&site->access, client,
		    EDGE_ACCESS_SITE, member, arg);
	if (item == NULL && location != NULL)
		item = edge_access_blocks(&location->access, client,
		    EDGE_ACCESS_SITE, member, arg);
	return item;
}

/* 1: it is refused. */
static int
blocked(struct route *r, const struct route_question *q,
    const struct edge_access *access)
{
	r->blocked = edge_access_blocks(access, &q->client,
	    access == &q->conf->access ? EDGE_ACCESS_ALL : EDGE_ACCESS_SITE,
	    q->member, q->arg);
	if (r->blocked == NULL)
		return 0;
	refuse(r, 403, REASON_BLOCKED);
	return 1;
}

/* 0, or -1 if there is no more to be done. */
static int
choose_site(struct route *r, const struct route_question *q)
{
	r->site = find_site(q->conf, q->sni, q->request->host);
	if (r->site != NULL && is_for(q, r->site))
		return 0;
	r->site = NULL;
	if (!blocked(r, q, &q->conf->access))
		refuse(r, q->tls ? 421 : 404, REASON_NO_SITE);
	return -1;
}

void
route_request(struct route *r, const struct route_question *q)
{
	struct located where;

	r->site = NULL;
	r->location = NULL;
	r->forward = NULL;
	r->reason = REASON_DONE;
	r->status = 0;
	r->close = 0;
	r->blocked = NULL;
	r->text = NULL;
	r->url_len = 0;
	if (q->request->path.len > ROUTE_PATH_MAX) {
		refuse(r, 414, REASON_BAD_REQUEST);
		return;
	}
	if (choose_site(r, q) == -1)
		return;
	locate(&where, r->site, q->request->path);
	if (where.result == LOCATE_BAD) {
		refuse(r, 400, REASON_BAD_REQUEST);
		return;
	}
	if (acme(r, q, &where))
		return;
	if (blocked(r, q, &q->conf->access) || blocked(r, q, &r->site->access))
		return;
	if (!q->tls && r->site->npairs > 0)
		to_https(r, q);
	else if (where.result == LOCATE_AMBIGUOUS)
		refuse(r, 400, REASON_AMBIGUOUS);
	else if ((r->location = where.location) == NULL ||
	    !blocked(r, q, &r->location->access))
		act(r, q, &where);
}
