#!/bin/sh
# SPDX-License-Identifier: ISC
# make bench, bench-edge, bench-lists: figures, each beside the peer's, from one run.
# Needs root, for it makes a network namespace; touches no server of the
# machine.
# usage: bench.sh [part ...]		the mail gate (bench.py), then imapgate
#	 bench.sh edge [option ...]	the HTTPS front (edge.py)
#	 bench.sh lists [option ...]	lists, DNSBLs and bans (lists.py)
cd "$(dirname "$0")" || exit 1
[ "$(id -u)" = 0 ] || {
	echo "make bench needs root: it makes a network namespace" >&2
	exit 77
}
PATH=/usr/sbin:/usr/bin:/sbin:/bin
PYTHONDONTWRITEBYTECODE=1
export PATH PYTHONDONTWRITEBYTECODE
what='python3 bench.py "$@" && python3 imapgate.py'
case "${1:-}" in
edge | lists)
	what="python3 $1.py \"\$@\""
	shift
	;;
esac
exec unshare --mount --pid --fork --kill-child --mount-proc \
    sh -c "$what; exit \$?" bench "$@"
