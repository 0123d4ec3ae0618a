/* SPDX-License-Identifier: ISC */
#include "once.h"

#include <sys/wait.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "fetch.h"
#include "global.h"
#include "jail.h"
#include "jobs.h"
#include "journal.h"
#include "json.h"
#include "lists_jail.h"
#include "log.h"
#include "mirror.h"
#include "protect.h"
#include "set.h"
#include "state.h"

struct once {
	const char  *file;
	int	     json;
	int	     verbose;
	char *const *names; /* NULL, or the lists that are wanted */
	int	     nnames;
};

int
once_wanted(int argc, char *argv[])
{
	const char *word;
	size_t	    n;
	int	    i;

	/* Options end at the first word that is none. */
	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
		if (strcmp(argv[i], "--") == 0)
			return 0;
		/* What is behind f or R is its value, or the next word is. */
		word = argv[i] + 1;
		n = strcspn(word, "fR");
		if (memchr(word, '1', n) != NULL)
			return 1;
		if (word[n] != '\0' && word[n + 1] == '\0')
			i++;
	}
	return 0;
}

static int
usage(void)
{
	fprintf(stderr, "usage: postern-lists " ONCE_USAGE "\n");
	return EX_USAGE;
}

static void
say(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

/* Of what goes well the round's own line on standard output is enough. */
static void
only_trouble(enum log_level level, const char *text)
{
	if (level >= LOG_LEVEL_WARN)
		fprintf(stderr, "postern-lists: %s\n", text);
}

static int
is_wanted(const struct once *o, const struct job *job)
{
	int i;

	for (i = 0; i < o->nnames; i++) {
		if (strcmp(o->names[i], job->list->name) == 0)
			return 1;
	}
	return o->nnames == 0;
}

static const char *
word(enum round_result r)
{
	static const char *const words[] = { [ROUND_NEW] = "new",
		[ROUND_SAME] = "same",
		[ROUND_EARLY] = "early",
		[ROUND_HELD] = "held",
		[ROUND_FAILED] = "failed" };

	return words[r];
}

static void
print(const struct once *o, const struct folder *folder, const struct job *job,
    enum round_result r)
{
	struct meta meta;
	char	    shown[256];

	if (source_read_meta(folder, job->name, &meta) == -1)
		memset(&meta, 0, sizeof(meta));
	source_shown(job->source, shown, sizeof(shown));
	if (!o->json) {
		printf("%s %s %s %llu entries%s%s\n", job->list->name, shown,
		    word(r), (unsigned long long)meta.entries,
		    meta.why[0] != '\0' && r >= ROUND_HELD ? ": " : "",
		    r >= ROUND_HELD ? meta.why : "");
		return;
	}
	putchar('{');
	json_member(stdout, "list", job->list->name);
	putchar(',');
	json_member(stdout, "source", shown);
	putchar(',');
	json_member(stdout, "result", word(r));
	printf(",\"entries\":%llu,\"bad\":%llu,\"duplicates\":%llu,",
	    (unsigned long long)meta.entries, (unsigned long long)meta.bad,
	    (unsigned long long)meta.duplicate);
	json_member(stdout, "why", r >= ROUND_HELD ? meta.why : "");
	printf("}\n");
}

/* The child's life.  Returns its exit status: 0, or 1. */
static int
rounds(const struct once *o, const struct conf *conf, struct jobs *jobs)
{
	struct folder	  folder;
	enum round_result r;
	int64_t		  next;
	size_t		  i;
	int		  ret = 0;

	if (lists_jail(conf, 0, &folder) == -1)
		return EX_OSERR;
	for (i = 0; i < jobs->n; i++) {
		if (!is_wanted(o, &jobs->list[i]))
			continue;
		r = job_run(&jobs->list[i], &folder, o->nnames > 0,
		    clock_now());
		print(o, &folder, &jobs->list[i], r);
		fflush(stdout);
		if (r == ROUND_HELD || r == ROUND_FAILED)
			ret = 1;
	}
	jobs_tidy(jobs, &folder);
	/* Where no daemon runs, nobody else ends bans. */
	if (journal_tend(&folder, bans_conf(conf), &next) != JOURNAL_DONE)
		ret = 1;
	folder_close(&folder);
	return ret;
}

static void
open_files(const struct once *o, struct jobs *jobs)
{
	const char *path;
	size_t	    i;
	int	    f;

	for (i = 0; i < jobs->n; i++) {
		struct job *job = &jobs->list[i];

		if (!is_wanted(o, job))
			continue;
		for (f = 0; f < JOB_FILES; f++) {
			path = job_path(job->source, (enum job_file)f);
			if (path == NULL)
				continue;
			job->fd[f] =
			    job_open(path, job->why[f], sizeof(job->why[f]));
		}
	}
}

static int
run_child(const struct once *o, const struct conf *conf)
{
	struct jobs *jobs;
	int	     status;
	pid_t	     pid;

	jobs = jobs_new(conf);
	open_files(o, jobs);
	fflush(stdout);
	if ((pid = fork()) == 0) {
		status = rounds(o, conf, jobs);
		fflush(stdout);
		_exit(status);
	}
	jobs_free(jobs);
	if (pid == -1 || waitpid(pid, &status, 0) == -1) {
		log_warn("lists: cannot start a process");
		return EX_OSERR;
	}
	if (!WIFEXITED(status)) {
		log_warnx("the round died by signal %d", WTERMSIG(status));
		return EX_SOFTWARE;
	}
	return WEXITSTATUS(status);
}

static int
run(const struct once *o, const struct conf *conf)
{
	struct folder folder;
	int	      i, code;

	for (i = 0; i < o->nnames; i++) {
		if (lists_conf_find(lists_conf(conf), o->names[i]) == NULL) {
			log_warnx("there is no list <%s>", o->names[i]);
			return EX_USAGE;
		}
	}
	if (geteuid() != 0) {
		log_warnx("this needs root: the files are another user's");
		return EX_NOPERM;
	}
	umask(022);
	if (state_prepare(global_conf(conf)->state) == -1)
		return EX_CANTCREAT;
	if ((code = folder_open(&folder, conf, 0)) != 0)
		return code;
	folder_close(&folder);
	if (protect_refresh(conf, NULL) == -1)
		return EX_OSERR;
	code = run_child(o, conf);
	if (mirror_once(conf) == -1 && code == 0)
		code = 1;
	return code;
}

int
once_main(int argc, char *argv[])
{
	struct once  o = { .file = CONF_FILE };
	struct conf *conf;
	int	     c;

	log_init("postern-lists", LOG_TARGET_STDERR, LOG_DAEMON);
	while ((c = getopt(argc, argv, "1df:jv")) != -1) {
		switch (c) {
		case '1':
		case 'd':
			break; /* always in the foreground */
		case 'f':
			o.file = optarg;
			break;
		case 'j':
			o.json = 1;
			break;
		case 'v':
			o.verbose = 1;
			break;
		default:
			return usage();
		}
	}
	o.names = argv + optind;
	o.nnames = argc - optind;
	log_verbose(o.verbose);
	if (!o.verbose)
		log_divert(only_trouble);
	if ((conf = conf_read(o.file, NULL, say, NULL)) == NULL)
		return EX_CONFIG;
	c = run(&o, conf);
	conf_unref(conf);
	return c;
}
