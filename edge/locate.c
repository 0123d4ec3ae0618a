/* SPDX-License-Identifier: ISC */
#include "locate.h"

#include <stddef.h>
#include <string.h>

#include "path.h"
#include "route.h"
#include "rx.h"

static int
has_regex(const struct edge_site *site)
{
	size_t i;

	for (i = 0; i < site->nlocations; i++)
		if (site->locations[i].rx != NULL)
			return 1;
	return 0;
}

/* How long is the prefix, if path begins with it?  0 if it does not. */
static size_t
begins(struct slice path, const char *prefix)
{
	size_t n;

	for (n = 0; n < path.len && prefix[n] == path.at[n]; n++)
		continue;
	return prefix[n] == '\0' ? n : 0;
}

static const struct edge_location *
by_prefix(const struct edge_site *site, struct slice path)
{
	const struct edge_location *l, *best = NULL;
	size_t			    i, n, longest = 0;

	for (i = 0; i < site->nlocations; i++) {
		l = &site->locations[i];
		if (l->prefix == NULL || (n = begins(path, l->prefix)) == 0)
			continue;
		if (n > longest) {
			longest = n;
			best = l;
		}
	}
	return best;
}

/* text: it ends in a NUL. */
static const struct edge_location *
by_regex(const struct edge_site *site, const char *text)
{
	const struct edge_location *l;
	size_t			    i;

	for (i = 0; i < site->nlocations; i++) {
		l = &site->locations[i];
		if (l->rx != NULL && rx_match(l->rx, text) == RX_YES)
			return l;
	}
	return NULL;
}

static int
is_acme(struct slice path)
{
	return path.len >= sizeof(LOCATE_ACME) - 1 &&
	    memcmp(path.at, LOCATE_ACME, sizeof(LOCATE_ACME) - 1) == 0;
}

int
locate_text(char *dst, size_t size, struct slice path, unsigned int reading)
{
	size_t len;

	if (!path_is_normal(path))
		return path_normalise(dst, size, path, reading, &len) == NULL ?
		    0 :
		    -1;
	if (size <= path.len)
		return -1;
	memcpy(dst, path.at, path.len);
	dst[path.len] = '\0';
	return 0;
}

/* One reading of it. */
static void
look(struct located *w, const struct edge_site *site, struct slice text,
    unsigned int reading)
{
	const struct edge_location *l;

	w->acme = w->acme && is_acme(text);
	if ((l = by_regex(site, text.at)) == NULL &&
	    (l = by_prefix(site, text)) == NULL)
		return;
	if (w->location == NULL) {
		w->location = l;
		w->reading = reading;
	} else if (w->location != l)
		w->result = LOCATE_AMBIGUOUS;
}

static void
look_normal(struct located *w, const struct edge_site *site, struct slice path)
{
	char text[ROUTE_PATH_MAX + 1];

	memcpy(text, path.at, path.len);
	text[path.len] = '\0';
	path.at = text;
	look(w, site, path, PATH_PLAIN);
}

static void
look_each(struct located *w, const struct edge_site *site, struct slice path)
{
	char	     text[ROUTE_PATH_MAX + 1];
	struct slice normal = { text, 0 };
	unsigned int reading, bits = path_readings(path);

	for (reading = PATH_PLAIN; reading <= PATH_WIDE; reading++) {
		if (reading & ~bits)
			continue;
		if (path_normalise(text, sizeof(text), path, reading,
			&normal.len) != NULL) {
			w->result = LOCATE_BAD;
			return;
		}
		look(w, site, normal, reading);
	}
}

void
locate(struct located *w, const struct edge_site *site, struct slice path)
{
	w->result = LOCATE_FOUND;
	w->location = NULL;
	w->reading = PATH_PLAIN;
	w->acme = 1;
	if (path.len == 1 && path.at[0] == '*')
		w->acme = 0;
	else if (!path_is_normal(path))
		look_each(w, site, path);
	else if (has_regex(site))
		look_normal(w, site, path);
	else {
		/* Nearly always: no copy. */
		w->acme = is_acme(path);
		w->location = by_prefix(site, path);
	}
}
