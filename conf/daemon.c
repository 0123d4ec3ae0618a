/* SPDX-License-Identifier: ISC */
/*
 * The options of every daemon, and the way into the background.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon.h"
#include "global.h"
#include "log.h"
#include "parent.h"
#include "state.h"
#include "xalloc.h"

static void
usage(const struct daemon *d)
{
	fprintf(stderr, "usage: %s [-dnvV] [-f file] [-R fd]\n", d->name);
	if (d->usage != NULL)
		fprintf(stderr, "       %s %s\n", d->name, d->usage);
	exit(EX_USAGE);
}

static void
say_stderr(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

static int
number(const struct daemon *d, int option, const char *text)
{
	const char *why;
	int	    n;

	n = (int)strtonum(text, 0, INT_MAX, &why);
	if (why != NULL) {
		fprintf(stderr, "%s: -%c %s: %s\n", d->name, option, text, why);
		usage(d);
	}
	return n;
}

/*
 * The file by a name that stays right after chdir, and the program by one
 * that can be run again: a bare name was found by the shell in PATH.
 */
static char *
absolute(const char *path)
{
	char cwd[PATH_MAX];

	if (path[0] == '/')
		return xstrdup(path);
	if (getcwd(cwd, sizeof(cwd)) == NULL)
		fatal(EX_OSERR, "getcwd");
	return xasprintf("%s/%s", cwd, path);
}

static char *
find_program(const char *argv0)
{
	const char *path;
	char	   *dirs, *dir, *rest, *try;

	if (strchr(argv0, '/') != NULL)
		return absolute(argv0);
	if ((path = getenv("PATH")) == NULL)
		path = "/usr/bin:/usr/sbin:/usr/local/sbin";
	rest = dirs = xstrdup(path);
	while ((dir = strsep(&rest, ":")) != NULL) {
		try = xasprintf("%s/%s", dir[0] == '\0' ? "." : dir, argv0);
		if (access(try, X_OK) == 0) {
			free(dirs);
			dir = absolute(try);
			free(try);
			return dir;
		}
		free(try);
	}
	fatalx(EX_USAGE, "start me by my path, %s is not in PATH", argv0);
}

/*
 * Go into the background.  Who started us waits until the child works or
 * the start has failed, and exits with that; we return with the descriptor to
 * tell it by.
 */
static int
background(const struct daemon *d)
{
	unsigned char status = EX_SOFTWARE;
	int	      fds[2];

	if (pipe2(fds, O_CLOEXEC) == -1)
		fatal(EX_OSERR, "pipe");
	switch (fork()) {
	case -1:
		fatal(EX_OSERR, "fork");
	case 0:
		break;
	default:
		close(fds[1]);
		if (read(fds[0], &status, 1) != 1)
			status = EX_SOFTWARE;
		if (status != 0)
			fprintf(stderr,
			    "%s: could not start, the log says why\n", d->name);
		_exit(status);
	}
	close(fds[0]);
	setsid();
	return fds[1];
}

/* 0, 1 and 2 are open from here on: no socket may become one of them. */
static void
sane_stdio(void)
{
	int fd;

	do {
		if ((fd = open("/dev/null", O_RDWR)) == -1)
			fatal(EX_OSERR, "/dev/null");
	} while (fd <= STDERR_FILENO);
	close(fd);
}

/*
 * Of what was open when we were started only standard input, output and error
 * are ours to keep, and -R.  A lock that the starter holds, or a pipe that
 * somebody reads to its end, must not live as long as a daemon.  -R is moved:
 * if it is standard output, that stays open behind it.
 */
static void
close_others(struct daemon_parent *p)
{
	int fd = STDERR_FILENO + 1;

	if (p->ready_fd != -1) {
		if (p->ready_fd != fd && dup2(p->ready_fd, fd) == -1)
			fatal(EX_USAGE, "-R %d", p->ready_fd);
		if (fcntl(fd, F_SETFD, FD_CLOEXEC) == -1)
			fatal(EX_USAGE, "-R %d", p->ready_fd);
		p->ready_fd = fd++;
	}
	closefrom(fd);
}

static int
serve(struct daemon_parent *p)
{
	if (geteuid() != 0)
		fatalx(EX_NOPERM,
		    "this needs root: it opens sockets and "
		    "gives up its privileges");
	close_others(p);
	umask(022); /* the child must get into what root makes */
	if (state_prepare(global_conf(p->now->conf)->state) == -1)
		return EX_UNAVAILABLE;
	if (chdir("/") == -1)
		fatal(EX_OSERR, "chdir");
	if (!p->foreground)
		p->started_fd = background(p->daemon);
	return parent_run(p);
}

struct options {
	const char *file;
	int	    check_only;
	int	    child;
};

static void
read_options(struct daemon_parent *p, struct options *o, int argc, char *argv[])
{
	int c;

	while ((c = getopt(argc, argv, "C:df:nR:U:vV")) != -1) {
		switch (c) {
		case 'C':
			/* Our own child; a newer program cannot be it. */
			if (strcmp(optarg, VERSION) != 0)
				exit(EX_PROTOCOL); /* worker.c says it */
			o->child = 1;
			break;
		case 'd':
			p->foreground = 1;
			break;
		case 'f':
			o->file = optarg;
			break;
		case 'n':
			o->check_only = 1;
			break;
		case 'R':
			p->ready_fd = number(p->daemon, c, optarg);
			break;
		case 'U':
			/* Ourselves, from before an upgrade. */
			p->resume_fd = number(p->daemon, c, optarg);
			break;
		case 'v':
			p->verbose = 1;
			break;
		case 'V':
			printf("%s %s\n", p->daemon->name, VERSION);
			exit(0);
		default:
			usage(p->daemon);
		}
	}
	if (argc != optind)
		usage(p->daemon);
}

/* The file is read: is it good, and if that is all that was asked for? */
static int
check_and_serve(struct daemon_parent *p, int check_only, const char *argv0)
{
	const char *why = NULL;

	if (p->daemon->check != NULL)
		why = p->daemon->check(p->now->conf);
	if (why != NULL) {
		fprintf(stderr, "%s: %s\n", p->file, why);
		return EX_CONFIG;
	}
	if (check_only) {
		/* An older program asks: could we take over from it? */
		if (p->resume_fd != -1 && p->resume_fd != UPGRADE_FORMAT)
			return EX_PROTOCOL;
		return 0;
	}
	if (p->daemon->child != NULL)
		p->program = find_program(argv0);
	return serve(p);
}

static int
start(struct daemon_parent *p, int check_only, const char *argv0)
{
	struct conf	 *conf;
	struct conf_text *text;

	conf = conf_read(p->file, &text, say_stderr, NULL);
	if (conf == NULL) {
		conf_text_free(text);
		return EX_CONFIG;
	}
	p->now = generation_new(p, conf, text);
	return check_and_serve(p, check_only, argv0);
}

/* We run in the place of another, in the same process. */
static int
resume(struct daemon_parent *p, const char *argv0)
{
	/* What goes wrong now must not be said to nobody. */
	if (!p->foreground)
		log_init(p->daemon->name, LOG_TARGET_SYSLOG,
		    p->daemon->facility);
	p->program = find_program(argv0);
	if (!parent_has_crowd(p) || resume_read(p) == -1)
		return EX_SOFTWARE;
	umask(022);
	return parent_run(p);
}

int
daemon_main(const struct daemon *d, int argc, char *argv[])
{
	struct daemon_parent p;
	struct options	     o = { .file = CONF_FILE };
	int		     status;

	sane_stdio();
	memset(&p, 0, sizeof(p));
	p.daemon = d;
	p.ready_fd = p.started_fd = p.resume_fd = -1;
	TAILQ_INIT(&p.generations);
	TAILQ_INIT(&p.workers);
	TAILQ_INIT(&p.listeners);
	log_init(d->name, LOG_TARGET_STDERR, d->facility);
	read_options(&p, &o, argc, argv);
	if (o.child)
		return child_run(d);
	log_verbose(p.verbose);
	p.file = absolute(o.file);
	if (p.resume_fd != -1 && !o.check_only)
		status = resume(&p, argv[0]);
	else
		status = start(&p, o.check_only, argv[0]);
	generation_unref(&p, p.now);
	free(p.program);
	free(p.file);
	return status;
}
