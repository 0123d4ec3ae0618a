/* SPDX-License-Identifier: ISC */
/*
 * The peer of the benchmark: a libmilter program that accepts everything, in
 * the plainest way: a callback for each step, which says go on.
 *
 * usage: accept_all socket [no-reply]
 */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include <libmilter/mfapi.h>

static int no_reply;

static sfsistat
negotiate(SMFICTX *ctx, unsigned long f0, unsigned long f1, unsigned long f2,
    unsigned long f3, unsigned long *pf0, unsigned long *pf1,
    unsigned long *pf2, unsigned long *pf3)
{
	(void)ctx;
	(void)f2;
	(void)f3;
	*pf0 = f0;
	*pf1 = SMFIP_NOBODY | SMFIP_NOHDRS | SMFIP_NOEOH | SMFIP_NODATA |
	    SMFIP_NOUNKNOWN;
	if (no_reply)
		*pf1 |= SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL;
	*pf1 &= f1;
	*pf2 = *pf3 = 0;
	return SMFIS_CONTINUE;
}

static sfsistat
step(void)
{
	return no_reply ? SMFIS_NOREPLY : SMFIS_CONTINUE;
}

static sfsistat
on_connect(SMFICTX *ctx, char *name, _SOCK_ADDR *addr)
{
	(void)ctx;
	(void)name;
	(void)addr;
	return step();
}

static sfsistat
on_helo(SMFICTX *ctx, char *name)
{
	(void)ctx;
	(void)name;
	return step();
}

static sfsistat
on_mail(SMFICTX *ctx, char **argv)
{
	(void)ctx;
	(void)argv;
	return step();
}

static sfsistat
on_rcpt(SMFICTX *ctx, char **argv)
{
	(void)ctx;
	(void)argv;
	return SMFIS_CONTINUE;
}

static sfsistat
on_end(SMFICTX *ctx)
{
	(void)ctx;
	return SMFIS_CONTINUE;
}

int
main(int argc, char *argv[])
{
	char		conn[256];
	struct smfiDesc desc;

	if (argc < 2)
		errx(64, "usage: accept_all socket [no-reply]");
	no_reply = argc > 2;
	memset(&desc, 0, sizeof(desc));
	desc.xxfi_name = argv[0];
	desc.xxfi_version = SMFI_VERSION;
	desc.xxfi_flags = SMFIF_ADDHDRS;
	desc.xxfi_connect = on_connect;
	desc.xxfi_helo = on_helo;
	desc.xxfi_envfrom = on_mail;
	desc.xxfi_envrcpt = on_rcpt;
	desc.xxfi_abort = on_end;
	desc.xxfi_close = on_end;
	desc.xxfi_negotiate = negotiate;
	snprintf(conn, sizeof(conn), "unix:%s", argv[1]);
	if (smfi_setconn(conn) == MI_FAILURE ||
	    smfi_register(desc) == MI_FAILURE ||
	    smfi_opensocket(1) == MI_FAILURE)
		errx(1, "%s", argv[1]);
	printf("ready\n");
	fflush(stdout);
	return smfi_main() == MI_SUCCESS ? 0 : 1;
}
