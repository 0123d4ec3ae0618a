/* SPDX-License-Identifier: ISC */
#include "fetch.h"

#include <sys/types.h>
#include <sys/socket.h>

#include <ctype.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "clock.h"
#include "log.h"

#define AGENT		"postern/" VERSION
#define CONNECT_SECONDS 30
#define SLOW_BYTES	100 /* a second: less is given up after */
#define SLOW_SECONDS	30
#define HEADERS_MAX	((size_t)64 * 1024) /* of one answer */
#define OTHER_MAX	((size_t)64 * 1024) /* of a body that nobody wants */
#define LINE_MAX_LEN	8192		    /* of a header of ours */

/* One question of perhaps several. */
struct asking {
	struct fetch *f;
	CURL	     *curl;
	size_t	      body, headers;
	int	      too_big, stopped, enough;
};

static int
fail(struct fetch *f, const char *why)
{
	snprintf(f->why, sizeof(f->why), "%s", why);
	return -1;
}

/*
 * The body.  libcurl's own text about a failure may hold the url, so ours is
 * made of flags.
 */
static size_t
on_body(char *data, size_t one, size_t n, void *arg)
{
	struct asking *a = arg;
	long	       status = 0;

	n *= one;
	curl_easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &status);
	a->body += n;
	if (status != 200) {
		if (a->body <= OTHER_MAX)
			return n;
		a->enough = 1;
		return CURL_WRITEFUNC_ERROR;
	}
	if (a->body > a->f->size)
		a->too_big = 1;
	else if (n > 0 && a->f->put(a->f->arg, data, n) != 0)
		a->stopped = 1;
	else
		return n;
	return CURL_WRITEFUNC_ERROR;
}

/*
 * What we send back at the next question: printable ASCII, or nothing.  1 if
 * this line is that header.
 */
static int
validator(const char *line, size_t len, const char *name, char *out)
{
	size_t i, n = strlen(name);

	if (len <= n || strncasecmp(line, name, n) != 0)
		return 0;
	line += n;
	len -= n;
	while (len > 0 && (*line == ' ' || *line == '\t')) {
		line++;
		len--;
	}
	while (len > 0 && isspace((unsigned char)line[len - 1]))
		len--;
	out[0] = '\0';
	if (len >= FETCH_TAG_LEN)
		return 1;
	for (i = 0; i < len; i++)
		if (line[i] < ' ' || line[i] > '~')
			return 1;
	memcpy(out, line, len);
	out[len] = '\0';
	return 1;
}

/* "..." or W/"...": RFC 9110, 8.8.3. */
static int
good_etag(const char *s)
{
	size_t len;

	if (strncmp(s, "W/", 2) == 0)
		s += 2;
	len = strlen(s);
	return len >= 2 && s[0] == '"' && s[len - 1] == '"' &&
	    strchr(s + 1, '"') == s + len - 1 && strchr(s, ' ') == NULL;
}

static size_t
on_header(char *data, size_t one, size_t n, void *arg)
{
	struct asking *a = arg;
	struct fetch  *f = a->f;

	n *= one;
	if ((a->headers += n) > HEADERS_MAX)
		return CURL_WRITEFUNC_ERROR;
	/* A status line: what came before it was a 100 or 103. */
	if (n > 5 && strncmp(data, "HTTP/", 5) == 0)
		f->new_etag[0] = f->new_last_modified[0] = '\0';
	else if (validator(data, n, "etag:", f->new_etag)) {
		if (!good_etag(f->new_etag))
			f->new_etag[0] = '\0';
	} else
		validator(data, n, "last-modified:", f->new_last_modified);
	return n;
}

/* A header, unless the value would be two. */
static int
add_header(struct curl_slist **list, const char *name, const char *value)
{
	struct curl_slist *more;
	char		   line[LINE_MAX_LEN];
	size_t		   i, len = strlen(value);
	int		   n, ret = -1;

	/* Files of secrets end in a newline. */
	while (len > 0 && isspace((unsigned char)value[len - 1]))
		len--;
	for (i = 0; i < len; i++)
		if (value[i] < ' ' || value[i] > '~')
			return -1;
	n = snprintf(line, sizeof(line), "%s%.*s", name, (int)len, value);
	if (n > 0 && (size_t)n < sizeof(line) && strchr(line, ':') != NULL &&
	    len > 0 && (more = curl_slist_append(*list, line)) != NULL) {
		*list = more;
		ret = 0;
	}
	explicit_bzero(line, sizeof(line));
	return ret;
}

static int
make_headers(struct fetch *f, int secrets, struct curl_slist **list)
{
	*list = NULL;
	if (f->etag != NULL && f->etag[0] != '\0' &&
	    add_header(list, "If-None-Match: ", f->etag) == -1)
		return fail(f, "the ETag cannot be sent back");
	if (f->last_modified != NULL && f->last_modified[0] != '\0' &&
	    add_header(list, "If-Modified-Since: ", f->last_modified) == -1)
		return fail(f, "Last-Modified cannot be sent back");
	if (secrets && f->token != NULL &&
	    add_header(list, "Authorization: Bearer ", f->token) == -1)
		return fail(f, "the token is no line of printable text");
	if (secrets && f->header != NULL &&
	    add_header(list, "", f->header) == -1)
		return fail(f, "the header is no line of printable text");
	return 0;
}

/* Who is trusted, and nothing from the environment. */
static CURLcode
set_trust(CURL *c, const struct fetch *f)
{
	struct curl_blob ca = { .flags = CURL_BLOB_COPY };
	CURLcode	 r = CURLE_OK;

	r |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	r |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	r |= curl_easy_setopt(c, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	r |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
	r |= curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	r |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	r |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	r |= curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	if (f->ca == NULL || r != CURLE_OK)
		return r;
	ca.len = strlen(f->ca);
	/* libcurl only reads it. */
	memcpy(&ca.data, &f->ca, sizeof(ca.data));
	r |= curl_easy_setopt(c, CURLOPT_CAINFO, NULL);
	/* Else the system's folder would be trusted beside it. */
	r |= curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	r |= curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &ca);
	return r;
}

static CURLcode
set_bounds(CURL *c, const struct fetch *f, long left_ms)
{
	CURLcode r = CURLE_OK;
	long	 connect = CONNECT_SECONDS * 1000L;

	r |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
	/* Else the resolver's patience comes on top of ours. */
	r |= curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L);
#endif
	r |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, left_ms);
	r |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
	    left_ms < connect ? left_ms : connect);
	r |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
	r |= curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
	r |=
	    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)f->size);
	return r;
}

/* Its number (OpenSSL's) in words, where one helps; see verify(1). */
static const char *
certificate_words(CURL *c)
{
	long result = 0;

	curl_easy_getinfo(c, CURLINFO_SSL_VERIFYRESULT, &result);
	switch (result) {
	case 0:
	case 1: /* libcurl's own, before it has asked */
	case 62:
	case 64:
		return "the certificate is for another name";
	case 9:
		return "the certificate is not valid yet";
	case 10:
		return "the certificate has expired";
	case 18:
	case 19:
	case 20:
	case 21:
		return "the certificate is by somebody who is not trusted";
	default:
		return "the certificate cannot be verified";
	}
}

static int
explain(struct asking *a, CURLcode code)
{
	struct fetch *f = a->f;

	if (a->too_big || code == CURLE_FILESIZE_EXCEEDED) {
		snprintf(f->why, sizeof(f->why), "more than %zu bytes",
		    f->size);
		return -1;
	}
	if (a->stopped)
		return fail(f, "stopped");
	if (a->headers > HEADERS_MAX)
		return fail(f, "endless headers");
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return fail(f, certificate_words(a->curl));
	return fail(f, curl_easy_strerror(code));
}

/* Ask for that url once.  0 with f->status, or -1. */
static int
ask(struct asking *a, const char *url, int secrets, long left_ms)
{
	struct fetch	  *f = a->f;
	struct curl_slist *headers = NULL;
	CURL		  *c = a->curl;
	CURLcode	   code = CURLE_OK;
	curl_off_t	   after = 0;
	int		   ret = -1;

	f->status = 0;
	f->retry_after = 0;
	f->new_etag[0] = f->new_last_modified[0] = '\0';
	a->body = a->headers = 0;
	curl_easy_reset(c);
	if (make_headers(f, secrets, &headers) == -1)
		goto out;
	code |= set_trust(c, f) | set_bounds(c, f, left_ms);
	code |= curl_easy_setopt(c, CURLOPT_URL, url);
	code |= curl_easy_setopt(c, CURLOPT_USERAGENT, AGENT);
	code |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	code |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	code |= curl_easy_setopt(c, CURLOPT_WRITEDATA, a);
	code |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	code |= curl_easy_setopt(c, CURLOPT_HEADERDATA, a);
	if (code != CURLE_OK) {
		fail(f, "libcurl does not know what it should");
		goto out;
	}
	code = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &f->status);
	if (curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &after) == CURLE_OK &&
	    after > 0)
		f->retry_after =
		    after > INT32_MAX ? INT32_MAX : (unsigned int)after;
	/* Of an answer that is not wanted, the status is all there is. */
	if (code == CURLE_OK || a->enough ||
	    (f->status >= 400 && code != CURLE_OPERATION_TIMEDOUT))
		ret = 0;
	else
		explain(a, code);
out:
	curl_slist_free_all(headers);
	return ret;
}

/* Do both have the same scheme, host and port?  That url is good https? */
static int
same_origin(const char *a, const char *b, int *https)
{
	static const CURLUPart parts[] = { CURLUPART_SCHEME, CURLUPART_HOST,
		CURLUPART_PORT };
	CURLU		      *ua = curl_url(), *ub = curl_url();
	char		      *pa, *pb;
	size_t		       i;
	int		       same = 0;

	*https = 0;
	if (ua == NULL || ub == NULL ||
	    curl_url_set(ua, CURLUPART_URL, a, 0) != CURLUE_OK ||
	    curl_url_set(ub, CURLUPART_URL, b, CURLU_NON_SUPPORT_SCHEME) !=
		CURLUE_OK)
		goto out;
	for (same = 1, i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		pa = pb = NULL;
		curl_url_get(ua, parts[i], &pa, CURLU_DEFAULT_PORT);
		curl_url_get(ub, parts[i], &pb, CURLU_DEFAULT_PORT);
		if (pa == NULL || pb == NULL || strcasecmp(pa, pb) != 0)
			same = 0;
		if (parts[i] == CURLUPART_SCHEME && pb != NULL)
			*https = strcasecmp(pb, "https") == 0;
		curl_free(pa);
		curl_free(pb);
	}
out:
	curl_url_cleanup(ua);
	curl_url_cleanup(ub);
	return same;
}

static int
is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 ||
	    status == 307 || status == 308;
}

/* What the last answer is worth, when it was no redirect. */
static int
judge(struct fetch *f)
{
	int asked = (f->etag != NULL && f->etag[0] != '\0') ||
	    (f->last_modified != NULL && f->last_modified[0] != '\0');

	if (f->status == 200 || (f->status == 304 && asked))
		return 0;
	if (f->status == 304)
		return fail(f, "HTTP 304 to a question that had no condition");
	snprintf(f->why, sizeof(f->why), "HTTP %ld", f->status);
	return -1;
}

/*
 * Redirects are ours to follow: libcurl would send a header of ours to any
 * host that the answer names.
 */
static int
follow(struct asking *a, char *url, size_t size)
{
	struct fetch *f = a->f;
	char	     *to = NULL;
	int64_t	      end = clock_ms() + (int64_t)f->timeout * 1000;
	long	      left;
	int	      https, secrets = 1, n;

	for (n = 0; n <= FETCH_REDIRECTS; n++) {
		if ((left = (long)(end - clock_ms())) <= 0)
			return fail(f,
			    curl_easy_strerror(CURLE_OPERATION_TIMEDOUT));
		if (ask(a, url, secrets, left) == -1)
			return -1;
		if (!is_redirect(f->status))
			return judge(f);
		curl_easy_getinfo(a->curl, CURLINFO_REDIRECT_URL, &to);
		if (to == NULL)
			return fail(f, "a redirect to nowhere");
		/* Once it went elsewhere, it stays elsewhere. */
		secrets = same_origin(f->url, to, &https) && secrets;
		if (!https)
			return fail(f, "a redirect to what is not https");
		if (strlcpy(url, to, size) >= size)
			return fail(f, "a redirect to a url that is too long");
	}
	return fail(f, "too many redirects");
}

int
fetch(struct fetch *f)
{
	struct asking a = { .f = f };
	char	      url[LINE_MAX_LEN];
	int	      ret = -1;

	f->status = 0;
	f->retry_after = 0;
	f->new_etag[0] = f->new_last_modified[0] = f->why[0] = '\0';
	if (strncasecmp(f->url, "https://", 8) != 0)
		return fail(f, "not https");
	if (strlcpy(url, f->url, sizeof(url)) >= sizeof(url))
		return fail(f, "the url is too long");
	if ((a.curl = curl_easy_init()) == NULL)
		return fail(f, "out of memory");
	ret = follow(&a, url, sizeof(url));
	curl_easy_cleanup(a.curl);
	return ret;
}

int
fetch_prepare(void)
{
	struct addrinfo	 hints = { .ai_socktype = SOCK_STREAM }, *ai = NULL;
	struct sigaction sa = { .sa_handler = SIG_IGN };
	CURL		*c;

	/* CURLOPT_NOSIGNAL leaves that to us. */
	sigemptyset(&sa.sa_mask);
	sigaction(SIGPIPE, &sa, NULL);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (c = curl_easy_init()) == NULL) {
		log_warnx("libcurl cannot be used");
		return -1;
	}
	curl_easy_cleanup(c);
	/* The name service's modules; whether it knows the name is no matter. */
	if (getaddrinfo("localhost", "https", &hints, &ai) == 0)
		freeaddrinfo(ai);
	return 0;
}
