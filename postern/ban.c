/* SPDX-License-Identifier: ISC */
#include "ban.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "addr.h"
#include "ban_line.h"
#include "conf.h"
#include "date.h"
#include "folder.h"
#include "journal.h"
#include "json.h"
#include "lists_conf.h"
#include "log.h"
#include "protect.h"
#include "units.h"

#define LONGEST (10LL * 365 * 86400) /* the longest that a command may say */
#define REFUSED 1
#define WHO	"root"

struct request {
	const char   *verb;
	const char   *file;
	int	      json, right;
	int	      is_any; /* there is a prefix */
	struct prefix prefix;
	char	      shown[PREFIX_LEN]; /* as "banned" tells it */
	long long     length;		 /* 0: not said */
	char	      why[BAN_WHY_LEN];
	struct conf  *conf;
};

static void
say_stderr(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

static int
usage(const struct request *r)
{
	if (strcmp(r->verb, "ban") == 0)
		fprintf(stderr,
		    "usage: postern ban [-jy] [-f file] address [for time] "
		    "[because text]\n       postern ban -y [-f file]\n");
	else
		fprintf(stderr,
		    "usage: postern unban [-j] [-f file] address\n");
	return EX_USAGE;
}

/* --- words --------------------------------------------------------------- */

static int
read_prefix(struct request *r, const char *text)
{
	const char *wrong;

	if ((wrong = prefix_parse(&r->prefix, text)) != NULL) {
		log_warnx("\"%s\": %s", text, wrong);
		return -1;
	}
	r->is_any = 1;
	r->prefix = ban_line_prefix(&r->prefix);
	ban_line_print(&r->prefix, r->shown);
	return 0;
}

static int
read_length(struct request *r, const char *text)
{
	const char *wrong = units_duration(&r->length, text);

	if (wrong == NULL && (r->length < 1 || r->length > LONGEST))
		wrong = "is not from 1s to 10y";
	if (wrong == NULL)
		return 0;
	log_warnx("for \"%s\": %s", text, wrong);
	return -1;
}

/* The rest, whether the shell has seen quotes or not. */
static void
read_why(struct request *r, int argc, char *argv[])
{
	char text[4 * BAN_WHY_LEN] = "";
	int  i;

	for (i = 0; i < argc; i++) {
		if (i > 0)
			strlcat(text, " ", sizeof(text));
		strlcat(text, argv[i], sizeof(text));
	}
	ban_line_why(r->why, text);
}

static int
read_words(struct request *r, int argc, char *argv[])
{
	int is_ban = strcmp(r->verb, "ban") == 0;

	if (argc == 0)
		return is_ban && r->right ? 0 : usage(r);
	if (read_prefix(r, argv[0]) == -1)
		return EX_USAGE;
	argc--;
	argv++;
	if (is_ban && argc >= 2 && strcmp(argv[0], "for") == 0) {
		if (read_length(r, argv[1]) == -1)
			return EX_USAGE;
		argc -= 2;
		argv += 2;
	}
	if (is_ban && argc >= 2 && strcmp(argv[0], "because") == 0) {
		read_why(r, argc - 1, argv + 1);
		argc = 0;
	}
	return argc == 0 ? 0 : usage(r);
}

static int
read_all(struct request *r, int argc, char *argv[])
{
	int c;

	optreset = optind = 1;
	/* "because -j" is no option. */
	while ((c = getopt(argc, argv, "+f:jy")) != -1) {
		if (c == 'f')
			r->file = optarg;
		else if (c == 'j')
			r->json = 1;
		else if (c == 'y' && strcmp(r->verb, "ban") == 0)
			r->right = 1;
		else
			return usage(r);
	}
	return read_words(r, argc - optind, argv + optind);
}

/* --- saying -------------------------------------------------------------- */

static void
json_string(const char *key, const char *text)
{
	putchar(',');
	json_member(stdout, key, text);
}

static void
json_ban(const struct request *r, const struct ban *b)
{
	char text[DATE_RFC3339_LEN], prefix[BAN_PREFIX_LEN];

	printf("{\"asked\":\"%s\",\"banned\":true", r->shown);
	json_string("prefix", ban_line_print(&b->prefix, prefix));
	json_string("since", date_rfc3339(b->since, text));
	json_string("until", date_rfc3339(b->until, text));
	printf(",\"times\":%u", b->times);
	json_string("who", b->who);
	json_string("why", b->why);
	printf("}\n");
}

static void
say_ban(const struct request *r, const struct ban *b)
{
	char until[DATE_RFC3339_LEN], prefix[BAN_PREFIX_LEN];

	date_rfc3339(b->until, until);
	ban_line_print(&b->prefix, prefix);
	if (r->json)
		json_ban(r, b);
	else if (b->prefix.bits == r->prefix.bits)
		printf("%s banned until %s\n", prefix, until);
	else
		printf("%s banned, and with it %s until %s: %s\n", r->shown,
		    prefix, until, b->why);
}

static int
refuse(const struct request *r, const char *what, const char *why)
{
	char text[256], prefix[PREFIX_LEN];

	snprintf(text, sizeof(text), "%s%s", what, why);
	if (r->json) {
		printf("{\"asked\":\"%s\",\"banned\":false", r->shown);
		json_string("refused", text);
		printf("}\n");
	}
	log_warnx("%s %s", prefix_print(&r->prefix, prefix), text);
	return REFUSED;
}

static int
not_written(const struct request *r, const char *is)
{
	log_warnx("it could not be written: %s is %s", r->shown, is);
	return EX_TEMPFAIL;
}

/* --- doing --------------------------------------------------------------- */

static int
banned(const struct request *r, enum journal_result result, const struct ban *b)
{
	switch (result) {
	case JOURNAL_DONE:
		say_ban(r, b);
		return 0;
	case JOURNAL_LATE:
		log_warnx("%s is banned, but no door knows it yet: bans.set "
			  "could not be written",
		    r->shown);
		return EX_TEMPFAIL;
	case JOURNAL_FULL:
		return refuse(r, "cannot be banned: ", "there are 200000 bans");
	case JOURNAL_WIDE:
		return refuse(r, "", ban_line_too_wide(&r->prefix));
	case JOURNAL_ABSENT:
	case JOURNAL_FAILED:
		break;
	}
	return not_written(r, "not banned");
}

static int
confirm(const struct request *r, const struct folder *folder)
{
	switch (journal_right(folder, bans_conf(r->conf), WHO)) {
	case JOURNAL_DONE:
		return 0;
	default:
		log_warnx("it could not be written that the clock is right");
		return EX_TEMPFAIL;
	}
}

static int
do_ban(const struct request *r, const struct folder *folder)
{
	struct journal_ban j = { .prefix = r->prefix, .length = r->length };
	struct ban	   out;
	int		   code;

	if (r->right && (code = confirm(r, folder)) != 0)
		return code;
	if (!r->is_any)
		return 0;
	memset(&out, 0, sizeof(out));
	j.repeats = r->length == 0;
	j.who = WHO;
	j.why = r->why;
	return banned(r, journal_ban(folder, bans_conf(r->conf), &j, &out),
	    &out);
}

static void
say_unban(const struct request *r, int was, const struct ban *still)
{
	char prefix[BAN_PREFIX_LEN] = "";
	int  is = still->prefix.addr.family != ADDR_NONE;

	if (is)
		ban_line_print(&still->prefix, prefix);
	if (r->json) {
		printf("{\"asked\":\"%s\",\"unbanned\":%s", r->shown,
		    was ? "true" : "false");
		if (is)
			json_string("still", prefix);
		printf("}\n");
	} else
		printf("%s %s%s%s\n", r->shown,
		    was	   ? "unbanned" :
			is ? "has no ban of its own" :
			     "is not banned",
		    is ? "; still banned by " : "", prefix);
}

static int
do_unban(const struct request *r, const struct folder *folder)
{
	struct ban	    still;
	enum journal_result result;

	result =
	    journal_unban(folder, bans_conf(r->conf), &r->prefix, WHO, &still);
	switch (result) {
	case JOURNAL_DONE:
		say_unban(r, 1, &still);
		return 0;
	case JOURNAL_ABSENT:
		say_unban(r, 0, &still);
		return still.prefix.addr.family != ADDR_NONE ? REFUSED : 0;
	case JOURNAL_WIDE:
		return refuse(r, "", ban_line_too_wide(&r->prefix));
	case JOURNAL_LATE:
		log_warnx("%s is not banned any more, but the doors do not "
			  "know it yet: bans.set could not be written",
		    r->shown);
		return EX_TEMPFAIL;
	case JOURNAL_FULL:
	case JOURNAL_FAILED:
		break;
	}
	return not_written(r, "as it was");
}

/* As the lists user from here on: the folder is his. */
static int
in_folder(const struct request *r,
    int (*fn)(const struct request *, const struct folder *))
{
	struct folder folder;
	int	      code;

	if ((code = folder_open(&folder, r->conf, 1)) != 0)
		return code == EX_CANTCREAT ? EX_TEMPFAIL : code;
	code = fn(r, &folder);
	journal_close();
	folder_close(&folder);
	if (fflush(stdout) == EOF && code == 0)
		code = EX_IOERR;
	return code;
}

/* Root, and the file is good. */
static int
prepare(struct request *r)
{
	if (geteuid() != 0) {
		log_warnx("%s: only root may", r->verb);
		return EX_NOPERM;
	}
	r->conf = conf_read(r->file, NULL, say_stderr, NULL);
	return r->conf == NULL ? EX_CONFIG : 0;
}

static int
guarded_ban(const struct request *r)
{
	const char *why;

	if (r->is_any) {
		if ((why = ban_line_too_wide(&r->prefix)) != NULL)
			return refuse(r, "", why);
		if ((why = protect_why(r->conf, &r->prefix)) != NULL)
			return refuse(r, "is protected: ", why);
		/* Doors shall know it before they know the ban. */
		(void)protect_refresh(r->conf, NULL);
	}
	return in_folder(r, do_ban);
}

int
ban_main(int argc, char *argv[], const char *file)
{
	struct request r = { .verb = "ban", .file = file };
	int	       code;

	if ((code = read_all(&r, argc, argv)) == 0 && (code = prepare(&r)) == 0)
		code = guarded_ban(&r);
	conf_unref(r.conf);
	return code;
}

int
unban_main(int argc, char *argv[], const char *file)
{
	struct request r = { .verb = "unban", .file = file };
	int	       code;

	if ((code = read_all(&r, argc, argv)) == 0 && (code = prepare(&r)) == 0)
		code = in_folder(&r, do_unban);
	conf_unref(r.conf);
	return code;
}
