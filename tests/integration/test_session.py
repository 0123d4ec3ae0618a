# SPDX-License-Identifier: ISC
"""The course of a session: recipients, messages, RSET, TLS, AUTH, drops."""

import pytest

from lab import smtp, zones
from lab.postfix import queue_id, values

NO_PTR = zones.CLIENT["no ptr"]


@pytest.mark.parametrize("recipient", [
    "postmaster", "Postmaster", "POSTMASTER@example.org",
    "Postmaster@Example.ORG", "abuse@example.org", "Abuse@example.org",
    '"postmaster"@example.org'])
def test_exempt_recipients(lab, shared, recipient):
    mark = shared.milter.log.mark()
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        reply = c.rcpt(recipient)
        assert reply.code == 250, reply
        assert c.rcpt(f"{lab.mailbox()}@example.org").code == 550
        port = c.source_port
        c.quit()
    record = shared.record(mark, client=NO_PTR, port=str(port))
    assert (record["rcpts"], record["refused"], record["exempt"]) == (
        "2", "1", "1")


@pytest.mark.parametrize("recipient", [
    "postmaster2@example.org", "notpostmaster@example.org",
    "abuse.postmaster@example.org", "postmaster+x@example.org"])
def test_not_exempt(lab, shared, recipient):
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        assert c.rcpt(recipient).code == 550


@pytest.mark.jailed_too
def test_several_recipients_one_exempt(lab, shared):
    one, other = lab.mailbox(), lab.mailbox()
    before = len(lab.postfix.inbox("abuse@example.org"))
    mark = shared.milter.log.mark()
    with lab.connect("no ptr") as c:
        c.hello("zombie.example.net")
        c.mail("spam@example.net")
        assert c.rcpt(f"{one}@example.org").code == 550
        assert c.rcpt("abuse@example.org").code == 250
        assert c.rcpt(f"{other}@example.org").code == 550
        done = c.data(smtp.MESSAGE)
        assert done.code == 250
        port = c.source_port
        c.quit()
    message = lab.postfix.delivered("abuse", before + 1)[-1]
    tag, = values(message, "X-Postern")
    assert "no PTR record" in tag
    assert lab.postfix.inbox(f"{one}@example.org") == []
    record = shared.record(mark, client=NO_PTR, port=str(port))
    assert record["verdict"] == "reject"
    assert record["result"] == "permerror"
    assert record["helo"] == "zombie.example.net"
    assert record["from"] == "spam@example.net"
    assert record["rcpt"] == f"{one}@example.org"
    assert record["rcpts"] == "3"
    assert record["refused"] == "2"
    assert record["exempt"] == "1"
    assert record["messages"] == "1"
    assert record["queue"] == queue_id(done)
    assert record["auth"] == "no"
    assert record["observe"] == "no"
    assert record["rule"] == (f"{shared.conf}:"
                              f"{shared.line_of('on permerror')}: "
                              "on permerror reject")


def test_several_messages(lab, shared):
    boxes = [lab.mailbox() for _ in range(3)]
    mark = shared.milter.log.mark()
    with lab.connect("match") as c:
        c.hello()
        for box in boxes:
            done = smtp.deliver(c, box)
        port = c.source_port
        c.quit()
    for box in boxes:
        message, = lab.postfix.delivered(box)
        assert message.count(b"iprev=pass") == 1
    record = shared.record(mark, client=zones.CLIENT["match"],
                           port=str(port))
    assert record["verdict"] == "accept"
    assert record["messages"] == "3"
    assert record["rcpts"] == "3"
    assert record["queue"] == queue_id(done)
    assert record["name"] == "good.example.org"
    assert "good.example.org/confirmed" in record["names"]


def test_one_record_a_session(lab, shared):
    mark = shared.milter.log.mark()
    with lab.connect("match") as c:
        c.hello()
        smtp.deliver(c, lab.mailbox())
        smtp.deliver(c, lab.mailbox())
        port = c.source_port
        c.quit()
    shared.record(mark, port=str(port))
    with lab.connect("bystander") as c:
        c.hello()
        c.mail()
        c.rcpt("someone@example.org")
        later = c.source_port
        c.quit()
    shared.record(mark, port=str(later))
    assert len(shared.milter.log.lines(f" port={port} ", mark)) == 1


def test_rset(lab, shared):
    box = lab.mailbox()
    with lab.connect("no ptr") as c:
        c.hello()
        for _ in range(3):
            c.mail()
            assert c.rcpt(f"{box}@example.org").code == 550
            assert c.command("RSET").code == 250
        assert c.ehlo().code == 250
        c.mail()
        assert c.rcpt(f"{box}@example.org").code == 550
    with lab.connect("match") as c:
        c.hello()
        c.mail()
        assert c.rcpt(f"{box}@example.org").code == 250
        assert c.command("RSET").code == 250
        smtp.deliver(c, box)
        assert c.command("RSET").code == 250
        c.quit()
    lab.postfix.delivered(box)


def test_starttls(lab, shared):
    box = lab.mailbox()
    with lab.connect("match") as c:
        c.hello()
        c.starttls()
        c.ehlo()
        smtp.deliver(c, box)
        c.quit()
    message, = lab.postfix.delivered(box)
    assert b"iprev=pass" in message
    with lab.connect("no ptr") as c:
        c.hello()
        c.starttls()
        c.ehlo()
        c.mail()
        assert c.rcpt(f"{box}@example.org").code == 550


@pytest.mark.parametrize("case", ["no ptr", "differs", "servfail reverse"])
def test_authenticated(lab, shared, case):
    """Who has a password may come from anywhere."""
    box = lab.mailbox()
    mark = shared.milter.log.mark()
    with lab.connect(case) as c:
        c.hello()
        c.starttls()
        c.ehlo()
        assert c.auth().code == 235
        smtp.deliver(c, box)
        port = c.source_port
        c.quit()
    lab.postfix.delivered(box)
    record = shared.record(mark, port=str(port))
    assert record["auth"] == "yes"
    assert record["refused"] == "0"
    assert record["messages"] == "1"


def test_wrong_password(lab, shared):
    with lab.connect("no ptr") as c:
        c.hello()
        assert c.auth(password="guess").code == 535
        c.mail()
        assert c.rcpt("someone@example.org").code == 550


def test_authenticates_after_a_refusal(lab, shared):
    """Each transaction asks anew whether the client has a password."""
    box = lab.mailbox()
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        assert c.rcpt(f"{box}@example.org").code == 550
        c.command("RSET")
        assert c.auth().code == 235
        smtp.deliver(c, box)
        c.quit()
    lab.postfix.delivered(box)


@pytest.mark.parametrize("case, codes", [
    ("match", [250, 250, 250, 354]), ("no ptr", [250, 550, 250, 354]),
    ("servfail forward", [250, 450, 250, 354])])
def test_pipelining(lab, shared, case, codes):
    """All commands in one packet, the replies in their order."""
    box = lab.mailbox()
    with lab.connect(case) as c:
        c.hello()
        c.send(f"MAIL FROM:<a@example.net>\r\nRCPT TO:<{box}@example.org>\r\n"
               "RCPT TO:<abuse@example.org>\r\nDATA\r\n".encode())
        assert [c.reply().code for _ in codes] == codes
        c.send(smtp.wire(smtp.MESSAGE) + b".\r\n")
        assert c.reply().code == 250
        c.quit()
    assert len(lab.postfix.inbox(f"{box}@example.org")) <= 1


def test_bdat(lab, shared):
    """A message in chunks (RFC 3030) is judged like any other."""
    box = lab.mailbox()
    text = smtp.wire("Authentication-Results: mail.example.org; none\n"
                     + smtp.MESSAGE)
    with lab.connect("match") as c:
        c.hello()
        c.mail()
        assert c.rcpt(f"{box}@example.org").code == 250
        c.send(b"BDAT 30\r\n" + text[:30])
        assert c.reply().code == 250
        c.send(b"BDAT %d LAST\r\n" % (len(text) - 30) + text[30:])
        assert c.reply().code == 250
        c.quit()
    message, = lab.postfix.delivered(box)
    value, = values(message, "Authentication-Results")
    assert "iprev=pass" in value


def at_connect(c, box):
    pass


def at_banner(c, box):
    c.banner()


def at_helo(c, box):
    c.hello()


def at_half_command(c, box):
    c.hello()
    c.send(b"MAIL FR")


def at_mail(c, box):
    c.hello()
    c.mail()


def at_rcpt(c, box):
    c.hello()
    c.mail()
    c.rcpt(f"{box}@example.org")


def before_rcpt_reply(c, box):
    c.hello()
    c.mail()
    c.send(f"RCPT TO:<{box}@example.org>\r\n".encode())


def at_data(c, box):
    at_rcpt(c, box)
    c.command("DATA")


def at_half_header(c, box):
    at_data(c, box)
    c.send(b"Subject: te")


def at_half_body(c, box):
    at_data(c, box)
    c.send(b"Subject: test\r\n\r\nHel")


def before_final_reply(c, box):
    at_data(c, box)
    c.send(b"Subject: test\r\n\r\nHello.\r\n.\r\n")


def at_end(c, box):
    at_data(c, box)
    c.send(b"Subject: test\r\n\r\nHello.\r\n.\r\n")
    assert c.reply().code == 250


DROPS = [at_connect, at_banner, at_helo, at_half_command, at_mail, at_rcpt,
         before_rcpt_reply, at_data, at_half_header, at_half_body,
         before_final_reply, at_end]


@pytest.mark.parametrize("stage", DROPS, ids=[f.__name__ for f in DROPS])
def test_drop(lab, shared, stage):
    """A client whose line is cut harms nobody; its record is written."""
    mark = shared.milter.log.mark()
    maillog = lab.postfix.log.mark()
    c = lab.connect("match")
    stage(c, lab.mailbox())
    port = c.source_port
    c.drop()
    lab.postfix.log.wait(r"disconnect from \S+\[192\.0\.2\.10\]", maillog)
    if stage not in (at_connect, at_banner, at_helo, at_half_command,
                     at_mail, before_rcpt_reply):
        shared.record(mark, port=str(port))
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        assert c.rcpt("someone@example.org").code == 550


def test_drop_while_the_dns_is_silent(lab, shared):
    mark = shared.milter.log.mark()
    c = lab.connect(lab.silent())
    before_rcpt_reply(c, lab.mailbox())
    c.drop()
    with lab.connect("match") as c:
        c.hello()
        c.mail()
        assert c.rcpt("someone@example.org").code == 250
        port = c.source_port
        c.quit()
    shared.record(mark, port=str(port))


@pytest.mark.parametrize("helo", [
    b"caf\xe9.example", b"b\xc3\xbccher.example", b"nul\x00byte.example",
    b"\x01\x02\x7f", b'quo"te\\.example', b"per%sc%nent",
    b"x" * 480, b"a\tb", b"\xff" * 200],
    ids=["latin-1", "utf-8", "nul", "control", "quote", "percent", "long",
         "tab", "long 8-bit"])
def test_foreign_bytes_in_helo(lab, shared, helo):
    """Whatever the client calls itself, the log stays clean text."""
    mark = shared.milter.log.mark()
    with lab.connect("no ptr", "chroot") as c:
        c.banner()
        assert c.ehlo(helo).code == 250
        c.mail()
        reply = c.rcpt("someone@example.org")
        assert (reply.code, reply.enhanced) == (550, "5.7.25")
        port = c.source_port
        c.quit()
    record = shared.record(mark, port=str(port))
    assert not [ch for ch in record["line"] if not " " <= ch <= "~"]
    if helo.startswith(b"caf"):
        assert record["helo"] == r"caf\xe9.example"
    if helo.startswith(b"per%"):
        assert record["helo"] == "per%sc%nent"


@pytest.mark.parametrize("sender", [
    "", '"two words"@example.net', '"a\\"b"@example.net',
    "per%sc%nt@example.net"], ids=["null", "space", "quote", "percent"])
def test_odd_senders(lab, shared, sender):
    mark = shared.milter.log.mark()
    with lab.connect("no ptr") as c:
        c.hello()
        assert c.mail(sender).code == 250
        assert c.rcpt("someone@example.org").code == 550
        port = c.source_port
        c.quit()
    shared.record(mark, port=str(port))


def test_foreign_bytes_in_header_and_body(lab, shared):
    """They reach the mailbox as they came."""
    box = lab.mailbox()
    message = (b"Subject: \xff\xfe caf\xe9\nX-Control: a\x01b\x7fc\n"
               b"X-Nul: before\x00after\nX-\xc3\xbc: name\n\n"
               b"\xff\x00body\x80\n")
    with lab.connect("match") as c:
        c.hello()
        smtp.deliver(c, box, message)
    got, = lab.postfix.delivered(box)
    assert b"Subject: \xff\xfe caf\xe9\n" in got
    assert b"X-Control: a\x01b\x7fc\n" in got
    assert b"iprev=pass" in got
