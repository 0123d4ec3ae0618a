/* SPDX-License-Identifier: ISC */
/*
 * OpenSSL on a stream, by a BIO of our own: it reads from the socket into
 * OpenSSL's buffer (header and body of a record in one call), and it never
 * refuses what OpenSSL writes, so that a write is never half done.
 */
#include "stream_tls.h"

#include <errno.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

/*
 * What a peer may send without any data in it (new keys, wishes for another
 * handshake): OpenSSL would take it, and answer it, for ever.  Nobody who is
 * in his right mind sends more than a record of it.
 */
#define READS_FIRST 16 /* while it is the handshake */
#define READS	    4
#define SAID_MAX    16384 /* bytes of answers that wait */

static int
bio_read(BIO *bio, char *buf, int len)
{
	struct stream *s = BIO_get_data(bio);
	ssize_t	       n;

	BIO_clear_retry_flags(bio);
	if (s->readable && ++s->reads > (s->secure ? READS : READS_FIRST))
		s->failed = 1;
	if (s->failed)
		return -1;
	if ((n = stream_receive(s, buf, (size_t)len)) == -1) {
		if (!s->failed)
			BIO_set_retry_read(bio);
		return -1;
	}
	if (s->first && n > 0) {
		s->first = 0;
		/* A method, where a handshake record (22) should begin. */
		if (buf[0] >= 'A' && buf[0] <= 'Z') {
			s->not_tls = 1;
			return -1;
		}
	}
	return (int)n;
}

static int
bio_write(BIO *bio, const char *buf, int len)
{
	struct stream *s = BIO_get_data(bio);

	BIO_clear_retry_flags(bio);
	stream_keep(s, buf, (size_t)len);
	return s->failed ? -1 : len;
}

static long
bio_ctrl(BIO *bio, int command, long number, void *p)
{
	(void)number;
	(void)p;
	switch (command) {
	case BIO_CTRL_FLUSH:
	case BIO_CTRL_PUSH:
	case BIO_CTRL_POP:
		return 1;
	case BIO_CTRL_EOF:
		return ((struct stream *)BIO_get_data(bio))->ended;
	default:
		return 0;
	}
}

static BIO_METHOD *
method(void)
{
	static BIO_METHOD *m;
	int		   type;

	if (m != NULL)
		return m;
	type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK;
	if ((m = BIO_meth_new(type, "stream")) == NULL)
		return NULL;
	BIO_meth_set_read(m, bio_read);
	BIO_meth_set_write(m, bio_write);
	BIO_meth_set_ctrl(m, bio_ctrl);
	return m;
}

int
stream_tls_attach(struct stream *s)
{
	BIO_METHOD *m = method();
	BIO	   *bio;

	if (m == NULL || (bio = BIO_new(m)) == NULL)
		return -1;
	BIO_set_data(bio, s);
	BIO_set_init(bio, 1);
	SSL_set_bio(s->ssl, bio, bio);
	SSL_set_accept_state(s->ssl);
	return 0;
}

void
stream_tls_free(struct stream *s)
{
	if (s->ssl == NULL)
		return;
	SSL_free(s->ssl);
	s->ssl = NULL;
}

int
stream_tls_pending(const struct stream *s)
{
	return SSL_has_pending(s->ssl);
}

static int
said_too_much(struct stream *s, size_t was)
{
	size_t said = was == 0 ? 0 : s->said;

	if (stream_pending(s) > was)
		said += stream_pending(s) - was;
	s->said = said & 0xffff;
	if (said <= SAID_MAX)
		return 0;
	s->failed = 1;
	return 1;
}

enum stream_io
stream_tls_read(struct stream *s, void *buf, size_t size, size_t *n)
{
	enum stream_io ret;
	size_t	       was = stream_pending(s);
	int	       ok, error, was_secure = s->secure;

	/* SSL_get_error() looks at what any connection left behind. */
	ERR_clear_error();
	s->reads = 0;
	ok = SSL_read_ex(s->ssl, buf, size, n);
	if (!s->secure && SSL_is_init_finished(s->ssl))
		s->secure = 1;
	if (ok == 1)
		ret = STREAM_OK;
	else {
		error = SSL_get_error(s->ssl, 0);
		if (error == SSL_ERROR_WANT_READ)
			ret = STREAM_WAIT;
		else if (error == SSL_ERROR_ZERO_RETURN) {
			s->clean = 1;
			ret = STREAM_EOF;
		} else
			ret = s->ended ? STREAM_EOF : STREAM_ERROR;
		ERR_clear_error();
	}
	/* Tickets and alerts, until somebody flushes. */
	stream_settle(s);
	if (was_secure && said_too_much(s, was))
		return STREAM_ERROR;
	return ret;
}

void
stream_tls_write(struct stream *s, const void *p, size_t len)
{
	size_t n;

	if (s->failed)
		return;
	if (SSL_write_ex(s->ssl, p, len, &n) != 1) {
		ERR_clear_error();
		s->failed = 1;
	}
}

void
stream_tls_finish(struct stream *s)
{
	SSL_shutdown(s->ssl);
	ERR_clear_error();
}
