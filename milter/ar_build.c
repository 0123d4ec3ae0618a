/* SPDX-License-Identifier: ISC */
/*
 * Our own Authentication-Results.
 */
#include <stdio.h>
#include <string.h>

#include "ar.h"
#include "dnsbl.h"
#include "fcrdns_conf.h"
#include "fold.h"
#include "iprev.h"

#define ID_MAX 256 /* bytes of an id that are written */

/* A comment, in which parentheses and backslashes are quoted pairs. */
static void
add_comment(struct fold *f, const struct findings *found)
{
	char	    text[DNS_NAME_LEN + 64], quoted[2 * sizeof(text) + 3];
	const char *name, *s;
	size_t	    n = 0;

	if ((name = findings_confirmed(found)) != NULL)
		strlcpy(text, name, sizeof(text));
	else if (found->dnssec == DNSSEC_UNKNOWN)
		strlcpy(text, cause_text(found->cause), sizeof(text));
	else
		snprintf(text, sizeof(text), "%s, dnssec=%s",
		    cause_text(found->cause), dnssec_name(found->dnssec));

	quoted[n++] = '(';
	for (s = text; *s != '\0'; s++) {
		if (*s == '(' || *s == ')' || *s == '\\')
			quoted[n++] = '\\';
		quoted[n++] = *s;
	}
	quoted[n++] = ')';
	quoted[n] = '\0';
	fold_text(f, quoted);
}

/* A value in the sense of RFC 2045: in quotes if it is no token. */
static int
add_value(char *buf, size_t size, const char *before, const char *value,
    const char *after)
{
	char	    quoted[2 * ID_MAX + 3];
	const char *s;
	size_t	    n = 0;

	for (s = value; ar_is_token(*s); s++)
		continue;
	if (*value != '\0' && *s == '\0') {
		n = snprintf(buf, size, "%s%s%s", before, value, after);
		return n < size ? 0 : -1;
	}
	quoted[n++] = '"';
	for (s = value; *s != '\0' && n < sizeof(quoted) - 4; s++) {
		if (*s == '"' || *s == '\\')
			quoted[n++] = '\\';
		quoted[n++] = *s == ' ' ? '_' : *s;
	}
	quoted[n++] = '"';
	quoted[n] = '\0';
	n = snprintf(buf, size, "%s%s%s", before, quoted, after);
	return *s == '\0' && n < size ? 0 : -1;
}

/* Does the file say that who is on it is the better for it? */
static int
is_allow_list(const struct dnsbl *d)
{
	size_t i;

	for (i = 0; i < d->nfilters; i++)
		if (d->filters[i].score < 0)
			return 1;
	return 0;
}

static int
could_ask(const struct dnsbl_finding *d, const struct addr *addr)
{
	if (d == NULL) /* about such an address none is asked */
		return !dnsbl_public(addr);
	return d->state == DNSBL_CLEAR || d->state == DNSBL_LISTED ||
	    d->state == DNSBL_FAMILY;
}

/* Which of those lists have the address, and what is there to say at all? */
struct dnswl {
	const struct dnsbl_finding *pass[DNSBLS_MAX];
	size_t			    npass;
	int			    any;    /* the file has such a list */
	int			    failed; /* some list could not be asked */
};

static void
ask_lists(struct dnswl *w, const struct findings *found,
    const struct fcrdns_conf *conf)
{
	const struct dnsbl_finding *f;
	const struct dnsbl	   *d;
	size_t			    i;
	int			    score;

	memset(w, 0, sizeof(*w));
	for (i = 0; i < conf->ndnsbls; i++) {
		d = &conf->dnsbls[i];
		if (!is_allow_list(d))
			continue;
		w->any = 1;
		f = findings_dnsbl(found, d->name);
		if (!could_ask(f, &found->addr))
			w->failed = 1;
		else if (f != NULL && dnsbl_listed(d, f, &score) && score < 0 &&
		    w->npass < DNSBLS_MAX)
			w->pass[w->npass++] = f;
	}
}

/* The replies, as RFC 8904 has them: one, or a list of them in quotes. */
static void
print_replies(char *buf, size_t size, const struct dnsbl_finding *d)
{
	unsigned int i;
	size_t	     n = 0;

	buf[0] = '\0';
	for (i = 0; i < d->nreplies && n < size; i++)
		n += (size_t)snprintf(buf + n, size - n, "%s%u.%u.%u.%u",
		    i > 0 ? "," : "", d->replies[i][0], d->replies[i][1],
		    d->replies[i][2], d->replies[i][3]);
}

/* A quoted string, which may be folded at its spaces (RFC 5322, 3.2.4). */
static void
add_txt(struct fold *f, const char *txt, const char *after)
{
	char   quoted[2 * DNSBL_TXT_LEN + 32];
	size_t n;

	n = strlcpy(quoted, "policy.txt=\"", sizeof(quoted));
	for (; *txt != '\0' && n + 4 < sizeof(quoted); txt++) {
		if (*txt == '"' || *txt == '\\')
			quoted[n++] = '\\';
		quoted[n++] = *txt;
	}
	snprintf(quoted + n, sizeof(quoted) - n, "\"%s", after);
	fold_text(f, quoted);
}

/* after: what ends it. */
static int
add_pass(struct fold *f, const struct dnsbl_finding *d, const char *after)
{
	char word[2 * ID_MAX + 32], ip[DNSBL_REPLIES * 16 + 1];
	int  last;

	fold_word(f, "dnswl=pass");
	if (add_value(word, sizeof(word), "dns.zone=", d->name, "") == -1)
		return -1;
	fold_word(f, word);
	last = d->txt[0] == '\0';
	print_replies(ip, sizeof(ip), d);
	if (add_value(word, sizeof(word), "policy.ip=", ip,
		last ? after : "") == -1)
		return -1;
	fold_word(f, word);
	if (!last)
		add_txt(f, d->txt, after);
	return 0;
}

static int
add_dnswl(struct fold *f, const struct dnswl *w)
{
	size_t i;

	for (i = 0; i < w->npass; i++)
		if (add_pass(f, w->pass[i], i + 1 < w->npass ? ";" : "") == -1)
			return -1;
	if (w->any && w->npass == 0)
		fold_word(f, w->failed ? "dnswl=temperror" : "dnswl=none");
	return 0;
}

int
ar_build(char *buf, size_t size, const char *id, const struct findings *found,
    const struct fcrdns_conf *conf)
{
	struct fold  f;
	struct dnswl w;
	char	     word[2 * ID_MAX + 32], addr[ADDR_LEN];

	ask_lists(&w, found, conf);
	fold_init(&f, buf, size, AR_NAME);
	if (add_value(word, sizeof(word), "", id, ";") == -1)
		return -1;
	fold_word(&f, word);
	snprintf(word, sizeof(word), "iprev=%s", iprev_name(found->iprev));
	fold_word(&f, word);
	add_comment(&f, found);
	addr_print(&found->addr, addr);
	if (add_value(word, sizeof(word), "policy.iprev=", addr,
		w.any ? ";" : "") == -1)
		return -1;
	fold_word(&f, word);
	if (add_dnswl(&f, &w) == -1)
		return -1;
	return f.cut ? -1 : 0;
}
