/* SPDX-License-Identifier: ISC */
#include "resolver_log.h"

#include <stdint.h>
#include <string.h>

#include "clock.h"
#include "dnsbl.h"
#include "log.h"
#include "resolver.h"

#define COMPLAINTS_MAX 10 /* lines in a minute */
#define HIDDEN_MAX     (4 * DNSBLS_MAX)

static FILE *fp;

/* What was hidden last longest ago, by a file long gone, makes room. */
static struct {
	char	     zone[DNSBL_ZONE_LEN];
	unsigned int when; /* 0: free */
} hidden[HIDDEN_MAX];

void
resolver_hide(const char *zone)
{
	static unsigned int now;
	unsigned int	    i, place = 0;

	for (i = 0; i < HIDDEN_MAX; i++) {
		if (strcmp(hidden[i].zone, zone) == 0) {
			place = i;
			break;
		}
		if (hidden[i].when < hidden[place].when)
			place = i;
	}
	strlcpy(hidden[place].zone, zone, sizeof(hidden[place].zone));
	hidden[place].when = ++now;
}

static int
tells(const char *text)
{
	unsigned int i;

	for (i = 0; i < HIDDEN_MAX; i++) {
		if (dnsbl_tells(text, hidden[i].zone))
			return 1;
	}
	return 0;
}

void
resolver_log_debug(const char *what, const char *name)
{
	log_debug("resolver: %s: %s", what,
	    tells(name) ? "(of a dnsbl)" : name);
}

/*
 * What libunbound has to say, line by line.  Errors are for the log, the
 * rest is for -v; and since a peer may cause an error, only so many.
 */
static void
complain(const char *line)
{
	static int64_t	    minute;
	static unsigned int said;
	const char	   *text;

	if (tells(line))
		return;
	if ((text = strstr(line, "error: ")) == NULL) {
		log_debug("resolver: %s", line);
		return;
	}
	if (clock_ms() / 60000 != minute) {
		minute = clock_ms() / 60000;
		said = 0;
	}
	if (++said < COMPLAINTS_MAX)
		log_warnx("resolver: %s", text + strlen("error: "));
	else if (said == COMPLAINTS_MAX)
		log_warnx("resolver: more errors are not shown for a minute");
}

static int
write_log(void *cookie, const char *buf, int size)
{
	char   text[LOG_TEXT_MAX], *line, *rest;
	size_t len = (size_t)size;

	(void)cookie;
	if (size < 0)
		return -1;
	if (len >= sizeof(text))
		len = sizeof(text) - 1;
	memcpy(text, buf, len);
	text[len] = '\0';
	rest = text;
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (*line != '\0')
			complain(line);
	}
	return size;
}

/* By us, or by libunbound, which may think that the stream is its own. */
static int
close_log(void *cookie)
{
	(void)cookie;
	fp = NULL;
	return 0;
}

FILE *
resolver_log(void)
{
	if (fp != NULL)
		return fp;
	if ((fp = funopen(NULL, NULL, write_log, NULL, close_log)) == NULL) {
		log_warn("resolver");
		return NULL;
	}
	setvbuf(fp, NULL, _IOLBF, LOG_TEXT_MAX);
	return fp;
}

void
resolver_log_close(void)
{
	if (fp != NULL)
		fclose(fp);
}
