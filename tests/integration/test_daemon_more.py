# SPDX-License-Identifier: ISC
"""The skeleton of the daemons under storms and rude company."""

import os
import signal
import socket

import pytest

from lab import daemon, wait

PROGRAMS = ["fcrdnsd", "postern-milter"]
LONG = "# a comment that makes the file long\n" * 4000


def state_of(pid):
    """The letter of ps(1): R, S, T, Z."""
    with open(f"/proc/{pid}/stat", "rb") as f:
        return f.read().rsplit(b")", 1)[1].split()[0].decode()


def test_status_of_a_daemon_that_hangs_up(postern):
    """All its control connections are taken: that is said, with status 1."""
    p = postern()
    p.start_fcrdnsd()
    held = []
    for _ in range(16):
        s = socket.socket(socket.AF_UNIX)
        s.connect(str(p.ctl("fcrdnsd")))
        held.append(s)
    for verb in ("status", "reload"):
        done = p.run("postern", verb)
        assert done.returncode == 1, done
        assert b"no answer" in done.stdout, done
    for s in held:
        s.close()


@pytest.mark.parametrize("program", PROGRAMS)
def test_reload_storm_on_a_child_that_stands_still(postern, program):
    """One file at a time is on its way to it, however often it is asked."""
    p = postern(top=LONG).start()
    one = {"fcrdnsd": p.fcrdnsd, "postern-milter": p.milter}[program]
    child = one.child()
    os.kill(child, signal.SIGSTOP)
    wait.until("the child to stand still", lambda: state_of(child) == "T")
    for _ in range(3):
        one.signal(signal.SIGHUP)
        # Answered by the same loop: the signal was seen before.
        assert p.control(program, "status")[-1] == (
            "trouble the child does not answer")
    for _ in range(200):
        one.signal(signal.SIGHUP)
    os.kill(child, signal.SIGCONT)
    wait.until("the file to be taken",
               lambda: 1 <= int(p.status(program)["reloads"]))
    assert p.control(program, "reload")[0] == "ok"
    assert int(p.status(program)["reloads"]) <= 3
    assert one.child() == child


def test_reload_while_the_child_is_away(postern):
    """It starts again with the new file."""
    p = postern().start()
    p.fcrdnsd.child_may_fall = True
    mark = p.fcrdnsd.log.mark()
    for pause in (100, 200, 400, 800):
        os.kill(p.fcrdnsd.child(), signal.SIGKILL)
        p.fcrdnsd.log.wait(f"again in {pause} ms", mark)
    assert p.control("fcrdnsd", "reload")[0] == "ok"
    assert p.status("fcrdnsd")["reloads"] == "1"
    p.fcrdnsd.child()


def test_ready_on_standard_output(postern):
    """-R 1: the descriptor stays taken, no socket slips into its place."""
    p = postern()
    log = p.base / "log" / f"{p.name}-stdout"
    with open(log, "wb") as out:
        one = daemon.subprocess.Popen(
            [str(daemon.BUILD / "fcrdnsd"), "-d", "-R", "1", "-f",
             str(p.conf)], stdout=out, stderr=out,
            env={**os.environ, **daemon.sanitizer_env(p.base)})
    try:
        wait.until(lambda: "ready: " + log.read_text(),
                   lambda: "fcrdnsd.sock\n" in log.read_text())
        assert p.control("fcrdnsd", "status")[0] == "ok"
        assert os.readlink(f"/proc/{one.pid}/fd/1") == str(log)
    finally:
        one.terminate()
        assert one.wait(20) == 0
