/* SPDX-License-Identifier: ISC */
#include "refs.h"

#include <stdlib.h>
#include <string.h>

#include "parse.h"
#include "xalloc.h"

void
refs_free(struct refs *refs)
{
	size_t i;

	for (i = 0; i < refs->n; i++)
		free(refs->list[i].name);
	free(refs->list);
	memset(refs, 0, sizeof(*refs));
}

void
refs_add(struct refs *refs, const char *name, const struct place *place,
    int given)
{
	struct ref *ref;

	refs->list =
	    xreallocarray(refs->list, refs->n + 1, sizeof(*refs->list));
	ref = &refs->list[refs->n++];
	ref->name = xstrdup(name);
	ref->place = *place;
	ref->given = given;
}

const struct ref *
refs_find(const struct refs *refs, const char *name)
{
	size_t i;

	for (i = 0; i < refs->n; i++) {
		if (refs->list[i].given &&
		    strcmp(refs->list[i].name, name) == 0)
			return &refs->list[i];
	}
	return NULL;
}

void
refs_check(const struct refs *refs, struct errors *errors)
{
	const struct ref *ref;
	char		  shown[SHOWN_LEN];
	size_t		  i;

	for (i = 0; i < refs->n; i++) {
		ref = &refs->list[i];
		if (!ref->given && refs_find(refs, ref->name) == NULL)
			errors_add(errors, &ref->place, "there is no %s",
			    errors_show(shown, ref->name));
	}
}

int
words_define(struct words *w, const char *name)
{
	struct refs	 *refs = &w->parser->refs;
	const struct ref *was;
	char		  shown[SHOWN_LEN];

	if ((was = refs_find(refs, name)) != NULL) {
		errors_twice(w->errors, &w->current->place,
		    errors_show(shown, name), "given", &was->place);
		return -1;
	}
	refs_add(refs, name, &w->current->place, 1);
	return 0;
}

void
words_need(struct words *w, const char *name)
{
	refs_add(&w->parser->refs, name, &w->current->place, 0);
}
