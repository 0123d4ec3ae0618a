/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

#define UP	0x1 /* RTF_UP, RTF_GATEWAY: the same in both files */
#define GATEWAY 0x2

/* The next word of exactly that many hexadecimal digits.  0 or -1. */
static int
next_hex(const char **p, size_t digits, unsigned long *v)
{
	char   word[17];
	size_t n;

	*p += strspn(*p, " \t");
	n = strcspn(*p, " \t\n");
	if (n != digits || n >= sizeof(word))
		return -1;
	memcpy(word, *p, n);
	word[n] = '\0';
	if (strspn(word, "0123456789abcdefABCDEF") != n)
		return -1;
	*v = strtoul(word, NULL, 16);
	*p += n;
	return 0;
}

static void
skip_words(const char **p, int n)
{
	while (n-- > 0) {
		*p += strspn(*p, " \t");
		*p += strcspn(*p, " \t\n");
	}
}

/* Iface Destination Gateway Flags RefCnt Use Metric Mask ... */
int
machine_parse_route(const char *line, struct addr *gateway)
{
	unsigned long to, via, flags, mask;
	uint32_t      octets;

	skip_words(&line, 1);
	if (next_hex(&line, 8, &to) == -1 || next_hex(&line, 8, &via) == -1 ||
	    next_hex(&line, 4, &flags) == -1)
		return -1;
	skip_words(&line, 3);
	if (next_hex(&line, 8, &mask) == -1)
		return -1;
	if (to != 0 || mask != 0 || via == 0 ||
	    (flags & (UP | GATEWAY)) != (UP | GATEWAY))
		return -1;
	/* The kernel prints the four octets as this machine's number. */
	octets = (uint32_t)via;
	memset(gateway, 0, sizeof(*gateway));
	gateway->family = ADDR_IPV4;
	memcpy(gateway->octets, &octets, sizeof(octets));
	return 0;
}

/* Sixteen octets.  Returns how many of them are not zero, or -1. */
static int
next_octets(const char **p, uint8_t octets[16])
{
	char   word[3] = "";
	size_t n, i;
	int    set = 0;

	*p += strspn(*p, " \t");
	n = strcspn(*p, " \t\n");
	if (n != 32 || strspn(*p, "0123456789abcdefABCDEF") != n)
		return -1;
	for (i = 0; i < 16; i++) {
		memcpy(word, *p + 2 * i, 2);
		octets[i] = (uint8_t)strtoul(word, NULL, 16);
		set += octets[i] != 0;
	}
	*p += n;
	return set;
}

/* to bits from bits gateway metric references uses flags interface */
int
machine_parse_route6(const char *line, struct addr *gateway)
{
	unsigned long bits, flags;
	uint8_t	      octets[16];
	int	      set;

	if (next_octets(&line, octets) != 0 ||
	    next_hex(&line, 2, &bits) == -1 || bits != 0)
		return -1;
	skip_words(&line, 2);
	set = next_octets(&line, octets);
	skip_words(&line, 3);
	if (set <= 0 || next_hex(&line, 8, &flags) == -1 ||
	    (flags & (UP | GATEWAY)) != (UP | GATEWAY))
		return -1;
	memset(gateway, 0, sizeof(*gateway));
	gateway->family = ADDR_IPV6;
	memcpy(gateway->octets, octets, sizeof(octets));
	return 0;
}

int
machine_parse_resolver(const char *line, struct addr *server)
{
	static const char key[] = "nameserver";
	char		  word[ADDR_LEN];
	size_t		  n;

	if (strncmp(line, key, sizeof(key) - 1) != 0)
		return -1;
	line += sizeof(key) - 1;
	if ((n = strspn(line, " \t")) == 0)
		return -1;
	line += n;
	/* The scope of a link-local address says nothing here. */
	n = strcspn(line, " \t\r\n%");
	if (n >= sizeof(word))
		return -1;
	memcpy(word, line, n);
	word[n] = '\0';
	return addr_parse(server, word);
}
