/* SPDX-License-Identifier: ISC */
/*
 * postern(8), the control program: what does the file say, why was this
 * address refused, how do the daemons fare.
 */
#include <sys/stat.h>

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "addr.h"
#include "ban.h"
#include "check.h"
#include "conf.h"
#include "explain.h"
#include "explain_token.h"
#include "global.h"
#include "lists.h"
#include "log.h"
#include "rehearse.h"
#include "talk.h"

static int check(int, char *[], const char *);
static int explain(int, char *[], const char *);
static int rehearsal(int, char *[], const char *);
static int reload(int, char *[], const char *);
static int status(int, char *[], const char *);

static const struct verb {
	const char *name;
	const char *usage;
	int (*run)(int, char *[], const char *file);
} verbs[] = {
	{ "ban", "ban [-jy] address [for time] [because text]", ban_main },
	{ "check", "check [-v]", check },
	{ "explain", "explain address | token [maillog]", explain },
	{ "lists", "lists accept | diff | lint | show | test | update ...",
	    lists_main },
	{ "rehearse", "rehearse [-j] maillog", rehearsal },
	{ "reload", "reload", reload },
	{ "status", "status", status },
	{ "unban", "unban [-j] address", unban_main },
};

#define NVERBS (sizeof(verbs) / sizeof(verbs[0]))

static int
usage(void)
{
	size_t i;

	for (i = 0; i < NVERBS; i++)
		fprintf(stderr, "%s postern [-dvV] [-f file] %s\n",
		    i == 0 ? "usage:" : "      ", verbs[i].usage);
	fprintf(stderr, "       postern -n [-f file]\n");
	return EX_USAGE;
}

static void
say_stderr(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

/* -f is taken before the verb and behind it. */
static int
only_file(int argc, char *argv[], const char **file)
{
	int c;

	while ((c = getopt(argc, argv, "f:")) != -1) {
		if (c != 'f')
			return -1;
		*file = optarg;
	}
	return 0;
}

static int
check(int argc, char *argv[], const char *file)
{
	return check_main(argc, argv, file);
}

static const char *
default_maillog(void)
{
	static const char *const paths[] = { "/var/log/maillog",
		"/var/log/mail.log" };

	return access(paths[0], F_OK) == 0 ? paths[0] : paths[1];
}

static int
explain(int argc, char *argv[], const char *file)
{
	struct addr  addr;
	struct conf *conf;
	int	     ret;

	if (only_file(argc, argv, &file) == -1)
		return usage();
	argc -= optind;
	argv += optind;
	if (argc < 1 || argc > 2)
		return usage();
	if (addr_parse(&addr, argv[0]) == -1)
		return explain_token(argv[0],
		    argc == 2 ? argv[1] : default_maillog(), stdout);
	if (argc != 1)
		return usage();
	if ((conf = conf_read(file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	ret = explain_address(conf, &addr, stdout);
	conf_unref(conf);
	return ret;
}

static int
rehearsal(int argc, char *argv[], const char *file)
{
	struct conf *conf;
	int	     c, ret, json = 0;

	while ((c = getopt(argc, argv, "f:j")) != -1) {
		switch (c) {
		case 'f':
			file = optarg;
			break;
		case 'j':
			json = 1;
			break;
		default:
			return usage();
		}
	}
	if (argc != optind + 1)
		return usage();
	if ((conf = conf_read(file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	ret = rehearse(conf, argv[optind], json, stdout);
	conf_unref(conf);
	return ret;
}

static int
tell_all(int argc, char *argv[], const char *file, const char *word)
{
	struct conf *conf;
	int	     ret;

	if (only_file(argc, argv, &file) == -1 || argc != optind)
		return usage();
	if ((conf = conf_read(file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	ret = talk_to_all(global_conf(conf)->state, word);
	conf_unref(conf);
	return ret;
}

static int
reload(int argc, char *argv[], const char *file)
{
	return tell_all(argc, argv, file, "reload");
}

static int
status(int argc, char *argv[], const char *file)
{
	return tell_all(argc, argv, file, "status");
}

/* -n: say nothing of a good file. */
static int
is_good(const char *file)
{
	struct conf *conf;

	if ((conf = conf_read(file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	conf_unref(conf);
	return 0;
}

int
main(int argc, char *argv[])
{
	const char *file = CONF_FILE;
	size_t	    i;
	int	    c, check_only = 0;

	log_init("postern", LOG_TARGET_STDERR, LOG_USER);
	umask(022); /* other users must get into what a ban makes */
	/* The options of a verb are the verb's: stop at the first word. */
	while ((c = getopt(argc, argv, "+df:nvV")) != -1) {
		switch (c) {
		case 'd':
			break; /* always in the foreground */
		case 'f':
			file = optarg;
			break;
		case 'n':
			check_only = 1;
			break;
		case 'v':
			log_verbose(1);
			break;
		case 'V':
			printf("postern %s\n", VERSION);
			return 0;
		default:
			return usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (check_only && argc == 0)
		return is_good(file);
	if (argc == 0 || check_only)
		return usage();
	for (i = 0; i < NVERBS; i++)
		if (strcmp(argv[0], verbs[i].name) == 0) {
			optind = 1;
			return verbs[i].run(argc, argv, file);
		}
	fprintf(stderr, "postern: there is no \"%s\"\n", argv[0]);
	return usage();
}
