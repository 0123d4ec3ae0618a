/* SPDX-License-Identifier: ISC */
/*
 * Running another program: no shell, an argument vector, a clean environment,
 * standard input from memory, what it says bounded, and an end to waiting.
 */
#ifndef TOOL_H
#define TOOL_H

#include <stddef.h>

#define TOOL_SECONDS 10		  /* then it hangs, and is killed */
#define TOOL_OUT_MAX (64UL << 20) /* bytes of standard output */
#define TOOL_ERR_LEN 1024	  /* of standard error; the rest is lost */

enum tool_end {
	TOOL_EXITED,  /* see code */
	TOOL_MISSING, /* there is no such program, or it may not be run */
	TOOL_HUNG,    /* killed at the deadline */
	TOOL_DIED,    /* by a signal: code is its number */
	TOOL_FLOODED, /* said more than TOOL_OUT_MAX; killed */
	TOOL_SYSTEM   /* no process or memory to be had; errno is in code */
};

struct tool {
	enum tool_end end;
	int	      code;
	char	     *out; /* ends in NUL; never NULL after TOOL_EXITED */
	size_t	      outlen;
	char	      err[TOOL_ERR_LEN]; /* clean, newlines are spaces */
};

/*
 * Run argv[0], a whole path, and wait for its end.  in may be NULL if inlen
 * is 0.  Descriptors from 3 become close-on-exec.  The caller ends with
 * tool_free(), however it went.
 */
void tool_run(struct tool *, const char *const argv[], const char *in,
    size_t inlen);
void tool_free(struct tool *);

#endif /* TOOL_H */
