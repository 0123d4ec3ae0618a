/* SPDX-License-Identifier: ISC */
/*
 * "postern-lists -1": one round and the end, for cron and for "postern lists
 * update".
 */
#ifndef ONCE_H
#define ONCE_H

#define ONCE_USAGE "-1 [-djv] [-f file] [list ...]"

/* Is it what the command line asks for? */
int once_wanted(int argc, char *argv[]);
/* Returns the exit status. */
int once_main(int argc, char *argv[]);

#endif /* ONCE_H */
