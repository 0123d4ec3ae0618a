# SPDX-License-Identifier: ISC
"""Whom the HTTPS front tells of, when it is not his fault."""

import threading

from lab import wait, websocket
from lab.origin import Origin
from test_edge_lists import GUILTY, NONE, OTHER, SITES, TOP, listed, told

__all__ = ["listed", "told"]	# fixtures


def test_our_hurry_is_nobodys_offence(told):
    """A worker that leaves waits only so long for the rest of a head."""
    door = told(top=TOP + "\thead timeout 1m\n")
    wait.until("the front", lambda: door.get(GUILTY) == 200)
    with door.edge.client(tls=False, source=GUILTY) as c:
        c.send(b"GET / HTTP/1.1\r\n")
        door.edge.reload_and_wait()
        assert c.answer().status == 408
    assert door.get("203.0.113.10", "/", NONE) == 404
    door.ear.wait("offence 203.0.113.10 4xx")
    assert door.ear.lines() == ["offence 203.0.113.10 4xx"]


def test_a_websocket_that_opens_after_the_ban(listed):
    """The server was slow to agree: who asked is banned by then."""
    go = threading.Event()

    def slow(c):
        head = c.head()
        c.wait_for(go)
        websocket.switch(c, head)
        c.hang()

    o = Origin(slow)
    door = listed(sites=SITES + '\tsite "ws.example.org" {\n\t\t'
                  + o.forward() + "\n\t}\n").until(GUILTY, 200)
    since = door.edge.log.mark()
    with door.edge.client(tls=False, source=GUILTY) as c, \
            door.edge.client(tls=False, source=OTHER) as other:
        for client in (c, other):
            client.send(websocket.handshake("/ws", "ws.example.org",
                                            websocket.new_key()))
        o.wait_connections(2)
        door.ban(GUILTY)
        door.until(GUILTY, 403)
        go.set()
        assert c.answer().status == 403 and c.at_end()
        one = door.edge.record(since, client=GUILTY, host="ws.example.org")
        assert (one["why"], one["list"]) == ("blocked", "bans")
        assert other.answer().status == 101
    o.stop()
