/* SPDX-License-Identifier: ISC */
/*
 * The file in force, for many threads: a session takes it when it begins and
 * keeps it to its end, whatever is reloaded meanwhile.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

struct conf;

/* Takes a reference of its own, and drops the one it had. */
void settings_set(const struct conf *);
/* A reference, for conf_unref(). */
const struct conf *settings_take(void);

#endif /* SETTINGS_H */
