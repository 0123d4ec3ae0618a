#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Check by the #include lines that folders are layers:
#
#   1. a folder includes headers only from the folders below it;
#   2. the header of a foreign library is included by the one file that
#      knows that library, and by that file indeed;
#   3. a pure file (a parser, a policy) includes nothing, even by way of our
#      own headers, that does I/O, reads a clock or loads the configuration,
#      and calls no such function.
#
# Prints FILE:LINE: what is wrong; exit 1 if anything is.

set -eu
cd "$(dirname "$0")/.."

# Which folders' headers may a folder include?
allowed()
{
	case $1 in
	base)		echo base ;;
	# the only file that names the components
	conf/blocks.c)	echo base conf lists fcrdns milter imapgate edge ;;
	conf)		echo base conf ;;
	firewall)	echo base firewall ;;
	lists)		echo base conf firewall lists ;;
	fcrdns)		echo base conf firewall lists fcrdns ;;
	milter)		echo base conf firewall lists fcrdns milter ;;
	imapgate)	echo base conf firewall lists imapgate ;;
	edge)		echo base conf firewall lists edge ;;
	postern)	echo base conf firewall lists fcrdns milter imapgate \
	    edge postern ;;
	esac
}

# header (or folder/ of headers), and the one file that includes it, or the few
owners="
libmilter/mfapi.h	milter/mf.c
unbound.h		fcrdns/resolver.c
unbound-event.h		fcrdns/resolver.c
ldns/			fcrdns/answer.c
pcre2.h			base/rx.c
seccomp.h		base/jail_linux.c
linux/landlock.h	base/jail_linux.c
nftables/		firewall/nftables.c
openssl/		edge/cert.c edge/stream_tls.c edge/tls.c edge/tls_pem.c edge/tls_ticket.c
curl/			lists/fetch.c
zlib.h			lists/unpack.c
linux/inet_diag.h	firewall/sock_destroy.c
linux/sock_diag.h	firewall/sock_destroy.c"

pure="
	base/addr.c base/date.c base/hex.c base/line.c base/sip.c
	conf/lexer.c conf/nearest.c conf/units.c
	fcrdns/health.c fcrdns/iprev.c fcrdns/name.c fcrdns/proto.c
	fcrdns/tally.c fcrdns/verdict.c
	imapgate/lease.c imapgate/leases.c imapgate/operand.c imapgate/wanted.c
	milter/ar.c milter/exempt.c milter/fold.c milter/headers.c
	milter/record.c milter/reply.c milter/session.c"
pure="$pure
	edge/access.c edge/access_json.c edge/forwarded.c edge/h1.c
	edge/h1_chunks.c edge/h1_fields.c edge/h1_framing.c edge/h1_host.c
	edge/h1_name.c edge/h1_request.c edge/h1_response.c edge/head_answer.c
	edge/head_request.c edge/head_words.c edge/locate.c edge/out.c
	edge/page.c edge/path.c edge/prometheus.c edge/reason.c edge/redirect.c
	edge/route.c edge/rules.c edge/slice.c edge/status.c edge/tls_hello.c
	edge/trailers.c"
pure="$pure
	edge/bucket.c
	fcrdns/dnsbl.c
	lists/ban_line.c lists/bans.c lists/bans_ask.c lists/counting.c
	lists/feed.c lists/feed_entry.c lists/feed_json.c lists/feed_line.c
	lists/from.c lists/guard.c lists/meta.c lists/offence.c
	lists/ban_plan.c lists/machine_parse.c lists/ranges.c lists/ranges_sort.c
	lists/special.c
	milter/ar_build.c milter/nat.c
	postern/maillog.c"
# Takes a DNS message apart by ldns, and is as pure as that.
pure="$pure fcrdns/answer.c"

# What a pure file may include from the system: types, strings, numbers.
pure_system="
	arpa/inet.h assert.h ctype.h errno.h inttypes.h limits.h netinet/in.h
	stdarg.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h
	strings.h ldns/ldns.h sys/queue.h sys/socket.h sys/tree.h sys/types.h"
# Headers of our own that do I/O, tell the time, or load the file.
impure_own="clock.h jail.h log.h sock.h wire.h"
# <stdio.h>, <stdlib.h> and <sys/socket.h> are needed for a few pure things.
impure_calls='f?printf|v?fprintf|dprintf|puts|fputs|putchar|perror|fopen|fread'
impure_calls="$impure_calls|fwrite|fgets|getline|open|read|write|close|socket"
impure_calls="$impure_calls|connect|send|recv|time|gettimeofday|clock_gettime"
impure_calls="$impure_calls|getenv|system|exit|sleep|getaddrinfo|syslog"

folders=
for d in base conf firewall lists fcrdns milter imapgate edge postern; do
	[ ! -d "$d" ] || folders="$folders $d"
done
# shellcheck disable=SC2086 # a list of words
sources=$(find $folders -name '*.[ch]' | sort)
[ -n "$sources" ] || exit 0

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

say()
{
	echo "$*" >>"$tmp/bad"
}

# One line for each include: FILE LINE KIND HEADER, KIND is < or ".
# shellcheck disable=SC2086 # a list of words
awk 'FNR == 1 { comment = 0 }
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	match($0, /[<"]/)
	kind = substr($0, RSTART, 1)
	rest = substr($0, RSTART + 1)
	sub(/[>"].*/, "", rest)
	print FILENAME, FNR, kind, rest
}' $sources >"$tmp/includes"

# 1. layers
# shellcheck disable=SC2086 # a list of words
for h in $(printf '%s\n' $sources | sed -n 's/.*\/\([^/]*\.h\)$/\1/p' |
    sort | uniq -d); do
	say "$h: a header of that name is in more than one folder"
done
while read -r file line kind header; do
	[ "$kind" = '"' ] || continue
	folder=${file%%/*}
	ok=$(allowed "$file")
	[ -n "$ok" ] || ok=$(allowed "$folder")
	where=
	for d in $folders; do
		[ ! -f "$d/$header" ] || where=$d
	done
	if [ -z "$where" ]; then
		say "$file:$line: \"$header\" is in none of our folders"
		continue
	fi
	case " $ok " in
	*" $where "*) ;;
	*) say "$file:$line: $folder may not include $where/$header" ;;
	esac
done <"$tmp/includes"

# 2. foreign libraries
printf '%s\n' "$owners" | while read -r header owner; do
	[ -n "$header" ] || continue
	# a header is the whole word, a folder its beginning
	awk -v h="$header" -v o="$owner" '
	h ~ /\/$/ ? index($4, h) == 1 : $4 == h {
		if (index(" " o " ", " " $1 " ") > 0)
			seen[$1] = 1
		else
			printf "%s:%s: <%s> belongs to %s\n", $1, $2, $4, o
	}
	END {
		n = split(o, files, " ")
		for (i = 1; i <= n; i++)
			if (!(files[i] in seen))
				printf "%s: does not include <%s>\n", files[i], h
	}' "$tmp/includes" >>"$tmp/bad"
done

# 3. pure files, with all that they include
closure()
{
	echo "$1"
	grep "^$1 " "$tmp/includes" | while read -r file line kind header; do
		[ "$kind" = '"' ] || continue
		for d in $folders; do
			[ ! -f "$d/$header" ] || closure "$d/$header"
		done
	done
}

for file in $pure; do
	if [ ! -f "$file" ]; then
		say "$file: is in the list of pure files and does not exist"
		continue
	fi
	for f in $(closure "$file" | sort -u); do
		while read -r from line kind header; do
			[ "$from" = "$f" ] || continue
			case $kind in
			'<') list=$pure_system bad=no ;;
			*) list=$impure_own bad=yes ;;
			esac
			# shellcheck disable=SC2086,SC2116 # in one line
			case " $(echo $list) " in
			*" $header "*) found=yes ;;
			*) found=no ;;
			esac
			[ "$found" = "$bad" ] || continue
			say "$f:$line: $header, but $file is pure"
		done <"$tmp/includes"
	done
	grep -nE "(^|[^A-Za-z_0-9>.])($impure_calls) ?\\(" "$file" |
	    grep -vE '^[0-9]+:( \*|/\*|[[:blank:]]+/?\*)' |
	    sed "s|^\\([0-9]*\\):[[:blank:]]*|$file:\\1: is pure: |" >>"$tmp/bad" || :
done

[ -s "$tmp/bad" ] || exit 0
sort -u "$tmp/bad" >&2
exit 1
