/* SPDX-License-Identifier: ISC */
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "wire.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static int ends[2];

static int
set_up(void **state)
{
	(void)state;
	return wire_pair(ends);
}

static int
tear_down(void **state)
{
	(void)state;
	close(ends[0]);
	close(ends[1]);
	return 0;
}

/* How many descriptors below 64 are open? */
static int
count_fds(void)
{
	int fd, n = 0;

	for (fd = 0; fd < 64; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

static void
test_round_trip(void **state)
{
	struct wire_msg in, out;
	const void     *bytes;
	size_t		len;

	(void)state;
	wire_start(&out, 0xfedcba98U);
	wire_put_number(&out, 0);
	wire_put_number(&out, UINT64_MAX);
	wire_put_string(&out, "a string");
	wire_put_string(&out, "");
	wire_put_bytes(&out, "a\0b", 3);
	wire_put_bytes(&out, NULL, 0);
	assert_int_equal(out.bad, 0);
	assert_int_equal(wire_send(ends[0], &out, 0), 0);

	assert_int_equal(wire_recv(ends[1], &in, 0), 1);
	assert_int_equal(in.type, 0xfedcba98U);
	assert_int_equal(in.fd, -1);
	assert_true(wire_get_number(&in) == 0);
	assert_true(wire_get_number(&in) == UINT64_MAX);
	assert_string_equal(wire_get_string(&in), "a string");
	assert_string_equal(wire_get_string(&in), "");
	bytes = wire_get_bytes(&in, &len);
	assert_int_equal(len, 3);
	assert_memory_equal(bytes, "a\0b", 3);
	bytes = wire_get_bytes(&in, &len);
	assert_non_null(bytes);
	assert_int_equal(len, 0);
	assert_int_equal(wire_end(&in), 0);
}

static void
test_no_fields(void **state)
{
	struct wire_msg in, out;

	(void)state;
	wire_start(&out, 7);
	assert_int_equal(wire_send(ends[0], &out, 0), 0);
	assert_int_equal(wire_recv(ends[1], &in, 0), 1);
	assert_int_equal(in.type, 7);
	assert_int_equal(wire_end(&in), 0);
	/* Nothing is there: not even the empty string. */
	assert_null(wire_get_string(&in));
	assert_int_equal(wire_end(&in), -1);
}

/* --- messages that are not what their reader expects --------------------- */

/* What to read: n number, s string, b bytes. */
static const struct {
	const char *what;
	const char *data;
	size_t	    len;
	const char *reads;
	int	    want; /* of wire_end() */
} raws[] = {
	{ "a number", "\0\0\0\0\0\0\0\1", 8, "n", 0 },
	{ "a number cut short", "\0\0\0\0\0\0\1", 7, "n", -1 },
	{ "nothing for a number", "", 0, "n", -1 },
	{ "a number is left over", "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1", 16, "n",
	    -1 },
	{ "one byte is left over", "\0\0\0\0\0\0\0\1x", 9, "n", -1 },
	{ "nothing is read", "x", 1, "", -1 },
	{ "a string", "\0\0\0\0\0\0\0\2ab\0", 11, "s", 0 },
	{ "a string without its NUL", "\0\0\0\0\0\0\0\2ab", 10, "s", -1 },
	{ "a string with another byte for its NUL", "\0\0\0\0\0\0\0\2abc", 11,
	    "s", -1 },
	{ "a string with a NUL inside", "\0\0\0\0\0\0\0\2a\0\0", 11, "s", -1 },
	{ "a string longer than the message", "\0\0\0\0\0\0\0\3ab\0", 11, "s",
	    -1 },
	{ "a string of all the memory there is",
	    "\377\377\377\377\377\377\377\377ab\0", 11, "s", -1 },
	{ "a string of nearly all", "\377\377\377\377\377\377\377\376ab\0", 11,
	    "s", -1 },
	{ "a string of 4 GB and two bytes", "\0\0\0\1\0\0\0\2ab\0", 11, "s",
	    -1 },
	{ "bytes", "\0\0\0\0\0\0\0\2ab", 10, "b", 0 },
	{ "bytes longer than the message", "\0\0\0\0\0\0\0\3ab", 10, "b", -1 },
	{ "bytes of all the memory there is",
	    "\377\377\377\377\377\377\377\377ab", 10, "b", -1 },
	{ "bytes, then a NUL too many", "\0\0\0\0\0\0\0\2ab\0", 11, "b", -1 },
	{ "once bad, always bad", "\0\0\0\0\0\0\0\011\0\0\0\0\0\0\0\1", 16,
	    "bn", -1 },
};

static void
test_raw(void **state)
{
	struct wire_msg m;
	const char     *r;
	size_t		i, len;

	(void)state;
	for (i = 0; i < nitems(raws); i++) {
		wire_start(&m, 1);
		memcpy(m.data, raws[i].data, raws[i].len);
		m.len = raws[i].len;
		for (r = raws[i].reads; *r != '\0'; r++) {
			if (*r == 'n')
				(void)wire_get_number(&m);
			else if (*r == 's')
				(void)wire_get_string(&m);
			else
				(void)wire_get_bytes(&m, &len);
		}
		if (wire_end(&m) != raws[i].want)
			fail_msg("%s", raws[i].what);
	}
}

static void
test_full(void **state)
{
	struct wire_msg in, out;
	unsigned char	big[WIRE_MAX];
	const void     *bytes;
	size_t		len;

	(void)state;
	memset(big, 'x', sizeof(big));
	wire_start(&out, 1);
	wire_put_bytes(&out, big, WIRE_MAX - 8);
	assert_int_equal(wire_send(ends[0], &out, 0), 0);
	assert_int_equal(wire_recv(ends[1], &in, 0), 1);
	bytes = wire_get_bytes(&in, &len);
	assert_int_equal(len, WIRE_MAX - 8);
	assert_memory_equal(bytes, big, len);
	assert_int_equal(wire_end(&in), 0);

	wire_start(&out, 1);
	wire_put_bytes(&out, big, WIRE_MAX - 7);
	assert_int_equal(out.bad, 1);
	wire_put_number(&out, 1); /* stays bad */
	assert_int_equal(wire_send(ends[0], &out, 0), -1);
	assert_int_equal(errno, EMSGSIZE);

	wire_start(&out, 1);
	wire_put_string(&out, NULL);
	assert_int_equal(wire_send(ends[0], &out, 0), -1);
	assert_int_equal(errno, EMSGSIZE);
}

/* --- what a broken or evil peer may send --------------------------------- */

/* Send len bytes and nfds copies of a pipe's end, not by way of wire.c. */
static void
send_raw(size_t len, size_t nfds)
{
	static unsigned char bytes[2 * WIRE_MAX];
	union {
		struct cmsghdr align;
		unsigned char  buf[CMSG_SPACE(16 * sizeof(int))];
	} control;
	struct cmsghdr *c;
	struct iovec	iov;
	struct msghdr	hdr;
	size_t		i;
	int		p[2];

	assert_int_equal(pipe(p), 0);
	memset(&hdr, 0, sizeof(hdr));
	memset(&control, 0, sizeof(control));
	iov.iov_base = bytes;
	iov.iov_len = len;
	hdr.msg_iov = &iov;
	hdr.msg_iovlen = 1;
	if (nfds > 0) {
		hdr.msg_control = control.buf;
		hdr.msg_controllen = CMSG_SPACE(nfds * sizeof(int));
		c = &control.align;
		c->cmsg_len = CMSG_LEN(nfds * sizeof(int));
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		for (i = 0; i < nfds; i++)
			memcpy(CMSG_DATA(c) + i * sizeof(int), &p[1],
			    sizeof(int));
	}
	assert_int_equal(sendmsg(ends[0], &hdr, 0), len);
	close(p[0]);
	close(p[1]);
}

static const struct {
	const char *what;
	size_t	    len, nfds;
	int	    want; /* of wire_recv() */
} evils[] = {
	{ "just a type", 4, 0, 1 },
	{ "a type and a descriptor", 4, 1, 1 },
	{ "the longest message", 4 + WIRE_MAX, 0, 1 },
	{ "less than a type", 3, 0, -1 },
	{ "less than a type, and a descriptor", 3, 1, -1 },
	{ "one byte too many", 4 + WIRE_MAX + 1, 0, -1 },
	{ "far too many, and a descriptor", 2 * WIRE_MAX, 1, -1 },
	{ "two descriptors", 4, 2, -1 },
	{ "three descriptors", 4, 3, -1 },
	{ "as many as there is room for", 4, 4, -1 },
	{ "more than there is room for", 4, 5, -1 },
	{ "very many", 4, 16, -1 },
};

static void
test_evil(void **state)
{
	struct wire_msg in;
	size_t		i;
	int		before, ret;

	(void)state;
	for (i = 0; i < nitems(evils); i++) {
		before = count_fds();
		send_raw(evils[i].len, evils[i].nfds);
		errno = 0;
		ret = wire_recv(ends[1], &in, 0);
		if (ret != evils[i].want)
			fail_msg("%s: %d", evils[i].what, ret);
		if (ret == -1 && (errno != EBADMSG || in.fd != -1))
			fail_msg("%s: errno %d", evils[i].what, errno);
		if (ret == 1 && (in.fd != -1) != (evils[i].nfds == 1))
			fail_msg("%s: descriptor", evils[i].what);
		if (in.fd != -1) {
			if (fcntl(in.fd, F_GETFD) != FD_CLOEXEC)
				fail_msg("%s: close-on-exec", evils[i].what);
			close(in.fd);
		}
		if (count_fds() != before)
			fail_msg("%s: a descriptor leaked", evils[i].what);
	}
}

static void
test_fd(void **state)
{
	struct wire_msg in, out;
	char		c = 0;
	int		p[2];

	(void)state;
	assert_int_equal(pipe(p), 0);
	wire_start(&out, 3);
	wire_put_string(&out, "listener");
	out.fd = p[1];
	assert_int_equal(wire_send(ends[0], &out, 0), 0);
	assert_int_not_equal(fcntl(p[1], F_GETFD), -1); /* still ours */
	close(p[1]);

	assert_int_equal(wire_recv(ends[1], &in, 0), 1);
	assert_string_equal(wire_get_string(&in), "listener");
	assert_int_equal(wire_end(&in), 0);
	assert_int_not_equal(in.fd, -1);
	assert_int_equal(fcntl(in.fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(write(in.fd, "x", 1), 1);
	assert_int_equal(read(p[0], &c, 1), 1);
	assert_int_equal(c, 'x');
	close(in.fd);
	close(p[0]);
}

static void
test_ends(void **state)
{
	struct wire_msg in, out;

	(void)state;
	assert_int_equal(fcntl(ends[0], F_GETFD), FD_CLOEXEC);
	assert_int_equal(fcntl(ends[1], F_GETFD), FD_CLOEXEC);

	assert_int_equal(wire_recv(ends[1], &in, MSG_DONTWAIT), -1);
	assert_int_equal(errno, EAGAIN);

	/* A full queue does not block who asked not to. */
	wire_start(&out, 1);
	while (wire_send(ends[0], &out, MSG_DONTWAIT) == 0)
		continue;
	assert_int_equal(errno, EAGAIN);
	while (wire_recv(ends[1], &in, MSG_DONTWAIT) == 1)
		assert_int_equal(in.type, 1);
	assert_int_equal(errno, EAGAIN);

	/* The peer is gone: an end to read, and no SIGPIPE. */
	close(ends[0]);
	assert_int_equal(wire_recv(ends[1], &in, 0), 0);
	assert_int_equal(wire_send(ends[1], &out, 0), -1);
	assert_int_equal(errno, EPIPE);
	ends[0] = dup(ends[1]); /* for tear_down() */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round_trip, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_no_fields, set_up,
		    tear_down),
		cmocka_unit_test(test_raw),
		cmocka_unit_test_setup_teardown(test_full, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_evil, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fd, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_ends, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
