# SPDX-License-Identifier: ISC
"""Completion in shells knows the verbs that the programs know."""

import os
import pty
import re
import select
import subprocess

import pytest

from lab import daemon, wait

FILES = daemon.ROOT / "etc" / "completion"
COMPLETE = """. "$1"; shift; PATH=$1:$PATH; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE=${LINE-$*}
COMP_POINT=${#COMP_LINE} COMP_WORDBREAKS=' :'; "_$1"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def verbs_of(base, program, *words):
    """As the usage has them."""
    said = daemon.command(base, program, *words).stderr.decode()
    found = re.findall(
        rf"^(?:usage:| +) {program} (?:\[-\S+(?: file)?\] )*"
        rf"{''.join(w + ' ' for w in words[:-1])}([a-z]+)", said, re.M)
    assert len(found) > 4, said
    return found


def bash(program, *words):
    return subprocess.run(
        ["bash", "-c", COMPLETE, "bash", FILES / f"{program}.bash",
         daemon.BUILD, program, *words], capture_output=True, check=True,
        text=True).stdout.split()


@pytest.mark.parametrize("words", [("postern",), ("postern", "lists"),
                                   ("imapgate",)])
def test_verbs(lab_base, words):
    verbs = verbs_of(lab_base, *words, "no-verb")
    program = words[0]
    assert [w for w in bash(*words, "") if w[0] != "-"] == sorted(
        verbs, key=bash(*words, "").index)
    zsh = (FILES / f"_{program}").read_text()
    ksh = (FILES / f"{program}.ksh").read_text().split()
    assert [v for v in verbs if f"'{v}:" not in zsh or v not in ksh] == []


def test_lists(lab_base, tmp_path):
    conf = tmp_path / "postern.conf"
    conf.write_text(f'state "{tmp_path}"\nlist <drop> {{ file "/nowhere" }}\n'
                    'list <friends> { file "/nowhere" }\n')
    # The completion asks about the file of the machine: here a stand-in.
    (tmp_path / "postern").write_text(
        f'#!/bin/sh\nexec "{daemon.BUILD}/postern" -f "{conf}" "$@"\n')
    (tmp_path / "postern").chmod(0o755)
    done = subprocess.run(
        ["bash", "-c", COMPLETE, "bash", FILES / "postern.bash", tmp_path,
         "postern", "lists", "diff", ""], capture_output=True, check=True,
        text=True, env={"PATH": "/usr/bin:/bin",
                        **daemon.sanitizer_env(lab_base)})
    assert sorted(w for w in done.stdout.split() if w[0] != "-") == [
        "drop", "friends"]


def test_address_with_colons(tmp_path):
    """The shell parts it, and replaces what is behind the last colon."""
    (tmp_path / "postern").write_text(
        "#!/bin/sh\necho '2001:db8:0:1::/64 until'\necho '192.0.2.1 until'\n")
    (tmp_path / "postern").chmod(0o755)
    for word, found in (("", ["-j", "-f", "2001:db8:0:1::/64", "192.0.2.1"]),
                        ("2001:db8:", ["0:1::/64"]),
                        ("2001:d", ["db8:0:1::/64"])):
        parts = re.findall(r":|[^:]+", word) or [""]
        done = subprocess.run(
            ["bash", "-c", COMPLETE, "bash", FILES / "postern.bash", tmp_path,
             "postern", "unban", *parts], capture_output=True, check=True,
            text=True, env={"PATH": "/usr/bin:/bin",
                            "LINE": f"postern unban {word}"})
        assert done.stdout.split() == found


def test_names_of_files(tmp_path):
    """A folder is gone into, and a blank in a name is quoted."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "mail log").write_text("")
    child, fd = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-i"],
                  {"PATH": "/usr/bin:/bin", "TERM": "dumb", "PS1": "ready>"})
    said = b""

    def until(what):
        nonlocal said
        while what not in said:
            assert select.select([fd], [], [], wait.SECONDS)[0], said
            said += os.read(fd, 4096)
        said = b""

    try:
        until(b"ready>")
        os.write(fd, f". '{FILES}/postern.bash'\n".encode())
        until(b"ready>")
        os.write(fd, b"postern rehearse v\t")
        until(b"rehearse var/")
        os.write(fd, b"m\t")
        until(rb"mail\ log")
    finally:
        os.close(fd)
        os.waitpid(child, 0)
