/* SPDX-License-Identifier: ISC */
/*
 * What is said of a piece of work: a line each change on standard output, and
 * a record in the log.
 */
#ifndef SAY_H
#define SAY_H

struct gate;
struct gate_sync;

enum say_how {
	SAY_DONE,
	SAY_WOULD,    /* -n */
	SAY_FILE_ONLY /* the firewall did not follow: on standard error */
};

void say_events(const struct gate *, enum say_how);
/* What became of the firewall. */
void say_sync(const struct gate *, const struct gate_sync *);
/* A record for each event. */
void say_log(const struct gate *);
/* "note: ..." on standard error. */
void say_note(const char *, ...) __attribute__((__format__(printf, 1, 2)));

#endif /* SAY_H */
