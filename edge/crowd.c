/* SPDX-License-Identifier: ISC */
#include "crowd.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

/* Numbers only: no other memory is read or written because of one. */
#define ORDER memory_order_relaxed

static _Atomic int32_t *
cell(struct crowd *c, unsigned int row, uint64_t digest)
{
	return &c->cells[row][(digest >> (16 * row)) % CROWD_COLUMNS];
}

/* Wraps round, as the atomic ones do: it is a foreign process's number. */
static int32_t
sum(int32_t a, int32_t b)
{
	return (int32_t)((uint32_t)a + (uint32_t)b);
}

static int32_t
add(_Atomic int32_t *n, int32_t by)
{
	return sum(atomic_fetch_add_explicit(n, by, ORDER), by);
}

/* What one process alone writes needs no lock of the bus. */
static void
add_alone(_Atomic int32_t *n, int32_t by)
{
	atomic_store_explicit(n, sum(atomic_load_explicit(n, ORDER), by),
	    ORDER);
}

uint64_t
crowd_digest(const struct sip_key *key, const struct addr *a)
{
	unsigned char bytes[9] = { 0 };

	bytes[0] = (unsigned char)a->family;
	memcpy(bytes + 1, a->octets, a->family == ADDR_IPV6 ? 8 : 4);
	return sip_hash(key, bytes, sizeof(bytes));
}

/* The least of its cells, after the change. */
static int32_t
add_cells(struct crowd *sums, uint64_t digest, int32_t by)
{
	unsigned int row;
	int32_t	     n, least = INT32_MAX;

	for (row = 0; row < CROWD_ROWS; row++) {
		n = add(cell(sums, row, digest), by);
		if (n < least)
			least = n;
	}
	return least;
}

static int
is_over(int32_t n, unsigned int limit)
{
	return n > 0 && (unsigned int)n > limit;
}

static void
add_mine(struct crowd *mine, uint64_t digest, int32_t by)
{
	unsigned int row;

	add_alone(&mine->all, by);
	for (row = 0; row < CROWD_ROWS; row++)
		add_alone(cell(mine, row, digest), by);
}

/*
 * The order of the two matters to a process that is killed between them:
 * better is one too many in the sums than one too few.
 */
enum board_enter
crowd_enter(struct crowd *sums, struct crowd *mine, uint64_t digest,
    unsigned int all, unsigned int per_address)
{
	if (is_over(add(&sums->all, 1), all)) {
		add(&sums->all, -1);
		return BOARD_FULL;
	}
	if (is_over(add_cells(sums, digest, 1), per_address)) {
		add_cells(sums, digest, -1);
		add(&sums->all, -1);
		return BOARD_FULL_ADDRESS;
	}
	add_mine(mine, digest, 1);
	return BOARD_WELCOME;
}

void
crowd_leave(struct crowd *sums, struct crowd *mine, uint64_t digest)
{
	add_mine(mine, digest, -1);
	add_cells(sums, digest, -1);
	add(&sums->all, -1);
}

static void
give_back(_Atomic int32_t *sum, _Atomic int32_t *n)
{
	int32_t held = atomic_exchange_explicit(n, 0, ORDER);

	if (held > 0)
		atomic_fetch_sub_explicit(sum, held, ORDER);
}

void
crowd_give_back(struct crowd *sums, struct crowd *mine)
{
	unsigned int row, column;

	give_back(&sums->all, &mine->all);
	for (row = 0; row < CROWD_ROWS; row++)
		for (column = 0; column < CROWD_COLUMNS; column++)
			/* To read a page of zeroes costs none; to write does.*/
			if (atomic_load_explicit(&mine->cells[row][column],
				ORDER) != 0)
				give_back(&sums->cells[row][column],
				    &mine->cells[row][column]);
}
