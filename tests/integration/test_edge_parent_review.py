# SPDX-License-Identifier: ISC
"""The root parent of the front, when things go wrong around it."""

import os
import signal
import threading

import pytest

from lab import http, wait
from lab.origin import Origin, answer, serve


def test_reload_while_it_stops(make_edge):
    """Refused: what is under way is finished, and nobody new is let in."""
    go_on = threading.Event()

    def script(c):
        c.head()
        c.wait_for(go_on)
        c.send(answer(b"whole"))

    e = make_edge(origins=1).start()
    o = e.origin(script)
    with e.to(o) as c:
        c.send(http.request(host=o.name))
        o.wait_connections()
        e.daemon.stopped = True
        e.daemon.signal(signal.SIGTERM)
        e.log.wait("stopping")
        assert e.control("reload") == ["error the daemon stops"]
        with pytest.raises(OSError):
            http.Client(e.plain, seconds=1).close()
        go_on.set()
        assert c.answer().body == b"whole"
    assert e.daemon.wait_end() == 0


def test_upgrade_without_an_error_page(make_edge, lab_base):
    """It is gone when the parent is upgraded: all else goes on."""
    page = lab_base / "gone.html"
    page.write_text("<p>gone</p>\n")
    metrics = lab_base / "metrics.sock"
    e = make_edge(top=f'\tmetrics on socket "{metrics}"\n',
                  site=f'\t\terror page "{page}"\n').start()
    page.unlink()
    since = e.log.mark()
    for _ in range(2):
        e.daemon.signal(signal.SIGUSR2)
        e.log.wait("the workers of before go on", since)
        since = e.log.mark()
        e.works()
        # The certificates are watched, the metrics are there.
        assert "certificate" in e.status(), e.status()
        assert metrics.is_socket()
    e.daemon.child_may_fall = True
    old = e.workers()
    for pid in old:
        os.kill(pid, signal.SIGKILL)
    wait.until("two others", lambda: len(e.workers()) == 2
               and not set(old) & set(e.workers()))
    e.log.wait("works again", since)
    wait.until("them to serve", lambda: serves(e))
    e.record(since, target="/hello.txt")
    page.write_text("<p>back</p>\n")
    assert e.reload()[0] == "ok"


def serves(e):
    try:
        e.works()
        return True
    except (OSError, AssertionError):
        return False


@pytest.mark.jailed_too
def test_a_socket_that_is_a_link(make_edge, lab_base):
    """Root connects to none: it could lead to a socket that is root's alone.

    Its folder belongs to the server behind, who may put there what it likes.
    """
    o = Origin(serve, path=lab_base / "real.sock")
    link = lab_base / "link.sock"
    link.symlink_to(o.path)
    e = make_edge(top="\twait timeout 0s\n", sites="".join(
        f'\tsite "{name}.example.org" {{ forward to socket "{path}" }}\n'
        for name, path in (("real", o.path), ("link", link)))).start()
    assert e.get(host="real.example.org", tls=False).body == b"ok"
    assert e.get(host="link.example.org", tls=False).status == 503
    link.unlink()
    os.link(o.path, link)	# root's own doing
    assert e.get(host="link.example.org", tls=False).body == b"ok"
    o.stop()


def test_upgrade_in_the_background(make_edge, syslog):
    """What the new program says first is heard, too."""
    e = make_edge(log="access log no").start(flags=())
    pid = int(e.status()["pid"])
    try:
        since = syslog.log.mark()
        os.kill(pid, signal.SIGUSR2)
        syslog.log.wait("takes over from version", since)
        syslog.log.wait(": reload$", since)
        e.works()
    finally:
        e.daemon.stopped = True
        assert e.control("stop")[0] == "ok"
        wait.until("its end", lambda: not os.path.exists(f"/proc/{pid}"))
