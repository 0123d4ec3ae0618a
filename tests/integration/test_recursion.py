# SPDX-License-Identifier: ISC
"""Own recursion with DNSSEC, from a root of our own."""

import pytest

from lab import root, zones
from test_fcrdnsd import Asker


@pytest.fixture
def recursing(lab, postern):
    p = postern(forward=None, timeout="5s", fcrdns=(
        f'\ttrust anchor "{lab.root().anchor}"\n'
        "\ton permerror reject\n\ton fail reject\n\ton temperror tempfail\n"))
    p.start_fcrdnsd()
    return p


@pytest.mark.parametrize("case, result, secure, cause", [
    ("secure", "pass", "yes", "none"),
    ("insecure", "pass", "no", "none"),
    ("no ptr", "permerror", "yes", "no-ptr"),
    ("differs", "fail", "yes", "no-match"),
    ("bogus forward", "temperror", "unknown", "name-bogus"),
    ("bogus reverse", "temperror", "unknown", "ptr-bogus")])
@pytest.mark.jailed_too
def test_findings(recursing, case, result, secure, cause):
    with Asker(recursing) as a:
        found = a.ask(root.CLIENT[case])
    assert found["result"] == result
    assert found["cause"] == cause
    assert found["secure"] == secure


def test_documentation_ranges_are_not_looked_up(recursing):
    with Asker(recursing) as a:
        for case in ("match", "v6 match"):
            assert a.ask(zones.CLIENT[case])["result"] == "permerror"


def test_false_root(lab, postern):
    """A root that is not signed with the built-in keys: nothing can be found
    out, and nobody is refused for it."""
    lab.root()
    p = postern(forward=None, timeout="5s")
    p.start_fcrdnsd()
    with Asker(p) as a:
        for case in ("secure", "no ptr", "differs"):
            assert a.ask(root.CLIENT[case])["result"] == "temperror"


def test_without_dnssec(lab, postern):
    """Nothing is validated, so a bogus zone is like any other."""
    lab.root()
    p = postern(forward=None, timeout="5s", fcrdns="\tdnssec no\n")
    p.start_fcrdnsd()
    with Asker(p) as a:
        for case in ("secure", "bogus forward", "bogus reverse"):
            found = a.ask(root.CLIENT[case])
            assert (found["result"], found["secure"]) == ("pass", "unknown")


def test_command_recurses_too(recursing):
    done = recursing.run("fcrdns", "-j", root.CLIENT["secure"])
    assert done.returncode == 0, done
    assert b'"dnssec":"yes"' in done.stdout
