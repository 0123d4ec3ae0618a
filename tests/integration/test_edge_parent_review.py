# SPDX-License-Identifier: ISC
"""The root parent of the front, when things go wrong around it."""

import os
import pathlib
import signal
import threading

import pytest

from lab import http, wait
from lab.edge import descriptors
from lab.origin import answer


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
