/* SPDX-License-Identifier: ISC */
/*
 * flock(2), waited for, but not for ever.
 */
#ifndef FLOCK_H
#define FLOCK_H

/*
 * Lock the file for ourselves alone, within ms milliseconds; closing it
 * unlocks it.  0, or -1 with errno: ETIMEDOUT, somebody else kept it.
 */
int flock_wait(int fd, int ms);

#endif /* FLOCK_H */
