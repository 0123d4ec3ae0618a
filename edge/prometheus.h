/* SPDX-License-Identifier: ISC */
/*
 * Figures as Prometheus has them: its text format, version 0.0.4.  Pure.
 * Every name begins with postern_edge_.
 */
#ifndef PROMETHEUS_H
#define PROMETHEUS_H

#include "figures.h"
#include "out.h"

#define PROMETHEUS_TYPE "text/plain; version=0.0.4; charset=utf-8"

void prometheus_write(struct out *, const struct figures *);

#endif /* PROMETHEUS_H */
