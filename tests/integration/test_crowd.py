# SPDX-License-Identifier: ISC
"""Two hundred clients at once, half of them from a zone that never answers."""

import select
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab import zones


def up_to_rcpt(lab, address):
    """A client that has sent RCPT and read all replies before its own."""
    c = lab.connect(address, "own", seconds=120)
    c.hello()
    c.mail()
    c.send(b"RCPT TO:<someone@example.org>\r\n")
    return c


@pytest.mark.jailed_too
def test_two_hundred_clients(lab, postern):
    """The others do not wait for those whose zone is silent."""
    p = postern(timeout="20s").start()
    # So many processes of Postfix are not made in a moment.
    with ThreadPoolExecutor(100) as pool:
        early = list(pool.map(lambda _: lab.connect("match", "own",
                                                    seconds=120), range(200)))
        for c in early:
            assert c.banner().code == 220
        for c in early:
            c.quit()
    silent_ones = [lab.silent() for _ in range(100)]
    with ThreadPoolExecutor(100) as pool:
        def start(address):
            return up_to_rcpt(lab, address)

        silent = list(pool.map(start, silent_ones))
        good = list(pool.map(start, zones.CROWD_GOOD))
        codes = list(pool.map(lambda c: c.reply().code, good))
        assert codes == [250] * len(good)

        # All of them were answered while every silent one still waits.
        ready, _, _ = select.select([c.socket for c in silent], [], [], 0)
        assert ready == []
        codes = list(pool.map(lambda c: c.reply().code, silent))
        assert codes == [450] * len(silent)
    for c in silent + good:
        c.drop()
    records = {}
    for address in (*zones.CROWD_GOOD, *silent_ones):
        record = p.record(client=address)
        records.setdefault(record["result"], []).append(address)
        if record["result"] == "pass":
            assert int(record["ms"]) < 10000	# of the deadline's 20
    assert set(records["pass"]) == set(zones.CROWD_GOOD)
    assert set(records["temperror"]) == set(silent_ones)
