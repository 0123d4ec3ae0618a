#!/bin/sh
# SPDX-License-Identifier: ISC
#
# What `make deps` calls: install what is missing to build, lint and test
# Postern, and make its system users.  Nothing is ever removed, no service is
# started, and when all is there nothing is done: no root, no network.

set -eu

# --- what is needed, and why ------------------------------------------------

# To build: a compiler, make, and the libraries of each program.
debian_build="
	gcc make pkg-config libc6-dev
	libmilter-dev libunbound-dev libldns-dev libevent-dev libpcre2-dev
	libbsd-dev libseccomp-dev libnftables-dev libjansson-dev
	libssl-dev libcurl4-openssl-dev zlib1g-dev"
# make lint: a second compiler, the layout, static checks, manual pages.
debian_lint="clang clang-format cppcheck mandoc"
# make check: the other make, unit tests, sanitizers and fuzzers, pytest.
debian_check="
	bmake libcmocka-dev libclang-rt-dev
	python3 python3-pytest python3-pytest-xdist python3-dnspython
	python3-cryptography"
# make check and make demo: real servers in private folders, and the network
# namespaces and file locks that keep them apart from the machine's own; who
# comes over SSH, and through sudo or doas, is let in by imapgate.
debian_servers="
	postfix nsd unbound opendkim opendkim-tools dovecot-core dovecot-imapd
	openssl openssh-server openssh-client sudo opendoas nftables
	iproute2 util-linux procps"
# Beside the sets in their benchmark: a radix tree (libnet-patricia-perl).
debian_bench="libnet-patricia-perl"
# The same for the HTTPS front: the web server behind it and the peers beside
# it in the benchmark (nginx, haproxy, strace); clients: curl, wrk and
# h2load (nghttp2-client), varnishtest (varnish), a browser (chromium).
debian_web="
	nginx haproxy strace
	curl wrk nghttp2-client varnish chromium"

# OpenBSD: compiler, make, mandoc, nsd and unbound(8) are in the base system,
# the library of unbound is not.
openbsd_build="libmilter libunbound libldns libevent pcre2 curl"
openbsd_lint="clang-tools-extra cppcheck"
openbsd_check="gmake cmocka py3-test py3-test-xdist py3-dnspython
	py3-cryptography"
openbsd_servers="postfix--%stable opendkim-- nginx-- haproxy curl wrk nghttp2
	varnish chromium"

users="_postern _posternlists _posternedge"

# ----------------------------------------------------------------------------

need_root()
{
	[ "$(id -u)" -eq 0 ] && return
	echo "deps: $1: needs root (try: sudo make deps)" >&2
	exit 77
}

# --- Debian -----------------------------------------------------------------

policy=/usr/sbin/policy-rc.d
policy_mark="made by Postern tools/deps.sh, for the time of one installation"
policy_ours=no

policy_remove()
{
	[ "$policy_ours" = no ] || rm -f "$policy"
}

# Packages ask this file whether they may start their service.
policy_make()
{
	if [ -e "$policy" ] && ! grep -q "$policy_mark" "$policy"; then
		return			# somebody else's: let it stand
	fi
	trap policy_remove EXIT
	trap 'exit 1' HUP INT TERM
	policy_ours=yes
	printf '#!/bin/sh\n# %s\nexit 101\n' "$policy_mark" >"$policy"
	chmod 755 "$policy"
}

debian_missing()
{
	for p in $debian_build $debian_lint $debian_check $debian_servers \
	    $debian_bench $debian_web; do
		case $(dpkg-query -W -f '${db:Status-Abbrev}' "$p" \
		    2>/dev/null) in
		?i*) ;;
		*) echo "$p" ;;
		esac
	done
}

# A server that only the tests use shall not start at the next boot either.
debian_keep_down()
{
	command -v systemctl >/dev/null || return 0
	for p in postfix nsd unbound opendkim dovecot-core openssh-server \
	    nginx haproxy varnish; do
		services=${p%-core}
		[ "$p" != openssh-server ] || services=ssh
		[ "$p" != varnish ] || services="varnish varnishncsa"
		case " $missing " in
		*" $p "*)
			# shellcheck disable=SC2086 # a list of words
			systemctl -q disable $services 2>/dev/null || :
			;;
		esac
	done
}

debian()
{
	missing=$(debian_missing | tr '\n' ' ' | sed 's/ $//')
	[ -n "$missing" ] || return 0
	need_root "missing: $missing"
	echo "deps: installing $missing"
	DEBIAN_FRONTEND=noninteractive
	export DEBIAN_FRONTEND
	policy_make
	apt-get -q update
	case " $missing " in
	*" postfix "*)
		# No main.cf: the package then sets nothing up.
		echo postfix postfix/main_mailer_type select No configuration |
		    debconf-set-selections
		;;
	esac
	# shellcheck disable=SC2086 # a list of words
	if ! apt-get -q install -y --no-remove --no-install-recommends \
	    $missing; then
		echo "deps: apt-get could not install all of: $missing" >&2
		echo "deps: nothing is removed to make room: another mail" \
		    "server, say, must go by your own hand" >&2
		exit 1
	fi
	debian_keep_down
	policy_remove
	policy_ours=no
}

debian_user()
{
	getent group "$1" >/dev/null || groupadd --system "$1"
	useradd --system --gid "$1" --home-dir /nonexistent --no-create-home \
	    --shell /usr/sbin/nologin --comment "Postern" "$1"
}

# --- OpenBSD ----------------------------------------------------------------

openbsd_missing()
{
	for p in $openbsd_build $openbsd_lint $openbsd_check \
	    $openbsd_servers; do
		pkg_info -q -e "${p%%--*}-*" >/dev/null 2>&1 || echo "$p"
	done
}

openbsd()
{
	missing=$(openbsd_missing | tr '\n' ' ' | sed 's/ $//')
	[ -n "$missing" ] || return 0
	need_root "missing: $missing"
	echo "deps: installing $missing"
	# shellcheck disable=SC2086 # a list of words
	pkg_add -I $missing
}

openbsd_user()
{
	useradd -g =uid -L daemon -c "Postern" -d /var/empty \
	    -s /sbin/nologin "$1"
}

# ----------------------------------------------------------------------------

make_users()
{
	for u in $users; do
		id -u "$u" >/dev/null 2>&1 && continue
		need_root "missing user: $u"
		echo "deps: making the system user $u"
		"$1" "$u"
	done
}

PATH=$PATH:/usr/sbin:/sbin
case $(uname -s) in
OpenBSD)
	openbsd
	make_users openbsd_user
	;;
*)
	if ! command -v apt-get >/dev/null; then
		echo "deps: this is neither Debian nor OpenBSD: install by" \
		    "hand what tools/deps.sh lists" >&2
		exit 1
	fi
	debian
	make_users debian_user
	;;
esac
