/* SPDX-License-Identifier: ISC */
/*
 * "postern check [-v] [-f FILE]": is the file right, and what does it say?
 */
#ifndef CHECK_H
#define CHECK_H

/* argv[0] is the verb.  Returns a code of sysexits(3). */
int check_main(int argc, char **argv, const char *file);

#endif /* CHECK_H */
