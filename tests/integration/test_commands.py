# SPDX-License-Identifier: ISC
"""fcrdns(1) and postern(8): what they print and how they exit."""

import json
import os
import re

import pytest

from lab import daemon, zones

GOOD = zones.CLIENT["match"]
NO_PTR = zones.CLIENT["no ptr"]
BROKEN = zones.CLIENT["servfail reverse"]


@pytest.fixture
def file_only(lab, postern):
    """A postern.conf whose daemons do not run."""
    return postern()


def columns(done):
    """fcrdns's output as {address: [result, name, reason]}."""
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert all(len(row) == 4 for row in rows), done.stdout
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("cases, status", [
    (["match"], 0), (["match", "v6 match", "rfc 2317"], 0),
    (["no ptr"], 1), (["differs"], 1), (["match", "no ptr"], 1),
    (["servfail reverse"], 75), (["match", "servfail reverse"], 75),
    (["servfail reverse", "no ptr"], 1), (["mute reverse"], 75)])
def test_fcrdns_exit_status(file_only, cases, status):
    addresses = [zones.CLIENT[case] for case in cases]
    done = file_only.run("fcrdns", *addresses)
    assert done.returncode == status, done
    assert set(columns(done)) == set(addresses)


@pytest.mark.jailed_too
def test_fcrdns_output(file_only):
    done = file_only.run("fcrdns", GOOD, NO_PTR, BROKEN, "2001:DB8:0::10")
    rows = columns(done)
    assert rows[GOOD] == ["pass", "good.example.org", "-"]
    assert rows[NO_PTR] == ["permerror", "-", "no PTR record"]
    assert rows[BROKEN][:2] == ["temperror", "-"]
    assert rows["2001:db8::10"][:2] == ["pass", "v6good.example.org"]


def test_fcrdns_mapped_address(file_only):
    """An IPv4-mapped IPv6 address is the IPv4 address."""
    done = file_only.run("fcrdns", f"::ffff:{GOOD}")
    assert columns(done)[GOOD][0] == "pass"


@pytest.mark.parametrize("case, result", [
    ("control bytes", "fail"), ("space", "fail"), ("utf-8", "fail"),
    ("quote", "fail"), ("percent", "fail"), ("trailing dot", "fail"),
    ("30 ptrs", "pass"), ("30 wrong ptrs", "fail"), ("longest", "pass"),
    ("third matches", "pass"), ("forward loop", "temperror"),
    ("lame reverse", "temperror"), ("refused forward", "temperror")])
def test_fcrdns_cases(file_only, case, result):
    for flags in ([], ["-v"], ["-j"]):
        done = file_only.run("fcrdns", *flags, zones.CLIENT[case])
        assert result.encode() in done.stdout
        assert not re.search(rb"[^\n\t -~]", done.stdout)


def test_fcrdns_many_on_standard_input(lab, file_only):
    """Many in flight: one after the other, the thirty silent ones would take
    longer than the run may."""
    silent = [lab.silent() for _ in range(30)]
    crowd = silent + zones.CROWD_GOOD + [NO_PTR]
    done = file_only.run("fcrdns", "-", stdin="\n".join(
        ["# the crowd", "", *crowd]).encode() + b"\n")
    rows = columns(done)
    assert set(rows) == set(crowd)
    assert all(rows[a][0] == "pass" for a in zones.CROWD_GOOD)
    assert all(rows[a][0] == "temperror" for a in silent)
    assert done.returncode == 1


def test_fcrdns_bad_line_on_standard_input(file_only):
    done = file_only.run("fcrdns", "-", stdin=(
        f"{GOOD}\nnot an address\n{NO_PTR}\n").encode())
    assert done.returncode == 65
    assert set(columns(done)) == {GOOD, NO_PTR}
    assert b"not an address" in done.stderr


@pytest.mark.parametrize("words", [
    [], ["mail.example.org"], ["192.0.2.256"], ["192.0.2.1/24"],
    ["fe80::1%lo"], ["-x", GOOD], ["-s", "nonsense", GOOD],
    ["-s", "127.0.0.1@99999", GOOD], [""]])
def test_fcrdns_usage(file_only, words):
    done = file_only.run("fcrdns", *words)
    assert done.returncode == 64
    assert done.stdout == b""
    assert done.stderr != b""


def test_fcrdns_server(lab, file_only):
    """-s is asked, whatever the file says."""
    file_only.forward = f"{zones.ABSENT} port 53"
    file_only.write()
    for server in (zones.RECURSOR, f"{zones.RECURSOR}@53"):
        done = file_only.run("fcrdns", "-s", server, GOOD)
        assert done.returncode == 0, done
    done = daemon.command(lab.base, "fcrdns", "-s", zones.RECURSOR, NO_PTR)
    assert done.returncode == 1


def test_fcrdns_verbose(file_only):
    done = file_only.run("fcrdns", "-v", zones.CLIENT["third matches"])
    lines = done.stdout.decode().splitlines()
    assert lines[0].split("\t")[1] == "pass"
    for name in ("one", "two", "three"):
        assert any(f"{name}.of3.example.org" in line for line in lines[1:])


def test_fcrdns_json(file_only):
    done = file_only.run("fcrdns", "-j", GOOD, NO_PTR,
                         zones.CLIENT["third matches"])
    found = {}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        found[one["address"]] = one
    assert found[GOOD]["result"] == "pass"
    assert found[GOOD]["name"] == "good.example.org"
    assert found[GOOD]["names"] == [{"name": "good.example.org",
                                     "state": "confirmed"}]
    assert found[NO_PTR]["name"] is None
    assert found[NO_PTR]["reason"] == "no PTR record"
    third = found[zones.CLIENT["third matches"]]["names"]
    assert {"name": "three.of3.example.org", "state": "confirmed"} in third
    assert len(third) == 3


def test_fcrdns_as_nobody(file_only):
    """It needs no privilege."""
    done = file_only.run("fcrdns", GOOD, wrapper=AS_NOBODY)
    assert done.returncode == 0, done.stderr


AS_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup",
             "--clear-groups", "--")
PROGRAMS = ("fcrdns", "fcrdnsd", "postern-milter", "postern")


@pytest.mark.parametrize("program", PROGRAMS)
def test_version(lab, program):
    done = daemon.command(lab.base, program, "-V")
    assert done.returncode == 0
    assert re.match(rb"\S+ \d+\.\d+", done.stdout), done


@pytest.mark.parametrize("program", PROGRAMS)
def test_bad_option(lab, program):
    assert daemon.command(lab.base, program, "-Z").returncode == 64


@pytest.mark.parametrize("program", PROGRAMS)
def test_check_only(file_only, program):
    """-n says nothing of a good file, and everything of a bad one."""
    done = file_only.run(program, "-n")
    assert done.returncode == 0, done
    file_only.conf.write_text("fcrdns {\n\ttimeuot 5s\n}\nmilter {\n"
                              "\tobserve maybe\n}\n")
    done = file_only.run(program, "-n")
    assert done.returncode == 78
    err = done.stderr.decode()
    assert f"{file_only.conf}:2:" in err and "timeout" in err
    assert f"{file_only.conf}:5:" in err


@pytest.mark.parametrize("program", ["fcrdnsd", "postern-milter"])
def test_daemons_refuse_a_bad_file(file_only, program):
    file_only.conf.write_text("fcrdns {\n\ton temperror reject\n}\n")
    done = file_only.run(program, "-d")
    assert done.returncode == 78
    assert f"{file_only.conf}:2:".encode() in done.stderr


def test_milter_needs_listen(file_only):
    file_only.conf.write_text(f'state "{file_only.state}"\n')
    done = file_only.run("postern-milter", "-d")
    assert done.returncode == 78
    assert b"listen on" in done.stderr


@pytest.mark.parametrize("program", ["fcrdnsd", "postern-milter"])
def test_daemons_need_root(file_only, program):
    done = file_only.run(program, "-d", wrapper=AS_NOBODY)
    assert done.returncode == 77, done
    assert b"root" in done.stderr


@pytest.mark.parametrize("program", PROGRAMS)
def test_file_that_others_can_write(file_only, program):
    file_only.conf.chmod(0o666)
    done = file_only.run(program, "-n")
    assert done.returncode == 78
    assert str(file_only.conf).encode() in done.stderr


def test_no_such_file(lab):
    for program in PROGRAMS:
        done = daemon.command(lab.base, program, "-f", "/nonexistent/conf",
                              "-n")
        assert done.returncode == 78, program
        assert b"/nonexistent/conf" in done.stderr


def test_postern_check(file_only):
    for words in (["-f", file_only.conf, "check"],
                  ["check", "-f", file_only.conf]):
        done = daemon.command(file_only.base, "postern", *words)
        assert done.returncode == 0, done
        assert done.stdout != b""
        assert done.stderr == b""


def test_postern_check_prints_itself_again(file_only):
    first = file_only.run("postern", "check", "-v")
    assert first.returncode == 0
    assert b"on permerror reject" in first.stdout
    assert b"inquiries 1024" in first.stdout
    again = file_only.home / "again.conf"
    again.write_bytes(first.stdout)
    second = daemon.command(file_only.base, "postern", "-f", again,
                            "check", "-v")
    assert second.returncode == 0, second.stderr
    assert second.stdout == first.stdout


def test_postern_check_of_a_bad_file(file_only):
    file_only.conf.write_text("fcrdns {\n\ton fial reject\n\ttimeout 5\n}\n")
    done = file_only.run("postern", "check")
    assert done.returncode == 78
    err = done.stderr.decode()
    assert f"{file_only.conf}:2:5:" in err and "fail" in err
    assert f"{file_only.conf}:3:" in err


def test_postern_usage(file_only):
    for words in ([], ["chekc"], ["explain"], ["status", "now"]):
        done = file_only.run("postern", *words)
        assert done.returncode == 64, words
        assert done.stderr != b""


EXPLAINED = [("match", 0, ["good.example.org", "pass", "accept"]),
             ("no ptr", 0, ["no PTR record", "permerror",
                            "on permerror reject"]),
             ("differs", 0, ["differs.example.org", "fail",
                             "on fail reject"]),
             ("servfail reverse", 75, ["temperror",
                                       "on temperror tempfail"])]


@pytest.mark.parametrize("case, status, facts", EXPLAINED,
                         ids=[e[0] for e in EXPLAINED])
def test_explain_address(lab, shared, case, status, facts):
    """With the daemon."""
    done = shared.run("postern", "explain", zones.CLIENT[case])
    out = done.stdout.decode()
    assert done.returncode == status, done
    for fact in [zones.CLIENT[case], *facts]:
        assert fact in out, (fact, out)


@pytest.mark.parametrize("case, status, facts", EXPLAINED,
                         ids=[e[0] for e in EXPLAINED])
def test_explain_address_alone(file_only, case, status, facts):
    """Without it, by its own lookups, and it says so."""
    done = file_only.run("postern", "explain", zones.CLIENT[case])
    out = (done.stdout + done.stderr).decode()
    assert done.returncode == status, done
    for fact in [zones.CLIENT[case], *facts, "fcrdnsd"]:
        assert fact in out, (fact, out)


def test_explain_names_the_line(shared):
    done = shared.run("postern", "explain", NO_PTR)
    where = f"{shared.conf}:{shared.line_of('on permerror')}"
    assert where in done.stdout.decode()


def test_explain_pass_and_block(file_only, lab):
    lab.dns.watched.asked()
    file_only.write(fcrdns="\tpass from { 192.0.2.62 }\n"
                    "\tblock from { 192.0.2.0/24 }\n")
    done = file_only.run("postern", "explain", zones.CLIENT["watched"])
    assert done.returncode == 0
    assert b"pass from" in done.stdout
    assert lab.dns.watched.asked() == 0
    done = file_only.run("postern", "explain", GOOD)
    assert b"block from" in done.stdout and b"reject" in done.stdout


def test_explain_bad_names(shared):
    for case in ("control bytes", "utf-8", "quote", "longest"):
        done = shared.run("postern", "explain", zones.CLIENT[case])
        assert done.returncode == 0
        assert not re.search(rb"[^\n\t -~]", done.stdout)


def test_status(shared):
    done = shared.run("postern", "status")
    out = done.stdout.decode()
    assert done.returncode == 0, done
    for program in ("fcrdnsd", "postern-milter"):
        assert program in out
    assert str(shared.fcrdnsd.pid) in out


def test_status_when_none_runs(file_only):
    done = file_only.run("postern", "status")
    assert done.returncode != 0
    assert done.stdout + done.stderr != b""


def test_status_as_nobody(shared):
    done = shared.run("postern", "status", wrapper=AS_NOBODY)
    assert done.returncode == 77, done


def test_programs_write_no_core(lab):
    """What ran so far left no core file behind."""
    assert not [f for f in os.listdir("/") if f.startswith("core")]
