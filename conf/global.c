/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "global.h"
#include "parse.h"
#include "xalloc.h"

/* state/run/postern-milter.ctl must fit into a socket's address. */
#define STATE_MAX 70
#define USER_MAX  31

extern const struct conf_block global_block;

static int
is_user(const char *name)
{
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
	size_t		  len = strlen(name);

	return len > 0 && len <= USER_MAX && strspn(name, chars) == len &&
	    strchr("0123456789-", name[0]) == NULL;
}

static int
read_name(char **name, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];

	if ((text = words_next(w, "a user's name")) == NULL)
		return -1;
	if (!is_user(text))
		return words_fail(w, "expected a user's name, got \"%s\"",
		    errors_show(shown, text));
	if (strcmp(text, "root") == 0)
		return words_fail(w,
		    "the jailed children must not run as "
		    "root");
	free(*name);
	*name = xstrdup(text);
	return 0;
}

/* user NAME [lists NAME] [edge NAME] */
static int
read_user(void *arg, struct words *w)
{
	static const char *const words[] = { "lists", "edge", NULL };
	struct global_conf	*c = arg;
	char		       **names[2];
	int			 i, given[2] = { 0, 0 };

	names[0] = &c->lists_user;
	names[1] = &c->edge_user;
	c->lists_user = xstrdup("_posternlists");
	c->edge_user = xstrdup("_posternedge");
	if (read_name(&c->user, w) == -1)
		return -1;
	while (!words_done(w)) {
		if ((i = words_choice(w, words)) == -1)
			return -1;
		if (given[i]++)
			return words_fail(w, "\"%s\" is given twice", words[i]);
		if (read_name(names[i], w) == -1)
			return -1;
	}
	return 0;
}

static void
print_user(const void *arg, struct printer *p)
{
	const struct global_conf *c = arg;

	print_begin(p, "user");
	print_quoted(p, c->user);
	print_bare(p, "lists");
	print_quoted(p, c->lists_user);
	print_bare(p, "edge");
	print_quoted(p, c->edge_user);
	print_end(p);
}

/* No folder of this path is . or .. or empty. */
static const char *
valid_state(const char *path)
{
	const char *p, *end;
	size_t	    len = strlen(path);

	if (path[0] != '/')
		return "is not an absolute path";
	if (len > STATE_MAX)
		return "is a path of more than 70 bytes";
	for (p = path; *p != '\0'; p = end) {
		p++;
		end = p + strcspn(p, "/");
		if (end == p)
			return *p == '\0' ? "ends in \"/\"" :
					    "has an empty folder in it";
		if ((end - p == 1 && p[0] == '.') ||
		    (end - p == 2 && p[0] == '.' && p[1] == '.'))
			return "has \".\" or \"..\" in it";
	}
	return NULL;
}

static const char *const targets[] = { "syslog", "stderr", NULL };

static int
read_log(void *arg, struct words *w)
{
	struct global_conf *c = arg;
	int		    i;

	if ((i = words_choice(w, targets)) == -1)
		return -1;
	c->log = i == 0 ? LOG_TARGET_SYSLOG : LOG_TARGET_STDERR;
	return 0;
}

static void
print_log(const void *arg, struct printer *p)
{
	const struct global_conf *c = arg;

	print_begin(p, "log to");
	print_bare(p, targets[c->log != LOG_TARGET_SYSLOG]);
	print_end(p);
}

static void
global_free(void *arg)
{
	struct global_conf *c = arg;

	free(c->user);
	free(c->lists_user);
	free(c->edge_user);
}

static const struct directive directives[] = {
	{ .name = "include",
	    .type = CONF_INCLUDE,
	    .flags = CONF_MANY,
	    .help = "read another file here" },
	{ .name = "user",
	    .read = read_user,
	    .print = print_user,
	    .dflt = "\"_postern\"",
	    .help = "the system users that the jailed children run as" },
	{ .name = "state",
	    .expected = "an absolute path",
	    .type = CONF_STRING,
	    .offset = offsetof(struct global_conf, state),
	    .valid = valid_state,
	    .dflt = "\"/var/db/postern\"",
	    .help = "the folder of all that the programs keep" },
	{ .name = "log to",
	    .read = read_log,
	    .print = print_log,
	    .dflt = "syslog",
	    .help = "where the daemons' log lines go" },
	{ .name = NULL },
};

const struct conf_block global_block = {
	.size = sizeof(struct global_conf),
	.directives = directives,
	.free = global_free,
};

const struct global_conf *
global_conf(const struct conf *conf)
{
	return conf_get(conf, &global_block);
}

void
global_keep(struct conf *conf, const char *user, const char *state)
{
	struct global_conf *c = conf->blocks[0];
	char		   *user_copy = xstrdup(user);
	char		   *state_copy = xstrdup(state);

	free(c->user);
	free(c->state);
	c->user = user_copy;
	c->state = state_copy;
}
