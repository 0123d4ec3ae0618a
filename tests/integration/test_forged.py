# SPDX-License-Identifier: ISC
"""Forged headers in every way there is, through a real Postfix."""

import re
import socket

import pytest

from lab import postfix, smtp, wait
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


def listens(port):
    try:
        with socket.create_connection((smtp.SERVER4, port), 60):
            return True
    except ConnectionRefusedError:
        return False


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
    lab.postfix.postfix("reload")
    # master(8) logs the reload before it listens at the new ports.
    for port, _, _ in EDITS.values():
        wait.until(f"port {port} to answer", lambda p=port: listens(p))


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
