/* SPDX-License-Identifier: ISC */
#include <pthread.h>
#include <stddef.h>

#include "conf.h"
#include "settings.h"

static pthread_mutex_t	  lock = PTHREAD_MUTEX_INITIALIZER;
static const struct conf *present;

void
settings_set(const struct conf *conf)
{
	const struct conf *was;

	conf = conf_ref(conf);
	pthread_mutex_lock(&lock);
	was = present;
	present = conf;
	pthread_mutex_unlock(&lock);
	if (was != NULL)
		conf_unref(was);
}

const struct conf *
settings_take(void)
{
	const struct conf *conf;

	pthread_mutex_lock(&lock);
	conf = conf_ref(present);
	pthread_mutex_unlock(&lock);
	return conf;
}
