/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "blocks.h"

extern const struct conf_block global_block;   /* conf/global.c */
extern const struct conf_block lists_block;    /* lists/lists_conf.c */
extern const struct conf_block bans_block;     /* lists/bans_conf.c */
extern const struct conf_block fcrdns_block;   /* fcrdns/fcrdns_conf.c */
extern const struct conf_block milter_block;   /* milter/milter_conf.c */
extern const struct conf_block imapgate_block; /* imapgate/imapgate_conf.c */
extern const struct conf_block edge_block;     /* edge/edge_conf.c */

const struct conf_block *const conf_blocks[] = {
	&global_block,
	&lists_block,
	&bans_block,
	&fcrdns_block,
	&milter_block,
	&imapgate_block,
	&edge_block,
	NULL,
};
