/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "firewall.h"

static char folder[] = "/tmp/postern-none.XXXXXX";
static char path[64];

static void
add(struct firewall_set *set, const char *text)
{
	struct prefix p;

	assert_null(prefix_parse(&p, text));
	assert_int_equal(firewall_set_add(set, &p), 0);
}

static unsigned int
files(void)
{
	struct dirent *d;
	unsigned int   n = 0;
	DIR	      *dir;

	assert_non_null(dir = opendir(folder));
	while ((d = readdir(dir)) != NULL)
		n += d->d_name[0] != '.';
	closedir(dir);
	return n;
}

static void
test_kept(void **state)
{
	struct firewall	    fw = { .kind = FIREWALL_NONE, .file = path };
	struct firewall_set set = { NULL, 0 }, got;
	char		    why[FIREWALL_WHY_LEN];
	struct stat	    st;
	size_t		    ended;

	(void)state;
	/* Before anything was kept, it is empty. */
	assert_int_equal(firewall_show(&fw, &got, why), FIREWALL_DONE);
	assert_int_equal(got.n, 0);
	add(&set, "2001:db8::/64");
	add(&set, "192.0.2.0/24");
	firewall_set_merge(&set);
	assert_int_equal(firewall_replace(&fw, &set, why), FIREWALL_DONE);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(firewall_show(&fw, &got, why), FIREWALL_DONE);
	assert_true(firewall_set_equal(&set, &got));
	firewall_set_free(&got);
	assert_int_equal(firewall_end_sessions(&fw, NULL, 0, &set, &set, &ended,
			     why),
	    FIREWALL_DONE);
	assert_int_equal(ended, 0);
	firewall_set_free(&set);
	assert_int_equal(firewall_replace(&fw, &set, why), FIREWALL_DONE);
	assert_int_equal(firewall_show(&fw, &got, why), FIREWALL_DONE);
	assert_int_equal(got.n, 0);
	assert_int_equal(files(), 1);
}

/* A run that was killed leaves a file, which does not stay or grow. */
static void
test_left(void **state)
{
	struct firewall	    fw = { .kind = FIREWALL_NONE, .file = path };
	struct firewall_set set = { NULL, 0 }, got;
	char		    why[FIREWALL_WHY_LEN], beside[80], other[80];
	struct stat	    st;
	FILE		   *fp;

	(void)state;
	snprintf(beside, sizeof(beside), "%s.new", path);
	snprintf(other, sizeof(other), "%s/other", folder);
	assert_non_null(fp = fopen(beside, "w"));
	fputs("198.51.100.1\n", fp);
	fclose(fp);
	add(&set, "192.0.2.1");
	assert_int_equal(firewall_replace(&fw, &set, why), FIREWALL_DONE);
	assert_int_equal(firewall_show(&fw, &got, why), FIREWALL_DONE);
	assert_true(firewall_set_equal(&set, &got));
	firewall_set_free(&got);
	assert_int_equal(files(), 1);
	/* A link there is taken away, not followed. */
	assert_int_equal(symlink(other, beside), 0);
	assert_int_equal(firewall_replace(&fw, &set, why), FIREWALL_DONE);
	assert_int_equal(stat(other, &st), -1);
	assert_int_equal(files(), 1);
	firewall_set_free(&set);
}

static void
test_trouble(void **state)
{
	struct firewall	    fw = { .kind = FIREWALL_NONE, .file = path };
	struct firewall_set set = { NULL, 0 };
	char		    why[FIREWALL_WHY_LEN];
	FILE		   *fp;

	(void)state;
	assert_non_null(fp = fopen(path, "w"));
	fputs("192.0.2.1\n192.0.2.1/24\n", fp);
	fclose(fp);
	assert_int_equal(firewall_show(&fw, &set, why), FIREWALL_FAILED);
	assert_non_null(strstr(why, ":2: not a prefix"));
	assert_null(set.prefix);
	fw.file = "/nonexistent/none.set";
	assert_int_equal(firewall_replace(&fw, &set, why), FIREWALL_FAILED);
	assert_non_null(strstr(why, "/nonexistent/none.set"));
	assert_int_equal(firewall_show(&fw, &set, why), FIREWALL_DONE);
	fw.file = NULL;
	assert_int_equal(firewall_replace(&fw, &set, why), FIREWALL_FAILED);
	assert_int_equal(firewall_show(&fw, &set, why), FIREWALL_FAILED);
}

/* Nothing is shut, and it says so. */
static void
test_doctor(void **state)
{
	struct firewall		fw = { .kind = FIREWALL_NONE, .file = path };
	struct firewall_finding f[FIREWALL_FINDINGS];
	char		       *rules;

	(void)state;
	assert_int_equal(firewall_doctor(&fw, NULL, 0, f), 1);
	assert_false(f[0].good);
	assert_non_null(rules = firewall_rules(&fw, NULL, 0));
	assert_int_equal(rules[0], '#');
	free(rules);
}

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/none.set", folder);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_doctor),
	};

	return cmocka_run_group_tests_name("firewall_none", tests, setup,
	    teardown);
}
