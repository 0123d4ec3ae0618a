/* SPDX-License-Identifier: ISC */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gate.h"
#include "line.h"
#include "log.h"

#define CLEAN_LEN (4 * LEASE_TEXT_LEN) /* every byte as \xNN */

static const char *
before(enum say_how how)
{
	switch (how) {
	case SAY_WOULD:
		return "would have ";
	case SAY_FILE_ONLY:
		return "in the file only: ";
	case SAY_DONE:
		break;
	}
	return "";
}

/* One that was revoked needs no reason. */
static void
say_event(const struct gate_event *e, enum say_how how, FILE *fp)
{
	const struct lease *l = &e->lease;
	char		    prefix[PREFIX_LEN], time[LEASE_TIME_LEN];
	char		    why[CLEAN_LEN];

	fprintf(fp, "%s%s %s", before(how), e->word,
	    prefix_print(&l->prefix, prefix));
	if (!l->ended)
		fprintf(fp, "%s %s", l->until == LEASE_FOREVER ? "" : " until",
		    lease_time(l->until, time));
	if (l->why[0] != '\0' && strcmp(e->word, "revoked") != 0)
		fprintf(fp, " (%s)",
		    line_clean(why, sizeof(why), l->why, strlen(l->why)));
	fputc('\n', fp);
}

static void
say_ended(const struct gate *g)
{
	if (g->ended == 0)
		return;
	log_info("ended sessions=%zu", g->ended);
	if (!g->quiet)
		printf("ended %zu session%s\n", g->ended,
		    g->ended == 1 ? "" : "s");
}

void
say_events(const struct gate *g, enum say_how how)
{
	size_t i;

	for (i = 0; i < g->nevents && !g->quiet; i++)
		say_event(&g->event[i], how,
		    how == SAY_FILE_ONLY ? stderr : stdout);
	say_ended(g);
	if (how == SAY_FILE_ONLY && !g->quiet)
		fprintf(stderr,
		    "the leases stand, the firewall does not "
		    "follow: run \"imapgate sync\" when it can\n");
}

void
say_sync(const struct gate *g, const struct gate_sync *s)
{
	const char *es = s->wanted == 1 ? "" : "es";

	if (s->added + s->removed == 0) {
		if (s->tell)
			printf("the firewall is equal to the file: "
			       "%zu prefix%s\n",
			    s->wanted, es);
		return;
	}
	if (g->how == GATE_CHANGE)
		log_info("synced prefixes=%zu added=%zu removed=%zu", s->wanted,
		    s->added, s->removed);
	if (s->tell)
		printf("%s made %s to the file: %zu prefix%s, %zu added, "
		       "%zu removed\n",
		    g->how == GATE_LOOK ? "would have" : "the firewall was",
		    g->how == GATE_LOOK ? "the firewall equal" : "equal",
		    s->wanted, es, s->added, s->removed);
}

static const char *
or_nothing(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

void
say_log(const struct gate *g)
{
	const struct lease *l;
	struct line	    line;
	char		    prefix[PREFIX_LEN], time[LEASE_TIME_LEN];
	size_t		    i;

	for (i = 0; i < g->nevents; i++) {
		l = &g->event[i].lease;
		line_init(&line);
		line_word(&line, g->event[i].word);
		line_field(&line, "address", prefix_print(&l->prefix, prefix),
		    PREFIX_LEN);
		line_field(&line, "until", lease_time(l->until, time),
		    LEASE_TIME_LEN);
		line_field(&line, "who", or_nothing(l->who), LEASE_TEXT_LEN);
		line_field(&line, "from", or_nothing(l->from), LEASE_TEXT_LEN);
		line_field(&line, "why", or_nothing(l->why), LEASE_TEXT_LEN);
		log_info("%s", line.buf);
	}
}

void
say_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("note: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}
