# SPDX-License-Identifier: ISC
"""A hostile sender: ways round the verdict, false log lines, too much of
everything."""

import contextlib
import os
import re
import select
import socket

import pytest

from lab import smtp, wait, zones
from lab.daemon import sanitized
from lab.milter import Milter

FORGED = b"Authentication-Results: mail.example.org; spf=pass\n"


# --- who is exempt -----------------------------------------------------------

@pytest.mark.parametrize("rcpt", [
    "<postmaster%box@example.org>", "<box%postmaster@example.org>",
    "<@postmaster:box@example.org>", "<@postmaster,@x.example:b@example.org>",
    '<"postmaster@x"@example.org>', '<"postmaster "@example.org>',
    '<" postmaster"@example.org>', '<"postmaster\\"x"@example.org>',
    '<"postmaster"x@example.org>', "<postmaster.box@example.org>",
    "<postmaster+box@example.org>", "<box+postmaster@example.org>",
    "<postmaster\\@example.org>", "<example.org!postmaster@example.org>",
    "<postmaster!box@example.org>", "<box@postmaster@example.org>",
    "<box@postmaster.example.org>", "<(postmaster) box@example.org>",
    "<box@example.org> ORCPT=rfc822;postmaster@example.org",
    "<box@example.org> NOTIFY=NEVER ORCPT=rfc822;postmaster",
    "postmaster <box@example.org>", '"postmaster@example.org" <b@example.org>',
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
    wait.until(lambda: f"{count('task')} threads to be few again",
               lambda: count("task") < 20)
    wait.until("no session to be open",
               lambda: p.status("postern-milter")["open"] == "0")


# --- fcrdnsd's socket --------------------------------------------------------

def asker(path):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(60)
    s.connect(path)
    return s


@pytest.mark.jailed_too
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
        # 40 connections; what they could have stored is ten times as much as
        # the sanitizer keeps of what was freed.
        each = 1000000 if sanitized() else 200000
        grown = (pages() - before) * os.sysconf("SC_PAGE_SIZE")
        assert grown < each * 40
    assert fine()
    assert not p.complaints()


def test_question_goes_out_while_the_client_is_silent(lab, postern):
    """Its own round trips hide the time that the DNS takes."""
    p = postern().start()
    with lab.connect("no ptr", "own") as c:
        c.banner()
        wait.until("fcrdnsd to have been asked",
                   lambda: p.status("fcrdnsd")["clients"] == "1")
        assert p.status("postern-milter")["waiting"] == "0"
        c.ehlo()
        c.mail()
        assert c.rcpt("someone@example.org").code == 550
