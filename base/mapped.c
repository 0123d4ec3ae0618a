/* SPDX-License-Identifier: ISC */
#include "mapped.h"

#include <sys/mman.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* All pages at once are much cheaper than a fault each. */
#ifdef MAP_POPULATE
#define POPULATE MAP_POPULATE
#else
#define POPULATE 0
#endif

/*
 * A place in the table.  The handler may come at any time in any thread: it
 * sees one whose end is not 0, and that is set last and undone first.
 */
struct mapped {
	atomic_int	 taken;
	atomic_uintptr_t start;
	atomic_uintptr_t end;
	atomic_int	 broken;
};

static struct mapped	table[MAPPED_MAX];
static struct sigaction before;
static pthread_mutex_t	lock = PTHREAD_MUTEX_INITIALIZER;

static struct mapped *
find(uintptr_t at)
{
	uintptr_t end;
	size_t	  i;

	for (i = 0; i < MAPPED_MAX; i++) {
		end = atomic_load(&table[i].end);
		if (end > at && atomic_load(&table[i].start) <= at)
			return &table[i];
	}
	return NULL;
}

/*
 * Only system calls and atomics in here.  The mark comes before the zeros:
 * whoever has read one of them sees it.
 */
static int
put_zeros(struct mapped *m)
{
	uintptr_t start = atomic_load(&m->start);
	size_t	  size = atomic_load(&m->end) - start;

	atomic_store(&m->broken, 1);
	return mmap((void *)start, size, PROT_READ,
		   MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) == MAP_FAILED ?
	    -1 :
	    0;
}

static void
on_bus(int number, siginfo_t *info, void *context)
{
	struct mapped *m;
	int	       saved = errno, sent = info->si_code <= 0;

	(void)context;
	if (!sent && (m = find((uintptr_t)info->si_addr)) != NULL &&
	    put_zeros(m) == 0) {
		errno = saved;
		return;
	}
	/* The instruction is run again, and what comes now is as ever. */
	sigaction(SIGBUS, &before, NULL);
	if (sent)
		raise(number);
	errno = saved;
}

/* Somebody else's handler may have taken the place of ours since. */
static int
install(void)
{
	struct sigaction sa = { .sa_sigaction = on_bus }, now;

	sa.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigemptyset(&sa.sa_mask);
	if (sigaction(SIGBUS, NULL, &now) == -1)
		return -1;
	if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == on_bus)
		return 0;
	before = now;
	return sigaction(SIGBUS, &sa, NULL);
}

int
mapped_guard(void)
{
	int ret;

	pthread_mutex_lock(&lock);
	ret = install();
	pthread_mutex_unlock(&lock);
	return ret;
}

static struct mapped *
take_place(void)
{
	int    no;
	size_t i;

	for (i = 0; i < MAPPED_MAX; i++) {
		no = 0;
		if (atomic_compare_exchange_strong(&table[i].taken, &no, 1))
			return &table[i];
	}
	errno = ENFILE;
	return NULL;
}

struct mapped *
mapped_open(int fd, size_t size)
{
	struct mapped *m;
	void	      *at;

	if ((m = take_place()) == NULL)
		return NULL;
	at = mmap(NULL, size, PROT_READ, MAP_SHARED | POPULATE, fd, 0);
	if (at == MAP_FAILED) {
		atomic_store(&m->taken, 0);
		return NULL;
	}
	atomic_store(&m->broken, 0);
	atomic_store(&m->start, (uintptr_t)at);
	atomic_store(&m->end, (uintptr_t)at + size);
	return m;
}

void
mapped_close(struct mapped *m)
{
	uintptr_t start, end;

	if (m == NULL)
		return;
	start = atomic_load(&m->start);
	end = atomic_exchange(&m->end, 0);
	munmap((void *)start, end - start);
	atomic_store(&m->taken, 0);
}

void *
mapped_at(const struct mapped *m)
{
	return (void *)atomic_load(&m->start);
}

int
mapped_broken(const struct mapped *m)
{
	atomic_thread_fence(memory_order_acquire);
	return atomic_load_explicit(&m->broken, memory_order_relaxed);
}
