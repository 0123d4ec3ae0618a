/* SPDX-License-Identifier: ISC */
/*
 * What is logged, to be compared.  log_lab_start() and log_divert(NULL) at
 * the end.
 */
#ifndef LOG_LAB_H
#define LOG_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "log.h"

static char said[8192]; /* a line each: "warn: text" */

static inline void
log_lab_line(enum log_level level, const char *text)
{
	strlcat(said,
	    level == LOG_LEVEL_WARN	 ? "warn: " :
		level == LOG_LEVEL_DEBUG ? "debug: " :
					   "info: ",
	    sizeof(said));
	strlcat(said, text, sizeof(said));
	strlcat(said, "\n", sizeof(said));
}

static inline void
log_lab_start(void)
{
	said[0] = '\0';
	log_divert(log_lab_line);
	log_verbose(1);
}

/* That, and nothing else; forgotten. */
static inline void
heard(const char *text)
{
	assert_string_equal(said, text);
	said[0] = '\0';
}

#endif /* LOG_LAB_H */
