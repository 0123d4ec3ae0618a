/* SPDX-License-Identifier: ISC */
#include "edge_io.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <openssl/err.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static SSL_CTX	   *ctx; /* NULL: plain */
static SSL_SESSION *ticket;
static int	    resuming;

/* OpenSSL gives its reference to us. */
static int
new_ticket(SSL *ssl, SSL_SESSION *session)
{
	(void)ssl;
	SSL_SESSION_free(ticket);
	ticket = session;
	return 1;
}

void
io_setup(const char *suite, int resume)
{
	static char groups[] = "X25519";

	ctx = SSL_CTX_new(TLS_client_method());
	if (ctx == NULL ||
	    !SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION) ||
	    !SSL_CTX_set_ciphersuites(ctx, suite) ||
	    !SSL_CTX_set1_groups_list(ctx, groups))
		errx(1, "OpenSSL: no context");
	SSL_CTX_set_read_ahead(ctx, 1);
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
	if ((resuming = resume)) {
		SSL_CTX_set_session_cache_mode(ctx,
		    SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
		SSL_CTX_sess_set_new_cb(ctx, new_ticket);
	}
}

void
io_open(struct io *io, uint16_t port, char *name)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	int		   on = 1;

	sin.sin_port = htons(port);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	io->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (io->fd == -1 ||
	    connect(io->fd, (struct sockaddr *)&sin, sizeof(sin)) == -1)
		err(1, "connect");
	setsockopt(io->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	fcntl(io->fd, F_SETFL, O_NONBLOCK);
	io->ssl = NULL;
	if (ctx == NULL)
		return;
	if ((io->ssl = SSL_new(ctx)) == NULL || !SSL_set_fd(io->ssl, io->fd) ||
	    !SSL_set_tlsext_host_name(io->ssl, name))
		errx(1, "OpenSSL: no connection");
	SSL_set_connect_state(io->ssl);
	if (resuming && ticket != NULL)
		SSL_set_session(io->ssl, ticket);
}

int
io_handshake(struct io *io)
{
	int r;

	ERR_clear_error();
	if (io->ssl == NULL || (r = SSL_do_handshake(io->ssl)) == 1)
		return 1;
	if (SSL_get_error(io->ssl, r) == SSL_ERROR_WANT_READ)
		return 0;
	warn("handshake: %s", ERR_reason_error_string(ERR_peek_error()));
	return -1;
}

ssize_t
io_get(struct io *io, void *buf, size_t len)
{
	ssize_t n;
	int	r;

	if (io->ssl == NULL) {
		n = read(io->fd, buf, len);
		return n == -1 && errno != EAGAIN ? 0 : n;
	}
	if ((r = SSL_read(io->ssl, buf, (int)len)) > 0)
		return r;
	return SSL_get_error(io->ssl, r) == SSL_ERROR_WANT_READ ? -1 : 0;
}

int
io_put(struct io *io, const char *data, size_t len)
{
	ssize_t n;

	if (io->ssl != NULL)
		n = SSL_write(io->ssl, data, (int)len);
	else
		n = send(io->fd, data, len, MSG_NOSIGNAL);
	return n == (ssize_t)len ? 0 : -1;
}

void
io_close(struct io *io, int politely)
{
	if (io->ssl != NULL) {
		if (politely)
			SSL_shutdown(io->ssl);
		SSL_free(io->ssl);
		io->ssl = NULL;
		ERR_clear_error();
	}
	close(io->fd);
}
