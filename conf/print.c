/* SPDX-License-Identifier: ISC */
#include "addr.h"
#include "print.h"

/* A list of more items than this has a line for each. */
#define LIST_INLINE 4

static void
indent(const struct printer *p)
{
	unsigned int i;

	for (i = 0; i < p->depth; i++)
		fputc('\t', p->fp);
}

void
print_begin(struct printer *p, const char *name)
{
	indent(p);
	fputs(name, p->fp);
	p->statements++;
	p->list = -1;
}

void
print_end(struct printer *p)
{
	fputc('\n', p->fp);
}

void
print_absent(struct printer *p, const char *name, const char *absent)
{
	indent(p);
	fprintf(p->fp, "# %s: %s\n", name, absent);
}

void
print_block_begin(struct printer *p, const char *name)
{
	fputc('\n', p->fp);
	print_begin(p, name);
}

void
print_block_open(struct printer *p)
{
	fputs(" {\n", p->fp);
	p->depth++;
}

void
print_block_end(struct printer *p)
{
	p->depth--;
	indent(p);
	fputs("}\n", p->fp);
}

static void
separate(struct printer *p)
{
	if (p->list >= 0 && p->wide) {
		fputc('\n', p->fp);
		indent(p);
		fputc('\t', p->fp);
	} else
		fputs(p->list > 0 ? ", " : " ", p->fp);
	if (p->list >= 0)
		p->list++;
}

void
print_list_begin(struct printer *p, size_t n)
{
	fputs(" {", p->fp);
	p->list = 0;
	p->wide = n > LIST_INLINE;
}

void
print_list_end(struct printer *p)
{
	if (p->wide) {
		fputc('\n', p->fp);
		indent(p);
		fputc('}', p->fp);
	} else
		fputs(" }", p->fp);
	p->list = -1;
}

void
print_bare(struct printer *p, const char *word)
{
	separate(p);
	fputs(word, p->fp);
}

/*
 * A backslash is doubled only where a single one would be read as an escape,
 * so that a regular expression looks as it was written.
 */
void
print_quotes(FILE *fp, const char *text)
{
	fputc('"', fp);
	for (; *text != '\0'; text++) {
		if (*text == '"' ||
		    (*text == '\\' &&
			(text[1] == '\\' || text[1] == '"' || text[1] == '\0')))
			fputc('\\', fp);
		fputc(*text, fp);
	}
	fputc('"', fp);
}

void
print_quoted(struct printer *p, const char *text)
{
	separate(p);
	print_quotes(p->fp, text);
}

void
print_number(struct printer *p, long long n)
{
	separate(p);
	fprintf(p->fp, "%lld", n);
}

void
print_addr(struct printer *p, const struct addr *addr)
{
	char buf[ADDR_LEN];

	print_bare(p, addr_print(addr, buf));
}

void
print_prefix(struct printer *p, const struct prefix *prefix)
{
	char buf[PREFIX_LEN];

	print_bare(p, prefix_print(prefix, buf));
}

void
print_port(struct printer *p, uint16_t port)
{
	print_bare(p, "port");
	print_number(p, port);
}
