/* SPDX-License-Identifier: ISC */
#include "sets.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SETS_MAX (2 * LISTS_MAX) /* over a reload there may be more */

struct named {
	char	    name[LIST_NAME_LEN];
	struct set *set; /* NULL: a free place */
};

struct sets {
	struct named sets[SETS_MAX];
	struct named *protected; /* one of these, or NULL */
};

struct sets *
sets_new(void)
{
	/* Whoever has sets may have one that is cut. */
	return set_guard() == -1 ? NULL : calloc(1, sizeof(struct sets));
}

void
sets_free(struct sets *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < SETS_MAX; i++)
		set_close(s->sets[i].set);
	free(s);
}

static struct named *
find(struct sets *s, const char *name)
{
	size_t i;

	for (i = 0; i < SETS_MAX; i++)
		if (s->sets[i].set != NULL &&
		    strcmp(s->sets[i].name, name) == 0)
			return &s->sets[i];
	return NULL;
}

static struct named *
free_place(struct sets *s)
{
	size_t i;

	for (i = 0; i < SETS_MAX; i++)
		if (s->sets[i].set == NULL)
			return &s->sets[i];
	return NULL;
}

static void
forget(struct sets *s, struct named *n)
{
	if (s->protected == n)
		s->protected = NULL;
	set_close(n->set);
	n->set = NULL;
}

/* Takes the set.  0, or -1: there is no place. */
static int
put(struct sets *s, const char *name, struct set *set)
{
	struct named *n;

	if ((n = find(s, name)) != NULL) {
		set_close(n->set);
		n->set = set;
		return 0;
	}
	if ((n = free_place(s)) == NULL)
		return -1;
	strlcpy(n->name, name, sizeof(n->name));
	n->set = set;
	if (strcmp(name, LIST_PROTECTED) == 0)
		s->protected = n;
	return 0;
}

int
sets_take(struct sets *s, const char *name, int fd, char why[SET_WHY_LEN])
{
	struct named *n;
	struct set   *set;

	if (fd == -1) {
		if ((n = find(s, name)) != NULL)
			forget(s, n);
		return 0;
	}
	if (name[0] == '\0' || strlen(name) >= LIST_NAME_LEN) {
		strlcpy(why, "has no name that a list can have", SET_WHY_LEN);
		close(fd);
		return -1;
	}
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return -1;
	if (put(s, name, set) == 0)
		return 0;
	set_close(set);
	strlcpy(why, "is one set too many", SET_WHY_LEN);
	return -1;
}

const struct set *
sets_get(const struct sets *s, const char *name)
{
	size_t i;

	for (i = 0; i < SETS_MAX; i++)
		if (s->sets[i].set != NULL &&
		    strcmp(s->sets[i].name, name) == 0)
			return s->sets[i].set;
	return NULL;
}

int
sets_member(void *arg, const char *list, const struct addr *a)
{
	const struct set *set = sets_get(arg, list);

	return set != NULL && set_has(set, a);
}

int
sets_protected(const struct sets *s, const struct addr *a)
{
	return s->protected != NULL && set_has(s->protected->set, a);
}

size_t
sets_tidy(struct sets *s)
{
	size_t i, n = 0;

	for (i = 0; i < SETS_MAX; i++)
		if (s->sets[i].set != NULL && set_broken(s->sets[i].set)) {
			forget(s, &s->sets[i]);
			n++;
		}
	return n;
}
