#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Print the ten longest functions of the C sources, longest first: lines,
# file:line, name.  A function is what stands between a "{" and a "}" that
# are alone in column 1, as KNF has it; those two lines are counted.
#
# usage: longest.sh [file ...]

set -eu
cd "$(dirname "$0")/.."
# shellcheck disable=SC2046 # a list of words
[ $# -gt 0 ] ||
    set -- $(find base conf firewall lists fcrdns milter imapgate edge postern -name '*.c' 2>/dev/null)
[ $# -gt 0 ] || exit 0

awk '
FNR == 1 { start = 0; name = "?" }
# "name(arguments": the line below the type
/^[A-Za-z_][A-Za-z_0-9]*\(/ { name = $0; sub(/\(.*/, "", name) }
/^\{$/ { start = FNR }
/^\}$/ && start {
	printf "%5d %s:%d %s\n", FNR - start + 1, FILENAME, start, name
	start = 0
}
' "$@" | sort -k1,1nr -k2,2 | head -n 10
