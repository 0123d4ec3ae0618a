/* SPDX-License-Identifier: ISC */
/*
 * What it takes to slip a listening socket under a library that insists on
 * opening its own.
 */
#ifndef LISTENER_H
#define LISTENER_H

#include <stddef.h>

/*
 * A socket of the same family for the library to open, in libmilter's words;
 * path is the file that comes of it, or empty.  dir: where to make one.
 * 0, or -1 with the reason logged.
 */
int listener_likeness(int fd, const char *dir, char *conn, size_t connsize,
    char *path, size_t pathsize);
/* The number that the next descriptor will have.  -1 with the reason logged. */
int listener_next_number(void);
/*
 * Put fd, which is taken over, in the place of the library's descriptor.
 * 0, or -1 with the reason logged.
 */
int listener_replace(int fd, int theirs);
/* Connect to it ourselves, without waiting.  -1 with errno. */
int listener_connect(int fd);

#endif /* LISTENER_H */
