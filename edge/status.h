/* SPDX-License-Identifier: ISC */
/*
 * Figures as "postern status" has them: "key value" lines.  Pure.
 */
#ifndef STATUS_H
#define STATUS_H

#include "figures.h"
#include "out.h"

void status_write(struct out *, const struct figures *);

#endif /* STATUS_H */
