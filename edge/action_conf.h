/* SPDX-License-Identifier: ISC */
/*
 * What becomes of a request, in the words of the file: "forward to",
 * "redirect" and "return", of which a site or a location has one.  The value
 * is a struct edge_action, or (for ACME) a struct edge_forward.
 */
#ifndef ACTION_CONF_H
#define ACTION_CONF_H

struct edge_action;
struct edge_forward;
struct printer;
struct words;

int action_read_forward(void *, struct words *);
/* The URL may have $1 up to $groups. */
int action_read_redirect(struct edge_action *, unsigned int groups,
    struct words *);
int action_read_return(void *, struct words *);
int forward_read(void *, struct words *);
/* Of a whole block: is there nobody but backups?  0, or -1 and said. */
int forward_check(const struct edge_forward *, const char *name,
    struct words *);

void action_print_forward(const void *, struct printer *);
void action_print_redirect(const void *, struct printer *);
void action_print_return(const void *, struct printer *);
void forward_print(const void *, struct printer *);

void action_free(struct edge_action *);
void forward_free(struct edge_forward *);

#endif /* ACTION_CONF_H */
