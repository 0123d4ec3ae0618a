/* SPDX-License-Identifier: ISC */
/*
 * Ending TCP sessions at this machine's own sockets (Linux): the peer gets a
 * reset, the server's process an error.  inet_diag finds them.
 */
#ifndef SOCK_DESTROY_H
#define SOCK_DESTROY_H

#include <stddef.h>
#include <stdint.h>

#include "firewall.h"

/*
 * Those with these local ports whose peer is in neither set.  FIREWALL_DONE
 * also when the kernel cannot do it: then why says so, otherwise it is empty.
 */
enum firewall_result sock_destroy(const uint16_t *ports, size_t nports,
    const struct firewall_set *gone, const struct firewall_set *keep,
    const struct firewall_set *own, size_t *ended, char why[FIREWALL_WHY_LEN]);

#endif /* SOCK_DESTROY_H */
