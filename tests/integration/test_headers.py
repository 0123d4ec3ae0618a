# SPDX-License-Identifier: ISC
"""Authentication-Results: ours on top, every forged one gone."""

import pytest

from lab import smtp
from lab.postfix import head_fields, plain, results, values

AR = "Authentication-Results"
OURS = "mail.example.org; iprev=pass policy.iprev=192.0.2.10"

# Header fields, all of which claim to be ours (RFC 8601, 2.2).
FORGED = {
    "plain": "Authentication-Results: mail.example.org; spf=pass",
    "iprev": "Authentication-Results: mail.example.org; iprev=pass",
    "upper-case-name": "AUTHENTICATION-RESULTS: mail.example.org; none",
    "upper-case-id": "Authentication-Results: MAIL.EXAMPLE.ORG; none",
    "mixed-case": "authentication-Results: mAIL.eXample.org; none",
    "no-space": "Authentication-Results:mail.example.org;none",
    "many-spaces": "Authentication-Results:  \t  mail.example.org  ; none",
    "no-semicolon": "Authentication-Results: mail.example.org",
    "version": "Authentication-Results: mail.example.org 1; spf=pass",
    "unknown-version": "Authentication-Results: mail.example.org 99; spf=pass",
    "comment-before": "Authentication-Results: (a) mail.example.org; none",
    "comment-after": "Authentication-Results: mail.example.org (a); none",
    "comments-glued":
        "Authentication-Results: (a)mail.example.org(b)1(c);none",
    "nested-comment":
        r"Authentication-Results: (a (b (c)) \) \( d) mail.example.org; none",
    "comment-with-id":
        "Authentication-Results: (other.example.net;) mail.example.org; none",
    "two-comments":
        "Authentication-Results: (a) (b)\t(c) mail.example.org; none",
    "quoted": 'Authentication-Results: "mail.example.org"; none',
    "quoted-upper": 'Authentication-Results: "Mail.Example.Org" 1; none',
    "quoted-pairs": r'Authentication-Results: "m\ail.ex\ample.org"; none',
    "folded": "Authentication-Results:\n mail.example.org;\n\tspf=pass",
    "folded-twice":
        "Authentication-Results:\n\t\n (a\n b)\n mail.example.org\n ; none",
    "folded-in-comment":
        "Authentication-Results: (a\n b) mail.example.org; spf=pass",
    "8-bit-comment":
        "Authentication-Results: (caf\udce9) mail.example.org; none",
    "long":
        "Authentication-Results: mail.example.org; " + "spf=pass " * 90,
}

OTHERS = [
    "Authentication-Results: mail.example.net; spf=pass",
    "Authentication-Results: mail.example.org.example.net; spf=pass",
    "Authentication-Results: xmail.example.org; spf=pass",
    "Authentication-Results: other.example.net (mail.example.org); none",
    "Authentication-Results: other.example.net; "
    "x=mail.example.org",
    "ARC-Authentication-Results: i=1; mail.example.org; spf=pass",
    "X-Authentication-Results: mail.example.org; spf=pass",
    "Original-Authentication-Results: mail.example.org; spf=pass",
]


def through(lab, head, service="main"):
    """A message with that head from a good client, as delivered."""
    box = lab.mailbox()
    with lab.connect("match", service) as c:
        c.hello()
        smtp.deliver(c, box, f"From: <a@example.net>\n{head}\n"
                     "Subject: test\n\nHello.\n")
        c.quit()
    return lab.postfix.delivered(box)[0]


@pytest.mark.parametrize("spelling", FORGED)
def test_forged_is_removed(lab, shared, spelling):
    message = through(lab, FORGED[spelling])
    assert results(message) == [OURS]
    assert values(message, "Subject") == ["test"]


def test_forged_with_space_before_colon(lab, shared):
    """The obsolete form of a field (RFC 5322, 4.5)."""
    message = through(lab, "Authentication-Results : mail.example.org; none")
    claims = [plain(v) for n, v in head_fields(message)
              if n.strip().lower() == AR.lower()]
    assert claims == [OURS]


@pytest.mark.jailed_too
def test_ten_forged_at_once(lab, shared):
    """All go, those of others between them stay, in their order."""
    spellings = list(FORGED.values())[:10]
    others = [f"Authentication-Results: other{n}.example.net; spf=pass"
              for n in range(10)]
    head = "\n".join(x for pair in zip(spellings, others) for x in pair)
    message = through(lab, head)
    assert results(message) == [OURS] + [
        f"other{n}.example.net; spf=pass" for n in range(10)]


def test_every_spelling_at_once(lab, shared):
    message = through(lab, "\n".join(FORGED.values()))
    assert results(message) == [OURS]


@pytest.mark.parametrize("count", [200, 2000])
def test_a_flood_of_forged(lab, shared, count):
    """However many: none comes through, or the message does not."""
    box = lab.mailbox()
    with lab.connect("match") as c:
        c.hello()
        c.mail()
        c.rcpt(f"{box}@example.org")
        reply = c.data(f"{AR}: mail.example.org; spf=pass\n" * count
                       + "Subject: flood\n\nHello.\n")
        c.quit()
    if reply.code == 250:
        message, = lab.postfix.delivered(box)
        assert results(message) == [OURS]
    else:
        assert reply.code == 451, reply
        assert lab.postfix.inbox(f"{box}@example.org") == []


@pytest.mark.parametrize("head", OTHERS,
                         ids=[f"other{n}" for n in range(len(OTHERS))])
def test_of_others_stays(lab, shared, head):
    message = through(lab, head)
    name, value = head.split(":", 1)
    assert (name, value.strip()) in head_fields(message)
    assert OURS in results(message)


def test_ours_is_on_top(lab, shared):
    """Above all that came from the client, and above Postfix's Received."""
    message = through(lab, "Authentication-Results: a.example.net; none")
    names = [n for n, _ in head_fields(message)]
    assert names.index(AR) < names.index("From")
    assert names.index(AR) < names.index("Received")


def test_claimed_by_no_one(lab, shared):
    """Fields that are no Authentication-Results at all do no harm."""
    for head in ("Authentication-Results:", "Authentication-Results: ;",
                 "Authentication-Results: (unclosed",
                 'Authentication-Results: "unclosed',
                 "Authentication-Results: " + "(" * 900,
                 "Authentication-Results: \\"):
        message = through(lab, head)
        assert OURS in results(message), head


def test_nul_in_field(lab, shared):
    """A NUL byte in a field stops neither Postfix nor us."""
    message = through(lab, "Authentication-Results: mail.example.org\x00x;"
                      " spf=pass\nX-After: yes")
    assert results(message)[0] == OURS
    assert values(message, "X-After") == ["yes"]


def test_opendkim_with_the_same_id(lab, shared):
    """It comes after us and signs its findings with the same name: both
    fields survive, the forged one does not."""
    lab.need_opendkim()
    message = through(
        lab, "Authentication-Results: mail.example.org; dkim=pass "
        "header.d=bank.example", "dkim")
    found = results(message)
    assert len(found) == 2, found
    assert OURS in found
    other, = [v for v in found if v != OURS]
    assert other.startswith("mail.example.org; dkim=none")


@pytest.mark.parametrize("service", ["main"])
def test_other_messages_of_the_session(lab, shared, service):
    """Each message of a session is cleaned for itself."""
    first, second = lab.mailbox(), lab.mailbox()
    forged = "Authentication-Results: mail.example.org; spf=pass\n"
    with lab.connect("match", service) as c:
        c.hello()
        smtp.deliver(c, first, forged * 5 + "Subject: one\n\n")
        smtp.deliver(c, second, forged * 2 + "Subject: two\n\n")
        c.quit()
    for box in (first, second):
        message, = lab.postfix.delivered(box)
        assert results(message) == [OURS]


def test_local_submission_is_left_alone(lab, shared):
    """What programs of this machine write is theirs."""
    box = lab.mailbox()
    lab.postfix.sendmail("Authentication-Results: mail.example.org; spf=pass"
                         "\nSubject: local\n\nHello.\n", f"{box}@example.org")
    message, = lab.postfix.delivered(box)
    assert results(message) == ["mail.example.org; spf=pass"]


def test_authenticated_is_cleaned(lab, shared):
    """Nothing is said of where it came from, and nothing forged stays."""
    box = lab.mailbox()
    with lab.connect("no ptr") as c:
        c.hello()
        assert c.auth().code == 235
        smtp.deliver(c, box, "\n".join(FORGED.values())
                     + "\nSubject: mine\n\n")
        c.quit()
    message, = lab.postfix.delivered(box)
    assert results(message) == []
    assert values(message, "X-Postern") == []
