# Postern.  For GNU make and BSD make alike: explicit rules (rules.mk, written
# by tools/rules.sh), no conditionals, no functions.
#
#	make		build all programs into build/
#	make deps	install what is missing (root)
#	make check	deps, both builds, all tests (root)
#	make demo	deps, build, and show the main job at work (root)
#	make bench	figures, beside the peer's (root)
#	make fuzz	each fuzzer for a minute
#	make lint	warnings, layers, style, manual pages
#	make install	DESTDIR and PREFIX are honoured

PREFIX =	/usr/local
MANDIR =	$(PREFIX)/share/man
B =		build
VERSION =	0.1

PKG =		pkg-config --silence-errors
NFT !=		case `uname -s` in Linux) echo nftables ;; *) echo none ;; esac
JAIL !=		case `uname -s` in Linux) echo linux ;; OpenBSD) echo openbsd ;; *) echo none ;; esac

WARN =		-Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
		-Wmissing-prototypes -Wold-style-definition -Wpointer-arith \
		-Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla \
		-Wnull-dereference -Wimplicit-fallthrough
HARDEN =	-fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
HARDEN_LD =	-pie -Wl,-z,relro,-z,now -Wl,--as-needed
MODE =		-O2 -g $(HARDEN)
MODE_LD =	$(HARDEN_LD)
SAN =		-O1 -g -fno-omit-frame-pointer -DJAIL_LIGHT -DPOSTERN_TEST \
		-fsanitize=address,undefined -fno-sanitize-recover=all
SAN_LD =	-fsanitize=address,undefined
FUZZ =		-O1 -g -DPOSTERN_TEST -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all
FUZZ_LD =	-fsanitize=address,undefined

BSD_CFLAGS !=	$(PKG) --cflags libbsd-overlay || true
# Where OpenBSD's packages have their headers; its compiler does not look.
LOCAL_CFLAGS !=	case `uname -s` in OpenBSD) echo -isystem /usr/local/include ;; esac
BSD_LIBS !=	$(PKG) --libs libbsd-overlay || true
PCRE_LIBS !=	$(PKG) --libs libpcre2-8 || true
# The whole libevent: libunbound brings it, and two would be one too many.
EVENT_LIBS !=	$(PKG) --libs libevent || true
UNBOUND_LIBS !=	$(PKG) --libs libunbound || echo -lunbound
LDNS_LIBS !=	$(PKG) --libs ldns || echo -lldns
SECCOMP_LIBS !=	$(PKG) --libs libseccomp || true
TLS_LIBS !=	$(PKG) --libs libssl libcrypto || echo -lssl -lcrypto
FETCH_LIBS !=	$(PKG) --libs libcurl zlib || true
FIREWALL_LIBS !=	$(PKG) --libs libnftables jansson || true
CMOCKA_LIBS !=	$(PKG) --libs cmocka || true

CFLAGS_ALL =	-std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' $(WARN) \
		$(MODE) $(BSD_CFLAGS) $(LOCAL_CFLAGS) $(CFLAGS)
LDFLAGS_ALL =	$(MODE_LD) $(LDFLAGS)

PROGRAMS =	$(B)/fcrdns $(B)/fcrdnsd $(B)/postern-milter $(B)/imapgate \
		$(B)/postern-edge $(B)/postern-lists $(B)/postern
BASE_LIBS =	$(PCRE_LIBS) $(SECCOMP_LIBS) $(BSD_LIBS) -lpthread
DNS_LIBS =	$(UNBOUND_LIBS) $(LDNS_LIBS) $(EVENT_LIBS)

# Before the rules: what a target depends on is read with the rule.
LOW =		$(B)/conf.a $(B)/fcrdns.a $(B)/lists.a $(B)/base.a
ALL_ARCHIVES =	$(B)/postern.a $(B)/milter.a $(B)/imapgate.a $(B)/edge.a \
		$(B)/firewall.a $(LOW)
# conf.a holds the words of all folders, which need these; and they need conf.
LOW_LINK =	-Wl,--start-group $(LOW) -Wl,--end-group
ALL_LINK =	-Wl,--start-group $(ALL_ARCHIVES) -Wl,--end-group

all: $(PROGRAMS)

include rules.mk

# An archive a folder; the linker takes from it what a program uses.  conf.a
# also holds each component's words, for every program reads the whole file.
AR_NEW =	ar rcs
$(B)/base.a: $(BASE_OBJS) $(B)/obj/base/jail_$(JAIL).o
	rm -f $@ && $(AR_NEW) $@ $(BASE_OBJS) $(B)/obj/base/jail_$(JAIL).o
$(B)/conf.a: $(CONF_OBJS) $(WORDS_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(CONF_OBJS) $(WORDS_OBJS)
$(B)/firewall.a: $(FIREWALL_OBJS) $(FIREWALL_$(NFT)_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(FIREWALL_OBJS) $(FIREWALL_$(NFT)_OBJS)
$(B)/lists.a: $(LISTS_OBJS) $(B)/obj/lists/protect_$(JAIL).o
	rm -f $@ && $(AR_NEW) $@ $(LISTS_OBJS) $(B)/obj/lists/protect_$(JAIL).o
$(B)/fcrdns.a: $(FCRDNS_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(FCRDNS_OBJS)
$(B)/milter.a: $(MILTER_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(MILTER_OBJS)
$(B)/imapgate.a: $(IMAPGATE_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(IMAPGATE_OBJS)
$(B)/edge.a: $(EDGE_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(EDGE_OBJS)
$(B)/postern.a: $(POSTERN_OBJS)
	rm -f $@ && $(AR_NEW) $@ $(POSTERN_OBJS)

$(B)/fcrdns: $(B)/obj/fcrdns/fcrdns.o $(B)/fcrdns.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/fcrdns/fcrdns.o $(B)/fcrdns.a $(LOW_LINK) \
	    $(BASE_LIBS) $(DNS_LIBS)
$(B)/fcrdnsd: $(B)/obj/fcrdns/fcrdnsd.o $(B)/fcrdns.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/fcrdns/fcrdnsd.o $(B)/fcrdns.a $(LOW_LINK) \
	    $(BASE_LIBS) $(DNS_LIBS)
$(B)/postern-milter: $(B)/obj/milter/postern-milter.o $(B)/milter.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/milter/postern-milter.o $(B)/milter.a \
	    $(LOW_LINK) $(BASE_LIBS) $(EVENT_LIBS) -lmilter
$(B)/imapgate: $(B)/obj/imapgate/imapgate.o $(B)/imapgate.a $(B)/firewall.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/imapgate/imapgate.o $(B)/imapgate.a \
	    $(B)/firewall.a $(LOW_LINK) $(BASE_LIBS) $(EVENT_LIBS) $(FIREWALL_LIBS)
$(B)/postern-edge: $(B)/obj/edge/postern-edge.o $(B)/edge.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/edge/postern-edge.o $(B)/edge.a \
	    $(LOW_LINK) $(BASE_LIBS) $(EVENT_LIBS) $(TLS_LIBS)
$(B)/postern-lists: $(B)/obj/lists/postern-lists.o $(B)/firewall.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/lists/postern-lists.o \
	    -Wl,--start-group $(LOW) $(B)/firewall.a -Wl,--end-group \
	    $(BASE_LIBS) $(EVENT_LIBS) $(FIREWALL_LIBS) $(FETCH_LIBS)
$(B)/postern: $(B)/obj/postern/postern.o $(B)/postern.a $(B)/milter.a $(LOW)
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/postern/postern.o $(B)/postern.a \
	    $(B)/milter.a $(LOW_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FETCH_LIBS)

unit: $(UNIT_TESTS)
fuzzers: $(FUZZERS)

# The same sources under the sanitizers; JAIL_LIGHT, for they need /proc.
san:
	$(MAKE) B=build/san MODE='$(SAN)' MODE_LD='$(SAN_LD)' all unit
plain:
	$(MAKE) all $(B)/tests/unit/jail_test $(B)/tests/unit/jail_enter_test

deps:
	sh tools/deps.sh

# What deps installs is only seen by a new make: pkg-config speaks early.
check: deps
	$(MAKE) san
	$(MAKE) plain
	$(MAKE) fuzz-build
	sh tests/check.sh

demo: deps
	$(MAKE) all
	sh tests/demo/demo.sh

bench: deps
	$(MAKE) all bench-tools
	sh tests/bench/bench.sh
# The HTTPS front beside HAProxy and nginx.
bench-edge: deps
	$(MAKE) all bench-tools
	sh tests/bench/bench.sh edge
# Sets beside a radix tree, DNS lists beside Postfix's own, bans at the doors.
bench-lists: deps
	$(MAKE) all bench-tools
	sh tests/bench/bench.sh lists

fuzz-build:
	$(MAKE) B=build/fuzz CC=clang MODE='$(FUZZ)' MODE_LD='$(FUZZ_LD)' \
	    FUZZ_LIBS=-fsanitize=fuzzer fuzzers
fuzz: deps fuzz-build
	sh tests/fuzz/run.sh build/fuzz

lint:
	sh tools/lint.sh

# The programs of the benchmark.
$(B)/tests/bench/accept_all: $(B)/obj/tests/bench/accept_all.o
	@mkdir -p $(B)/tests/bench
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/bench/accept_all.o -lmilter
$(B)/tests/bench/milter_load: $(B)/obj/tests/bench/milter_load.o
	@mkdir -p $(B)/tests/bench
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/bench/milter_load.o $(BSD_LIBS)
$(B)/tests/bench/fcrdns_load: $(B)/obj/tests/bench/fcrdns_load.o
	@mkdir -p $(B)/tests/bench
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/bench/fcrdns_load.o $(BSD_LIBS)
$(B)/tests/bench/edge_load: $(B)/obj/tests/bench/edge_load.o \
    $(B)/obj/tests/bench/edge_io.o
	@mkdir -p $(B)/tests/bench
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/bench/edge_load.o \
	    $(B)/obj/tests/bench/edge_io.o $(TLS_LIBS) $(BSD_LIBS)
$(B)/tests/bench/set_bench: $(B)/obj/tests/bench/set_bench.o $(B)/lists.a \
    $(B)/base.a
	@mkdir -p $(B)/tests/bench
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/bench/set_bench.o \
	    $(B)/lists.a $(B)/base.a $(BASE_LIBS) -ldl
$(B)/tests/bench/compile_bench: $(B)/obj/tests/bench/compile_bench.o \
    $(B)/lists.a $(B)/base.a
	@mkdir -p $(B)/tests/bench
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/bench/compile_bench.o \
	    $(B)/lists.a $(B)/base.a $(BASE_LIBS)
bench-tools: $(B)/tests/bench/accept_all $(B)/tests/bench/milter_load \
    $(B)/tests/bench/fcrdns_load $(B)/tests/bench/edge_load \
    $(B)/tests/bench/set_bench $(B)/tests/bench/compile_bench

rules:
	CC=$(CC) sh tools/rules.sh > rules.mk.new
	mv rules.mk.new rules.mk

SBIN =		$(DESTDIR)$(PREFIX)/sbin
BIN =		$(DESTDIR)$(PREFIX)/bin
MAN =		$(DESTDIR)$(MANDIR)
SHARE =		$(DESTDIR)$(PREFIX)/share/postern

install: all
	mkdir -p $(BIN) $(SBIN) $(MAN)/man1 $(MAN)/man5 $(MAN)/man8 \
	    $(SHARE)/rc.d $(SHARE)/systemd $(SHARE)/postfix $(SHARE)/completion
	install -m 755 $(B)/fcrdns $(BIN)/
	install -m 755 $(B)/fcrdnsd $(B)/postern-milter $(B)/imapgate \
	    $(B)/postern-edge $(B)/postern-lists $(B)/postern $(SBIN)/
	install -m 644 docs/fcrdns.1 $(MAN)/man1/
	install -m 644 docs/postern.conf.5 $(MAN)/man5/
	install -m 644 docs/fcrdnsd.8 docs/imapgate.8 docs/postern-edge.8 \
	    docs/postern-lists.8 docs/postern-milter.8 docs/postern.8 $(MAN)/man8/
	install -m 644 etc/postern.conf $(SHARE)/
	install -m 644 etc/postfix/* $(SHARE)/postfix/
	install -m 644 etc/completion/* $(SHARE)/completion/
	for f in fcrdnsd imapgate postern-edge postern-lists \
	    postern-milter; do \
		sed 's|/usr/local|$(PREFIX)|g' etc/systemd/$$f.service \
		    > $(SHARE)/systemd/$$f.service || exit 1; \
	done
	for f in fcrdnsd imapgate postern_edge postern_lists \
	    postern_milter; do \
		sed 's|/usr/local|$(PREFIX)|g' etc/rc.d/$$f \
		    > $(SHARE)/rc.d/$$f && \
		chmod 755 $(SHARE)/rc.d/$$f || exit 1; \
	done

clean:
	rm -rf build


.PHONY: all bench-tools unit fuzzers san plain deps check demo bench \
    bench-edge bench-lists fuzz-build fuzz lint rules install clean
