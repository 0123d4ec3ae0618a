/* SPDX-License-Identifier: ISC */
/*
 * imapgate(8): who may reach IMAP, and until when.
 */
#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"
#include "global.h"
#include "lease.h"
#include "line.h"
#include "log.h"
#include "units.h"
#include "verbs.h"

#define TIME_MIN 60

#define OPERAND_NEEDED 1
#define OPERAND_MAY    2
#define ANYBODY	       4 /* needs no root */

static const struct verb {
	const char *name;
	const char *usage;
	const char *letters;
	int	    flags;
	int (*run)(const struct conf *, const struct options *);
} verbs[] = {
	{ "allow", "allow [-n] [-t time | -p] [-c comment] [address | me]",
	    "+:f:nt:pc:", OPERAND_MAY, verb_allow },
	{ "revoke", "revoke [-n] address | all", "+:f:n", OPERAND_NEEDED,
	    verb_revoke },
	{ "list", "list [-j]", "+:f:j", 0, verb_list },
	{ "check", "check address", "+:f:", OPERAND_NEEDED, verb_check },
	{ "sync", "sync [-n]", "+:f:n", 0, verb_sync },
	{ "expire", "expire [-ny]", "+:f:ny", 0, verb_expire },
	{ "rules", "rules", "+:f:", ANYBODY, verb_rules },
	{ "doctor", "doctor", "+:f:", 0, verb_doctor },
	{ "serve", "serve [-dv] [-R fd]", NULL, 0, NULL },
};

#define NVERBS (sizeof(verbs) / sizeof(verbs[0]))

static int
usage(void)
{
	size_t i;

	for (i = 0; i < NVERBS; i++)
		fprintf(stderr, "%s imapgate [-v] [-f file] %s\n",
		    i == 0 ? "usage:" : "      ", verbs[i].usage);
	fprintf(stderr, "       imapgate [-nV] [-f file]\n");
	return EX_USAGE;
}

static void
say_stderr(void *arg, const char *text)
{
	char clean[2048];

	(void)arg;
	fprintf(stderr, "%s\n",
	    line_clean(clean, sizeof(clean), text, strlen(text)));
}

/* What somebody should know goes to both, records to the log alone. */
static void
log_both(enum log_level level, const char *text)
{
	static const int priorities[] = { [LOG_LEVEL_DEBUG] = LOG_DEBUG,
		[LOG_LEVEL_INFO] = LOG_INFO,
		[LOG_LEVEL_WARN] = LOG_WARNING,
		[LOG_LEVEL_ERROR] = LOG_ERR };

	if (level != LOG_LEVEL_INFO)
		fprintf(stderr, "imapgate: %s\n", text);
	if (level != LOG_LEVEL_DEBUG)
		syslog(priorities[level], "%s", text);
}

static int
bad_option(int c)
{
	char letter = (char)optopt, clean[8];

	line_clean(clean, sizeof(clean), &letter, 1);
	if (c == ':')
		fprintf(stderr, "imapgate: -%s needs a value\n", clean);
	else
		fprintf(stderr, "imapgate: there is no option -%s\n", clean);
	return usage();
}

static int
read_time(struct options *o, const char *text)
{
	const char *why;
	char	    shown[64];
	long long   n;

	line_clean(shown, sizeof(shown), text, strlen(text));
	if ((why = units_duration(&n, text)) != NULL)
		fprintf(stderr, "imapgate: -t: \"%s\" %s\n", shown, why);
	else if (n < TIME_MIN || n > LEASE_MAX)
		fprintf(stderr,
		    "imapgate: -t: expected from 1m to 30d, got \"%s\"; -p "
		    "is for ever\n",
		    shown);
	else {
		o->seconds = (unsigned int)n;
		return 0;
	}
	return EX_USAGE;
}

static int
read_option(struct options *o, int c)
{
	switch (c) {
	case 'c':
		o->comment = optarg;
		return 0;
	case 'f':
		o->file = optarg;
		return 0;
	case 'j':
		o->json = 1;
		return 0;
	case 'n':
		o->dry = 1;
		return 0;
	case 'p':
		o->forever = 1;
		return 0;
	case 't':
		return read_time(o, optarg);
	case 'y':
		o->right = 1;
		return 0;
	default:
		return bad_option(c);
	}
}

/* Options may stand before the operand and behind it. */
static int
read_options(const struct verb *v, struct options *o, int argc, char *argv[])
{
	int c, code, end = 0, n = 0;

	optreset = optind = 1;
	while (optind < argc) {
		while (!end && (c = getopt(argc, argv, v->letters)) != -1)
			if ((code = read_option(o, c)) != 0)
				return code;
		end = end || strcmp(argv[optind - 1], "--") == 0;
		if (optind < argc) {
			o->operand = argv[optind++];
			n++;
		}
	}
	if (n > 1 || (n == 1 && !(v->flags & (OPERAND_NEEDED | OPERAND_MAY))) ||
	    (n == 0 && v->flags & OPERAND_NEEDED))
		return usage();
	if (o->forever && o->seconds != 0) {
		fprintf(stderr, "imapgate: -t or -p, not both\n");
		return EX_USAGE;
	}
	return 0;
}

static int
run(const struct verb *v, const struct options *o)
{
	struct conf *conf;
	int	     code;

	if ((conf = conf_read(o->file, NULL, say_stderr, NULL)) == NULL)
		return EX_CONFIG;
	openlog("imapgate", LOG_PID, LOG_AUTH);
	log_divert(log_both);
	code = v->run(conf, o);
	conf_unref(conf);
	if (fflush(stdout) == EOF || ferror(stdout)) {
		log_warn("standard output");
		if (code == 0)
			code = EX_IOERR;
	}
	return code;
}

static int
run_verb(const struct verb *v, const char *file, int argc, char *argv[])
{
	struct options o = { .file = file };
	int	       code;

	if (v->run != NULL && (code = read_options(v, &o, argc, argv)) != 0)
		return code;
	if (geteuid() != 0 && !(v->flags & ANYBODY)) {
		fprintf(stderr,
		    "imapgate: %s needs root, for the leases and the "
		    "firewall: try doas or sudo\n",
		    v->name);
		return EX_NOPERM;
	}
	umask(022);
	return v->run == NULL ? verb_serve(file, argc, argv) : run(v, &o);
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

static int
find_verb(const char *file, int argc, char *argv[])
{
	char   shown[64];
	size_t i;

	for (i = 0; i < NVERBS; i++)
		if (strcmp(argv[0], verbs[i].name) == 0)
			return run_verb(&verbs[i], file, argc, argv);
	fprintf(stderr, "imapgate: there is no \"%s\"\n",
	    line_clean(shown, sizeof(shown), argv[0], strlen(argv[0])));
	return usage();
}

int
main(int argc, char *argv[])
{
	const char *file = CONF_FILE;
	int	    c, check_only = 0;

#ifdef POSTERN_TEST
	if (getenv("POSTERN_CLOCK") != NULL)
		clock_move(1000 * atoll(getenv("POSTERN_CLOCK")));
#endif
	opterr = 0;
	log_init("imapgate", LOG_TARGET_STDERR, LOG_AUTH);
	/* The options of a verb are the verb's: stop at the first word. */
	while ((c = getopt(argc, argv, "+:df:nvV")) != -1) {
		switch (c) {
		case 'd':
			break; /* all verbs but serve stay here anyway */
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
			printf("imapgate %s\n", VERSION);
			return 0;
		default:
			return bad_option(c);
		}
	}
	argc -= optind;
	argv += optind;
	if (check_only && argc == 0)
		return is_good(file);
	if (argc == 0 || check_only)
		return usage();
	return find_verb(file, argc, argv);
}
