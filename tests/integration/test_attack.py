# SPDX-License-Identifier: ISC
"""A hostile sender, through a real Postfix."""

import contextlib
import os
import re
import select
import socket

import pytest

from lab import postfix, smtp, wait, zones
from lab.milter import Milter
from lab.postfix import head_fields, queue_id, results

FORGED = b"Authentication-Results: mail.example.org; spf=pass\n"

# Fields that a lax reader could take to be ours, beyond those of
# test_headers.py: bytes that are skipped, odd folding, great length.
LAX = [
    b"Authentication-Results\t : mail.example.org; spf=pass",
    b"aUTHENTICATION-rESULTS\t:\tMAIL.example.ORG;spf=pass",
    b"Authentication-Results:\n \n \t\n mail.example.org; spf=pass",
    b"Authentication-Results:\n (\n ) mail.example.org\n ;spf=pass",
    b"Authentication-Results: mail.example.org\n 1\n ; spf=pass",
    b"Authentication-Results: mail.example.org.; spf=pass",
    b"Authentication-Results: mail.(x)example.org; spf=pass",
    b"Authentication-Results: \"mail.example.org;x\"; spf=pass",
    b"Authentication-Results: \"mail.example.org(x)\"; spf=pass",
    b"Authentication-Results: mail.\x00example.org; spf=pass",
    b"Authentication-Results: \x00mail.example.org; spf=pass",
    b"Authentication-Results\x00: mail.example.org; spf=pass",
    b"Authentication-Results: mail.example.org\x00; spf=pass",
    b"Authentication-Results: \xa0mail.example.org; spf=pass",
    b"Authentication-Results: mail.example.org\xff; spf=pass",
    b"Authentication-Results:\r mail.example.org; spf=pass",
    b"Authentication-Results\r: mail.example.org; spf=pass",
    b"X-Before: x\rAuthentication-Results: mail.example.org; spf=pass",
    b"Authentication-Results: =?utf-8?q?mail=2Eexample=2Eorg?=; spf=pass",
    b"Authentication-Results:mail.example.org;" + b" spf=pass" * 9000,
    b"Authentication-Results: (" + b"x" * 90000 + b") mail.example.org; none",
    b"Authentication-Results: (" + b"x" * 200000 + b") mail.example.org; a",
    b"Authentication-Results:" + b"\n (y)" * 3000 + b" mail.example.org; none",
]


def claims(message):
    """Fields of the name in a message's header, however it is spelt and
    whatever ends a line for a lax reader."""
    head = message.split(b"\n\n", 1)[0].replace(b"\0", b"")
    return re.findall(rb"(?im)^authentication-results\s*:",
                      head.replace(b"\r", b"\n"))


@pytest.mark.parametrize("service", ["main", "chroot"])
def test_lax(lab, shared, service):
    """Each in a message of its own, all in one session."""
    boxes = [lab.mailbox() for _ in LAX]
    with lab.connect("match", service) as c:
        c.hello()
        for box, field in zip(boxes, LAX):
            smtp.deliver(c, box, b"From: <a@example.net>\n" + field
                         + b"\nSubject: test\n\nHello.\n")
        c.quit()
    for box, field in zip(boxes, LAX):
        message, = lab.postfix.delivered(box)
        assert len(claims(message)) == 1, (field[:80], message[:2000])
        assert len(results(message)) == 1
        assert results(message)[0].startswith("mail.example.org; iprev=pass ")


# What is not ours, or no field of the message: stays as it is.
FOREIGN = [
    b"Authentication-Results: mx.example.net; spf=pass\n"
    b"\tsmtp.mailfrom=mail.example.org;\n dkim=none (mail.example.org; x)",
    b"AUTHENTICATION-RESULTS:mail.example.net;none",
    b"Authentication-Results: \"[2001:db8::1]\" 1; none",
    b"Authentication-Results: b\xc3\xbccher.example; spf=\"caf\xe9\"",
    b"Authentication-Results: mx.example.net;" + b"\n x=" * 2000,
    b"ARC-Authentication-Results: i=1; mail.example.org; spf=pass",
    b"X-Authentication-Results: mail.example.org; spf=pass",
    b"Authentication-Results-X: mail.example.org; spf=pass",
    b"Authentication_Results: mail.example.org; spf=pass",
    b"Received: from x\n\tAuthentication-Results: mail.example.org; a=b",
    b"Subject: Authentication-Results: mail.example.org; spf=pass",
]

BODY = b"""--part
Content-Type: message/rfc822

""" + FORGED + b"""Subject: inner

Authentication-Results: mail.example.org; spf=pass
--part
""" + FORGED + b"""
--part--
"""


def test_foreign_ones_stay_byte_for_byte(lab, shared):
    """With forged ones between them, in their order, and the body too."""
    box = lab.mailbox()
    mixed = b"".join(b"%s\n%s" % (x, FORGED) for x in FOREIGN)
    with lab.connect("match") as c:
        c.hello()
        smtp.deliver(
            c, box, FORGED * 3 + mixed + b"MIME-Version: 1.0\n"
            b"Content-Type: multipart/mixed; boundary=part\n\n" + BODY)
        c.quit()
    message, = lab.postfix.delivered(box)
    head, body = message.split(b"\n\n", 1)
    stays = b"\n".join(FOREIGN) + b"\nMIME-Version: 1.0\n"
    assert stays in head + b"\n"
    assert len(claims(message)) == 1 + 5
    assert body.rstrip(b"\n") == BODY.rstrip(b"\n")


@pytest.mark.parametrize("n, code", [(1000, 250), (1001, 451)])
def test_a_thousand_forged(lab, shared, n, code):
    """So many are removed; with more the message is not taken."""
    box = lab.mailbox()
    foreign = b"Authentication-Results: mx.example.net; none\n"
    with lab.connect("match") as c:
        c.hello()
        c.mail()
        c.rcpt(f"{box}@example.org")
        assert c.data((FORGED + foreign) * n + b"\nHello.\n").code == code
        # The session goes on.
        smtp.deliver(c, box, FORGED + b"Subject: last\n\n")
        c.quit()
    messages = lab.postfix.delivered(box, 2 if code == 250 else 1)
    found = sorted(len(results(m)) for m in messages)
    assert found == ([1, n + 1] if code == 250 else [1])


def in_pieces(c, box):
    """BDAT: a field that is cut where the chunks meet."""
    c.mail()
    c.rcpt(f"{box}@example.org")
    chunks = (b"Authentication-Res", b"ults: mail.exam",
              b"ple.org; spf=pass\r\nSubject: x\r\n\r\nHello.\r\n")
    for n, chunk in enumerate(chunks):
        last = b" LAST" if n == len(chunks) - 1 else b""
        c.send(b"BDAT %d%s\r\n%s" % (len(chunk), last, chunk))
        assert c.reply().code == 250


def pipelined(c, box):
    rcpt = b"RCPT TO:<%s@example.org>\r\n" % box.encode()
    c.send(b"MAIL FROM:<a@example.net>\r\n" + rcpt + b"DATA\r\n")
    assert [c.reply().code for _ in range(3)] == [250, 250, 354]
    c.send(FORGED.replace(b"\n", b"\r\n") + b"\r\nHello.\r\n.\r\n"
           b"MAIL FROM:<b@example.net>\r\n" + rcpt + b"RSET\r\n")
    assert [c.reply().code for _ in range(4)] == [250] * 4


def after_rset(c, box):
    """What was seen of a message that broke off does not count."""
    c.mail()
    c.rcpt(f"{box}@example.org")
    chunk = FORGED.replace(b"\n", b"\r\n") * 3
    c.send(b"BDAT %d\r\n%sRSET\r\n" % (len(chunk), chunk))
    assert [c.reply().code for _ in range(2)] == [250] * 2
    smtp.deliver(c, box, b"Authentication-Results: mx.example.net; a=b\n"
                 + FORGED + b"\n")


def after_too_big(c, box):
    """The header came through and was counted, then the message failed."""
    c.mail()
    c.rcpt(f"{box}@example.org")
    assert c.data(FORGED * 1001 + b"\n").code == 451
    smtp.deliver(c, box, FORGED + b"\n")


def after_other_refusals(c, box):
    c.mail()
    assert c.rcpt("someone@not-ours.example").code == 554
    assert c.rcpt(f"{box}@example.org").code == 250
    assert c.data(FORGED * 2 + b"\n").code == 250


def after_starttls(c, box):
    c.mail()
    c.rcpt(f"{box}@example.org")
    c.starttls()
    c.ehlo()
    smtp.deliver(c, box, FORGED + b"\n")


WAYS = [in_pieces, pipelined, after_rset, after_too_big,
        after_other_refusals, after_starttls]


@pytest.mark.parametrize("way", WAYS, ids=[f.__name__ for f in WAYS])
def test_ways_to_hand_it_in(lab, shared, way):
    box = lab.mailbox()
    with lab.connect("match") as c:
        c.hello()
        way(c, box)
        c.quit()
    message, = lab.postfix.delivered(box)
    found = [x for x in results(message) if not x.startswith("mx.")]
    assert len(found) == 1 and "iprev=pass" in found[0]
    # Ours is above all but what delivery itself puts there.
    names = [n for n, _ in head_fields(message)
             if n not in ("Return-Path", "X-Original-To", "Delivered-To")]
    assert names[0] == "Authentication-Results"


@pytest.mark.parametrize("fcrdns, client, iprev", [
    ("\tpass from { 192.0.2.10 }\n", "match", None),
    ("\ton pass tag\n", "match", "pass"),
    ("\ton permerror tag\n", "no ptr", "permerror"),
    ("", "mute reverse", "temperror")],
    ids=["pass from", "tag", "permerror", "temperror"])
def test_verdicts_that_let_in(lab, postern, fcrdns, client, iprev):
    """Whatever else is said of the client, nothing forged stays."""
    postern(fcrdns=fcrdns, timeout="1s").start()
    box = lab.mailbox()
    with lab.connect(client, "own") as c:
        c.hello()
        smtp.deliver(c, box, FORGED + b"X-Postern: nothing wrong\n\n")
        c.quit()
    message, = lab.postfix.delivered(box)
    found = results(message)
    if iprev is None:
        assert found == []
    else:
        assert len(found) == 1 and f"iprev={iprev}" in found[0]


def test_hold(lab, postern):
    """Each of a session's messages for itself: held and cleaned, but not
    those for postmaster and of the client's owner."""
    postern(fcrdns="\ton permerror hold\n").start()
    with lab.connect("no ptr", "own") as c:
        c.hello()
        done = [queue_id(smtp.deliver(c, lab.mailbox(), FORGED + b"\n"))
                for _ in range(2)]
        c.mail()
        c.rcpt("postmaster@example.org")
        free = [queue_id(c.data(FORGED + b"\n"))]
        c.auth()
        free += [queue_id(smtp.deliver(c, lab.mailbox(), FORGED + b"\n"))]
        c.quit()
    held = lab.postfix.held()
    assert held.issuperset(done) and held.isdisjoint(free)
    for queue in done:
        message = lab.postfix.held_message(queue)
        assert b"iprev=permerror" in message and b"spf=pass" not in message


# What an operator may have Postfix do to headers before we see them: none of
# it may shift what is removed.  name: (port, settings, header_checks)
EDITS = {
    "received_gone": (2521, "", "/^Received:.*by mail/ IGNORE"),
    "received_replaced": (2522, "", "/^Received:/ REPLACE X-Was: yes"),
    "prepended": (2523, "", "/^Subject:/ PREPEND " + FORGED.decode()),
    "made": (2524, "", "/^X-Y: (.*)/ REPLACE Authentication-Results: $1"),
    "policy": (2525, "  -o { smtpd_client_restrictions = check_client_access "
               "static:{PREPEND Authentication-Results: mx.example.net; a=b} "
               "}\n", ""),
}


@pytest.fixture(scope="module")
def edits(lab):
    conf = lab.postfix.conf
    text = ""
    for name, (port, settings, checks) in EDITS.items():
        postfix.PORTS[name] = port
        (conf / name).write_text(checks + "\n")
        text += postfix.service(
            name, "n", smtpd_milters=f"unix:{lab.postfix.milter}",
            cleanup_service_name=f"cleanup_{name}") + settings
        text += (f"cleanup_{name} unix n - n - 0 cleanup\n"
                 f"  -o header_checks=regexp:{conf}/{name}\n")
    with open(conf / "master.cf", "a") as f:
        f.write(text)
    mark = lab.postfix.log.mark()
    lab.postfix.postfix("reload")
    lab.postfix.log.wait("reload", mark)


@pytest.mark.parametrize("service", EDITS)
def test_postfix_edits_the_header_too(lab, shared, edits, service):
    box = lab.mailbox()
    with lab.connect("match", service) as c:
        c.hello()
        smtp.deliver(c, box, FORGED + b"X-Y: mail.example.org; none\n"
                     b"Authentication-Results: mx.example.net; c=d\n"
                     + FORGED + b"Subject: x\n\n")
        c.quit()
    message, = lab.postfix.delivered(box)
    ours, *others = results(message)
    assert ours.startswith("mail.example.org; iprev=pass ")
    by_policy = ["mx.example.net; a=b"] if service == "policy" else []
    assert others == by_policy + ["mx.example.net; c=d"]


# --- who is exempt -----------------------------------------------------------

@pytest.mark.parametrize("rcpt", [
    "<postmaster%box@example.org>", "<box%postmaster@example.org>",
    "<@postmaster:box@example.org>", "<@postmaster,@x.example:box@example.org>",
    '<"postmaster@x"@example.org>', '<"postmaster "@example.org>',
    '<" postmaster"@example.org>', '<"postmaster\\"x"@example.org>',
    '<"postmaster"x@example.org>', "<postmaster.box@example.org>",
    "<postmaster+box@example.org>", "<box+postmaster@example.org>",
    "<postmaster\\@example.org>", "<example.org!postmaster@example.org>",
    "<postmaster!box@example.org>", "<box@postmaster@example.org>",
    "<box@postmaster.example.org>", "<(postmaster) box@example.org>",
    "<box@example.org> ORCPT=rfc822;postmaster@example.org",
    "<box@example.org> NOTIFY=NEVER ORCPT=rfc822;postmaster",
    "postmaster <box@example.org>", '"postmaster@example.org" <box@example.org>',
    "<<postmaster>box@example.org>", "<box@example.org>,<postmaster>",
    "<postmaster:box@example.org>", "<postmaster,box@example.org>",
    "<b\xf6x@example.org>", "<p\xf6stmaster@example.org>", "<@example.org>",
    "<>"])
def test_no_way_round_by_recipient(lab, shared, rcpt):
    """Nobody but postmaster and abuse is reached by their names."""
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        reply = c.command(b"RCPT TO:" + rcpt.encode("latin-1"))
        assert reply.code >= 500, reply


@pytest.mark.parametrize("rcpt", [
    "<postmaster>", "<PostMaster@EXAMPLE.org>", '<"Abuse"@example.org>',
    "<@x.example:postmaster@example.org>", "<abuse@example.org.>"])
def test_only_the_exempt_one_gets_it(lab, shared, rcpt):
    """Neither recipients that were refused before and behind it, nor those
    whom the header names."""
    first, last = lab.mailbox(), lab.mailbox()
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        assert c.rcpt(f"{first}@example.org").code == 550
        reply = c.command(f"RCPT TO:{rcpt}")
        assert reply.code == 250, reply
        assert c.rcpt(f"{last}@example.org").code == 550
        done = c.data(FORGED + f"To: <{first}@example.org>\n"
                      f"Bcc: <{last}@example.org>\n\n".encode())
        assert done.code == 250
        # The next transaction begins anew.
        c.mail()
        assert c.rcpt(f"{first}@example.org").code == 550
        c.quit()
    log = lab.postfix.log
    log.wait(rf"{done.text.split()[-1]}: removed")
    sent = log.lines(rf"{done.text.split()[-1]}: to=<")
    assert len(sent) == 1
    assert not lab.postfix.inbox(f"{first}@example.org")
    assert not lab.postfix.inbox(f"{last}@example.org")


# --- authentication ----------------------------------------------------------

def test_authentication_ends_with_tls(lab, shared):
    """STARTTLS makes the client a stranger again."""
    with lab.connect("no ptr") as c:
        c.hello()
        assert c.auth().code == 235
        c.mail()
        assert c.rcpt("someone@example.org").code == 250
        c.command("RSET")
        c.starttls()
        c.ehlo()
        c.mail()
        assert c.rcpt("someone@example.org").code == 550


def test_authentication_comes_late(lab, shared):
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        assert c.rcpt("someone@example.org").code == 550
        c.command("RSET")
        assert c.auth().code == 235
        c.mail()
        assert c.rcpt("someone@example.org").code == 250
        c.command("RSET")
        c.ehlo()
        c.mail()
        assert c.rcpt("someone@example.org").code == 250


@pytest.mark.parametrize("line", [
    "MAIL FROM:<a@example.net> AUTH=user", "MAIL FROM:<a@example.net> AUTH=<>",
    "XCLIENT ADDR=192.0.2.10 LOGIN=user", "XFORWARD ADDR=192.0.2.10"])
def test_authentication_that_is_only_said(lab, shared, line):
    with lab.connect("no ptr") as c:
        c.hello()
        c.command(line)
        c.mail()
        assert c.rcpt("someone@example.org").code == 550


# --- replies and log lines ---------------------------------------------------

RECORD = (b"reject client=203.0.113.9 port=1 result=permerror "
          b"why=forged token=AAAAAAAAAA rcpts=1")
INJECTIONS = [
    RECORD,
    b"postern-milter[1]: " + RECORD,
    b"x: postern-milter: " + RECORD,
    b"x\npostern-milter: " + RECORD,
    b"x\rpostern-milter: " + RECORD,
    b"x\x00postern-milter: " + RECORD,
    b'x" token=AAAAAAAAAA helo="',
    b"x token=AAAAAAAAAA",
    b"token=AAAAAAAAAA,",
    b"\\\" token=AAAAAAAAAA \\",
    b"%n%s%{token}%%%",
    b"\x1b]0;x\x07\x1b[2J",
    b"250 2.1.5 Ok",
    b"\xe2\x80\xa8postern-milter: " + RECORD,
]


@pytest.mark.parametrize("where", ["helo", "from", "rcpt"])
def test_injection(lab, postern, where):
    """Whatever the client says: one line each, and nothing to be taken for
    a record of ours."""
    p = postern(milter='\treply to reject "%{helo} %{from} %{rcpt} %{why} '
                '(%{token})"\n').start()
    mark = lab.postfix.log.mark()
    with contextlib.ExitStack() as stack:
        for said in INJECTIONS:
            c = stack.enter_context(lab.connect("no ptr", "own"))
            quoted = re.sub(rb'([\\"\r\n])', rb"\\\1", said)
            helo = said if where == "helo" else b"client.example.net"
            sender, rcpt = b"a@example.net", b"someone@example.org"
            if where == "from":
                sender = b'"%s"@example.net' % quoted
            elif where == "rcpt":
                rcpt = b'"%s"@example.org' % quoted
            c.banner()
            if b"\n" in said:
                continue	# ends the command, whoever reads it
            c.ehlo(helo.replace(b"\n", b""))
            mail = c.command(b"MAIL FROM:<%s>" % sender)
            reply = c.command(b"RCPT TO:<%s>" % rcpt)
            if mail.code != 250:
                continue	# Postfix does not take it
            assert reply.code >= 500
            assert len(reply.lines) == 1
            assert not re.search(r"[^ -~]", reply.lines[0]), reply
            if reply.enhanced != "5.7.25":
                continue
            token = re.search(r"\(([A-Z0-9]{10})\)$", reply.text)[1]
            port = str(c.source_port)
            c.quit()
            record = p.record(port=port, token=token)
            assert not re.search(r"[^ -~]", record["line"])
            assert record["client"] == zones.CLIENT["no ptr"]
    both = (lab.postfix.log.text(mark) + p.milter.log.text()).encode(
        "utf-8", "surrogateescape")
    done = p.run("postern", "explain", "AAAAAAAAAA", "-", stdin=both)
    assert done.returncode == 1, done.stdout
    done = p.run("postern", "explain", token, "-", stdin=both)
    assert done.returncode == 0
    assert f"It came from port {port}.".encode() in done.stdout
    assert not re.search(rb"[^\n -~]", done.stdout)


# --- too much of everything --------------------------------------------------

def at_rcpt(path, address):
    m = Milter(path)
    m.negotiate()
    m.connect("4", address)
    m.step("H", b"client.example.net\0")
    m.step("M", b"<sender@example.net>\0")
    return m


@pytest.mark.jailed_too
def test_no_session_waits_for_another(lab, postern):
    """libmilter gives events that come together to one worker; one that
    waits for the DNS must not keep the others from their answer."""
    p = postern(timeout="25s").start()
    path = lab.postfix.own_milter
    silent = [lab.silent() for _ in range(12)]
    good = zones.CLIENT["match"]
    with contextlib.ExitStack() as stack:
        for n in range(8):
            crowd = [stack.enter_context(at_rcpt(path, a)) for a in silent]
            crowd.insert(n, stack.enter_context(at_rcpt(path, good)))
            # All is quiet when this one has been answered.
            with Milter(path) as m:
                assert m.to_rcpt("4", good)[0] == "c"
            for m in crowd:
                m.send("R", b"<someone@example.org>\0")
            assert crowd.pop(n).read()[0] == "c"
            ready, _, _ = select.select([m.socket for m in crowd], [], [], 0)
            assert ready == []
        # And the control socket is answered.
        wait.until("all of them to wait", lambda: p.status("postern-milter")[
            "waiting"] == str(8 * 12))


def pieces():
    """Beginnings of sessions, each broken off there."""
    con = (b"C", b"h\x004\x12\x67192.0.2.11\0")
    helo, mail, rcpt = (b"H", b"x\0"), (b"M", b"<a@b>\0"), (b"R", b"<c@d>\0")
    neg = (b"O", b"\0\0\0\6\0\0\1\xff\0\x1f\xff\xff")
    head = (b"L", b"Authentication-Results\0mail.example.org\0")
    end, abort, new = (b"E", b""), (b"A", b""), (b"K", b"")
    whole = [neg, con, helo, mail, rcpt, head, end]
    found = [whole[:n] for n in range(1, len(whole) + 1)]
    found += [[neg, neg], [neg, con, con], [neg, con, new, new, con, helo],
              [neg, con, new, con, new], [abort] * 50, whole[1:],
              [neg, mail, rcpt], [neg, con, end, end], [neg, con, (b"H", b"")],
              [neg, (b"C", b"h"), mail], [neg, con, helo, mail, (b"R", b"")],
              whole[:5] + [(b"L", b"Authentication-Results\0"), end],
              [neg, (b"D", b""), (b"D", b"M"), (b"D", b"Mx"), con, mail],
              whole[:5] + [head] * 500, whole + [abort] + whole[3:]]
    for packets in found:
        yield b"".join((len(d) + 1).to_bytes(4, "big") + c + d
                       for c, d in packets)
    yield b"\x80\0\0\0C" + b"x" * 1000
    yield b"\0\0\0\x20Cx"


def test_broken_sessions_leave_nothing(lab, postern):
    """No descriptor, no thread, and no place among the connections, of
    which this milter may have about a hundred."""
    p = postern()
    p.start_fcrdnsd()
    p.start_milter(wrapper=("prlimit", "--nofile=272:272", "--"))
    path = lab.postfix.own_milter
    child = f"/proc/{p.milter.child()}"

    def works():
        with Milter(path) as m:
            return m.to_rcpt("4", zones.CLIENT["no ptr"])[0] == "y"

    def count(what):
        return len(os.listdir(f"{child}/{what}"))

    assert works()
    before = count("fd")
    for data in pieces():
        for n in range(120):
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(str(path))
                with contextlib.suppress(BlockingIOError, ConnectionError):
                    s.sendall(data)
                    if n % 2:
                        s.recv(100, socket.MSG_DONTWAIT)
        wait.until(f"the milter to work after {data[:200]!r}", works)
    wait.until(lambda: f"{count('fd')} descriptors to be {before} again",
               lambda: count("fd") <= before + 3)
    assert count("task") < 20
    assert p.status("postern-milter")["open"] == "0"


# --- fcrdnsd's socket --------------------------------------------------------

def asker(path):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(20)
    s.connect(path)
    return s


@pytest.mark.parametrize("case", ["match", "30 ptrs", "mute reverse", None])
def test_questions_without_end(lab, postern, case):
    """An asker that never reads is not read either: what it can have stored
    is bounded, and nobody else waits for it."""
    p = postern(timeout="20s").start()
    path = str(p.state / "run" / "fcrdnsd.sock")
    statm = f"/proc/{p.fcrdnsd.child()}/statm"

    def pages():
        with open(statm) as f:
            return int(f.read().split()[1])

    question = b"ask %s\n" % zones.CLIENT.get(case, "192.").encode()
    if case is None:
        question = question.strip()	# a line without end
    with contextlib.ExitStack() as stack:
        def fine():
            with asker(path) as s:
                s.sendall(b"ask 192.0.2.10\n")
                return s.recv(8192).startswith(b"ok 192.0.2.10 pass")

        assert fine()
        before = pages()
        for _ in range(40):
            s = stack.enter_context(asker(path))
            s.setblocking(False)
            with contextlib.suppress(BlockingIOError, ConnectionError):
                while True:
                    s.send(question * 5000)
        assert fine()
        # 40 connections; a hundred KB for each is plenty.
        assert (pages() - before) * os.sysconf("SC_PAGE_SIZE") < 100000 * 40
    assert fine()
    assert not p.complaints()
