/* SPDX-License-Identifier: ISC */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "action.h"
#include "explain_token.h"
#include "line.h"
#include "log.h"
#include "logline.h"
#include "logopen.h"
#include "token.h"

#define PROGRAM	  "postern-milter"
#define VALUE_LEN LINE_MAX_LEN

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/*
 * The record in a line of the log, or NULL.  The first ": " ends the name of
 * the program that logged it (a time of day has no space behind its colons),
 * so that no other program's words can pass for a record.  What systemd reads
 * from standard error has the name twice: its own and ours.
 */
static char *
find_record(char *line)
{
	static const char twice[] = PROGRAM ": ";
	char		 *colon, *tag, *bracket, *record, word[16];
	size_t		  n;

	if ((colon = strstr(line, ": ")) == NULL)
		return NULL;
	*colon = '\0';
	tag = strrchr(line, ' ');
	tag = tag == NULL ? line : tag + 1;
	if ((bracket = strchr(tag, '[')) != NULL) {
		n = strspn(bracket + 1, "0123456789");
		if (n == 0 || strcmp(bracket + 1 + n, "]") != 0)
			return NULL;
		*bracket = '\0';
	}
	if (strcmp(tag, PROGRAM) != 0)
		return NULL;
	*tag = '\0'; /* what is left of line is time and host */

	record = colon + 2;
	if (strncmp(record, twice, sizeof(twice) - 1) == 0)
		record += sizeof(twice) - 1;
	n = strcspn(record, " ");
	if (n >= sizeof(word))
		return NULL;
	memcpy(word, record, n);
	word[n] = '\0';
	return action_parse(word) != -1 ? record : NULL;
}

/* A key of the record, and the sentence around its value. */
static const struct {
	const char *key;
	const char *before, *behind;
} rows[] = {
	{ "client", "The client's address was ", "." },
	{ "port", "It came from port ", "." },
	{ "helo", "It called itself ", "." },
	{ "result", "The result of its reverse DNS was ", "." },
	{ "name", "The confirmed name is ", "." },
	{ "names", "The names of its PTR records are ", "." },
	{ "why", "The reason is: ", "." },
	{ "rule", "The line that decided is ", "." },
	{ "from", "The sender was ", "." },
	{ "rcpt", "The recipient was ", "." },
	{ "rcpts", "Recipients in all: ", "." },
	{ "refused", "Of these refused: ", "." },
	{ "exempt", "Let in only because they are exempt: ", "." },
	{ "messages", "Messages that were let in: ", "." },
	{ "queue", "The queue id of the last one is ", "." },
	{ "forged", "Forged Authentication-Results removed: ", "." },
	{ "auth", "Authenticated: ", "." },
	{ "observe", "Only observing: ", "." },
	{ "ms", "The lookup took ", " ms." },
	{ "score", "The score of the DNS lists was ", "." },
	{ "lists", "It was in these lists: ", "." },
	{ "dnsbl", "DNS lists that listed it or could not say: ", "." },
	{ "protected", "Protected, so that nothing blocks it: ", "." },
	{ "nat", "Only observed, for NAT hides who it was: ", "." },
	{ "dnssec", "Validated by DNSSEC: ", "." },
};

static const struct {
	const char *word;
	const char *says;
	const char *would;
} verdicts[] = {
	{ "accept", "The verdict was accept: its mail is let in.", NULL },
	{ "tag",
	    "The verdict was tag: its mail is let in, marked "
	    "with X-Postern.",
	    NULL },
	{ "tempfail", "The verdict was tempfail: it is told to try again.",
	    "The verdict was tempfail: it would have been told to try "
	    "again." },
	{ "hold", "The verdict was hold: its mail goes into the hold queue.",
	    "The verdict was hold: its mail would have gone into the hold "
	    "queue." },
	{ "reject", "The verdict was reject: its mail is refused.",
	    "The verdict was reject: its mail would have been refused." },
};

static int
is_observing(const char *record)
{
	char value[VALUE_LEN];

	return line_find(record, "observe", value, sizeof(value)) > 0 &&
	    strcmp(value, "yes") == 0;
}

static void
tell_verdict(const char *record, FILE *out)
{
	const char *says;
	size_t	    i, n;

	n = strcspn(record, " ");
	for (i = 0; i < nitems(verdicts); i++) {
		if (strlen(verdicts[i].word) != n ||
		    strncmp(verdicts[i].word, record, n) != 0)
			continue;
		says = verdicts[i].says;
		if (verdicts[i].would != NULL && is_observing(record))
			says = verdicts[i].would;
		fprintf(out, "%s\n", says);
	}
}

/* Undoing the quotes brought foreign bytes back: not to the terminal. */
static void
tell_fields(const char *record, FILE *out)
{
	char	    value[VALUE_LEN], clean[4 * VALUE_LEN];
	const char *before;
	size_t	    i;
	long	    n;
	int	    observing = is_observing(record);

	for (i = 0; i < nitems(rows); i++) {
		n = line_find(record, rows[i].key, value, sizeof(value));
		if (n <= 0)
			continue;
		if (strcmp(rows[i].key, "result") == 0 &&
		    strcmp(value, "none") == 0) {
			fputs("Its reverse DNS was not asked: the address "
			      "decided.\n",
			    out);
			continue;
		}
		before = rows[i].before;
		if (observing && strcmp(rows[i].key, "refused") == 0)
			before = "Of these would have been refused: ";
		fprintf(out, "%s%s%s\n", before,
		    line_clean(clean, sizeof(clean), value, (size_t)n),
		    rows[i].behind);
	}
}

/* when: time and host as the log has them. */
static void
tell(const char *when, const char *record, const char *token, FILE *out)
{
	char   clean[4 * LOGLINE_LEN];
	size_t n;

	n = strlen(when);
	while (n > 0 && when[n - 1] == ' ')
		n--;
	fprintf(out, "Session %s", token);
	if (n > 0)
		fprintf(out, ", logged at %s",
		    line_clean(clean, sizeof(clean), when, n));
	fprintf(out, ".\n");
	tell_verdict(record, out);
	tell_fields(record, out);
}

/* 0, 1 if it is not there, or EX_NOINPUT. */
static int
search(FILE *fp, const char *name, const char *token, FILE *out)
{
	char   line[LOGLINE_LEN], value[VALUE_LEN];
	char  *record;
	size_t n;

	while (logline_read(fp, line, &n)) {
		if ((record = find_record(line)) == NULL ||
		    line_find(record, "token", value, sizeof(value)) <= 0 ||
		    strcmp(value, token) != 0)
			continue;
		tell(line, record, token, out);
		return 0;
	}
	if (ferror(fp))
		return EX_NOINPUT;
	log_warnx("no session with the token %s in %s", token, name);
	return 1;
}

int
explain_token(const char *token, const char *maillog, FILE *out)
{
	FILE  *fp;
	char   upper[TOKEN_LEN];
	size_t i;
	int    ret;

	for (i = 0; i < sizeof(upper) - 1 && token[i] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)token[i]);
	upper[i] = '\0';
	if (token[i] != '\0' || !token_valid(upper)) {
		log_warnx("\"%s\" is neither an address nor a token", token);
		return EX_USAGE;
	}
	if ((fp = logopen(maillog)) == NULL)
		return EX_NOINPUT;
	if (strcmp(maillog, "-") == 0)
		maillog = "standard input";
	ret = search(fp, maillog, upper, out);
	fclose(fp);
	return ret;
}
