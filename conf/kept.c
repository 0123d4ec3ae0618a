/* SPDX-License-Identifier: ISC */
#include "kept.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "whole.h"
#include "xalloc.h"

static const char magic[8] = "postern\n";

/* Before each item: same machine, so numbers as they lie in memory. */
struct record {
	uint32_t name_len;
	int32_t	 fd;
	uint64_t len;
};

struct own_item {
	struct kept_item item; /* first: what others see is a pointer to us */
	char		*name;
	unsigned char	*bytes;
	int		 taken; /* no longer ours to close */
};

struct kept {
	struct own_item *items;
	size_t		 n, room;
};

struct kept *
kept_new(void)
{
	return xcalloc(1, sizeof(struct kept));
}

void
kept_free(struct kept *k)
{
	size_t i;

	if (k == NULL)
		return;
	for (i = 0; i < k->n; i++) {
		/* There may be keys among them. */
		explicit_bzero(k->items[i].bytes, k->items[i].item.len);
		free(k->items[i].bytes);
		free(k->items[i].name);
	}
	free(k->items);
	free(k);
}

/* Room for one more; bytes are to be filled in. */
static struct own_item *
add(struct kept *k, const char *name, size_t name_len, int fd, size_t len)
{
	struct own_item *o;

	/* Whoever walks the items holds a pointer: but nobody adds then. */
	if (k->n == k->room) {
		k->room = k->room == 0 ? 64 : 2 * k->room;
		k->items = xreallocarray(k->items, k->room, sizeof(*k->items));
	}
	o = &k->items[k->n++];
	memset(o, 0, sizeof(*o));
	o->name = xstrndup(name, name_len);
	o->bytes = xcalloc(1, len + 1);
	o->item.name = o->name;
	o->item.bytes = o->bytes;
	o->item.fd = fd;
	o->item.len = len;
	return o;
}

void
kept_add(struct kept *k, const char *name, int fd, const void *bytes,
    size_t len)
{
	struct own_item *o;

	o = add(k, name, strlen(name), fd, len);
	if (len > 0)
		memcpy(o->bytes, bytes, len);
}

const struct kept_item *
kept_next(const struct kept *k, const char *name, const struct kept_item *after)
{
	size_t i;

	for (i = 0; i < k->n; i++) {
		if (after != NULL) {
			if (&k->items[i].item == after)
				after = NULL;
			continue;
		}
		if (strcmp(k->items[i].name, name) == 0)
			return &k->items[i].item;
	}
	return NULL;
}

int
kept_take_fd(struct kept *k, const struct kept_item *item)
{
	size_t i;

	for (i = 0; i < k->n; i++) {
		if (&k->items[i].item != item || k->items[i].taken)
			continue;
		k->items[i].taken = 1;
		return item->fd;
	}
	return -1;
}

size_t
kept_size(const struct kept *k)
{
	size_t i, size = sizeof(magic);

	for (i = 0; i < k->n; i++)
		size += sizeof(struct record) + strlen(k->items[i].name) +
		    k->items[i].item.len;
	return size;
}

int
kept_write(const struct kept *k, int fd)
{
	const struct own_item *o;
	struct record	       r;
	size_t		       i;

	if (whole_write(fd, magic, sizeof(magic)) == -1)
		return -1;
	for (i = 0; i < k->n; i++) {
		o = &k->items[i];
		memset(&r, 0, sizeof(r));
		r.name_len = (uint32_t)strlen(o->name);
		r.fd = o->item.fd;
		r.len = o->item.len;
		if (whole_write(fd, &r, sizeof(r)) == -1 ||
		    whole_write(fd, o->name, r.name_len) == -1 ||
		    whole_write(fd, o->bytes, o->item.len) == -1)
			return -1;
	}
	return 0;
}

/* 1, 0 at the end, or -1 with errno. */
static int
read_all(int fd, void *bytes, size_t len)
{
	unsigned char *p = bytes;
	size_t	       got = 0;
	ssize_t	       n;

	while (got < len) {
		if ((n = read(fd, p + got, len - got)) == -1) {
			if (errno == EINTR)
				continue;
			return -1;
		}
		if (n == 0) {
			if (got == 0)
				return 0;
			errno = EBADMSG;
			return -1;
		}
		got += (size_t)n;
	}
	return 1;
}

/* Likewise; total: bytes so far. */
static int
read_item(struct kept *k, int fd, uint64_t *total)
{
	struct own_item *o;
	struct record	 r;
	char		 name[KEPT_NAME_MAX];
	int		 ret;

	if ((ret = read_all(fd, &r, sizeof(r))) != 1)
		return ret;
	if (r.name_len == 0 || r.name_len >= sizeof(name) || r.fd < -1 ||
	    r.len > KEPT_MAX - *total || read_all(fd, name, r.name_len) != 1 ||
	    memchr(name, '\0', r.name_len) != NULL) {
		errno = EBADMSG;
		return -1;
	}
	*total += r.len;
	o = add(k, name, r.name_len, r.fd, (size_t)r.len);
	if (r.len > 0 && read_all(fd, o->bytes, (size_t)r.len) != 1) {
		errno = EBADMSG;
		return -1;
	}
	return 1;
}

struct kept *
kept_read(int fd)
{
	struct kept *k = kept_new();
	uint64_t     total = 0;
	char	     head[sizeof(magic)];
	int	     ret;

	ret = read_all(fd, head, sizeof(head));
	if (ret == 1 && memcmp(head, magic, sizeof(magic)) != 0)
		ret = 0;
	if (ret == 0)
		errno = EBADMSG;
	if (ret == 1)
		while ((ret = read_item(k, fd, &total)) == 1)
			continue;
	else
		ret = -1;
	if (ret == 0 && kept_inherit(k, 0) == 0)
		return k;
	ret = errno;
	kept_free(k);
	errno = ret;
	return NULL;
}

int
kept_inherit(const struct kept *k, int on)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (k->items[i].item.fd != -1 &&
		    fcntl(k->items[i].item.fd, F_SETFD, on ? 0 : FD_CLOEXEC) ==
			-1)
			return -1;
	return 0;
}

static int
has_fd(const struct kept *k, int fd)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (k->items[i].item.fd == fd)
			return 1;
	return 0;
}

void
kept_close_others(const struct kept *k, int low)
{
	size_t i;
	int    fd, high = low - 1;

	for (i = 0; i < k->n; i++)
		if (k->items[i].item.fd > high)
			high = k->items[i].item.fd;
	closefrom(high + 1);
	for (fd = low; fd < high; fd++)
		if (!has_fd(k, fd))
			close(fd);
}

void
kept_close_rest(struct kept *k)
{
	size_t i;

	for (i = 0; i < k->n; i++) {
		if (k->items[i].item.fd != -1 && !k->items[i].taken)
			close(k->items[i].item.fd);
		k->items[i].taken = 1;
	}
}
