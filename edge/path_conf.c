/* SPDX-License-Identifier: ISC */
#include "path_conf.h"

#include <string.h>

#include "words.h"

#define FILE_MAX   1000
#define SOCKET_MAX 100 /* of the 104 or 108 of sun_path */

static const char *
path_read(struct words *w, const char *expected, size_t max)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	size_t	    len;

	if ((text = words_next(w, expected)) == NULL)
		return NULL;
	len = strlen(text);
	errors_show(shown, text);
	if (text[0] != '/')
		words_fail(w, "\"%s\" is not an absolute path", shown);
	else if (text[len - 1] == '/')
		words_fail(w, "\"%s\" is a folder, expected %s", shown,
		    expected);
	else if (len > max)
		words_fail(w, "\"%s\" is a path of more than %zu bytes", shown,
		    max);
	else
		return text;
	return NULL;
}

const char *
path_read_file(struct words *w, const char *expected)
{
	return path_read(w, expected, FILE_MAX);
}

const char *
path_read_socket(struct words *w)
{
	return path_read(w, "the path of a socket", SOCKET_MAX);
}
