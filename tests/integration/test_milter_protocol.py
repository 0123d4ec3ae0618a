# SPDX-License-Identifier: ISC
"""What another mail server than Postfix, or a broken one, may send."""

import os
import socket

import pytest

from lab import wait, zones
from lab.milter import Milter

CONTINUE = "c"
REPLY = "y"


def path(lab):
    return lab.postfix.milter


def still_works(lab):
    with Milter(path(lab)) as m:
        letter, text = m.to_rcpt("4", zones.CLIENT["no ptr"])
    assert letter == REPLY and text.startswith(b"550 5.7.25 ")


@pytest.mark.parametrize("family, address", [
    ("U", ""), ("L", "/var/run/client"), ("4", "nonsense"), ("4", ""),
    ("6", "nonsense"), ("4", "2001:db8::11")],
    ids=["unknown", "unix", "bad4", "empty4", "bad6", "6as4"])
def test_no_address(lab, shared, family, address):
    """Nobody to look up: accepted, or put off where it makes no sense."""
    with Milter(path(lab)) as m:
        letter, text = m.to_rcpt(family, address)
    if family in "UL":
        assert letter == CONTINUE
    else:
        assert not text.startswith(b"5"), text
    still_works(lab)


@pytest.mark.parametrize("family, address", [
    ("6", "::ffff:192.0.2.11"), ("6", "IPv6:2001:db8::11"),
    ("6", "2001:db8::11"), ("6", "IPv6:::ffff:192.0.2.11")])
def test_spellings_of_an_address(lab, shared, family, address):
    with Milter(path(lab)) as m:
        letter, text = m.to_rcpt(family, address)
    assert letter == REPLY and text.startswith(b"550 5.7.25 ")


@pytest.mark.parametrize("junk", [
    b"GET / HTTP/1.0\r\n\r\n", b"\x00\x00\x00\x00", b"\xff" * 64,
    b"\x00\x00\x00\x05O\x00", b"\x00\x00\x00\x01C", b""],
    ids=["http", "empty", "huge", "cut", "early", "nothing"])
def test_junk(lab, shared, junk):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(path(lab)))
        s.sendall(junk)
    still_works(lab)


def test_many_that_say_nothing(lab, shared):
    """A hundred idle connections stop nobody."""
    held = [Milter(path(lab)) for _ in range(100)]
    for m in held:
        m.negotiate()
    still_works(lab)
    for m in held:
        m.__exit__()
    still_works(lab)


def test_descriptors_come_back(lab, shared):
    """Nothing is left open of sessions that are over."""
    child = shared.milter.child()

    def count():
        return len(os.listdir(f"/proc/{child}/fd"))

    still_works(lab)
    before = count()
    for _ in range(50):
        still_works(lab)
    wait.until(lambda: f"{count()} descriptors to be {before} again",
               lambda: count() <= before + 2)
