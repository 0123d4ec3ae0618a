/* SPDX-License-Identifier: ISC */
#include "proto_text.h"

/* What of a text stands for itself. */
static int
is_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~' || c == ':';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int
proto_text_read(char txt[DNSBL_TXT_LEN], const char *s)
{
	size_t n = 0;
	int    hi, lo;
	char   c;

	if (*s == '\0')
		return -1;
	for (; *s != '\0'; s++) {
		c = *s;
		if (!is_safe(c)) {
			if (c != '%' || (hi = hex_value(s[1])) == -1 ||
			    (lo = hex_value(s[2])) == -1)
				return -1;
			c = (char)(hi * 16 + lo);
			if (c < 0x20 || c > 0x7e || is_safe(c))
				return -1;
			s += 2;
		}
		if (n + 1 >= DNSBL_TXT_LEN)
			return -1;
		txt[n++] = c;
	}
	txt[n] = '\0';
	return 0;
}

char *
proto_text_put(char *p, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *s != '\0'; s++) {
		if (is_safe(*s)) {
			*p++ = *s;
			continue;
		}
		*p++ = '%';
		*p++ = hex[(unsigned char)*s >> 4];
		*p++ = hex[*s & 15];
	}
	return p;
}
