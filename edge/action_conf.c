/* SPDX-License-Identifier: ISC */
#include "action_conf.h"

#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "directive.h"
#include "edge_conf.h"
#include "path_conf.h"
#include "units.h"
#include "url_conf.h"
#include "xalloc.h"

#define FORWARDS_MAX 32

static const char *const redirects[] = { "301", "302", "303", "307", "308",
	NULL };

/* A block has one of the three; forward may repeat. */
static int
take(struct edge_action *a, enum edge_action_kind kind, struct words *w)
{
	static const char *const names[] = { [EDGE_NONE] = "",
		[EDGE_FORWARD] = "forward to",
		[EDGE_REDIRECT] = "redirect",
		[EDGE_RETURN] = "return" };

	if (a->kind != EDGE_NONE && a->kind != kind)
		return words_fail(w,
		    "\"%s\" beside \"%s\": a block has one of \"forward to\", "
		    "\"redirect\" and \"return\"",
		    names[kind], names[a->kind]);
	a->kind = kind;
	return 0;
}

static int
same_server(const struct edge_server *a, const struct edge_server *b)
{
	if (a->socket != NULL || b->socket != NULL)
		return a->socket != NULL && b->socket != NULL &&
		    strcmp(a->socket, b->socket) == 0;
	return a->port == b->port && addr_equal(&a->addr, &b->addr);
}

static void
add_index(size_t **list, size_t *n, size_t i)
{
	*list = xreallocarray(*list, *n + 1, sizeof(**list));
	(*list)[(*n)++] = i;
}

static int
has_index(const size_t *list, size_t n, size_t i)
{
	while (n > 0) {
		if (list[--n] == i)
			return 1;
	}
	return 0;
}

/* Its number among those of the edge, a new one if need be; -1 and said. */
static long
server_number(struct edge_conf *c, struct edge_server *s, struct words *w)
{
	size_t i;

	for (i = 0; i < c->nservers; i++) {
		if (same_server(&c->servers[i], s)) {
			free(s->socket);
			return (long)i;
		}
	}
	if (c->nservers == BOARD_SERVERS) {
		free(s->socket);
		return words_fail(w, "more than %d servers to forward to",
		    BOARD_SERVERS);
	}
	c->servers = xreallocarray(c->servers, i + 1, sizeof(*s));
	c->servers[c->nservers++] = *s;
	return (long)i;
}

static int
read_server(struct edge_server *s, struct words *w)
{
	static const char expected[] = "\"socket\" or a numeric address";
	const char	 *text;
	char		  shown[SHOWN_LEN];

	if (words_take(w, "socket")) {
		if ((text = path_read_socket(w)) == NULL)
			return -1;
		s->socket = xstrdup(text);
		return 0;
	}
	if ((text = words_next(w, expected)) == NULL)
		return -1;
	if (addr_parse(&s->addr, text) == -1)
		return words_fail(w, "expected %s, got \"%s\"", expected,
		    errors_show(shown, text));
	return words_port(w, &s->port, 1);
}

/* ADDRESS port N [backup], socket PATH [backup] */
int
forward_read(void *arg, struct words *w)
{
	static const char *const words[] = { "backup", NULL };
	struct edge_forward	*f = arg;
	struct edge_server	 s = { .socket = NULL };
	long			 n;

	if (read_server(&s, w) == -1 ||
	    (n = server_number(w->top, &s, w)) == -1)
		return -1;
	if (has_index(f->primary, f->nprimary, (size_t)n) ||
	    has_index(f->backup, f->nbackup, (size_t)n))
		return words_fail(w, "this server is given twice");
	if (f->nprimary + f->nbackup == FORWARDS_MAX)
		return words_fail(w, "more than %d servers", FORWARDS_MAX);
	if (words_done(w))
		add_index(&f->primary, &f->nprimary, (size_t)n);
	else if (words_choice(w, words) == -1)
		return -1;
	else
		add_index(&f->backup, &f->nbackup, (size_t)n);
	return 0;
}

int
forward_check(const struct edge_forward *f, const char *name, struct words *w)
{
	if (f->nbackup > 0 && f->nprimary == 0)
		return words_fail(w,
		    "every \"%s\" is a backup: one has to be none", name);
	return 0;
}

int
action_read_forward(void *arg, struct words *w)
{
	struct edge_action *a = arg;

	if (forward_read(&a->forward, w) == -1)
		return -1;
	return take(a, EDGE_FORWARD, w);
}

/* STATUS URL */
int
action_read_redirect(struct edge_action *a, unsigned int groups,
    struct words *w)
{
	const char *url;
	long long   n;
	int	    i;

	if ((i = words_choice(w, redirects)) == -1 ||
	    (url = url_read(w, groups)) == NULL ||
	    take(a, EDGE_REDIRECT, w) == -1)
		return -1;
	(void)units_number(&n, redirects[i]);
	a->status = (unsigned int)n;
	a->text = xstrdup(url);
	return 0;
}

static int
read_status(unsigned int *status, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	long long   n;
	size_t	    i;

	if ((text = words_next(w, "a status from 200 to 599")) == NULL)
		return -1;
	errors_show(shown, text);
	if (units_number(&n, text) != NULL || n < 200 || n > 599)
		return words_fail(w,
		    "expected a status from 200 to 599, got \"%s\"", shown);
	for (i = 0; redirects[i] != NULL; i++) {
		if (strcmp(redirects[i], text) == 0)
			return words_fail(w,
			    "%s needs to say where to: use \"redirect\"",
			    shown);
	}
	*status = (unsigned int)n;
	return 0;
}

/* STATUS [TEXT] */
int
action_read_return(void *arg, struct words *w)
{
	struct edge_action *a = arg;
	unsigned int	    status = 0;
	const char	   *text = NULL;

	if (read_status(&status, w) == -1)
		return -1;
	if (!words_done(w) && (text = words_next(w, "a text")) == NULL)
		return -1;
	if (text != NULL && (status == 204 || status == 205 || status == 304))
		return words_fail(w, "an answer %u has no text", status);
	if (take(a, EDGE_RETURN, w) == -1)
		return -1;
	a->status = status;
	a->text = text == NULL ? NULL : xstrdup(text);
	return 0;
}

static void
print_servers(const size_t *list, size_t n, int backup, struct printer *p)
{
	const struct edge_conf	 *c = p->top;
	const struct edge_server *s;
	size_t			  i;

	for (i = 0; i < n; i++) {
		s = &c->servers[list[i]];
		print_begin(p, p->name);
		if (s->socket != NULL) {
			print_bare(p, "socket");
			print_quoted(p, s->socket);
		} else {
			print_addr(p, &s->addr);
			print_port(p, s->port);
		}
		if (backup)
			print_bare(p, "backup");
		print_end(p);
	}
}

void
forward_print(const void *arg, struct printer *p)
{
	const struct edge_forward *f = arg;

	print_servers(f->primary, f->nprimary, 0, p);
	print_servers(f->backup, f->nbackup, 1, p);
}

void
action_print_forward(const void *arg, struct printer *p)
{
	const struct edge_action *a = arg;

	forward_print(&a->forward, p);
}

static void
print_answer(const struct edge_action *a, struct printer *p)
{
	print_begin(p, p->name);
	print_number(p, a->status);
	if (a->text != NULL)
		print_quoted(p, a->text);
	print_end(p);
}

void
action_print_redirect(const void *arg, struct printer *p)
{
	const struct edge_action *a = arg;

	if (a->kind == EDGE_REDIRECT)
		print_answer(a, p);
}

void
action_print_return(const void *arg, struct printer *p)
{
	const struct edge_action *a = arg;

	if (a->kind == EDGE_RETURN)
		print_answer(a, p);
}

void
forward_free(struct edge_forward *f)
{
	free(f->primary);
	free(f->backup);
}

void
action_free(struct edge_action *a)
{
	free(a->text);
	forward_free(&a->forward);
}
