/* SPDX-License-Identifier: ISC */
#include "maillog.h"

#include <string.h>

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* Bytes that are looked at: a slice of the line. */
struct slice {
	const char *s;
	size_t	    len;
};

/* Where needle begins in it; NULL: nowhere. */
static const char *
find(struct slice in, const char *needle)
{
	size_t n = strlen(needle), i;

	for (i = 0; i + n <= in.len; i++)
		if (memcmp(in.s + i, needle, n) == 0)
			return in.s + i;
	return NULL;
}

static int
starts(struct slice in, const char *with)
{
	size_t n = strlen(with);

	return in.len >= n && memcmp(in.s, with, n) == 0;
}

static int
is(struct slice in, const char *word)
{
	return in.len == strlen(word) && starts(in, word);
}

static struct slice
skip(struct slice in, size_t n)
{
	struct slice rest = { in.s + n, in.len - n };

	return rest;
}

/* From behind the last such byte; the whole of it if there is none. */
static struct slice
behind_last(struct slice in, char c)
{
	size_t i;

	for (i = in.len; i > 0; i--)
		if (in.s[i - 1] == c)
			return skip(in, i);
	return in;
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "[4711]" at the end of the program's name, which is cut off.  0 or -1. */
static int
take_pid(struct slice *tag, unsigned long *pid)
{
	const char *open;
	size_t	    i;

	*pid = 0;
	if ((open = memchr(tag->s, '[', tag->len)) == NULL)
		return 0;
	i = (size_t)(open - tag->s) + 1;
	if (i + 1 >= tag->len || tag->len - i > 11 ||
	    tag->s[tag->len - 1] != ']')
		return -1;
	for (; i < tag->len - 1; i++) {
		if (!is_digit(tag->s[i]))
			return -1;
		*pid = *pid * 10 + (unsigned long)(tag->s[i] - '0');
	}
	tag->len = (size_t)(open - tag->s);
	return 0;
}

/*
 * The client at the beginning: "NAME[ADDRESS]" or "NAME[ADDRESS]:PORT", where
 * an IPv6 address may have "IPv6:" before it, and NAME may be empty.  A name
 * has neither a space nor a bracket, and what follows the client is nothing
 * or begins as end says.  0 or -1.
 */
static int
take_client(struct slice *in, struct addr *addr, const char *end)
{
	struct slice part;
	char	     text[ADDR_LEN];
	const char  *open, *close;

	if ((open = memchr(in->s, '[', in->len)) == NULL)
		return -1;
	part.s = in->s;
	part.len = (size_t)(open - in->s);
	if (memchr(part.s, ' ', part.len) != NULL)
		return -1;
	part = skip(*in, part.len + 1);
	if ((close = memchr(part.s, ']', part.len)) == NULL)
		return -1;
	*in = skip(part, (size_t)(close - part.s) + 1);
	part.len = (size_t)(close - part.s);
	if (starts(part, "IPv6:"))
		part = skip(part, 5);
	if (part.len >= sizeof(text) || memchr(part.s, '\0', part.len) != NULL)
		return -1;
	memcpy(text, part.s, part.len);
	text[part.len] = '\0';
	if (addr_parse(addr, text) == -1)
		return -1;
	if (in->len > 1 && *in->s == ':' && is_digit(in->s[1]))
		for (*in = skip(*in, 1); in->len > 0 && is_digit(*in->s);)
			*in = skip(*in, 1);
	return in->len == 0 || (*end != '\0' && starts(*in, end)) ? 0 : -1;
}

/* A client behind these words, and what may follow him. */
struct form {
	const char  *before;
	enum maillog kind;
	const char  *end;
};

static enum maillog
read_form(struct slice text, const struct form *forms, size_t n,
    struct addr *addr)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!starts(text, forms[i].before))
			continue;
		text = skip(text, strlen(forms[i].before));
		return take_client(&text, addr, forms[i].end) == 0 ?
		    forms[i].kind :
		    MAILLOG_OTHER;
	}
	return MAILLOG_OTHER;
}

/*
 * Behind the words, "STAGE from CLIENT": of one word or some, but none of a
 * client's.
 */
static enum maillog
read_stage(struct slice text, const char *end, struct addr *addr)
{
	static const char from[] = " from ";
	const char	 *at;
	size_t		  i, n;

	if ((at = find(text, from)) == NULL)
		return MAILLOG_OTHER;
	n = (size_t)(at - text.s);
	for (i = 0; i < n; i++)
		if (memchr("<>[]:=", text.s[i], 6) != NULL)
			return MAILLOG_OTHER;
	text = skip(text, n + sizeof(from) - 1);
	return take_client(&text, addr, end) == 0 ? MAILLOG_SEEN :
						    MAILLOG_OTHER;
}

/* Behind the queue id, or NOQUEUE. */
static enum maillog
read_queued(struct slice text, struct addr *addr)
{
	static const char *const words[] = { "reject: ", "reject_warning: ",
		"milter-reject: ", "milter-hold: ", "milter-discard: ",
		"discard: ", "filter: ", "hold: ", "redirect: " };
	static const char	 client[] = "client=";
	size_t			 i;

	if (starts(text, client)) {
		text = skip(text, sizeof(client) - 1);
		if (take_client(&text, addr, ", ") == -1)
			return MAILLOG_OTHER;
		return find(text, ", sasl_username=") != NULL ? MAILLOG_LOGIN :
								MAILLOG_SEEN;
	}
	for (i = 0; i < nitems(words); i++)
		if (starts(text, words[i]))
			return read_stage(skip(text, strlen(words[i])), ": ",
			    addr);
	return MAILLOG_OTHER;
}

static enum maillog
read_smtpd(struct slice text, struct addr *addr)
{
	static const struct form forms[] = {
		{ "connect from ", MAILLOG_CONNECT, "" },
		{ "disconnect from ", MAILLOG_GONE, " " },
	};
	static const char *const ends[] = { "lost connection after ",
		"timeout after ", "too many errors after " };
	struct slice		 id = text;
	enum maillog		 kind;
	const char		*at;
	size_t			 i;

	if ((kind = read_form(text, forms, nitems(forms), addr)) !=
	    MAILLOG_OTHER)
		return kind;
	for (i = 0; i < nitems(ends); i++)
		if (starts(text, ends[i]))
			return read_stage(skip(text, strlen(ends[i])), "",
			    addr);
	if ((at = find(text, ": ")) == NULL)
		return MAILLOG_OTHER;
	id.len = (size_t)(at - text.s);
	if (memchr(id.s, ' ', id.len) != NULL)
		return MAILLOG_OTHER;
	return read_queued(skip(text, id.len + 2), addr);
}

static enum maillog
read_postscreen(struct slice text, struct addr *addr)
{
	static const struct form forms[] = {
		{ "CONNECT from ", MAILLOG_SCREEN, " to " },
		{ "PASS NEW ", MAILLOG_PASS, "" },
		{ "PASS OLD ", MAILLOG_PASS, "" },
		{ "WHITELISTED ", MAILLOG_PASS, "" },
		{ "ALLOWLISTED ", MAILLOG_PASS, "" },
	};

	return read_form(text, forms, nitems(forms), addr);
}

/*
 * "postfix/smtpd", "postfix/submission/smtpd", "postfix-in/smtpd" and, with
 * brackets around, "(postfix-in/smtpd)": the program behind the last slash.
 */
static enum maillog
read_program(struct slice tag, struct slice text, struct addr *addr)
{
	struct slice program;

	if (tag.len >= 2 && tag.s[0] == '(' && tag.s[tag.len - 1] == ')') {
		tag = skip(tag, 1);
		tag.len--;
	}
	if (!starts(tag, "postfix") || memchr(tag.s, '/', tag.len) == NULL)
		return MAILLOG_FOREIGN;
	program = behind_last(tag, '/');
	if (is(program, "smtpd"))
		return read_smtpd(text, addr);
	if (is(program, "postscreen"))
		return read_postscreen(text, addr);
	return MAILLOG_OTHER;
}

enum maillog
maillog_read(struct maillog_line *l, const char *line, size_t len)
{
	struct slice all = { line, len }, tag = { line, 0 };
	const char  *colon;

	memset(l, 0, sizeof(*l));
	if ((colon = find(all, ": ")) == NULL)
		return MAILLOG_FOREIGN;
	tag.len = (size_t)(colon - line);
	all = skip(all, tag.len + 2);
	while (all.len > 0 && all.s[all.len - 1] == '\r')
		all.len--;
	tag = behind_last(tag, ' ');
	if (take_pid(&tag, &l->pid) == -1)
		return MAILLOG_FOREIGN;
	return read_program(tag, all, &l->addr);
}
