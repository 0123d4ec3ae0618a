/* SPDX-License-Identifier: ISC */
/*
 * Paths of files and sockets in the words of the file.
 */
#ifndef PATH_CONF_H
#define PATH_CONF_H

struct words;

/* The next word: an absolute path; the word is the parser's.  NULL: said. */
const char *path_read_file(struct words *, const char *expected);
/* The same, short enough for a socket's address. */
const char *path_read_socket(struct words *);

#endif /* PATH_CONF_H */
