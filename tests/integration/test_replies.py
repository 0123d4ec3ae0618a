# SPDX-License-Identifier: ISC
"""What a refused client reads, and what explain makes of its token."""

import re

import pytest

from lab import zones

TOKEN = re.compile(r"\(([0-9A-Z]{8,16})\)")
NO_PTR = zones.CLIENT["no ptr"]


def refused(lab, case, service="main", helo="client.example.net",
            sender="sender@example.net", box="someone"):
    with lab.connect(case, service) as c:
        c.banner()
        c.ehlo(helo)
        assert c.mail(sender).code == 250
        reply = c.rcpt(f"{box}@example.org")
        reply.port = str(c.source_port)
        c.quit()
    return reply


def test_default_texts(lab, shared):
    reply = refused(lab, "no ptr")
    assert re.search(rf"^5\.7\.25 .*{re.escape(NO_PTR)}: no PTR record "
                     rf"{TOKEN.pattern}$", reply.text)
    reply = refused(lab, "servfail reverse")
    assert re.search(r"^4\.7\.25 .*192\.0\.2\.40: .*, try again "
                     rf"{TOKEN.pattern}$", reply.text)


def test_each_refusal_of_a_session_has_its_token(lab, shared):
    mark = shared.milter.log.mark()
    with lab.connect("no ptr") as c:
        c.hello()
        c.mail()
        tokens = {TOKEN.search(c.rcpt(f"x{n}@example.org").text)[1]
                  for n in range(3)}
        port = c.source_port
        c.quit()
    assert len(tokens) == 1
    assert shared.record(mark, port=str(port))["token"] in tokens


def test_tokens_differ(lab, shared):
    tokens = {TOKEN.search(refused(lab, "no ptr").text)[1] for _ in range(5)}
    assert len(tokens) == 5


def test_templates(lab, postern):
    postern(milter=r"""
	reply to reject "100%% no: %{address} %{why} <%{helo}> <%{from}> <%{rcpt}> %{name} (%{token})"
	reply to tempfail "later, %{address}"
""").start()
    reply = refused(lab, "no ptr", "own", helo="h.example.net",
                    sender="a@example.net", box="b")
    assert reply.code == 550
    assert re.search(rf"100% no: {NO_PTR} no PTR record <h\.example\.net> "
                     r"<a@example\.net> <b@example\.org> - "
                     rf"{TOKEN.pattern}$", reply.text), reply
    reply = refused(lab, "servfail reverse", "own")
    assert reply.text.endswith("later, 192.0.2.40")


@pytest.mark.parametrize("helo", [
    b"per%sc%nent%", b"caf\xe9", b"\x01\x02", b"a%{why}b", b"x" * 450,
    b"%" * 400], ids=["percent", "8-bit", "control", "variable", "long",
                      "all percent"])
def test_foreign_bytes_in_a_template(lab, postern, helo):
    """The reply is still ours, printable, and one line."""
    postern(milter='\treply to reject "no, %{helo} (%{token})"\n').start()
    reply = refused(lab, "no ptr", "own", helo=helo)
    assert reply.code == 550
    assert reply.enhanced == "5.7.25"
    assert " no, " in reply.text
    assert not re.search(r"[^ -~]", reply.text.replace("\n", ""))
    if helo.startswith(b"per"):
        assert "per%sc%nent%" in reply.text
    if helo.startswith(b"a%"):
        assert "a%{why}b" in reply.text


@pytest.mark.jailed_too
def test_explain_token(lab, shared):
    reply = refused(lab, "no ptr", helo="zombie.example.net")
    token = TOKEN.search(reply.text)[1]
    shared.record(token=token)
    done = shared.run("postern", "explain", token, shared.milter.log.path)
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    for fact in (NO_PTR, "no PTR record", "zombie.example.net",
                 "someone@example.org", "on permerror reject",
                 f"{shared.conf}:{shared.line_of('on permerror')}"):
        assert fact in out, (fact, out)


def test_explain_token_from_standard_input(lab, shared):
    token = TOKEN.search(refused(lab, "differs").text)[1]
    shared.record(token=token)
    log = shared.milter.log.text().encode()
    done = shared.run("postern", "explain", token, "-", stdin=log)
    assert done.returncode == 0
    assert zones.CLIENT["differs"].encode() in done.stdout


def test_explain_token_in_a_maillog_of_syslog(lab, shared):
    """Lines as syslog writes them, Postfix's own between them."""
    token = TOKEN.search(refused(lab, "no ptr").text)[1]
    record = shared.record(token=token)["line"]
    text = record[record.index("reject client="):]
    log = ("Nov 22 10:00:00 mail postfix/smtpd[4711]: NOQUEUE: milter-reject:"
           f" RCPT from unknown[{NO_PTR}]: 550 5.7.25 {NO_PTR}: no PTR record"
           f" ({token}); from=<a> to=<b> proto=ESMTP helo=<c>\n"
           f"Nov 22 10:00:00 mail postern-milter[4712]: {text}\n").encode()
    done = shared.run("postern", "explain", token, "-", stdin=log)
    assert done.returncode == 0, done.stderr
    assert b"no PTR record" in done.stdout
    assert b"on permerror reject" in done.stdout


def test_explain_unknown_token(lab, shared):
    done = shared.run("postern", "explain", "ZZZZZZZZZZ",
                      shared.milter.log.path)
    assert done.returncode == 1
    done = shared.run("postern", "explain", "ZZZZZZZZZZ", "/nonexistent")
    assert done.returncode == 66
    assert b"/nonexistent" in done.stderr


def test_explain_token_with_foreign_bytes(lab, shared):
    """What was escaped in the log is printed so, never raw."""
    reply = refused(lab, "no ptr", helo=b"\x1b[31mcaf\xe9")
    token = TOKEN.search(reply.text)[1]
    shared.record(token=token)
    done = shared.run("postern", "explain", token, shared.milter.log.path)
    assert done.returncode == 0
    assert not re.search(rb"[^\n\t -~]", done.stdout)
