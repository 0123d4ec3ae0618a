# Written by tools/rules.sh (make rules).  Do not edit.

$(B)/obj/base/addr.o: base/addr.c base/addr.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/addr.c -o $@

$(B)/obj/base/clock.o: base/clock.c base/clock.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/clock.c -o $@

$(B)/obj/base/crc32c.o: base/crc32c.c base/crc32c.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/crc32c.c -o $@

$(B)/obj/base/date.o: base/date.c base/date.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/date.c -o $@

$(B)/obj/base/flock.o: base/flock.c base/flock.h base/clock.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/flock.c -o $@

$(B)/obj/base/hex.o: base/hex.c base/hex.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/hex.c -o $@

$(B)/obj/base/jail.o: base/jail.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail.c -o $@

$(B)/obj/base/jail_linux.o: base/jail_linux.c base/jail.h \
 base/jail_linux_calls.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail_linux.c -o $@

$(B)/obj/base/jail_none.o: base/jail_none.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail_none.c -o $@

$(B)/obj/base/jail_openbsd.o: base/jail_openbsd.c base/jail.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/jail_openbsd.c -o $@

$(B)/obj/base/json.o: base/json.c base/json.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/json.c -o $@

$(B)/obj/base/line.o: base/line.c base/line.h base/hex.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/line.c -o $@

$(B)/obj/base/log.o: base/log.c base/log.h base/line.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/log.c -o $@

$(B)/obj/base/mapped.o: base/mapped.c base/mapped.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/mapped.c -o $@

$(B)/obj/base/rx.o: base/rx.c base/rx.h base/log.h base/xalloc.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/rx.c -o $@

$(B)/obj/base/shared.o: base/shared.c base/shared.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/shared.c -o $@

$(B)/obj/base/sip.o: base/sip.c base/sip.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/sip.c -o $@

$(B)/obj/base/sock.o: base/sock.c base/sock.h base/addr.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/sock.c -o $@

$(B)/obj/base/stamp.o: base/stamp.c base/stamp.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/stamp.c -o $@

$(B)/obj/base/whole.o: base/whole.c base/whole.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/whole.c -o $@

$(B)/obj/base/wire.o: base/wire.c base/wire.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/wire.c -o $@

$(B)/obj/base/xalloc.o: base/xalloc.c base/xalloc.h base/log.h
	@mkdir -p $(B)/obj/base
	$(CC) $(CFLAGS_ALL) -Ibase -c base/xalloc.c -o $@

BASE_OBJS = $(B)/obj/base/addr.o $(B)/obj/base/clock.o $(B)/obj/base/crc32c.o $(B)/obj/base/date.o $(B)/obj/base/flock.o $(B)/obj/base/hex.o $(B)/obj/base/jail.o $(B)/obj/base/json.o $(B)/obj/base/line.o $(B)/obj/base/log.o $(B)/obj/base/mapped.o $(B)/obj/base/rx.o $(B)/obj/base/shared.o $(B)/obj/base/sip.o $(B)/obj/base/sock.o $(B)/obj/base/stamp.o $(B)/obj/base/whole.o $(B)/obj/base/wire.o $(B)/obj/base/xalloc.o

$(B)/obj/conf/block.o: conf/block.c conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/refs.h conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/block.c -o $@

$(B)/obj/conf/blocks.o: conf/blocks.c conf/blocks.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/blocks.c -o $@

$(B)/obj/conf/child.o: conf/child.c conf/daemon.h conf/conf.h \
 conf/global.h base/log.h conf/parent.h base/addr.h base/wire.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/child.c -o $@

$(B)/obj/conf/conf.o: conf/conf.c base/log.h conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/refs.h conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/conf.c -o $@

$(B)/obj/conf/control.o: conf/control.c base/clock.h conf/global.h \
 conf/conf.h base/log.h base/line.h conf/parent.h base/addr.h \
 conf/daemon.h base/sock.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/control.c -o $@

$(B)/obj/conf/daemon.o: conf/daemon.c conf/daemon.h conf/conf.h \
 conf/global.h base/log.h conf/parent.h base/addr.h conf/state.h \
 base/xalloc.h
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
 conf/global.h base/log.h conf/parse.h conf/blocks.h conf/refs.h \
 conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/global.c -o $@

$(B)/obj/conf/kept.o: conf/kept.c conf/kept.h base/whole.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/kept.c -o $@

$(B)/obj/conf/lexer.o: conf/lexer.c conf/lexer.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/lexer.c -o $@

$(B)/obj/conf/load.o: conf/load.c conf/text.h conf/conf.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/load.c -o $@

$(B)/obj/conf/lookup.o: conf/lookup.c conf/nearest.h conf/parse.h \
 conf/blocks.h conf/conf.h conf/directive.h conf/print.h conf/words.h \
 conf/errors.h conf/macro.h conf/tree.h conf/refs.h conf/text.h
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
 conf/conf.h base/log.h conf/parent.h base/addr.h conf/daemon.h \
 base/sock.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent.c -o $@

$(B)/obj/conf/parent_crowd.o: conf/parent_crowd.c base/clock.h \
 conf/global.h conf/conf.h base/log.h conf/parent.h base/addr.h \
 conf/daemon.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent_crowd.c -o $@

$(B)/obj/conf/parent_generation.o: conf/parent_generation.c base/log.h \
 conf/parent.h base/addr.h conf/conf.h conf/daemon.h conf/text.h \
 base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent_generation.c -o $@

$(B)/obj/conf/parent_listen.o: conf/parent_listen.c conf/global.h \
 conf/conf.h base/log.h conf/parent.h base/addr.h conf/daemon.h \
 base/sock.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent_listen.c -o $@

$(B)/obj/conf/parent_resume.o: conf/parent_resume.c base/clock.h \
 conf/global.h conf/conf.h base/log.h conf/kept.h conf/parent.h \
 base/addr.h conf/daemon.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent_resume.c -o $@

$(B)/obj/conf/parent_upgrade.o: conf/parent_upgrade.c base/clock.h \
 conf/kept.h base/log.h conf/parent.h base/addr.h conf/conf.h \
 conf/daemon.h base/shared.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parent_upgrade.c -o $@

$(B)/obj/conf/parse.o: conf/parse.c base/log.h conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/refs.h conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/parse.c -o $@

$(B)/obj/conf/print.o: conf/print.c base/addr.h conf/print.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/print.c -o $@

$(B)/obj/conf/refs.o: conf/refs.c conf/refs.h conf/errors.h conf/conf.h \
 conf/parse.h conf/blocks.h conf/directive.h conf/print.h conf/words.h \
 conf/macro.h conf/tree.h conf/text.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/refs.c -o $@

$(B)/obj/conf/state.o: conf/state.c base/log.h conf/state.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/state.c -o $@

$(B)/obj/conf/statement.o: conf/statement.c conf/parse.h conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/errors.h \
 conf/macro.h conf/tree.h conf/refs.h conf/text.h
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

$(B)/obj/conf/words_value.o: conf/words_value.c conf/units.h conf/words.h \
 conf/conf.h conf/errors.h conf/macro.h conf/tree.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/words_value.c -o $@

$(B)/obj/conf/worker.o: conf/worker.c base/clock.h conf/global.h \
 conf/conf.h base/log.h conf/parent.h base/addr.h conf/daemon.h \
 base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/worker.c -o $@

$(B)/obj/conf/worker_read.o: conf/worker_read.c base/log.h conf/parent.h \
 base/addr.h conf/conf.h conf/daemon.h base/wire.h
	@mkdir -p $(B)/obj/conf
	$(CC) $(CFLAGS_ALL) -Iconf -Ibase -c conf/worker_read.c -o $@

CONF_OBJS = $(B)/obj/conf/block.o $(B)/obj/conf/blocks.o $(B)/obj/conf/child.o $(B)/obj/conf/conf.o $(B)/obj/conf/control.o $(B)/obj/conf/daemon.o $(B)/obj/conf/directive.o $(B)/obj/conf/errors.o $(B)/obj/conf/global.o $(B)/obj/conf/kept.o $(B)/obj/conf/lexer.o $(B)/obj/conf/load.o $(B)/obj/conf/lookup.o $(B)/obj/conf/macro.o $(B)/obj/conf/nearest.o $(B)/obj/conf/parent.o $(B)/obj/conf/parent_crowd.o $(B)/obj/conf/parent_generation.o $(B)/obj/conf/parent_listen.o $(B)/obj/conf/parent_resume.o $(B)/obj/conf/parent_upgrade.o $(B)/obj/conf/parse.o $(B)/obj/conf/print.o $(B)/obj/conf/refs.o $(B)/obj/conf/state.o $(B)/obj/conf/statement.o $(B)/obj/conf/text.o $(B)/obj/conf/tree.o $(B)/obj/conf/units.o $(B)/obj/conf/words.o $(B)/obj/conf/words_value.o $(B)/obj/conf/worker.o $(B)/obj/conf/worker_read.o

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

$(B)/obj/lists/ban_line.o: lists/ban_line.c lists/ban_line.h base/addr.h \
 lists/bans.h lists/ranges.h base/crc32c.h base/line.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/ban_line.c -o $@

$(B)/obj/lists/ban_plan.o: lists/ban_plan.c lists/ban_plan.h \
 lists/ban_line.h base/addr.h lists/bans.h lists/ranges.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/ban_plan.c -o $@

$(B)/obj/lists/banner.o: lists/banner.c lists/banner.h lists/offence.h \
 base/addr.h base/clock.h lists/counting.h base/date.h lists/folder.h \
 lists/journal.h lists/bans.h lists/ranges.h lists/lists_conf.h \
 conf/conf.h firewall/firewall.h base/log.h lists/protect.h lists/sets.h \
 lists/set.h base/stamp.h conf/units.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/banner.c -o $@

$(B)/obj/lists/bans.o: lists/bans.c lists/bans.h base/addr.h \
 lists/ranges.h lists/ban_line.h lists/bans_inner.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/bans.c -o $@

$(B)/obj/lists/bans_ask.o: lists/bans_ask.c lists/ban_line.h base/addr.h \
 lists/bans.h lists/ranges.h lists/bans_inner.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/bans_ask.c -o $@

$(B)/obj/lists/bans_conf.o: lists/bans_conf.c conf/directive.h \
 conf/print.h conf/words.h conf/conf.h conf/errors.h conf/macro.h \
 conf/tree.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/mirror_conf.h conf/units.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/bans_conf.c -o $@

$(B)/obj/lists/counting.o: lists/counting.c lists/counting.h base/addr.h \
 lists/offence.h lists/lists_conf.h conf/conf.h firewall/firewall.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/counting.c -o $@

$(B)/obj/lists/ear.o: lists/ear.c lists/ear.h lists/offence.h base/addr.h \
 base/clock.h base/log.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/ear.c -o $@

$(B)/obj/lists/entries.o: lists/entries.c lists/entries.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/entries.c -o $@

$(B)/obj/lists/feed.o: lists/feed.c lists/feed.h lists/ranges.h \
 base/addr.h lists/feed_parse.h base/line.h lists/special.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/feed.c -o $@

$(B)/obj/lists/feed_entry.o: lists/feed_entry.c lists/feed_parse.h \
 lists/feed.h lists/ranges.h base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/feed_entry.c -o $@

$(B)/obj/lists/feed_json.o: lists/feed_json.c lists/feed_parse.h \
 lists/feed.h lists/ranges.h base/addr.h base/hex.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/feed_json.c -o $@

$(B)/obj/lists/feed_line.o: lists/feed_line.c lists/feed_parse.h \
 lists/feed.h lists/ranges.h base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/feed_line.c -o $@

$(B)/obj/lists/fetch.o: lists/fetch.c lists/fetch.h base/clock.h \
 base/log.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/fetch.c -o $@

$(B)/obj/lists/folder.o: lists/folder.c lists/folder.h base/flock.h \
 conf/global.h conf/conf.h base/log.h conf/state.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/folder.c -o $@

$(B)/obj/lists/former.o: lists/former.c lists/former.h lists/folder.h \
 lists/lists_conf.h base/addr.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/source.h lists/feed.h lists/ranges.h lists/meta.h \
 lists/set.h base/log.h lists/source_file.h base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/former.c -o $@

$(B)/obj/lists/from.o: lists/from.c lists/from.h base/addr.h conf/conf.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/from.c -o $@

$(B)/obj/lists/from_conf.o: lists/from_conf.c conf/directive.h \
 conf/print.h conf/words.h conf/conf.h conf/errors.h conf/macro.h \
 conf/tree.h lists/from.h base/addr.h conf/conf.h lists/list_name.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/from_conf.c -o $@

$(B)/obj/lists/guard.o: lists/guard.c lists/guard.h lists/feed.h \
 lists/ranges.h base/addr.h lists/special.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/guard.c -o $@

$(B)/obj/lists/jobs.o: lists/jobs.c lists/jobs.h lists/lists_conf.h \
 base/addr.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/round.h lists/folder.h lists/source.h lists/feed.h lists/ranges.h \
 lists/meta.h lists/set.h base/clock.h base/log.h base/whole.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/jobs.c -o $@

$(B)/obj/lists/journal.o: lists/journal.c lists/journal.h lists/bans.h \
 base/addr.h lists/ranges.h lists/ban_line.h lists/ban_plan.h \
 base/clock.h base/date.h lists/folder.h lists/journal_file.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 base/log.h lists/set.h lists/set_update.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/journal.c -o $@

$(B)/obj/lists/journal_compact.o: lists/journal_compact.c \
 lists/ban_line.h base/addr.h lists/bans.h lists/ranges.h \
 lists/journal_file.h base/log.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/journal_compact.c -o $@

$(B)/obj/lists/journal_file.o: lists/journal_file.c lists/journal_file.h \
 lists/bans.h base/addr.h lists/ranges.h lists/ban_line.h base/log.h \
 base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/journal_file.c -o $@

$(B)/obj/lists/keeper.o: lists/keeper.c lists/keeper.h base/clock.h \
 lists/jobs.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/round.h lists/folder.h \
 lists/source.h lists/feed.h lists/ranges.h lists/meta.h lists/set.h \
 base/log.h lists/opened.h base/wire.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/keeper.c -o $@

$(B)/obj/lists/list_sweep.o: lists/list_sweep.c lists/entries.h \
 lists/former.h lists/folder.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/source.h lists/feed.h \
 lists/ranges.h lists/meta.h lists/set.h base/log.h lists/protect.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/list_sweep.c -o $@

$(B)/obj/lists/list_union.o: lists/list_union.c lists/former.h \
 lists/folder.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/source.h lists/feed.h \
 lists/ranges.h lists/meta.h lists/set.h base/log.h lists/protect.h \
 lists/source_file.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/list_union.c -o $@

$(B)/obj/lists/lists_conf.o: lists/lists_conf.c lists/lists_conf.h \
 base/addr.h conf/conf.h firewall/firewall.h lists/offence.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h lists/list_name.h lists/mirror_conf.h \
 lists/source_conf.h lists/table_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/lists_conf.c -o $@

$(B)/obj/lists/lists_jail.o: lists/lists_jail.c lists/lists_jail.h \
 lists/fetch.h lists/folder.h conf/global.h conf/conf.h base/log.h \
 base/jail.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/lists_jail.c -o $@

$(B)/obj/lists/machine.o: lists/machine.c lists/machine.h base/addr.h \
 base/log.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/machine.c -o $@

$(B)/obj/lists/machine_parse.o: lists/machine_parse.c lists/machine.h \
 base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/machine_parse.c -o $@

$(B)/obj/lists/meta.o: lists/meta.c lists/meta.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/meta.c -o $@

$(B)/obj/lists/mirror.o: lists/mirror.c lists/mirror.h base/clock.h \
 conf/conf.h conf/global.h conf/conf.h base/log.h lists/mirror_load.h \
 firewall/firewall.h base/addr.h lists/lists_conf.h lists/offence.h \
 lists/set_file.h base/stamp.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/mirror.c -o $@

$(B)/obj/lists/mirror_conf.o: lists/mirror_conf.c lists/mirror_conf.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h lists/table_conf.h firewall/firewall.h \
 base/addr.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/mirror_conf.c -o $@

$(B)/obj/lists/mirror_job.o: lists/mirror_job.c conf/conf.h \
 lists/mirror_load.h firewall/firewall.h base/addr.h lists/lists_conf.h \
 lists/offence.h lists/set_file.h base/stamp.h base/wire.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/mirror_job.c -o $@

$(B)/obj/lists/mirror_load.o: lists/mirror_load.c lists/mirror_load.h \
 firewall/firewall.h base/addr.h lists/lists_conf.h conf/conf.h \
 lists/offence.h lists/mirror.h firewall/nft_text.h firewall/backend.h \
 firewall/firewall.h lists/ranges.h lists/set.h lists/set_file.h \
 base/stamp.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/mirror_load.c -o $@

$(B)/obj/lists/name_conf.o: lists/name_conf.c lists/list_name.h \
 lists/lists_conf.h base/addr.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/table_conf.h conf/words.h conf/conf.h \
 conf/errors.h conf/macro.h conf/tree.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/name_conf.c -o $@

$(B)/obj/lists/offence.o: lists/offence.c lists/offence.h base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/offence.c -o $@

$(B)/obj/lists/once.o: lists/once.c lists/once.h base/clock.h \
 lists/fetch.h conf/global.h conf/conf.h base/log.h base/jail.h \
 lists/jobs.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/round.h lists/folder.h \
 lists/source.h lists/feed.h lists/ranges.h lists/meta.h lists/set.h \
 lists/journal.h lists/bans.h base/json.h lists/lists_jail.h \
 lists/mirror.h lists/protect.h conf/state.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/once.c -o $@

$(B)/obj/lists/opened.o: lists/opened.c lists/opened.h conf/daemon.h \
 conf/conf.h lists/jobs.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/round.h lists/folder.h \
 lists/source.h lists/feed.h lists/ranges.h lists/meta.h lists/set.h \
 base/log.h base/stamp.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/opened.c -o $@

$(B)/obj/lists/postern-lists.o: lists/postern-lists.c lists/banner.h \
 lists/offence.h base/addr.h conf/daemon.h conf/conf.h lists/ear.h \
 lists/folder.h conf/global.h base/log.h lists/keeper.h \
 lists/lists_jail.h lists/mirror.h lists/once.h lists/opened.h \
 lists/protect.h lists/ranges.h lists/set.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/postern-lists.c -o $@

$(B)/obj/lists/protect.o: lists/protect.c lists/protect.h base/addr.h \
 lists/ranges.h base/clock.h base/flock.h lists/folder.h conf/global.h \
 conf/conf.h base/log.h lists/lists_conf.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/machine.h lists/set.h \
 lists/set_update.h conf/units.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/protect.c -o $@

$(B)/obj/lists/protect_linux.o: lists/protect_linux.c base/log.h \
 lists/machine.h base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/protect_linux.c -o $@

$(B)/obj/lists/protect_none.o: lists/protect_none.c lists/machine.h \
 base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/protect_none.c -o $@

$(B)/obj/lists/protect_openbsd.o: lists/protect_openbsd.c base/log.h \
 lists/machine.h base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/protect_openbsd.c -o $@

$(B)/obj/lists/ranges.o: lists/ranges.c lists/ranges.h base/addr.h \
 lists/ranges_sort.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/ranges.c -o $@

$(B)/obj/lists/ranges_prefix.o: lists/ranges_prefix.c lists/ranges.h \
 base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/ranges_prefix.c -o $@

$(B)/obj/lists/ranges_sort.o: lists/ranges_sort.c lists/ranges_sort.h \
 lists/ranges.h base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/ranges_sort.c -o $@

$(B)/obj/lists/round.o: lists/round.c lists/round.h lists/folder.h \
 lists/lists_conf.h base/addr.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/fetch.h lists/guard.h lists/feed.h lists/ranges.h \
 base/log.h lists/round_say.h lists/meta.h lists/set.h lists/source.h \
 lists/unpack.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/round.c -o $@

$(B)/obj/lists/round_due.o: lists/round_due.c base/clock.h lists/round.h \
 lists/folder.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/round_say.h lists/feed.h \
 lists/ranges.h lists/meta.h lists/set.h lists/source.h lists/unpack.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/round_due.c -o $@

$(B)/obj/lists/round_say.o: lists/round_say.c lists/round_say.h \
 lists/feed.h lists/ranges.h base/addr.h lists/lists_conf.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/meta.h lists/set.h \
 lists/source.h lists/folder.h lists/unpack.h base/log.h conf/units.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/round_say.c -o $@

$(B)/obj/lists/set.o: lists/set.c lists/set.h base/addr.h lists/ranges.h \
 base/crc32c.h base/mapped.h lists/set_inner.h base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/set.c -o $@

$(B)/obj/lists/set_file.o: lists/set_file.c lists/set_file.h base/stamp.h \
 lists/set.h base/addr.h lists/ranges.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/set_file.c -o $@

$(B)/obj/lists/set_find.o: lists/set_find.c lists/set_inner.h \
 lists/ranges.h base/addr.h lists/set.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/set_find.c -o $@

$(B)/obj/lists/set_update.o: lists/set_update.c lists/set_update.h \
 lists/set.h base/addr.h lists/ranges.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/set_update.c -o $@

$(B)/obj/lists/set_watch.o: lists/set_watch.c lists/set_watch.h \
 lists/set.h base/addr.h lists/ranges.h base/clock.h conf/conf.h \
 conf/daemon.h conf/conf.h conf/global.h base/log.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h lists/set_file.h base/stamp.h \
 lists/sets.h base/wire.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/set_watch.c -o $@

$(B)/obj/lists/set_write.o: lists/set_write.c lists/set.h base/addr.h \
 lists/ranges.h base/crc32c.h lists/entries.h lists/set_inner.h \
 base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/set_write.c -o $@

$(B)/obj/lists/sets.o: lists/sets.c lists/sets.h lists/lists_conf.h \
 base/addr.h conf/conf.h firewall/firewall.h lists/offence.h lists/set.h \
 lists/ranges.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/sets.c -o $@

$(B)/obj/lists/source.o: lists/source.c lists/source.h lists/feed.h \
 lists/ranges.h base/addr.h lists/folder.h lists/lists_conf.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/meta.h lists/set.h \
 base/crc32c.h lists/source_file.h base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/source.c -o $@

$(B)/obj/lists/source_conf.o: lists/source_conf.c lists/source_conf.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h lists/lists_conf.h base/addr.h conf/conf.h \
 firewall/firewall.h lists/offence.h conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/source_conf.c -o $@

$(B)/obj/lists/source_file.o: lists/source_file.c lists/source_file.h \
 base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/source_file.c -o $@

$(B)/obj/lists/source_install.o: lists/source_install.c lists/source.h \
 lists/feed.h lists/ranges.h base/addr.h lists/folder.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/meta.h lists/set.h lists/source_file.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/source_install.c -o $@

$(B)/obj/lists/source_since.o: lists/source_since.c base/crc32c.h \
 lists/source.h lists/feed.h lists/ranges.h base/addr.h lists/folder.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/meta.h lists/set.h lists/source_file.h base/whole.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/source_since.c -o $@

$(B)/obj/lists/special.o: lists/special.c lists/special.h lists/ranges.h \
 base/addr.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/special.c -o $@

$(B)/obj/lists/table_conf.o: lists/table_conf.c lists/table_conf.h \
 firewall/firewall.h base/addr.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/table_conf.c -o $@

$(B)/obj/lists/teller.o: lists/teller.c lists/teller.h lists/offence.h \
 base/addr.h base/clock.h base/log.h base/sock.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/teller.c -o $@

$(B)/obj/lists/unpack.o: lists/unpack.c lists/unpack.h
	@mkdir -p $(B)/obj/lists
	$(CC) $(CFLAGS_ALL) -Ilists -Ifirewall -Iconf -Ibase -c lists/unpack.c -o $@

LISTS_OBJS = $(B)/obj/lists/ban_line.o $(B)/obj/lists/ban_plan.o $(B)/obj/lists/banner.o $(B)/obj/lists/bans.o $(B)/obj/lists/bans_ask.o $(B)/obj/lists/counting.o $(B)/obj/lists/ear.o $(B)/obj/lists/entries.o $(B)/obj/lists/feed.o $(B)/obj/lists/feed_entry.o $(B)/obj/lists/feed_json.o $(B)/obj/lists/feed_line.o $(B)/obj/lists/fetch.o $(B)/obj/lists/folder.o $(B)/obj/lists/former.o $(B)/obj/lists/from.o $(B)/obj/lists/guard.o $(B)/obj/lists/jobs.o $(B)/obj/lists/journal.o $(B)/obj/lists/journal_compact.o $(B)/obj/lists/journal_file.o $(B)/obj/lists/keeper.o $(B)/obj/lists/list_sweep.o $(B)/obj/lists/list_union.o $(B)/obj/lists/lists_jail.o $(B)/obj/lists/machine.o $(B)/obj/lists/machine_parse.o $(B)/obj/lists/meta.o $(B)/obj/lists/mirror.o $(B)/obj/lists/mirror_job.o $(B)/obj/lists/mirror_load.o $(B)/obj/lists/offence.o $(B)/obj/lists/once.o $(B)/obj/lists/opened.o $(B)/obj/lists/protect.o $(B)/obj/lists/ranges.o $(B)/obj/lists/ranges_prefix.o $(B)/obj/lists/ranges_sort.o $(B)/obj/lists/round.o $(B)/obj/lists/round_due.o $(B)/obj/lists/round_say.o $(B)/obj/lists/set.o $(B)/obj/lists/set_file.o $(B)/obj/lists/set_find.o $(B)/obj/lists/set_update.o $(B)/obj/lists/set_watch.o $(B)/obj/lists/set_write.o $(B)/obj/lists/sets.o $(B)/obj/lists/source.o $(B)/obj/lists/source_file.o $(B)/obj/lists/source_install.o $(B)/obj/lists/source_since.o $(B)/obj/lists/special.o $(B)/obj/lists/teller.o $(B)/obj/lists/unpack.o

$(B)/obj/fcrdns/action.o: fcrdns/action.c fcrdns/action.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/action.c -o $@

$(B)/obj/fcrdns/answer.o: fcrdns/answer.c fcrdns/answer.h base/addr.h \
 fcrdns/name.h fcrdns/iprev.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/answer.c -o $@

$(B)/obj/fcrdns/batch.o: fcrdns/batch.c fcrdns/batch.h fcrdns/dnsbls.h \
 fcrdns/dnsbl.h base/addr.h conf/conf.h fcrdns/fcrdns_conf.h \
 fcrdns/action.h lists/from.h fcrdns/inquiries.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h base/jail.h \
 base/log.h fcrdns/resolver.h fcrdns/tally.h fcrdns/name.h base/sock.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/batch.c -o $@

$(B)/obj/fcrdns/cache.o: fcrdns/cache.c fcrdns/cache.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h fcrdns/table.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/cache.c -o $@

$(B)/obj/fcrdns/client.o: fcrdns/client.c fcrdns/client.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/clock.h fcrdns/proto.h \
 base/sock.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/client.c -o $@

$(B)/obj/fcrdns/conns.o: fcrdns/conns.c fcrdns/conns.h fcrdns/inquiries.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/log.h fcrdns/proto.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/conns.c -o $@

$(B)/obj/fcrdns/dnsbl.o: fcrdns/dnsbl.c fcrdns/dnsbl.h base/addr.h \
 conf/conf.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/dnsbl.c -o $@

$(B)/obj/fcrdns/dnsbl_conf.o: fcrdns/dnsbl_conf.c fcrdns/dnsbl_conf.h \
 fcrdns/dnsbl.h base/addr.h conf/conf.h conf/directive.h conf/print.h \
 conf/words.h conf/conf.h conf/errors.h conf/macro.h conf/tree.h \
 conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/dnsbl_conf.c -o $@

$(B)/obj/fcrdns/dnsbl_health.o: fcrdns/dnsbl_health.c \
 fcrdns/dnsbl_health.h fcrdns/dnsbl.h base/addr.h conf/conf.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/dnsbl_health.c -o $@

$(B)/obj/fcrdns/dnsbl_reply.o: fcrdns/dnsbl_reply.c fcrdns/dnsbl_reply.h \
 fcrdns/answer.h fcrdns/dnsbl.h base/addr.h conf/conf.h fcrdns/resolver.h \
 fcrdns/tally.h fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/dnsbl_reply.c -o $@

$(B)/obj/fcrdns/dnsbls.o: fcrdns/dnsbls.c fcrdns/dnsbls.h fcrdns/dnsbl.h \
 base/addr.h conf/conf.h base/clock.h fcrdns/dnsbl_health.h \
 fcrdns/dnsbl_reply.h fcrdns/answer.h fcrdns/fcrdns_conf.h \
 fcrdns/action.h lists/from.h fcrdns/iprev.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/log.h fcrdns/resolver.h \
 fcrdns/tally.h fcrdns/name.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/dnsbls.c -o $@

$(B)/obj/fcrdns/explain.o: fcrdns/explain.c fcrdns/explain.h base/addr.h \
 fcrdns/batch.h fcrdns/client.h fcrdns/iprev.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h \
 fcrdns/explain_lists.h fcrdns/fcrdns_conf.h fcrdns/action.h lists/from.h \
 conf/global.h conf/conf.h base/log.h fcrdns/known.h fcrdns/proto.h \
 lists/sets.h lists/lists_conf.h lists/set.h lists/ranges.h \
 fcrdns/verdict.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/explain.c -o $@

$(B)/obj/fcrdns/explain_lists.o: fcrdns/explain_lists.c \
 fcrdns/explain_lists.h fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h \
 conf/conf.h fcrdns/dnsbl.h lists/from.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/explain_lists.c -o $@

$(B)/obj/fcrdns/fcrdns.o: fcrdns/fcrdns.c base/addr.h fcrdns/batch.h \
 conf/conf.h fcrdns/fcrdns_conf.h fcrdns/action.h fcrdns/dnsbl.h \
 lists/from.h fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h base/line.h base/log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/fcrdns.c -o $@

$(B)/obj/fcrdns/fcrdns_conf.o: fcrdns/fcrdns_conf.c conf/directive.h \
 conf/print.h conf/words.h conf/conf.h conf/errors.h conf/macro.h \
 conf/tree.h fcrdns/dnsbl_conf.h fcrdns/dnsbl.h base/addr.h conf/conf.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h lists/from.h base/rx.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/fcrdns_conf.c -o $@

$(B)/obj/fcrdns/fcrdnsd.o: fcrdns/fcrdnsd.c conf/conf.h fcrdns/conns.h \
 conf/daemon.h conf/conf.h fcrdns/dnsbls.h fcrdns/dnsbl.h base/addr.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h lists/from.h conf/global.h \
 base/log.h fcrdns/inquiries.h fcrdns/iprev.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/jail.h fcrdns/proto.h \
 fcrdns/resolver.h fcrdns/tally.h fcrdns/name.h fcrdns/server.h \
 lists/set.h lists/ranges.h lists/set_watch.h lists/set.h lists/sets.h \
 lists/lists_conf.h base/sock.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/fcrdnsd.c -o $@

$(B)/obj/fcrdns/health.o: fcrdns/health.c fcrdns/health.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/health.c -o $@

$(B)/obj/fcrdns/inquiries.o: fcrdns/inquiries.c fcrdns/inquiries.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h fcrdns/cache.h base/clock.h \
 fcrdns/dnsbls.h fcrdns/fcrdns_conf.h fcrdns/action.h lists/from.h \
 fcrdns/health.h fcrdns/inquiry.h fcrdns/known.h base/line.h base/log.h \
 fcrdns/resolver.h fcrdns/tally.h fcrdns/name.h fcrdns/table.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/inquiries.c -o $@

$(B)/obj/fcrdns/inquiry.o: fcrdns/inquiry.c fcrdns/inquiry.h base/addr.h \
 fcrdns/answer.h base/clock.h fcrdns/dnsbl.h conf/conf.h fcrdns/dnsbls.h \
 fcrdns/inquiry_lists.h fcrdns/resolver.h fcrdns/tally.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/inquiry.c -o $@

$(B)/obj/fcrdns/inquiry_lists.o: fcrdns/inquiry_lists.c \
 fcrdns/inquiry_lists.h fcrdns/dnsbl_reply.h fcrdns/answer.h \
 fcrdns/dnsbl.h base/addr.h conf/conf.h fcrdns/dnsbls.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h fcrdns/resolver.h \
 fcrdns/tally.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/inquiry_lists.c -o $@

$(B)/obj/fcrdns/iprev.o: fcrdns/iprev.c fcrdns/iprev.h base/addr.h \
 fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/iprev.c -o $@

$(B)/obj/fcrdns/known.o: fcrdns/known.c fcrdns/known.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h \
 fcrdns/dnsbl.h lists/from.h fcrdns/iprev.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h lists/sets.h lists/lists_conf.h \
 lists/set.h lists/ranges.h fcrdns/verdict.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/known.c -o $@

$(B)/obj/fcrdns/known_open.o: fcrdns/known_open.c conf/global.h \
 conf/conf.h base/log.h fcrdns/known.h lists/lists_conf.h base/addr.h \
 conf/conf.h firewall/firewall.h lists/offence.h lists/set_file.h \
 base/stamp.h lists/sets.h lists/lists_conf.h lists/set.h lists/ranges.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/known_open.c -o $@

$(B)/obj/fcrdns/name.o: fcrdns/name.c fcrdns/name.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/name.c -o $@

$(B)/obj/fcrdns/proto.o: fcrdns/proto.c fcrdns/proto.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h fcrdns/name.h fcrdns/proto_text.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/proto.c -o $@

$(B)/obj/fcrdns/proto_text.o: fcrdns/proto_text.c fcrdns/proto_text.h \
 fcrdns/dnsbl.h base/addr.h conf/conf.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/proto_text.c -o $@

$(B)/obj/fcrdns/reach.o: fcrdns/reach.c fcrdns/reach.h base/addr.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/reach.c -o $@

$(B)/obj/fcrdns/resolver.o: fcrdns/resolver.c fcrdns/resolver.h \
 fcrdns/tally.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h fcrdns/name.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h lists/from.h base/log.h \
 fcrdns/reach.h fcrdns/resolver_log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/resolver.c -o $@

$(B)/obj/fcrdns/resolver_log.o: fcrdns/resolver_log.c \
 fcrdns/resolver_log.h base/clock.h fcrdns/dnsbl.h base/addr.h \
 conf/conf.h base/log.h fcrdns/resolver.h fcrdns/tally.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/resolver_log.c -o $@

$(B)/obj/fcrdns/server.o: fcrdns/server.c fcrdns/server.h fcrdns/conns.h \
 base/log.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/server.c -o $@

$(B)/obj/fcrdns/table.o: fcrdns/table.c fcrdns/table.h base/addr.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/table.c -o $@

$(B)/obj/fcrdns/tally.o: fcrdns/tally.c fcrdns/tally.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h fcrdns/name.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/tally.c -o $@

$(B)/obj/fcrdns/verdict.o: fcrdns/verdict.c fcrdns/verdict.h \
 fcrdns/action.h conf/conf.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h \
 fcrdns/fcrdns_conf.h lists/from.h base/rx.h
	@mkdir -p $(B)/obj/fcrdns
	$(CC) $(CFLAGS_ALL) -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c fcrdns/verdict.c -o $@

FCRDNS_OBJS = $(B)/obj/fcrdns/action.o $(B)/obj/fcrdns/answer.o $(B)/obj/fcrdns/batch.o $(B)/obj/fcrdns/cache.o $(B)/obj/fcrdns/client.o $(B)/obj/fcrdns/conns.o $(B)/obj/fcrdns/dnsbl.o $(B)/obj/fcrdns/dnsbl_health.o $(B)/obj/fcrdns/dnsbl_reply.o $(B)/obj/fcrdns/dnsbls.o $(B)/obj/fcrdns/explain.o $(B)/obj/fcrdns/explain_lists.o $(B)/obj/fcrdns/health.o $(B)/obj/fcrdns/inquiries.o $(B)/obj/fcrdns/inquiry.o $(B)/obj/fcrdns/inquiry_lists.o $(B)/obj/fcrdns/iprev.o $(B)/obj/fcrdns/known.o $(B)/obj/fcrdns/known_open.o $(B)/obj/fcrdns/name.o $(B)/obj/fcrdns/proto.o $(B)/obj/fcrdns/proto_text.o $(B)/obj/fcrdns/reach.o $(B)/obj/fcrdns/resolver.o $(B)/obj/fcrdns/resolver_log.o $(B)/obj/fcrdns/server.o $(B)/obj/fcrdns/table.o $(B)/obj/fcrdns/tally.o $(B)/obj/fcrdns/verdict.o

$(B)/obj/milter/ar.o: milter/ar.c milter/ar.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/ar.c -o $@

$(B)/obj/milter/ar_build.o: milter/ar_build.c milter/ar.h fcrdns/dnsbl.h \
 base/addr.h conf/conf.h fcrdns/fcrdns_conf.h fcrdns/action.h \
 fcrdns/dnsbl.h lists/from.h milter/fold.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/ar_build.c -o $@

$(B)/obj/milter/asking.o: milter/asking.c milter/asking.h fcrdns/client.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h fcrdns/fcrdns_conf.h fcrdns/action.h \
 lists/from.h milter/milter_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/asking.c -o $@

$(B)/obj/milter/counts.o: milter/counts.c milter/counts.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/counts.c -o $@

$(B)/obj/milter/exempt.o: milter/exempt.c milter/session.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h milter/token.h fcrdns/verdict.h \
 fcrdns/action.h fcrdns/iprev.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/exempt.c -o $@

$(B)/obj/milter/fold.o: milter/fold.c milter/fold.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/fold.c -o $@

$(B)/obj/milter/headers.o: milter/headers.c milter/ar.h milter/headers.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/headers.c -o $@

$(B)/obj/milter/listener.o: milter/listener.c milter/listener.h \
 base/log.h base/sock.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/listener.c -o $@

$(B)/obj/milter/mf.o: milter/mf.c milter/ar.h milter/asking.h \
 fcrdns/client.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h base/clock.h \
 milter/counts.h milter/fold.h milter/listener.h base/log.h milter/mf.h \
 milter/milter_conf.h milter/reply.h fcrdns/verdict.h fcrdns/action.h \
 milter/visit.h milter/headers.h milter/session.h fcrdns/iprev.h \
 milter/token.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/mf.c -o $@

$(B)/obj/milter/milter_conf.o: milter/milter_conf.c conf/directive.h \
 conf/print.h conf/words.h conf/conf.h conf/errors.h conf/macro.h \
 conf/tree.h milter/milter_conf.h base/addr.h conf/conf.h conf/nearest.h \
 conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/milter_conf.c -o $@

$(B)/obj/milter/nat.o: milter/nat.c milter/nat.h base/addr.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/nat.c -o $@

$(B)/obj/milter/notice.o: milter/notice.c base/addr.h base/clock.h \
 base/log.h milter/nat.h milter/notice.h lists/teller.h lists/offence.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/notice.c -o $@

$(B)/obj/milter/postern-milter.o: milter/postern-milter.c milter/asking.h \
 fcrdns/client.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h milter/counts.h \
 conf/daemon.h conf/conf.h conf/global.h base/log.h base/jail.h \
 milter/mf.h milter/milter_conf.h milter/notice.h lists/offence.h \
 fcrdns/proto.h milter/settings.h base/sock.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/postern-milter.c -o $@

$(B)/obj/milter/record.o: milter/record.c fcrdns/dnsbl.h base/addr.h \
 conf/conf.h base/line.h milter/milter_conf.h milter/session.h \
 fcrdns/iprev.h fcrdns/dnsbl.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h milter/token.h fcrdns/verdict.h fcrdns/action.h \
 fcrdns/iprev.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/record.c -o $@

$(B)/obj/milter/reply.o: milter/reply.c milter/reply.h fcrdns/verdict.h \
 fcrdns/action.h conf/conf.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/reply.c -o $@

$(B)/obj/milter/session.o: milter/session.c lists/lists_conf.h \
 base/addr.h conf/conf.h firewall/firewall.h lists/offence.h \
 milter/milter_conf.h milter/reply.h fcrdns/verdict.h fcrdns/action.h \
 fcrdns/iprev.h fcrdns/dnsbl.h milter/session.h fcrdns/iprev.h \
 milter/token.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/session.c -o $@

$(B)/obj/milter/settings.o: milter/settings.c conf/conf.h \
 milter/settings.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/settings.c -o $@

$(B)/obj/milter/token.o: milter/token.c milter/token.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/token.c -o $@

$(B)/obj/milter/visit.o: milter/visit.c milter/asking.h fcrdns/client.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/clock.h milter/counts.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h lists/from.h base/line.h base/log.h \
 milter/milter_conf.h milter/notice.h milter/settings.h milter/visit.h \
 milter/headers.h milter/session.h fcrdns/iprev.h milter/token.h \
 fcrdns/verdict.h
	@mkdir -p $(B)/obj/milter
	$(CC) $(CFLAGS_ALL) -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c milter/visit.c -o $@

MILTER_OBJS = $(B)/obj/milter/ar.o $(B)/obj/milter/ar_build.o $(B)/obj/milter/asking.o $(B)/obj/milter/counts.o $(B)/obj/milter/exempt.o $(B)/obj/milter/fold.o $(B)/obj/milter/headers.o $(B)/obj/milter/listener.o $(B)/obj/milter/mf.o $(B)/obj/milter/nat.o $(B)/obj/milter/notice.o $(B)/obj/milter/record.o $(B)/obj/milter/reply.o $(B)/obj/milter/session.o $(B)/obj/milter/settings.o $(B)/obj/milter/token.o $(B)/obj/milter/visit.o

$(B)/obj/imapgate/allow.o: imapgate/allow.c imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h base/stamp.h imapgate/imapgate_conf.h base/line.h \
 base/log.h imapgate/me.h imapgate/operand.h imapgate/say.h \
 imapgate/verbs.h imapgate/wanted.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/allow.c -o $@

$(B)/obj/imapgate/commands.o: imapgate/commands.c imapgate/gate.h \
 conf/conf.h firewall/firewall.h base/addr.h imapgate/leases.h \
 imapgate/lease.h imapgate/store.h base/stamp.h imapgate/imapgate_conf.h \
 base/log.h imapgate/verbs.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/commands.c -o $@

$(B)/obj/imapgate/gate.o: imapgate/gate.c imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h base/stamp.h base/clock.h conf/global.h conf/conf.h \
 base/log.h imapgate/imapgate_conf.h imapgate/protect_file.h \
 imapgate/say.h imapgate/wanted.h base/xalloc.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/gate.c -o $@

$(B)/obj/imapgate/imapgate.o: imapgate/imapgate.c base/clock.h \
 conf/conf.h conf/global.h conf/conf.h base/log.h imapgate/lease.h \
 base/addr.h base/line.h conf/units.h imapgate/verbs.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/imapgate.c -o $@

$(B)/obj/imapgate/imapgate_conf.o: imapgate/imapgate_conf.c \
 imapgate/imapgate_conf.h base/addr.h conf/conf.h firewall/firewall.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h imapgate/lease.h lists/table_conf.h \
 conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/imapgate_conf.c -o $@

$(B)/obj/imapgate/lease.o: imapgate/lease.c imapgate/lease.h base/addr.h \
 base/date.h conf/lexer.h base/line.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/lease.c -o $@

$(B)/obj/imapgate/leases.o: imapgate/leases.c imapgate/leases.h \
 imapgate/lease.h base/addr.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/leases.c -o $@

$(B)/obj/imapgate/list.o: imapgate/list.c imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h base/stamp.h imapgate/imapgate_conf.h base/json.h \
 base/line.h imapgate/operand.h imapgate/verbs.h imapgate/wanted.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/list.c -o $@

$(B)/obj/imapgate/me.o: imapgate/me.c imapgate/me.h base/addr.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/me.c -o $@

$(B)/obj/imapgate/operand.o: imapgate/operand.c imapgate/operand.h \
 base/addr.h imapgate/imapgate_conf.h conf/conf.h firewall/firewall.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/operand.c -o $@

$(B)/obj/imapgate/protect_file.o: imapgate/protect_file.c \
 imapgate/protect_file.h lists/folder.h imapgate/gate.h conf/conf.h \
 firewall/firewall.h base/addr.h imapgate/leases.h imapgate/lease.h \
 imapgate/store.h base/stamp.h imapgate/imapgate_conf.h base/log.h \
 lists/protect.h lists/ranges.h imapgate/wanted.h base/whole.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/protect_file.c -o $@

$(B)/obj/imapgate/say.o: imapgate/say.c imapgate/say.h imapgate/gate.h \
 conf/conf.h firewall/firewall.h base/addr.h imapgate/leases.h \
 imapgate/lease.h imapgate/store.h base/stamp.h base/line.h base/log.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/say.c -o $@

$(B)/obj/imapgate/serve.o: imapgate/serve.c base/clock.h conf/daemon.h \
 conf/conf.h imapgate/gate.h conf/conf.h firewall/firewall.h base/addr.h \
 imapgate/leases.h imapgate/lease.h imapgate/store.h base/stamp.h \
 conf/global.h base/log.h imapgate/imapgate_conf.h imapgate/verbs.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/serve.c -o $@

$(B)/obj/imapgate/store.o: imapgate/store.c imapgate/store.h base/stamp.h \
 base/clock.h base/flock.h imapgate/leases.h imapgate/lease.h base/addr.h \
 base/log.h conf/state.h base/whole.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/store.c -o $@

$(B)/obj/imapgate/wanted.o: imapgate/wanted.c imapgate/wanted.h \
 firewall/firewall.h base/addr.h imapgate/imapgate_conf.h conf/conf.h \
 imapgate/leases.h imapgate/lease.h
	@mkdir -p $(B)/obj/imapgate
	$(CC) $(CFLAGS_ALL) -Iimapgate -Ilists -Ifirewall -Iconf -Ibase -c imapgate/wanted.c -o $@

IMAPGATE_OBJS = $(B)/obj/imapgate/allow.o $(B)/obj/imapgate/commands.o $(B)/obj/imapgate/gate.o $(B)/obj/imapgate/lease.o $(B)/obj/imapgate/leases.o $(B)/obj/imapgate/list.o $(B)/obj/imapgate/me.o $(B)/obj/imapgate/operand.o $(B)/obj/imapgate/protect_file.o $(B)/obj/imapgate/say.o $(B)/obj/imapgate/serve.o $(B)/obj/imapgate/store.o $(B)/obj/imapgate/wanted.o

$(B)/obj/edge/access.o: edge/access.c edge/access.h edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h edge/out.h edge/slice.h \
 edge/reason.h edge/access_text.h base/date.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/access.c -o $@

$(B)/obj/edge/access_conf.o: edge/access_conf.c edge/access_conf.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h edge/edge_conf.h base/addr.h conf/conf.h \
 lists/from.h lists/lists_conf.h firewall/firewall.h lists/offence.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/access_conf.c -o $@

$(B)/obj/edge/access_json.o: edge/access_json.c edge/access_text.h \
 edge/access.h edge/edge_conf.h base/addr.h conf/conf.h lists/from.h \
 edge/out.h edge/slice.h edge/reason.h base/date.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/access_json.c -o $@

$(B)/obj/edge/action_conf.o: edge/action_conf.c edge/action_conf.h \
 edge/board.h base/addr.h edge/reason.h conf/directive.h conf/print.h \
 conf/words.h conf/conf.h conf/errors.h conf/macro.h conf/tree.h \
 edge/edge_conf.h conf/conf.h lists/from.h edge/path_conf.h conf/units.h \
 edge/url_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/action_conf.c -o $@

$(B)/obj/edge/answer.o: edge/answer.c edge/board.h base/addr.h \
 edge/reason.h edge/exchange.h edge/deadline.h edge/edge_conf.h \
 conf/conf.h lists/from.h edge/h1.h edge/slice.h edge/head.h edge/out.h \
 edge/worker.h edge/bucket.h edge/route.h base/log.h edge/stream.h \
 edge/trailers.h edge/upstream.h edge/input.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/answer.c -o $@

$(B)/obj/edge/board.o: edge/board.c edge/board.h base/addr.h \
 edge/reason.h base/clock.h edge/crowd.h base/sip.h edge/edge_conf.h \
 conf/conf.h lists/from.h base/log.h base/shared.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/board.c -o $@

$(B)/obj/edge/bucket.o: edge/bucket.c edge/bucket.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/bucket.c -o $@

$(B)/obj/edge/cert.o: edge/cert.c edge/cert.h base/addr.h edge/tls_pem.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/cert.c -o $@

$(B)/obj/edge/crowd.o: edge/crowd.c edge/crowd.h base/addr.h edge/board.h \
 edge/reason.h base/sip.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/crowd.c -o $@

$(B)/obj/edge/deadline.o: edge/deadline.c edge/deadline.h base/clock.h \
 base/log.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/deadline.c -o $@

$(B)/obj/edge/edge_conf.o: edge/edge_conf.c edge/edge_conf.h base/addr.h \
 conf/conf.h lists/from.h edge/access_conf.h edge/board.h edge/reason.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h edge/h1.h edge/slice.h edge/path_conf.h \
 edge/site_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/edge_conf.c -o $@

$(B)/obj/edge/exchange.o: edge/exchange.c edge/exchange.h base/addr.h \
 edge/deadline.h edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h \
 edge/slice.h edge/head.h edge/out.h edge/reason.h edge/worker.h \
 edge/bucket.h edge/route.h edge/board.h base/clock.h base/log.h \
 edge/record.h lists/sets.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h lists/set.h lists/ranges.h edge/stream.h edge/upstream.h \
 edge/input.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/exchange.c -o $@

$(B)/obj/edge/figures.o: edge/figures.c edge/figures.h edge/board.h \
 base/addr.h edge/reason.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/out.h edge/slice.h base/clock.h edge/watch.h edge/cert.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/figures.c -o $@

$(B)/obj/edge/forwarded.o: edge/forwarded.c edge/forwarded.h edge/h1.h \
 edge/slice.h edge/head.h base/addr.h edge/edge_conf.h conf/conf.h \
 lists/from.h edge/out.h edge/rules.h edge/lower.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/forwarded.c -o $@

$(B)/obj/edge/h1.o: edge/h1.c edge/h1.h edge/slice.h edge/h1_inner.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1.c -o $@

$(B)/obj/edge/h1_body.o: edge/h1_body.c edge/h1_side.h edge/h1_client.h \
 base/addr.h edge/deadline.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/h1.h edge/slice.h edge/input.h edge/stream.h edge/worker.h \
 edge/bucket.h edge/head.h edge/out.h edge/route.h edge/reason.h \
 edge/exchange.h base/log.h edge/trailers.h edge/upstream.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_body.c -o $@

$(B)/obj/edge/h1_chunks.o: edge/h1_chunks.c edge/h1.h edge/slice.h \
 base/hex.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_chunks.c -o $@

$(B)/obj/edge/h1_fields.o: edge/h1_fields.c edge/h1_inner.h edge/h1.h \
 edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_fields.c -o $@

$(B)/obj/edge/h1_framing.o: edge/h1_framing.c edge/h1_inner.h edge/h1.h \
 edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_framing.c -o $@

$(B)/obj/edge/h1_host.o: edge/h1_host.c base/addr.h edge/h1_inner.h \
 edge/h1.h edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_host.c -o $@

$(B)/obj/edge/h1_name.o: edge/h1_name.c edge/h1_inner.h edge/h1.h \
 edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_name.c -o $@

$(B)/obj/edge/h1_request.o: edge/h1_request.c edge/h1_inner.h edge/h1.h \
 edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_request.c -o $@

$(B)/obj/edge/h1_response.o: edge/h1_response.c edge/h1_inner.h edge/h1.h \
 edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_response.c -o $@

$(B)/obj/edge/h1_side.o: edge/h1_side.c edge/h1_client.h base/addr.h \
 edge/deadline.h edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h \
 edge/slice.h edge/input.h edge/stream.h edge/worker.h edge/bucket.h \
 edge/head.h edge/out.h edge/route.h edge/reason.h edge/board.h \
 base/clock.h edge/exchange.h edge/h1_side.h base/log.h edge/tls.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/h1_side.c -o $@

$(B)/obj/edge/head_answer.o: edge/head_answer.c edge/head.h base/addr.h \
 edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h edge/slice.h \
 edge/out.h base/date.h edge/rules.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/head_answer.c -o $@

$(B)/obj/edge/head_request.o: edge/head_request.c edge/head.h base/addr.h \
 edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h edge/slice.h \
 edge/out.h edge/forwarded.h edge/rules.h edge/lower.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/head_request.c -o $@

$(B)/obj/edge/head_words.o: edge/head_words.c edge/head.h base/addr.h \
 edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h edge/slice.h \
 edge/out.h base/date.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/head_words.c -o $@

$(B)/obj/edge/header_conf.o: edge/header_conf.c edge/header_conf.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h edge/edge_conf.h base/addr.h conf/conf.h \
 lists/from.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/header_conf.c -o $@

$(B)/obj/edge/input.o: edge/input.c edge/input.h edge/stream.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/input.c -o $@

$(B)/obj/edge/listen.o: edge/listen.c edge/listen.h edge/worker.h \
 edge/bucket.h edge/edge_conf.h base/addr.h conf/conf.h lists/from.h \
 edge/h1.h edge/slice.h edge/head.h edge/out.h edge/route.h edge/reason.h \
 edge/board.h edge/h1_client.h edge/deadline.h edge/input.h edge/stream.h \
 conf/daemon.h conf/conf.h base/log.h edge/offences.h lists/offence.h \
 lists/sets.h lists/lists_conf.h firewall/firewall.h lists/offence.h \
 lists/set.h lists/ranges.h edge/upstream.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/listen.c -o $@

$(B)/obj/edge/locate.o: edge/locate.c edge/locate.h edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h edge/slice.h edge/path.h \
 edge/route.h edge/h1.h edge/reason.h base/rx.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/locate.c -o $@

$(B)/obj/edge/location_conf.o: edge/location_conf.c edge/access_conf.h \
 edge/action_conf.h conf/directive.h conf/print.h conf/words.h \
 conf/conf.h conf/errors.h conf/macro.h conf/tree.h edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h edge/header_conf.h base/rx.h \
 edge/site_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/location_conf.c -o $@

$(B)/obj/edge/logfile.o: edge/logfile.c edge/logfile.h edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h edge/board.h edge/reason.h \
 base/clock.h base/log.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/logfile.c -o $@

$(B)/obj/edge/metrics.o: edge/metrics.c edge/metrics.h edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h base/log.h edge/prometheus.h \
 edge/figures.h edge/board.h edge/reason.h edge/out.h edge/slice.h \
 base/sock.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/metrics.c -o $@

$(B)/obj/edge/names_conf.o: edge/names_conf.c base/addr.h \
 conf/directive.h conf/print.h conf/words.h conf/conf.h conf/errors.h \
 conf/macro.h conf/tree.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/site_conf.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/names_conf.c -o $@

$(B)/obj/edge/offence_order.o: edge/offence_order.c edge/offence_order.h \
 base/addr.h lists/offence.h edge/orders.h conf/daemon.h conf/conf.h \
 base/wire.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/offence_order.c -o $@

$(B)/obj/edge/offences.o: edge/offences.c edge/offences.h base/addr.h \
 lists/offence.h edge/worker.h edge/bucket.h edge/edge_conf.h conf/conf.h \
 lists/from.h edge/h1.h edge/slice.h edge/head.h edge/out.h edge/route.h \
 edge/reason.h edge/board.h conf/daemon.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h edge/offence_order.h base/wire.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/offences.c -o $@

$(B)/obj/edge/orders.o: edge/orders.c edge/orders.h conf/daemon.h \
 conf/conf.h edge/board.h base/addr.h edge/reason.h base/log.h \
 edge/logfile.h edge/edge_conf.h conf/conf.h lists/from.h edge/pieces.h \
 edge/worker.h edge/bucket.h edge/h1.h edge/slice.h edge/head.h \
 edge/out.h edge/route.h edge/tls.h edge/upstream.h edge/deadline.h \
 edge/input.h edge/stream.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/orders.c -o $@

$(B)/obj/edge/out.o: edge/out.c edge/out.h edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/out.c -o $@

$(B)/obj/edge/own.o: edge/own.c edge/exchange.h base/addr.h \
 edge/deadline.h edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h \
 edge/slice.h edge/head.h edge/out.h edge/reason.h edge/worker.h \
 edge/bucket.h edge/route.h edge/page.h edge/stream.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/own.c -o $@

$(B)/obj/edge/page.o: edge/page.c edge/page.h edge/out.h edge/slice.h \
 base/date.h edge/head.h base/addr.h edge/edge_conf.h conf/conf.h \
 lists/from.h edge/h1.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/page.c -o $@

$(B)/obj/edge/parent_files.o: edge/parent_files.c edge/parent_files.h \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/board.h \
 edge/reason.h conf/daemon.h conf/conf.h base/log.h edge/orders.h \
 base/whole.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/parent_files.c -o $@

$(B)/obj/edge/parent_front.o: edge/parent_front.c edge/parent_front.h \
 conf/daemon.h conf/conf.h edge/board.h base/addr.h edge/reason.h \
 base/clock.h edge/edge_conf.h conf/conf.h lists/from.h edge/figures.h \
 edge/out.h edge/slice.h base/line.h base/log.h edge/metrics.h \
 edge/orders.h edge/parent_files.h edge/parent_lists.h \
 edge/parent_tickets.h edge/tls.h edge/prometheus.h base/sock.h \
 edge/status.h edge/watch.h edge/cert.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/parent_front.c -o $@

$(B)/obj/edge/parent_lists.o: edge/parent_lists.c edge/parent_lists.h \
 edge/board.h base/addr.h edge/reason.h conf/daemon.h conf/conf.h \
 conf/global.h base/log.h edge/offence_order.h lists/offence.h \
 lists/set_watch.h lists/set.h lists/ranges.h lists/teller.h \
 lists/offence.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/parent_lists.c -o $@

$(B)/obj/edge/parent_tickets.o: edge/parent_tickets.c \
 edge/parent_tickets.h edge/tls.h edge/edge_conf.h base/addr.h \
 conf/conf.h lists/from.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/parent_tickets.c -o $@

$(B)/obj/edge/path.o: edge/path.c edge/path.h edge/slice.h base/hex.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/path.c -o $@

$(B)/obj/edge/path_conf.o: edge/path_conf.c edge/path_conf.h conf/words.h \
 conf/conf.h conf/errors.h conf/macro.h conf/tree.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/path_conf.c -o $@

$(B)/obj/edge/postern-edge.o: edge/postern-edge.c edge/board.h \
 base/addr.h edge/reason.h conf/daemon.h conf/conf.h edge/parent_front.h \
 edge/worker.h edge/bucket.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/h1.h edge/slice.h edge/head.h edge/out.h edge/route.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/postern-edge.c -o $@

$(B)/obj/edge/prometheus.o: edge/prometheus.c edge/prometheus.h \
 edge/figures.h edge/board.h base/addr.h edge/reason.h edge/edge_conf.h \
 conf/conf.h lists/from.h edge/out.h edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/prometheus.c -o $@

$(B)/obj/edge/reason.o: edge/reason.c edge/reason.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/reason.c -o $@

$(B)/obj/edge/record.o: edge/record.c edge/record.h edge/exchange.h \
 base/addr.h edge/deadline.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/h1.h edge/slice.h edge/head.h edge/out.h edge/reason.h \
 edge/worker.h edge/bucket.h edge/route.h edge/access.h edge/board.h \
 edge/logfile.h edge/offences.h lists/offence.h edge/tls.h \
 edge/upstream.h edge/input.h edge/stream.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/record.c -o $@

$(B)/obj/edge/redirect.o: edge/redirect.c edge/redirect.h edge/out.h \
 edge/slice.h base/rx.h edge/lower.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/redirect.c -o $@

$(B)/obj/edge/route.o: edge/route.c edge/route.h base/addr.h \
 edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h edge/slice.h \
 edge/reason.h edge/locate.h edge/lower.h edge/out.h edge/path.h \
 edge/redirect.h base/rx.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/route.c -o $@

$(B)/obj/edge/rules.o: edge/rules.c edge/rules.h edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h edge/out.h edge/slice.h \
 edge/lower.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/rules.c -o $@

$(B)/obj/edge/site_conf.o: edge/site_conf.c edge/site_conf.h \
 edge/access_conf.h edge/action_conf.h conf/directive.h conf/print.h \
 conf/words.h conf/conf.h conf/errors.h conf/macro.h conf/tree.h \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/header_conf.h \
 edge/path_conf.h conf/units.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/site_conf.c -o $@

$(B)/obj/edge/slice.o: edge/slice.c edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/slice.c -o $@

$(B)/obj/edge/status.o: edge/status.c edge/status.h edge/figures.h \
 edge/board.h base/addr.h edge/reason.h edge/edge_conf.h conf/conf.h \
 lists/from.h edge/out.h edge/slice.h base/line.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/status.c -o $@

$(B)/obj/edge/stream.o: edge/stream.c edge/stream.h edge/stream_tls.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/stream.c -o $@

$(B)/obj/edge/stream_tls.o: edge/stream_tls.c edge/stream_tls.h \
 edge/stream.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/stream_tls.c -o $@

$(B)/obj/edge/tls.o: edge/tls.c edge/tls.h edge/edge_conf.h base/addr.h \
 conf/conf.h lists/from.h base/log.h edge/route.h edge/h1.h edge/slice.h \
 edge/reason.h edge/tls_hello.h edge/tls_pem.h edge/tls_ticket.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/tls.c -o $@

$(B)/obj/edge/tls_hello.o: edge/tls_hello.c edge/tls_hello.h edge/slice.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/tls_hello.c -o $@

$(B)/obj/edge/tls_pem.o: edge/tls_pem.c edge/tls_pem.h edge/cert.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/tls_pem.c -o $@

$(B)/obj/edge/tls_ticket.o: edge/tls_ticket.c edge/tls_ticket.h \
 edge/tls.h edge/edge_conf.h base/addr.h conf/conf.h lists/from.h \
 base/log.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/tls_ticket.c -o $@

$(B)/obj/edge/trailers.o: edge/trailers.c edge/trailers.h edge/h1.h \
 edge/slice.h edge/out.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/trailers.c -o $@

$(B)/obj/edge/tunnel.o: edge/tunnel.c edge/board.h base/addr.h \
 edge/reason.h edge/exchange.h edge/deadline.h edge/edge_conf.h \
 conf/conf.h lists/from.h edge/h1.h edge/slice.h edge/head.h edge/out.h \
 edge/worker.h edge/bucket.h edge/route.h lists/sets.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h lists/set.h lists/ranges.h \
 edge/stream.h edge/upstream.h edge/input.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/tunnel.c -o $@

$(B)/obj/edge/up_server.o: edge/up_server.c edge/up_server.h \
 edge/upstream.h edge/deadline.h edge/edge_conf.h base/addr.h conf/conf.h \
 lists/from.h edge/input.h edge/stream.h edge/worker.h edge/bucket.h \
 edge/h1.h edge/slice.h edge/head.h edge/out.h edge/route.h edge/reason.h \
 conf/daemon.h conf/conf.h edge/exchange.h base/log.h edge/orders.h \
 base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/up_server.c -o $@

$(B)/obj/edge/upstream.o: edge/upstream.c edge/upstream.h edge/deadline.h \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/input.h \
 edge/stream.h edge/worker.h edge/bucket.h edge/h1.h edge/slice.h \
 edge/head.h edge/out.h edge/route.h edge/reason.h edge/board.h \
 base/clock.h edge/exchange.h base/log.h edge/up_server.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/upstream.c -o $@

$(B)/obj/edge/url_conf.o: edge/url_conf.c edge/url_conf.h conf/nearest.h \
 conf/words.h conf/conf.h conf/errors.h conf/macro.h conf/tree.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/url_conf.c -o $@

$(B)/obj/edge/watch.o: edge/watch.c edge/watch.h edge/cert.h base/clock.h \
 conf/conf.h conf/daemon.h conf/conf.h edge/edge_conf.h base/addr.h \
 lists/from.h base/log.h edge/orders.h edge/watch_file.h \
 edge/watch_kept.h edge/watch_pair.h base/stamp.h base/wire.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/watch.c -o $@

$(B)/obj/edge/watch_file.o: edge/watch_file.c edge/watch_file.h \
 edge/cert.h base/whole.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/watch_file.c -o $@

$(B)/obj/edge/watch_kept.o: edge/watch_kept.c edge/watch_kept.h \
 base/clock.h conf/daemon.h conf/conf.h edge/edge_conf.h base/addr.h \
 conf/conf.h lists/from.h edge/watch_pair.h edge/cert.h base/stamp.h \
 edge/watch_file.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/watch_kept.c -o $@

$(B)/obj/edge/watch_pair.o: edge/watch_pair.c edge/watch_pair.h \
 edge/cert.h base/stamp.h edge/watch_file.h edge/edge_conf.h base/addr.h \
 conf/conf.h lists/from.h base/log.h edge/watch.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/watch_pair.c -o $@

$(B)/obj/edge/worker.o: edge/worker.c edge/worker.h edge/bucket.h \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/h1.h \
 edge/slice.h edge/head.h edge/out.h edge/route.h edge/reason.h \
 edge/board.h edge/h1_client.h edge/deadline.h edge/input.h edge/stream.h \
 base/clock.h conf/daemon.h conf/conf.h edge/exchange.h conf/global.h \
 base/log.h base/jail.h edge/listen.h edge/logfile.h edge/orders.h \
 edge/pieces.h lists/set_watch.h lists/set.h lists/ranges.h lists/sets.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h edge/tls.h \
 edge/upstream.h base/wire.h base/xalloc.h
	@mkdir -p $(B)/obj/edge
	$(CC) $(CFLAGS_ALL) -Iedge -Ilists -Ifirewall -Iconf -Ibase -c edge/worker.c -o $@

EDGE_OBJS = $(B)/obj/edge/access.o $(B)/obj/edge/access_json.o $(B)/obj/edge/answer.o $(B)/obj/edge/board.o $(B)/obj/edge/bucket.o $(B)/obj/edge/cert.o $(B)/obj/edge/crowd.o $(B)/obj/edge/deadline.o $(B)/obj/edge/exchange.o $(B)/obj/edge/figures.o $(B)/obj/edge/forwarded.o $(B)/obj/edge/h1.o $(B)/obj/edge/h1_body.o $(B)/obj/edge/h1_chunks.o $(B)/obj/edge/h1_fields.o $(B)/obj/edge/h1_framing.o $(B)/obj/edge/h1_host.o $(B)/obj/edge/h1_name.o $(B)/obj/edge/h1_request.o $(B)/obj/edge/h1_response.o $(B)/obj/edge/h1_side.o $(B)/obj/edge/head_answer.o $(B)/obj/edge/head_request.o $(B)/obj/edge/head_words.o $(B)/obj/edge/input.o $(B)/obj/edge/listen.o $(B)/obj/edge/locate.o $(B)/obj/edge/logfile.o $(B)/obj/edge/metrics.o $(B)/obj/edge/offence_order.o $(B)/obj/edge/offences.o $(B)/obj/edge/orders.o $(B)/obj/edge/out.o $(B)/obj/edge/own.o $(B)/obj/edge/page.o $(B)/obj/edge/parent_files.o $(B)/obj/edge/parent_front.o $(B)/obj/edge/parent_lists.o $(B)/obj/edge/parent_tickets.o $(B)/obj/edge/path.o $(B)/obj/edge/prometheus.o $(B)/obj/edge/reason.o $(B)/obj/edge/record.o $(B)/obj/edge/redirect.o $(B)/obj/edge/route.o $(B)/obj/edge/rules.o $(B)/obj/edge/slice.o $(B)/obj/edge/status.o $(B)/obj/edge/stream.o $(B)/obj/edge/stream_tls.o $(B)/obj/edge/tls.o $(B)/obj/edge/tls_hello.o $(B)/obj/edge/tls_pem.o $(B)/obj/edge/tls_ticket.o $(B)/obj/edge/trailers.o $(B)/obj/edge/tunnel.o $(B)/obj/edge/up_server.o $(B)/obj/edge/upstream.o $(B)/obj/edge/watch.o $(B)/obj/edge/watch_file.o $(B)/obj/edge/watch_kept.o $(B)/obj/edge/watch_pair.o $(B)/obj/edge/worker.o

$(B)/obj/postern/ban.o: postern/ban.c postern/ban.h base/addr.h \
 lists/ban_line.h lists/bans.h lists/ranges.h conf/conf.h base/date.h \
 lists/folder.h lists/journal.h base/json.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/log.h lists/protect.h \
 conf/units.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/ban.c -o $@

$(B)/obj/postern/check.o: postern/check.c base/addr.h postern/check.h \
 edge/edge_conf.h conf/conf.h lists/from.h fcrdns/fcrdns_conf.h \
 fcrdns/action.h fcrdns/dnsbl.h conf/global.h conf/conf.h base/log.h \
 imapgate/imapgate_conf.h firewall/firewall.h lists/lists_conf.h \
 lists/offence.h milter/milter_conf.h conf/units.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/check.c -o $@

$(B)/obj/postern/comers.o: postern/comers.c postern/comers.h base/addr.h \
 base/xalloc.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/comers.c -o $@

$(B)/obj/postern/explain_token.o: postern/explain_token.c fcrdns/action.h \
 postern/explain_token.h base/line.h base/log.h postern/logline.h \
 postern/logopen.h milter/token.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/explain_token.c -o $@

$(B)/obj/postern/lists.o: postern/lists.c postern/lists.h base/clock.h \
 conf/conf.h postern/lists_verb.h lists/folder.h lists/lists_conf.h \
 base/addr.h firewall/firewall.h lists/offence.h lists/ranges.h \
 lists/set.h lists/ranges.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h base/log.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists.c -o $@

$(B)/obj/postern/lists_accept.o: postern/lists_accept.c base/json.h \
 postern/lists_verb.h lists/folder.h lists/lists_conf.h base/addr.h \
 conf/conf.h firewall/firewall.h lists/offence.h lists/ranges.h \
 lists/set.h lists/ranges.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h base/log.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_accept.c -o $@

$(B)/obj/postern/lists_diff.o: postern/lists_diff.c base/json.h \
 postern/lists_verb.h lists/folder.h lists/lists_conf.h base/addr.h \
 conf/conf.h firewall/firewall.h lists/offence.h lists/ranges.h \
 lists/set.h lists/ranges.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h base/log.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_diff.c -o $@

$(B)/obj/postern/lists_lint.o: postern/lists_lint.c lists/guard.h \
 lists/feed.h lists/ranges.h base/addr.h base/json.h postern/lists_verb.h \
 lists/folder.h lists/lists_conf.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/ranges.h lists/set.h lists/source.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h base/log.h lists/unpack.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_lint.c -o $@

$(B)/obj/postern/lists_look.o: postern/lists_look.c conf/global.h \
 conf/conf.h base/log.h lists/journal.h lists/bans.h base/addr.h \
 lists/ranges.h base/line.h postern/lists_verb.h lists/folder.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/ranges.h lists/set.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_look.c -o $@

$(B)/obj/postern/lists_ranges.o: postern/lists_ranges.c lists/bans.h \
 base/addr.h lists/ranges.h base/json.h base/line.h postern/lists_verb.h \
 lists/folder.h lists/lists_conf.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/ranges.h lists/set.h lists/source.h lists/feed.h \
 lists/folder.h lists/lists_conf.h lists/meta.h lists/set.h base/log.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_ranges.c -o $@

$(B)/obj/postern/lists_say.o: postern/lists_say.c base/date.h \
 postern/lists_verb.h lists/folder.h lists/lists_conf.h base/addr.h \
 conf/conf.h firewall/firewall.h lists/offence.h lists/ranges.h \
 lists/set.h lists/ranges.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_say.c -o $@

$(B)/obj/postern/lists_show.o: postern/lists_show.c lists/bans.h \
 base/addr.h lists/ranges.h base/json.h postern/lists_verb.h \
 lists/folder.h lists/lists_conf.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/ranges.h lists/set.h lists/source.h lists/feed.h \
 lists/folder.h lists/lists_conf.h lists/meta.h lists/set.h \
 lists/protect.h lists/round.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_show.c -o $@

$(B)/obj/postern/lists_test.o: postern/lists_test.c lists/bans.h \
 base/addr.h lists/ranges.h base/json.h base/line.h postern/lists_verb.h \
 lists/folder.h lists/lists_conf.h conf/conf.h firewall/firewall.h \
 lists/offence.h lists/ranges.h lists/set.h lists/source.h lists/feed.h \
 lists/folder.h lists/lists_conf.h lists/meta.h lists/set.h base/log.h \
 lists/protect.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_test.c -o $@

$(B)/obj/postern/lists_update.o: postern/lists_update.c \
 postern/lists_verb.h lists/folder.h lists/lists_conf.h base/addr.h \
 conf/conf.h firewall/firewall.h lists/offence.h lists/ranges.h \
 lists/set.h lists/ranges.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h base/log.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/lists_update.c -o $@

$(B)/obj/postern/logline.o: postern/logline.c postern/logline.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/logline.c -o $@

$(B)/obj/postern/logopen.o: postern/logopen.c postern/logopen.h \
 base/log.h lists/unpack.h base/xalloc.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/logopen.c -o $@

$(B)/obj/postern/maillog.o: postern/maillog.c postern/maillog.h \
 base/addr.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/maillog.c -o $@

$(B)/obj/postern/postern.o: postern/postern.c base/addr.h postern/ban.h \
 postern/check.h conf/conf.h fcrdns/explain.h postern/explain_token.h \
 conf/global.h conf/conf.h base/log.h postern/lists.h postern/rehearse.h \
 postern/talk.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/postern.c -o $@

$(B)/obj/postern/rehearsal.o: postern/rehearsal.c postern/rehearsal.h \
 base/addr.h fcrdns/verdict.h fcrdns/action.h conf/conf.h fcrdns/iprev.h \
 fcrdns/dnsbl.h lists/lists_conf.h firewall/firewall.h lists/offence.h \
 base/json.h base/line.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/rehearsal.c -o $@

$(B)/obj/postern/rehearse.o: postern/rehearse.c postern/rehearse.h \
 fcrdns/batch.h postern/comers.h base/addr.h conf/conf.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h fcrdns/dnsbl.h lists/from.h \
 fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h lists/offence.h \
 fcrdns/known.h base/log.h postern/logline.h postern/logopen.h \
 postern/maillog.h postern/rehearsal.h fcrdns/verdict.h fcrdns/iprev.h \
 lists/sets.h lists/lists_conf.h lists/set.h lists/ranges.h base/xalloc.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/rehearse.c -o $@

$(B)/obj/postern/talk.o: postern/talk.c base/sock.h postern/talk.h
	@mkdir -p $(B)/obj/postern
	$(CC) $(CFLAGS_ALL) -Ipostern -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -c postern/talk.c -o $@

POSTERN_OBJS = $(B)/obj/postern/ban.o $(B)/obj/postern/check.o $(B)/obj/postern/comers.o $(B)/obj/postern/explain_token.o $(B)/obj/postern/lists.o $(B)/obj/postern/lists_accept.o $(B)/obj/postern/lists_diff.o $(B)/obj/postern/lists_lint.o $(B)/obj/postern/lists_look.o $(B)/obj/postern/lists_ranges.o $(B)/obj/postern/lists_say.o $(B)/obj/postern/lists_show.o $(B)/obj/postern/lists_test.o $(B)/obj/postern/lists_update.o $(B)/obj/postern/logline.o $(B)/obj/postern/logopen.o $(B)/obj/postern/maillog.o $(B)/obj/postern/rehearsal.o $(B)/obj/postern/rehearse.o $(B)/obj/postern/talk.o

$(B)/obj/tests/unit/access_test.o: tests/unit/access_test.c edge/access.h \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/out.h \
 edge/slice.h edge/reason.h base/rx.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/access_test.c -o $@

$(B)/obj/tests/unit/addr_test.o: tests/unit/addr_test.c base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/addr_test.c -o $@

$(B)/obj/tests/unit/answer_test.o: tests/unit/answer_test.c base/addr.h \
 fcrdns/answer.h fcrdns/name.h fcrdns/iprev.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/answer_test.c -o $@

$(B)/obj/tests/unit/ar_test.o: tests/unit/ar_test.c milter/ar.h \
 tests/unit/ar_lines.h fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h \
 conf/conf.h fcrdns/dnsbl.h lists/from.h milter/fold.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/ar_test.c -o $@

$(B)/obj/tests/unit/ban_line_test.o: tests/unit/ban_line_test.c \
 lists/ban_line.h base/addr.h lists/bans.h lists/ranges.h base/crc32c.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/ban_line_test.c -o $@

$(B)/obj/tests/unit/bans_review_test.o: tests/unit/bans_review_test.c \
 base/clock.h tests/unit/journal_lab.h lists/ban_line.h base/addr.h \
 lists/bans.h lists/ranges.h lists/bans.h lists/folder.h lists/journal.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/bans_review_test.c -o $@

$(B)/obj/tests/unit/bans_test.o: tests/unit/bans_test.c lists/ban_line.h \
 base/addr.h lists/bans.h lists/ranges.h lists/ban_plan.h \
 lists/ban_line.h lists/bans.h lists/ranges.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/bans_test.c -o $@

$(B)/obj/tests/unit/board_test.o: tests/unit/board_test.c base/addr.h \
 edge/board.h edge/reason.h edge/edge_conf.h conf/conf.h lists/from.h \
 base/log.h base/shared.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/board_test.c -o $@

$(B)/obj/tests/unit/bucket_test.o: tests/unit/bucket_test.c edge/bucket.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/bucket_test.c -o $@

$(B)/obj/tests/unit/cache_test.o: tests/unit/cache_test.c fcrdns/cache.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/cache_test.c -o $@

$(B)/obj/tests/unit/cert_test.o: tests/unit/cert_test.c edge/cert.h \
 tests/unit/make_cert.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/cert_test.c -o $@

$(B)/obj/tests/unit/client_test.o: tests/unit/client_test.c \
 fcrdns/client.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/client_test.c -o $@

$(B)/obj/tests/unit/clock_test.o: tests/unit/clock_test.c base/clock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/clock_test.c -o $@

$(B)/obj/tests/unit/conf_test.o: tests/unit/conf_test.c conf/blocks.h \
 conf/conf.h conf/directive.h conf/print.h conf/words.h conf/conf.h \
 conf/errors.h conf/macro.h conf/tree.h fcrdns/fcrdns_conf.h \
 fcrdns/action.h base/addr.h fcrdns/dnsbl.h lists/from.h conf/global.h \
 base/log.h milter/milter_conf.h base/rx.h conf/units.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/conf_test.c -o $@

$(B)/obj/tests/unit/counting_test.o: tests/unit/counting_test.c \
 lists/counting.h base/addr.h lists/offence.h lists/lists_conf.h \
 conf/conf.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/counting_test.c -o $@

$(B)/obj/tests/unit/crc32c_test.o: tests/unit/crc32c_test.c base/crc32c.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/crc32c_test.c -o $@

$(B)/obj/tests/unit/crowd_test.o: tests/unit/crowd_test.c base/addr.h \
 edge/crowd.h edge/board.h edge/reason.h base/sip.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/crowd_test.c -o $@

$(B)/obj/tests/unit/daemon_crowd_test.o: tests/unit/daemon_crowd_test.c \
 tests/unit/crowd_lab.h tests/unit/crowd_child.h base/addr.h conf/conf.h \
 conf/daemon.h conf/conf.h base/log.h tests/unit/moment.h base/wire.h \
 base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/daemon_crowd_test.c -o $@

$(B)/obj/tests/unit/daemon_test.o: tests/unit/daemon_test.c \
 tests/unit/hostile.h conf/conf.h conf/daemon.h conf/conf.h conf/global.h \
 base/log.h tests/unit/moment.h base/wire.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/daemon_test.c -o $@

$(B)/obj/tests/unit/date_test.o: tests/unit/date_test.c base/date.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/date_test.c -o $@

$(B)/obj/tests/unit/deadline_test.o: tests/unit/deadline_test.c \
 base/clock.h edge/deadline.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/deadline_test.c -o $@

$(B)/obj/tests/unit/dnsbl_review_test.o: tests/unit/dnsbl_review_test.c \
 base/log.h fcrdns/resolver.h fcrdns/tally.h fcrdns/iprev.h base/addr.h \
 fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h fcrdns/name.h fcrdns/resolver_log.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/dnsbl_review_test.c -o $@

$(B)/obj/tests/unit/dnsbl_test.o: tests/unit/dnsbl_test.c fcrdns/dnsbl.h \
 base/addr.h conf/conf.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/dnsbl_test.c -o $@

$(B)/obj/tests/unit/dnsbls_test.o: tests/unit/dnsbls_test.c \
 fcrdns/dnsbl_health.h fcrdns/dnsbl.h base/addr.h conf/conf.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/dnsbls_test.c -o $@

$(B)/obj/tests/unit/dnswl_test.o: tests/unit/dnswl_test.c milter/ar.h \
 tests/unit/ar_lines.h fcrdns/dnsbl.h base/addr.h conf/conf.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h fcrdns/dnsbl.h lists/from.h \
 fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/dnswl_test.c -o $@

$(B)/obj/tests/unit/edge_conf_test.o: tests/unit/edge_conf_test.c \
 tests/unit/conf_lab.h conf/conf.h edge/edge_conf.h base/addr.h \
 lists/from.h tests/unit/members_lab.h base/rx.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/edge_conf_test.c -o $@

$(B)/obj/tests/unit/explain_token_test.o: tests/unit/explain_token_test.c \
 postern/explain_token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/explain_token_test.c -o $@

$(B)/obj/tests/unit/feed_line_test.o: tests/unit/feed_line_test.c \
 tests/unit/feed_lab.h lists/feed.h lists/ranges.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/feed_line_test.c -o $@

$(B)/obj/tests/unit/feed_test.o: tests/unit/feed_test.c \
 tests/unit/feed_lab.h lists/feed.h lists/ranges.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/feed_test.c -o $@

$(B)/obj/tests/unit/firewall_none_test.o: tests/unit/firewall_none_test.c \
 firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/firewall_none_test.c -o $@

$(B)/obj/tests/unit/firewall_set_test.o: tests/unit/firewall_set_test.c \
 firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/firewall_set_test.c -o $@

$(B)/obj/tests/unit/folder_test.o: tests/unit/folder_test.c \
 tests/unit/source_lab.h tests/unit/conf_lab.h conf/conf.h lists/feed.h \
 lists/ranges.h base/addr.h lists/folder.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/log.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/folder_test.c -o $@

$(B)/obj/tests/unit/guard_test.o: tests/unit/guard_test.c lists/guard.h \
 lists/feed.h lists/ranges.h base/addr.h lists/special.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/guard_test.c -o $@

$(B)/obj/tests/unit/h1_chunks_test.o: tests/unit/h1_chunks_test.c \
 edge/h1.h edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/h1_chunks_test.c -o $@

$(B)/obj/tests/unit/h1_refuse_test.o: tests/unit/h1_refuse_test.c \
 edge/h1.h edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/h1_refuse_test.c -o $@

$(B)/obj/tests/unit/h1_request_test.o: tests/unit/h1_request_test.c \
 edge/h1.h edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/h1_request_test.c -o $@

$(B)/obj/tests/unit/h1_response_test.o: tests/unit/h1_response_test.c \
 edge/h1.h edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/h1_response_test.c -o $@

$(B)/obj/tests/unit/h1_scan_test.o: tests/unit/h1_scan_test.c edge/h1.h \
 edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/h1_scan_test.c -o $@

$(B)/obj/tests/unit/head_answer_test.o: tests/unit/head_answer_test.c \
 edge/head.h base/addr.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/h1.h edge/slice.h edge/out.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/head_answer_test.c -o $@

$(B)/obj/tests/unit/head_request_test.o: tests/unit/head_request_test.c \
 edge/head.h base/addr.h edge/edge_conf.h conf/conf.h lists/from.h \
 edge/h1.h edge/slice.h edge/out.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/head_request_test.c -o $@

$(B)/obj/tests/unit/headers_test.o: tests/unit/headers_test.c \
 milter/headers.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/headers_test.c -o $@

$(B)/obj/tests/unit/health_test.o: tests/unit/health_test.c \
 fcrdns/health.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/health_test.c -o $@

$(B)/obj/tests/unit/imapgate_conf_test.o: tests/unit/imapgate_conf_test.c \
 tests/unit/conf_lab.h conf/conf.h firewall/firewall.h base/addr.h \
 imapgate/imapgate_conf.h imapgate/leases.h imapgate/lease.h \
 imapgate/operand.h imapgate/wanted.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/imapgate_conf_test.c -o $@

$(B)/obj/tests/unit/inquiry_test.o: tests/unit/inquiry_test.c \
 fcrdns/tally.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h fcrdns/name.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/inquiry_test.c -o $@

$(B)/obj/tests/unit/iprev_test.o: tests/unit/iprev_test.c fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/iprev_test.c -o $@

$(B)/obj/tests/unit/jail_enter_test.o: tests/unit/jail_enter_test.c \
 tests/unit/jail_lab.h base/jail.h base/log.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/jail_enter_test.c -o $@

$(B)/obj/tests/unit/jail_test.o: tests/unit/jail_test.c \
 tests/unit/jail_lab.h base/jail.h base/log.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/jail_test.c -o $@

$(B)/obj/tests/unit/journal_kill_test.o: tests/unit/journal_kill_test.c \
 base/clock.h tests/unit/journal_lab.h lists/ban_line.h base/addr.h \
 lists/bans.h lists/ranges.h lists/bans.h lists/folder.h lists/journal.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/set.h base/log.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/journal_kill_test.c -o $@

$(B)/obj/tests/unit/journal_test.o: tests/unit/journal_test.c \
 base/clock.h tests/unit/journal_lab.h lists/ban_line.h base/addr.h \
 lists/bans.h lists/ranges.h lists/bans.h lists/folder.h lists/journal.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/set.h base/log.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/journal_test.c -o $@

$(B)/obj/tests/unit/json_test.o: tests/unit/json_test.c base/json.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/json_test.c -o $@

$(B)/obj/tests/unit/kept_test.o: tests/unit/kept_test.c conf/kept.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/kept_test.c -o $@

$(B)/obj/tests/unit/lease_test.o: tests/unit/lease_test.c \
 imapgate/lease.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/lease_test.c -o $@

$(B)/obj/tests/unit/leases_test.o: tests/unit/leases_test.c \
 imapgate/leases.h imapgate/lease.h base/addr.h base/log.h \
 imapgate/store.h base/stamp.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/leases_test.c -o $@

$(B)/obj/tests/unit/lexer_test.o: tests/unit/lexer_test.c conf/lexer.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/lexer_test.c -o $@

$(B)/obj/tests/unit/line_test.o: tests/unit/line_test.c base/line.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/line_test.c -o $@

$(B)/obj/tests/unit/list_union_test.o: tests/unit/list_union_test.c \
 tests/unit/source_stage.h lists/source.h lists/feed.h lists/ranges.h \
 base/addr.h lists/folder.h lists/lists_conf.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/meta.h lists/set.h \
 tests/unit/source_lab.h tests/unit/conf_lab.h lists/feed.h \
 lists/folder.h lists/lists_conf.h base/log.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/list_union_test.c -o $@

$(B)/obj/tests/unit/lists_review_test.o: tests/unit/lists_review_test.c \
 conf/global.h conf/conf.h base/log.h lists/guard.h lists/feed.h \
 lists/ranges.h base/addr.h lists/mirror.h lists/mirror_load.h \
 firewall/firewall.h lists/lists_conf.h conf/conf.h lists/offence.h \
 lists/protect.h tests/unit/source_lab.h tests/unit/conf_lab.h \
 lists/feed.h lists/folder.h lists/lists_conf.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/lists_review_test.c -o $@

$(B)/obj/tests/unit/lists_say_test.o: tests/unit/lists_say_test.c \
 postern/lists_verb.h lists/folder.h lists/lists_conf.h base/addr.h \
 conf/conf.h firewall/firewall.h lists/offence.h lists/ranges.h \
 lists/set.h lists/ranges.h lists/source.h lists/feed.h lists/folder.h \
 lists/lists_conf.h lists/meta.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/lists_say_test.c -o $@

$(B)/obj/tests/unit/log_test.o: tests/unit/log_test.c base/log.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/log_test.c -o $@

$(B)/obj/tests/unit/logfile_test.o: tests/unit/logfile_test.c \
 edge/board.h base/addr.h edge/reason.h base/clock.h base/log.h \
 edge/logfile.h edge/edge_conf.h conf/conf.h lists/from.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/logfile_test.c -o $@

$(B)/obj/tests/unit/maillog_test.o: tests/unit/maillog_test.c \
 postern/maillog.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/maillog_test.c -o $@

$(B)/obj/tests/unit/me_test.o: tests/unit/me_test.c imapgate/me.h \
 base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/me_test.c -o $@

$(B)/obj/tests/unit/meta_test.o: tests/unit/meta_test.c lists/meta.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/meta_test.c -o $@

$(B)/obj/tests/unit/metrics_test.o: tests/unit/metrics_test.c base/addr.h \
 edge/edge_conf.h conf/conf.h lists/from.h base/log.h edge/metrics.h \
 edge/edge_conf.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/metrics_test.c -o $@

$(B)/obj/tests/unit/mirror_busy_test.o: tests/unit/mirror_busy_test.c \
 tests/unit/mirror_lab.h tests/unit/set_lab.h base/addr.h lists/ranges.h \
 lists/set.h lists/ranges.h base/clock.h tests/unit/conf_lab.h \
 conf/conf.h tests/unit/log_lab.h base/log.h lists/mirror.h \
 lists/mirror_load.h firewall/firewall.h lists/lists_conf.h \
 lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/mirror_busy_test.c -o $@

$(B)/obj/tests/unit/mirror_test.o: tests/unit/mirror_test.c \
 tests/unit/mirror_lab.h tests/unit/set_lab.h base/addr.h lists/ranges.h \
 lists/set.h lists/ranges.h base/clock.h tests/unit/conf_lab.h \
 conf/conf.h tests/unit/log_lab.h base/log.h lists/mirror.h \
 lists/mirror_load.h firewall/firewall.h lists/lists_conf.h \
 lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/mirror_test.c -o $@

$(B)/obj/tests/unit/name_test.o: tests/unit/name_test.c fcrdns/name.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/name_test.c -o $@

$(B)/obj/tests/unit/nat_test.o: tests/unit/nat_test.c milter/nat.h \
 base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nat_test.c -o $@

$(B)/obj/tests/unit/nearest_test.o: tests/unit/nearest_test.c \
 conf/nearest.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nearest_test.c -o $@

$(B)/obj/tests/unit/nft_json_test.o: tests/unit/nft_json_test.c \
 firewall/nft_examine.h firewall/backend.h firewall/firewall.h \
 base/addr.h firewall/nft_json.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nft_json_test.c -o $@

$(B)/obj/tests/unit/nft_text_test.o: tests/unit/nft_text_test.c \
 firewall/nft_text.h firewall/backend.h firewall/firewall.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/nft_text_test.c -o $@

$(B)/obj/tests/unit/offence_order_test.o: tests/unit/offence_order_test.c \
 edge/offence_order.h base/addr.h lists/offence.h edge/orders.h \
 conf/daemon.h conf/conf.h base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/offence_order_test.c -o $@

$(B)/obj/tests/unit/offence_test.o: tests/unit/offence_test.c \
 lists/offence.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/offence_test.c -o $@

$(B)/obj/tests/unit/out_test.o: tests/unit/out_test.c edge/out.h \
 edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/out_test.c -o $@

$(B)/obj/tests/unit/page_test.o: tests/unit/page_test.c edge/head.h \
 base/addr.h edge/edge_conf.h conf/conf.h lists/from.h edge/h1.h \
 edge/slice.h edge/out.h edge/page.h edge/reason.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/page_test.c -o $@

$(B)/obj/tests/unit/parent_tickets_test.o: \
 tests/unit/parent_tickets_test.c edge/orders.h conf/daemon.h conf/conf.h \
 edge/parent_files.h edge/edge_conf.h base/addr.h conf/conf.h \
 lists/from.h edge/parent_front.h edge/parent_tickets.h edge/tls.h \
 base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/parent_tickets_test.c -o $@

$(B)/obj/tests/unit/path_test.o: tests/unit/path_test.c edge/path.h \
 edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/path_test.c -o $@

$(B)/obj/tests/unit/pf_follow_test.o: tests/unit/pf_follow_test.c \
 firewall/firewall.h base/addr.h firewall/pf_parse.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/pf_follow_test.c -o $@

$(B)/obj/tests/unit/pf_parse_test.o: tests/unit/pf_parse_test.c \
 firewall/firewall.h base/addr.h firewall/pf_parse.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/pf_parse_test.c -o $@

$(B)/obj/tests/unit/prefix_test.o: tests/unit/prefix_test.c base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/prefix_test.c -o $@

$(B)/obj/tests/unit/prometheus_test.o: tests/unit/prometheus_test.c \
 edge/figures.h edge/board.h base/addr.h edge/reason.h edge/edge_conf.h \
 conf/conf.h lists/from.h edge/out.h edge/slice.h edge/out.h \
 edge/prometheus.h edge/figures.h edge/status.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/prometheus_test.c -o $@

$(B)/obj/tests/unit/protect_test.o: tests/unit/protect_test.c \
 base/clock.h tests/unit/conf_lab.h conf/conf.h base/log.h \
 lists/machine.h base/addr.h lists/protect.h lists/ranges.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/protect_test.c -o $@

$(B)/obj/tests/unit/proto_test.o: tests/unit/proto_test.c fcrdns/proto.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/proto_test.c -o $@

$(B)/obj/tests/unit/ranges_test.o: tests/unit/ranges_test.c \
 lists/ranges.h base/addr.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/ranges_test.c -o $@

$(B)/obj/tests/unit/rehearse_test.o: tests/unit/rehearse_test.c \
 postern/comers.h base/addr.h conf/conf.h postern/rehearsal.h \
 fcrdns/verdict.h fcrdns/action.h fcrdns/iprev.h fcrdns/dnsbl.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h \
 postern/rehearse.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/rehearse_test.c -o $@

$(B)/obj/tests/unit/reply_test.o: tests/unit/reply_test.c milter/reply.h \
 fcrdns/verdict.h fcrdns/action.h conf/conf.h fcrdns/iprev.h base/addr.h \
 fcrdns/dnsbl.h lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/reply_test.c -o $@

$(B)/obj/tests/unit/round_test.o: tests/unit/round_test.c base/clock.h \
 lists/fetch.h lists/round.h lists/folder.h lists/lists_conf.h \
 base/addr.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/source.h lists/feed.h lists/ranges.h lists/meta.h lists/set.h \
 tests/unit/source_lab.h tests/unit/conf_lab.h lists/feed.h \
 lists/folder.h lists/lists_conf.h base/log.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/round_test.c -o $@

$(B)/obj/tests/unit/route_access_test.o: tests/unit/route_access_test.c \
 tests/unit/route_lab.h tests/unit/conf_lab.h conf/conf.h \
 tests/unit/members_lab.h base/addr.h edge/redirect.h edge/out.h \
 edge/slice.h base/rx.h edge/route.h edge/edge_conf.h lists/from.h \
 edge/h1.h edge/reason.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/route_access_test.c -o $@

$(B)/obj/tests/unit/route_test.o: tests/unit/route_test.c \
 tests/unit/route_lab.h tests/unit/conf_lab.h conf/conf.h \
 tests/unit/members_lab.h base/addr.h edge/redirect.h edge/out.h \
 edge/slice.h base/rx.h edge/route.h edge/edge_conf.h lists/from.h \
 edge/h1.h edge/reason.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/route_test.c -o $@

$(B)/obj/tests/unit/rx_test.o: tests/unit/rx_test.c base/log.h base/rx.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/rx_test.c -o $@

$(B)/obj/tests/unit/session_lists_test.o: tests/unit/session_lists_test.c \
 base/line.h tests/unit/session_stage.h fcrdns/dnsbl.h base/addr.h \
 conf/conf.h fcrdns/fcrdns_conf.h fcrdns/action.h fcrdns/dnsbl.h \
 lists/from.h milter/milter_conf.h milter/reply.h fcrdns/verdict.h \
 fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h lists/offence.h \
 milter/session.h fcrdns/iprev.h milter/token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/session_lists_test.c -o $@

$(B)/obj/tests/unit/session_test.o: tests/unit/session_test.c base/line.h \
 tests/unit/session_stage.h fcrdns/dnsbl.h base/addr.h conf/conf.h \
 fcrdns/fcrdns_conf.h fcrdns/action.h fcrdns/dnsbl.h lists/from.h \
 milter/milter_conf.h milter/reply.h fcrdns/verdict.h fcrdns/iprev.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h milter/session.h \
 fcrdns/iprev.h milter/token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/session_test.c -o $@

$(B)/obj/tests/unit/set_guard_test.o: tests/unit/set_guard_test.c \
 base/jail.h lists/set_inner.h lists/ranges.h base/addr.h lists/set.h \
 tests/unit/set_lab.h lists/ranges.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/set_guard_test.c -o $@

$(B)/obj/tests/unit/set_test.o: tests/unit/set_test.c base/crc32c.h \
 lists/set_inner.h lists/ranges.h base/addr.h lists/set.h \
 tests/unit/set_lab.h lists/ranges.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/set_test.c -o $@

$(B)/obj/tests/unit/set_watch_test.o: tests/unit/set_watch_test.c \
 tests/unit/set_lab.h base/addr.h lists/ranges.h lists/set.h \
 lists/ranges.h base/clock.h tests/unit/conf_lab.h conf/conf.h \
 conf/daemon.h conf/conf.h tests/unit/log_lab.h base/log.h \
 lists/set_watch.h lists/set.h lists/sets.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/set_watch_test.c -o $@

$(B)/obj/tests/unit/sets_test.o: tests/unit/sets_test.c \
 tests/unit/set_lab.h base/addr.h lists/ranges.h lists/set.h \
 lists/ranges.h lists/sets.h lists/lists_conf.h conf/conf.h \
 firewall/firewall.h lists/offence.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/sets_test.c -o $@

$(B)/obj/tests/unit/shared_test.o: tests/unit/shared_test.c base/log.h \
 base/shared.h base/sip.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/shared_test.c -o $@

$(B)/obj/tests/unit/sock_test.o: tests/unit/sock_test.c base/addr.h \
 base/log.h base/sock.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/sock_test.c -o $@

$(B)/obj/tests/unit/source_test.o: tests/unit/source_test.c \
 lists/source.h lists/feed.h lists/ranges.h base/addr.h lists/folder.h \
 lists/lists_conf.h conf/conf.h firewall/firewall.h lists/offence.h \
 lists/meta.h lists/set.h tests/unit/source_stage.h \
 tests/unit/source_lab.h tests/unit/conf_lab.h lists/feed.h \
 lists/folder.h lists/lists_conf.h base/log.h lists/set.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/source_test.c -o $@

$(B)/obj/tests/unit/stamp_test.o: tests/unit/stamp_test.c base/stamp.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/stamp_test.c -o $@

$(B)/obj/tests/unit/teller_test.o: tests/unit/teller_test.c base/addr.h \
 base/clock.h base/log.h base/sock.h lists/teller.h lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/teller_test.c -o $@

$(B)/obj/tests/unit/tls_hello_test.o: tests/unit/tls_hello_test.c \
 edge/slice.h edge/tls_hello.h edge/slice.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/tls_hello_test.c -o $@

$(B)/obj/tests/unit/tls_test.o: tests/unit/tls_test.c edge/edge_conf.h \
 base/addr.h conf/conf.h lists/from.h edge/tls.h edge/edge_conf.h \
 tests/unit/tls_talk.h base/log.h tests/unit/make_cert.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/tls_test.c -o $@

$(B)/obj/tests/unit/tls_ticket_test.o: tests/unit/tls_ticket_test.c \
 edge/tls.h edge/edge_conf.h base/addr.h conf/conf.h lists/from.h \
 tests/unit/tls_talk.h edge/edge_conf.h base/log.h tests/unit/make_cert.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/tls_ticket_test.c -o $@

$(B)/obj/tests/unit/token_test.o: tests/unit/token_test.c milter/token.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/token_test.c -o $@

$(B)/obj/tests/unit/tool_test.o: tests/unit/tool_test.c base/clock.h \
 firewall/tool.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/tool_test.c -o $@

$(B)/obj/tests/unit/units_test.o: tests/unit/units_test.c conf/units.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/units_test.c -o $@

$(B)/obj/tests/unit/unpack_test.o: tests/unit/unpack_test.c \
 lists/unpack.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/unpack_test.c -o $@

$(B)/obj/tests/unit/verdict_lists_test.o: tests/unit/verdict_lists_test.c \
 tests/unit/verdict_lab.h fcrdns/fcrdns_conf.h fcrdns/action.h \
 base/addr.h conf/conf.h fcrdns/dnsbl.h lists/from.h base/rx.h \
 fcrdns/verdict.h fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/verdict_lists_test.c -o $@

$(B)/obj/tests/unit/verdict_test.o: tests/unit/verdict_test.c \
 tests/unit/verdict_lab.h fcrdns/fcrdns_conf.h fcrdns/action.h \
 base/addr.h conf/conf.h fcrdns/dnsbl.h lists/from.h base/rx.h \
 fcrdns/verdict.h fcrdns/iprev.h lists/lists_conf.h firewall/firewall.h \
 lists/offence.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/verdict_test.c -o $@

$(B)/obj/tests/unit/watch_crowd_test.o: tests/unit/watch_crowd_test.c \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/watch.h \
 edge/cert.h tests/unit/watch_stage.h base/clock.h tests/unit/conf_lab.h \
 conf/daemon.h conf/conf.h base/log.h tests/unit/make_cert.h \
 edge/orders.h base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/watch_crowd_test.c -o $@

$(B)/obj/tests/unit/watch_test.o: tests/unit/watch_test.c base/clock.h \
 edge/edge_conf.h base/addr.h conf/conf.h lists/from.h edge/watch.h \
 edge/cert.h tests/unit/watch_stage.h tests/unit/conf_lab.h conf/daemon.h \
 conf/conf.h base/log.h tests/unit/make_cert.h edge/orders.h base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/watch_test.c -o $@

$(B)/obj/tests/unit/whole_test.o: tests/unit/whole_test.c base/whole.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/whole_test.c -o $@

$(B)/obj/tests/unit/wire_test.o: tests/unit/wire_test.c base/wire.h
	@mkdir -p $(B)/obj/tests/unit
	$(CC) $(CFLAGS_ALL) -Itests/unit -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/unit/wire_test.c -o $@

TESTS_UNIT_OBJS = $(B)/obj/tests/unit/access_test.o $(B)/obj/tests/unit/addr_test.o $(B)/obj/tests/unit/answer_test.o $(B)/obj/tests/unit/ar_test.o $(B)/obj/tests/unit/ban_line_test.o $(B)/obj/tests/unit/bans_review_test.o $(B)/obj/tests/unit/bans_test.o $(B)/obj/tests/unit/board_test.o $(B)/obj/tests/unit/bucket_test.o $(B)/obj/tests/unit/cache_test.o $(B)/obj/tests/unit/cert_test.o $(B)/obj/tests/unit/client_test.o $(B)/obj/tests/unit/clock_test.o $(B)/obj/tests/unit/conf_test.o $(B)/obj/tests/unit/counting_test.o $(B)/obj/tests/unit/crc32c_test.o $(B)/obj/tests/unit/crowd_test.o $(B)/obj/tests/unit/daemon_crowd_test.o $(B)/obj/tests/unit/daemon_test.o $(B)/obj/tests/unit/date_test.o $(B)/obj/tests/unit/deadline_test.o $(B)/obj/tests/unit/dnsbl_review_test.o $(B)/obj/tests/unit/dnsbl_test.o $(B)/obj/tests/unit/dnsbls_test.o $(B)/obj/tests/unit/dnswl_test.o $(B)/obj/tests/unit/edge_conf_test.o $(B)/obj/tests/unit/explain_token_test.o $(B)/obj/tests/unit/feed_line_test.o $(B)/obj/tests/unit/feed_test.o $(B)/obj/tests/unit/firewall_none_test.o $(B)/obj/tests/unit/firewall_set_test.o $(B)/obj/tests/unit/folder_test.o $(B)/obj/tests/unit/guard_test.o $(B)/obj/tests/unit/h1_chunks_test.o $(B)/obj/tests/unit/h1_refuse_test.o $(B)/obj/tests/unit/h1_request_test.o $(B)/obj/tests/unit/h1_response_test.o $(B)/obj/tests/unit/h1_scan_test.o $(B)/obj/tests/unit/head_answer_test.o $(B)/obj/tests/unit/head_request_test.o $(B)/obj/tests/unit/headers_test.o $(B)/obj/tests/unit/health_test.o $(B)/obj/tests/unit/imapgate_conf_test.o $(B)/obj/tests/unit/inquiry_test.o $(B)/obj/tests/unit/iprev_test.o $(B)/obj/tests/unit/jail_enter_test.o $(B)/obj/tests/unit/jail_test.o $(B)/obj/tests/unit/journal_kill_test.o $(B)/obj/tests/unit/journal_test.o $(B)/obj/tests/unit/json_test.o $(B)/obj/tests/unit/kept_test.o $(B)/obj/tests/unit/lease_test.o $(B)/obj/tests/unit/leases_test.o $(B)/obj/tests/unit/lexer_test.o $(B)/obj/tests/unit/line_test.o $(B)/obj/tests/unit/list_union_test.o $(B)/obj/tests/unit/lists_review_test.o $(B)/obj/tests/unit/lists_say_test.o $(B)/obj/tests/unit/log_test.o $(B)/obj/tests/unit/logfile_test.o $(B)/obj/tests/unit/maillog_test.o $(B)/obj/tests/unit/me_test.o $(B)/obj/tests/unit/meta_test.o $(B)/obj/tests/unit/metrics_test.o $(B)/obj/tests/unit/mirror_busy_test.o $(B)/obj/tests/unit/mirror_test.o $(B)/obj/tests/unit/name_test.o $(B)/obj/tests/unit/nat_test.o $(B)/obj/tests/unit/nearest_test.o $(B)/obj/tests/unit/nft_json_test.o $(B)/obj/tests/unit/nft_text_test.o $(B)/obj/tests/unit/offence_order_test.o $(B)/obj/tests/unit/offence_test.o $(B)/obj/tests/unit/out_test.o $(B)/obj/tests/unit/page_test.o $(B)/obj/tests/unit/parent_tickets_test.o $(B)/obj/tests/unit/path_test.o $(B)/obj/tests/unit/pf_follow_test.o $(B)/obj/tests/unit/pf_parse_test.o $(B)/obj/tests/unit/prefix_test.o $(B)/obj/tests/unit/prometheus_test.o $(B)/obj/tests/unit/protect_test.o $(B)/obj/tests/unit/proto_test.o $(B)/obj/tests/unit/ranges_test.o $(B)/obj/tests/unit/rehearse_test.o $(B)/obj/tests/unit/reply_test.o $(B)/obj/tests/unit/round_test.o $(B)/obj/tests/unit/route_access_test.o $(B)/obj/tests/unit/route_test.o $(B)/obj/tests/unit/rx_test.o $(B)/obj/tests/unit/session_lists_test.o $(B)/obj/tests/unit/session_test.o $(B)/obj/tests/unit/set_guard_test.o $(B)/obj/tests/unit/set_test.o $(B)/obj/tests/unit/set_watch_test.o $(B)/obj/tests/unit/sets_test.o $(B)/obj/tests/unit/shared_test.o $(B)/obj/tests/unit/sock_test.o $(B)/obj/tests/unit/source_test.o $(B)/obj/tests/unit/stamp_test.o $(B)/obj/tests/unit/teller_test.o $(B)/obj/tests/unit/tls_hello_test.o $(B)/obj/tests/unit/tls_test.o $(B)/obj/tests/unit/tls_ticket_test.o $(B)/obj/tests/unit/token_test.o $(B)/obj/tests/unit/tool_test.o $(B)/obj/tests/unit/units_test.o $(B)/obj/tests/unit/unpack_test.o $(B)/obj/tests/unit/verdict_lists_test.o $(B)/obj/tests/unit/verdict_test.o $(B)/obj/tests/unit/watch_crowd_test.o $(B)/obj/tests/unit/watch_test.o $(B)/obj/tests/unit/whole_test.o $(B)/obj/tests/unit/wire_test.o

$(B)/obj/tests/fuzz/answer_fuzz.o: tests/fuzz/answer_fuzz.c base/addr.h \
 fcrdns/answer.h fcrdns/dnsbl.h conf/conf.h fcrdns/name.h fcrdns/iprev.h \
 fcrdns/dnsbl.h lists/lists_conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/answer_fuzz.c -o $@

$(B)/obj/tests/fuzz/ar_fuzz.o: tests/fuzz/ar_fuzz.c milter/ar.h \
 milter/headers.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/ar_fuzz.c -o $@

$(B)/obj/tests/fuzz/conf_fuzz.o: tests/fuzz/conf_fuzz.c conf/conf.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/conf_fuzz.c -o $@

$(B)/obj/tests/fuzz/dnsbl_fuzz.o: tests/fuzz/dnsbl_fuzz.c fcrdns/dnsbl.h \
 base/addr.h conf/conf.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/dnsbl_fuzz.c -o $@

$(B)/obj/tests/fuzz/feed_fuzz.o: tests/fuzz/feed_fuzz.c lists/feed.h \
 lists/ranges.h base/addr.h lists/guard.h lists/feed.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/feed_fuzz.c -o $@

$(B)/obj/tests/fuzz/h1_chunks_fuzz.o: tests/fuzz/h1_chunks_fuzz.c \
 tests/fuzz/h1_fuzz.h edge/h1.h edge/slice.h edge/out.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/h1_chunks_fuzz.c -o $@

$(B)/obj/tests/fuzz/h1_request_fuzz.o: tests/fuzz/h1_request_fuzz.c \
 tests/fuzz/h1_fuzz.h edge/h1.h edge/slice.h edge/out.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/h1_request_fuzz.c -o $@

$(B)/obj/tests/fuzz/h1_response_fuzz.o: tests/fuzz/h1_response_fuzz.c \
 tests/fuzz/h1_fuzz.h edge/h1.h edge/slice.h edge/out.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/h1_response_fuzz.c -o $@

$(B)/obj/tests/fuzz/journal_fuzz.o: tests/fuzz/journal_fuzz.c \
 lists/ban_line.h base/addr.h lists/bans.h lists/ranges.h \
 lists/ban_plan.h lists/ban_line.h lists/bans.h base/crc32c.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/journal_fuzz.c -o $@

$(B)/obj/tests/fuzz/lease_fuzz.o: tests/fuzz/lease_fuzz.c \
 imapgate/leases.h imapgate/lease.h base/addr.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/lease_fuzz.c -o $@

$(B)/obj/tests/fuzz/maillog_fuzz.o: tests/fuzz/maillog_fuzz.c \
 postern/maillog.h base/addr.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/maillog_fuzz.c -o $@

$(B)/obj/tests/fuzz/name_fuzz.o: tests/fuzz/name_fuzz.c fcrdns/name.h \
 fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/name_fuzz.c -o $@

$(B)/obj/tests/fuzz/offence_fuzz.o: tests/fuzz/offence_fuzz.c \
 lists/counting.h base/addr.h lists/offence.h lists/lists_conf.h \
 conf/conf.h firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/offence_fuzz.c -o $@

$(B)/obj/tests/fuzz/path_fuzz.o: tests/fuzz/path_fuzz.c edge/path.h \
 edge/slice.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/path_fuzz.c -o $@

$(B)/obj/tests/fuzz/pfctl_fuzz.o: tests/fuzz/pfctl_fuzz.c \
 firewall/firewall.h base/addr.h firewall/pf_parse.h firewall/firewall.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/pfctl_fuzz.c -o $@

$(B)/obj/tests/fuzz/proto_answer_fuzz.o: tests/fuzz/proto_answer_fuzz.c \
 fcrdns/name.h fcrdns/iprev.h base/addr.h fcrdns/dnsbl.h conf/conf.h \
 lists/lists_conf.h firewall/firewall.h lists/offence.h fcrdns/proto.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/proto_answer_fuzz.c -o $@

$(B)/obj/tests/fuzz/proto_question_fuzz.o: \
 tests/fuzz/proto_question_fuzz.c fcrdns/proto.h fcrdns/iprev.h \
 base/addr.h fcrdns/dnsbl.h conf/conf.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/proto_question_fuzz.c -o $@

$(B)/obj/tests/fuzz/reply_fuzz.o: tests/fuzz/reply_fuzz.c \
 fcrdns/fcrdns_conf.h fcrdns/action.h base/addr.h conf/conf.h \
 fcrdns/dnsbl.h lists/from.h base/line.h milter/milter_conf.h \
 milter/reply.h fcrdns/verdict.h fcrdns/iprev.h lists/lists_conf.h \
 firewall/firewall.h lists/offence.h milter/session.h fcrdns/iprev.h \
 milter/token.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/reply_fuzz.c -o $@

$(B)/obj/tests/fuzz/set_fuzz.o: tests/fuzz/set_fuzz.c base/crc32c.h \
 lists/ranges.h base/addr.h lists/set.h lists/ranges.h lists/set_inner.h \
 lists/set.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/set_fuzz.c -o $@

$(B)/obj/tests/fuzz/unpack_fuzz.o: tests/fuzz/unpack_fuzz.c \
 lists/unpack.h
	@mkdir -p $(B)/obj/tests/fuzz
	$(CC) $(CFLAGS_ALL) -Itests/fuzz -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/fuzz/unpack_fuzz.c -o $@

TESTS_FUZZ_OBJS = $(B)/obj/tests/fuzz/answer_fuzz.o $(B)/obj/tests/fuzz/ar_fuzz.o $(B)/obj/tests/fuzz/conf_fuzz.o $(B)/obj/tests/fuzz/dnsbl_fuzz.o $(B)/obj/tests/fuzz/feed_fuzz.o $(B)/obj/tests/fuzz/h1_chunks_fuzz.o $(B)/obj/tests/fuzz/h1_request_fuzz.o $(B)/obj/tests/fuzz/h1_response_fuzz.o $(B)/obj/tests/fuzz/journal_fuzz.o $(B)/obj/tests/fuzz/lease_fuzz.o $(B)/obj/tests/fuzz/maillog_fuzz.o $(B)/obj/tests/fuzz/name_fuzz.o $(B)/obj/tests/fuzz/offence_fuzz.o $(B)/obj/tests/fuzz/path_fuzz.o $(B)/obj/tests/fuzz/pfctl_fuzz.o $(B)/obj/tests/fuzz/proto_answer_fuzz.o $(B)/obj/tests/fuzz/proto_question_fuzz.o $(B)/obj/tests/fuzz/reply_fuzz.o $(B)/obj/tests/fuzz/set_fuzz.o $(B)/obj/tests/fuzz/unpack_fuzz.o

$(B)/obj/tests/bench/accept_all.o: tests/bench/accept_all.c
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/accept_all.c -o $@

$(B)/obj/tests/bench/compile_bench.o: tests/bench/compile_bench.c \
 lists/feed.h lists/ranges.h base/addr.h lists/guard.h lists/feed.h \
 lists/set.h
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/compile_bench.c -o $@

$(B)/obj/tests/bench/edge_io.o: tests/bench/edge_io.c \
 tests/bench/edge_io.h
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/edge_io.c -o $@

$(B)/obj/tests/bench/edge_load.o: tests/bench/edge_load.c \
 tests/bench/edge_io.h
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/edge_load.c -o $@

$(B)/obj/tests/bench/fcrdns_load.o: tests/bench/fcrdns_load.c
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/fcrdns_load.c -o $@

$(B)/obj/tests/bench/milter_load.o: tests/bench/milter_load.c
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/milter_load.c -o $@

$(B)/obj/tests/bench/set_bench.o: tests/bench/set_bench.c base/addr.h \
 lists/ranges.h lists/set.h lists/ranges.h
	@mkdir -p $(B)/obj/tests/bench
	$(CC) $(CFLAGS_ALL) -Itests/bench -Iedge -Iimapgate -Imilter -Ifcrdns -Ilists -Ifirewall -Iconf -Ibase -Ipostern -c tests/bench/set_bench.c -o $@

TESTS_BENCH_OBJS = $(B)/obj/tests/bench/accept_all.o $(B)/obj/tests/bench/compile_bench.o $(B)/obj/tests/bench/edge_io.o $(B)/obj/tests/bench/edge_load.o $(B)/obj/tests/bench/fcrdns_load.o $(B)/obj/tests/bench/milter_load.o $(B)/obj/tests/bench/set_bench.o

$(B)/tests/unit/access_test: $(B)/obj/tests/unit/access_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/access_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/addr_test: $(B)/obj/tests/unit/addr_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/addr_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/answer_test: $(B)/obj/tests/unit/answer_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/answer_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/ar_test: $(B)/obj/tests/unit/ar_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/ar_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/ban_line_test: $(B)/obj/tests/unit/ban_line_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/ban_line_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/bans_review_test: $(B)/obj/tests/unit/bans_review_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/bans_review_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/bans_test: $(B)/obj/tests/unit/bans_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/bans_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/board_test: $(B)/obj/tests/unit/board_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/board_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/bucket_test: $(B)/obj/tests/unit/bucket_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/bucket_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/cache_test: $(B)/obj/tests/unit/cache_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/cache_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/cert_test: $(B)/obj/tests/unit/cert_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/cert_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/client_test: $(B)/obj/tests/unit/client_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/client_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/clock_test: $(B)/obj/tests/unit/clock_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/clock_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/conf_test: $(B)/obj/tests/unit/conf_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/conf_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/counting_test: $(B)/obj/tests/unit/counting_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/counting_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/crc32c_test: $(B)/obj/tests/unit/crc32c_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/crc32c_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/crowd_test: $(B)/obj/tests/unit/crowd_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/crowd_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/daemon_crowd_test: $(B)/obj/tests/unit/daemon_crowd_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/daemon_crowd_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/daemon_test: $(B)/obj/tests/unit/daemon_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/daemon_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/date_test: $(B)/obj/tests/unit/date_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/date_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/deadline_test: $(B)/obj/tests/unit/deadline_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/deadline_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/dnsbl_review_test: $(B)/obj/tests/unit/dnsbl_review_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/dnsbl_review_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/dnsbl_test: $(B)/obj/tests/unit/dnsbl_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/dnsbl_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/dnsbls_test: $(B)/obj/tests/unit/dnsbls_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/dnsbls_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/dnswl_test: $(B)/obj/tests/unit/dnswl_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/dnswl_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/edge_conf_test: $(B)/obj/tests/unit/edge_conf_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/edge_conf_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/explain_token_test: $(B)/obj/tests/unit/explain_token_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/explain_token_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/feed_line_test: $(B)/obj/tests/unit/feed_line_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/feed_line_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/feed_test: $(B)/obj/tests/unit/feed_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/feed_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/firewall_none_test: $(B)/obj/tests/unit/firewall_none_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/firewall_none_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/firewall_set_test: $(B)/obj/tests/unit/firewall_set_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/firewall_set_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/folder_test: $(B)/obj/tests/unit/folder_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/folder_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/guard_test: $(B)/obj/tests/unit/guard_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/guard_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/h1_chunks_test: $(B)/obj/tests/unit/h1_chunks_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/h1_chunks_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/h1_refuse_test: $(B)/obj/tests/unit/h1_refuse_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/h1_refuse_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/h1_request_test: $(B)/obj/tests/unit/h1_request_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/h1_request_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/h1_response_test: $(B)/obj/tests/unit/h1_response_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/h1_response_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/h1_scan_test: $(B)/obj/tests/unit/h1_scan_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/h1_scan_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/head_answer_test: $(B)/obj/tests/unit/head_answer_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/head_answer_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/head_request_test: $(B)/obj/tests/unit/head_request_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/head_request_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/headers_test: $(B)/obj/tests/unit/headers_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/headers_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/health_test: $(B)/obj/tests/unit/health_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/health_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/imapgate_conf_test: $(B)/obj/tests/unit/imapgate_conf_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/imapgate_conf_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/inquiry_test: $(B)/obj/tests/unit/inquiry_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/inquiry_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/iprev_test: $(B)/obj/tests/unit/iprev_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/iprev_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/jail_enter_test: $(B)/obj/tests/unit/jail_enter_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/jail_enter_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/jail_test: $(B)/obj/tests/unit/jail_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/jail_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/journal_kill_test: $(B)/obj/tests/unit/journal_kill_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/journal_kill_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/journal_test: $(B)/obj/tests/unit/journal_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/journal_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/json_test: $(B)/obj/tests/unit/json_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/json_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/kept_test: $(B)/obj/tests/unit/kept_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/kept_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/lease_test: $(B)/obj/tests/unit/lease_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/lease_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/leases_test: $(B)/obj/tests/unit/leases_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/leases_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/lexer_test: $(B)/obj/tests/unit/lexer_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/lexer_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/line_test: $(B)/obj/tests/unit/line_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/line_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/list_union_test: $(B)/obj/tests/unit/list_union_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/list_union_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/lists_review_test: $(B)/obj/tests/unit/lists_review_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/lists_review_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/lists_say_test: $(B)/obj/tests/unit/lists_say_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/lists_say_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/log_test: $(B)/obj/tests/unit/log_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/log_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/logfile_test: $(B)/obj/tests/unit/logfile_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/logfile_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/maillog_test: $(B)/obj/tests/unit/maillog_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/maillog_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/me_test: $(B)/obj/tests/unit/me_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/me_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/meta_test: $(B)/obj/tests/unit/meta_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/meta_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/metrics_test: $(B)/obj/tests/unit/metrics_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/metrics_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/mirror_busy_test: $(B)/obj/tests/unit/mirror_busy_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/mirror_busy_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/mirror_test: $(B)/obj/tests/unit/mirror_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/mirror_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/name_test: $(B)/obj/tests/unit/name_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/name_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nat_test: $(B)/obj/tests/unit/nat_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nat_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nearest_test: $(B)/obj/tests/unit/nearest_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nearest_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nft_json_test: $(B)/obj/tests/unit/nft_json_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nft_json_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/nft_text_test: $(B)/obj/tests/unit/nft_text_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/nft_text_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/offence_order_test: $(B)/obj/tests/unit/offence_order_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/offence_order_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/offence_test: $(B)/obj/tests/unit/offence_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/offence_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/out_test: $(B)/obj/tests/unit/out_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/out_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/page_test: $(B)/obj/tests/unit/page_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/page_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/parent_tickets_test: $(B)/obj/tests/unit/parent_tickets_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/parent_tickets_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/path_test: $(B)/obj/tests/unit/path_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/path_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/pf_follow_test: $(B)/obj/tests/unit/pf_follow_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/pf_follow_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/pf_parse_test: $(B)/obj/tests/unit/pf_parse_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/pf_parse_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/prefix_test: $(B)/obj/tests/unit/prefix_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/prefix_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/prometheus_test: $(B)/obj/tests/unit/prometheus_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/prometheus_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/protect_test: $(B)/obj/tests/unit/protect_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/protect_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/proto_test: $(B)/obj/tests/unit/proto_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/proto_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/ranges_test: $(B)/obj/tests/unit/ranges_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/ranges_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/rehearse_test: $(B)/obj/tests/unit/rehearse_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/rehearse_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/reply_test: $(B)/obj/tests/unit/reply_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/reply_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/round_test: $(B)/obj/tests/unit/round_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/round_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/route_access_test: $(B)/obj/tests/unit/route_access_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/route_access_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/route_test: $(B)/obj/tests/unit/route_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/route_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/rx_test: $(B)/obj/tests/unit/rx_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/rx_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/session_lists_test: $(B)/obj/tests/unit/session_lists_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/session_lists_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/session_test: $(B)/obj/tests/unit/session_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/session_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/set_guard_test: $(B)/obj/tests/unit/set_guard_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/set_guard_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/set_test: $(B)/obj/tests/unit/set_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/set_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/set_watch_test: $(B)/obj/tests/unit/set_watch_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/set_watch_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/sets_test: $(B)/obj/tests/unit/sets_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/sets_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/shared_test: $(B)/obj/tests/unit/shared_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/shared_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/sock_test: $(B)/obj/tests/unit/sock_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/sock_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/source_test: $(B)/obj/tests/unit/source_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/source_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/stamp_test: $(B)/obj/tests/unit/stamp_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/stamp_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/teller_test: $(B)/obj/tests/unit/teller_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/teller_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/tls_hello_test: $(B)/obj/tests/unit/tls_hello_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/tls_hello_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/tls_test: $(B)/obj/tests/unit/tls_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/tls_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/tls_ticket_test: $(B)/obj/tests/unit/tls_ticket_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/tls_ticket_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/token_test: $(B)/obj/tests/unit/token_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/token_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/tool_test: $(B)/obj/tests/unit/tool_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/tool_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/units_test: $(B)/obj/tests/unit/units_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/units_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/unpack_test: $(B)/obj/tests/unit/unpack_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/unpack_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/verdict_lists_test: $(B)/obj/tests/unit/verdict_lists_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/verdict_lists_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/verdict_test: $(B)/obj/tests/unit/verdict_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/verdict_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/watch_crowd_test: $(B)/obj/tests/unit/watch_crowd_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/watch_crowd_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/watch_test: $(B)/obj/tests/unit/watch_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/watch_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/whole_test: $(B)/obj/tests/unit/whole_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/whole_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

$(B)/tests/unit/wire_test: $(B)/obj/tests/unit/wire_test.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/unit
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/unit/wire_test.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(CMOCKA_LIBS)

UNIT_TESTS = $(B)/tests/unit/access_test $(B)/tests/unit/addr_test $(B)/tests/unit/answer_test $(B)/tests/unit/ar_test $(B)/tests/unit/ban_line_test $(B)/tests/unit/bans_review_test $(B)/tests/unit/bans_test $(B)/tests/unit/board_test $(B)/tests/unit/bucket_test $(B)/tests/unit/cache_test $(B)/tests/unit/cert_test $(B)/tests/unit/client_test $(B)/tests/unit/clock_test $(B)/tests/unit/conf_test $(B)/tests/unit/counting_test $(B)/tests/unit/crc32c_test $(B)/tests/unit/crowd_test $(B)/tests/unit/daemon_crowd_test $(B)/tests/unit/daemon_test $(B)/tests/unit/date_test $(B)/tests/unit/deadline_test $(B)/tests/unit/dnsbl_review_test $(B)/tests/unit/dnsbl_test $(B)/tests/unit/dnsbls_test $(B)/tests/unit/dnswl_test $(B)/tests/unit/edge_conf_test $(B)/tests/unit/explain_token_test $(B)/tests/unit/feed_line_test $(B)/tests/unit/feed_test $(B)/tests/unit/firewall_none_test $(B)/tests/unit/firewall_set_test $(B)/tests/unit/folder_test $(B)/tests/unit/guard_test $(B)/tests/unit/h1_chunks_test $(B)/tests/unit/h1_refuse_test $(B)/tests/unit/h1_request_test $(B)/tests/unit/h1_response_test $(B)/tests/unit/h1_scan_test $(B)/tests/unit/head_answer_test $(B)/tests/unit/head_request_test $(B)/tests/unit/headers_test $(B)/tests/unit/health_test $(B)/tests/unit/imapgate_conf_test $(B)/tests/unit/inquiry_test $(B)/tests/unit/iprev_test $(B)/tests/unit/jail_enter_test $(B)/tests/unit/jail_test $(B)/tests/unit/journal_kill_test $(B)/tests/unit/journal_test $(B)/tests/unit/json_test $(B)/tests/unit/kept_test $(B)/tests/unit/lease_test $(B)/tests/unit/leases_test $(B)/tests/unit/lexer_test $(B)/tests/unit/line_test $(B)/tests/unit/list_union_test $(B)/tests/unit/lists_review_test $(B)/tests/unit/lists_say_test $(B)/tests/unit/log_test $(B)/tests/unit/logfile_test $(B)/tests/unit/maillog_test $(B)/tests/unit/me_test $(B)/tests/unit/meta_test $(B)/tests/unit/metrics_test $(B)/tests/unit/mirror_busy_test $(B)/tests/unit/mirror_test $(B)/tests/unit/name_test $(B)/tests/unit/nat_test $(B)/tests/unit/nearest_test $(B)/tests/unit/nft_json_test $(B)/tests/unit/nft_text_test $(B)/tests/unit/offence_order_test $(B)/tests/unit/offence_test $(B)/tests/unit/out_test $(B)/tests/unit/page_test $(B)/tests/unit/parent_tickets_test $(B)/tests/unit/path_test $(B)/tests/unit/pf_follow_test $(B)/tests/unit/pf_parse_test $(B)/tests/unit/prefix_test $(B)/tests/unit/prometheus_test $(B)/tests/unit/protect_test $(B)/tests/unit/proto_test $(B)/tests/unit/ranges_test $(B)/tests/unit/rehearse_test $(B)/tests/unit/reply_test $(B)/tests/unit/round_test $(B)/tests/unit/route_access_test $(B)/tests/unit/route_test $(B)/tests/unit/rx_test $(B)/tests/unit/session_lists_test $(B)/tests/unit/session_test $(B)/tests/unit/set_guard_test $(B)/tests/unit/set_test $(B)/tests/unit/set_watch_test $(B)/tests/unit/sets_test $(B)/tests/unit/shared_test $(B)/tests/unit/sock_test $(B)/tests/unit/source_test $(B)/tests/unit/stamp_test $(B)/tests/unit/teller_test $(B)/tests/unit/tls_hello_test $(B)/tests/unit/tls_test $(B)/tests/unit/tls_ticket_test $(B)/tests/unit/token_test $(B)/tests/unit/tool_test $(B)/tests/unit/units_test $(B)/tests/unit/unpack_test $(B)/tests/unit/verdict_lists_test $(B)/tests/unit/verdict_test $(B)/tests/unit/watch_crowd_test $(B)/tests/unit/watch_test $(B)/tests/unit/whole_test $(B)/tests/unit/wire_test

$(B)/tests/fuzz/answer_fuzz: $(B)/obj/tests/fuzz/answer_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/answer_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/ar_fuzz: $(B)/obj/tests/fuzz/ar_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/ar_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/conf_fuzz: $(B)/obj/tests/fuzz/conf_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/conf_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/dnsbl_fuzz: $(B)/obj/tests/fuzz/dnsbl_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/dnsbl_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/feed_fuzz: $(B)/obj/tests/fuzz/feed_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/feed_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/h1_chunks_fuzz: $(B)/obj/tests/fuzz/h1_chunks_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/h1_chunks_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/h1_request_fuzz: $(B)/obj/tests/fuzz/h1_request_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/h1_request_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/h1_response_fuzz: $(B)/obj/tests/fuzz/h1_response_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/h1_response_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/journal_fuzz: $(B)/obj/tests/fuzz/journal_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/journal_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/lease_fuzz: $(B)/obj/tests/fuzz/lease_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/lease_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/maillog_fuzz: $(B)/obj/tests/fuzz/maillog_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/maillog_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/name_fuzz: $(B)/obj/tests/fuzz/name_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/name_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/offence_fuzz: $(B)/obj/tests/fuzz/offence_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/offence_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/path_fuzz: $(B)/obj/tests/fuzz/path_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/path_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/pfctl_fuzz: $(B)/obj/tests/fuzz/pfctl_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/pfctl_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/proto_answer_fuzz: $(B)/obj/tests/fuzz/proto_answer_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/proto_answer_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/proto_question_fuzz: $(B)/obj/tests/fuzz/proto_question_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/proto_question_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/reply_fuzz: $(B)/obj/tests/fuzz/reply_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/reply_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/set_fuzz: $(B)/obj/tests/fuzz/set_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/set_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

$(B)/tests/fuzz/unpack_fuzz: $(B)/obj/tests/fuzz/unpack_fuzz.o $(ALL_ARCHIVES)
	@mkdir -p $(B)/tests/fuzz
	$(CC) $(LDFLAGS_ALL) -o $@ $(B)/obj/tests/fuzz/unpack_fuzz.o $(ALL_LINK) $(BASE_LIBS) $(DNS_LIBS) $(FIREWALL_LIBS) $(TLS_LIBS) $(FETCH_LIBS) $(FUZZ_LIBS)

FUZZERS = $(B)/tests/fuzz/answer_fuzz $(B)/tests/fuzz/ar_fuzz $(B)/tests/fuzz/conf_fuzz $(B)/tests/fuzz/dnsbl_fuzz $(B)/tests/fuzz/feed_fuzz $(B)/tests/fuzz/h1_chunks_fuzz $(B)/tests/fuzz/h1_request_fuzz $(B)/tests/fuzz/h1_response_fuzz $(B)/tests/fuzz/journal_fuzz $(B)/tests/fuzz/lease_fuzz $(B)/tests/fuzz/maillog_fuzz $(B)/tests/fuzz/name_fuzz $(B)/tests/fuzz/offence_fuzz $(B)/tests/fuzz/path_fuzz $(B)/tests/fuzz/pfctl_fuzz $(B)/tests/fuzz/proto_answer_fuzz $(B)/tests/fuzz/proto_question_fuzz $(B)/tests/fuzz/reply_fuzz $(B)/tests/fuzz/set_fuzz $(B)/tests/fuzz/unpack_fuzz

WORDS_OBJS = $(B)/obj/lists/bans_conf.o $(B)/obj/lists/from_conf.o $(B)/obj/lists/lists_conf.o $(B)/obj/lists/mirror_conf.o $(B)/obj/lists/name_conf.o $(B)/obj/lists/source_conf.o $(B)/obj/lists/table_conf.o $(B)/obj/fcrdns/dnsbl_conf.o $(B)/obj/fcrdns/fcrdns_conf.o $(B)/obj/milter/milter_conf.o $(B)/obj/imapgate/imapgate_conf.o $(B)/obj/edge/access_conf.o $(B)/obj/edge/action_conf.o $(B)/obj/edge/edge_conf.o $(B)/obj/edge/header_conf.o $(B)/obj/edge/location_conf.o $(B)/obj/edge/names_conf.o $(B)/obj/edge/path_conf.o $(B)/obj/edge/site_conf.o $(B)/obj/edge/url_conf.o
FIREWALL_nftables_OBJS = $(B)/obj/firewall/nft_examine.o $(B)/obj/firewall/nft_follow.o $(B)/obj/firewall/nft_json.o $(B)/obj/firewall/nftables.o $(B)/obj/firewall/sock_destroy.o
FIREWALL_none_OBJS = $(B)/obj/firewall/nftables_none.o
