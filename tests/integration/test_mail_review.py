# SPDX-License-Identifier: ISC
"""Lists that change while a client is in the middle of its session."""

import time

from lab import smtp, wait, zones
from test_lists_mail import rcpt, with_list

GOOD = zones.CLIENT["match"]


def banned(lab, p, code, verb="ban"):
    """Until a new session is answered so."""
    done = p.run("postern", verb, GOOD)
    assert done.returncode == 0, done.stderr
    wait.until(f"{verb} at the door",
               lambda: rcpt(lab, "match").code == code)


def again(c, box="someone"):
    """Another transaction of the same session."""
    c.command("RSET")
    assert c.mail().code == 250
    return c.rcpt(f"{box}@example.org")


def test_a_ban_in_the_middle_of_a_session(lab, postern):
    """It holds from the next message on, and so does its end."""
    p = with_list(postern, lab, [], fcrdns="\tblock from { <bans> }\n").start()
    box = lab.mailbox()
    with lab.connect("match", "own") as c, lab.connect("match", "own") as d:
        c.hello()
        d.hello()
        began = time.monotonic()
        smtp.deliver(c, box)
        # Its question was answered before the ban.
        assert d.mail().code == 250
        banned(lab, p, 550)
        wait.until("its answer to be old",
                   lambda: time.monotonic() - began > 0.6)
        reply = again(c)
        assert (reply.code, reply.enhanced) == (550, "5.7.1")
        assert "listed in bans" in reply.text
        assert d.rcpt("someone@example.org").code == 550
        assert again(c, "postmaster").code == 250
        began = time.monotonic()
        banned(lab, p, 250, "unban")
        wait.until("this one, too", lambda: time.monotonic() - began > 0.6)
        assert again(c).code == 250
        assert again(d).code == 250
        p.fcrdnsd.kill()
        # Nobody knows better now.
        assert again(c).code == 250
        port = c.source_port
        c.quit()
        d.quit()
    record = p.record(port=str(port))
    assert (record["verdict"], record["messages"]) == ("accept", "1")
    assert (record["refused"], record["result"]) == ("1", "pass")
