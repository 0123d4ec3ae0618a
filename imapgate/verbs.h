/* SPDX-License-Identifier: ISC */
/*
 * The verbs of imapgate(8).  Each returns the exit status.
 */
#ifndef VERBS_H
#define VERBS_H

struct conf;
struct operand;
struct prefix;

struct options {
	const char  *file;
	const char  *comment; /* -c, or NULL */
	const char  *operand; /* or NULL */
	unsigned int seconds; /* -t, or 0 */
	int	     dry;     /* -n */
	int	     forever; /* -p */
	int	     json;    /* -j */
	int	     right;   /* -y */
};

int verb_allow(const struct conf *, const struct options *);
int verb_revoke(const struct conf *, const struct options *);
int verb_list(const struct conf *, const struct options *);
int verb_check(const struct conf *, const struct options *);
int verb_sync(const struct conf *, const struct options *);
int verb_expire(const struct conf *, const struct options *);
int verb_rules(const struct conf *, const struct options *);
int verb_doctor(const struct conf *, const struct options *);

/* argv[0] is "serve". */
int verb_serve(const char *file, int argc, char *argv[]);

/*
 * The operand, or "me" (which NULL is, too), as a prefix.  0, or EX_USAGE with
 * the reason said.  any: it need not be one that may be let in.
 */
int read_operand(struct operand *, const struct conf *, const char *, int any);

#endif /* VERBS_H */
