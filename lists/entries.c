/* SPDX-License-Identifier: ISC */
#include "entries.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

void
entries_each(int dir, void (*fn)(void *arg, const char *entry), void *arg)
{
	struct dirent *d;
	DIR	      *stream;
	int	       fd;

	/* Not dup(2): the place in the folder would be shared. */
	fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return;
	if ((stream = fdopendir(fd)) == NULL) {
		close(fd);
		return;
	}
	while ((d = readdir(stream)) != NULL)
		fn(arg, d->d_name);
	closedir(stream);
}
