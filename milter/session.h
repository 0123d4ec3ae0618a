/* SPDX-License-Identifier: ISC */
/*
 * One SMTP session and its transactions, as the milter sees them, and what is
 * answered to each recipient.  Pure: the clock, fcrdnsd, the random token and
 * libmilter are the caller's.
 *
 *	session_start, session_helo*,
 *	( session_mail, ( session_waits ? session_found ),
 *	  ( session_may_change ? session_news ), session_rcpt*,
 *	  session_message | session_abort )*,
 *	session_record
 *
 * The client is judged at the first recipient of one who is not
 * authenticated; at the first of each later transaction our own lists are
 * looked at again, for a ban holds from one moment to the next.  The verdict
 * is carried out at each recipient:
 *
 * - An authenticated client (known anew at each MAIL) is never refused, held
 *   or tagged, and nothing is said in the header about where it came from.
 * - A recipient that is exempt is accepted from whomever; if the client
 *   would else have been refused, the message is tagged with the reason.  A
 *   message for exempt recipients only is not held.
 * - With "observe" nothing is refused or held; what would have been is
 *   tagged, and the record says it.  So it is with a client that NAT hides.
 * - A client without an address (a local submission) is accepted, and its
 *   headers are left as they are.
 */
#ifndef SESSION_H
#define SESSION_H

#include <stdint.h>

#include "iprev.h"
#include "token.h"
#include "verdict.h"

struct fcrdns_conf;
struct line;
struct milter_conf;
struct reply;

#define SESSION_TEXT_LEN  320 /* RFC 5321, 4.5.3.1: a path is 256 */
#define SESSION_QUEUE_LEN 64

struct session {
	const struct milter_conf *mconf; /* borrowed */
	const struct fcrdns_conf *fconf;
	struct addr		  addr;
	uint16_t		  port;
	int			  judged; /* verdict is there */
	int			  found;  /* findings are there too */
	struct findings		  findings;
	struct verdict		  verdict;
	int			  hidden;	    /* NAT hides who it is */
	int			  told;		    /* its offence was */
	char			  token[TOKEN_LEN]; /* "": none needed */

	/* Of the whole session, for the record. */
	char	     helo[SESSION_TEXT_LEN];
	char	     from[SESSION_TEXT_LEN];   /* of the first refusal, */
	char	     rcpt[SESSION_TEXT_LEN];   /* or of the first at all */
	char	     queue[SESSION_QUEUE_LEN]; /* the last queue id */
	unsigned int nrcpts, nexempt, nmessages, nforged;
	unsigned int nrefused;	    /* or would be, but for "observe" */
	int	     authenticated; /* ever */

	/* Of the present transaction. */
	char	     sender[SESSION_TEXT_LEN];
	int	     auth;
	unsigned int tried;    /* recipients */
	unsigned int ordinary; /* of these let in, not exempt */
};

enum session_answer {
	SESSION_CONTINUE,
	SESSION_TEMPFAIL,
	SESSION_REJECT
};

/* What happens to a message at its end. */
struct session_message {
	int	    clean;   /* forged headers go */
	int	    results; /* write Authentication-Results */
	int	    hold;    /* put into the hold queue */
	const char *tag;     /* X-Postern: this; or NULL */
};

/*
 * A client has come.  Judges it if that is certain without a question (a
 * prefix of pass from).  The confs must outlive the session.
 */
void session_start(struct session *, const struct addr *, uint16_t port,
    const struct milter_conf *, const struct fcrdns_conf *);
int  session_is_local(const struct session *);
void session_helo(struct session *, const char *name);
/* A transaction begins; from is as in the command, brackets and all. */
void session_mail(struct session *, const char *from, int authenticated);
/* Must the findings be had before the next recipient is answered? */
int  session_waits(const struct session *);
void session_found(struct session *, const struct findings *);
/* Could our own lists make another verdict of what was found? */
int session_may_change(const struct session *);
/* What is found now: of the DNS the first answer stays. */
void session_news(struct session *, const struct findings *);
/* NAT hides who this is: observe it only. */
void session_hide(struct session *);
/* Is nothing carried out? */
int session_observes(const struct session *);
/* Is a token needed (somebody may ask about this session)? */
int session_wants_token(const struct session *);

/* One recipient; unless it is SESSION_CONTINUE, *reply is filled in. */
enum session_answer session_rcpt(struct session *, const char *rcpt,
    struct reply *);
/*
 * 1, once in a session, when it was refused for good and that shall be told.
 * A refusal by <bans> shall not (a ban would feed itself for ever), nor one
 * that may be our own fault (fcrdnsd or the DNS did not answer).
 */
int session_offends(struct session *);
/* The message is there.  queue: its queue id or NULL. */
void session_message(struct session *, const char *queue,
    struct session_message *);
/* RSET, or a transaction that ended otherwise. */
void session_abort(struct session *);

/* "accept", "tag", "tempfail", "hold" or "reject": the verdict. */
const char *session_word(const struct session *);
/* The session's one line in the log. */
void session_record(const struct session *, struct line *);

/*
 * Is the recipient (as in the command) one of the list's "user", "@domain"
 * or "user@domain"?  Case does not matter, nor quotes that are not needed.
 */
int session_is_exempt(const char *rcpt, char *const *list, size_t n);

#endif /* SESSION_H */
