# SPDX-License-Identifier: ISC
"""The file's lines and what Postfix does because of them."""

import pytest

from lab import daemon, smtp, zones
from lab.postfix import queue_id, results, values


def rcpt(lab, case, service="own", box="someone"):
    """The reply to a recipient, for a client of that kind."""
    with lab.connect(case, service) as c:
        c.hello()
        assert c.mail().code == 250
        reply = c.rcpt(f"{box}@example.org")
        reply.port = str(c.source_port)
        c.quit()
    return reply


# action, reply to "no ptr", enhanced code
ACTIONS = [("accept", 250, "2.1.5"), ("tag", 250, "2.1.5"),
           ("tempfail", 450, "4.7.25"), ("hold", 250, "2.1.5"),
           ("reject", 550, "5.7.25")]


@pytest.mark.parametrize("action, code, enhanced", ACTIONS,
                         ids=[a[0] for a in ACTIONS])
def test_action(lab, postern, action, code, enhanced):
    p = postern(fcrdns=f"\ton permerror {action}\n").start()
    box = lab.mailbox()
    held = lab.postfix.held()
    with lab.connect("no ptr", "own") as c:
        c.hello()
        c.mail()
        reply = c.rcpt(f"{box}@example.org")
        assert (reply.code, reply.enhanced) == (code, enhanced)
        done = c.data(smtp.MESSAGE) if code == 250 else None
        c.quit()
    record = p.record(client=zones.CLIENT["no ptr"])
    assert record["verdict"] == action
    assert record["rule"].endswith(f": on permerror {action}")
    assert record["refused"] == ("0" if code == 250 else "1")

    if action == "hold":
        assert queue_id(done) in lab.postfix.held() - held
        message = lab.postfix.held_message(queue_id(done))
        assert b"iprev=permerror" in message
    elif code == 250:
        message, = lab.postfix.delivered(box)
        tags = values(message, "X-Postern")
        assert len(tags) == (1 if action == "tag" else 0)
        if tags:
            assert "no PTR record" in tags[0]


def test_nothing_said_is_accept(lab, postern):
    p = postern(fcrdns="").start()
    for case, result in (("no ptr", "permerror"), ("differs", "fail"),
                         ("servfail reverse", "temperror"),
                         ("match", "pass")):
        reply = rcpt(lab, case)
        assert reply.code == 250
        record = p.record(port=reply.port)
        assert (record["verdict"], record["result"]) == ("accept", result)


def test_first_line_that_ends_it_wins(lab, postern):
    postern(fcrdns="""
	on fail tag
	on fail tempfail
	on fail reject
	on permerror accept
	on permerror reject
""").start()
    assert rcpt(lab, "differs").code == 450
    assert rcpt(lab, "no ptr").code == 250


def test_on_pass(lab, postern):
    postern(fcrdns="\ton pass reject\n").start()
    reply = rcpt(lab, "match")
    assert (reply.code, reply.enhanced) == (550, "5.7.25")
    assert rcpt(lab, "no ptr").code == 250


def test_tag_goes_on(lab, postern):
    """A tag marks; a later line still decides."""
    p = postern(fcrdns="""
	on name ~ "(^|[.-])(dyn|dsl|pool)[0-9.-]" tag
	on fail reject
""").start()
    box = lab.mailbox()
    with lab.connect("generic", "own") as c:
        c.hello()
        smtp.deliver(c, box)
        port = c.source_port
        c.quit()
    message, = lab.postfix.delivered(box)
    tag, = values(message, "X-Postern")
    assert "dsl-192-0-2-60.pool.example.net" in tag
    assert p.record(port=str(port))["verdict"] == "tag"

    assert rcpt(lab, "generic wrong").code == 550


@pytest.mark.parametrize("case", ["generic", "generic wrong"])
def test_on_name_sees_every_name(lab, postern, case):
    """Confirmed or not; the codes are those of a list."""
    postern(fcrdns='\ton name ~ "^(DSL|dyn)-" reject\n').start()
    reply = rcpt(lab, case)
    assert (reply.code, reply.enhanced) == (550, "5.7.1")
    assert rcpt(lab, "match").code == 250


def test_on_name_tempfail(lab, postern):
    postern(fcrdns='\ton name ~ "[.]pool[.]" tempfail\n').start()
    reply = rcpt(lab, "generic")
    assert (reply.code, reply.enhanced) == (450, "4.7.1")


def test_on_name_never_sees_a_bad_name(lab, postern):
    postern(fcrdns='\ton name ~ "." reject\n').start()
    for case in ("control bytes", "space", "utf-8", "quote", "percent"):
        assert rcpt(lab, case).code == 250, case


def test_regex_that_explodes(lab, postern):
    """A match beyond its limits is no match, for that session alone."""
    p = postern(fcrdns='\ton name ~ "^(([lx]+)+)+$" reject\n').start()
    assert rcpt(lab, "longest").code == 250
    assert rcpt(lab, "match").code == 250
    assert p.milter.alive()


@pytest.mark.jailed_too
def test_pass_from(lab, postern):
    """Nothing is asked of the DNS about an address that the file names."""
    lab.dns.watched.asked()
    p = postern(fcrdns=f"""
	pass from {{ {zones.CLIENT["watched"]}, 192.0.2.11, 2001:db8::/64 }}
	on permerror reject
	on temperror tempfail
""").start()
    for case in ("watched", "no ptr", "v6 no ptr"):
        reply = rcpt(lab, case)
        assert reply.code == 250
        record = p.record(port=reply.port)
        assert (record["verdict"], record["result"]) == ("accept", "none")
    assert lab.dns.watched.asked() == 0


def test_pass_from_before_block_from(lab, postern):
    postern(fcrdns="""
	block from { 192.0.2.0/24 }
	pass from { 192.0.2.12 }
	on fail reject
""").start()
    assert rcpt(lab, "no address").code == 250
    assert rcpt(lab, "match").code == 550


def test_block_from(lab, postern):
    lab.dns.watched.asked()
    p = postern(fcrdns=f"""
	block from {{ {zones.CLIENT["watched"]} 2001:db8::10/128 }}
""").start()
    for case in ("watched", "v6 match"):
        reply = rcpt(lab, case)
        assert (reply.code, reply.enhanced) == (550, "5.7.1")
        record = p.record(port=reply.port)
        assert (record["verdict"], record["result"]) == ("reject", "none")
        assert "block from" in record["rule"]
    assert lab.dns.watched.asked() == 0
    # postmaster can be reached even so.
    assert rcpt(lab, "watched", box="postmaster").code == 250


@pytest.mark.jailed_too
def test_observe(lab, postern):
    """Nothing is refused, held or deferred; the log says what would be."""
    p = postern(fcrdns="""
	on permerror reject
	on fail hold
	on temperror tempfail
""", milter="\tobserve\n").start()
    held = lab.postfix.held()
    for case, verdict in (("no ptr", "reject"), ("differs", "hold"),
                          ("servfail reverse", "tempfail")):
        box = lab.mailbox()
        with lab.connect(case, "own") as c:
            c.hello()
            smtp.deliver(c, box)
            port = c.source_port
            c.quit()
        message, = lab.postfix.delivered(box)
        assert b"iprev=" in message
        record = p.record(port=str(port))
        assert (record["verdict"], record["observe"]) == (verdict, "yes")
        assert record["messages"] == "1"
        if verdict != "hold":
            assert record["refused"] == "1"	# would have been
    assert lab.postfix.held() == held


def test_exempt_recipient(lab, postern):
    """The file's list replaces the default."""
    postern(milter="""
	exempt recipient { "help", "Desk@example.org", "@open.example.org" }
""").start()
    with lab.connect("no ptr", "own") as c:
        c.hello()
        c.mail()
        for recipient, code in (
                ("HELP@example.org", 250), ("desk@EXAMPLE.org", 250),
                ("postmaster@example.org", 550), ("abuse@example.org", 550),
                ("helper@example.org", 550),
                ("x.desk@example.org", 550),
                ("any@open.example.org", 250)):
            assert c.rcpt(recipient).code == code, recipient


def test_mode_and_owner_of_the_socket(lab, postern):
    p = postern().start()
    path = lab.postfix.own_milter
    assert p.milter.bound == [str(path)]
    assert path.stat().st_mode & 0o777 == 0o660
    assert (path.owner(), path.group()) == ("root", "postfix")


def test_inet_listener(lab, postern):
    p = postern(inet=True).start()
    assert p.milter.bound == [("127.0.0.1", 8891)]
    assert rcpt(lab, "no ptr", "own_inet").code == 550
    assert rcpt(lab, "match", "own_inet").code == 250


def test_port_0(lab, postern):
    """The system chooses a port, and -R says which."""
    p = postern()
    p.listen = "127.0.0.1 port 0"
    p.write()
    p.start()
    (address, port), = p.milter.bound
    assert address == "127.0.0.1" and port > 0


def test_socket_in_the_chroot(lab, postern):
    postern(chroot=True).start()
    assert rcpt(lab, "no ptr", "own_chroot").code == 550


def test_authserv_id_is_the_host_name(lab, postern):
    postern().start()
    box = lab.mailbox()
    with lab.connect("match", "own") as c:
        c.hello()
        smtp.deliver(c, box)
    message, = lab.postfix.delivered(box)
    assert results(message)[0].startswith("mail.example.org; iprev=pass ")


def test_two_forwarders(lab, postern):
    """One of them is not there: it costs time, never a refusal."""
    p = postern(fcrdns=daemon.DEFAULT_FCRDNS
                + f"\tforward to {zones.ABSENT} port 53\n").start()
    assert rcpt(lab, "match").code == 250
    assert p.fcrdnsd.alive()
