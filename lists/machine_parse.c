/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "machine.h"

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
