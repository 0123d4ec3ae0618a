# SPDX-License-Identifier: ISC
"""Lists, bans and DNS lists at the mail door, through real Postfix."""

import gzip
import json
import os
import re
import time

import pytest

from lab import netns, smtp, wait, zones
from lab.dns import start_nsd, start_unbound
from lab.postfix import results, values
from lab.zones import HEAD

TOKEN = re.compile(r"\(([0-9A-Z]{10})\)")
GOOD = zones.CLIENT["match"]
NO_PTR = zones.CLIENT["no ptr"]

# A DNS list (RFC 5782) that has NO_PTR, and one that speaks well of GOOD.
KEY = "k7f3a9d2e5b1"
BLACK = f"{KEY}.black.example."
WHITE = f"{KEY}.white.example."
HOSTILE = r'100%s \"quoted\" %{token}\013\010250 ok \200' + "x" * 180
BLACK_ZONE = (HEAD.format(BLACK, 60) + f"""2.0.0.127 A 127.0.0.2
{".".join(reversed(NO_PTR.split(".")))} A 127.0.0.4
{".".join(reversed(NO_PTR.split(".")))} TXT "see https://help.example.net/?a=1 ok"
12.2.0.192 A 127.0.0.2
12.2.0.192 TXT "{HOSTILE}"
14.2.0.192 A 127.0.0.2
14.2.0.192 TXT "ask {KEY}.black.example for 192.0.2.14"
""")
WHITE_ZONE = (HEAD.format(WHITE, 60) + f"""2.0.0.127 A 127.0.0.2
{".".join(reversed(GOOD.split(".")))} A 127.0.10.2
{".".join(reversed(GOOD.split(".")))} TXT "good.example.org https://good.example.net/s?s=1"
""")


@pytest.fixture(scope="module")
def recursor(lab):
    """A recursor that knows the DNS lists, too."""
    servers = [start_nsd(lab.base, "nsd-dnsbl", "127.0.0.90",
                         {BLACK: BLACK_ZONE, WHITE: WHITE_ZONE}),
               start_unbound(lab.base, "unbound-dnsbl", "127.0.0.91",
                             {**zones.stubs(), BLACK: "127.0.0.90",
                              WHITE: "127.0.0.90"})]
    yield "127.0.0.91 port 53"
    for server in reversed(servers):
        server.kill()


def rcpt(lab, source, box="someone", helo="client.example.net"):
    """The reply to a recipient, for a client of that address or kind."""
    with lab.connect(source, "own") as c:
        c.hello(helo)
        assert c.mail().code == 250
        reply = c.rcpt(f"{box}@example.org")
        reply.port = str(c.source_port)
        c.quit()
    return reply


def with_list(postern, lab, entries, top="", **more):
    """A Postern that has a list <drop> of those entries."""
    path = lab.base / f"drop{next(lab.numbers)}"
    path.write_text("".join(f"{e}\n" for e in entries))
    p = postern(top=f'firewall none\nlist <drop> {{ file "{path}" }}\n{top}',
                **more)
    p.drop = path
    done = p.run("postern-lists", "-1")
    assert done.returncode == 0, done.stderr.decode()
    return p


@pytest.mark.jailed_too
def test_listed_client(lab, postern):
    """Refused with the list's name and a token, and no DNS is asked."""
    p = with_list(postern, lab, [zones.CLIENT["watched"], "198.51.100.0/24"],
                  fcrdns="\tblock from { <drop> }\n").start()
    lab.dns.watched.asked()
    reply = rcpt(lab, "watched")
    assert (reply.code, reply.enhanced) == (550, "5.7.1")
    assert re.search(rf'{re.escape(zones.CLIENT["watched"])}: listed in drop '
                     rf"{TOKEN.pattern}$", reply.text), reply
    assert lab.dns.watched.asked() == 0
    record = p.record(port=reply.port)
    assert (record["verdict"], record["result"]) == ("reject", "none")
    assert (record["lists"], record["dnsbl"]) == ("drop", "-")
    assert (record["score"], record["protected"]) == ("-", "-")
    assert record["rule"].endswith(": block from <drop>")

    token = TOKEN.search(reply.text)[1]
    done = p.run("postern", "explain", token, p.milter.log.path)
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode()
    for fact in ("listed in drop", "It was in these lists: drop.",
                 f"{p.conf}:{p.line_of('block from')}: block from <drop>"):
        assert fact in out, (fact, out)

    # Others are let in, and postmaster can be reached by anybody.
    assert rcpt(lab, "match").code == 250
    assert rcpt(lab, "watched", box="postmaster").code == 250


def test_exempt_mail_of_a_listed_client(lab, postern):
    """It is tagged; nothing was asked, so there are no results."""
    box = lab.mailbox()
    with_list(postern, lab, [NO_PTR], fcrdns="\tblock from { <drop> }\n",
              milter=f'\texempt recipient {{ "{box}" }}\n').start()
    with lab.connect("no ptr", "own") as c:
        c.hello()
        smtp.deliver(c, box)
        c.quit()
    message, = lab.postfix.delivered(box)
    assert values(message, "X-Postern") == ["listed in drop"]
    assert results(message) == []


def test_pass_list_before_block(lab, postern):
    p = with_list(postern, lab, [NO_PTR], fcrdns="""
	pass from { <drop> }
	block from { 192.0.2.0/24 }
""").start()
    assert rcpt(lab, "no ptr").code == 250
    reply = rcpt(lab, "match")
    assert (reply.code, reply.enhanced) == (550, "5.7.1")
    assert p.record(port=reply.port)["why"] == "blocked by 192.0.2.0/24"


@pytest.mark.jailed_too
def test_protected_address(lab, postern):
    """Whatever blocks it, it is let in."""
    p = with_list(postern, lab, ["192.0.2.0/24"],
                  top=f"protect {{ {NO_PTR} }}\n", fcrdns="""
	block from { <drop>, 192.0.2.0/24 }
	on permerror reject
""").start()
    reply = rcpt(lab, "no ptr")
    assert reply.code == 250
    record = p.record(port=reply.port)
    assert (record["verdict"], record["protected"]) == ("accept", "yes")
    assert record["token"] == "-"
    assert record["why"] == "protected: nothing may block it"
    assert rcpt(lab, "match").code == 550


@pytest.mark.jailed_too
def test_ban(lab, postern):
    """It holds at the door within a second, and ends so; on a machine with
    other work, not each time."""
    p = with_list(postern, lab, [], fcrdns="\tblock from { <bans> }\n").start()
    assert rcpt(lab, "match").code == 250
    took = []
    while not took or max(took[-2:]) >= 1:
        assert len(took) < 12, f"none of six times: {took}"
        for verb, code in (("ban", 550), ("unban", 250)):
            done = p.run("postern", verb, GOOD)
            acknowledged = time.monotonic()
            assert done.returncode == 0, done.stderr
            wait.until(f"{verb} at the door",
                       lambda c=code: rcpt(lab, "match").code == c)
            took.append(time.monotonic() - acknowledged)
    assert p.milter.alive()


def test_without_fcrdnsd(lab, postern):
    """A prefix still keeps out, but bounces nothing: it might be protected.
    Of lists nothing is known."""
    p = with_list(postern, lab, [NO_PTR], fcrdns="""
	block from { <drop>, 192.0.2.14 }
	on temperror accept
""")
    p.start_milter()
    reply = rcpt(lab, "differs")
    assert (reply.code, reply.enhanced) == (450, "4.7.1")
    assert rcpt(lab, "no ptr").code == 250
    assert p.status("postern-milter")["offences-told"] == "0"
    assert p.status("postern-milter")["offences-lost"] == "0"


DNSBLS = f"""
	dnsbl "black" zone "{BLACK}" reply {{ 127.0.0.2-11 }} score 2
	dnsbl "white" zone "{WHITE}" reply {{ 127.0.*.1-3 }} score -2
"""


def dnsbl_postern(postern, recursor, rules):
    p = postern(fcrdns=DNSBLS + rules, forward=recursor).start()
    return p


@pytest.mark.jailed_too
def test_dnsbl(lab, postern, recursor):
    """Its name and its text are in the reply, its zone is nowhere."""
    p = dnsbl_postern(postern, recursor, "\ton score 2 reject\n")
    reply = rcpt(lab, "no ptr")
    assert (reply.code, reply.enhanced) == (550, "5.7.1")
    assert (f"{NO_PTR}: listed by black (score 2): see "
            "https://help.example.net/?a=1 ok (") in reply.text
    token = TOKEN.search(reply.text)[1]
    record = p.record(port=reply.port)
    assert (record["score"], record["dnsbl"]) == ("2", "black:127.0.0.4")
    out = p.run("postern", "explain", token, p.milter.log.path).stdout
    assert b"listed it or could not say: black:127.0.0.4." in out
    assert b"The score of the DNS lists was 2." in out

    # Hostile text: one line, printable, and the token still at its end.
    reply = rcpt(lab, "no address")
    assert reply.code == 550
    assert len(reply.lines) == 1
    assert '100%s "quoted" %{token}' in reply.text
    assert TOKEN.search(reply.text)
    assert not re.search(r"[^ -~]", reply.text)
    # Text that would tell the key is left out.
    reply = rcpt(lab, "differs")
    assert reply.code == 550
    assert "listed by black" in reply.text
    everything = out.decode() + reply.text + p.milter.said() \
        + p.fcrdnsd.said() + lab.postfix.log.text()
    assert KEY not in everything
    assert p.status("postern-milter")["offences-told"] == "0"	# nobody hears
    assert p.status("postern-milter")["offences-lost"] == "3"


def test_dnswl(lab, postern, recursor):
    dnsbl_postern(postern, recursor, "\ton score 3 reject\n")
    box = lab.mailbox()
    for case in ("match", "no ptr"):
        with lab.connect(case, "own") as c:
            c.hello()
            smtp.deliver(c, box)
            c.quit()
    good, bad = lab.postfix.delivered(box, 2)
    assert results(good) == [
        "mail.example.org; iprev=pass policy.iprev=192.0.2.10; dnswl=pass "
        "dns.zone=white policy.ip=127.0.10.2 "
        'policy.txt="good.example.org https://good.example.net/s?s=1"']
    assert results(bad) == [
        "mail.example.org; iprev=permerror policy.iprev=192.0.2.11; "
        "dnswl=none"]
    assert KEY.encode() not in good + bad


@pytest.mark.jailed_too
def test_nat(lab, postern):
    """Many names from one private address: only observed from then on."""
    netns.ip("route", "replace", "local", "10.9.0.0/16", "dev", "lo")
    p = postern(fcrdns="\tblock from { 10.9.0.0/16 }\n").start()
    replies = [rcpt(lab, "10.9.0.1", helo=f"h{n}.example.net")
               for n in range(10)]
    assert [r.code for r in replies] == [550] * 7 + [250] * 3
    record = p.record(port=replies[-1].port)
    assert (record["verdict"], record["refused"]) == ("reject", "1")
    assert (record["observe"], record["nat"]) == ("yes", "yes")
    record = p.record(port=replies[0].port)
    assert (record["observe"], record["nat"]) == ("no", "-")
    said = p.milter.said()
    assert said.count("10.9.0.1: 8 different HELO names within an hour: NAT "
                      "hides the real addresses from Postfix; only observing "
                      "this address") == 1
    assert p.status("postern-milter")["nat-addresses"] == "1"
    # Another address is none the worse for it.
    assert rcpt(lab, "10.9.0.2").code == 550


BANS = "bans { after 3 rejects within 1m for 10m }\n"


@pytest.mark.jailed_too
def test_offences_lead_to_a_ban(lab, postern):
    p = with_list(postern, lab, [], top=BANS, fcrdns="""
	block from { <bans> }
	on permerror reject
""").start()
    p.start_lists()
    for _ in range(3):
        assert rcpt(lab, "no ptr").enhanced == "5.7.25"
    wait.until("the ban", lambda: rcpt(lab, "no ptr").enhanced == "5.7.1")
    status = p.status("postern-milter")
    before = status["offences-told"], status["offences-lost"]
    assert int(before[0]) >= 3
    for _ in range(3):
        reply = rcpt(lab, "no ptr")
        assert "listed in bans" in reply.text
    status = p.status("postern-milter")
    assert (status["offences-told"], status["offences-lost"]) == before
    assert rcpt(lab, "match").code == 250


def test_observe_tells_nobody(lab, postern):
    p = with_list(postern, lab, [], top=BANS, milter="\tobserve\n", fcrdns="""
	block from { <bans> }
	on permerror reject
""").start()
    p.start_lists()
    for _ in range(5):
        assert rcpt(lab, "no ptr").code == 250
    status = p.status("postern-milter")
    assert (status["offences-told"], status["offences-lost"]) == ("0", "0")
    assert p.status("postern-lists")["offences"] == "0"


LOG = """\
Nov 22 10:00:00 mail postfix/smtpd[1]: connect from unknown[192.0.2.11]
Nov 22 10:00:00 mail postfix/smtpd[2]: connect from unknown[192.0.2.11]:4711
2026-11-22T10:00:00+01:00 mail postfix/smtpd[3]: connect from x[192.0.2.14]
Nov 22 10:00:00 mail postfix/smtpd[4]: connect from good[192.0.2.10]
Nov 22 10:00:00 mail postfix/smtpd[4]: connect from good[2001:db8::10]
Nov 22 10:00:00 mail postfix/smtpd[5]: connect from x[192.0.2.12]
Nov 22 10:00:00 mail postfix/submission/smtpd[6]: connect from x[192.0.2.13]
Nov 22 10:00:00 mail postfix/submission/smtpd[6]: 4Z: client=x[192.0.2.13], \
sasl_method=PLAIN, sasl_username=user
Nov 22 10:00:00 mail sshd[1]: hello
"""


@pytest.mark.jailed_too
def test_rehearse(lab, postern, recursor):
    """Sessions by reason, from local lists, DNS lists and reverse DNS."""
    p = with_list(postern, lab, ["192.0.2.14"], forward=recursor,
                  fcrdns=DNSBLS + """
	block from { <drop> }
	on score 2 reject
	on permerror reject
	on fail tempfail
""")
    done = p.run("postern", "rehearse", "-j", "-", stdin=LOG.encode())
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["lines"], said["postfix_lines"]) == (9, 8)
    assert (said["sessions"], said["authenticated"]) == (6, 1)
    assert (said["clients"], said["asked"]) == (5, 4)
    got = {(r["action"], r["why"], r["rule"]): (r["sessions"], r["clients"])
           for r in said["reasons"]}
    assert got == {
        ("reject", "listed by black", "on score 2 reject"): (3, 2),
        ("reject", "listed in drop", "block from <drop>"): (1, 1),
        ("accept", "a PTR name leads back to this address", "default"):
            (2, 2),
    }
    assert [(b["address"], b["sessions"]) for b in said["busiest"]][0] \
        == (NO_PTR, 2)
    assert said["busiest"][0]["line"] == p.line_of("on score")
    assert KEY not in done.stdout.decode() + done.stderr.decode()

    path = lab.base / "a-maillog"
    path.write_text(LOG)
    done = p.run("postern", "rehearse", path)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    for want in ("sessions   6\n", "1 that were authenticated",
                 "       3        2  reject    listed by black\n",
                 "The busiest of those who would be refused:"):
        assert want in text, text
    assert re.search(rf"\n +2  reject    {re.escape(NO_PTR)} +listed by black "
                     r"\(score 2\): see https://help", text)


def test_rehearse_what_postfix_wrote(lab, postern):
    """Its real log: the client of a moment ago is in it."""
    p = postern(fcrdns="\tblock from { 10.8.0.0/16 }\n").start()
    netns.ip("route", "replace", "local", "10.8.0.0/16", "dev", "lo")
    mark = lab.postfix.log.mark()
    for _ in range(3):
        assert rcpt(lab, "10.8.0.1").code == 550
    log = lab.postfix.log.text(mark).encode()
    done = p.run("postern", "rehearse", "-j", "-", stdin=log)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    busy, = [b for b in said["busiest"] if b["address"] == "10.8.0.1"]
    assert (busy["sessions"], busy["action"]) == (3, "reject")


def test_packed_logs(lab, postern):
    """As logrotate leaves them, also several in one; cut is an error."""
    p = postern(fcrdns="\tblock from { 192.0.2.0/24 }\n")
    token = "K7Q2M9XWTB"
    packed = gzip.compress(LOG.encode())
    packed += gzip.compress(f"postern-milter: reject client=192.0.2.9 "
                            f"token={token} observe=no\n".encode())
    path = lab.base / "mail.log.2.gz"
    path.write_bytes(packed)
    for name, stdin in ((path, b""), ("-", packed)):
        done = p.run("postern", "rehearse", "-j", name, stdin=stdin)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["lines"] == LOG.count("\n") + 1
        done = p.run("postern", "explain", token, name, stdin=stdin)
        assert done.returncode == 0, done.stderr
        assert b"The client's address was 192.0.2.9." in done.stdout
    # Of this one, the last line is being read when it comes out.
    long = gzip.compress(LOG.encode() + os.urandom(4000).hex().encode())
    for bad in (packed[:-12], packed + b"no gzip", long + b"no gzip"):
        path.write_bytes(bad)
        for words in (["rehearse", path], ["explain", "AAAAAAAAAA", path]):
            done = p.run("postern", *words)
            assert (done.returncode, done.stdout) == (66, b""), done
            assert done.stderr.count(b"no good gzip, or it is cut") == 1
            assert done.stderr.count(b"\n") == 1, done.stderr


def test_rehearse_no_log(lab, postern):
    p = postern()
    assert p.run("postern", "rehearse", "/nonexistent").returncode == 66
    done = p.run("postern", "rehearse", "-", stdin=b"hello\n")
    assert done.returncode == 65
    assert b"no line of it is Postfix's" in done.stderr
    assert p.run("postern", "rehearse").returncode == 64
