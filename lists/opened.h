/* SPDX-License-Identifier: ISC */
/*
 * The parent of postern-lists: opens the files that lists name (sources,
 * tokens, headers, certificates) and hands them to its child, and again
 * whenever one changes.
 */
#ifndef OPENED_H
#define OPENED_H

#define OPENED_MESSAGE 64 /* to the child: source, enum job_file, a file */
#define OPENED_SECONDS 1  /* between two looks */

struct conf;
struct daemon_parent;
struct daemon_worker;
struct opened;

/* Looks by itself from then on.  May die. */
struct opened *opened_new(struct daemon_parent *, const struct conf *);
void	       opened_free(struct opened *);
/* At a reload; tells the child. */
void opened_use(struct opened *, const struct conf *);
/* In the hire hook. */
void opened_hire(struct opened *, struct daemon_worker *);

#endif /* OPENED_H */
