# SPDX-License-Identifier: ISC
"""Each kind of client at a real Postfix: the result, the reply, the record."""

import re

import pytest

from lab import smtp, zones
from lab.postfix import results, values

PASS, FAIL, TEMP, PERM = "pass", "fail", "temperror", "permerror"

# What Postfix must answer to RCPT for each result under the shared file.
REPLY = {PASS: (250, "2.1.5"), FAIL: (550, "5.7.25"),
         TEMP: (450, "4.7.25"), PERM: (550, "5.7.25")}

# case, result, confirmed name
CASES = [
    ("match", PASS, "good.example.org"),
    ("no ptr", PERM, None),
    ("no address", FAIL, None),
    ("no such name", FAIL, None),
    ("differs", FAIL, None),
    ("third matches", PASS, "three.of3.example.org"),
    ("30 ptrs", PASS, r"x{40}-\d\d\.thirty\.example\.org"),
    ("30 wrong ptrs", FAIL, None),
    ("rfc 2317", PASS, "rfc2317.example.org"),
    ("rfc 2317 no ptr", PERM, None),
    ("forward cname", PASS, "alias.example.org"),
    ("v6 match", PASS, "v6good.example.org"),
    ("v6 no ptr", PERM, None),
    ("v6 differs", FAIL, None),
    ("v6 only a", FAIL, None),
    ("control bytes", FAIL, None),
    ("space", FAIL, None),
    ("longest", PASS, re.escape(zones.LONGEST)),
    ("trailing dot", FAIL, None),
    ("utf-8", FAIL, None),
    ("quote", FAIL, None),
    ("percent", FAIL, None),
    ("backslash", FAIL, None),
    ("semicolon", FAIL, None),
    ("bad and good", PASS, "beside-bad.example.org"),
    ("servfail reverse", TEMP, None),
    ("servfail forward", TEMP, None),
    ("refused reverse", TEMP, None),
    ("refused forward", TEMP, None),
    ("mute reverse", TEMP, None),
    ("mute forward", TEMP, None),
    ("lame reverse", TEMP, None),
    ("lame forward", TEMP, None),
    ("v6 servfail", TEMP, None),
    ("servfail beside match", PASS, "beside-broken.example.org"),
    ("servfail beside mismatch", TEMP, None),
    ("forward loop", TEMP, None),
    ("reverse loop", TEMP, None),
]


@pytest.mark.parametrize("case, result, name", CASES,
                         ids=[c[0].replace(" ", "-") for c in CASES])
def test_result(lab, shared, case, result, name):
    mark = shared.milter.log.mark()
    with lab.connect(case) as c:
        c.hello()
        assert c.mail().code == 250
        reply = c.rcpt(f"{lab.mailbox()}@example.org")
        port = c.source_port
        c.quit()
    assert (reply.code, reply.enhanced) == REPLY[result]

    address = zones.CLIENT[case]
    record = shared.record(mark, client=address, port=str(port))
    assert record["result"] == result
    if name is None:
        assert record["name"] == "-"
        assert address in reply.text
        assert record["token"] in reply.text
    else:
        assert re.fullmatch(name, record["name"])
    assert not re.search(r"[^ -~]", record["line"])


@pytest.mark.parametrize("case, result", [("match", PASS), ("no ptr", PERM)])
@pytest.mark.jailed_too
def test_result_in_header(lab, shared, case, result):
    """Mail that is let in says the result on top, whatever it is."""
    box = "abuse" if result != PASS else lab.mailbox()
    count = len(lab.postfix.inbox(f"{box}@example.org"))
    with lab.connect(case) as c:
        c.hello()
        smtp.deliver(c, box)
        c.quit()
    message = lab.postfix.delivered(box, count + 1)[-1]
    assert results(message) == [
        f"mail.example.org; iprev={result} "
        f"policy.iprev={zones.CLIENT[case]}"]


def test_v6_address_in_header(lab, shared):
    box = lab.mailbox()
    with lab.connect("v6 match") as c:
        c.hello()
        smtp.deliver(c, box)
    message, = lab.postfix.delivered(box)
    value, = results(message)
    assert re.fullmatch(r"mail\.example\.org; iprev=pass "
                        r'policy\.iprev="?2001:db8::10"?', value)


@pytest.mark.jailed_too
def test_chroot(lab, shared):
    """A chrooted smtpd reaches the same socket."""
    with lab.connect("no ptr", "chroot") as c:
        c.hello()
        c.mail()
        reply = c.rcpt("someone@example.org")
    assert (reply.code, reply.enhanced) == (550, "5.7.25")


def test_debians_own_name_lookup(lab, shared):
    """With smtpd_peername_lookup on, the client's address is the same."""
    with lab.connect("third matches", "stock") as c:
        c.hello()
        c.mail()
        assert c.rcpt("someone@example.org").code == 250


def test_proxy_protocol(lab, shared):
    """The address is the one that the proxy names."""
    mark = shared.milter.log.mark()
    for case, code in (("no ptr", 550), ("match", 250)):
        address = zones.CLIENT[case]
        with lab.connect("127.0.0.1", "proxy", server="127.0.0.1",
                         proxy=f"PROXY TCP4 {address} 192.0.2.1 4711 25\r\n"
                         .encode()) as c:
            c.hello()
            c.mail()
            assert c.rcpt("someone@example.org").code == code
            c.quit()
        shared.record(mark, client=address, port="4711")


def test_proxy_protocol_v6(lab, shared):
    with lab.connect("127.0.0.1", "proxy", server="127.0.0.1",
                     proxy=b"PROXY TCP6 2001:db8::11 2001:db8::1 4711 25\r\n"
                     ) as c:
        c.hello()
        c.mail()
        assert c.rcpt("someone@example.org").code == 550


@pytest.mark.jailed_too
def test_local_submission(lab, shared):
    """sendmail(1) on this machine: there is no client to look up, though
    Postfix names 127.0.0.1, which has no PTR record here."""
    box = lab.mailbox()
    lab.postfix.sendmail("Subject: local\n\nHello.\n", f"{box}@example.org")
    message, = lab.postfix.delivered(box)
    assert values(message, "Subject") == ["local"]
    assert b"iprev=" not in message
