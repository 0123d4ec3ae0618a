/* SPDX-License-Identifier: ISC */
#include "iprev.h"

#include <string.h>

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const char *const iprevs[] = {
	[IPREV_UNASKED] = "none",
	[IPREV_PASS] = "pass",
	[IPREV_FAIL] = "fail",
	[IPREV_TEMPERROR] = "temperror",
	[IPREV_PERMERROR] = "permerror",
};

static const char *const name_states[] = {
	[NAME_UNASKED] = "unasked",
	[NAME_CONFIRMED] = "confirmed",
	[NAME_MISMATCH] = "mismatch",
	[NAME_NOADDRESS] = "noaddress",
	[NAME_TEMPERROR] = "temperror",
};

static const char *const dnssecs[] = {
	[DNSSEC_UNKNOWN] = "unknown",
	[DNSSEC_NO] = "no",
	[DNSSEC_YES] = "yes",
};

static const struct {
	const char *name;
	const char *text;
} causes[] = {
	[CAUSE_NONE] = { "none", "a PTR name leads back to this address" },
	[CAUSE_NO_PTR] = { "no-ptr", "no PTR record" },
	[CAUSE_NO_NAME] = { "no-name", "no PTR name is a host name" },
	[CAUSE_NO_MATCH] = { "no-match",
	    "no PTR name leads back to this address" },
	[CAUSE_NO_ADDRESS] = { "no-address", "no PTR name has an address" },
	[CAUSE_PTR_SERVFAIL] = { "ptr-servfail",
	    "reverse DNS could not be looked up (SERVFAIL)" },
	[CAUSE_PTR_REFUSED] = { "ptr-refused",
	    "reverse DNS could not be looked up (REFUSED)" },
	[CAUSE_PTR_TIMEOUT] = { "ptr-timeout",
	    "reverse DNS could not be looked up (no answer in time)" },
	[CAUSE_PTR_BOGUS] = { "ptr-bogus",
	    "reverse DNS could not be looked up (DNSSEC: bogus)" },
	[CAUSE_NAME_SERVFAIL] = { "name-servfail",
	    "a PTR name could not be looked up (SERVFAIL)" },
	[CAUSE_NAME_REFUSED] = { "name-refused",
	    "a PTR name could not be looked up (REFUSED)" },
	[CAUSE_NAME_TIMEOUT] = { "name-timeout",
	    "a PTR name could not be looked up (no answer in time)" },
	[CAUSE_NAME_BOGUS] = { "name-bogus",
	    "a PTR name could not be looked up (DNSSEC: bogus)" },
	[CAUSE_OVERLOAD] = { "overload",
	    "reverse DNS could not be looked up (too many at once)" },
	[CAUSE_RESOURCES] = { "resources",
	    "reverse DNS could not be looked up (out of resources)" },
	[CAUSE_UNREACHABLE] = { "unreachable",
	    "reverse DNS could not be looked up (fcrdnsd does not answer)" },
};

static int
find(const char *const *names, size_t n, const char *word)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(names[i], word) == 0)
			return (int)i;
	}
	return -1;
}

const char *
iprev_name(enum iprev iprev)
{
	return iprevs[iprev];
}

int
iprev_parse(const char *word)
{
	return find(iprevs, nitems(iprevs), word);
}

const char *
cause_name(enum cause cause)
{
	return causes[cause].name;
}

int
cause_parse(const char *word)
{
	size_t i;

	for (i = 0; i < nitems(causes); i++) {
		if (strcmp(causes[i].name, word) == 0)
			return (int)i;
	}
	return -1;
}

const char *
cause_text(enum cause cause)
{
	return causes[cause].text;
}

const char *
name_state_name(enum name_state state)
{
	return name_states[state];
}

int
name_state_parse(const char *word)
{
	return find(name_states, nitems(name_states), word);
}

const char *
dnssec_name(enum dnssec dnssec)
{
	return dnssecs[dnssec];
}

int
dnssec_parse(const char *word)
{
	return find(dnssecs, nitems(dnssecs), word);
}

const char *
findings_confirmed(const struct findings *f)
{
	unsigned int i;

	for (i = 0; i < f->nnames; i++) {
		if (f->names[i].state == NAME_CONFIRMED)
			return f->names[i].name;
	}
	return NULL;
}

void
findings_trouble(struct findings *f, const struct addr *addr, enum cause cause)
{
	f->addr = *addr;
	f->iprev = IPREV_TEMPERROR;
	f->cause = cause;
	f->dnssec = DNSSEC_UNKNOWN;
	f->nptrs = f->ninvalid = f->nnames = 0;
	f->ttl = 0;
	f->elapsed_ms = 0;
	f->cached = 0;
	f->lists_known = f->is_protected = 0;
	f->nlists = f->ndnsbls = 0;
}

int
findings_in(const struct findings *f, const char *list)
{
	unsigned int i;

	for (i = 0; f->lists_known && i < f->nlists; i++) {
		if (strcmp(f->lists[i], list) == 0)
			return 1;
	}
	return 0;
}

const struct dnsbl_finding *
findings_dnsbl(const struct findings *f, const char *name)
{
	unsigned int i;

	for (i = 0; i < f->ndnsbls; i++) {
		if (strcmp(f->dnsbls[i].name, name) == 0)
			return &f->dnsbls[i];
	}
	return NULL;
}
