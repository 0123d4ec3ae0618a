/* SPDX-License-Identifier: ISC */
#include "list_name.h"

#include <stdio.h>
#include <string.h>

#include "table_conf.h"
#include "words.h"

int
list_name_is(const struct words *w)
{
	const char *text = words_text(w);
	size_t	    len = strlen(text);

	return !words_quoted(w) && len > 1 && text[0] == '<' &&
	    text[len - 1] == '>';
}

int
list_name_read(struct words *w, char name[LIST_NAME_LEN])
{
	const char *text = words_text(w);
	char	    shown[SHOWN_LEN];
	size_t	    len = strlen(text);

	errors_show(shown, text);
	/* It becomes a file's name. */
	if (!list_name_is(w) || !table_is_name(text + 1, len - 2, "_-"))
		return words_fail(w,
		    "expected a list's name such as <drop>, got \"%s\"", shown);
	if (len - 2 >= LIST_NAME_LEN)
		return words_fail(w, "\"%s\" is a name of more than %d bytes",
		    shown, LIST_NAME_LEN - 1);
	snprintf(name, LIST_NAME_LEN, "%.*s", (int)(len - 2), text + 1);
	return 0;
}

int
list_name_need(struct words *w, char name[LIST_NAME_LEN])
{
	char ref[LIST_NAME_LEN + 8];

	if (list_name_read(w, name) == -1)
		return -1;
	/* It is always there. */
	if (strcmp(name, LIST_BANS) != 0) {
		snprintf(ref, sizeof(ref), "list <%s>", name);
		words_need(w, ref);
	}
	return 0;
}
