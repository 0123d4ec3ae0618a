/* SPDX-License-Identifier: ISC */
/*
 * A file with sites, requests for them, and who is in which list.
 */
#ifndef ROUTE_LAB_H
#define ROUTE_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "conf_lab.h"
#include "members_lab.h"
#include "redirect.h"
#include "route.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* Each server's port is what the cases name. */
static const char file[] =
    "list <drop> { file \"/drop\"\n }\n"
    "list <friends> { file \"/friends\"\n }\n"
    "edge {\n"
    "	block from { 192.0.2.200/31, <bans> }\n"
    "	pass from { <friends> }\n"
    "	listen on 127.0.0.1 port 80\n"
    "	listen on 127.0.0.1 port 443 tls\n"
    "	site \"plain.example\" {\n"
    "		forward to 127.0.0.1 port 1\n"
    "		block from { 192.0.2.66, <drop> }\n"
    "		acme forward to 127.0.0.1 port 9\n"
    "		location \"/admin\" {\n"
    "			forward to 127.0.0.1 port 2\n"
    "		}\n"
    "		location \"/admin/deep/\" {\n"
    "			return 410 \"gone\"\n"
    "		}\n"
    "		location \"/shut\" {\n"
    "			block from { 192.0.2.0/24 }\n"
    "			pass from { 192.0.2.7 }\n"
    "		}\n"
    "		location ~ \"\\.php$\" {\n"
    "			forward to 127.0.0.1 port 3\n"
    "		}\n"
    "		location ~ \"^/old/([^/]*)/(.*)$\" {\n"
    "			redirect 301 \"https://new.example/$2?was=$1\"\n"
    "		}\n"
    "		location ~ \"^/here(/.*)(x)?$\" {\n"
    "			redirect 302 \"$1$2\"\n"
    "		}\n"
    "		location ~ \"^/slash(.*)$\" {\n"
    "			redirect 303 \"/$1\"\n"
    "		}\n"
    "		location \"/listed\" { block from { <friends> }\n }\n"
    "		location \"/few\" {\n"
    "			block from { <friends>, 0.0.0.0/0 }\n"
    "			pass from { 192.0.2.7 }\n"
    "		}\n"
    "		location \"/uri\" { redirect 307 \"$uri\"\n }\n"
    "		location \"/all\" {\n"
    "			redirect 308 \"//$host$path$query$$\"\n"
    "		}\n"
    "		location \"/100%25\" { return 200 \"all\"\n }\n"
    "	}\n"
    "	site \"Blog.example\" \"www.blog.example\" \"*.blog.example\" {\n"
    "		certificate \"/blog.pem\" key \"/blog.key\"\n"
    "		certificate \"/shared.pem\" key \"/shared.key\"\n"
    "		forward to 127.0.0.1 port 4\n"
    "		block from { 192.0.2.66 }\n"
    "	}\n"
    "	site \"cv.example\" \"a.blog.example\" {\n"
    "		certificate \"/cv.pem\" key \"/cv.key\"\n"
    "		redirect 302 \"/cv.html\"\n"
    "		location \"/\" { forward to 127.0.0.1 port 5\n }\n"
    "		location \"/.well-known/acme\" { return 200 \"x\"\n }\n"
    "	}\n"
    "	site \"shared.example\" {\n"
    "		certificate \"/shared.pem\" key \"/shared.key\"\n"
    "		return 200 \"shared\"\n"
    "	}\n"
    "	site \"other.example\" \"192.0.2.1\" {\n"
    "		default\n"
    "		certificate \"/other.pem\" key \"/other.key\"\n"
    "		acme forward to 127.0.0.1 port 6\n"
    "		location \"/x\" { forward to 127.0.0.1 port 7\n }\n"
    "	}\n"
    "}\n";

#define TLS	1
#define HEAD	2
#define POST	4
#define CLOSE	8 /* is wanted */
#define OPTIONS 16

struct route_case {
	const char  *what;
	const char  *host;
	const char  *target;
	const char  *client; /* NULL: 203.0.113.5 */
	const char  *sni;    /* NULL: the host */
	unsigned int flags;
	int	     status; /* 0: forward */
	unsigned int port;   /* to which */
	enum reason  reason;
	const char  *url; /* or text, or a list, or NULL */
};

static struct member members[] = {
	{ "bans", "198.51.100.1" },
	{ "drop", "198.51.100.2" },
	{ "bans", "198.51.100.3" },
	{ "friends", "198.51.100.3" },
	{ "bans", "198.51.100.4" },
	{ "drop", "198.51.100.4" },
	{ "protected", "198.51.100.4" },
	{ "protected", "192.0.2.201" },
	{ NULL, NULL },
};

static inline void
question(struct route_question *q, struct h1_request *r,
    const struct route_case *c)
{
	const char *target = c->target, *query = strchr(target, '?');
	const char *client = c->client, *sni = c->sni;

	memset(r, 0, sizeof(*r));
	r->method = c->flags & HEAD ? H1_HEAD :
	    c->flags & POST	    ? H1_POST :
	    c->flags & OPTIONS	    ? H1_OPTIONS :
				      H1_GET;
	r->host = slice_of(c->host);
	r->target = r->path = slice_of(target);
	if (query != NULL) {
		r->path.len = (size_t)(query - target);
		r->query = slice_of(query + 1);
		r->has_query = 1;
	}
	q->request = r;
	q->member = is_member;
	q->arg = members;
	q->tls = c->flags & TLS;
	q->tls_port = 8443;
	q->sni = NULL;
	if (q->tls && (sni == NULL || sni[0] != '\0'))
		q->sni =
		    route_site(q->conf, slice_of(sni != NULL ? sni : c->host));
	assert_int_equal(addr_parse(&q->client,
			     client != NULL ? client : "203.0.113.5"),
	    0);
}

static inline void
check_cases(const struct route_case *cases, size_t n)
{
	static struct route	 r;
	static struct h1_request request;
	struct route_question	 q;
	struct conf		*conf = conf_lab(file);
	const struct edge_conf	*c = edge_conf(conf);
	const char		*want;
	size_t			 i;

	q.conf = c;
	for (i = 0; i < n; i++) {
		question(&q, &request, &cases[i]);
		memset(&r, 0xa5, sizeof(r));
		route_request(&r, &q);
		if (r.kind == ROUTE_FORWARD ? cases[i].status != 0 ||
			    c->servers[r.forward->primary[0]].port !=
				cases[i].port :
					      r.status != cases[i].status ||
			    r.reason != cases[i].reason)
			fail_msg("%s: kind %d status %d why %s port %u",
			    cases[i].what, r.kind, r.status,
			    reason_word(r.reason),
			    r.kind == ROUTE_FORWARD ?
				c->servers[r.forward->primary[0]].port :
				0);
		if (r.close != ((cases[i].flags & CLOSE) != 0))
			fail_msg("%s: close %d", cases[i].what, r.close);
		want = cases[i].reason == REASON_REDIRECT ? cases[i].url : "";
		if (r.url_len != strlen(want) ||
		    memcmp(r.url, want, r.url_len) != 0)
			fail_msg("%s: %.*s", cases[i].what, (int)r.url_len,
			    r.url);
		want = cases[i].reason == REASON_RETURN ? cases[i].url : NULL;
		if (want == NULL ? r.text != NULL : strcmp(r.text, want) != 0)
			fail_msg("%s: the text", cases[i].what);
		want = cases[i].reason == REASON_BLOCKED ? cases[i].url : NULL;
		if ((r.blocked != NULL) != (cases[i].reason == REASON_BLOCKED))
			fail_msg("%s: what blocks it", cases[i].what);
		if (r.blocked != NULL &&
		    (want == NULL || r.blocked->list == NULL ?
			    want != r.blocked->list :
			    strcmp(want, r.blocked->list) != 0))
			fail_msg("%s: the list", cases[i].what);
	}
	conf_unref(conf);
}

#endif /* ROUTE_LAB_H */
