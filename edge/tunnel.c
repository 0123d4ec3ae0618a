/* SPDX-License-Identifier: ISC */
/*
 * After 101 both sides are only bytes (RFC 9110, 7.8): what one sends goes to
 * the other.  An end of one side is told to the other; the tunnel is over
 * when both have ended.
 */
#include "board.h"
#include "exchange.h"
#include "sets.h"
#include "stream.h"
#include "upstream.h"

#define TUNNEL_READ  (64 * 1024)
#define TUNNEL_TURNS 16

/*
 * From one to the other, as much as it takes.  1: something moved; 0: not; -1:
 * that side is broken.
 */
static int
move(struct exchange *x, struct stream *from, struct stream *to, int *ended,
    uint64_t *bytes)
{
	enum stream_io io;
	size_t	       n;
	int	       turns, moved = 0;

	for (turns = 0; turns < TUNNEL_TURNS; turns++) {
		if (*ended || stream_pending(to) > 0 || !stream_has_input(from))
			return moved;
		io = stream_read(from, x->w->from_up, TUNNEL_READ, &n);
		if (io == STREAM_WAIT)
			return moved;
		if (io == STREAM_ERROR)
			return -1;
		if (io == STREAM_EOF) {
			*ended = 1;
			stream_flush(to);
			stream_finish(to);
			return 1;
		}
		moved = 1;
		*bytes += n;
		stream_put(to, x->w->from_up, n);
		stream_flush(to);
		if (to->failed)
			return -1;
		stream_look_again(from);
	}
	stream_again(from);
	return moved;
}

void
tunnel_move(struct exchange *x)
{
	struct stream *client = x->side->stream(x->client);
	struct stream *up = &x->up->stream;
	int	       there, back;

	stream_flush(client);
	stream_flush(up);
	there = move(x, client, up, &x->client_ended, &x->received);
	back = move(x, up, client, &x->up_ended, &x->sent);
	if (there == -1 || back == -1 || client->failed || up->failed ||
	    (x->client_ended && x->up_ended && stream_pending(client) == 0 &&
		stream_pending(up) == 0)) {
		exchange_end(x, REASON_TUNNEL);
		return;
	}
	if (there || back)
		exchange_wait(x, (int64_t)x->w->conf->tunnel_timeout * 1000);
}

void
tunnel_start(struct exchange *x)
{
	struct input *in = &x->up->in;

	x->state = EXCHANGE_TUNNEL;
	x->close = 1;
	x->w->ntunnels++;
	x->w->nexchanges--;
	board_add(x->w->board, COUNTER_TUNNELS, 1);
	x->sent = input_has(in);
	if (input_has(in) > 0)
		x->side->head(x->client, in->buf + in->at, input_has(in));
	input_drop(in);
	x->side->flush(x->client);
	exchange_wait(x, (int64_t)x->w->conf->tunnel_timeout * 1000);
	x->side->rest(x->client);
	tunnel_move(x);
}

int
tunnel_blocked(struct exchange *x)
{
	struct worker	       *w = x->w;
	const struct from_item *item;

	item = route_blocks(w->conf, x->site, x->location, &x->address,
	    sets_member, w->sets);
	if (item != NULL)
		x->list = item->list;
	return item != NULL;
}
