# SPDX-License-Identifier: ISC
"""Waiting with a deadline: the only place of this folder where time passes."""

import threading
import time

TICK = threading.Event()	# never set: waiting on it is one tick


class TooLate(AssertionError):
    """What was waited for did not happen in time."""


def until(what, probe, seconds=20.0):
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
