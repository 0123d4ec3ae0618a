#!/bin/sh
# SPDX-License-Identifier: ISC
# make lint: warnings of two compilers, layers, style, cppcheck, manual pages.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL

step() {
	echo "lint: $*"
}

sources=$(git ls-files '*.c' '*.h' 2>/dev/null || true)
if [ -z "$sources" ]; then	# a tarball
	sources=$(find base conf firewall lists fcrdns milter imapgate edge postern tests -name '*.[ch]')
fi

step "rules.mk is up to date"
mkdir -p build
sh tools/rules.sh >build/rules.mk.lint
diff -u rules.mk build/rules.mk.lint || {
	echo "run make rules" >&2
	exit 1
}

step "no warning from gcc"
make -j2 B=build/lint/gcc CC=gcc MODE='-O2 -D_FORTIFY_SOURCE=2 -DPOSTERN_TEST' MODE_LD= \
    CFLAGS=-Werror all unit >build/lint-gcc.log 2>&1 || {
	grep -E '(error|warning): |undefined' build/lint-gcc.log | head -n 40 >&2
	exit 1
}

step "no warning from clang"
make -j2 B=build/lint/clang CC=clang MODE='-O0 -DPOSTERN_TEST' MODE_LD= \
    CFLAGS=-Werror all unit >build/lint-clang.log 2>&1 || {
	grep -E '(error|warning): |undefined' build/lint-clang.log | head -n 40 >&2
	exit 1
}

step "what is OpenBSD's alone parses"
cc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only \
    -Itests/openbsd -Ibase base/jail_openbsd.c
cc -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only \
    -Itests/openbsd -Ilists -Ibase lists/protect_openbsd.c

step "layers"
sh tools/lint-includes.sh

step "KNF"
# shellcheck disable=SC2086
clang-format --dry-run -Werror $sources

step "cppcheck"
# It reads no header of the system's, but these macros are half of our syntax.
header() {
	echo "#include <$1>" | cc -M -x c - | tr ' ' '\n' | grep "/$1\$"
}
cppcheck --include="$(header sys/queue.h)" --include="$(header jansson.h)" \
    --quiet --std=c11 --error-exitcode=1 --inline-suppr \
    --enable=warning,portability,performance -j 2 \
    --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
    -Ibase -Iconf -Ifirewall -Ifcrdns -Imilter -Iimapgate -Iedge -Ipostern \
    base conf firewall lists fcrdns milter imapgate edge postern

step "manual pages"
mandoc -T lint -W warning docs/*.1 docs/*.5 docs/*.8

step "shell"
for f in tools/*.sh tests/*.sh tests/*/*.sh tests/conf/run \
    tests/integration/run; do
	sh -n "$f"
done

step "words"
sh tools/lint-words.sh

step "the ten longest functions"
sh tools/longest.sh
