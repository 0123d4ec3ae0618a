/* SPDX-License-Identifier: ISC */
/*
 * The words of the one file about who is unwelcome, and who never is:
 *
 *	list <drop> {
 *		url "https://lists.example/drop_v4.json" refresh 12h
 *		file "/etc/postern/drop"
 *		table <drop>
 *	}
 *	bans { keep 7d; after 5 rejects within 1h for 7d; table <bans> }
 *	protect { 192.0.2.0/24 }
 *	firewall nftables table "inet filter"
 */
#ifndef LISTS_CONF_H
#define LISTS_CONF_H

#include <stddef.h>

#include "addr.h"
#include "conf.h"
#include "firewall.h"
#include "offence.h"

#define LIST_NAME_LEN	 32 /* with its NUL */
#define LISTS_MAX	 64
#define LIST_SOURCES_MAX 32
#define LIST_BANS	 "bans"	     /* a list without a declaration */
#define LIST_PROTECTED	 "protected" /* no list: nobody may call one so */

/* Where a list comes from: one of url and file is not NULL. */
struct list_source {
	char		 *url;	       /* https:// */
	char		 *file;	       /* absolute path */
	unsigned int	  refresh;     /* of a url: seconds */
	char		 *token_file;  /* Authorization: Bearer; or NULL */
	char		 *header_file; /* a whole header line; or NULL */
	char		 *ca_file; /* whom to trust, not the system; or NULL */
	struct conf_where where;
};

struct list_conf {
	char		   *name; /* "drop" */
	struct list_source *sources;
	size_t		    nsources;
	/* All addresses of a url together may be as many as such a prefix. */
	unsigned int	  widest4;
	unsigned int	  widest6;
	unsigned int	  stale;   /* seconds; 0: three times its refresh */
	unsigned int	  timeout; /* of one fetch, seconds */
	size_t		  size;	   /* bytes of one source, unpacked */
	unsigned int	  lines;   /* of one source */
	char		 *table;   /* the firewall's, or NULL */
	struct conf_where where;
};

struct lists_conf {
	struct list_conf *lists;
	size_t		  nlists;
	struct prefix	 *protect;
	size_t		  nprotect;
	struct firewall	  firewall; /* kind and (nftables) table only */
};

/* after N KIND within T for D */
struct bans_rule {
	enum offence	  offence;
	unsigned int	  count;
	unsigned int	  within; /* seconds */
	unsigned int	  length; /* of the first ban, seconds */
	struct conf_where where;
};

struct bans_conf {
	unsigned int	  keep;	   /* how long, if the command does not say */
	unsigned int	  longest; /* no ban of ours lasts longer */
	struct bans_rule *rules;
	size_t		  nrules;
	char		 *table; /* the firewall's, or NULL */
};

const struct lists_conf *lists_conf(const struct conf *);
const struct bans_conf	*bans_conf(const struct conf *);
/* The list of that name ("drop"), or NULL. */
const struct list_conf *lists_conf_find(const struct lists_conf *,
    const char *name);
/* The table (pf) or sets (nftables: NAME and NAME6) of that name. */
void lists_conf_firewall(const struct lists_conf *, const char *table,
    struct firewall *);

#endif /* LISTS_CONF_H */
