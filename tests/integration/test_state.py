# SPDX-License-Identifier: ISC
"""The state folder: made when it is missing, refused when it is not safe."""

import os
import stat

import pytest

from lab.daemon import Daemon


def conf_with_state(p, state):
    text = p.conf.read_text().replace(f'"{p.state}"', f'"{state}"')
    p.conf.write_text(text)
    return state


def start(p):
    return Daemon(p.base, "fcrdnsd", p.conf, f"{p.name}-fcrdnsd")


@pytest.fixture
def narrow_umask():
    was = os.umask(0o077)
    yield
    os.umask(was)


def test_missing_with_all_that_leads_to_it(postern, narrow_umask):
    p = postern()
    state = conf_with_state(p, p.home / "var" / "db" / "postern")
    daemon = start(p).must_be_ready()
    for path in (state.parent, state, state / "run"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o755, path
        assert path.stat().st_uid == 0
    assert daemon.stop() == 0


def make_link(state):
    state.symlink_to("/tmp")


def make_file(state):
    state.write_text("")


def make_open(state):
    state.mkdir()
    state.chmod(0o777)


def make_foreign(state):
    state.mkdir()
    os.chown(state, 65534, 65534)


@pytest.mark.parametrize("make, why", [
    (make_link, "is not a folder"),
    (make_file, "is not a folder"),
    (make_open, "must be root's and writable by nobody else"),
    (make_foreign, "must be root's and writable by nobody else"),
])
def test_refused(postern, make, why):
    p = postern()
    state = conf_with_state(p, p.home / "other")
    make(state)
    daemon = start(p)
    assert not daemon.ready
    assert daemon.wait_end() == 69
    assert why in daemon.said()
    daemon.stopped = True
