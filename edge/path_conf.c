/* SPDX-License-Identifier: ISC */
#include "path_conf.h"

#include "words.h"

#define FILE_MAX   1000
#define SOCKET_MAX 100 /* of the 104 or 108 of sun_path */

const char *
path_read_file(struct words *w, const char *expected)
{
	return words_path(w, expected, FILE_MAX);
}

const char *
path_read_socket(struct words *w)
{
	return words_path(w, "the path of a socket", SOCKET_MAX);
}
