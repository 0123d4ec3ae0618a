/* SPDX-License-Identifier: ISC */
/*
 * Lists with tables, mirrored by the backend that keeps them in files.
 */
#ifndef MIRROR_LAB_H
#define MIRROR_LAB_H

#include "set_lab.h"

#include <errno.h>
#include <signal.h>

#include <event2/event.h>

#include "clock.h"
#include "conf_lab.h"
#include "log_lab.h"
#include "mirror.h"
#include "mirror_load.h"

static struct event_base *base;
static struct conf	 *conf; /* <drop> and <bans> have tables */
static struct conf	 *less; /* only <bans> */
static int		  lists_fd;

static inline struct conf *
read_conf(const char *firewall, const char *rest)
{
	char text[1024];

	snprintf(text, sizeof(text),
	    "state \"%s\"\nfirewall %s\nbans { table <banned> }\n%s", folder,
	    firewall, rest);
	return conf_lab(text);
}

static inline int
set_up(void **state)
{
	if (lab_open(state) == -1 || (base = event_base_new()) == NULL ||
	    mkdirat(folder_fd, "lists", 0755) == -1)
		return -1;
	lists_fd = openat(folder_fd, "lists", O_RDONLY | O_DIRECTORY);
	conf = read_conf("none",
	    "list <drop> {\nfile \"/x\"\ntable <dropped>\n}\n"
	    "list <tor> { file \"/x\" }\n");
	less = read_conf("none", "list <drop> { file \"/x\" }\n");
	log_lab_start();
	return lists_fd == -1 ? -1 : 0;
}

static inline int
tear_down(void **state)
{
	log_divert(NULL);
	conf_unref(conf);
	conf_unref(less);
	event_base_free(base);
	close(lists_fd);
	return lab_close(state);
}

/* What the table has: lines. */
static inline const char *
table(const char *name)
{
	static char text[4096];
	char	    path[64];
	size_t	    n = 0;
	FILE	   *fp;

	snprintf(path, sizeof(path), "%s/lists-table-%s", folder, name);
	if ((fp = fopen(path, "r")) != NULL) {
		n = fread(text, 1, sizeof(text) - 1, fp);
		fclose(fp);
	}
	text[n] = '\0';
	return text;
}

static inline void
put_table(const char *name, const char *text)
{
	char  path[64];
	FILE *fp;

	snprintf(path, sizeof(path), "%s/lists-table-%s", folder, name);
	assert_non_null(fp = fopen(path, "w"));
	fputs(text, fp);
	fclose(fp);
}

static inline void
until_table(const char *name, const char *text)
{
	while (strcmp(table(name), text) != 0)
		event_base_loop(base, EVLOOP_ONCE);
}

static inline void
until_said(const char *text)
{
	while (strstr(said, text) == NULL)
		event_base_loop(base, EVLOOP_ONCE);
}

#endif /* MIRROR_LAB_H */
