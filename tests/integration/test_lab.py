# SPDX-License-Identifier: ISC
"""The lab itself: its DNS and its Postfix do what the tests rely on."""

import dns.flags
import dns.rcode
import pytest

from lab import root, smtp, zones
from lab.postfix import queue_id, values


def rcode(answer):
    return dns.rcode.to_text(answer.rcode())


@pytest.mark.parametrize("case, count", [
    ("match", 1), ("third matches", 3), ("30 ptrs", 30), ("longest", 1),
    ("control bytes", 1), ("utf-8", 1), ("trailing dot", 1), ("rfc 2317", 1),
    ("v6 match", 1), ("v6 differs", 1)])
def test_reverse_names(lab, case, count):
    answer, _ = lab.dns.ask_ptr(zones.CLIENT[case])
    assert rcode(answer) == "NOERROR"
    assert sum(len(rrset) for rrset in answer.answer
               if rrset.rdtype == dns.rdatatype.PTR) == count


def test_30_names_need_tcp(lab):
    _, by_tcp = lab.dns.ask_ptr(zones.CLIENT["30 ptrs"])
    assert by_tcp


@pytest.mark.parametrize("case", ["no ptr", "v6 no ptr", "rfc 2317 no ptr"])
def test_no_reverse_name(lab, case):
    answer, _ = lab.dns.ask_ptr(zones.CLIENT[case])
    assert rcode(answer) in ("NXDOMAIN", "NOERROR")
    assert not any(rrset.rdtype == dns.rdatatype.PTR
                   for rrset in answer.answer)


@pytest.mark.parametrize("case", [
    "servfail reverse", "refused reverse", "lame reverse", "reverse loop",
    "v6 servfail"])
def test_reverse_trouble(lab, case):
    answer, _ = lab.dns.ask_ptr(zones.CLIENT[case])
    assert rcode(answer) == "SERVFAIL"


@pytest.mark.parametrize("name", [
    "client.broken.example", "client.refused.example", "client.lame.example",
    "half.broken.example", "loop-a.example.org"])
def test_forward_trouble(lab, name):
    answer, _ = lab.dns.ask(name, "A")
    assert rcode(answer) == "SERVFAIL"


def test_forward_alias(lab):
    answer, _ = lab.dns.ask("alias.example.org", "A")
    assert "192.0.2.28" in str(answer)


def test_refusal_at_first_hand(lab):
    answer, _ = lab.dns.ask("client.refused.example", "A",
                            server=zones.NSD_REFUSES)
    assert rcode(answer) == "REFUSED"


@pytest.mark.parametrize("service", ["plain"])
def test_mail_without_milter(lab, service):
    box = lab.mailbox()
    with lab.connect("no ptr", service) as c:
        c.hello()
        c.starttls()
        assert c.ehlo().code == 250
        assert c.auth().code == 235
        assert c.mail().code == 250
        assert c.rcpt(f"{box}@example.org").code == 250
        done = c.data(smtp.MESSAGE)
        assert done.code == 250
        assert queue_id(done)
        c.quit()
    message, = lab.postfix.delivered(box)
    assert values(message, "Subject") == ["test"]


def test_mail_over_v6(lab):
    box = lab.mailbox()
    with lab.connect("v6 match", "plain") as c:
        c.hello()
        assert c.mail().code == 250
        assert c.rcpt(f"{box}@example.org").code == 250
        assert c.data(smtp.MESSAGE).code == 250
    lab.postfix.delivered(box)


def test_private_root(lab):
    """A validating unbound finds our own world as it should be."""
    lab.root()
    recursor = lab.dns.validator(lab.root().anchor)
    try:
        for case, code, secure in (
                ("secure", "NOERROR", True), ("insecure", "NOERROR", True),
                ("no ptr", "NXDOMAIN", True),
                ("bogus reverse", "SERVFAIL", False)):
            answer, _ = lab.dns.ask_ptr(root.CLIENT[case],
                                        server="127.0.0.82")
            assert rcode(answer) == code, case
            assert bool(answer.flags & dns.flags.AD) == secure, case
        for name, code, secure in (
                ("host.example.com", "NOERROR", True),
                ("none.example.com", "NXDOMAIN", True),
                ("host.example.net", "NOERROR", False),
                ("host.bogus.example", "SERVFAIL", False)):
            answer, _ = lab.dns.ask(name, "A", server="127.0.0.82")
            assert rcode(answer) == code, name
            assert bool(answer.flags & dns.flags.AD) == secure, name
    finally:
        recursor.kill()
