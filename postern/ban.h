/* SPDX-License-Identifier: ISC */
/*
 * "postern ban [-jy] [-f file] address [for time] [because text]" and
 * "postern unban [-j] [-f file] address": with the daemon or without.
 *
 * argv[0] is the verb.  Returns 0; 1 if it was refused; or a code of
 * sysexits(3): EX_TEMPFAIL if it could not be written.
 */
#ifndef BAN_H
#define BAN_H

int ban_main(int argc, char *argv[], const char *file);
int unban_main(int argc, char *argv[], const char *file);

#endif /* BAN_H */
