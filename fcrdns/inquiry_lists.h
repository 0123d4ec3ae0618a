/* SPDX-License-Identifier: ISC */
/*
 * The part of an inquiry that asks the DNS lists: one question to each, all
 * at once; to one that lists the address by a reply that the file wants,
 * another for the reason.
 */
#ifndef INQUIRY_LISTS_H
#define INQUIRY_LISTS_H

struct addr;
struct dnsbls;
struct findings;
struct inquiry_lists;
struct resolver;

/*
 * news is called, perhaps from inside libunbound, when there is something to
 * do: call inquiry_lists_go() then, from the loop, and first of all.  NULL:
 * out of memory.
 */
struct inquiry_lists *inquiry_lists_new(struct dnsbls *, struct resolver *,
    const struct addr *, void (*news)(void *), void *arg);
void		      inquiry_lists_free(struct inquiry_lists *);
void		      inquiry_lists_go(struct inquiry_lists *);
/* Has every list answered? */
int inquiry_lists_over(const struct inquiry_lists *);
/* Is there nothing left to hear but the reasons of listings? */
int inquiry_lists_for_reasons(const struct inquiry_lists *);
/* The deadline: what is open is a timeout, what lacks its reason does so. */
void inquiry_lists_expire(struct inquiry_lists *);
/*
 * When it is over, once: adds what the lists answered, and lowers the ttl.
 * The lists get to know how they did.
 */
void inquiry_lists_findings(struct inquiry_lists *, struct findings *);

/* Seconds that the error of a list is kept, and an answer without a time. */
#define INQUIRY_LISTS_TTL_ERROR 30

#endif /* INQUIRY_LISTS_H */
