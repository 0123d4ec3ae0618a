#!/bin/sh
# SPDX-License-Identifier: ISC
#
# Small checks on the text of all files: each source file names its licence,
# no line ends in white space, no C file has 500 lines.  Counts the XXX, each
# a known debt.  Exit 1 if anything is wrong.

set -eu
cd "$(dirname "$0")/.."
bad=0

say()
{
	echo "lint-words: $*" >&2
	bad=1
}

sources=$(find base conf firewall lists fcrdns milter imapgate edge postern tests tools -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.py' \) 2>/dev/null || :)
texts=$(find docs etc -type f; ls -- *.md Makefile LICENSE 2>/dev/null || :)

for f in $sources; do
	head -n 3 "$f" | grep -q 'SPDX-License-Identifier: ISC' ||
	    say "$f: no licence line at the top"
done
for f in $sources $texts; do
	n=$(grep -n '[[:blank:]]$' "$f" | sed 's/:.*//' | head -n 1)
	[ -z "$n" ] || say "$f:$n: white space at the end of the line"
done
for f in $sources; do
	case $f in *.[ch]) ;; *) continue ;; esac
	n=$(wc -l <"$f")
	[ "$n" -lt 500 ] || say "$f: $n lines"
done

xxx=0
for f in $sources; do
	[ "$f" != tools/lint-words.sh ] || continue
	n=$(grep -cw XXX "$f" || :)
	xxx=$((xxx + n))
done
echo "XXX: $xxx"
exit $bad
