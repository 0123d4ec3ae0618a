#!/bin/sh
# SPDX-License-Identifier: ISC
# make demo: both gates, the lists and the front at work on this machine alone.
# Needs root, for it makes a network namespace; touches no server of the
# machine.
cd "$(dirname "$0")" || exit 1
[ "$(id -u)" = 0 ] || {
	echo "make demo needs root: it makes a network namespace" >&2
	exit 77
}
PATH=/usr/sbin:/usr/bin:/sbin:/bin
PYTHONDONTWRITEBYTECODE=1
export PATH PYTHONDONTWRITEBYTECODE
exec unshare --mount --pid --fork --kill-child --mount-proc \
    sh -c 'python3 demo.py && python3 unwelcome.py &&
    python3 gate.py && python3 front.py; exit $?' demo
