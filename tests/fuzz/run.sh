#!/bin/sh
# SPDX-License-Identifier: ISC
# Runs each fuzzer of a build for a minute, on all processors.
# usage: tests/fuzz/run.sh build/fuzz [seconds]
#
# New inputs stay in the build; the corpus in the tree is only read.  A
# finding is left in the build too, and its name is printed.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1
seconds=${2:-60}
passed=0
failed=0
for fuzzer in "$build"/tests/fuzz/*_fuzz; do
	name=$(basename "$fuzzer" _fuzz)
	work=$build/corpus/$name
	mkdir -p "$work"
	set -- "$work"
	[ ! -d "tests/fuzz/corpus/$name" ] ||
		set -- "$@" "tests/fuzz/corpus/$name"
	# A message longer than anything that the parsers take.
	if "$fuzzer" -max_total_time="$seconds" -timeout=10 -max_len=16384 \
	    -rss_limit_mb=1024 -print_final_stats=1 \
	    -artifact_prefix="$build/finding-$name-" "$@" \
	    >"$build/$name.log" 2>&1
	then
		passed=$((passed + 1))
		echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' \
		    "$build/$name.log") runs, nothing found"
	else
		failed=$((failed + 1))
		tail -n 40 "$build/$name.log"
		echo "$name: FAILED"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
