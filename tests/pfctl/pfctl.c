/* SPDX-License-Identifier: ISC */
#include "standin.h"

#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

extern char **environ;

/* Whoever runs us as root must hand on neither environment nor files. */
static void
check_caller(void)
{
	char **e;
	int    fd;

	for (e = environ; *e != NULL; e++) {
		if (strncmp(*e, "PATH=", 5) != 0 &&
		    strncmp(*e, "LC_ALL=", 7) != 0)
			wrong("the environment is not clean");
	}
	for (fd = 3; fd < 256; fd++) {
		if (fcntl(fd, F_GETFD) != -1)
			wrong("a descriptor was handed on");
	}
}

static void
once(const char **where, const char *value)
{
	if (*where != NULL)
		wrong("the same option twice");
	*where = value;
}

static void
read_options(int argc, char *argv[])
{
	int c;

	while ((c = getopt(argc, argv, "+f:k:nqs:T:t:v")) != -1) {
		switch (c) {
		case 'f':
			once(&cmd.file, optarg);
			break;
		case 'k':
			if (cmd.nkill == 2)
				wrong("more than two -k");
			cmd.kill[cmd.nkill++] = optarg;
			break;
		case 'n':
			cmd.dry = 1;
			break;
		case 'q':
			cmd.quiet = 1;
			break;
		case 's':
			once(&cmd.show, optarg);
			break;
		case 'T':
			once(&cmd.verb, optarg);
			break;
		case 't':
			once(&cmd.table, optarg);
			break;
		case 'v':
			cmd.verbose++;
			break;
		default:
			wrong("an option that is not known here");
		}
	}
}

int
main(int argc, char *argv[])
{
	int code;

	cmd.argc = argc;
	cmd.argv = argv;
	umask(022);
	record("log", NULL);
	if (geteuid() != 0)
		die("/dev/pf: Permission denied");
	check_caller();
	(void)mkdir(ROOT "/tables", 0755);
	read_options(argc, argv);
	argc -= optind;
	argv += optind;
	if ((cmd.verb != NULL) + (cmd.show != NULL) + (cmd.nkill > 0) != 1)
		wrong("not exactly one of -T, -s and -k");
	if (cmd.verb == NULL &&
	    (argc > 0 || cmd.file != NULL || cmd.table != NULL))
		wrong("too many arguments");
	faults_at_start(cmd.verb != NULL ? cmd.verb :
		cmd.show != NULL	 ? cmd.show :
					   "kill");
	if (cmd.verb != NULL)
		code = run_verb(argc, argv);
	else if (cmd.show != NULL)
		code = run_show();
	else
		code = run_kill();
	if (fflush(stdout) == EOF)
		die("stdout: %s", strerror(errno));
	return code;
}
