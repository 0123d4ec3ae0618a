/* SPDX-License-Identifier: ISC */
#include "orders.h"

#include <sys/mman.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "log.h"
#include "logfile.h"
#include "pieces.h"
#include "tls.h"
#include "upstream.h"
#include "wire.h"
#include "xalloc.h"

#define PIECES_MAX (1024 * 1024) /* bytes of one file */

/* Of each kind one file at a time. */
struct pieces {
	struct {
		uint64_t number;
		char	*buf;
		size_t	 len;
	} files[ORDER_FILES];
};

struct pieces *
pieces_new(void)
{
	return xcalloc(1, sizeof(struct pieces));
}

/* It may be a key. */
static void
forget(struct pieces *p, enum order_file kind)
{
	if (p->files[kind].buf != NULL)
		explicit_bzero(p->files[kind].buf, p->files[kind].len);
	free(p->files[kind].buf);
	p->files[kind].buf = NULL;
	p->files[kind].len = 0;
}

void
pieces_free(struct pieces *p)
{
	int kind;

	for (kind = 0; kind < ORDER_FILES; kind++)
		forget(p, (enum order_file)kind);
	free(p);
}

static int
take_piece(struct worker *w, struct wire_msg *m)
{
	uint64_t    kind = wire_get_number(m), number = wire_get_number(m);
	size_t	    len, was;
	const void *bytes = wire_get_bytes(m, &len);
	char	   *grown;

	if (wire_end(m) == -1 || kind >= ORDER_FILES)
		return -1;
	if (w->pieces->files[kind].number != number)
		forget(w->pieces, (enum order_file)kind);
	was = w->pieces->files[kind].len;
	if (len > PIECES_MAX - was)
		return -1;
	/* Not realloc(3): what it leaves behind cannot be wiped. */
	grown = xcalloc(1, was + len + 1);
	if (was > 0)
		memcpy(grown, w->pieces->files[kind].buf, was);
	memcpy(grown + was, bytes, len);
	forget(w->pieces, (enum order_file)kind);
	w->pieces->files[kind].buf = grown;
	w->pieces->files[kind].len = was + len;
	w->pieces->files[kind].number = number;
	return 0;
}

static int
take_pair(struct worker *w, struct wire_msg *m)
{
	struct pieces *p = w->pieces;
	uint64_t       number = wire_get_number(m);

	if (wire_end(m) == -1 || number >= w->conf->npairs ||
	    p->files[ORDER_FILE_CHAIN].number != number ||
	    p->files[ORDER_FILE_KEY].number != number)
		return -1;
	/* A pair that cannot be used leaves what was: it is logged. */
	(void)tls_pair(w->tls, (size_t)number, p->files[ORDER_FILE_CHAIN].buf,
	    p->files[ORDER_FILE_CHAIN].len, p->files[ORDER_FILE_KEY].buf,
	    p->files[ORDER_FILE_KEY].len);
	forget(p, ORDER_FILE_CHAIN);
	forget(p, ORDER_FILE_KEY);
	return 0;
}

static int
take_page(struct worker *w, struct wire_msg *m)
{
	struct pieces *p = w->pieces;
	uint64_t       number = wire_get_number(m);
	struct out    *page;

	if (wire_end(m) == -1 || number >= w->conf->npages ||
	    p->files[ORDER_FILE_PAGE].number != number)
		return -1;
	page = &w->pages[number];
	free(page->buf);
	page->buf = p->files[ORDER_FILE_PAGE].buf;
	page->len = p->files[ORDER_FILE_PAGE].len;
	p->files[ORDER_FILE_PAGE].buf = NULL;
	p->files[ORDER_FILE_PAGE].len = 0;
	return 0;
}

static int
take_tickets(struct worker *w, struct wire_msg *m)
{
	size_t	      len;
	const void   *bytes = wire_get_bytes(m, &len);
	unsigned char keys[TLS_TICKET_KEYS][TLS_TICKET_KEY_LEN];

	if (wire_end(m) == -1 || len == 0 || len > sizeof(keys) ||
	    len % TLS_TICKET_KEY_LEN != 0)
		return -1;
	memcpy(keys, bytes, len);
	tls_tickets(w->tls, (const unsigned char(*)[TLS_TICKET_KEY_LEN])keys,
	    len / TLS_TICKET_KEY_LEN);
	explicit_bzero(keys, sizeof(keys));
	explicit_bzero(m->data, sizeof(m->data));
	return 0;
}

static int
take_board(struct worker *w, struct wire_msg *m)
{
	uint64_t slot = wire_get_number(m);

	if (wire_end(m) == -1 || m->fd == -1 || slot >= BOARD_SLOTS ||
	    w->board != NULL)
		return -1;
	w->board = board_map(m->fd);
	if (w->board == NULL)
		return -1;
	board_take(w->board, (unsigned int)slot);
	board_names(w->board, w->conf);
	return 0;
}

static int
take_log(struct worker *w, struct wire_msg *m)
{
	if (wire_end(m) == -1 || m->fd == -1)
		return -1;
	if (w->log != NULL)
		logfile_use(w->log, m->fd);
	else if (w->log_fd == -1)
		w->log_fd = m->fd;
	else
		return -1;
	m->fd = -1;
	return 0;
}

static int
take_socket(struct worker *w, struct wire_msg *m)
{
	uint64_t id = wire_get_number(m), error = wire_get_number(m);
	int	 fd = m->fd;

	if (wire_end(m) == -1 || w->upstreams == NULL ||
	    (fd == -1 && (error == 0 || error > 4096)))
		return -1;
	m->fd = -1;
	upstream_socket(w->upstreams, id, (int)error, fd);
	return 0;
}

int
orders_take(struct worker *w, struct wire_msg *m)
{
	int ret = -1;

	switch (m->type) {
	case ORDER_PIECE:
		ret = take_piece(w, m);
		break;
	case ORDER_PAIR:
		ret = take_pair(w, m);
		break;
	case ORDER_PAGE:
		ret = take_page(w, m);
		break;
	case ORDER_TICKETS:
		ret = take_tickets(w, m);
		break;
	case ORDER_LOG:
		ret = take_log(w, m);
		break;
	case ORDER_BOARD:
		ret = take_board(w, m);
		break;
	case ORDER_SOCKET:
		ret = take_socket(w, m);
		break;
	default:
		break;
	}
	if (ret == -1)
		log_warnx("an order of the parent makes no sense");
	return ret;
}
