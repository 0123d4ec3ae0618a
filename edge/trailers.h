/* SPDX-License-Identifier: ISC */
/*
 * The trailer section of a chunked body as we write it: without the fields
 * that are only for the connection.  Pure.
 */
#ifndef TRAILERS_H
#define TRAILERS_H

#include "h1.h"
#include "out.h"

void trailers_write(struct out *, const struct h1_head *);

#endif /* TRAILERS_H */
