/* SPDX-License-Identifier: ISC */
#include "proto.h"

#include <string.h>

#include "dnsbl.h"
#include "lists_conf.h"
#include "name.h"
#include "proto_text.h"

/* The longest words, each with its NUL, and how much all may take. */
#define NAME_WORD (DNS_NAME_LEN + 32)
#define LIST_WORD (LIST_NAME_LEN + 8)
#define DNSBL_WORD \
	(DNSBL_NAME_LEN + 32 + DNSBL_REPLIES * 16 + DNSBL_TXT_LEN * 3)
#define WORD_LEN DNSBL_WORD
#define HEAD_LEN 256

_Static_assert(NAME_WORD <= WORD_LEN && LIST_WORD <= WORD_LEN, "words");
_Static_assert(HEAD_LEN + IPREV_NAMES * NAME_WORD + FINDINGS_LISTS * LIST_WORD +
	    DNSBLS_MAX * DNSBL_WORD <=
	PROTO_ANSWER_MAX,
    "an answer");

/* What is left of one line, its newline not included. */
struct reader {
	const char *at;
	const char *end;
	int	    bad;
};

/* The next word: words are separated by exactly one space. */
static void
read_word(struct reader *r, char word[WORD_LEN])
{
	const char *end;
	size_t	    len;

	word[0] = '\0';
	if (r->bad || r->at == r->end) {
		r->bad = 1;
		return;
	}
	if ((end = memchr(r->at, ' ', (size_t)(r->end - r->at))) == NULL)
		end = r->end;
	len = (size_t)(end - r->at);
	if (len == 0 || len >= WORD_LEN || memchr(r->at, '\0', len) != NULL ||
	    end + 1 == r->end) {
		r->bad = 1;
		return;
	}
	memcpy(word, r->at, len);
	word[len] = '\0';
	r->at = end == r->end ? end : end + 1;
}

static void
read_addr(struct reader *r, struct addr *addr)
{
	char word[WORD_LEN];

	read_word(r, word);
	if (!r->bad && addr_parse(addr, word) == -1)
		r->bad = 1;
}

/* The value of the word "key=value", or NULL. */
static const char *
read_value(struct reader *r, const char *key, char word[WORD_LEN])
{
	size_t len = strlen(key);

	read_word(r, word);
	if (r->bad || strncmp(word, key, len) != 0 || word[len] != '=') {
		r->bad = 1;
		return NULL;
	}
	return word + len + 1;
}

static int
read_one_of(struct reader *r, const char *key, int (*parse)(const char *))
{
	char	    word[WORD_LEN];
	const char *value;
	int	    n;

	if ((value = read_value(r, key, word)) == NULL)
		return 0;
	if ((n = parse(value)) == -1) {
		r->bad = 1;
		return 0;
	}
	return n;
}

static int
yes_no_parse(const char *word)
{
	if (strcmp(word, "yes") == 0)
		return 1;
	return strcmp(word, "no") == 0 ? 0 : -1;
}

/* Decimal, no sign, no leading zero, at most 32 bits. */
static uint32_t
read_number(struct reader *r, const char *key)
{
	char	    word[WORD_LEN];
	const char *value;
	uint64_t    n = 0;

	if ((value = read_value(r, key, word)) == NULL)
		return 0;
	if (*value == '\0' || (*value == '0' && value[1] != '\0'))
		r->bad = 1;
	for (; *value != '\0' && !r->bad; value++) {
		if (*value < '0' || *value > '9')
			r->bad = 1;
		else if ((n = n * 10 + (uint64_t)(*value - '0')) > UINT32_MAX)
			r->bad = 1;
	}
	return r->bad ? 0 : (uint32_t)n;
}

/* name=mail.example.org/confirmed */
static void
read_finding(struct reader *r, struct finding *f)
{
	char	    word[WORD_LEN];
	const char *value;
	char	   *slash;
	int	    state;

	if ((value = read_value(r, "name", word)) == NULL)
		return;
	if ((slash = strchr(value, '/')) == NULL ||
	    (state = name_state_parse(slash + 1)) == -1) {
		r->bad = 1;
		return;
	}
	*slash = '\0';
	if (!name_valid(value)) {
		r->bad = 1;
		return;
	}
	strlcpy(f->name, value, sizeof(f->name));
	f->state = (enum name_state)state;
}

/* Does another word with that key come? */
static int
next_is(const struct reader *r, const char *key)
{
	size_t len = strlen(key), left = (size_t)(r->end - r->at);

	return !r->bad && left > len && memcmp(r->at, key, len) == 0 &&
	    r->at[len] == '=';
}

/* A name of ours: no blank, no slash, nothing but ASCII. */
static int
is_name(const char *s, size_t size)
{
	static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz"
				   "0123456789._-";

	return s[0] != '\0' && strlen(s) < size && s[strspn(s, good)] == '\0';
}

static void
read_list(struct reader *r, char name[LIST_NAME_LEN])
{
	char	    word[WORD_LEN];
	const char *value;

	if ((value = read_value(r, "list", word)) == NULL)
		return;
	if (is_name(value, LIST_NAME_LEN))
		strlcpy(name, value, LIST_NAME_LEN);
	else
		r->bad = 1;
}

/* 127.0.0.2,127.0.0.4 */
static int
parse_replies(struct dnsbl_finding *d, char *s)
{
	struct addr addr;
	char	   *one;

	while ((one = strsep(&s, ",")) != NULL) {
		if (d->nreplies == DNSBL_REPLIES ||
		    addr_parse(&addr, one) == -1 || addr.family != ADDR_IPV4)
			return -1;
		memcpy(d->replies[d->nreplies], addr.octets, 4);
		if (d->state == DNSBL_LISTED &&
		    !dnsbl_reply_good(d->replies[d->nreplies]))
			return -1;
		d->nreplies++;
	}
	return 0;
}

/* dnsbl=NAME/STATE[/REPLIES[/TEXT]] */
static void
read_dnsbl(struct reader *r, struct dnsbl_finding *d)
{
	char	    word[WORD_LEN], *rest, *state, *replies;
	const char *name;
	int	    n;

	memset(d, 0, sizeof(*d));
	if (read_value(r, "dnsbl", word) == NULL)
		return;
	rest = word + strlen("dnsbl=");
	name = strsep(&rest, "/");
	state = strsep(&rest, "/");
	replies = strsep(&rest, "/");
	r->bad = 1;
	if (state == NULL || !is_name(name, sizeof(d->name)) ||
	    (n = dnsbl_state_parse(state)) == -1)
		return;
	strlcpy(d->name, name, sizeof(d->name));
	d->state = (enum dnsbl_state)n;
	if (replies != NULL && parse_replies(d, replies) == -1)
		return;
	if (rest != NULL && proto_text_read(d->txt, rest) == -1)
		return;
	/* A listing has replies, and only a listing a text. */
	if (d->state == DNSBL_LISTED ? replies == NULL : rest != NULL)
		return;
	if (replies != NULL && d->state != DNSBL_LISTED &&
	    d->state != DNSBL_BROKEN)
		return;
	r->bad = 0;
}

/* The second half of the answer: all that lists have to say. */
static void
read_lists(struct reader *r, struct findings *f)
{
	f->lists_known = 1;
	f->is_protected = read_one_of(r, "protected", yes_no_parse);
	while (next_is(r, "list")) {
		if (f->nlists == FINDINGS_LISTS) {
			r->bad = 1;
			return;
		}
		read_list(r, f->lists[f->nlists++]);
	}
	while (next_is(r, "dnsbl")) {
		if (f->ndnsbls == DNSBLS_MAX) {
			r->bad = 1;
			return;
		}
		read_dnsbl(r, &f->dnsbls[f->ndnsbls++]);
	}
}

/* Do the facts agree with one another? */
static int
is_sound(const struct findings *f)
{
	int confirmed = findings_confirmed(f) != NULL;

	/* Nothing was asked of whom our own lists have decided. */
	if (f->iprev == IPREV_UNASKED)
		return f->cause == CAUSE_NONE && f->nptrs == 0 &&
		    f->ninvalid == 0 && f->nnames == 0 && f->ndnsbls == 0;
	if ((f->iprev == IPREV_PASS) != confirmed ||
	    (f->cause == CAUSE_NONE) != confirmed)
		return 0;
	return f->nptrs >= f->nnames && f->nptrs >= f->ninvalid;
}

static void
read_findings(struct reader *r, struct findings *f)
{
	char word[WORD_LEN];
	int  n;

	read_word(r, word);
	if (r->bad || strcmp(word, "ok") != 0) {
		r->bad = 1;
		return;
	}
	read_addr(r, &f->addr);
	read_word(r, word);
	if ((n = iprev_parse(word)) == -1)
		r->bad = 1;
	else
		f->iprev = (enum iprev)n;
	f->cause = (enum cause)read_one_of(r, "cause", cause_parse);
	f->dnssec = (enum dnssec)read_one_of(r, "secure", dnssec_parse);
	f->ttl = read_number(r, "ttl");
	f->elapsed_ms = read_number(r, "ms");
	f->cached = read_one_of(r, "cached", yes_no_parse);
	f->nptrs = read_number(r, "ptrs");
	f->ninvalid = read_number(r, "invalid");
	while (next_is(r, "name")) {
		if (f->nnames == IPREV_NAMES) {
			r->bad = 1;
			return;
		}
		read_finding(r, &f->names[f->nnames++]);
	}
	read_lists(r, f);
	if (!r->bad && (r->at != r->end || !is_sound(f)))
		r->bad = 1;
}

/* Find the line; r is ready to read it if the result is PROTO_DONE. */
static enum proto_result
read_line(struct reader *r, const char *buf, size_t len, size_t max,
    size_t *used)
{
	const char *end;

	*used = 0;
	end = memchr(buf, '\n', len < max ? len : max);
	if (end == NULL)
		return len < max ? PROTO_MORE : PROTO_BAD;
	*used = (size_t)(end - buf) + 1;
	r->at = buf;
	r->end = end;
	r->bad = 0;
	return PROTO_DONE;
}

enum proto_result
proto_read_question(const char *buf, size_t len, size_t *used,
    struct addr *addr)
{
	struct reader	  r;
	enum proto_result res;
	char		  word[WORD_LEN];

	res = read_line(&r, buf, len, PROTO_QUESTION_MAX, used);
	if (res != PROTO_DONE)
		return res;
	read_word(&r, word);
	if (r.bad || strcmp(word, "ask") != 0)
		return PROTO_BAD;
	read_addr(&r, addr);
	return r.bad || r.at != r.end ? PROTO_BAD : PROTO_DONE;
}

enum proto_result
proto_read_answer(const char *buf, size_t len, size_t *used, struct findings *f)
{
	struct reader	  r;
	enum proto_result res;

	res = read_line(&r, buf, len, PROTO_ANSWER_MAX, used);
	if (res != PROTO_DONE)
		return res;
	f->nnames = f->nlists = f->ndnsbls = 0;
	read_findings(&r, f);
	return r.bad ? PROTO_BAD : PROTO_DONE;
}

/*
 * Writing is done by hand: it is half of what an answer from the cache
 * costs.
 */
static char *
put(char *p, const char *s)
{
	size_t len = strlen(s);

	memcpy(p, s, len);
	return p + len;
}

static char *
put_number(char *p, uint32_t n)
{
	char   digits[10];
	size_t len = 0;

	do {
		digits[len++] = (char)('0' + n % 10);
	} while ((n /= 10) > 0);
	while (len > 0)
		*p++ = digits[--len];
	return p;
}

static char *
put_dnsbl(char *p, const struct dnsbl_finding *d)
{
	unsigned int i, j;

	p = put(p, " dnsbl=");
	p = put(p, d->name);
	*p++ = '/';
	p = put(p, dnsbl_state_name(d->state));
	for (i = 0; i < d->nreplies; i++) {
		*p++ = i == 0 ? '/' : ',';
		for (j = 0; j < 4; j++) {
			if (j > 0)
				*p++ = '.';
			p = put_number(p, d->replies[i][j]);
		}
	}
	if (d->txt[0] != '\0') {
		*p++ = '/';
		p = proto_text_put(p, d->txt);
	}
	return p;
}

static char *
put_lists(char *p, const struct findings *f)
{
	unsigned int i;

	p = put(p, f->is_protected ? " protected=yes" : " protected=no");
	for (i = 0; i < f->nlists; i++) {
		p = put(p, " list=");
		p = put(p, f->lists[i]);
	}
	for (i = 0; i < f->ndnsbls; i++)
		p = put_dnsbl(p, &f->dnsbls[i]);
	return p;
}

size_t
proto_write_question(char *buf, const struct addr *addr)
{
	char text[ADDR_LEN], *p = buf;

	p = put(p, "ask ");
	p = put(p, addr_print(addr, text));
	*p++ = '\n';
	return (size_t)(p - buf);
}

size_t
proto_write_answer(char *buf, const struct findings *f)
{
	char	     text[ADDR_LEN], *p = buf;
	unsigned int i;

	p = put(p, "ok ");
	p = put(p, addr_print(&f->addr, text));
	*p++ = ' ';
	p = put(p, iprev_name(f->iprev));
	p = put(p, " cause=");
	p = put(p, cause_name(f->cause));
	p = put(p, " secure=");
	p = put(p, dnssec_name(f->dnssec));
	p = put(p, " ttl=");
	p = put_number(p, f->ttl);
	p = put(p, " ms=");
	p = put_number(p, f->elapsed_ms);
	p = put(p, f->cached ? " cached=yes ptrs=" : " cached=no ptrs=");
	p = put_number(p, f->nptrs);
	p = put(p, " invalid=");
	p = put_number(p, f->ninvalid);
	for (i = 0; i < f->nnames; i++) {
		p = put(p, " name=");
		p = put(p, f->names[i].name);
		*p++ = '/';
		p = put(p, name_state_name(f->names[i].state));
	}
	p = put_lists(p, f);
	*p++ = '\n';
	return (size_t)(p - buf);
}
