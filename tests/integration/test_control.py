# SPDX-License-Identifier: ISC
"""Start, reload, status and stop; the sockets that come and go with it."""

import os
import signal
import socket
import stat

import pytest

from lab import daemon, smtp, wait, zones

PROGRAMS = ["fcrdnsd", "postern-milter"]
PERMIT = "\ton permerror accept\n"


def rcpt_code(lab, case, service="own"):
    with lab.connect(case, service) as c:
        c.hello()
        c.mail()
        code = c.rcpt("someone@example.org").code
        c.quit()
    return code


def one_of(p, program):
    return {"fcrdnsd": p.fcrdnsd, "postern-milter": p.milter}[program]


def sockets(lab, p):
    """The sockets that exist of all that this Postern makes."""
    return {str(path) for path in
            [p.ctl("fcrdnsd"), p.ctl("postern-milter"),
             p.state / "run" / "fcrdnsd.sock", lab.postfix.own_milter]
            if os.path.lexists(path)}


@pytest.mark.jailed_too
def test_ready_names_the_sockets(lab, postern):
    p = postern().start()
    assert p.fcrdnsd.bound == [str(p.state / "run" / "fcrdnsd.sock")]
    assert p.milter.bound == [str(lab.postfix.own_milter)]


def test_owners_and_modes(lab, postern):
    p = postern().start()
    run = p.state / "run"
    for path, mode, group in (
            (run, 0o755, "root"),
            (run / "fcrdnsd.sock", 0o660, daemon.USER),
            (run / "fcrdnsd.ctl", 0o600, "root"),
            (run / "postern-milter.ctl", 0o600, "root")):
        assert (oct(stat.S_IMODE(path.stat().st_mode)), path.owner(),
                path.group()) == (oct(mode), "root", group), path


STOPS = ["SIGTERM", "SIGINT", "stop"]


@pytest.mark.parametrize("how", STOPS)
@pytest.mark.jailed_too
def test_stop(lab, postern, how):
    """Both end with status 0, their sockets are gone, no child is left."""
    p = postern().start()
    assert rcpt_code(lab, "no ptr") == 550
    assert len(sockets(lab, p)) == 4
    for program in PROGRAMS:
        one = one_of(p, program)
        child = one.child()
        one.stopped = True
        if how == "stop":
            assert p.control(program, "stop")[0] == "ok"
        else:
            one.signal(getattr(signal, how))
        assert one.wait_end() == 0, one.said()
        assert not os.path.exists(f"/proc/{child}")
    assert sockets(lab, p) == set()


def test_stop_with_open_sessions(lab, postern):
    """Postfix defers them, as it was told to."""
    p = postern().start()
    with lab.connect("match", "own") as c:
        c.hello()
        c.mail()
        assert p.milter.stop() == 0
        assert c.rcpt("someone@example.org").code in (250, 451)
        reply = c.data(smtp.MESSAGE)
        assert reply.code in (250, 451, 554)


def test_start_again(lab, postern):
    p = postern().start()
    for _ in range(3):
        assert p.milter.stop() == 0
        p.start_milter()
        assert rcpt_code(lab, "no ptr") == 550


def test_either_order(lab, postern):
    p = postern()
    p.start_milter()
    p.start_fcrdnsd()
    assert rcpt_code(lab, "no ptr") == 550


@pytest.mark.parametrize("program", PROGRAMS)
def test_second_instance(lab, postern, program):
    """It does not start, and the first does not notice."""
    p = postern().start()
    done = p.run(program, "-d")
    assert done.returncode not in (0, 78)
    assert b"use" in done.stderr or b"runs" in done.stderr, done.stderr
    assert rcpt_code(lab, "no ptr") == 550
    assert p.control(program, "status")[0] == "ok"


@pytest.mark.jailed_too
def test_status(lab, postern):
    p = postern().start()
    rcpt_code(lab, "no ptr")
    for program in PROGRAMS:
        one = one_of(p, program)
        said = p.status(program)
        assert said["program"] == program
        assert said["pid"] == str(one.pid)
        assert said["child"] == str(one.child())
        assert said["file"] == str(p.conf)
        assert said["restarts"] == "0"
        assert said["reloads"] == "0"


def test_bad_verb(lab, postern):
    p = postern().start()
    for verb in ("", "stpo", "status now", "x" * 5000, "\x01\x02"):
        try:
            answer = p.control("fcrdnsd", verb)
        except (AssertionError, ConnectionError):
            continue	# closed without a word is as good
        assert answer == [] or answer[0].startswith("error"), (verb, answer)
    assert p.control("fcrdnsd", "status")[0] == "ok"


def test_control_connections_are_bounded(lab, postern):
    """Who holds many of them does not stop the daemon's work."""
    p = postern().start()
    held = []
    for _ in range(64):
        s = socket.socket(socket.AF_UNIX)
        s.settimeout(60)
        s.connect(str(p.ctl("fcrdnsd")))
        held.append(s)
    assert rcpt_code(lab, "no ptr") == 550
    for s in held:
        s.close()
    wait.until("status to be answered", lambda: status_ok(p))


def status_ok(p):
    try:
        return p.control("fcrdnsd", "status")[0] == "ok"
    except (AssertionError, ConnectionError):
        return False


@pytest.mark.jailed_too
def test_reload_by_signal(lab, postern):
    p = postern().start()
    assert rcpt_code(lab, "no ptr") == 550
    p.write(fcrdns=PERMIT)
    p.milter.signal(signal.SIGHUP)
    p.fcrdnsd.signal(signal.SIGHUP)
    wait.until("the new file to be in force",
               lambda: rcpt_code(lab, "no ptr") == 250)
    for program in PROGRAMS:
        wait.until("the reload to be counted",
                   lambda name=program: p.status(name)["reloads"] == "1")


def test_reload_by_postern(lab, postern):
    p = postern().start()
    assert rcpt_code(lab, "no ptr") == 550
    p.write(fcrdns=PERMIT)
    done = p.run("postern", "reload")
    assert done.returncode == 0, done
    assert rcpt_code(lab, "no ptr") == 250


def test_reload_keeps_the_processes(lab, postern):
    p = postern().start()
    before = [(one.pid, one.child()) for one in (p.fcrdnsd, p.milter)]
    for _ in range(10):
        p.reload(fcrdns=PERMIT)
        p.reload()
    after = [(one.pid, one.child()) for one in (p.fcrdnsd, p.milter)]
    assert before == after
    assert rcpt_code(lab, "no ptr") == 550


@pytest.mark.jailed_too
def test_reload_with_sessions_in_flight(lab, postern):
    """Sessions at every stage go on; what they get is the old file's or the
    new one's, never trouble."""
    p = postern(milter='\tauthserv-id "mail.example.org"\n').start()
    box = lab.mailbox()
    clients = [lab.connect("match", "own") for _ in range(6)]
    stages = [lambda c: None, lambda c: c.hello(),
              lambda c: (c.hello(), c.mail()),
              lambda c: (c.hello(), c.mail(), c.rcpt(f"{box}@example.org")),
              lambda c: (c.hello(), c.mail(), c.rcpt(f"{box}@example.org"),
                         c.command("DATA")),
              lambda c: (c.hello(), smtp.deliver(c, box))]
    for c, stage in zip(clients, stages):
        stage(c)
    for n in range(5):
        p.reload(milter='\tauthserv-id "mail.example.org"\n'
                 f'\treply to reject "file {n} (%{{token}})"\n')
    for n, c in enumerate(clients):
        if n == 0:
            c.hello()
        if n in (0, 1, 5):
            assert c.mail().code == 250
        if n in (0, 1, 2, 5):
            assert c.rcpt(f"{box}@example.org").code == 250
        if n == 4:
            c.send(smtp.wire(smtp.MESSAGE) + b".\r\n")
            assert c.reply().code == 250
        else:
            assert c.data(smtp.MESSAGE).code == 250
        c.quit()
    for message in lab.postfix.delivered(box, 7):
        assert message.count(b"iprev=pass") == 1
    with lab.connect("no ptr", "own") as c:
        c.hello()
        c.mail()
        assert "file 4 (" in c.rcpt("someone@example.org").text


def test_reload_while_the_dns_is_silent(lab, postern):
    p = postern().start()
    with lab.connect(lab.silent(), "own") as c:
        c.hello()
        c.mail()
        c.send(b"RCPT TO:<someone@example.org>\r\n")
        p.reload()
        assert c.reply().code == 450


def test_reload_of_the_resolver(lab, postern):
    p = postern(forward=f"{zones.ABSENT} port 53", timeout="1s").start()
    assert rcpt_code(lab, "match") == 450
    p.forward = f"{zones.RECURSOR} port 53"
    p.reload()
    wait.until("the new resolver to be asked",
               lambda: rcpt_code(lab, "match") == 250)


def test_reload_keeps_the_cache(lab, postern):
    """Unless the resolver is another: what was found out still is."""
    recursor = lab.dns.recursor("unbound-cache", "127.0.0.83")
    p = postern(forward="127.0.0.83 port 53", timeout="1s").start()
    try:
        assert rcpt_code(lab, "match") == 250
    finally:
        recursor.kill()
    p.reload(milter="\tobserve no\n")
    assert rcpt_code(lab, "match") == 250
    p.forward = f"{zones.ABSENT} port 53"
    p.reload()
    wait.until("the cache of the other resolver to be forgotten",
               lambda: rcpt_code(lab, "match") == 450)


BAD_FILES = {
    "unknown word": "nonsense yes",
    "open brace": "fcrdns {\n",
    "bad regex": 'fcrdns {\n\ton name ~ "(" reject\n}\n',
}


@pytest.mark.parametrize("bad", BAD_FILES)
@pytest.mark.parametrize("how", ["control", "signal"])
def test_bad_reload(lab, postern, bad, how):
    """The old file stays in force, and the log says why."""
    p = postern().start()
    good = p.conf.read_text()
    p.conf.write_text(good + BAD_FILES[bad])
    line = len(good.splitlines()) + 1
    for program in PROGRAMS:
        one = one_of(p, program)
        mark = one.log.mark()
        if how == "control":
            answer = p.control(program, "reload")
            assert answer[0].startswith("error")
            assert any(str(p.conf) in text for text in answer), answer
        else:
            one.signal(signal.SIGHUP)
        one.log.wait(rf"{p.conf}:{line}", mark)
        one.log.wait("old file", mark)
    assert rcpt_code(lab, "no ptr") == 550
    assert rcpt_code(lab, "match") == 250
    done = p.run("postern", "reload")
    assert done.returncode != 0
    p.conf.write_text(good)
    assert p.run("postern", "reload").returncode == 0


def test_reload_without_a_file(lab, postern):
    p = postern().start()
    p.conf.unlink()
    assert p.control("postern-milter", "reload")[0].startswith("error")
    assert p.control("fcrdnsd", "reload")[0].startswith("error")
    assert rcpt_code(lab, "no ptr") == 550


def test_what_needs_a_restart_is_said(lab, postern):
    p = postern().start()
    p.conf.write_text(p.conf.read_text().replace(str(p.state),
                                                 str(p.home / "other")))
    mark = p.fcrdnsd.log.mark()
    p.control("fcrdnsd", "reload")
    p.fcrdnsd.log.wait("restart", mark)
    p.conf.write_text(p.conf.read_text().replace(
        str(lab.postfix.own_milter), str(p.home / "other-milter")))
    mark = p.milter.log.mark()
    p.control("postern-milter", "reload")
    p.milter.log.wait("restart", mark)
    assert rcpt_code(lab, "no ptr") == 550


def test_file_is_read_relative_to_the_start(lab, postern):
    """A relative -f and an include still lead to the same files later."""
    p = postern()
    (p.home / "policy.conf").write_text("fcrdns {\n\ton permerror accept\n"
                                        f"\tforward to {p.forward}\n}}\n")
    p.conf.write_text(f'user "{daemon.USER}"\nstate "{p.state}"\n'
                      f'include "policy.conf"\n'
                      f"milter {{\n\tlisten on {p.listen}\n}}\n")
    p.start()
    assert rcpt_code(lab, "no ptr") == 250
    policy = p.home / "policy.conf"
    policy.write_text(policy.read_text().replace("accept", "reject"))
    assert p.control("postern-milter", "reload")[0] == "ok"
    assert rcpt_code(lab, "no ptr") == 550


@pytest.mark.jailed_too
def test_children_are_unprivileged(lab, postern):
    """Their own user, no capability; in the plain build chrooted and behind
    a system call filter too."""
    import pwd
    uid = pwd.getpwnam(daemon.USER).pw_uid
    p = postern().start()
    assert rcpt_code(lab, "no ptr") == 550
    for one in (p.fcrdnsd, p.milter):
        child = one.child()
        with open(f"/proc/{child}/status", encoding="ascii") as f:
            facts = dict(line.rstrip("\n").split(":\t", 1) for line in f
                         if ":\t" in line)
        assert facts["Uid"].split() == [str(uid)] * 4
        assert str(0) not in facts["Gid"].split()
        assert "0" not in facts["Groups"].split()
        assert int(facts["CapEff"], 16) == 0
        assert int(facts["CapPrm"], 16) == 0
        if not daemon.sanitized():
            assert os.readlink(f"/proc/{child}/root") == str(
                p.state / "run")
            assert facts["Seccomp"].strip() == "2"
            assert facts["NoNewPrivs"].strip() == "1"


@pytest.mark.jailed_too
def test_in_the_background(lab, postern):
    """Without -d: the command ends when the daemon is ready, the log goes to
    syslog, the session's record under the facility mail (2)."""
    p = postern()
    mark = lab.syslog.log.mark()
    for program in PROGRAMS:
        one = daemon.Daemon(p.base, program, p.conf,
                            f"{p.name}-{program}", flags=()).must_be_ready()
        one.stopped = True
        assert one.wait_end() == 0, one.said()
        assert one.said() == ""
    try:
        assert rcpt_code(lab, "no ptr") == 550
        for program in PROGRAMS:
            pid = p.status(program)["pid"]
            lab.syslog.log.wait(rf"{program}\[{pid}\]: ready ", mark)
        record = lab.syslog.log.wait(
            r"postern-milter\[\d+\]: reject client=192\.0\.2\.11 ", mark)
        priority = int(record[1:record.index(">")])
        assert priority >> 3 == 2
        token = daemon.parse_record(record)["token"]
        done = p.run("postern", "explain", token, lab.syslog.log.path)
        assert done.returncode == 0, done
    finally:
        pids = [p.status(program)["pid"] for program in PROGRAMS]
        for program in PROGRAMS:
            assert p.control(program, "stop")[0] == "ok"
        wait.until("the daemons to end", lambda: not any(
            running(pid) for pid in pids))
    assert sockets(lab, p) == set()


def running(pid):
    """Is there such a process, and not only its corpse?"""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
