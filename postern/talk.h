/* SPDX-License-Identifier: ISC */
/*
 * Talking to the daemons that run, over their control sockets.
 */
#ifndef TALK_H
#define TALK_H

/*
 * Say one word ("status", "reload") to every daemon that has a control
 * socket in state/run and print what each answers.  Returns an exit status:
 * 0, EX_UNAVAILABLE if none runs, EX_NOPERM if the sockets may not be opened, 1
 * if some daemon answered with an error.
 */
int talk_to_all(const char *state, const char *word);

#endif /* TALK_H */
