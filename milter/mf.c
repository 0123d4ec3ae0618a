/* SPDX-License-Identifier: ISC */
#include <sys/socket.h>
#include <netinet/in.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "ar.h"
#include "asking.h"
#include "clock.h"
#include "counts.h"
#include "fold.h"
#include "listener.h"
#include "log.h"
#include "mf.h"
#include "milter_conf.h"
#include "reply.h"
#include "visit.h"

#define DRAIN_MS   900
#define TROUBLE_MS 60000	 /* say the same trouble once a minute */
#define DATA_MAX   (1024 * 1024) /* Postfix's header may be 100 KB */

#define TAG_NAME "X-Postern"
#define TAG_LEN	 1024

static struct asking *asking;
static atomic_ulong   connections;
static unsigned long  connections_max = 1000;

static atomic_int nudge_fd = -1;

/* Stands for a connection that is counted but has no visit (yet). */
static struct visit no_visit;

/* libmilter does not write to its strings, but does not say so. */
#define MUTABLE(s) ((char *)(uintptr_t)(s))

static struct visit *
visit_of(SMFICTX *ctx)
{
	struct visit *v;

	v = smfi_getpriv(ctx);
	return v == &no_visit ? NULL : v;
}

/* Out of memory, or the like: for one session, and for the log. */
static void
trouble(const char *what)
{
	static _Atomic int64_t last = -TROUBLE_MS;
	int64_t		       now, then;

	count(COUNT_TROUBLE);
	now = clock_ms();
	then = atomic_load(&last);
	if (now - then < TROUBLE_MS ||
	    !atomic_compare_exchange_strong(&last, &then, now))
		return;
	log_warnx("%s, so the session gets a temporary failure (%lu so far; "
		  "this is said once a minute)",
	    what, count_get(COUNT_TROUBLE));
}

static sfsistat
answer(SMFICTX *ctx, sfsistat status, const struct reply *reply)
{
	char text[REPLY_WIRE_LEN];

	if (smfi_setreply(ctx, MUTABLE(reply->code), MUTABLE(reply->xcode),
		reply_wire(reply, text)) == MI_FAILURE)
		log_warnx("libmilter does not take the reply \"%s\"",
		    reply->text);
	return status;
}

static sfsistat
our_fault(SMFICTX *ctx)
{
	static const struct reply reply = { "451", "4.3.0",
		"Temporary local problem, try again later" };

	return answer(ctx, SMFIS_TEMPFAIL, &reply);
}

/*
 * HELO, MAIL and header are not answered, which saves round trips (libmilter
 * answers for us where the other side wants that; it withdraws by itself what
 * an old MTA has not heard of).  Connect is answered, at once: Postfix keeps
 * back what needs no answer until something does, so we would hear of the
 * client at its first recipient only, too late to ask the DNS meanwhile.
 */
static sfsistat
on_negotiate(SMFICTX *ctx, unsigned long actions, unsigned long steps,
    unsigned long f2, unsigned long f3, unsigned long *pactions,
    unsigned long *psteps, unsigned long *pf2, unsigned long *pf3)
{
	(void)steps;
	(void)f2;
	(void)f3;
	if (atomic_fetch_add(&connections, 1) >= connections_max) {
		atomic_fetch_sub(&connections, 1);
		trouble("too many connections for the descriptors we have");
		return SMFIS_REJECT; /* closes this one */
	}
	smfi_setpriv(ctx, &no_visit);
	*pactions =
	    actions & (SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_QUARANTINE);
	*psteps = SMFIP_NOBODY | SMFIP_NOEOH | SMFIP_NODATA | SMFIP_NOUNKNOWN |
	    SMFIP_NR_HELO | SMFIP_NR_MAIL | SMFIP_NR_HDR;
	*pf2 = *pf3 = 0;
	if (actions & SMFIF_SETSYMLIST) {
		*pactions |= SMFIF_SETSYMLIST;
		(void)smfi_setsymlist(ctx, SMFIM_CONNECT, MUTABLE("j"));
		(void)smfi_setsymlist(ctx, SMFIM_ENVFROM,
		    MUTABLE("{auth_authen}"));
		(void)smfi_setsymlist(ctx, SMFIM_ENVRCPT, MUTABLE("i"));
		(void)smfi_setsymlist(ctx, SMFIM_EOM, MUTABLE("i"));
	}
	return SMFIS_CONTINUE;
}

/*
 * Postfix's cleanup(8) shows a local submission (non_smtpd_milters) as a
 * client at a loopback address with port 0; other programs show no address.
 */
static int
is_local(const struct addr *addr, uint16_t port)
{
	char text[ADDR_LEN];

	if (addr->family == ADDR_NONE)
		return 1;
	addr_print(addr, text);
	return port == 0 &&
	    (strcmp(text, "::1") == 0 || strncmp(text, "127.", 4) == 0);
}

static uint16_t
port_of(const struct sockaddr *sa)
{
	struct sockaddr_in  sin;
	struct sockaddr_in6 sin6;

	if (sa->sa_family == AF_INET) {
		memcpy(&sin, sa, sizeof(sin));
		return ntohs(sin.sin_port);
	}
	memcpy(&sin6, sa, sizeof(sin6));
	return ntohs(sin6.sin6_port);
}

static sfsistat
on_connect(SMFICTX *ctx, char *host, struct sockaddr *sa)
{
	struct visit *v;
	struct addr   addr = { .family = ADDR_NONE };
	uint16_t      port = 0;

	(void)host;
	if ((v = smfi_getpriv(ctx)) == NULL)
		atomic_fetch_add(&connections, 1); /* of an old one */
	else if (v != &no_visit)
		visit_free(v);
	smfi_setpriv(ctx, &no_visit);
	if (sa != NULL && addr_from_sockaddr(&addr, sa) == 0)
		port = port_of(sa);
	if (is_local(&addr, port))
		addr.family = ADDR_NONE;
	if ((v = visit_new(asking, &addr, port)) == NULL)
		trouble("out of memory");
	else
		smfi_setpriv(ctx, v);
	return SMFIS_CONTINUE;
}

static sfsistat
on_helo(SMFICTX *ctx, char *name)
{
	struct visit *v;

	if ((v = visit_of(ctx)) != NULL)
		session_helo(&v->session, name);
	return SMFIS_NOREPLY;
}

static sfsistat
on_mail(SMFICTX *ctx, char **argv)
{
	struct visit *v;
	const char   *login;

	if ((v = visit_of(ctx)) == NULL)
		return SMFIS_NOREPLY;
	headers_clear(&v->headers);
	login = smfi_getsymval(ctx, MUTABLE("{auth_authen}"));
	session_mail(&v->session, argv[0], login != NULL && *login != '\0');
	return SMFIS_NOREPLY;
}

static sfsistat
on_rcpt(SMFICTX *ctx, char **argv)
{
	struct visit *v;
	struct reply  reply;
	sfsistat      status = SMFIS_CONTINUE;

	if ((v = visit_of(ctx)) == NULL)
		return our_fault(ctx);
	visit_enter();
	if (visit_must_wait(v))
		mf_nudge();
	visit_judge(v, asking);
	switch (session_rcpt(&v->session, argv[0], &reply)) {
	case SESSION_REJECT:
		visit_refused(v);
		status = answer(ctx, SMFIS_REJECT, &reply);
		break;
	case SESSION_TEMPFAIL:
		status = answer(ctx, SMFIS_TEMPFAIL, &reply);
		break;
	case SESSION_CONTINUE:
		break;
	}
	if (status != SMFIS_CONTINUE)
		count(COUNT_REFUSED);
	visit_leave();
	return status;
}

static sfsistat
on_header(SMFICTX *ctx, char *name, char *value)
{
	struct visit *v;

	if ((v = visit_of(ctx)) != NULL)
		headers_add(&v->headers, name, value,
		    v->session.mconf->authserv_id);
	return SMFIS_NOREPLY;
}

static int
insert(SMFICTX *ctx, const char *name, char *value)
{
	return smfi_insheader(ctx, 0, MUTABLE(name), value) == MI_SUCCESS ? 0 :
									    -1;
}

static int
remove_forged(SMFICTX *ctx, struct visit *v)
{
	unsigned int n;

	if (v->headers.overflow) {
		log_warnx("queue=%s has more than %d forged %s fields",
		    v->session.queue, HEADERS_MAX, AR_NAME);
		return -1;
	}
	while ((n = headers_take(&v->headers)) > 0) {
		if (smfi_chgheader(ctx, MUTABLE(AR_NAME), (int)n, NULL) ==
		    MI_FAILURE)
			return -1;
		v->session.nforged++;
		count(COUNT_FORGED);
	}
	return 0;
}

/* What we have to say, the last line on top. */
static int
add_headers(SMFICTX *ctx, const struct session *s,
    const struct session_message *m)
{
	struct fold f;
	char	    tag[TAG_LEN], results[AR_VALUE_LEN];

	if (m->tag != NULL) {
		fold_init(&f, tag, sizeof(tag), TAG_NAME);
		fold_text(&f, m->tag);
		if (insert(ctx, TAG_NAME, tag) == -1)
			return -1;
	}
	if (m->results) {
		if (ar_build(results, sizeof(results), s->mconf->authserv_id,
			&s->findings, s->fconf) == -1 ||
		    insert(ctx, AR_NAME, results) == -1)
			return -1;
	}
	return 0;
}

static int
finish_message(SMFICTX *ctx, struct visit *v)
{
	struct session_message m;
	char		       why[VERDICT_WHY_LEN];

	session_message(&v->session, smfi_getsymval(ctx, MUTABLE("i")), &m);
	if (m.clean && remove_forged(ctx, v) == -1)
		return -1;
	if (add_headers(ctx, &v->session, &m) == -1)
		return -1;
	if (m.hold) {
		strlcpy(why, v->session.verdict.why, sizeof(why));
		if (smfi_quarantine(ctx, why) == MI_FAILURE)
			return -1;
	}
	count(COUNT_MESSAGES);
	return 0;
}

static sfsistat
on_message(SMFICTX *ctx)
{
	struct visit *v;
	sfsistat      status = SMFIS_CONTINUE;

	if ((v = visit_of(ctx)) == NULL)
		return our_fault(ctx);
	visit_enter();
	if (finish_message(ctx, v) == -1) {
		trouble("a message's header could not be put right");
		status = our_fault(ctx);
	}
	headers_clear(&v->headers);
	session_abort(&v->session);
	visit_leave();
	return status;
}

static sfsistat
on_abort(SMFICTX *ctx)
{
	struct visit *v;

	if ((v = visit_of(ctx)) != NULL) {
		headers_clear(&v->headers);
		session_abort(&v->session);
	}
	return SMFIS_CONTINUE;
}

static sfsistat
on_close(SMFICTX *ctx)
{
	struct visit *v;

	if ((v = smfi_getpriv(ctx)) == NULL)
		return SMFIS_CONTINUE;
	smfi_setpriv(ctx, NULL);
	atomic_fetch_sub(&connections, 1);
	if (v != &no_visit) {
		visit_enter();
		visit_free(v);
		visit_leave();
	}
	return SMFIS_CONTINUE;
}

static int
register_filter(void)
{
	struct smfiDesc filter;

	memset(&filter, 0, sizeof(filter));
	filter.xxfi_name = MUTABLE("postern-milter");
	filter.xxfi_version = SMFI_VERSION;
	filter.xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_QUARANTINE;
	filter.xxfi_negotiate = on_negotiate;
	filter.xxfi_connect = on_connect;
	filter.xxfi_helo = on_helo;
	filter.xxfi_envfrom = on_mail;
	filter.xxfi_envrcpt = on_rcpt;
	filter.xxfi_header = on_header;
	filter.xxfi_eom = on_message;
	filter.xxfi_abort = on_abort;
	filter.xxfi_close = on_close;
	if (smfi_register(filter) == MI_FAILURE) {
		log_warnx("libmilter: smfi_register failed");
		return -1;
	}
	(void)smfi_setmaxdatasize(DATA_MAX);
	return 0;
}

/* An abort outside of any session: libmilter reads it and does nothing. */
void
mf_nudge(void)
{
	static const char abort_packet[] = { 0, 0, 0, 1, SMFIC_ABORT };
	int		  fd;

	if ((fd = atomic_load(&nudge_fd)) == -1)
		return;
	if (send(fd, abort_packet, sizeof(abort_packet),
		MSG_DONTWAIT | MSG_NOSIGNAL) != -1 ||
	    errno == EAGAIN)
		return;
	/* It cannot be had again from the jail; say so once, not each time. */
	if (atomic_exchange(&nudge_fd, -1) != -1)
		log_warn("libmilter's workers cannot be woken any more: "
			 "a restart cures it");
}

int
mf_adopt(int listener, const char *dir)
{
	char conn[512], path[256];
	int  ret = -1, theirs;

	/* Without it all works, but some may wait for others. */
	atomic_store(&nudge_fd, listener_connect(listener));
	if (atomic_load(&nudge_fd) == -1)
		log_warn("cannot connect to our own socket");
	if (register_filter() == -1 ||
	    listener_likeness(listener, dir, conn, sizeof(conn), path,
		sizeof(path)) == -1 ||
	    (theirs = listener_next_number()) == -1)
		return -1;
	if (path[0] != '\0')
		(void)unlink(path); /* of a namesake that was killed */
	if (smfi_setconn(conn) == MI_FAILURE ||
	    smfi_opensocket(0) == MI_FAILURE)
		log_warnx("libmilter cannot open %s", conn);
	else
		ret = listener_replace(listener, theirs);
	if (path[0] != '\0')
		(void)unlink(path);
	return ret;
}

void
mf_limit(unsigned long sessions)
{
	connections_max = sessions;
}

int
mf_run(struct asking *a)
{
	asking = a;
	if (smfi_main() == MI_SUCCESS)
		return 0;
	log_warnx("libmilter gave up");
	return -1;
}

void
mf_finish(void)
{
	visit_drain(DRAIN_MS);
	visit_record_all();
}
