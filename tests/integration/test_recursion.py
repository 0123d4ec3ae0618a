# SPDX-License-Identifier: ISC
"""Own recursion with DNSSEC, from a root of our own."""

import re

import pytest

from lab import root, zones
from lab.dnsbl import Moody
from test_dnsbl import explain, status_lines, until_state
from test_fcrdnsd import Asker


def recursor(lab, postern, more=""):
    p = postern(forward=None, timeout="5s", fcrdns=(
        f'\ttrust anchor "{lab.root().anchor}"\n{more}'
        "\ton permerror reject\n\ton fail reject\n\ton temperror tempfail\n"))
    p.start_fcrdnsd()
    return p


@pytest.fixture
def recursing(lab, postern):
    return recursor(lab, postern)


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


A, TXT = 1, 16


@pytest.fixture
def moody():
    """The list whose server is the test's own."""
    server = Moody(root.MOODY, root.MOODY_LIST,
                   listed=[root.CLIENT["insecure"]])
    yield server
    server.stop()


@pytest.fixture
def with_lists(lab, postern, moody):
    """All lists but the broken one are in use when this returns."""
    p = recursor(lab, postern, "".join(
        f'\tdnsbl "{zone.split(".")[0]}" zone "{zone}" '
        "reply { 127.0.0.2-11 }\n" for zone in
        (*root.LISTS, root.UNSIGNED_LIST, root.MOODY_LIST))
        + "\ton score 1 hold\n")
    for name in ("signed", "unsigned", "moody"):
        until_state(p, name, "ok")
    until_state(p, "broken", "aside")
    return p


@pytest.mark.jailed_too
def test_lists(with_lists):
    """Signed or not; one whose signatures are wrong is set aside."""
    p = with_lists
    out = explain(p, root.CLIENT["secure"])
    for line in ('dnsbl signed: listed 127.0.0.4 (score 1) '
                 '"see https://help.example.net/"',
                 "dnsbl broken: aside: set aside, not asked",
                 "dnsbl unsigned: listed 127.0.0.2 (score 1)",
                 "dnsbl moody: clear", "score 2", "result pass",
                 "verdict hold"):
        assert f"\n{line}\n" in out, (line, out)
    assert 'dnsbl-aside name=broken why="it does not answer"' \
        in p.fcrdnsd.said()
    for zone in root.LISTS:
        assert zone.rstrip(".") not in p.fcrdnsd.said()


def test_lists_ipv6(with_lists):
    out = explain(with_lists, root.V6)
    for line in ("dnsbl signed: listed 127.0.0.3 (score 1)",
                 "dnsbl unsigned: family: it knows no IPv6 addresses, "
                 "not asked", "verdict hold"):
        assert f"\n{line}\n" in out, (line, out)


def test_each_list_is_asked_once(with_lists, moody):
    """Its own server, by the whole name at once, and for the text only if
    there is a listing: who counts questions counts those."""
    before = moody.questions.copy()
    for case in ("secure", "insecure"):
        explain(with_lists, root.CLIENT[case])
    asked = {key: n for key, n in (moody.questions - before).items()
             if key[0] != f"ns.{root.MOODY_LIST}"}
    assert set(asked) == {(f"10.0.18.198.{root.MOODY_LIST}", A),
                          (f"11.0.18.198.{root.MOODY_LIST}", A),
                          (f"11.0.18.198.{root.MOODY_LIST}", TXT)}
    # On a busy machine an answer may come so late that one is asked again.
    assert min(asked.values()) == 1 and sum(asked.values()) < 6, asked


@pytest.mark.parametrize("mood", ["mute", "servfail", "blocked"])
def test_a_list_in_trouble(with_lists, moody, mood):
    """It lists nobody, and the others' answers are there all the same."""
    moody.mood = mood
    with Asker(with_lists) as a:
        found = a.ask(root.CLIENT["insecure"])
    assert found["result"] == "pass", found
    out = explain(with_lists, root.CLIENT["secure"])
    assert "\nscore 2\n" in out and "\nverdict hold\n" in out, out
    state = status_lines(with_lists)["moody"]
    assert re.match(r"(ok|aside) asked [12] listed 0 errors [12] ",
                    state), state
