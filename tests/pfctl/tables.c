/* SPDX-License-Identifier: ISC */
#include "standin.h"

#include <sys/socket.h>
#include <arpa/inet.h>
#include <dirent.h>
#include <unistd.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct entry {
	int	      family, bits, negated, fresh;
	unsigned char octets[16];
	long long     added; /* seconds since the epoch */
};

struct table {
	struct entry *entry;
	size_t	      n;
};

static int
parse_entry(struct entry *e, const char *text)
{
	char buf[LINE_LEN], *slash, *end;
	long bits;
	int  i, max;

	memset(e, 0, sizeof(*e));
	for (; *text == '!'; text++)
		e->negated = !e->negated;
	snprintf(buf, sizeof(buf), "%s", text);
	if ((slash = strchr(buf, '/')) != NULL)
		*slash++ = '\0';
	if (inet_pton(AF_INET, buf, e->octets) == 1)
		e->family = AF_INET;
	else if (inet_pton(AF_INET6, buf, e->octets) == 1)
		e->family = AF_INET6;
	else
		return -1;
	max = e->family == AF_INET ? 32 : 128;
	bits = max;
	if (slash != NULL) {
		bits = strtol(slash, &end, 10);
		if (*slash == '\0' || *end != '\0' || bits < 0 || bits > max)
			return -1;
	}
	e->bits = (int)bits;
	for (i = e->bits; i < max; i++)
		e->octets[i / 8] &= (unsigned char)~(0x80U >> (i % 8));
	return 0;
}

static void
print_entry(FILE *fp, const struct entry *e)
{
	char buf[64];

	inet_ntop(e->family, e->octets, buf, sizeof(buf));
	fprintf(fp, "%s%s", e->negated ? "!" : "", buf);
	if (e->bits < (e->family == AF_INET ? 32 : 128))
		fprintf(fp, "/%d", e->bits);
}

/* The same prefix, whatever its sign. */
static struct entry *
find(const struct table *t, const struct entry *e)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (t->entry[i].family == e->family &&
		    t->entry[i].bits == e->bits &&
		    memcmp(t->entry[i].octets, e->octets, 16) == 0)
			return &t->entry[i];
	}
	return NULL;
}

static void
append(struct table *t, const struct entry *e)
{
	if ((t->n & (t->n + 1)) == 0) {
		t->entry =
		    realloc(t->entry, (t->n * 2 + 2) * sizeof(*t->entry));
		if (t->entry == NULL)
			die("calloc");
	}
	t->entry[t->n++] = *e;
}

/* 0, or -1 if there is no such table. */
static int
load_table(struct table *t, const char *name)
{
	struct entry e;
	FILE	    *fp;
	char	     path[PATH_LEN], line[LINE_LEN], text[LINE_LEN];
	long long    added;

	memset(t, 0, sizeof(*t));
	if (fault("missing", cmd.verb))
		return -1;
	snprintf(path, sizeof(path), "tables/%s", name);
	if ((fp = root_open(path, "r")) == NULL)
		return -1;
	while (fgets(line, sizeof(line), fp) != NULL) {
		added = 0;
		if (sscanf(line, "%1023s %lld", text, &added) < 1)
			continue;
		if (parse_entry(&e, text) == -1)
			wrong("the table's own file is broken");
		e.added = added;
		append(t, &e);
	}
	fclose(fp);
	return 0;
}

static void
save_table(const struct table *t, const char *name)
{
	FILE  *fp;
	char   path[PATH_LEN], beside[PATH_LEN + 32];
	size_t i;

	if (cmd.dry)
		return;
	snprintf(path, sizeof(path), "%s/tables/%s", ROOT, name);
	snprintf(beside, sizeof(beside), "%s.%ld", path, (long)getpid());
	if ((fp = fopen(beside, "w")) == NULL)
		die("%s: %s", beside, strerror(errno));
	for (i = 0; i < t->n; i++) {
		print_entry(fp, &t->entry[i]);
		fprintf(fp, " %lld\n", t->entry[i].added);
	}
	if (fclose(fp) == EOF || rename(beside, path) == -1)
		die("%s: %s", path, strerror(errno));
}

/* Those of all other tables: the limit is for all of them together. */
static size_t
others(void)
{
	struct table   t;
	struct dirent *d;
	DIR	      *dir;
	size_t	       n = 0;

	if ((dir = opendir(ROOT "/tables")) == NULL)
		return 0;
	while ((d = readdir(dir)) != NULL) {
		if (strchr(d->d_name, '.') != NULL ||
		    strcmp(d->d_name, cmd.table) == 0 ||
		    load_table(&t, d->d_name) == -1)
			continue;
		n += t.n;
		free(t.entry);
	}
	closedir(dir);
	return n;
}

static void
check_limit(size_t n)
{
	FILE *fp;
	char  line[LINE_LEN];
	long  limit = TABLE_LIMIT;

	if ((fp = root_open("limits", "r")) != NULL) {
		while (fgets(line, sizeof(line), fp) != NULL)
			(void)sscanf(line, "table-entries %ld", &limit);
		fclose(fp);
	}
	if (n + others() > (size_t)limit || fault("limit", cmd.verb))
		die("Cannot allocate memory.");
}

/* --- the addresses of the command ---------------------------------------- */

static void
add_address(struct table *t, const char *text)
{
	struct entry e;

	if (parse_entry(&e, text) == -1) {
		/* pfctl would look it up as a host name. */
		record("wrong", text);
		die("no IP address found for %s", text);
	}
	append(t, &e);
}

static void
read_addresses(struct table *t, int argc, char *argv[])
{
	FILE *fp = stdin;
	char  line[LINE_LEN], *word, *last;
	int   i;

	memset(t, 0, sizeof(*t));
	for (i = 0; i < argc; i++)
		add_address(t, argv[i]);
	if (cmd.file == NULL)
		return;
	if (strcmp(cmd.file, "-") != 0 && (fp = fopen(cmd.file, "r")) == NULL)
		die("%s: %s", cmd.file, strerror(errno));
	while (fgets(line, sizeof(line), fp) != NULL) {
		if (fault("half", cmd.verb) && t->n > 0)
			exit(1);
		line[strcspn(line, "#")] = '\0';
		for (word = strtok_r(line, " \t\r\n", &last); word != NULL;
		     word = strtok_r(NULL, " \t\r\n", &last))
			add_address(t, word);
	}
}

/* With -v, what became of one address. */
static void
feedback(char letter, const struct entry *e)
{
	if (!cmd.verbose)
		return;
	printf("%c  ", letter);
	print_entry(stdout, e);
	printf("\n");
}

static void
make_table(struct table *t)
{
	if (load_table(t, cmd.table) == -1)
		say("1 table created");
}

static int
verb_add(int argc, char *argv[])
{
	struct table t, given;
	size_t	     i, added = 0;

	make_table(&t);
	read_addresses(&given, argc, argv);
	for (i = 0; i < given.n; i++) {
		if (find(&t, &given.entry[i]) != NULL) {
			feedback('X', &given.entry[i]);
			continue;
		}
		given.entry[i].added = (long long)time(NULL);
		append(&t, &given.entry[i]);
		feedback('A', &given.entry[i]);
		added++;
	}
	check_limit(t.n);
	save_table(&t, cmd.table);
	say("%zu/%zu addresses added", added, given.n);
	return 0;
}

static int
verb_delete(int argc, char *argv[])
{
	struct entry *e;
	struct table  t, given;
	size_t	      i, deleted = 0;

	if (load_table(&t, cmd.table) == -1)
		die("Table does not exist.");
	read_addresses(&given, argc, argv);
	for (i = 0; i < given.n; i++) {
		if ((e = find(&t, &given.entry[i])) == NULL)
			continue;
		feedback('D', e);
		*e = t.entry[--t.n];
		deleted++;
	}
	save_table(&t, cmd.table);
	say("%zu/%zu addresses deleted", deleted, given.n);
	return 0;
}

static int
verb_replace(int argc, char *argv[])
{
	struct entry *e;
	struct table  t, given, next = { NULL, 0 };
	size_t	      i, added = 0, changed = 0, kept = 0;

	make_table(&t);
	read_addresses(&given, argc, argv);
	for (i = 0; i < given.n; i++) {
		if (find(&next, &given.entry[i]) != NULL)
			continue;
		e = find(&t, &given.entry[i]);
		given.entry[i].added =
		    e == NULL ? (long long)time(NULL) : e->added;
		if (e == NULL)
			added++;
		else {
			kept++;
			changed += e->negated != given.entry[i].negated;
		}
		append(&next, &given.entry[i]);
	}
	/* New ones are made before those go that are no more. */
	check_limit(t.n + added);
	if (fault("torn", cmd.verb)) {
		next.n /= 2;
		save_table(&next, cmd.table);
		die("DIOCRSETADDRS: Device busy");
	}
	save_table(&next, cmd.table);
	if (added > 0)
		say("%zu addresses added", added);
	if (t.n > kept)
		say("%zu addresses deleted", t.n - kept);
	if (changed > 0)
		say("%zu addresses changed", changed);
	if (added == 0 && t.n == kept && changed == 0)
		say("no changes");
	return 0;
}

static int
verb_show(int argc, char *argv[])
{
	struct table t;
	size_t	     i;

	(void)argv;
	if (argc > 0 || cmd.file != NULL)
		wrong("show takes no addresses");
	if (load_table(&t, cmd.table) == -1)
		die("Table does not exist.");
	for (i = 0; i < t.n; i++) {
		printf("   ");
		print_entry(stdout, &t.entry[i]);
		printf("\n");
	}
	return 0;
}

static int
verb_flush(int argc, char *argv[])
{
	struct table t;
	size_t	     n;

	(void)argv;
	if (argc > 0 || cmd.file != NULL)
		wrong("flush takes no addresses");
	if (load_table(&t, cmd.table) == -1)
		die("Table does not exist.");
	n = t.n;
	t.n = 0;
	save_table(&t, cmd.table);
	say("%zu addresses deleted", n);
	return 0;
}

static int
covers(const struct entry *e, const struct entry *a)
{
	int i;

	if (e->family != a->family)
		return 0;
	for (i = 0; i < e->bits; i++) {
		if (((e->octets[i / 8] ^ a->octets[i / 8]) &
			(0x80U >> (i % 8))) != 0)
			return 0;
	}
	return 1;
}

/* The longest prefix that covers it decides. */
static int
verb_test(int argc, char *argv[])
{
	const struct entry *best;
	struct table	    t, given;
	size_t		    i, j, match = 0;

	if (load_table(&t, cmd.table) == -1)
		die("Table does not exist.");
	read_addresses(&given, argc, argv);
	for (i = 0; i < given.n; i++) {
		best = NULL;
		for (j = 0; j < t.n; j++) {
			if (covers(&t.entry[j], &given.entry[i]) &&
			    (best == NULL || t.entry[j].bits > best->bits))
				best = &t.entry[j];
		}
		if (best != NULL && !best->negated) {
			feedback('M', &given.entry[i]);
			match++;
		}
	}
	say("%zu/%zu addresses match", match, given.n);
	return match < given.n ? 2 : 0;
}

static int
verb_expire(int argc, char *argv[])
{
	struct table t, next = { NULL, 0 };
	char	    *end;
	size_t	     i;
	long long    age;

	if (argc != 1 || cmd.file != NULL)
		wrong("expire takes one number");
	age = strtoll(argv[0], &end, 10);
	if (argv[0][0] == '\0' || *end != '\0' || age < 0)
		wrong("expire takes one number");
	if (load_table(&t, cmd.table) == -1)
		die("Table does not exist.");
	for (i = 0; i < t.n; i++) {
		if (t.entry[i].added + age < (long long)time(NULL))
			feedback('D', &t.entry[i]);
		else
			append(&next, &t.entry[i]);
	}
	save_table(&next, cmd.table);
	say("%zu/%zu addresses expired", t.n - next.n, t.n);
	return 0;
}

static const struct verb {
	const char *name;
	int (*run)(int, char *[]);
} verbs[] = {
	{ "add", verb_add },
	{ "delete", verb_delete },
	{ "expire", verb_expire },
	{ "flush", verb_flush },
	{ "replace", verb_replace },
	{ "show", verb_show },
	{ "test", verb_test },
};

int
run_verb(int argc, char *argv[])
{
	size_t i;

	if (cmd.table == NULL || cmd.table[0] == '\0' ||
	    strlen(cmd.table) >= NAME_LEN || strchr(cmd.table, '/') != NULL)
		wrong("that is no name of a table");
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(cmd.verb, verbs[i].name) == 0)
			return verbs[i].run(argc, argv);
	}
	wrong("a table command that is not known here");
}
