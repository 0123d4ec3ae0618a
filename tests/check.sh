#!/bin/sh
# SPDX-License-Identifier: ISC
# All tests of both builds; the last line says how many passed and failed.
# usage: tests/check.sh [part ...]	(parts: bmake unit jail corpus conf integration jailed)
set -u
cd "$(dirname "$0")/.." || exit 1
[ "$(id -u)" = 0 ] || { echo "make check needs root: it makes network" \
    "namespaces, users' processes and private servers" >&2; exit 77; }

# Whatever the caller has: modes, a terminal that could be read, or nothing.
umask 022
exec </dev/null
out=build/check
mkdir -p "$out"
passed=0
failed=0
culprits=

add() {		# what, passed, failed, log
	echo "== $1: $2 passed, $3 failed"
	passed=$((passed + $2))
	failed=$((failed + $3))
	[ "$3" = 0 ] || culprits="$culprits
    $1: $3, see $4
$(why "$4")"
}

# The lines of a log that say what went wrong, and where.
why() {
	grep -aE -e '^(FAILED|ERROR) ' -e '^\[ *(ERROR|LINE) *\] ---' \
	    -e '^\[ *FAILED *\] [^0-9]' -e 'runtime error: ' \
	    -e 'ERROR: [A-Za-z]*Sanitizer' -e '^FAIL ' "$1" | cut -c 1-160 |
	    sed 's/^/        /' | head -n 15
}

# One cmocka program.  One that dies counts as a failure, whatever it said.
unit() {
	name=$(basename "$1")
	log=$out/$name.log
	"$1" >"$log" 2>&1
	status=$?
	ok=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" | head -n 1)
	bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log" | head -n 1)
	ok=${ok:-0}
	bad=${bad:-0}
	# What is skipped is not tested: no skip is accepted here.
	skipped=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test.*/\1/p' "$log" |
	    head -n 1)
	bad=$((bad + ${skipped:-0}))
	if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
		echo "FAIL $name ended with status $status" >>"$log"
		bad=1
	fi
	if [ "$status" = 0 ] && [ "$ok" = 0 ]; then
		echo "FAIL $name ran no test" >>"$log"
		bad=1
	fi
	[ "$bad" = 0 ] || cat "$log"
	add "$name" "$ok" "$bad" "$log"
}

# The line "N passed, M failed" in any order, as pytest and our runners end.
summary() {	# what, status, log
	line=$(grep -aE '[0-9]+ (passed|failed|error)' "$3" | tail -n 1)
	ok=$(echo "$line" | sed -n 's/.*[^0-9]\([0-9][0-9]*\) passed.*/\1/p;s/^\([0-9][0-9]*\) passed.*/\1/p' | head -n 1)
	bad=$(echo "$line" | sed -n 's/.*[^0-9]\([0-9][0-9]*\) failed.*/\1/p;s/^\([0-9][0-9]*\) failed.*/\1/p' | head -n 1)
	skipped=$(echo "$line" | sed -n 's/.*[^0-9]\([0-9][0-9]*\) skipped.*/\1/p;s/^\([0-9][0-9]*\) skipped.*/\1/p' | head -n 1)
	ok=${ok:-0}
	bad=$((${bad:-0} + ${skipped:-0}))
	if [ "$2" != 0 ] && [ "$bad" = 0 ] || [ "$ok" = 0 ]; then
		bad=$((bad + 1))
	fi
	add "$1" "$ok" "$bad" "$3"
}

# "make" of the BSDs builds it too.
part_bmake() {
	if bmake -j2 B=build/bmake MODE=-O0 MODE_LD= all >"$out/bmake.log" 2>&1
	then
		add bmake 1 0
	else
		tail -n 40 "$out/bmake.log"
		add bmake 0 1 "$out/bmake.log"
	fi
}

part_unit() {
	for t in build/san/tests/unit/*_test; do
		unit "$t"
	done
}

part_jail() {
	unit build/tests/unit/jail_test
	unit build/tests/unit/jail_enter_test
}

# What the fuzzers once found, or began with, is still taken well.
part_corpus() {
	for fuzzer in build/fuzz/tests/fuzz/*_fuzz; do
		name=$(basename "$fuzzer" _fuzz)
		if "$fuzzer" -runs=0 "tests/fuzz/corpus/$name" \
		    >"$out/corpus-$name.log" 2>&1
		then
			add "corpus $name" 1 0
		else
			tail -n 40 "$out/corpus-$name.log"
			add "corpus $name" 0 1 "$out/corpus-$name.log"
		fi
	done
}

part_conf() {
	POSTERN=build/san/postern sh tests/conf/run >"$out/conf.log" 2>&1
	status=$?
	[ "$status" = 0 ] || cat "$out/conf.log"
	summary conf "$status" "$out/conf.log"
}

part_integration() {
	POSTERN_BUILD=build/san sh tests/integration/run \
	    >"$out/integration.log" 2>&1
	status=$?
	[ "$status" = 0 ] || cat "$out/integration.log"
	summary "integration (sanitizers)" "$status" "$out/integration.log"
}

part_jailed() {
	POSTERN_BUILD=build sh tests/integration/run -m jailed_too \
	    >"$out/jailed.log" 2>&1
	status=$?
	[ "$status" = 0 ] || cat "$out/jailed.log"
	summary "integration (jailed)" "$status" "$out/jailed.log"
}

for part in ${*:-bmake unit jail corpus conf integration jailed}; do
	"part_$part"
done
# Where to look comes late, for a log's end is what is read.
[ "$failed" = 0 ] || echo "failed:$culprits"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
