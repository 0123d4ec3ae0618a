/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "cert.h"
#include "make_cert.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

enum key_name {
	K_CA,
	K_EC,
	K_OTHER,
	K_384,
	K_521,
	K_RSA,
	K_SMALL,
	K_ED,
	KEYS
};

enum cert_name {
	C_ROOT,
	C_INTER,
	C_LEAF,	    /* by the intermediate */
	C_STRANGER, /* a CA that issued none of them */
	C_EXPIRED,
	C_FUTURE,
	C_INTER_OLD, /* the intermediate's twin, expired */
	C_NO_CA,     /* its twin, without the right to issue */
	C_384,
	C_521,
	C_RSA,
	C_SMALL,
	C_ED,
	C_SHA1,
	C_CLIENT, /* for clients only */
	C_SELF,	  /* signed by itself */
	CERTS
};

static EVP_PKEY *keys[KEYS];
static char	*key_pem[KEYS], *cert_pem[CERTS];

static X509 *certs[CERTS];

static void
make(enum cert_name to, struct wish w, enum key_name key, int issuer)
{
	w.key = keys[key];
	if (w.name == NULL)
		w.name = "www.example.org";
	if (w.from == 0)
		w.from = -DAY;
	if (w.to == 0)
		w.to = 90 * DAY;
	if (issuer != -1) {
		w.issuer = certs[issuer];
		w.issuer_key = keys[issuer == C_STRANGER ? K_OTHER : K_CA];
	}
	certs[to] = make_cert(&w);
	cert_pem[to] = print_cert(certs[to]);
}

#define MAKE(to, key, issuer, ...) \
	make(to, (struct wish){ __VA_ARGS__ }, key, issuer)

static int
set_up(void **state)
{
	static const char *const kinds[KEYS] = { "P-256", "P-256", "P-256",
		"P-384", "P-521", "RSA 2048", "RSA 1024", "ED25519" };
	size_t			 i;

	(void)state;
	for (i = 0; i < KEYS; i++) {
		if ((keys[i] = make_key(kinds[i])) == NULL)
			return -1;
		key_pem[i] = print_key(keys[i], NULL, 0);
	}
	/* The root and the intermediate share a key, which harms no test. */
	MAKE(C_ROOT, K_CA, -1, .name = "Root", .ca = 1);
	MAKE(C_INTER, K_CA, C_ROOT, .name = "Inter\x07mediate", .ca = 1);
	MAKE(C_STRANGER, K_OTHER, -1, .name = "Stranger", .ca = 1);
	MAKE(C_LEAF, K_EC, C_INTER,
	    .san = "DNS:www.example.org,DNS:*.example.net,"
		   "IP:192.0.2.1",
	    .eku = "serverAuth");
	MAKE(C_EXPIRED, K_EC, C_INTER, .from = -9 * DAY, .to = -DAY);
	MAKE(C_FUTURE, K_EC, C_INTER, .from = DAY);
	MAKE(C_INTER_OLD, K_CA, C_ROOT, .name = "Inter\x07mediate",
	    .from = -9 * DAY, .to = -DAY, .ca = 1);
	MAKE(C_NO_CA, K_CA, C_ROOT, .name = "Inter\x07mediate");
	MAKE(C_384, K_384, C_INTER, .name = "x");
	MAKE(C_521, K_521, C_INTER, .name = "x");
	MAKE(C_RSA, K_RSA, C_INTER, .name = "x");
	MAKE(C_SMALL, K_SMALL, C_INTER, .name = "x");
	MAKE(C_ED, K_ED, C_INTER, .name = "x");
	MAKE(C_SHA1, K_EC, C_INTER, .digest = EVP_sha1());
	MAKE(C_CLIENT, K_EC, C_INTER, .eku = "clientAuth");
	MAKE(C_SELF, K_EC, -1, .name = "Me");
	return 0;
}

static int
tear_down(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < KEYS; i++) {
		EVP_PKEY_free(keys[i]);
		free(key_pem[i]);
	}
	for (i = 0; i < CERTS; i++) {
		X509_free(certs[i]);
		free(cert_pem[i]);
	}
	return 0;
}

static const struct {
	const char     *what;
	int		chain[4]; /* one more than enum cert_name; 0 ends */
	enum key_name	key;
	enum cert_state want;
	const char     *why; /* the beginning */
	const char     *is;  /* the key's kind */
} cases[] = {
	{ "a leaf and its issuer", { C_LEAF + 1, C_INTER + 1 }, K_EC, CERT_GOOD,
	    "", "ECDSA P-256" },
	{ "with the root", { C_LEAF + 1, C_INTER + 1, C_ROOT + 1 }, K_EC,
	    CERT_GOOD, "", "ECDSA P-256" },
	{ "a leaf alone", { C_LEAF + 1 }, K_EC, CERT_GOOD, "", "ECDSA P-256" },
	{ "signed by itself", { C_SELF + 1 }, K_EC, CERT_GOOD, "",
	    "ECDSA P-256" },
	{ "P-384", { C_384 + 1 }, K_384, CERT_GOOD, "", "ECDSA P-384" },
	{ "RSA", { C_RSA + 1, C_INTER + 1 }, K_RSA, CERT_GOOD, "", "RSA 2048" },
	{ "P-521", { C_521 + 1 }, K_521, CERT_BAD, "curve secp521r1", "" },
	{ "RSA of 1024 bits", { C_SMALL + 1 }, K_SMALL, CERT_BAD,
	    "RSA of 1024 bits", "" },
	{ "Ed25519", { C_ED + 1 }, K_ED, CERT_BAD,
	    "a key that is neither ECDSA nor RSA", "" },
	{ "another key of the same kind", { C_LEAF + 1 }, K_OTHER, CERT_BAD,
	    "the key does not belong", NULL },
	{ "a key of another kind", { C_LEAF + 1 }, K_RSA, CERT_BAD,
	    "the key does not belong", NULL },
	{ "an expired leaf", { C_EXPIRED + 1, C_INTER + 1 }, K_EC, CERT_EXPIRED,
	    "expired on ", "ECDSA P-256" },
	{ "an expired leaf with the wrong key is bad", { C_EXPIRED + 1 },
	    K_OTHER, CERT_BAD, "the key does not belong", NULL },
	{ "an expired issuer", { C_LEAF + 1, C_INTER_OLD + 1 }, K_EC,
	    CERT_EXPIRED, "expired on ", "ECDSA P-256" },
	{ "a leaf of tomorrow", { C_FUTURE + 1, C_INTER + 1 }, K_EC,
	    CERT_EXPIRED, "not valid before ", "ECDSA P-256" },
	{ "the wrong issuer", { C_LEAF + 1, C_STRANGER + 1 }, K_EC, CERT_BAD,
	    "certificate 1 was not issued by certificate 2", NULL },
	{ "the chain in the wrong order",
	    { C_LEAF + 1, C_ROOT + 1, C_INTER + 1 }, K_EC, CERT_BAD,
	    "certificate 1 was not issued by certificate 2", NULL },
	{ "the issuer first", { C_INTER + 1, C_LEAF + 1 }, K_EC, CERT_BAD,
	    "certificate 1 was not issued by certificate 2", NULL },
	{ "an issuer that is none", { C_LEAF + 1, C_NO_CA + 1 }, K_EC, CERT_BAD,
	    "certificate 2 may not issue others", NULL },
	{ "something else behind the root",
	    { C_LEAF + 1, C_INTER + 1, C_STRANGER + 1 }, K_EC, CERT_BAD,
	    "certificate 2 was not issued by certificate 3", NULL },
	{ "SHA-1", { C_SHA1 + 1, C_INTER + 1 }, K_EC, CERT_BAD,
	    "certificate 1 has a weak signature", NULL },
	{ "for clients only", { C_CLIENT + 1, C_INTER + 1 }, K_EC, CERT_BAD,
	    "the certificate is not meant for servers", NULL },
};

static void
join(char *buf, size_t size, const int *chain)
{
	size_t i;

	buf[0] = '\0';
	for (i = 0; i < 4 && chain[i] != 0; i++)
		strlcat(buf, cert_pem[chain[i] - 1], size);
}

static void
judge(struct cert_info *info, const char *chain, const char *key)
{
	cert_check(info, chain, strlen(chain), key, strlen(key), time(NULL));
}

static void
test_cases(void **state)
{
	struct cert_info info;
	char		 chain[16384];
	size_t		 i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		join(chain, sizeof(chain), cases[i].chain);
		judge(&info, chain, key_pem[cases[i].key]);
		if (info.state != cases[i].want ||
		    strncmp(info.why, cases[i].why, strlen(cases[i].why)) !=
			0 ||
		    (info.state == CERT_GOOD && info.why[0] != '\0'))
			fail_msg("%s: state %d, \"%s\"", cases[i].what,
			    (int)info.state, info.why);
		if (cases[i].is != NULL)
			assert_string_equal(info.key, cases[i].is);
	}
}

static void
test_facts(void **state)
{
	struct cert_info info;
	char		 chain[16384];
	time_t		 now = time(NULL);

	(void)state;
	snprintf(chain, sizeof(chain), "%s%s", cert_pem[C_LEAF],
	    cert_pem[C_INTER]);
	judge(&info, chain, key_pem[K_EC]);
	assert_string_equal(info.issuer, "Inter?mediate");
	assert_in_range(info.not_after, now + 90 * DAY - 60, now + 90 * DAY);
	assert_in_range(info.not_before, now - DAY - 60, now - DAY);
	/* The first to expire counts. */
	snprintf(chain, sizeof(chain), "%s%s", cert_pem[C_LEAF],
	    cert_pem[C_INTER_OLD]);
	judge(&info, chain, key_pem[K_EC]);
	assert_in_range(info.not_after, now - DAY - 60, now - DAY);
}

static void
test_text_around(void **state)
{
	struct cert_info info;
	char		 chain[16384], both[16384];

	(void)state;
	snprintf(chain, sizeof(chain),
	    "subject=CN = x\nsomething\n%s\n\n# the issuer\n%s\nthe end",
	    cert_pem[C_LEAF], cert_pem[C_INTER]);
	judge(&info, chain, key_pem[K_EC]);
	assert_string_equal(info.why, "");
	/* One file for both, in either order. */
	snprintf(both, sizeof(both), "%s%s", key_pem[K_EC], cert_pem[C_LEAF]);
	judge(&info, both, both);
	assert_string_equal(info.why, "");
	snprintf(both, sizeof(both), "%s%s", cert_pem[C_LEAF], key_pem[K_EC]);
	judge(&info, both, both);
	assert_string_equal(info.why, "");
}

/* No passphrase is asked for: the test would hang, or read the terminal. */
static void
test_encrypted(void **state)
{
	static const char want[] = "the key's file is encrypted";
	struct cert_info  info;
	char		 *pem;
	int		  old;

	(void)state;
	for (old = 0; old < 2; old++) {
		pem = print_key(keys[K_EC], "secret", old);
		judge(&info, cert_pem[C_LEAF], pem);
		assert_int_equal(info.state, CERT_BAD);
		assert_memory_equal(info.why, want, sizeof(want) - 1);
		free(pem);
	}
}

static void
test_missing(void **state)
{
	static char	 huge[CERT_FILE_MAX + 2];
	struct cert_info info;
	char		 chain[65536];
	int		 i;

	(void)state;
	judge(&info, "", key_pem[K_EC]);
	assert_string_equal(info.why, "the chain's file is empty");
	judge(&info, "hello", key_pem[K_EC]);
	assert_string_equal(info.why, "the chain's file has no certificate");
	judge(&info, key_pem[K_EC], key_pem[K_EC]);
	assert_string_equal(info.why, "the chain's file has no certificate");
	judge(&info, cert_pem[C_LEAF], "");
	assert_string_equal(info.why, "the key's file is empty");
	judge(&info, cert_pem[C_LEAF], cert_pem[C_LEAF]);
	assert_string_equal(info.why,
	    "the key's file has no private key that can be read");
	memset(huge, 'x', sizeof(huge) - 1);
	judge(&info, huge, key_pem[K_EC]);
	assert_string_equal(info.why, "the chain's file is too large");
	judge(&info, cert_pem[C_LEAF], huge);
	assert_string_equal(info.why, "the key's file is too large");
	chain[0] = '\0';
	for (i = 0; i < 17; i++)
		strlcat(chain, cert_pem[C_ROOT], sizeof(chain));
	judge(&info, chain, key_pem[K_CA]);
	assert_string_equal(info.why,
	    "the chain's file has more than 16 certificates");
}

/*
 * A file that is being written, cut off at any byte, is never good; but for
 * the cut between two certificates, where the rest is a chain by itself.
 */
static void
test_cut(void **state)
{
	struct cert_info info;
	char		 chain[16384];
	size_t		 n, first = strlen(cert_pem[C_LEAF]), all;
	int		 good;

	(void)state;
	snprintf(chain, sizeof(chain), "%s%s", cert_pem[C_LEAF],
	    cert_pem[C_INTER]);
	all = strlen(chain);
	for (n = 0; n < all; n++) {
		cert_check(&info, chain, n, key_pem[K_EC],
		    strlen(key_pem[K_EC]), time(NULL));
		/* The newline at the end of a block may be missing. */
		good = (n >= first - 1 && n < first + 11) || n >= all - 1;
		/* "-----BEGIN" is nothing, until the line is whole. */
		if (info.state == CERT_GOOD && !good && n > first + 27)
			fail_msg("%zu bytes of %zu were good", n, all);
		if (info.state != CERT_GOOD && n >= first - 1 && n < first + 11)
			fail_msg("%zu bytes: %s", n, info.why);
	}
	all = strlen(key_pem[K_EC]);
	for (n = 0; n < all - 1; n++) {
		cert_check(&info, chain, strlen(chain), key_pem[K_EC], n,
		    time(NULL));
		assert_int_equal(info.state, CERT_BAD);
	}
}

/* One byte that is another: never a crash, and never another key. */
static void
test_damaged(void **state)
{
	struct cert_info info;
	char		 key[4096];
	size_t		 i, len = strlen(key_pem[K_EC]);
	int		 good = 0;

	(void)state;
	memcpy(key, key_pem[K_EC], len + 1);
	for (i = 0; i < len; i++) {
		key[i] = key[i] == 'A' ? 'B' : 'A';
		cert_check(&info, cert_pem[C_LEAF], strlen(cert_pem[C_LEAF]),
		    key, len, time(NULL));
		good += info.state == CERT_GOOD;
		key[i] = key_pem[K_EC][i];
	}
	/*
	 * Three are in the numbers of versions.  The fourth says how many bits
	 * of the public key are not used: of one key in sixteen, those are
	 * zeros anyway.
	 */
	assert_in_range(good, 0, 4);
}

static void
test_names(void **state)
{
	static const struct {
		const char *what;
		const char *name;
		int	    covered;
	} names[] = {
		{ "the name", "www.example.org", 1 },
		{ "by a wildcard", "a.example.net", 1 },
		{ "the wildcard itself", "*.example.net", 1 },
		{ "an address", "192.0.2.1", 1 },
		{ "another address", "192.0.2.2", 0 },
		{ "another name", "example.org", 0 },
		{ "two labels for one", "a.b.example.net", 0 },
		{ "another wildcard", "*.example.org", 0 },
		{ "the wildcard's domain", "example.net", 0 },
	};
	const char *missing, *pem = cert_pem[C_LEAF];
	char	   *list[2], first[] = "www.example.org", name[64];
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(names); i++) {
		strlcpy(name, names[i].name, sizeof(name));
		list[0] = first;
		list[1] = name;
		missing = cert_names(pem, strlen(pem), list, 2);
		if (names[i].covered != (missing == NULL))
			fail_msg("%s", names[i].what);
		if (missing != NULL)
			assert_ptr_equal(missing, name);
	}
	assert_null(cert_names(pem, strlen(pem), NULL, 0));
	assert_null(cert_names("x", 1, list, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_text_around),
		cmocka_unit_test(test_encrypted),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
