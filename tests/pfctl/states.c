/* SPDX-License-Identifier: ISC */
#include "standin.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- what is shown ------------------------------------------------------- */

static void
copy_out(const char *name)
{
	FILE  *fp;
	char   buf[8192];
	size_t n;

	if ((fp = root_open(name, "r")) == NULL)
		return;
	while ((n = fread(buf, 1, sizeof(buf), fp)) > 0)
		fwrite(buf, 1, n, stdout);
	fclose(fp);
}

static void
show_memory(void)
{
	if (root_has("limits")) {
		FILE *fp = root_open("limits", "r");
		char  name[64], value[64];

		while (fp != NULL && fscanf(fp, "%63s %63s", name, value) == 2)
			printf("%-13s %s%8s\n", name,
			    strcmp(value, "unlimited") == 0 ? "" :
							      "hard limit ",
			    value);
		if (fp != NULL)
			fclose(fp);
		return;
	}
	printf("states        hard limit   100000\n"
	       "src-nodes     hard limit    10000\n"
	       "frags         hard limit    65536\n"
	       "tables        hard limit     1000\n"
	       "table-entries hard limit %8ld\n",
	    TABLE_LIMIT);
}

/* The state file holds what -vvss prints; less is shown with fewer -v. */
static void
show_states(void)
{
	FILE *fp;
	char  line[LINE_LEN];

	if ((fp = root_open("states", "r")) == NULL)
		return;
	while (fgets(line, sizeof(line), fp) != NULL) {
		if (line[0] != ' ' || cmd.verbose > 1 ||
		    (cmd.verbose == 1 && strstr(line, " id: ") == NULL))
			fputs(line, stdout);
	}
	fclose(fp);
}

/* Which of them are skipped, a name a line; only -v tells. */
static void
show_interfaces(void)
{
	static const char *const names[] = { "all", "egress", "em0", "enc",
		"enc0", "lo", "lo0", "pflog", "pflog0", "wg0" };
	FILE			*fp = root_open("skip", "r");
	char			 line[LINE_LEN];
	size_t			 i;
	int			 skip;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		skip = strncmp(names[i], "lo", 2) == 0;
		if (fp != NULL)
			rewind(fp);
		while (fp != NULL && fgets(line, sizeof(line), fp) != NULL) {
			line[strcspn(line, "\n")] = '\0';
			skip = skip || strcmp(line, names[i]) == 0;
		}
		printf("%s%s\n", names[i],
		    skip && cmd.verbose > 0 ? " (skip)" : "");
	}
	if (fp != NULL)
		fclose(fp);
}

int
run_show(void)
{
	if (strcmp(cmd.show, "m") == 0)
		show_memory();
	else if (strcmp(cmd.show, "s") == 0)
		show_states();
	else if (strcmp(cmd.show, "r") == 0)
		copy_out("rules");
	else if (strcmp(cmd.show, "i") == 0)
		printf("Status: %-47s Debug: err\n\n",
		    root_has("disabled") ? "Disabled" :
					   "Enabled for 0 days 00:01:07");
	else if (strcmp(cmd.show, "I") == 0)
		show_interfaces();
	else
		wrong("that cannot be shown");
	return 0;
}

/* --- states -------------------------------------------------------------- */

static int
is_state(const char *line, unsigned long long id, int any, unsigned int creator)
{
	unsigned long long i;
	unsigned int	   c;

	return sscanf(line, " id: %llx creatorid: %x", &i, &c) == 2 &&
	    i == id && (any || c == creator);
}

/* Copy all states but that one.  Returns how many were left out. */
static int
copy_states(FILE *in, FILE *out, unsigned long long id, int any,
    unsigned int creator)
{
	char  block[16 * LINE_LEN] = "", line[LINE_LEN];
	int   killed = 0, hit = 0;
	char *got;

	do {
		got = fgets(line, sizeof(line), in);
		if (got == NULL || line[0] != ' ') {
			if (hit)
				killed++;
			else
				fputs(block, out);
			block[0] = '\0';
			hit = 0;
		}
		if (got != NULL) {
			strncat(block, line, sizeof(block) - strlen(block) - 1);
			hit = hit || is_state(line, id, any, creator);
		}
	} while (got != NULL);
	return killed;
}

int
run_kill(void)
{
	unsigned long long id;
	unsigned int	   creator = 0;
	FILE		  *in, *out;
	char		   rest, beside[PATH_LEN];
	int		   killed = 0, n;

	if (cmd.nkill != 2 || strcmp(cmd.kill[0], "id") != 0)
		wrong("only states by id are to be killed");
	n = sscanf(cmd.kill[1], "%16llx/%8x%c", &id, &creator, &rest);
	if ((n != 1 && n != 2) || id == 0 ||
	    (n == 1 && strchr(cmd.kill[1], '/') != NULL))
		wrong("that is no id");
	if ((in = root_open("states", "r")) != NULL && !cmd.dry) {
		snprintf(beside, sizeof(beside), "states.%ld", (long)getpid());
		if ((out = root_open(beside, "w")) == NULL)
			die("%s: %s", beside, strerror(errno));
		killed = copy_states(in, out, id, n == 1, creator);
		fclose(in);
		fclose(out);
		snprintf(beside, sizeof(beside), "%s/states.%ld", ROOT,
		    (long)getpid());
		if (rename(beside, ROOT "/states") == -1)
			die("%s: %s", beside, strerror(errno));
	}
	if (!cmd.quiet)
		fprintf(stderr, "killed %d states\n", killed);
	return 0;
}
