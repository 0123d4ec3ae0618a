/* SPDX-License-Identifier: ISC */
/*
 * pledge(2) and unveil(2).
 */
#include "jail.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "log.h"

#ifdef JAIL_LIGHT

int
jail_lock(const struct jail *j)
{
	(void)j;
	log_info("light jail: no pledge, no unveil");
	return 0;
}

#else

static int
veil_files(const struct jail *j)
{
	size_t i;

	for (i = 0; j->readable != NULL && j->readable[i] != NULL; i++) {
		if (unveil(j->readable[i], "r") == -1 && errno != ENOENT) {
			log_warn("unveil %s", j->readable[i]);
			return -1;
		}
	}
	if (j->writable != NULL && unveil(j->writable, "rwc") == -1) {
		log_warn("unveil %s", j->writable);
		return -1;
	}
	return 0;
}

/*
 * Nothing else is seen, unless there are sockets below the root to connect to:
 * that takes the right to write.
 */
static int
veil(const struct jail *j)
{
	if ((j->needs & JAIL_FILES) != 0) {
		if (veil_files(j) == -1)
			return -1;
	} else if ((j->needs & JAIL_UNIX) != 0) {
		if (unveil(".", "w") == -1) {
			log_warn("unveil");
			return -1;
		}
	} else if (unveil("/", "") == -1) {
		log_warn("unveil");
		return -1;
	}
	if (unveil(NULL, NULL) == -1) {
		log_warn("unveil");
		return -1;
	}
	return 0;
}

int
jail_lock(const struct jail *j)
{
	char promises[128];

	if (veil(j) == -1)
		return -1;
	/* recvfd: new listeners and the like come over the wire. */
	strlcpy(promises, "stdio recvfd", sizeof(promises));
	if ((j->needs & JAIL_INET) != 0)
		strlcat(promises, " inet", sizeof(promises));
	if ((j->needs & JAIL_UNIX) != 0)
		strlcat(promises, " unix", sizeof(promises));
	if ((j->needs & JAIL_FILES) != 0)
		strlcat(promises, " rpath wpath cpath fattr flock",
		    sizeof(promises));
	if ((j->needs & (JAIL_FILES | JAIL_INET)) == (JAIL_FILES | JAIL_INET))
		strlcat(promises, " dns", sizeof(promises));
	if ((j->needs & JAIL_FORK) != 0)
		strlcat(promises, " proc", sizeof(promises));
	if (pledge(promises, NULL) == -1) {
		log_warn("pledge \"%s\"", promises);
		return -1;
	}
	return 0;
}

#endif /* JAIL_LIGHT */
