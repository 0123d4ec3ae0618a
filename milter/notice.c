/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <sysexits.h>

#include "addr.h"
#include "clock.h"
#include "log.h"
#include "nat.h"
#include "notice.h"
#include "teller.h"

static struct teller *teller;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct nat     *nat;

void
notice_open(const char *path)
{
	if ((nat = nat_new()) == NULL || (teller = teller_new(path)) == NULL)
		fatalx(EX_OSERR, "out of memory");
}

int
notice_nat(const struct addr *addr, int is_protected, const char *helo)
{
	char text[ADDR_LEN];
	int  hides, news;

	pthread_mutex_lock(&lock);
	hides =
	    nat_hides(nat, addr, is_protected, helo, clock_ms() / 1000, &news);
	pthread_mutex_unlock(&lock);
	if (news)
		log_warnx("%s: %d different HELO names within an hour: NAT "
			  "hides the real addresses from Postfix; only "
			  "observing this address (see postern-milter(8))",
		    addr_print(addr, text), NAT_HELOS);
	return hides;
}

void
notice_offence(const struct addr *addr)
{
	teller_tell(teller, addr, OFFENCE_REJECT);
}

void
notice_print(char *buf, size_t size)
{
	uint64_t told, lost;
	size_t	 hidden;

	pthread_mutex_lock(&lock);
	hidden = nat_count(nat, clock_ms() / 1000);
	pthread_mutex_unlock(&lock);
	teller_stats(teller, &told, &lost);
	snprintf(buf, size,
	    "offences-told %" PRIu64 "\noffences-lost %" PRIu64
	    "\nnat-addresses %zu\n",
	    told, lost, hidden);
}
