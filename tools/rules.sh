#!/bin/sh
# SPDX-License-Identifier: ISC
# Writes rules.mk: one explicit rule for each object, with the headers that it
# needs and the include path of its folder, and the lists of objects.  Plain
# rules are all that GNU make and BSD make have in common.
#
# A folder's include path is the proof of its layer: base sees base, conf sees
# base and conf, and so on.
set -eu
LC_ALL=C
export LC_ALL
CC=${CC:-cc}

includes() {
	case $1 in
	base)	echo "-Ibase" ;;
	conf)	echo "-Iconf -Ibase" ;;
	firewall) echo "-Ifirewall -Ibase" ;;
	lists)	echo "-Ilists -Ifirewall -Iconf -Ibase" ;;
	fcrdns)	echo "-Ifcrdns -Ilists -Ifirewall -Iconf -Ibase" ;;
	milter)	echo "-Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase" ;;
	imapgate) echo "-Iimapgate -Ilists -Ifirewall -Iconf -Ibase" ;;
	edge)	echo "-Iedge -Ilists -Ifirewall -Iconf -Ibase" ;;
	postern) echo "-Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists" \
	    "-Ifirewall -Iconf -Ibase" ;;
	tests/*) echo "-I$1 -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists" \
	    "-Ifirewall -Iconf -Ibase -Ipostern" ;;
	esac
}

nft=
nft_none=
flags=$(pkg-config --cflags libbsd-overlay 2>/dev/null || true)
words=
echo "# Written by tools/rules.sh (make rules).  Do not edit."
for dir in base conf firewall lists fcrdns milter imapgate edge postern tests/unit \
    tests/fuzz tests/bench
do
	var=$(echo "$dir" | tr 'a-z/' 'A-Z_')
	objs=
	inc=$(includes "$dir")
	for src in "$dir"/*.c; do
		[ -e "$src" ] || continue
		obj='$(B)/obj/'${src%.c}.o
		echo
		# shellcheck disable=SC2086
		$CC -std=c11 -D_GNU_SOURCE -DPOSTERN_TEST $flags $inc -MM -MG \
		    -MT "$obj" "$src"
		echo "	@mkdir -p \$(B)/obj/$dir"
		echo "	\$(CC) \$(CFLAGS_ALL) $inc -c $src -o \$@"
		case $src in
		base/jail_*|lists/protect_*) ;;	# the Makefile picks one
		firewall/nftables_none.c) nft_none="$nft_none $obj" ;;
		firewall/nftables.c|firewall/nft_json.c|firewall/nft_follow.c|\
		firewall/nft_examine.c|firewall/sock_destroy.c)
			nft="$nft $obj" ;;
		fcrdns/fcrdns.c|fcrdns/fcrdnsd.c) ;;	# these have a main()
		milter/postern-milter.c|postern/postern.c) ;;
		imapgate/imapgate.c|edge/postern-edge.c) ;;
		lists/postern-lists.c) ;;
		*_conf.c) words="$words $obj" ;;
		*)	objs="$objs $obj" ;;
		esac
	done
	echo
	echo "${var}_OBJS =$objs"
done

# One program for each unit test and each fuzzer.
link() {	# folder, suffix, name of the list, further libraries
	all=
	for src in "$1"/*_"$2".c; do
		[ -e "$src" ] || continue
		prog='$(B)/'${src%.c}
		obj='$(B)/obj/'${src%.c}.o
		echo
		echo "$prog: $obj \$(ALL_ARCHIVES)"
		echo "	@mkdir -p \$(B)/$1"
		echo "	\$(CC) \$(LDFLAGS_ALL) -o \$@ $obj" \
		    "\$(ALL_LINK) \$(BASE_LIBS) \$(DNS_LIBS) \$(FIREWALL_LIBS)" \
		    "\$(TLS_LIBS) \$(FETCH_LIBS)" \
		    "$4"
		all="$all $prog"
	done
	echo
	echo "$3 =$all"
}
link tests/unit test UNIT_TESTS '$(CMOCKA_LIBS)'
link tests/fuzz fuzz FUZZERS '$(FUZZ_LIBS)'

echo
echo "WORDS_OBJS =$words"
# The Makefile picks one.
echo "FIREWALL_nftables_OBJS =$nft"
echo "FIREWALL_none_OBJS =$nft_none"
