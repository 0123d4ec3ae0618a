/* SPDX-License-Identifier: ISC */
/*
 * No firewall at all: a file remembers the set, one prefix a line.
 */
#include "backend.h"

#include <sys/types.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum firewall_result
trouble(char why[FIREWALL_WHY_LEN], const char *path)
{
	return firewall_why(why,
	    errno == EACCES || errno == EPERM ? FIREWALL_DENIED :
						FIREWALL_FAILED,
	    "%s: %s", path, strerror(errno));
}

static int
write_set(FILE *fp, const struct firewall_set *set)
{
	char   text[PREFIX_LEN];
	size_t i;

	for (i = 0; i < set->n; i++)
		fprintf(fp, "%s\n", prefix_print(&set->prefix[i], text));
	if (ferror(fp) || fflush(fp) == EOF || fsync(fileno(fp)) == -1)
		return -1;
	return 0;
}

/*
 * A new file of that name; what a run that was killed has left there goes,
 * and a link is never followed.  NULL with errno.
 */
static FILE *
open_beside(const char *beside)
{
	FILE *fp;
	int   fd;

	if (unlink(beside) == -1 && errno != ENOENT)
		return NULL;
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (fd == -1)
		return NULL;
	if ((fp = fdopen(fd, "w")) == NULL)
		close(fd);
	return fp;
}

static enum firewall_result
none_replace(const struct firewall *fw, const struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result = FIREWALL_DONE;
	char		     beside[PATH_MAX];
	FILE		    *fp;
	int		     len;

	if (fw->file == NULL)
		return firewall_why(why, FIREWALL_FAILED,
		    "no file is named that remembers the set");
	len = snprintf(beside, sizeof(beside), "%s.new", fw->file);
	if (len < 0 || (size_t)len >= sizeof(beside)) {
		errno = ENAMETOOLONG;
		return trouble(why, fw->file);
	}
	if ((fp = open_beside(beside)) == NULL)
		return trouble(why, beside);
	if (write_set(fp, set) == -1)
		result = trouble(why, beside);
	fclose(fp);
	if (result == FIREWALL_DONE && rename(beside, fw->file) == -1)
		result = trouble(why, fw->file);
	if (result != FIREWALL_DONE)
		unlink(beside);
	return result;
}

static enum firewall_result
read_set(FILE *fp, const char *path, struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	struct prefix p;
	char	      text[128];
	unsigned int  number = 0;

	while (fgets(text, sizeof(text), fp) != NULL) {
		number++;
		text[strcspn(text, "\n")] = '\0';
		if (prefix_parse(&p, text) != NULL)
			return firewall_why(why, FIREWALL_FAILED,
			    "%s:%u: not a prefix", path, number);
		if (firewall_set_add(set, &p) == -1)
			return trouble(why, path);
	}
	return ferror(fp) ? trouble(why, path) : FIREWALL_DONE;
}

/* Before the first replace there is no file, and the set is empty. */
static enum firewall_result
none_show(const struct firewall *fw, struct firewall_set *set,
    char why[FIREWALL_WHY_LEN])
{
	enum firewall_result result;
	FILE		    *fp;

	if (fw->file == NULL)
		return firewall_why(why, FIREWALL_FAILED,
		    "no file is named that remembers the set");
	if ((fp = fopen(fw->file, "re")) == NULL)
		return errno == ENOENT ? FIREWALL_DONE : trouble(why, fw->file);
	result = read_set(fp, fw->file, set, why);
	fclose(fp);
	return result;
}

static enum firewall_result
none_end_sessions(const struct firewall *fw, const uint16_t *ports,
    size_t nports, const struct firewall_set *gone,
    const struct firewall_set *keep, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	(void)fw;
	(void)ports;
	(void)nports;
	(void)gone;
	(void)keep;
	(void)ended;
	(void)why;
	return FIREWALL_DONE;
}

static size_t
none_doctor(const struct firewall *fw, const uint16_t *ports, size_t nports,
    struct firewall_finding findings[FIREWALL_FINDINGS])
{
	struct firewall_report report = { findings, 0 };
	char		      *cure;

	(void)fw;
	(void)ports;
	(void)nports;
	cure = firewall_bad(&report,
	    "backend none: a set is remembered, but nothing is shut");
	strlcpy(cure, "backend pf table <imap_allowed>", FIREWALL_WHY_LEN);
	return report.n;
}

static char *
none_rules(const struct firewall *fw, const uint16_t *ports, size_t nports)
{
	(void)fw;
	(void)ports;
	(void)nports;
	return strdup("# backend none: there are no rules, nothing is shut\n");
}

const struct firewall_backend firewall_none = {
	.replace = none_replace,
	.show = none_show,
	.end_sessions = none_end_sessions,
	.doctor = none_doctor,
	.rules = none_rules,
};
