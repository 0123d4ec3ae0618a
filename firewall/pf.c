/* SPDX-License-Identifier: ISC */
/*
 * OpenBSD's pf, through pfctl(8): an argument vector, no shell, addresses on
 * its standard input.
 */
#include "pf.h"

#include <inttypes.h>
#include <unistd.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pf_parse.h"

#define TABLE_NAME_MAX 31 /* pf's own limit */
#define KILL_FAILURES  3  /* a tool that hangs would do so each time */

/* What a tool that did not do its work means. */
static enum firewall_result
trouble(const struct tool *t, const char *what, char why[FIREWALL_WHY_LEN])
{
	switch (t->end) {
	case TOOL_EXITED:
		break;
	case TOOL_MISSING:
		return firewall_why(why, FIREWALL_FAILED,
		    PFCTL ": %s; is this OpenBSD?", strerror(t->code));
	case TOOL_HUNG:
		return firewall_why(why, FIREWALL_FAILED,
		    "%s: no end after %d seconds, killed", what, TOOL_SECONDS);
	case TOOL_DIED:
		return firewall_why(why, FIREWALL_FAILED,
		    "%s: ended by signal %d", what, t->code);
	case TOOL_FLOODED:
		return firewall_why(why, FIREWALL_FAILED,
		    "%s: more output than can be read", what);
	case TOOL_SYSTEM:
		return firewall_why(why, FIREWALL_FAILED, "%s: %s", what,
		    strerror(t->code));
	}
	if (strstr(t->err, "Table does not exist") != NULL)
		return FIREWALL_ABSENT;
	if (strstr(t->err, "Permission denied") != NULL ||
	    strstr(t->err, "Operation not permitted") != NULL)
		return firewall_why(why, FIREWALL_DENIED, "%s: %.300s", what,
		    t->err);
	return firewall_why(why, FIREWALL_FAILED, "%s: exit code %d: %.300s",
	    what, t->code, t->err);
}

static enum firewall_result
absent(const struct firewall *fw, char why[FIREWALL_WHY_LEN])
{
	return firewall_why(why, FIREWALL_ABSENT,
	    "pf has no table <%s>: put \"table <%s> persist\" and its rules "
	    "into /etc/pf.conf, then: pfctl -f /etc/pf.conf",
	    fw->table, fw->table);
}

enum firewall_result
pf_tool(struct tool *t, const char *const argv[],
    const struct firewall_text *in, const char *what,
    char why[FIREWALL_WHY_LEN])
{
	tool_run(t, argv, in == NULL ? NULL : in->text,
	    in == NULL ? 0 : in->len);
	if (t->end == TOOL_EXITED && t->code == 0)
		return FIREWALL_DONE;
	return trouble(t, what, why);
}

static enum firewall_result
allowed(const struct firewall *fw, char why[FIREWALL_WHY_LEN])
{
	if (geteuid() != 0)
		return firewall_why(why, FIREWALL_DENIED,
		    "only root may use pf");
	if (fw->table[0] == '\0' || strlen(fw->table) > TABLE_NAME_MAX ||
	    fw->table[0] == '-')
		return firewall_why(why, FIREWALL_FAILED,
		    "<%s> cannot be the name of a pf table", fw->table);
	return FIREWALL_DONE;
}

/* Its name, and then what it holds, in t. */
static enum firewall_result
read_table(struct tool *t, const struct firewall *fw,
    char why[FIREWALL_WHY_LEN])
{
	const char *const    argv[] = { PFCTL, "-t", fw->table, "-T", "show",
		   NULL };
	enum firewall_result result;

	memset(t, 0, sizeof(*t));
	if ((result = allowed(fw, why)) != FIREWALL_DONE)
		return result;
	result = pf_tool(t, argv, NULL, "pfctl -T show", why);
	return result == FIREWALL_ABSENT ? absent(fw, why) : result;
}

enum firewall_result
pf_table(const struct firewall *fw, char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;
	struct tool	     t;

	result = read_table(&t, fw, why);
	tool_free(&t);
	return result;
}

static enum firewall_result
pf_show(const struct firewall *fw, struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;
	struct tool	     t;
	long		     line;

	result = read_table(&t, fw, why);
	if (result == FIREWALL_DONE && (line = pf_parse_table(set, t.out)) != 0)
		result = line == -1 ?
		    firewall_why(why, FIREWALL_FAILED, "out of memory") :
		    firewall_why(why, FIREWALL_FAILED,
			"pfctl -T show: line %ld is no address of ours", line);
	tool_free(&t);
	return result;
}

/* pf would refuse the whole set, or worse, another table's next entry. */
static enum firewall_result
fits(size_t wanted, char why[FIREWALL_WHY_LEN])
{
	static const char *const argv[] = { PFCTL, "-sm", NULL };
	enum firewall_result	 result;
	struct tool		 t;
	size_t			 limit;

	result = pf_tool(&t, argv, NULL, "pfctl -sm", why);
	/* A pf that tells no limit refuses by itself. */
	if (result == FIREWALL_DONE &&
	    pf_parse_limit(&limit, t.out, "table-entries") == 0 &&
	    wanted > limit)
		result = firewall_why(why, FIREWALL_TOO_BIG,
		    "%zu prefixes, but pf's limit is %zu: put \"set limit "
		    "table-entries %zu\" into /etc/pf.conf",
		    wanted, limit, wanted * 2);
	tool_free(&t);
	return result;
}

static enum firewall_result
hand_over(const struct firewall *fw, const struct firewall_text *in,
    char why[FIREWALL_WHY_LEN])
{
	const char *const    replace[] = { PFCTL, "-q", "-t", fw->table, "-T",
		   "replace", "-f", "-", NULL };
	const char *const    flush[] = { PFCTL, "-q", "-t", fw->table, "-T",
		   "flush", NULL };
	enum firewall_result result;
	struct tool	     t;

	/* An empty file is nowhere said to be a list. */
	if (in->len > 0)
		result = pf_tool(&t, replace, in, "pfctl -T replace", why);
	else
		result = pf_tool(&t, flush, NULL, "pfctl -T flush", why);
	if (result == FIREWALL_ABSENT)
		result = absent(fw, why);
	if (result == FIREWALL_FAILED && t.end == TOOL_EXITED &&
	    strstr(t.err, "Cannot allocate memory") != NULL)
		result = firewall_why(why, FIREWALL_TOO_BIG,
		    "pf has no room: put a larger \"set limit table-entries\" "
		    "into /etc/pf.conf");
	tool_free(&t);
	return result;
}

/*
 * pfctl would make a table that is missing, one that no rule uses: so it is
 * looked for first.
 */
static enum firewall_result
pf_replace(const struct firewall *fw, const struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	struct firewall_text in = { .text = NULL };
	enum firewall_result result;
	char		     text[PREFIX_LEN];
	size_t		     i;

	if ((result = pf_table(fw, why)) != FIREWALL_DONE)
		return result;
	if ((result = fits(set->n, why)) != FIREWALL_DONE)
		return result;
	for (i = 0; i < set->n; i++)
		firewall_text_add(&in, "%s\n",
		    prefix_print(&set->prefix[i], text));
	if (in.broken)
		return firewall_why(why, FIREWALL_FAILED, "out of memory");
	result = hand_over(fw, &in, why);
	free(in.text);
	return result;
}

static int
is_gated(const struct pf_state *s, const uint16_t *ports, size_t nports)
{
	size_t i;

	for (i = 0; i < nports; i++) {
		if (s->port[0] == ports[i] || s->port[1] == ports[i])
			return 1;
	}
	return 0;
}

static enum firewall_result
kill_state(const struct pf_state *s, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	char		     id[64];
	const char *const    argv[] = { PFCTL, "-k", "id", "-k", id, NULL };
	enum firewall_result result;
	struct tool	     t;

	snprintf(id, sizeof(id), "%016" PRIx64 "/%08" PRIx32, s->id,
	    s->creator);
	result = pf_tool(&t, argv, NULL, "pfctl -k id", why);
	/* It may have ended by itself meanwhile: "killed 0 states". */
	if (result == FIREWALL_DONE && strstr(t.err, "killed 1 ") != NULL)
		(*ended)++;
	tool_free(&t);
	return result;
}

/* Every state with our port whose peer was let in and is no more. */
static enum firewall_result
kill_all(const char *states, const uint16_t *ports, size_t nports,
    const struct firewall_set *gone, const struct firewall_set *keep,
    const struct firewall_set *own, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result = FIREWALL_DONE, one;
	struct pf_state	     s;
	int		     failures = 0;

	while (failures < KILL_FAILURES && pf_parse_state(&s, &states)) {
		if (!is_gated(&s, ports, nports) ||
		    !firewall_set_contains(gone, &s.peer) ||
		    firewall_set_contains(keep, &s.peer) ||
		    firewall_set_contains(own, &s.peer))
			continue;
		one = kill_state(&s, ended, why);
		if (one != FIREWALL_DONE) {
			result = one;
			failures++;
		}
	}
	return result;
}

static enum firewall_result
pf_end_sessions(const struct firewall *fw, const uint16_t *ports, size_t nports,
    const struct firewall_set *gone, const struct firewall_set *keep,
    size_t *ended, char why[FIREWALL_WHY_LEN])
{
	static const char *const argv[] = { PFCTL, "-vvss", NULL };
	enum firewall_result	 result;
	struct firewall_set	 own;
	struct tool		 t;

	if ((result = allowed(fw, why)) != FIREWALL_DONE)
		return result;
	if (firewall_own(&own) == -1)
		return firewall_why(why, FIREWALL_FAILED, "out of memory");
	result = pf_tool(&t, argv, NULL, "pfctl -vvss", why);
	if (result == FIREWALL_DONE)
		result = kill_all(t.out, ports, nports, gone, keep, &own, ended,
		    why);
	tool_free(&t);
	firewall_set_free(&own);
	return result;
}

const struct firewall_backend firewall_pf = {
	.replace = pf_replace,
	.show = pf_show,
	.end_sessions = pf_end_sessions,
	.doctor = pf_doctor,
	.rules = pf_rules,
};
