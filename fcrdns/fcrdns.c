/* SPDX-License-Identifier: ISC */
/*
 * fcrdns(1): addresses in, one line each out.  Works without any daemon.
 */
#include <err.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "addr.h"
#include "batch.h"
#include "conf.h"
#include "fcrdns_conf.h"
#include "iprev.h"
#include "line.h"
#include "log.h"

#define INFLIGHT 200
#define DNS_PORT 53

struct options {
	const char	     *file; /* of -f, or NULL */
	int		      json;
	int		      verbose;
	int		      check;  /* -n */
	int		      server; /* -s was given */
	struct fcrdns_forward forward;
};

struct input {
	char	      buf[1024];
	size_t	      len;
	unsigned long line;
	int	      eof;
};

struct work {
	const struct options *options;
	char		    **args;
	struct input	      input;
	int		      failed, temperror, bad;
};

static void
usage(void)
{
	fprintf(stderr,
	    "usage: fcrdns [-djnvV] [-f file] [-s address[@port]] "
	    "address ...\n");
	exit(EX_USAGE);
}

/* address[@port] */
static void
parse_server(struct options *o, const char *text)
{
	char	    addr[ADDR_LEN];
	const char *at, *why = NULL;
	size_t	    len = strcspn(text, "@");

	o->server = 1;
	o->forward.port = DNS_PORT;
	at = text[len] == '@' ? text + len + 1 : NULL;
	if (at != NULL)
		o->forward.port = (uint16_t)strtonum(at, 1, UINT16_MAX, &why);
	if (why != NULL)
		errx(EX_USAGE, "-s %s: the port is %s", text, why);
	if (len >= sizeof(addr))
		len = sizeof(addr) - 1;
	memcpy(addr, text, len);
	addr[len] = '\0';
	if (addr_parse(&o->forward.addr, addr) == -1)
		errx(EX_USAGE, "-s %s: not a numeric address", text);
}

static void
parse_options(struct options *o, int argc, char *argv[])
{
	int ch;

	while ((ch = getopt(argc, argv, "df:jns:vV")) != -1) {
		switch (ch) {
		case 'd': /* there is no background to stay out of */
			break;
		case 'f':
			o->file = optarg;
			break;
		case 'j':
			o->json = 1;
			break;
		case 'n':
			o->check = 1;
			break;
		case 's':
			parse_server(o, optarg);
			break;
		case 'v':
			if (o->verbose++ > 0)
				log_verbose(1);
			break;
		case 'V':
			printf("fcrdns %s\n", VERSION);
			exit(0);
		default:
			usage();
		}
	}
}

static void
say(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

/* The file, or the defaults if nobody asked for a file and there is none. */
static struct conf *
read_conf(const struct options *o)
{
	struct conf	 *conf;
	struct conf_text *text;

	if (o->file == NULL && access(CONF_FILE, F_OK) == -1) {
		text = conf_text_new();
		conf_text_add(text, CONF_FILE, "", 0);
		conf = conf_parse(text, say, NULL);
		conf_text_free(text);
	} else
		conf = conf_read(o->file != NULL ? o->file : CONF_FILE, NULL,
		    say, NULL);
	if (conf == NULL)
		exit(EX_CONFIG);
	return conf;
}

static void
check_args(char *args[])
{
	struct addr addr;
	char	    text[128];
	int	    bad = 0;

	for (; *args != NULL; args++) {
		if (strcmp(*args, "-") == 0 || addr_parse(&addr, *args) == 0)
			continue;
		warnx("%s: not a numeric address",
		    line_clean(text, sizeof(text), *args, strlen(*args)));
		bad = 1;
	}
	if (bad)
		exit(EX_USAGE);
}

/* A line of standard input that names an address: 1. */
static int
parse_line(struct work *w, char *line, struct addr *addr)
{
	char   text[128];
	size_t len;

	w->input.line++;
	line += strspn(line, " \t");
	len = strlen(line);
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		line[--len] = '\0';
	if (*line == '\0' || *line == '#')
		return 0;
	if (addr_parse(addr, line) == 0)
		return 1;
	warnx("line %lu: %s: not a numeric address", w->input.line,
	    line_clean(text, sizeof(text), line, strlen(line)));
	w->bad = 1;
	return 0;
}

/* The next line, its newline replaced by a NUL; -1: no whole one is there. */
static int
cut_line(struct input *in, char line[sizeof(in->buf) + 1])
{
	char  *end;
	size_t len;

	if ((end = memchr(in->buf, '\n', in->len)) != NULL)
		len = (size_t)(end - in->buf);
	else if (in->len == sizeof(in->buf) || (in->eof && in->len > 0))
		len = in->len; /* too long, or the last one */
	else
		return -1;
	memcpy(line, in->buf, len);
	line[len] = '\0';
	if (end != NULL)
		len++;
	in->len -= len;
	memmove(in->buf, in->buf + len, in->len);
	return 0;
}

static enum batch_next
next_of_input(struct work *w, struct addr *addr)
{
	struct input *in = &w->input;
	struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };
	char	      line[sizeof(in->buf) + 1];
	ssize_t	      n;

	for (;;) {
		while (cut_line(in, line) == 0) {
			if (parse_line(w, line, addr))
				return BATCH_ADDRESS;
		}
		if (in->eof)
			return BATCH_END;
		/* Whoever waits here lets the answers wait. */
		if (poll(&pfd, 1, 0) == 0)
			return BATCH_LATER;
		n = read(STDIN_FILENO, in->buf + in->len,
		    sizeof(in->buf) - in->len);
		if (n == -1)
			warn("standard input");
		if (n <= 0)
			in->eof = 1;
		else
			in->len += (size_t)n;
	}
}

static enum batch_next
next(void *arg, struct addr *addr)
{
	struct work    *w = arg;
	enum batch_next res;

	for (; *w->args != NULL; w->args++) {
		if (strcmp(*w->args, "-") != 0) {
			addr_parse(addr, *w->args++);
			return BATCH_ADDRESS;
		}
		if ((res = next_of_input(w, addr)) != BATCH_END)
			return res;
	}
	return BATCH_END;
}

static const char *
reason(const struct findings *f)
{
	return f->iprev == IPREV_PASS ? "-" : cause_text(f->cause);
}

static void
print_text(const struct findings *f, int verbose)
{
	char	     addr[ADDR_LEN];
	const char  *name;
	unsigned int i;

	name = findings_confirmed(f);
	printf("%s\t%s\t%s\t%s\n", addr_print(&f->addr, addr),
	    iprev_name(f->iprev), name != NULL ? name : "-", reason(f));
	if (!verbose)
		return;
	for (i = 0; i < f->nnames; i++)
		printf("\t%s\t%s\n", f->names[i].name,
		    name_state_name(f->names[i].state));
	if (f->ninvalid > 0)
		printf("\t(%u of %u PTR records are no host names)\n",
		    f->ninvalid, f->nptrs);
}

/* Nothing here needs escaping: host names, addresses, words of ours. */
static void
print_json(const struct findings *f)
{
	char	     addr[ADDR_LEN];
	const char  *name;
	unsigned int i;

	printf("{\"address\":\"%s\",\"result\":\"%s\",\"name\":",
	    addr_print(&f->addr, addr), iprev_name(f->iprev));
	if ((name = findings_confirmed(f)) != NULL)
		printf("\"%s\"", name);
	else
		printf("null");
	printf(",\"reason\":\"%s\",\"names\":[", reason(f));
	for (i = 0; i < f->nnames; i++)
		printf("%s{\"name\":\"%s\",\"state\":\"%s\"}", i > 0 ? "," : "",
		    f->names[i].name, name_state_name(f->names[i].state));
	printf("],\"dnssec\":\"%s\"}\n", dnssec_name(f->dnssec));
}

static void
done(void *arg, const struct findings *f)
{
	struct work *w = arg;

	if (w->options->json)
		print_json(f);
	else
		print_text(f, w->options->verbose);
	if (f->iprev == IPREV_TEMPERROR)
		w->temperror = 1;
	else if (f->iprev != IPREV_PASS)
		w->failed = 1;
	if (fflush(stdout) == EOF)
		err(EX_IOERR, "standard output");
}

static int
status(const struct work *w)
{
	if (w->bad)
		return EX_DATAERR;
	if (w->failed)
		return 1;
	return w->temperror ? EX_TEMPFAIL : 0;
}

int
main(int argc, char *argv[])
{
	struct options	   o = { .json = 0 };
	struct work	   w = { .options = &o };
	struct batch	   batch = { .next = next,
		      .done = done,
		      .fd = STDIN_FILENO,
		      .arg = &w };
	struct conf	  *conf;
	struct fcrdns_conf fconf;
	int		   ret;

	log_init("fcrdns", LOG_TARGET_STDERR, LOG_USER);
	parse_options(&o, argc, argv);
	w.args = argv + optind;
	if (*w.args == NULL && !o.check)
		usage();
	check_args(w.args);
	conf = read_conf(&o);
	if (o.check) {
		conf_unref(conf);
		return 0;
	}
	fconf = *fcrdns_conf(conf);
	if (o.server) {
		fconf.forwards = &o.forward;
		fconf.nforwards = 1;
		fconf.dnssec = 0;
	}
	ret = batch_run(&fconf, INFLIGHT, &batch);
	conf_unref(conf);
	return ret == -1 ? EX_OSERR : status(&w);
}
