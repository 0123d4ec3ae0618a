# SPDX-License-Identifier: ISC
"""What breaks: processes killed, nothing to ask, no descriptors left.

Whatever it is, it costs a temporary failure at most, and the next client
after the repair is served as ever.
"""

import os
import signal
import socket
import threading

import pytest

from lab import smtp, wait, zones

FEW = ("prlimit", "--nofile=48:48", "--")


def rcpt(lab, case, service="own"):
    with lab.connect(case, service) as c:
        c.hello()
        reply = c.mail()
        if reply.code == 250:
            reply = c.rcpt("someone@example.org")
        c.quit()
    return reply


def until_rcpt(lab, case, code, service="own"):
    """Until a new client gets that code; no 5xx for our own trouble."""
    def good():
        reply = rcpt(lab, case, service)
        assert reply.code == code or reply.code // 100 != 5, reply
        return reply.code == code

    wait.until(f"{code} for {case}", good)


@pytest.mark.jailed_too
def test_milter_child_killed_in_mid_session(lab, postern):
    """Postfix defers the rest of that session; the next one is served."""
    p = postern().start()
    p.milter.child_may_fall = True
    with lab.connect("match", "own") as c:
        c.hello()
        c.mail()
        child = p.milter.child()
        os.kill(child, signal.SIGKILL)
        reply = c.rcpt("someone@example.org")
        assert (reply.code, reply.enhanced) == (451, "4.7.1")
        c.quit()
    p.milter.log.wait("the child died by signal 9")
    until_rcpt(lab, "match", 250)
    assert rcpt(lab, "no ptr").code == 550
    assert p.milter.child() != child
    assert p.status("postern-milter")["restarts"] == "1"


def test_milter_child_killed_default_accept(lab, postern):
    p = postern().start()
    p.milter.child_may_fall = True
    box = lab.mailbox()
    with lab.connect("no ptr", "own_accept") as c:
        c.hello()
        c.mail()
        os.kill(p.milter.child(), signal.SIGKILL)
        assert c.rcpt(f"{box}@example.org").code == 250
        assert c.data(smtp.MESSAGE).code == 250
        c.quit()
    lab.postfix.delivered(box)


def test_milter_child_killed_again_and_again(lab, postern):
    """The pauses between starts grow, and it still comes back."""
    p = postern().start()
    p.milter.child_may_fall = True
    for _ in range(3):
        os.kill(p.milter.child(), signal.SIGKILL)
        until_rcpt(lab, "no ptr", 550)


@pytest.mark.jailed_too
def test_milter_killed_and_started(lab, postern):
    """The parent is killed: the child follows it, the socket stays behind,
    and the next start cleans up."""
    p = postern().start()
    child = p.milter.child()
    with lab.connect("match", "own") as c:
        c.hello()
        c.mail()
        p.milter.kill()
        reply = c.rcpt("someone@example.org")
        assert reply.code in (250, 451)
    wait.until("the child to follow",
               lambda: not os.path.exists(f"/proc/{child}"))
    assert lab.postfix.own_milter.is_socket()
    assert rcpt(lab, "match").code == 451
    p.start_milter()
    assert rcpt(lab, "match").code == 250
    assert rcpt(lab, "no ptr").code == 550


def test_both_of_the_milter_killed(lab, postern):
    p = postern().start()
    child = p.milter.child()
    p.milter.signal(signal.SIGSTOP)
    os.kill(child, signal.SIGKILL)
    p.milter.kill()
    p.start_milter()
    assert rcpt(lab, "no ptr").code == 550


@pytest.mark.jailed_too
def test_fcrdnsd_child_killed_in_mid_session(lab, postern):
    """The session gets an answer or 450; the ones after it the right one."""
    p = postern().start()
    p.fcrdnsd.child_may_fall = True
    assert rcpt(lab, "match").code == 250
    with lab.connect("third matches", "own") as c:
        c.hello()
        os.kill(p.fcrdnsd.child(), signal.SIGKILL)
        c.mail()
        assert c.rcpt("someone@example.org").code in (250, 450)
        c.quit()
    until_rcpt(lab, "third matches", 250)
    assert rcpt(lab, "no ptr").code == 550


def test_fcrdnsd_killed_while_asked(lab, postern):
    """The question is open when it dies."""
    p = postern().start()
    p.fcrdnsd.child_may_fall = True
    with lab.connect(lab.silent(), "own") as c:
        c.hello()
        c.mail()
        c.send(b"RCPT TO:<someone@example.org>\r\n")
        os.kill(p.fcrdnsd.child(), signal.SIGKILL)
        reply = c.reply()
        assert (reply.code, reply.enhanced) == (450, "4.7.25")
        port = c.source_port
        c.quit()
    assert p.record(port=str(port))["result"] == "temperror"


def test_fcrdnsd_killed_and_started(lab, postern):
    p = postern().start()
    with lab.connect("match", "own") as c:
        c.hello()
        child = p.fcrdnsd.child()
        p.fcrdnsd.kill()
        wait.until("the child to follow",
                   lambda: not os.path.exists(f"/proc/{child}"))
        c.mail()
        assert c.rcpt("someone@example.org").code in (250, 450)
        p.start_fcrdnsd()
        assert c.rcpt("other@example.org").code in (250, 450)
        c.quit()
    assert rcpt(lab, "match").code == 250
    assert rcpt(lab, "no ptr").code == 550


def test_fcrdnsd_not_there(lab, postern):
    p = postern()
    p.start_milter()
    reply = rcpt(lab, "no ptr")
    assert (reply.code, reply.enhanced) == (450, "4.7.25")
    assert rcpt(lab, "match").code == 450
    p.start_fcrdnsd()
    assert rcpt(lab, "no ptr").code == 550
    assert rcpt(lab, "match").code == 250


def test_fcrdnsd_stopped_in_its_tracks(lab, postern):
    """It takes connections and questions and says nothing."""
    p = postern(timeout="1s").start()
    child = p.fcrdnsd.child()
    os.kill(child, signal.SIGSTOP)
    try:
        assert rcpt(lab, "no ptr").code == 450
        # A client whose address decides early does not even notice.
    finally:
        os.kill(child, signal.SIGCONT)
    until_rcpt(lab, "no ptr", 550)


class FalseFcrdnsd:
    """Something at fcrdnsd's socket that answers what it is told to."""

    def __init__(self, p, answer):
        path = p.state / "run" / "fcrdnsd.sock"
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        self.answer = answer
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        path.chmod(0o666)
        self.listener.listen(64)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                s, _ = self.listener.accept()
            except OSError:
                return
            s.settimeout(60)
            with s:
                try:
                    while s.recv(4096):
                        s.sendall(self.answer)
                        if not self.answer.endswith(b"\n"):
                            break
                except OSError:
                    pass

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(60)


GOOD = (b"ok 192.0.2.10 pass cause=none secure=no ttl=300 ms=12 cached=no "
        b"ptrs=1 invalid=0 name=good.example.org/confirmed protected=no\n")
FALSE = {
    "true": (GOOD, 250),
    "other-address": (GOOD.replace(b"2.10", b"2.11"), 450),
    "empty-line": (b"\n", 450),
    "garbage": (b"\x00\xff\x80 nonsense\n", 450),
    "cut": (GOOD[:40], 450),
    "endless": (b"ok 192.0.2.10 pass " + b"x" * 100000, 450),
    "error": (b"error bad-question\n", 450),
    "unknown-result": (GOOD.replace(b"pass", b"perhaps"), 450),
    "bad-number": (GOOD.replace(b"ttl=300", b"ttl=-1"), 450),
    "bad-name": (GOOD.replace(b"good.", b"go\x1bod."), 450),
    "reject-by-garbage": (b"ok 192.0.2.10 permerror\n", 450),
    "nul": (GOOD.replace(b"pass", b"pass\x00"), 450),
}


@pytest.mark.parametrize("answer", FALSE)
def test_false_answers(lab, postern, answer):
    """What does not parse is temperror."""
    p = postern(timeout="1s")
    text, code = FALSE[answer]
    fake = FalseFcrdnsd(p, text)
    try:
        p.start_milter()
        assert rcpt(lab, "match").code == code
    finally:
        fake.stop()


def test_milter_without_descriptors(lab, postern):
    """More sessions than it can hold: none is refused for good, and when
    they are gone all is well."""
    p = postern()
    p.start_fcrdnsd()
    p.start_milter(wrapper=FEW)
    p.milter.child_may_fall = True
    crowd = [lab.connect("match", "own") for _ in range(80)]
    for c in crowd[:10]:
        c.hello()
        c.mail()
        assert c.rcpt("someone@example.org").code in (250, 450, 451)
    for c in crowd:
        c.drop()
    until_rcpt(lab, "match", 250)
    until_rcpt(lab, "no ptr", 550)
    assert p.milter.alive()


def test_milter_with_more_sessions_than_descriptors(lab, postern):
    """Those beyond are put off, it is said once, the others go on."""
    p = postern()
    p.start_fcrdnsd()
    p.start_milter(wrapper=("prlimit", "--nofile=272:272", "--"))
    crowd = [lab.connect("match", "own") for _ in range(150)]
    codes = set()
    for c in crowd:
        c.banner()
        c.ehlo()
        reply = c.mail()
        if reply.code == 250:
            reply = c.rcpt("someone@example.org")
        codes.add(reply.code)
    assert codes == {250, 451}
    p.milter.log.wait("too many connections for the descriptors")
    for c in crowd:
        c.drop()
    until_rcpt(lab, "no ptr", 550)


def test_fcrdnsd_without_descriptors(lab, postern):
    p = postern(timeout="2s")
    p.start_fcrdnsd(wrapper=FEW)
    p.start_milter()
    held = []
    for _ in range(80):
        s = socket.socket(socket.AF_UNIX)
        s.settimeout(60)
        s.connect(str(p.state / "run" / "fcrdnsd.sock"))
        s.sendall(b"ask %s\n" % lab.silent().encode())
        held.append(s)
    assert rcpt(lab, "no ptr").code in (450, 550)
    assert rcpt(lab, "match").code in (250, 450)
    p.fcrdnsd.log.wait("Too many open files")
    for s in held:
        s.close()
    until_rcpt(lab, "match", 250)
    until_rcpt(lab, "no ptr", 550)
    assert p.fcrdnsd.alive()


@pytest.mark.jailed_too
def test_resolver_down_at_start(lab, postern):
    """The daemons start; clients are deferred until it comes up."""
    p = postern(forward="127.0.0.80 port 53", timeout="1s").start()
    assert rcpt(lab, "no ptr").code == 450
    assert rcpt(lab, "match").code == 450
    recursor = lab.dns.recursor("unbound-late", "127.0.0.80")
    try:
        until_rcpt(lab, "match", 250)
        until_rcpt(lab, "no ptr", 550)
    finally:
        recursor.kill()


def test_resolver_goes_down(lab, postern):
    """What is known stays known; the rest is deferred."""
    recursor = lab.dns.recursor("unbound-short", "127.0.0.81")
    postern(forward="127.0.0.81 port 53", timeout="1s").start()
    try:
        assert rcpt(lab, "match").code == 250
    finally:
        recursor.kill()
    assert rcpt(lab, "match").code == 250
    assert rcpt(lab, "no ptr").code == 450


def test_waiting_sessions_are_bounded(lab, postern):
    """The one too many gets its 450 while the first still waits."""
    p = postern(milter="\tsessions 1\n", timeout="4s").start()
    with lab.connect(lab.silent(), "own") as first:
        first.hello()
        first.mail()
        first.send(b"RCPT TO:<someone@example.org>\r\n")
        wait.until("the first to wait",
                   lambda: p.status("postern-milter")["waiting"] == "1")

        def one_too_many():
            with lab.connect(lab.silent_name(), "own") as c:
                c.hello()
                c.mail()
                reply = c.rcpt("someone@example.org")
            assert reply.code == 450
            first.socket.setblocking(False)
            try:
                first.socket.recv(1, socket.MSG_PEEK)
            except BlockingIOError:
                return True	# it waits yet
            finally:
                first.socket.settimeout(60)
            return False

        assert one_too_many()
        assert first.reply().code == 450
    assert rcpt(lab, "match").code == 250
