/* SPDX-License-Identifier: ISC */
#include "board.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "crowd.h"
#include "edge_conf.h"
#include "log.h"
#include "shared.h"
#include "sip.h"
#include "xalloc.h"

#define ORDER	 memory_order_relaxed /* numbers only */
#define DIGITS	 6		      /* of a status: 1 to 5; 0: all */
#define PLACES	 256
#define NOWHERE	 (-1)
#define GONE	 BOARD_SLOTS	   /* the slot that has what the dead had */
#define TORN_OLD (BOARD_SLOTS + 1) /* the half line of a dead worker */

/*
 * Another number when the meaning of what lies there changes; a change of its
 * size is seen without.
 */
#define FORM UINT64_C(1)

/* One worker's; on cache lines of its own. */
struct slot {
	_Alignas(64) _Atomic int64_t counters[COUNTERS];
	_Atomic int64_t reasons[REASONS];
	_Atomic int64_t sites[BOARD_SITES][DIGITS];
	_Atomic int64_t servers[BOARD_SERVERS]; /* when * 2 + up; 0: never */
	struct crowd	crowd;
};

struct shared {
	uint64_t	 form;
	struct sip_key	 key;
	_Atomic uint32_t torn;
	/* Whose the places are: digests of names, 0: free. */
	_Atomic uint64_t site_names[PLACES];
	_Atomic uint64_t server_names[PLACES];
	_Alignas(64) struct crowd crowd;
	struct slot slots[BOARD_SLOTS + 1];
};

_Static_assert(PLACES == BOARD_SITES && PLACES == BOARD_SERVERS,
    "as many places as numbers");

struct board {
	struct shared *s;
	struct slot   *mine; /* NULL: the parent */
	unsigned int   id;
	/* Number in the file to place on the board. */
	int site_places[PLACES];
	int server_places[PLACES];
};

static uint64_t
form(void)
{
	return FORM << 56 ^ (uint64_t)COUNTERS << 48 ^ (uint64_t)REASONS << 40 ^
	    sizeof(struct shared);
}

static int64_t
get(_Atomic int64_t *n)
{
	return atomic_load_explicit(n, ORDER);
}

/* Only one process writes it: no need to lock the bus. */
static void
add(_Atomic int64_t *n, int64_t by)
{
	uint64_t sum = (uint64_t)get(n) + (uint64_t)by;

	atomic_store_explicit(n, (int64_t)sum, ORDER);
}

int
board_make(void)
{
	struct shared *s;
	int	       fd;

	if ((fd = shared_make(sizeof(*s))) == -1)
		return -1;
	if ((s = shared_map(fd, sizeof(*s))) == NULL) {
		close(fd);
		return -1;
	}
	s->form = form();
	arc4random_buf(&s->key, sizeof(s->key));
	shared_unmap(s, sizeof(*s));
	return fd;
}

struct board *
board_map(int fd)
{
	struct board  *b;
	struct shared *s;
	size_t	       i;

	if ((s = shared_map(fd, sizeof(*s))) == NULL)
		return NULL;
	if (s->form != form()) {
		log_warnx("the board is of another version");
		shared_unmap(s, sizeof(*s));
		return NULL;
	}
	b = xcalloc(1, sizeof(*b));
	b->s = s;
	for (i = 0; i < PLACES; i++)
		b->site_places[i] = b->server_places[i] = NOWHERE;
	return b;
}

void
board_unmap(struct board *b)
{
	if (b == NULL)
		return;
	shared_unmap(b->s, sizeof(*b->s));
	free(b);
}

void
board_take(struct board *b, unsigned int slot)
{
	if (slot >= BOARD_SLOTS)
		bug("board: slot %u", slot);
	b->mine = &b->s->slots[slot];
	b->id = slot + 1;
}

static uint64_t
digest_of(const struct board *b, const char *name)
{
	uint64_t h = sip_hash(&b->s->key, name, strlen(name));

	return h == 0 ? 1 : h;
}

static uint64_t
site_digest(const struct board *b, const struct edge_site *s)
{
	return digest_of(b, s->nnames > 0 ? s->names[0] : "");
}

static uint64_t
server_digest(const struct board *b, const struct edge_server *s)
{
	char name[ADDR_LEN + 16], text[ADDR_LEN];

	if (s->socket != NULL)
		return digest_of(b, s->socket);
	snprintf(name, sizeof(name), "%s port %u", addr_print(&s->addr, text),
	    s->port);
	return digest_of(b, name);
}

static int
place_of(_Atomic uint64_t *names, uint64_t digest)
{
	int i;

	for (i = 0; i < PLACES; i++)
		if (atomic_load_explicit(&names[i], ORDER) == digest)
			return i;
	return NOWHERE;
}

/*
 * A place for a new name: a free one, or that of a name which this file has
 * no more.  Workers that still drain may count a little for the old one.
 */
static int
new_place(_Atomic uint64_t *names, const int *used)
{
	int i, k, old = NOWHERE;

	for (i = 0; i < PLACES; i++) {
		if (atomic_load_explicit(&names[i], ORDER) == 0)
			return i;
		for (k = 0; k < PLACES && used[k] != i; k++)
			;
		if (k == PLACES && old == NOWHERE)
			old = i;
	}
	return old;
}

/* Which place has each of these names?  The parent finds one for new ones. */
static void
find_places(struct board *b, _Atomic uint64_t *names, int *places,
    const uint64_t *digests, size_t n, void (*clear)(struct slot *, int))
{
	size_t i, k;

	for (i = 0; i < PLACES; i++)
		places[i] = i < n ? place_of(names, digests[i]) : NOWHERE;
	for (i = 0; b->mine == NULL && i < n; i++) {
		if (places[i] != NOWHERE)
			continue;
		places[i] = new_place(names, places);
		/* What was counted for the former name shall not be seen. */
		for (k = 0; k <= BOARD_SLOTS; k++)
			clear(&b->s->slots[k], places[i]);
		atomic_store_explicit(&names[places[i]], digests[i], ORDER);
	}
}

static void
clear_site(struct slot *s, int place)
{
	size_t i;

	for (i = 0; i < DIGITS; i++)
		atomic_store_explicit(&s->sites[place][i], 0, ORDER);
}

static void
clear_server(struct slot *s, int place)
{
	atomic_store_explicit(&s->servers[place], 0, ORDER);
}

void
board_names(struct board *b, const struct edge_conf *conf)
{
	uint64_t digests[PLACES];
	size_t	 i;

	for (i = 0; i < conf->nsites && i < BOARD_SITES; i++)
		digests[i] = site_digest(b, &conf->sites[i]);
	find_places(b, b->s->site_names, b->site_places, digests, i,
	    clear_site);
	for (i = 0; i < conf->nservers && i < BOARD_SERVERS; i++)
		digests[i] = server_digest(b, &conf->servers[i]);
	find_places(b, b->s->server_names, b->server_places, digests, i,
	    clear_server);
}

void
board_count(struct board *b, enum counter c)
{
	add(&b->mine->counters[c], 1);
}

void
board_add(struct board *b, enum counter c, int64_t n)
{
	add(&b->mine->counters[c], n);
}

/* Nobody else writes there. */
void
board_parent_add(struct board *b, enum counter c, int64_t n)
{
	add(&b->s->slots[GONE].counters[c], n);
}

void
board_reason(struct board *b, enum reason r)
{
	add(&b->mine->reasons[r], 1);
}

void
board_site(struct board *b, size_t site, int status)
{
	int digit = status / 100;

	if (site >= BOARD_SITES || b->site_places[site] == NOWHERE)
		return;
	add(&b->mine->sites[b->site_places[site]][0], 1);
	if (digit >= 1 && digit < DIGITS)
		add(&b->mine->sites[b->site_places[site]][digit], 1);
}

void
board_server(struct board *b, size_t server, int up)
{
	if (server >= BOARD_SERVERS || b->server_places[server] == NOWHERE)
		return;
	atomic_store_explicit(&b->mine->servers[b->server_places[server]],
	    clock_ms() * 2 + (up != 0), ORDER);
}

enum board_enter
board_enter(struct board *b, const struct addr *a, unsigned int all,
    unsigned int per_address)
{
	return crowd_enter(&b->s->crowd, &b->mine->crowd,
	    crowd_digest(&b->s->key, a), all, per_address);
}

void
board_leave(struct board *b, const struct addr *a)
{
	crowd_leave(&b->s->crowd, &b->mine->crowd, crowd_digest(&b->s->key, a));
}

unsigned int
board_id(const struct board *b)
{
	return b->id;
}

unsigned int
board_torn(struct board *b)
{
	return atomic_load_explicit(&b->s->torn, ORDER);
}

int
board_torn_change(struct board *b, unsigned int was, unsigned int is)
{
	uint32_t expected = was;

	return atomic_compare_exchange_strong(&b->s->torn, &expected, is);
}

static void
hand_over(_Atomic int64_t *to, _Atomic int64_t *from)
{
	add(to, atomic_exchange_explicit(from, 0, ORDER));
}

static int
is_gauge(size_t c)
{
	return c == COUNTER_OPEN || c == COUNTER_IDLE || c == COUNTER_TUNNELS ||
	    c == COUNTER_UP_IDLE;
}

void
board_free_slot(struct board *b, unsigned int slot)
{
	struct slot *gone = &b->s->slots[GONE], *dead;
	size_t	     i, k;

	if (slot >= BOARD_SLOTS)
		bug("board: slot %u", slot);
	dead = &b->s->slots[slot];
	crowd_give_back(&b->s->crowd, &dead->crowd);
	(void)board_torn_change(b, slot + 1, TORN_OLD);
	for (i = 0; i < COUNTERS; i++) {
		if (is_gauge(i))
			atomic_store_explicit(&dead->counters[i], 0, ORDER);
		else
			hand_over(&gone->counters[i], &dead->counters[i]);
	}
	for (i = 0; i < REASONS; i++)
		hand_over(&gone->reasons[i], &dead->reasons[i]);
	for (i = 0; i < BOARD_SITES; i++)
		for (k = 0; k < DIGITS; k++)
			hand_over(&gone->sites[i][k], &dead->sites[i][k]);
	for (i = 0; i < BOARD_SERVERS; i++)
		atomic_store_explicit(&dead->servers[i], 0, ORDER);
}

int64_t
board_sum(struct board *b, enum counter c)
{
	uint64_t sum = 0;
	size_t	 i;

	for (i = 0; i <= BOARD_SLOTS; i++)
		sum += (uint64_t)get(&b->s->slots[i].counters[c]);
	return (int64_t)sum;
}

uint64_t
board_sum_reason(struct board *b, enum reason r)
{
	uint64_t sum = 0;
	size_t	 i;

	for (i = 0; i <= BOARD_SLOTS; i++)
		sum += (uint64_t)get(&b->s->slots[i].reasons[r]);
	return sum;
}

uint64_t
board_sum_site(struct board *b, size_t site, unsigned int digit)
{
	uint64_t sum = 0;
	size_t	 i;
	int	 place;

	if (site >= BOARD_SITES || digit >= DIGITS ||
	    (place = b->site_places[site]) == NOWHERE)
		return 0;
	for (i = 0; i <= BOARD_SLOTS; i++)
		sum += (uint64_t)get(&b->s->slots[i].sites[place][digit]);
	return sum;
}

/* What the worker saw that asked it last. */
int
board_server_state(struct board *b, size_t server)
{
	int64_t seen, last = 0;
	size_t	i;
	int	place;

	if (server >= BOARD_SERVERS ||
	    (place = b->server_places[server]) == NOWHERE)
		return -1;
	for (i = 0; i < BOARD_SLOTS; i++)
		if ((seen = get(&b->s->slots[i].servers[place])) > last)
			last = seen;
	return last == 0 ? -1 : (int)(last & 1);
}
