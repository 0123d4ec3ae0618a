# Written by tools/rules.sh (make rules).  Do not edit.

$(B)/obj/base/addr.o: base/addr.c base/addr.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/addr.c -o $@

$(B)/obj/base/clock.o: base/clock.c base/clock.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/clock.c -o $@

$(B)/obj/base/jail.o: base/jail.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail.c -o $@

$(B)/obj/base/jail_linux.o: base/jail_linux.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail_linux.c -o $@

$(B)/obj/base/jail_none.o: base/jail_none.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail_none.c -o $@

$(B)/obj/base/jail_openbsd.o: base/jail_openbsd.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail_openbsd.c -o $@

$(B)/obj/base/line.o: base/line.c base/line.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/line.c -o $@

$(B)/obj/base/log.o: base/log.c base/log.h base/line.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/log.c -o $@

$(B)/obj/base/rx.o: base/rx.c base/rx.h base/log.h base/xalloc.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/rx.c -o $@

$(B)/obj/base/sock.o: base/sock.c base/sock.h base/addr.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/sock.c -o $@

$(B)/obj/base/wire.o: base/wire.c base/wire.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/wire.c -o $@

$(B)/obj/base/xalloc.o: base/xalloc.c base/xalloc.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/xalloc.c -o $@

BASE_OBJS = $(B)/obj/base/addr.o $(B)/obj/base/clock.o $(B)/obj/base/jail.o $(B)/obj/base/line.o $(B)/obj/base/log.o $(B)/obj/base/rx.o $(B)/obj/base/sock.o $(B)/obj/base/wire.o $(B)/obj/base/xalloc.o

$(B)/obj/conf/blocks.o: conf/blocks.c conf/blocks.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/blocks.c -o $@

$(B)/obj/conf/child.o: conf/child.c conf/daemon.h conf/conf.h \
 conf/global.h base/log.h conf/parent.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/child.c -o $@

$(B)/obj/conf/conf.o: conf/conf.c base/log.h conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/conf.c -o $@

$(B)/obj/conf/control.o: conf/control.c base/clock.h conf/global.h \
 conf/conf.h base/log.h base/line.h conf/parent.h conf/daemon.h \
 base/sock.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/control.c -o $@

$(B)/obj/conf/daemon.o: conf/daemon.c conf/daemon.h conf/conf.h \
 conf/global.h base/log.h conf/parent.h conf/state.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/daemon.c -o $@

$(B)/obj/conf/directive.o: conf/directive.c conf/directive.h conf/print.h \
 conf/words.h conf/conf.h conf/errors.h conf/macro.h conf/tree.h \
 conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/directive.c -o $@

$(B)/obj/conf/errors.o: conf/errors.c conf/errors.h conf/conf.h \
 base/line.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/errors.c -o $@

$(B)/obj/conf/global.o: conf/global.c conf/directive.h conf/print.h \
 conf/words.h conf/conf.h conf/errors.h conf/macro.h conf/tree.h \
 conf/global.h base/log.h conf/parse.h conf/blocks.h conf/text.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/global.c -o $@

$(B)/obj/conf/lexer.o: conf/lexer.c conf/lexer.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/lexer.c -o $@

$(B)/obj/conf/load.o: conf/load.c conf/text.h conf/conf.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/load.c -o $@

$(B)/obj/conf/lookup.o: conf/lookup.c conf/nearest.h conf/parse.h \
 conf/blocks.h conf/conf.h conf/directive.h conf/print.h conf/words.h \
 conf/errors.h conf/macro.h conf/tree.h conf/text.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/lookup.c -o $@

$(B)/obj/conf/macro.o: conf/macro.c conf/lexer.h conf/macro.h \
 conf/errors.h conf/conf.h conf/tree.h conf/nearest.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/macro.c -o $@

$(B)/obj/conf/nearest.o: conf/nearest.c conf/nearest.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/nearest.c -o $@

$(B)/obj/conf/parent.o: conf/parent.c base/clock.h conf/global.h \
 conf/conf.h base/log.h conf/parent.h conf/daemon.h base/sock.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent.c -o $@

$(B)/obj/conf/parse.o: conf/parse.c base/log.h conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parse.c -o $@

$(B)/obj/conf/print.o: conf/print.c base/addr.h conf/print.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/print.c -o $@

$(B)/obj/conf/state.o: conf/state.c base/log.h conf/state.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/state.c -o $@

$(B)/obj/conf/statement.o: conf/statement.c conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/text.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/statement.c -o $@

$(B)/obj/conf/text.o: conf/text.c conf/text.h conf/conf.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/text.c -o $@

$(B)/obj/conf/tree.o: conf/tree.c conf/lexer.h conf/tree.h conf/errors.h \
 conf/conf.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/tree.c -o $@

$(B)/obj/conf/units.o: conf/units.c conf/units.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/units.c -o $@

$(B)/obj/conf/words.o: conf/words.c base/addr.h conf/lexer.h \
 conf/nearest.h conf/units.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/words.c -o $@

$(B)/obj/conf/worker.o: conf/worker.c base/clock.h conf/global.h \
 conf/conf.h base/log.h conf/parent.h conf/daemon.h conf/text.h \
 base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/worker.c -o $@

CONF_OBJS = $(B)/obj/conf/blocks.o $(B)/obj/conf/child.o $(B)/obj/conf/conf.o $(B)/obj/conf/control.o $(B)/obj/conf/daemon.o $(B)/obj/conf/directive.o $(B)/obj/conf/errors.o $(B)/obj/conf/global.o $(B)/obj/conf/lexer.o $(B)/obj/conf/load.o $(B)/obj/conf/lookup.o $(B)/obj/conf/macro.o $(B)/obj/conf/nearest.o $(B)/obj/conf/parent.o $(B)/obj/conf/parse.o $(B)/obj/conf/print.o $(B)/obj/conf/state.o $(B)/obj/conf/statement.o $(B)/obj/conf/text.o $(B)/obj/conf/tree.o $(B)/obj/conf/units.o $(B)/obj/conf/words.o $(B)/obj/conf/worker.o

$(B)/obj/firewall/firewall.o: firewall/firewall.c firewall/firewall.h \
 base/addr.h firewall/backend.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/firewall.c -o $@

$(B)/obj/firewall/nft_examine.o: firewall/nft_examine.c \
 firewall/nft_examine.h firewall/backend.h firewall/firewall.h \
 base/addr.h firewall/nft_json.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nft_examine.c -o $@

$(B)/obj/firewall/nft_follow.o: firewall/nft_follow.c firewall/nft_json.h \
 firewall/firewall.h base/addr.h base/line.h firewall/nft_match.h \
 firewall/nft_rules.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nft_follow.c -o $@

$(B)/obj/firewall/nft_json.o: firewall/nft_json.c firewall/nft_json.h \
 firewall/firewall.h base/addr.h firewall/nft_rules.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nft_json.c -o $@

$(B)/obj/firewall/nft_match.o: firewall/nft_match.c firewall/nft_match.h \
 firewall/nft_json.h firewall/firewall.h base/addr.h firewall/nft_rules.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nft_match.c -o $@

$(B)/obj/firewall/nft_text.o: firewall/nft_text.c firewall/nft_text.h \
 firewall/backend.h firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nft_text.c -o $@

$(B)/obj/firewall/nftables.o: firewall/nftables.c firewall/backend.h \
 firewall/firewall.h base/addr.h base/line.h firewall/nft_examine.h \
 firewall/nft_json.h firewall/nft_text.h firewall/sock_destroy.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nftables.c -o $@

$(B)/obj/firewall/nftables_none.o: firewall/nftables_none.c \
 firewall/backend.h firewall/firewall.h base/addr.h firewall/nft_text.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/nftables_none.c -o $@

$(B)/obj/firewall/none.o: firewall/none.c firewall/backend.h \
 firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/none.c -o $@

$(B)/obj/firewall/pf.o: firewall/pf.c firewall/pf.h firewall/backend.h \
 firewall/firewall.h base/addr.h firewall/tool.h firewall/pf_parse.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/pf.c -o $@

$(B)/obj/firewall/pf_doctor.o: firewall/pf_doctor.c firewall/pf.h \
 firewall/backend.h firewall/firewall.h base/addr.h firewall/tool.h \
 firewall/pf_parse.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/pf_doctor.c -o $@

$(B)/obj/firewall/pf_follow.o: firewall/pf_follow.c firewall/pf_parse.h \
 firewall/firewall.h base/addr.h base/line.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/pf_follow.c -o $@

$(B)/obj/firewall/pf_parse.o: firewall/pf_parse.c firewall/pf_parse.h \
 firewall/firewall.h base/addr.h base/line.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/pf_parse.c -o $@

$(B)/obj/firewall/report.o: firewall/report.c firewall/backend.h \
 firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/report.c -o $@

$(B)/obj/firewall/set.o: firewall/set.c firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/set.c -o $@

$(B)/obj/firewall/sock_destroy.o: firewall/sock_destroy.c \
 firewall/sock_destroy.h firewall/firewall.h base/addr.h \
 firewall/backend.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/sock_destroy.c -o $@

$(B)/obj/firewall/tool.o: firewall/tool.c firewall/tool.h base/clock.h \
 base/line.h
	@mkdir -p $(B)/obj/firewall
	$(CC) $(CFLAGS_ALL) -Ifirewall -Ibase -c firewall/tool.c -o $@

FIREWALL_OBJS = $(B)/obj/firewall/firewall.o $(B)/obj/firewall/nft_match.o $(B)/obj/firewall/nft_text.o $(B)/obj/firewall/none.o $(B)/obj/firewall/pf.o $(B)/obj/firewall/pf_doctor.o $(B)/obj/firewall/pf_follow.o $(B)/obj/firewall/pf_parse.o $(B)/obj/firewall/report.o $(B)/obj/firewall/set.o $(B)/obj/firewall/tool.o

$(B)/obj/fcrdns/action.o: fcrdns/action.c fcrdns/action.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/action.c -o $@

$(B)/obj/fcrdns/answer.o: fcrdns/answer.c fcrdns/answer.h base/addr.h \
 fcrdns/name.h fcrdns/iprev.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/answer.c -o $@

$(B)/obj/fcrdns/batch.o: fcrdns/batch.c fcrdns/batch.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h \
 fcrdns/inquiries.h fcrdns/iprev.h base/jail.h base/log.h \
 fcrdns/resolver.h fcrdns/tally.h fcrdns/name.h base/sock.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/batch.c -o $@

$(B)/obj/fcrdns/cache.o: fcrdns/cache.c fcrdns/cache.h fcrdns/iprev.h \
 base/addr.h fcrdns/table.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/cache.c -o $@

$(B)/obj/fcrdns/client.o: fcrdns/client.c fcrdns/client.h fcrdns/iprev.h \
 base/addr.h base/clock.h fcrdns/proto.h base/sock.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/client.c -o $@

$(B)/obj/fcrdns/conns.o: fcrdns/conns.c fcrdns/conns.h fcrdns/inquiries.h \
 fcrdns/iprev.h base/addr.h base/log.h fcrdns/proto.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/conns.c -o $@

$(B)/obj/fcrdns/explain.o: fcrdns/explain.c fcrdns/explain.h base/addr.h \
 fcrdns/batch.h fcrdns/client.h fcrdns/iprev.h conf/conf.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h conf/global.h conf/conf.h \
 base/log.h fcrdns/proto.h fcrdns/verdict.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/explain.c -o $@

$(B)/obj/fcrdns/fcrdns.o: fcrdns/fcrdns.c base/addr.h fcrdns/batch.h \
 conf/conf.h fcrdns/fcrdns_conf.h fcrdns/action.h fcrdns/iprev.h \
 base/line.h base/log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/fcrdns.c -o $@

$(B)/obj/fcrdns/fcrdns_conf.o: fcrdns/fcrdns_conf.c conf/directive.h \
 conf/print.h conf/words.h conf/conf.h conf/errors.h conf/macro.h \
 conf/tree.h fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h \
 base/rx.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/fcrdns_conf.c -o $@

$(B)/obj/fcrdns/fcrdnsd.o: fcrdns/fcrdnsd.c conf/conf.h fcrdns/conns.h \
 conf/daemon.h conf/conf.h fcrdns/fcrdns_conf.h fcrdns/action.h \
 base/addr.h conf/global.h base/log.h fcrdns/inquiries.h fcrdns/iprev.h \
 base/jail.h fcrdns/proto.h fcrdns/resolver.h fcrdns/tally.h \
 fcrdns/name.h fcrdns/server.h base/sock.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/fcrdnsd.c -o $@

$(B)/obj/fcrdns/health.o: fcrdns/health.c fcrdns/health.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/health.c -o $@

$(B)/obj/fcrdns/inquiries.o: fcrdns/inquiries.c fcrdns/inquiries.h \
 fcrdns/iprev.h base/addr.h fcrdns/cache.h base/clock.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h conf/conf.h fcrdns/health.h \
 fcrdns/inquiry.h base/line.h base/log.h fcrdns/resolver.h fcrdns/tally.h \
 fcrdns/name.h fcrdns/table.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/inquiries.c -o $@

$(B)/obj/fcrdns/inquiry.o: fcrdns/inquiry.c fcrdns/inquiry.h base/addr.h \
 fcrdns/answer.h base/clock.h fcrdns/resolver.h fcrdns/tally.h \
 fcrdns/iprev.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/inquiry.c -o $@

$(B)/obj/fcrdns/iprev.o: fcrdns/iprev.c fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/iprev.c -o $@

$(B)/obj/fcrdns/name.o: fcrdns/name.c fcrdns/name.h fcrdns/iprev.h \
 base/addr.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/name.c -o $@

$(B)/obj/fcrdns/proto.o: fcrdns/proto.c fcrdns/proto.h fcrdns/iprev.h \
 base/addr.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/proto.c -o $@

$(B)/obj/fcrdns/reach.o: fcrdns/reach.c fcrdns/reach.h base/addr.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/reach.c -o $@

$(B)/obj/fcrdns/resolver.o: fcrdns/resolver.c fcrdns/resolver.h \
 fcrdns/tally.h fcrdns/iprev.h base/addr.h fcrdns/name.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h conf/conf.h base/log.h \
 fcrdns/reach.h fcrdns/resolver_log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/resolver.c -o $@

$(B)/obj/fcrdns/resolver_log.o: fcrdns/resolver_log.c \
 fcrdns/resolver_log.h base/clock.h base/log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/resolver_log.c -o $@

$(B)/obj/fcrdns/server.o: fcrdns/server.c fcrdns/server.h fcrdns/conns.h \
 base/log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/server.c -o $@

$(B)/obj/fcrdns/table.o: fcrdns/table.c fcrdns/table.h base/addr.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/table.c -o $@

$(B)/obj/fcrdns/tally.o: fcrdns/tally.c fcrdns/tally.h fcrdns/iprev.h \
 base/addr.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/tally.c -o $@

$(B)/obj/fcrdns/verdict.o: fcrdns/verdict.c fcrdns/verdict.h \
 fcrdns/action.h conf/conf.h fcrdns/iprev.h base/addr.h \
 fcrdns/fcrdns_conf.h base/rx.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Iconf -Ibase -c fcrdns/verdict.c -o $@

FCRDNS_OBJS = $(B)/obj/fcrdns/action.o $(B)/obj/fcrdns/answer.o $(B)/obj/fcrdns/batch.o $(B)/obj/fcrdns/cache.o $(B)/obj/fcrdns/client.o $(B)/obj/fcrdns/conns.o $(B)/obj/fcrdns/explain.o $(B)/obj/fcrdns/health.o $(B)/obj/fcrdns/inquiries.o $(B)/obj/fcrdns/inquiry.o $(B)/obj/fcrdns/iprev.o $(B)/obj/fcrdns/name.o $(B)/obj/fcrdns/proto.o $(B)/obj/fcrdns/reach.o $(B)/obj/fcrdns/resolver.o $(B)/obj/fcrdns/resolver_log.o $(B)/obj/fcrdns/server.o $(B)/obj/fcrdns/table.o $(B)/obj/fcrdns/tally.o $(B)/obj/fcrdns/verdict.o

$(B)/obj/milter/ar.o: milter/ar.c milter/ar.h milter/fold.h \
 fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/ar.c -o $@

$(B)/obj/milter/asking.o: milter/asking.c milter/asking.h fcrdns/client.h \
 fcrdns/iprev.h base/addr.h fcrdns/fcrdns_conf.h fcrdns/action.h \
 conf/conf.h milter/milter_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/asking.c -o $@

$(B)/obj/milter/counts.o: milter/counts.c milter/counts.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/counts.c -o $@

$(B)/obj/milter/exempt.o: milter/exempt.c milter/session.h fcrdns/iprev.h \
 base/addr.h milter/token.h fcrdns/verdict.h fcrdns/action.h conf/conf.h \
 fcrdns/iprev.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/exempt.c -o $@

$(B)/obj/milter/fold.o: milter/fold.c milter/fold.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/fold.c -o $@

$(B)/obj/milter/headers.o: milter/headers.c milter/ar.h milter/headers.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/headers.c -o $@

$(B)/obj/milter/listener.o: milter/listener.c milter/listener.h \
 base/log.h base/sock.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/listener.c -o $@

$(B)/obj/milter/mf.o: milter/mf.c milter/ar.h milter/asking.h \
 fcrdns/client.h fcrdns/iprev.h base/addr.h base/clock.h milter/counts.h \
 milter/fold.h milter/listener.h base/log.h milter/mf.h \
 milter/milter_conf.h conf/conf.h milter/reply.h fcrdns/verdict.h \
 fcrdns/action.h milter/visit.h milter/headers.h milter/session.h \
 fcrdns/iprev.h milter/token.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/mf.c -o $@

$(B)/obj/milter/milter_conf.o: milter/milter_conf.c conf/directive.h \
 conf/print.h conf/words.h conf/conf.h conf/errors.h conf/macro.h \
 conf/tree.h milter/milter_conf.h base/addr.h conf/conf.h conf/nearest.h \
 conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/milter_conf.c -o $@

$(B)/obj/milter/postern-milter.o: milter/postern-milter.c milter/asking.h \
 fcrdns/client.h fcrdns/iprev.h base/addr.h milter/counts.h conf/daemon.h \
 conf/conf.h conf/global.h base/log.h base/jail.h milter/mf.h \
 milter/milter_conf.h conf/conf.h fcrdns/proto.h milter/settings.h \
 base/sock.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/postern-milter.c -o $@

$(B)/obj/milter/record.o: milter/record.c base/line.h \
 milter/milter_conf.h base/addr.h conf/conf.h milter/session.h \
 fcrdns/iprev.h milter/token.h fcrdns/verdict.h fcrdns/action.h \
 fcrdns/iprev.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/record.c -o $@

$(B)/obj/milter/reply.o: milter/reply.c milter/reply.h fcrdns/verdict.h \
 fcrdns/action.h conf/conf.h fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/reply.c -o $@

$(B)/obj/milter/session.o: milter/session.c milter/milter_conf.h \
 base/addr.h conf/conf.h milter/reply.h fcrdns/verdict.h fcrdns/action.h \
 fcrdns/iprev.h milter/session.h fcrdns/iprev.h milter/token.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/session.c -o $@

$(B)/obj/milter/settings.o: milter/settings.c conf/conf.h \
 milter/settings.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/settings.c -o $@

$(B)/obj/milter/token.o: milter/token.c milter/token.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/token.c -o $@

$(B)/obj/milter/visit.o: milter/visit.c milter/asking.h fcrdns/client.h \
 fcrdns/iprev.h base/addr.h conf/conf.h milter/counts.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/line.h base/log.h \
 milter/milter_conf.h milter/settings.h milter/visit.h milter/headers.h \
 milter/session.h fcrdns/iprev.h milter/token.h fcrdns/verdict.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Iconf -Ibase -c milter/visit.c -o $@

MILTER_OBJS = $(B)/obj/milter/ar.o $(B)/obj/milter/asking.o $(B)/obj/milter/counts.o $(B)/obj/milter/exempt.o $(B)/obj/milter/fold.o $(B)/obj/milter/headers.o $(B)/obj/milter/listener.o $(B)/obj/milter/mf.o $(B)/obj/milter/record.o $(B)/obj/milter/reply.o $(B)/obj/milter/session.o $(B)/obj/milter/settings.o $(B)/obj/milter/token.o $(B)/obj/milter/visit.o

$(B)/obj/imapgate/allow.o: imapgate/allow.c imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h imapgate/imapgate_conf.h base/line.h base/log.h \
 imapgate/me.h imapgate/operand.h imapgate/say.h imapgate/verbs.h \
 imapgate/wanted.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/allow.c -o $@

$(B)/obj/imapgate/commands.o: imapgate/commands.c imapgate/gate.h \
 conf/conf.h firewall/firewall.h base/addr.h imapgate/leases.h \
 imapgate/lease.h imapgate/store.h imapgate/imapgate_conf.h base/log.h \
 imapgate/verbs.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/commands.c -o $@

$(B)/obj/imapgate/gate.o: imapgate/gate.c imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h base/clock.h conf/global.h conf/conf.h base/log.h \
 imapgate/imapgate_conf.h imapgate/say.h imapgate/wanted.h base/xalloc.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/gate.c -o $@

$(B)/obj/imapgate/imapgate.o: imapgate/imapgate.c base/clock.h \
 conf/conf.h conf/global.h conf/conf.h base/log.h imapgate/lease.h \
 base/addr.h base/line.h conf/units.h imapgate/verbs.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/imapgate.c -o $@

$(B)/obj/imapgate/imapgate_conf.o: imapgate/imapgate_conf.c \
 imapgate/imapgate_conf.h base/addr.h conf/conf.h firewall/firewall.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h imapgate/lease.h conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/imapgate_conf.c -o $@

$(B)/obj/imapgate/lease.o: imapgate/lease.c imapgate/lease.h base/addr.h \
 conf/lexer.h base/line.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/lease.c -o $@

$(B)/obj/imapgate/leases.o: imapgate/leases.c imapgate/leases.h \
 imapgate/lease.h base/addr.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/leases.c -o $@

$(B)/obj/imapgate/list.o: imapgate/list.c imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h imapgate/imapgate_conf.h base/line.h imapgate/operand.h \
 imapgate/verbs.h imapgate/wanted.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/list.c -o $@

$(B)/obj/imapgate/me.o: imapgate/me.c imapgate/me.h base/addr.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/me.c -o $@

$(B)/obj/imapgate/operand.o: imapgate/operand.c imapgate/operand.h \
 base/addr.h imapgate/imapgate_conf.h conf/conf.h firewall/firewall.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/operand.c -o $@

$(B)/obj/imapgate/say.o: imapgate/say.c imapgate/say.h imapgate/gate.h \
 conf/conf.h firewall/firewall.h base/addr.h imapgate/leases.h \
 imapgate/lease.h imapgate/store.h base/line.h base/log.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/say.c -o $@

$(B)/obj/imapgate/serve.o: imapgate/serve.c base/clock.h conf/daemon.h \
 conf/conf.h imapgate/gate.h conf/conf.h firewall/firewall.h base/addr.h \
 imapgate/leases.h imapgate/lease.h imapgate/store.h conf/global.h \
 base/log.h imapgate/imapgate_conf.h imapgate/verbs.h base/xalloc.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/serve.c -o $@

$(B)/obj/imapgate/store.o: imapgate/store.c imapgate/store.h base/clock.h \
 imapgate/leases.h imapgate/lease.h base/addr.h base/log.h conf/state.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/store.c -o $@

$(B)/obj/imapgate/wanted.o: imapgate/wanted.c imapgate/wanted.h \
 firewall/firewall.h base/addr.h imapgate/imapgate_conf.h conf/conf.h \
 imapgate/leases.h imapgate/lease.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ifirewall -Iconf -Ibase -c imapgate/wanted.c -o $@

IMAPGATE_OBJS = $(B)/obj/imapgate/allow.o $(B)/obj/imapgate/commands.o $(B)/obj/imapgate/gate.o $(B)/obj/imapgate/lease.o $(B)/obj/imapgate/leases.o $(B)/obj/imapgate/list.o $(B)/obj/imapgate/me.o $(B)/obj/imapgate/operand.o $(B)/obj/imapgate/say.o $(B)/obj/imapgate/serve.o $(B)/obj/imapgate/store.o $(B)/obj/imapgate/wanted.o

EDGE_OBJS =

$(B)/obj/postern/check.o: postern/check.c base/addr.h postern/check.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h conf/conf.h conf/global.h \
 conf/conf.h base/log.h imapgate/imapgate_conf.h firewall/firewall.h \
 milter/milter_conf.h conf/units.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -c postern/check.c -o $@

$(B)/obj/postern/explain_token.o: postern/explain_token.c fcrdns/action.h \
 postern/explain_token.h base/line.h base/log.h milter/token.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -c postern/explain_token.c -o $@

$(B)/obj/postern/postern.o: postern/postern.c base/addr.h postern/check.h \
 conf/conf.h fcrdns/explain.h postern/explain_token.h conf/global.h \
 conf/conf.h base/log.h postern/talk.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -c postern/postern.c -o $@

$(B)/obj/postern/talk.o: postern/talk.c base/sock.h postern/talk.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -c postern/talk.c -o $@

POSTERN_OBJS = $(B)/obj/postern/check.o $(B)/obj/postern/explain_token.o $(B)/obj/postern/talk.o

$(B)/obj/tests/unit/addr_test.o: tests/unit/addr_test.c base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/addr_test.c -o $@

$(B)/obj/tests/unit/answer_test.o: tests/unit/answer_test.c base/addr.h \
 fcrdns/answer.h fcrdns/name.h fcrdns/iprev.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/answer_test.c -o $@

$(B)/obj/tests/unit/ar_test.o: tests/unit/ar_test.c milter/ar.h \
 milter/fold.h fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/ar_test.c -o $@

$(B)/obj/tests/unit/cache_test.o: tests/unit/cache_test.c fcrdns/cache.h \
 fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/cache_test.c -o $@

$(B)/obj/tests/unit/client_test.o: tests/unit/client_test.c \
 fcrdns/client.h fcrdns/iprev.h base/addr.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/client_test.c -o $@

$(B)/obj/tests/unit/clock_test.o: tests/unit/clock_test.c base/clock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/clock_test.c -o $@

$(B)/obj/tests/unit/conf_test.o: tests/unit/conf_test.c conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/conf.h \
 conf/errors.h conf/macro.h conf/tree.h fcrdns/fcrdns_conf.h \
 fcrdns/action.h base/addr.h conf/global.h base/log.h \
 milter/milter_conf.h base/rx.h conf/units.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/conf_test.c -o $@

$(B)/obj/tests/unit/daemon_test.o: tests/unit/daemon_test.c \
 tests/unit/hostile.h conf/conf.h conf/daemon.h conf/conf.h conf/global.h \
 base/log.h base/wire.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/daemon_test.c -o $@

$(B)/obj/tests/unit/explain_token_test.o: tests/unit/explain_token_test.c \
 postern/explain_token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/explain_token_test.c -o $@

$(B)/obj/tests/unit/firewall_none_test.o: tests/unit/firewall_none_test.c \
 firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/firewall_none_test.c -o $@

$(B)/obj/tests/unit/firewall_set_test.o: tests/unit/firewall_set_test.c \
 firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/firewall_set_test.c -o $@

$(B)/obj/tests/unit/headers_test.o: tests/unit/headers_test.c \
 milter/headers.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/headers_test.c -o $@

$(B)/obj/tests/unit/health_test.o: tests/unit/health_test.c \
 fcrdns/health.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/health_test.c -o $@

$(B)/obj/tests/unit/imapgate_conf_test.o: tests/unit/imapgate_conf_test.c \
 conf/conf.h firewall/firewall.h base/addr.h imapgate/imapgate_conf.h \
 imapgate/leases.h imapgate/lease.h imapgate/operand.h imapgate/wanted.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/imapgate_conf_test.c -o $@

$(B)/obj/tests/unit/inquiry_test.o: tests/unit/inquiry_test.c \
 fcrdns/tally.h fcrdns/iprev.h base/addr.h fcrdns/name.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/inquiry_test.c -o $@

$(B)/obj/tests/unit/iprev_test.o: tests/unit/iprev_test.c fcrdns/iprev.h \
 base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/iprev_test.c -o $@

$(B)/obj/tests/unit/jail_test.o: tests/unit/jail_test.c base/jail.h \
 base/log.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/jail_test.c -o $@

$(B)/obj/tests/unit/lease_test.o: tests/unit/lease_test.c \
 imapgate/lease.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/lease_test.c -o $@

$(B)/obj/tests/unit/leases_test.o: tests/unit/leases_test.c \
 imapgate/leases.h imapgate/lease.h base/addr.h base/log.h \
 imapgate/store.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/leases_test.c -o $@

$(B)/obj/tests/unit/lexer_test.o: tests/unit/lexer_test.c conf/lexer.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/lexer_test.c -o $@

$(B)/obj/tests/unit/line_test.o: tests/unit/line_test.c base/line.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/line_test.c -o $@

$(B)/obj/tests/unit/log_test.o: tests/unit/log_test.c base/log.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/log_test.c -o $@

$(B)/obj/tests/unit/me_test.o: tests/unit/me_test.c imapgate/me.h \
 base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/me_test.c -o $@

$(B)/obj/tests/unit/name_test.o: tests/unit/name_test.c fcrdns/name.h \
 fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/name_test.c -o $@

$(B)/obj/tests/unit/nearest_test.o: tests/unit/nearest_test.c \
 conf/nearest.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nearest_test.c -o $@

$(B)/obj/tests/unit/nft_json_test.o: tests/unit/nft_json_test.c \
 firewall/nft_examine.h firewall/backend.h firewall/firewall.h \
 base/addr.h firewall/nft_json.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nft_json_test.c -o $@

$(B)/obj/tests/unit/nft_text_test.o: tests/unit/nft_text_test.c \
 firewall/nft_text.h firewall/backend.h firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nft_text_test.c -o $@

$(B)/obj/tests/unit/pf_follow_test.o: tests/unit/pf_follow_test.c \
 firewall/firewall.h base/addr.h firewall/pf_parse.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/pf_follow_test.c -o $@

$(B)/obj/tests/unit/pf_parse_test.o: tests/unit/pf_parse_test.c \
 firewall/firewall.h base/addr.h firewall/pf_parse.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/pf_parse_test.c -o $@

$(B)/obj/tests/unit/prefix_test.o: tests/unit/prefix_test.c base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/prefix_test.c -o $@

$(B)/obj/tests/unit/proto_test.o: tests/unit/proto_test.c fcrdns/proto.h \
 fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/proto_test.c -o $@

$(B)/obj/tests/unit/reply_test.o: tests/unit/reply_test.c milter/reply.h \
 fcrdns/verdict.h fcrdns/action.h conf/conf.h fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/reply_test.c -o $@

$(B)/obj/tests/unit/rx_test.o: tests/unit/rx_test.c base/log.h base/rx.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/rx_test.c -o $@

$(B)/obj/tests/unit/session_test.o: tests/unit/session_test.c \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h base/line.h \
 milter/milter_conf.h milter/reply.h fcrdns/verdict.h fcrdns/iprev.h \
 milter/session.h fcrdns/iprev.h milter/token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/session_test.c -o $@

$(B)/obj/tests/unit/sock_test.o: tests/unit/sock_test.c base/addr.h \
 base/log.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/sock_test.c -o $@

$(B)/obj/tests/unit/token_test.o: tests/unit/token_test.c milter/token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/token_test.c -o $@

$(B)/obj/tests/unit/tool_test.o: tests/unit/tool_test.c base/clock.h \
 firewall/tool.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/tool_test.c -o $@

$(B)/obj/tests/unit/units_test.o: tests/unit/units_test.c conf/units.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/units_test.c -o $@

$(B)/obj/tests/unit/verdict_test.o: tests/unit/verdict_test.c \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h base/rx.h \
 fcrdns/verdict.h fcrdns/iprev.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/verdict_test.c -o $@

$(B)/obj/tests/unit/wire_test.o: tests/unit/wire_test.c base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/wire_test.c -o $@

TESTS_UNIT_OBJS = $(B)/obj/tests/unit/addr_test.o $(B)/obj/tests/unit/answer_test.o $(B)/obj/tests/unit/ar_test.o $(B)/obj/tests/unit/cache_test.o $(B)/obj/tests/unit/client_test.o $(B)/obj/tests/unit/clock_test.o $(B)/obj/tests/unit/conf_test.o $(B)/obj/tests/unit/daemon_test.o $(B)/obj/tests/unit/explain_token_test.o $(B)/obj/tests/unit/firewall_none_test.o $(B)/obj/tests/unit/firewall_set_test.o $(B)/obj/tests/unit/headers_test.o $(B)/obj/tests/unit/health_test.o $(B)/obj/tests/unit/imapgate_conf_test.o $(B)/obj/tests/unit/inquiry_test.o $(B)/obj/tests/unit/iprev_test.o $(B)/obj/tests/unit/jail_test.o $(B)/obj/tests/unit/lease_test.o $(B)/obj/tests/unit/leases_test.o $(B)/obj/tests/unit/lexer_test.o $(B)/obj/tests/unit/line_test.o $(B)/obj/tests/unit/log_test.o $(B)/obj/tests/unit/me_test.o $(B)/obj/tests/unit/name_test.o $(B)/obj/tests/unit/nearest_test.o $(B)/obj/tests/unit/nft_json_test.o $(B)/obj/tests/unit/nft_text_test.o $(B)/obj/tests/unit/pf_follow_test.o $(B)/obj/tests/unit/pf_parse_test.o $(B)/obj/tests/unit/prefix_test.o $(B)/obj/tests/unit/proto_test.o $(B)/obj/tests/unit/reply_test.o $(B)/obj/tests/unit/rx_test.o $(B)/obj/tests/unit/session_test.o $(B)/obj/tests/unit/sock_test.o $(B)/obj/tests/unit/token_test.o $(B)/obj/tests/unit/tool_test.o $(B)/obj/tests/unit/units_test.o $(B)/obj/tests/unit/verdict_test.o $(B)/obj/tests/unit/wire_test.o

$(B)/obj/tests/fuzz/answer_fuzz.o: tests/fuzz/answer_fuzz.c base/addr.h \
 fcrdns/answer.h fcrdns/name.h fcrdns/iprev.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/answer_fuzz.c -o $@

$(B)/obj/tests/fuzz/ar_fuzz.o: tests/fuzz/ar_fuzz.c milter/ar.h \
 milter/headers.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/ar_fuzz.c -o $@

$(B)/obj/tests/fuzz/conf_fuzz.o: tests/fuzz/conf_fuzz.c conf/conf.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/conf_fuzz.c -o $@

$(B)/obj/tests/fuzz/lease_fuzz.o: tests/fuzz/lease_fuzz.c \
 imapgate/leases.h imapgate/lease.h base/addr.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/lease_fuzz.c -o $@

$(B)/obj/tests/fuzz/name_fuzz.o: tests/fuzz/name_fuzz.c fcrdns/name.h \
 fcrdns/iprev.h base/addr.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/name_fuzz.c -o $@

$(B)/obj/tests/fuzz/pfctl_fuzz.o: tests/fuzz/pfctl_fuzz.c \
 firewall/firewall.h base/addr.h firewall/pf_parse.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/pfctl_fuzz.c -o $@

$(B)/obj/tests/fuzz/proto_answer_fuzz.o: tests/fuzz/proto_answer_fuzz.c \
 fcrdns/name.h fcrdns/iprev.h base/addr.h fcrdns/proto.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/proto_answer_fuzz.c -o $@

$(B)/obj/tests/fuzz/proto_question_fuzz.o: \
 tests/fuzz/proto_question_fuzz.c fcrdns/proto.h fcrdns/iprev.h \
 base/addr.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/proto_question_fuzz.c -o $@

$(B)/obj/tests/fuzz/reply_fuzz.o: tests/fuzz/reply_fuzz.c \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h base/line.h \
 milter/milter_conf.h milter/reply.h fcrdns/verdict.h fcrdns/iprev.h \
 milter/session.h fcrdns/iprev.h milter/token.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/reply_fuzz.c -o $@

TESTS_FUZZ_OBJS = $(B)/obj/tests/fuzz/answer_fuzz.o $(B)/obj/tests/fuzz/ar_fuzz.o $(B)/obj/tests/fuzz/conf_fuzz.o $(B)/obj/tests/fuzz/lease_fuzz.o $(B)/obj/tests/fuzz/name_fuzz.o $(B)/obj/tests/fuzz/pfctl_fuzz.o $(B)/obj/tests/fuzz/proto_answer_fuzz.o $(B)/obj/tests/fuzz/proto_question_fuzz.o $(B)/obj/tests/fuzz/reply_fuzz.o

$(B)/obj/tests/bench/accept_all.o: tests/bench/accept_all.c
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/accept_all.c -o $@

$(B)/obj/tests/bench/fcrdns_load.o: tests/bench/fcrdns_load.c
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/fcrdns_load.c -o $@

$(B)/obj/tests/bench/milter_load.o: tests/bench/milter_load.c
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/milter_load.c -o $@

TESTS_BENCH_OBJS = $(B)/obj/tests/bench/accept_all.o $(B)/obj/tests/bench/fcrdns_load.o $(B)/obj/tests/bench/milter_load.o

$(B)/tests/unit/addr_test: $(B)/obj/tests/unit/addr_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/addr_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/answer_test: $(B)/obj/tests/unit/answer_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/answer_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/ar_test: $(B)/obj/tests/unit/ar_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/ar_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/cache_test: $(B)/obj/tests/unit/cache_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/cache_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/client_test: $(B)/obj/tests/unit/client_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/client_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/clock_test: $(B)/obj/tests/unit/clock_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/clock_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/conf_test: $(B)/obj/tests/unit/conf_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/conf_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/daemon_test: $(B)/obj/tests/unit/daemon_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/daemon_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/explain_token_test: $(B)/obj/tests/unit/explain_token_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/explain_token_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/firewall_none_test: $(B)/obj/tests/unit/firewall_none_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/firewall_none_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/firewall_set_test: $(B)/obj/tests/unit/firewall_set_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/firewall_set_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/headers_test: $(B)/obj/tests/unit/headers_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/headers_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/health_test: $(B)/obj/tests/unit/health_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/health_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/imapgate_conf_test: $(B)/obj/tests/unit/imapgate_conf_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/imapgate_conf_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/inquiry_test: $(B)/obj/tests/unit/inquiry_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/inquiry_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/iprev_test: $(B)/obj/tests/unit/iprev_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/iprev_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/jail_test: $(B)/obj/tests/unit/jail_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/jail_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/lease_test: $(B)/obj/tests/unit/lease_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/lease_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/leases_test: $(B)/obj/tests/unit/leases_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/leases_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/lexer_test: $(B)/obj/tests/unit/lexer_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/lexer_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/line_test: $(B)/obj/tests/unit/line_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/line_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/log_test: $(B)/obj/tests/unit/log_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/log_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/me_test: $(B)/obj/tests/unit/me_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/me_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/name_test: $(B)/obj/tests/unit/name_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/name_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nearest_test: $(B)/obj/tests/unit/nearest_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nearest_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nft_json_test: $(B)/obj/tests/unit/nft_json_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nft_json_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nft_text_test: $(B)/obj/tests/unit/nft_text_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nft_text_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/pf_follow_test: $(B)/obj/tests/unit/pf_follow_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/pf_follow_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/pf_parse_test: $(B)/obj/tests/unit/pf_parse_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/pf_parse_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/prefix_test: $(B)/obj/tests/unit/prefix_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/prefix_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/proto_test: $(B)/obj/tests/unit/proto_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/proto_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/reply_test: $(B)/obj/tests/unit/reply_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/reply_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/rx_test: $(B)/obj/tests/unit/rx_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/rx_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/session_test: $(B)/obj/tests/unit/session_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/session_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/sock_test: $(B)/obj/tests/unit/sock_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/sock_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/token_test: $(B)/obj/tests/unit/token_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/token_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/tool_test: $(B)/obj/tests/unit/tool_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/tool_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/units_test: $(B)/obj/tests/unit/units_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/units_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/verdict_test: $(B)/obj/tests/unit/verdict_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/verdict_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/wire_test: $(B)/obj/tests/unit/wire_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/wire_test.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(CMOCKA_LIBS)

UNIT_TESTS = $(B)/tests/unit/addr_test $(B)/tests/unit/answer_test $(B)/tests/unit/ar_test $(B)/tests/unit/cache_test $(B)/tests/unit/client_test $(B)/tests/unit/clock_test $(B)/tests/unit/conf_test $(B)/tests/unit/daemon_test $(B)/tests/unit/explain_token_test $(B)/tests/unit/firewall_none_test $(B)/tests/unit/firewall_set_test $(B)/tests/unit/headers_test $(B)/tests/unit/health_test $(B)/tests/unit/imapgate_conf_test $(B)/tests/unit/inquiry_test $(B)/tests/unit/iprev_test $(B)/tests/unit/jail_test $(B)/tests/unit/lease_test $(B)/tests/unit/leases_test $(B)/tests/unit/lexer_test $(B)/tests/unit/line_test $(B)/tests/unit/log_test $(B)/tests/unit/me_test $(B)/tests/unit/name_test $(B)/tests/unit/nearest_test $(B)/tests/unit/nft_json_test $(B)/tests/unit/nft_text_test $(B)/tests/unit/pf_follow_test $(B)/tests/unit/pf_parse_test $(B)/tests/unit/prefix_test $(B)/tests/unit/proto_test $(B)/tests/unit/reply_test $(B)/tests/unit/rx_test $(B)/tests/unit/session_test $(B)/tests/unit/sock_test $(B)/tests/unit/token_test $(B)/tests/unit/tool_test $(B)/tests/unit/units_test $(B)/tests/unit/verdict_test $(B)/tests/unit/wire_test

$(B)/tests/fuzz/answer_fuzz: $(B)/obj/tests/fuzz/answer_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/answer_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/ar_fuzz: $(B)/obj/tests/fuzz/ar_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/ar_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/conf_fuzz: $(B)/obj/tests/fuzz/conf_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/conf_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/lease_fuzz: $(B)/obj/tests/fuzz/lease_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/lease_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/name_fuzz: $(B)/obj/tests/fuzz/name_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/name_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/pfctl_fuzz: $(B)/obj/tests/fuzz/pfctl_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/pfctl_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/proto_answer_fuzz: $(B)/obj/tests/fuzz/proto_answer_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/proto_answer_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/proto_question_fuzz: $(B)/obj/tests/fuzz/proto_question_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/proto_question_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/reply_fuzz: $(B)/obj/tests/fuzz/reply_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/reply_fuzz.o $(ALL_ARCHIVES) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FUZZ_LIBS)

FUZZERS = $(B)/tests/fuzz/answer_fuzz $(B)/tests/fuzz/ar_fuzz $(B)/tests/fuzz/conf_fuzz $(B)/tests/fuzz/lease_fuzz $(B)/tests/fuzz/name_fuzz $(B)/tests/fuzz/pfctl_fuzz $(B)/tests/fuzz/proto_answer_fuzz $(B)/tests/fuzz/proto_question_fuzz $(B)/tests/fuzz/reply_fuzz

WORDS_OBJS = $(B)/obj/fcrdns/fcrdns_conf.o $(B)/obj/milter/milter_conf.o $(B)/obj/imapgate/imapgate_conf.o
FIREWALL_nftables_OBJS = $(B)/obj/firewall/nft_examine.o $(B)/obj/firewall/nft_follow.o $(B)/obj/firewall/nft_json.o $(B)/obj/firewall/nftables.o $(B)/obj/firewall/sock_destroy.o
FIREWALL_none_OBJS = $(B)/obj/firewall/nftables_none.o
