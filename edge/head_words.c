/* SPDX-License-Identifier: ISC */
#include "head.h"

#include <stddef.h>
#include <string.h>

#include "date.h"

/* clang-format off */
static const char *const informational[] = {
	"Continue", "Switching Protocols", "Processing", "Early Hints",
};
static const char *const successful[] = {
	"OK", "Created", "Accepted", "Non-Authoritative Information",
	"No Content", "Reset Content", "Partial Content", "Multi-Status",
	"Already Reported",
};
static const char *const redirection[] = {
	"Multiple Choices", "Moved Permanently", "Found", "See Other",
	"Not Modified", "Use Proxy", "", "Temporary Redirect",
	"Permanent Redirect",
};
static const char *const client_error[] = {
	"Bad Request", "Unauthorized", "Payment Required", "Forbidden",
	"Not Found", "Method Not Allowed", "Not Acceptable",
	"Proxy Authentication Required", "Request Timeout", "Conflict",
	"Gone", "Length Required", "Precondition Failed",
	"Content Too Large", "URI Too Long", "Unsupported Media Type",
	"Range Not Satisfiable", "Expectation Failed", "", "", "",
	"Misdirected Request", "Unprocessable Content", "Locked",
	"Failed Dependency", "Too Early", "Upgrade Required", "",
	"Precondition Required", "Too Many Requests", "",
	"Request Header Fields Too Large",
};
static const char *const server_error[] = {
	"Internal Server Error", "Not Implemented", "Bad Gateway",
	"Service Unavailable", "Gateway Timeout",
	"HTTP Version Not Supported", "Variant Also Negotiates",
	"Insufficient Storage", "Loop Detected", "", "",
	"Network Authentication Required",
};
/* clang-format on */

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *const *phrase;
	size_t		   n;
} classes[] = {
	{ informational, nitems(informational) },
	{ successful, nitems(successful) },
	{ redirection, nitems(redirection) },
	{ client_error, nitems(client_error) },
	{ server_error, nitems(server_error) },
};

const char *
head_phrase(int status)
{
	size_t class, n;

	if (status < 100 || status > 599)
		return "";
	if (status == 451)
		return "Unavailable For Legal Reasons";
	class = (size_t)status / 100 - 1;
	n = (size_t)status % 100;
	return n < classes[class].n ? classes[class].phrase[n] : "";
}

/* Not strftime(3): its names of days and months are of the locale. */
const char *
head_date(char buf[HEAD_DATE_LEN], time_t t)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct date	  d;

	date_utc(&d, t);
	memcpy(buf, "Sun, 06 Nov 1994 08:49:37 GMT", HEAD_DATE_LEN);
	memcpy(buf, days + d.weekday * 3, 3);
	date_digits(buf + 5, d.day, 2);
	memcpy(buf + 8, months + (d.month - 1) * 3, 3);
	date_digits(buf + 12, d.year, 4);
	date_digits(buf + 17, d.hour, 2);
	date_digits(buf + 20, d.minute, 2);
	date_digits(buf + 23, d.second, 2);
	return buf;
}
