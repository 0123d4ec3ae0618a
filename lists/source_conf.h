/* SPDX-License-Identifier: ISC */
/*
 * "url" and "file" of a list: the value is the struct list_conf.
 */
#ifndef SOURCE_CONF_H
#define SOURCE_CONF_H

struct list_source;
struct printer;
struct words;

int  source_read_url(void *, struct words *);
int  source_read_file(void *, struct words *);
void source_print_urls(const void *, struct printer *);
void source_print_files(const void *, struct printer *);
void source_clear(struct list_source *);

#endif /* SOURCE_CONF_H */
