/* SPDX-License-Identifier: ISC */
#include <string.h>
#include <strings.h>

#include "nearest.h"

#define WORD_MAX 64
#define FAR	 1000u

static unsigned int
min(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

unsigned int
nearest_distance(const char *a, const char *b)
{
	unsigned int rows[3][WORD_MAX + 1], *row, *last, *before;
	size_t	     alen = strlen(a), blen = strlen(b), i, j;

	if (alen > WORD_MAX || blen > WORD_MAX)
		return FAR;
	for (j = 0; j <= blen; j++)
		rows[0][j] = (unsigned int)j;
	for (i = 1; i <= alen; i++) {
		row = rows[i % 3];
		last = rows[(i + 2) % 3];
		before = rows[(i + 1) % 3];
		row[0] = (unsigned int)i;
		for (j = 1; j <= blen; j++) {
			row[j] = min(min(last[j], row[j - 1]) + 1,
			    last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = min(row[j], before[j - 2] + 1);
		}
	}
	return rows[alen % 3][blen];
}

/* How many letters may be wrong?  Of short words, few. */
static unsigned int
tolerance(size_t len)
{
	if (len < 3)
		return 0;
	if (len < 5)
		return 1;
	return len < 9 ? 2 : 3;
}

void
nearest_init(struct nearest *n, const char *word)
{
	n->word = word;
	n->best = NULL;
	n->distance = tolerance(strlen(word)) + 1;
}

void
nearest_offer(struct nearest *n, const char *key, const char *name)
{
	unsigned int d;

	d = strcasecmp(n->word, key) == 0 ? 0 : nearest_distance(n->word, key);
	if (d < n->distance) {
		n->distance = d;
		n->best = name;
	}
}
