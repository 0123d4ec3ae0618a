/* SPDX-License-Identifier: ISC */
/*
 * A configuration from a text that must be good.
 */
#ifndef CONF_LAB_H
#define CONF_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "conf.h"

static inline void
conf_lab_say(void *arg, const char *text)
{
	(void)arg;
	fail_msg("%s", text);
}

static inline struct conf *
conf_lab(const char *text)
{
	struct conf_text *t = conf_text_new();
	struct conf	 *conf;

	assert_int_equal(conf_text_add(t, "main", text, strlen(text)), 0);
	conf = conf_parse(t, conf_lab_say, NULL);
	/* Nothing of the conf may point into the text. */
	conf_text_free(t);
	assert_non_null(conf);
	return conf;
}

#endif /* CONF_LAB_H */
