/* SPDX-License-Identifier: ISC */
#include "shared.h"

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "log.h"

/*
 * What cannot be had shall be missed now.  A page that is only missed when
 * somebody writes to it is a SIGBUS, so every byte is written.
 */
static int
fill(int fd, size_t size)
{
	static const char zeroes[65536];
	size_t		  done, n;
	ssize_t		  wrote;

	for (done = 0; done < size; done += (size_t)wrote) {
		n = size - done < sizeof(zeroes) ? size - done : sizeof(zeroes);
		wrote = pwrite(fd, zeroes, n, (off_t)done);
		if (wrote == -1 && errno == EINTR)
			wrote = 0;
		else if (wrote <= 0)
			return -1;
	}
	return 0;
}

/* A name for a moment.  It may be a file in /tmp, or in a small tmpfs. */
static int
make_named(size_t size)
{
	char name[32];
	int  fd, tries;

	for (tries = 0; tries < 16; tries++) {
		snprintf(name, sizeof(name), "/postern.%08x%08x", arc4random(),
		    arc4random());
		fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
		if (fd == -1 && errno == EEXIST)
			continue;
		if (fd == -1)
			return -1;
		(void)shm_unlink(name);
		if (ftruncate(fd, (off_t)size) == 0 && fill(fd, size) == 0)
			return fd;
		close(fd);
		return -1;
	}
	return -1;
}

#ifdef MFD_ALLOW_SEALING
/*
 * No file system behind it that could be full: it is memory as any other, and
 * pages that nobody touches cost nothing.  A process that has turned against
 * us cannot shrink it, which would be a SIGBUS for all others.
 */
static int
make_sealed(size_t size)
{
	int fd;

	fd = memfd_create("postern", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd == -1)
		return -1;
	if (ftruncate(fd, (off_t)size) == 0 &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) ==
		0)
		return fd;
	close(fd);
	return -1;
}
#else
static int
make_sealed(size_t size)
{
	(void)size;
	return -1;
}
#endif

int
shared_make(size_t size)
{
	int fd;

	if ((fd = make_sealed(size)) == -1 && (fd = make_named(size)) == -1)
		log_warn("no shared memory of %zu bytes", size);
	return fd;
}

void *
shared_map(int fd, size_t size)
{
	struct stat st;
	void	   *p;

	if (fstat(fd, &st) == -1) {
		log_warn("shared memory");
		return NULL;
	}
	if (st.st_size < 0 || (uintmax_t)st.st_size < size) {
		log_warnx("shared memory: too small");
		return NULL;
	}
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) {
		log_warn("shared memory");
		return NULL;
	}
	return p;
}

void
shared_unmap(void *p, size_t size)
{
	if (p != NULL && munmap(p, size) == -1)
		log_warn("shared memory");
}
