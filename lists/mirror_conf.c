/* SPDX-License-Identifier: ISC */
#include "mirror_conf.h"

#include <stdio.h>
#include <string.h>

#include "directive.h"
#include "table_conf.h"
#include "xalloc.h"

int
mirror_read_table(void *arg, struct words *w)
{
	char name[FIREWALL_NAME_LEN], six[FIREWALL_NAME_LEN], *copy;
	char shown[SHOWN_LEN];

	if (table_read_pf(name, w, "drop") == -1)
		return -1;
	/* It may be the name of nftables' sets as well: NAME and NAME6. */
	if (strpbrk(name, "-.") != NULL)
		return words_fail(w,
		    "\"%s\": letters, digits and \"_\" only, for it may name "
		    "sets, too",
		    errors_show(shown, words_text(w)));
	if (strlen(name) == TABLE_PF_NAME_MAX)
		return words_fail(w, "\"%s\" is a name of more than %d bytes",
		    errors_show(shown, words_text(w)), TABLE_PF_NAME_MAX - 1);
	if (strcmp(name, "imap_allowed") == 0 ||
	    strcmp(name, "imap_allowed6") == 0)
		return words_fail(w,
		    "<%s> is imapgate's: who is in it is let in", name);
	snprintf(six, sizeof(six), "%.30s6", name);
	if (table_take(w, name) == -1 || table_take(w, six) == -1)
		return -1;
	copy = xstrdup(name);
	memcpy(arg, &copy, sizeof(copy));
	return 0;
}

void
mirror_print_table(const void *arg, struct printer *p)
{
	char *table, name[FIREWALL_NAME_LEN + 2];

	memcpy(&table, arg, sizeof(table));
	if (table == NULL)
		return;
	snprintf(name, sizeof(name), "<%s>", table);
	print_begin(p, "table");
	print_bare(p, name);
	print_end(p);
}
