/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "directive.h"
#include "milter_conf.h"
#include "nearest.h"
#include "units.h"
#include "xalloc.h"

#define SOCKET_MAX   100 /* of the 104 or 108 of sun_path */
#define NAME_MAX_LEN 255 /* of a domain, RFC 1035, 2.3.4 */
#define LOCAL_MAX    64	 /* of a local part, RFC 5321, 4.5.3.1.1 */
#define TEXT_MAX     400 /* of a reply, before its variables */
#define GROUP_MAX    31
#define EXEMPT_MAX   1000

extern const struct conf_block milter_block;

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "abcdefghijklmnopqrstuvwxyz0123456789";

/* Is it words of letters, digits and others, with dots between them? */
static int
is_dotted(const char *s, size_t len, const char *others)
{
	size_t i;
	int    dot = 1; /* one may not follow here */

	for (i = 0; i < len; i++) {
		if (s[i] == '.' && dot)
			return 0;
		dot = s[i] == '.';
		if (!dot && strchr(letters, s[i]) == NULL &&
		    strchr(others, s[i]) == NULL)
			return 0;
	}
	return len > 0 && !dot;
}

static int
read_path(struct milter_conf *c, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	size_t	    len;

	if ((text = words_next(w, "the path of a socket")) == NULL)
		return -1;
	len = strlen(text);
	errors_show(shown, text);
	if (text[0] != '/')
		return words_fail(w, "\"%s\" is not an absolute path", shown);
	if (text[len - 1] == '/')
		return words_fail(w, "\"%s\" is a folder, expected a socket",
		    shown);
	if (len > SOCKET_MAX)
		return words_fail(w, "\"%s\" is a path of more than %d bytes",
		    shown, SOCKET_MAX);
	free(c->socket);
	c->socket = xstrdup(text);
	return 0;
}

static int
read_group(struct milter_conf *c, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	size_t	    len;

	if ((text = words_next(w, "a group's name")) == NULL)
		return -1;
	len = strlen(text);
	if (len > GROUP_MAX || !is_dotted(text, len, "_-") || text[0] == '-')
		return words_fail(w, "expected a group's name, got \"%s\"",
		    errors_show(shown, text));
	c->group = xstrdup(text);
	return 0;
}

static int
read_mode(struct milter_conf *c, struct words *w)
{
	const char *text, *why;
	char	    shown[SHOWN_LEN];
	long long   n;

	if ((text = words_next(w, "an octal mode such as 0660")) == NULL)
		return -1;
	errors_show(shown, text);
	if ((why = units_octal(&n, text)) != NULL)
		return words_fail(w, "\"%s\" %s", shown, why);
	if (n > 0777)
		return words_fail(w, "\"%s\" is not the mode of a socket",
		    shown);
	if (n & 02)
		return words_fail(w,
		    "mode %s lets everybody on this machine "
		    "write to the socket; use a group and 0660",
		    shown);
	c->mode = (mode_t)n;
	return 0;
}

static int
read_inet(struct milter_conf *c, struct words *w)
{
	static const char expected[] = "\"socket\" or a numeric address";
	const char	 *text;
	char		  shown[SHOWN_LEN];

	if ((text = words_next(w, expected)) == NULL)
		return -1;
	if (addr_parse(&c->addr, text) == -1)
		return words_fail(w, "expected %s, got \"%s\"", expected,
		    errors_show(shown, text));
	return words_port(w, &c->port, 0);
}

/* listen on socket PATH [group NAME] [mode OCTAL], or ADDRESS port N */
static int
read_listen(void *arg, struct words *w)
{
	static const char *const words[] = { "group", "mode", NULL };
	struct milter_conf	*c = arg;
	int			 i, given[2] = { 0, 0 };

	if (!words_take(w, "socket"))
		return read_inet(c, w);
	if (read_path(c, w) == -1)
		return -1;
	while (!words_done(w)) {
		if ((i = words_choice(w, words)) == -1)
			return -1;
		if (given[i]++)
			return words_fail(w, "\"%s\" is given twice", words[i]);
		if ((i == 0 ? read_group(c, w) : read_mode(c, w)) == -1)
			return -1;
	}
	return 0;
}

static void
print_listen(const void *arg, struct printer *p)
{
	const struct milter_conf *c = arg;
	char			  mode[8];

	if (!milter_conf_listens(c))
		return;
	print_begin(p, "listen on");
	if (c->socket == NULL) {
		print_addr(p, &c->addr);
		print_port(p, c->port);
		print_end(p);
		return;
	}
	print_bare(p, "socket");
	print_quoted(p, c->socket);
	if (c->group != NULL) {
		print_bare(p, "group");
		print_quoted(p, c->group);
	}
	print_bare(p, "mode");
	snprintf(mode, sizeof(mode), "%04o", (unsigned int)c->mode);
	print_bare(p, mode);
	print_end(p);
}

/*
 * What stands bare in the header (RFC 8601, 2.2: a value of RFC 2045) and is
 * a dot-atom as well, so that no reader of it stumbles.
 */
static const char *
valid_id(const char *id)
{
	size_t len = strlen(id);

	if (len > NAME_MAX_LEN)
		return "is longer than 255 bytes";
	if (!is_dotted(id, len, "!#$%&'*+-^_`{|}~"))
		return "is not a name such as mail.example.org";
	return NULL;
}

static int
is_domain(const char *s)
{
	size_t len = strlen(s);

	return len <= NAME_MAX_LEN && is_dotted(s, len, "-_");
}

static int
is_local(const char *s, size_t len)
{
	return len <= LOCAL_MAX && is_dotted(s, len, "!#$%&'*+-/=?^_`{|}~");
}

static int
is_recipient(const char *s)
{
	const char *at = strrchr(s, '@');

	if (at == NULL)
		return is_local(s, strlen(s));
	return is_domain(at + 1) && (at == s || is_local(s, (size_t)(at - s)));
}

static int
read_exempt_item(void *arg, struct words *w)
{
	struct milter_conf *c = arg;
	const char	   *text = words_text(w);
	char		    shown[SHOWN_LEN];

	if (!is_recipient(text))
		return words_fail(w,
		    "expected a recipient such as abuse, "
		    "user@example.org or @example.org, got \"%s\"",
		    errors_show(shown, text));
	if (c->nexempt == EXEMPT_MAX)
		return words_fail(w, "more than %d recipients", EXEMPT_MAX);
	c->exempt =
	    xreallocarray(c->exempt, c->nexempt + 1, sizeof(*c->exempt));
	c->exempt[c->nexempt++] = xstrdup(text);
	return 0;
}

static int
read_exempt(void *arg, struct words *w)
{
	return words_list(w, "a list of recipients in braces", read_exempt_item,
	    arg);
}

static void
print_exempt(const void *arg, struct printer *p)
{
	const struct milter_conf *c = arg;
	size_t			  i;

	print_begin(p, "exempt recipient");
	print_list_begin(p, c->nexempt);
	for (i = 0; i < c->nexempt; i++)
		print_quoted(p, c->exempt[i]);
	print_list_end(p);
	print_end(p);
}

static const char *const variables[] = { "address", "why", "token", "name",
	"helo", "from", "rcpt", NULL };

/* What stands at %: returns its length, or 0 with the error said. */
static size_t
variable(struct words *w, size_t at)
{
	const char    *text = words_text(w) + at;
	struct nearest near;
	char	       name[TEXT_MAX + 1], shown[SHOWN_LEN];
	size_t	       i, len;

	if (text[1] == '%')
		return 2;
	if (text[1] != '{') {
		words_fail_in(w, at,
		    "expected %%{NAME}, or %%%% for a "
		    "percent sign");
		return 0;
	}
	len = strcspn(text, "}");
	if (text[len] == '\0') {
		words_fail_in(w, at, "\"%%{\" has no \"}\"");
		return 0;
	}
	snprintf(name, sizeof(name), "%.*s", (int)(len - 2), text + 2);
	nearest_init(&near, name);
	for (i = 0; variables[i] != NULL; i++) {
		if (strcmp(variables[i], name) == 0)
			return len + 1;
		nearest_offer(&near, variables[i], variables[i]);
	}
	errors_show(shown, name);
	if (near.best != NULL)
		words_fail_in(w, at,
		    "there is no variable %%{%s}; "
		    "did you mean %%{%s}?",
		    shown, near.best);
	else
		words_fail_in(w, at,
		    "there is no variable %%{%s}: only "
		    "address, why, token, name, helo, from and rcpt",
		    shown);
	return 0;
}

static int
read_template(char **template, struct words *w)
{
	const char *text;
	size_t	    i, n;

	if ((text = words_next(w, "the text of a reply")) == NULL)
		return -1;
	if (text[0] == '\0')
		return words_fail(w,
		    "expected the text of a reply, got "
		    "\"\"");
	if (strlen(text) > TEXT_MAX)
		return words_fail(w,
		    "the text of a reply is longer than %d "
		    "bytes",
		    TEXT_MAX);
	for (i = 0; text[i] != '\0'; i += n) {
		n = 1;
		if (text[i] < 0x20 || text[i] > 0x7e)
			return words_fail_in(w, i,
			    "the text of a reply is "
			    "printable ASCII");
		if (text[i] == '%' && (n = variable(w, i)) == 0)
			return -1;
	}
	*template = xstrdup(text);
	return 0;
}

static int
read_reject(void *arg, struct words *w)
{
	struct milter_conf *c = arg;

	return read_template(&c->reject_text, w);
}

static int
read_tempfail(void *arg, struct words *w)
{
	struct milter_conf *c = arg;

	return read_template(&c->tempfail_text, w);
}

static void
print_reject(const void *arg, struct printer *p)
{
	const struct milter_conf *c = arg;

	print_begin(p, "reply to reject");
	print_quoted(p, c->reject_text);
	print_end(p);
}

static void
print_tempfail(const void *arg, struct printer *p)
{
	const struct milter_conf *c = arg;

	print_begin(p, "reply to tempfail");
	print_quoted(p, c->tempfail_text);
	print_end(p);
}

/*
 * Asked once in a process, before any jail: a child that reads a new text
 * must come to the same name.  Empty: there is none that could be used.
 */
static const char *
host_name(void)
{
	static char name[NAME_MAX_LEN + 1];
	static int  asked;

	if (!asked) {
		asked = 1;
		if (gethostname(name, sizeof(name)) == -1)
			name[0] = '\0';
		name[sizeof(name) - 1] = '\0';
		if (valid_id(name) != NULL)
			name[0] = '\0';
	}
	return name;
}

static void
milter_init(void *arg)
{
	struct milter_conf *c = arg;

	c->mode = 0660;
}

static int
milter_finish(void *arg, struct words *w)
{
	struct milter_conf *c = arg;
	const char	   *name;

	if (c->authserv_id != NULL)
		return 0;
	name = host_name();
	c->authserv_id = xstrdup(name[0] == '\0' ? "localhost" : name);
	if (name[0] == '\0' && w->end.line != 0)
		return words_fail(w,
		    "this machine has no host name that "
		    "could be the authserv-id: give one");
	return 0;
}

static void
milter_free(void *arg)
{
	struct milter_conf *c = arg;
	size_t		    i;

	for (i = 0; i < c->nexempt; i++)
		free(c->exempt[i]);
	free(c->exempt);
	free(c->socket);
	free(c->group);
	free(c->reject_text);
	free(c->tempfail_text);
}

#define AT(field) offsetof(struct milter_conf, field)

static const struct directive directives[] = {
	{ .name = "listen on",
	    .read = read_listen,
	    .print = print_listen,
	    .absent = "nothing, postern-milter will not start",
	    .help = "where Postfix asks" },
	{ .name = "authserv-id",
	    .type = CONF_STRING,
	    .offset = AT(authserv_id),
	    .expected = "a host name",
	    .valid = valid_id,
	    .help = "the name of this machine in Authentication-Results" },
	{ .name = "exempt recipient",
	    .read = read_exempt,
	    .print = print_exempt,
	    .dflt = "{ \"postmaster\", \"abuse\" }",
	    .help = "recipients that are never refused" },
	{ .name = "reply to reject",
	    .read = read_reject,
	    .print = print_reject,
	    .dflt = "\"%{address}: %{why} (%{token})\"",
	    .help = "the text after the codes of a 550 reply" },
	{ .name = "reply to tempfail",
	    .read = read_tempfail,
	    .print = print_tempfail,
	    .dflt = "\"%{address}: %{why}, try again (%{token})\"",
	    .help = "the text after the codes of a 450 reply" },
	{ .name = "observe",
	    .type = CONF_FLAG,
	    .offset = AT(observe),
	    .dflt = "no",
	    .help = "log and tag, refuse nothing" },
	{ .name = "sessions",
	    .type = CONF_NUMBER,
	    .offset = AT(sessions),
	    .min = 1,
	    .max = 65536,
	    .dflt = "2000",
	    .help = "how many sessions may wait for fcrdnsd at once" },
	{ .name = NULL },
};

const struct conf_block milter_block = {
	.name = "milter",
	.size = sizeof(struct milter_conf),
	.directives = directives,
	.init = milter_init,
	.finish = milter_finish,
	.free = milter_free,
};

const struct milter_conf *
milter_conf(const struct conf *conf)
{
	return conf_get(conf, &milter_block);
}

int
milter_conf_listens(const struct milter_conf *c)
{
	return c->socket != NULL || c->addr.family != ADDR_NONE;
}
