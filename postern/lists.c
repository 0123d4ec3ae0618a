/* SPDX-License-Identifier: ISC */
#include "lists.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"
#include "lists_verb.h"
#include "log.h"

static const struct verb {
	const char *name;
	const char *usage;
	int	    min, max; /* operands; -1: any number */
	int	    needs_conf;
	int (*run)(struct lists *);
} verbs[] = {
	{ "accept", "accept [-j] list", 1, 1, 1, lists_accept },
	{ "diff", "diff [-j] list", 1, 1, 1, lists_diff },
	{ "lint", "lint [-j] file", 1, 1, 0, lists_lint },
	{ "show", "show [-j] [list]", 0, 1, 1, lists_show },
	{ "test", "test [-j] address", 1, 1, 1, lists_test },
	{ "update", "update [-j] [list ...]", 0, -1, 1, lists_update },
};

#define NVERBS (sizeof(verbs) / sizeof(verbs[0]))

static int
usage(void)
{
	size_t i;

	for (i = 0; i < NVERBS; i++)
		fprintf(stderr, "%s postern [-f file] lists %s\n",
		    i == 0 ? "usage:" : "      ", verbs[i].usage);
	return EX_USAGE;
}

static void
say_stderr(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

static const struct verb *
find_verb(const char *name)
{
	size_t i;

	for (i = 0; i < NVERBS; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	fprintf(stderr, "postern: there is no \"lists %s\"\n", name);
	return NULL;
}

static int
options(struct lists *l, int argc, char *argv[])
{
	int c;

	while ((c = getopt(argc, argv, "f:j")) != -1) {
		switch (c) {
		case 'f':
			l->file = optarg;
			break;
		case 'j':
			l->json = 1;
			break;
		default:
			return -1;
		}
	}
	l->n = argc - optind;
	l->operand = argv + optind;
	return 0;
}

static int
run(struct lists *l, const struct verb *v)
{
	struct conf *conf;
	int	     ret;

	l->folder.dir = l->folder.src = -1;
	l->now = clock_now();
	if (!v->needs_conf)
		return v->run(l);
	if ((conf = conf_read(l->file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	l->conf = conf;
	ret = v->run(l);
	if (l->have)
		folder_close(&l->folder);
	conf_unref(conf);
	return ret;
}

int
lists_main(int argc, char *argv[], const char *file)
{
	struct lists	   l;
	const struct verb *v;
	int		   ret;

	memset(&l, 0, sizeof(l));
	l.file = file;
	if (argc < 2 || (v = find_verb(argv[1])) == NULL ||
	    options(&l, argc - 1, argv + 1) == -1 || l.n < v->min ||
	    (v->max != -1 && l.n > v->max))
		return usage();
	if (set_guard() == -1) {
		log_warn("set_guard");
		return EX_OSERR;
	}
	ret = run(&l, v);
	/* A full disk behind ">" must not look like a success. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		log_warn("standard output");
		return EX_IOERR;
	}
	return ret;
}
