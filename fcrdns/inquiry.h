/* SPDX-License-Identifier: ISC */
/*
 * One inquiry about one address: the PTR lookup and each DNS list at once,
 * then the addresses of the names and the reasons of the listings, under one
 * deadline for everything.  It ends when no further answer can change the
 * result (tally.h) and every list has answered; if nothing but reasons is
 * missing, they are waited for only a moment.
 */
#ifndef INQUIRY_H
#define INQUIRY_H

struct addr;
struct dnsbls;
struct event_base;
struct findings;
struct inquiry;
struct resolver;

/*
 * Called once, from the loop and never before inquiry_new() returns.  The
 * inquiry frees itself after it.
 */
typedef void inquiry_fn(void *arg, const struct findings *);

/* Takes a reference to the resolver.  dnsbls: or NULL.  NULL: out of memory. */
struct inquiry *inquiry_new(struct event_base *, struct resolver *,
    struct dnsbls *, const struct addr *, unsigned int seconds, inquiry_fn *,
    void *arg);
/* Give up; fn is not called. */
void inquiry_free(struct inquiry *);

#endif /* INQUIRY_H */
