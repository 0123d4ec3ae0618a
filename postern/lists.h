/* SPDX-License-Identifier: ISC */
/*
 * "postern lists VERB [-j] [-f file] ...": what lists, bans and their sources
 * are, who is in them, and what becomes of what was held back.
 */
#ifndef LISTS_H
#define LISTS_H

/* argv[0] is "lists".  Returns an exit status. */
int lists_main(int argc, char *argv[], const char *file);

#endif /* LISTS_H */
