# SPDX-License-Identifier: ISC
"""Completion in shells knows the verbs that the programs know."""

import re
import subprocess

import pytest

from lab import daemon

FILES = daemon.ROOT / "etc" / "completion"
COMPLETE = """. "$1"; shift; PATH=$1:$PATH; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); "_$1"
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
