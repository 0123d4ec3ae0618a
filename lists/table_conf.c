/* SPDX-License-Identifier: ISC */
#include "table_conf.h"

#include <sys/utsname.h>

#include <stdio.h>
#include <string.h>

#include "words.h"

static const char *const kinds[] = { [FIREWALL_NONE] = "none",
	[FIREWALL_PF] = "pf",
	[FIREWALL_NFTABLES] = "nftables",
	NULL };

int
table_read_kind(enum firewall_kind *kind, struct words *w)
{
	int i;

	if ((i = words_choice(w, kinds)) == -1)
		return -1;
	*kind = (enum firewall_kind)i;
	return 0;
}

const char *
table_kind(enum firewall_kind kind)
{
	return kinds[kind];
}

int
table_is_name(const char *s, size_t len, const char *others)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz";
	size_t		  i;

	if (len == 0 || strchr(letters, s[0]) == NULL)
		return 0;
	for (i = 0; i < len; i++) {
		if (strchr(letters, s[i]) == NULL &&
		    strchr("0123456789", s[i]) == NULL &&
		    strchr(others, s[i]) == NULL)
			return 0;
	}
	return 1;
}

int
table_read_pf(char name[FIREWALL_NAME_LEN], struct words *w,
    const char *example)
{
	char	    expected[FIREWALL_NAME_LEN + 32], shown[SHOWN_LEN];
	const char *text;
	size_t	    len;

	snprintf(expected, sizeof(expected), "a table such as <%s>", example);
	if ((text = words_next(w, expected)) == NULL)
		return -1;
	len = strlen(text);
	errors_show(shown, text);
	if (len < 3 || text[0] != '<' || text[len - 1] != '>' ||
	    !table_is_name(text + 1, len - 2, "_-."))
		return words_fail(w, "expected %s, got \"%s\"", expected,
		    shown);
	if (len - 2 > TABLE_PF_NAME_MAX)
		return words_fail(w, "\"%s\" is a name of more than %d bytes",
		    shown, TABLE_PF_NAME_MAX);
	snprintf(name, FIREWALL_NAME_LEN, "%.*s", (int)(len - 2), text + 1);
	return 0;
}

int
table_read_inet(char table[FIREWALL_NAME_LEN], struct words *w)
{
	static const char expected[] = "a table such as \"" TABLE_INET "\"";
	const char	 *text;
	char		  shown[SHOWN_LEN];

	if ((text = words_next(w, expected)) == NULL)
		return -1;
	errors_show(shown, text);
	if (strncmp(text, "inet ", 5) != 0 ||
	    !table_is_name(text + 5, strlen(text + 5), "_."))
		return words_fail(w, "expected %s, got \"%s\"", expected,
		    shown);
	if (strlcpy(table, text, FIREWALL_NAME_LEN) >= FIREWALL_NAME_LEN)
		return words_fail(w, "\"%s\" is a name of more than %d bytes",
		    shown, FIREWALL_NAME_LEN - 1);
	return 0;
}

enum firewall_kind
table_default_kind(void)
{
	static int     has_pf = -1;
	struct utsname u;

	if (has_pf == -1)
		has_pf = uname(&u) != -1 && strcmp(u.sysname, "OpenBSD") == 0;
	return has_pf ? FIREWALL_PF : FIREWALL_NFTABLES;
}

int
table_take(struct words *w, const char *name)
{
	char ref[FIREWALL_NAME_LEN + 16];

	snprintf(ref, sizeof(ref), "table <%s>", name);
	return words_define(w, ref);
}
