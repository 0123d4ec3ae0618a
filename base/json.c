/* SPDX-License-Identifier: ISC */
#include "json.h"

void
json_put(FILE *fp, const char *text)
{
	const unsigned char *p;

	putc('"', fp);
	for (p = (const unsigned char *)text; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			fprintf(fp, "\\%c", *p);
		else if (*p < 0x20 || *p > 0x7e)
			fprintf(fp, "\\u%04x", *p);
		else
			putc(*p, fp);
	}
	putc('"', fp);
}

void
json_member(FILE *fp, const char *key, const char *text)
{
	fprintf(fp, "\"%s\":", key);
	if (text != NULL)
		json_put(fp, text);
	else
		fputs("null", fp);
}
