# SPDX-License-Identifier: ISC
"""Whom the HTTPS front tells of, when it is not his fault."""

from lab import wait
from test_edge_lists import GUILTY, NONE, TOP, listed, told

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
