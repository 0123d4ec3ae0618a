/* SPDX-License-Identifier: ISC */
/*
 * The file state/imapgate/protect: whom the gate lets in, for the protected
 * set of lists.  It follows the leases; nothing is read from it here.
 */
#ifndef PROTECT_FILE_H
#define PROTECT_FILE_H

struct gate;

/*
 * Write it, if it is not what it should be, under the gate's lock.  1 written,
 * 0 it is right already, -1 with the reason logged.
 */
int protect_file_write(const struct gate *);
/*
 * After that, without the lock: the protected set, where lists are in use.
 * What fails is logged, and nobody's lease depends on it.
 */
void protect_file_follow(const struct gate *);

#endif /* PROTECT_FILE_H */
