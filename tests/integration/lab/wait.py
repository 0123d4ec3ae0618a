# SPDX-License-Identifier: ISC
"""Waiting with a deadline: the only place of this folder where time passes."""

import threading
import time

TICK = threading.Event()	# never set: waiting on it is one tick


class TooLate(AssertionError):
    """What was waited for did not happen in time."""


SECONDS = 40.0	# less than the minute that idle connections have


def until(what, probe, seconds=SECONDS):
    """Call probe until it returns something true, and return that.

    what is the sentence of the error, and may be a function that makes it.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > deadline:
            said = what() if callable(what) else what
            raise TooLate(f"waited {seconds:g} s for {said}")
        TICK.wait(0.01)


def in_time(what, act, seconds, times=6):
    """At one of several times, act() takes less than that.

    What is quick is not quick each time on a machine that has other work,
    but what is slow is slow always.
    """
    took = []
    while not took or took[-1] >= seconds:
        if len(took) == times:
            raise TooLate(f"{what} took " + ", ".join(
                f"{one:.2f}" for one in took) + " s")
        begin = time.monotonic()
        act()
        took.append(time.monotonic() - begin)
