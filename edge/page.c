/* SPDX-License-Identifier: ISC */
#include "page.h"

#include <stddef.h>

#include "date.h"
#include "head.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const char top[] =
    "<!doctype html>\n"
    "<html lang=\"en\">\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"robots\" content=\"noindex\">\n"
    "<style>\n"
    ":root{color-scheme:light dark;--b:#fbfaf7;--t:#26241f;--m:#736e63;"
    "--a:#b4532a}\n"
    "@media(prefers-color-scheme:dark){:root{--b:#1a1916;--t:#e9e5dc;"
    "--m:#9b9587;--a:#e08a5b}}\n"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;"
    "background:var(--b);color:var(--t);"
    "font:1.1rem/1.6 system-ui,sans-serif}\n"
    "main{max-width:32rem;padding:2rem}\n"
    "h1{margin:0 0 .6rem;font-size:1.7rem;line-height:1.25;font-weight:600}\n"
    "p{margin:0 0 .6rem}\n"
    "small{color:var(--m)}\n"
    "small b{color:var(--a);font-weight:600}\n"
    "</style>\n";

#define BACK                                                               \
	"It will be back; please try again in a moment. Nothing is wrong " \
	"at your end."
#define REQUEST "Your browser sent a request that this site does not take."

/* title, and a text of one or two sentences */
static const struct {
	int	    status;
	const char *title;
	const char *text;
} pages[] = {
	{ 400, "That request was not understood", REQUEST },
	{ 403, "This is not open to you",
	    "The owner of this site lets nobody in from where you are." },
	{ 404, "There is nothing here",
	    "The address may have a slip in it, or what was here is gone." },
	{ 405, "That does not work here", REQUEST },
	{ 408, "That took too long",
	    "The request did not arrive in time. Please try again." },
	{ 413, "That was too much at once",
	    "What you sent is larger than this site takes." },
	{ 414, "That address is too long", REQUEST },
	{ 417, "That request was not understood", REQUEST },
	{ 421, "That site is not here",
	    "No site of that name can be reached in this way." },
	{ 429, "That was too often",
	    "Please wait a little before you try again." },
	{ 431, "That request was too large",
	    "Perhaps this site has left too many cookies with you: removing "
	    "them may help." },
	{ 500, "Something went wrong here",
	    "It is not your fault. Please try again in a moment." },
	{ 501, "That does not work here", REQUEST },
	{ 502, "This site is not answering properly", BACK },
	{ 503, "This site is away for a moment", BACK },
	{ 504, "This site is taking too long", BACK },
	{ 505, "That request was not understood", REQUEST },
};

static const char *
other(int status)
{
	if (status < 400)
		return "There is nothing to see here";
	return status < 500 ? "That did not work" : "Something went wrong here";
}

void
page_write(struct out *o, int status)
{
	const char *title = other(status), *text = NULL;
	char	    number[] = "000";
	size_t	    i;

	for (i = 0; i < nitems(pages); i++) {
		if (pages[i].status != status)
			continue;
		title = pages[i].title;
		text = pages[i].text;
	}
	date_digits(number, (unsigned int)status, 3);
	out_bytes(o, top, sizeof(top) - 1);
	out_text(o, "<title>");
	out_text(o, title);
	out_text(o, "</title>\n<main>\n<h1>");
	out_text(o, title);
	out_text(o, "</h1>\n");
	if (text != NULL) {
		out_text(o, "<p>");
		out_text(o, text);
		out_text(o, "</p>\n");
	}
	out_text(o, "<small><b>");
	out_text(o, number);
	out_text(o, "</b> ");
	out_text(o, head_phrase(status));
	out_text(o, "</small>\n</main>\n");
}
