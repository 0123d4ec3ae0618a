# SPDX-License-Identifier: ISC
"""The lab as fixtures, and what a failed test shows.

Each pytest process (each xdist worker) moves into namespaces of its own and
starts one Postfix, one DNS and one shared Postern there, on first use.
"""

import functools
import itertools
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from lab import daemon, dkim, edge as edge_lab, gate		# noqa: E402
from lab import netns, server, smtp, zones			# noqa: E402
from lab.dns import Dns						# noqa: E402
from lab.dovecot import Dovecot					# noqa: E402
from lab.postfix import OWN_INET_PORT, PORTS, Postfix		# noqa: E402
from lab.root import Root					# noqa: E402
from lab.sshd import Sshd						# noqa: E402
from lab.syslog import Syslog					# noqa: E402

BASE = None	# the lab's folder, once we are in our own namespaces


def pytest_configure(config):
    global BASE
    hands_out = getattr(config.option, "numprocesses", None)
    if hands_out and not hasattr(config, "workerinput"):
        return		# the workers do it, each for itself
    if config.option.collectonly:
        return
    if os.geteuid() != 0:
        raise pytest.UsageError("the integration tests must be run by root")
    BASE = netns.enter()
    for name in ("log", "san"):
        (BASE / name).mkdir()
    (BASE / "san").chmod(0o1777)
    netns.own_etc(BASE, zones.RECURSOR)
    netns.own_dev(BASE)


def pytest_unconfigure():
    if BASE is not None:
        netns.leave(BASE)


@functools.cache
def own_syslog():
    """There is one /dev/log."""
    return Syslog(BASE)


class Lab:
    """Everything that the tests of one process share."""

    def __init__(self, base):
        self.base = base
        self.numbers = itertools.count(1)
        self.silent_clients = iter(zones.SILENT)
        self.silent_names = iter(zones.SILENT_NAME)
        self.syslog = own_syslog()
        self.dns = Dns(base)
        self.postfix = Postfix(base)
        self.opendkim = None
        self.shared = None
        self.own_root = None

    def root(self):
        if self.own_root is None:
            self.own_root = Root(self.base)
        return self.own_root

    def shared_postern(self):
        if self.shared is None:
            self.shared = daemon.Postern(
                self.base, "shared", socket_at(self.postfix.milter),
                milter=f'\tauthserv-id "{netns.HOST}"\n').start()
        return self.shared

    def need_opendkim(self):
        if self.opendkim is None:
            self.opendkim = dkim.start(self.base)

    def mailbox(self):
        """A local part that no other test has."""
        return f"box{next(self.numbers)}"

    def silent(self):
        """The address of a client about which no answer comes, ever."""
        return next(self.silent_clients)

    def silent_name(self):
        """The same, but it is its name's address that is not answered."""
        return next(self.silent_names)

    def connect(self, case_or_address, service="main", **more):
        """A client of that kind, connected; nothing was read yet."""
        source = zones.CLIENT.get(case_or_address, case_or_address)
        return smtp.Client(source, PORTS[service], **more)

    def check_shared(self):
        if self.shared is None:
            return []
        wrong = self.shared.complaints()
        if wrong:
            self.shared.stop()
            self.shared = None	# the next test gets a new one
        return wrong

    def stop(self):
        wrong = self.shared.stop() if self.shared else []
        self.postfix.stop()
        if self.opendkim:
            self.opendkim.kill()
        if self.own_root:
            self.own_root.stop()
        self.dns.stop()
        return wrong


def socket_at(path, mode="0660"):
    return f'socket "{path}" group "postfix" mode {mode}'


@pytest.fixture(scope="session")
def lab():
    lab = Lab(BASE)
    yield lab
    wrong = lab.stop() + daemon.sanitizer_reports(BASE)
    assert not wrong, "\n".join(wrong)


@pytest.fixture(autouse=True)
def no_process_fell(request):
    """Fails the test in which one of our processes fell or a sanitizer
    spoke."""
    yield
    wrong = daemon.sanitizer_reports(BASE)
    if "lab" in request.fixturenames:
        wrong += request.getfixturevalue("lab").check_shared()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def shared(lab):
    """The Postern behind most services: rejects fail and permerror, defers
    temperror."""
    return lab.shared_postern()


@pytest.fixture
def postern(lab):
    """Makes Posterns for this test alone, behind the services "own*".

    inet: the milter listens on a TCP port (service "own_inet").
    """
    made = []

    def make(inet=False, chroot=False, **text):
        listen = socket_at(lab.postfix.own_chroot_milter if chroot
                           else lab.postfix.own_milter)
        if inet:
            listen = f"127.0.0.1 port {OWN_INET_PORT}"
        p = daemon.Postern(lab.base, f"own{next(lab.numbers)}", listen,
                           **text)
        made.append(p)
        return p

    yield make
    wrong = [complaint for p in made for complaint in p.stop()]
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="session")
def gate_world():
    """The server and the clients of the gate's tests (lab/gate.py)."""
    world = gate.World()
    yield world
    world.stop()


@pytest.fixture(scope="session")
def dovecot(gate_world):
    with gate_world.server.inside():
        imap = Dovecot(BASE)
    yield imap
    imap.stop()


@pytest.fixture
def make_gate(gate_world):
    """Makes gates for this test alone: lab/gate.py's Gate."""
    made = []
    gate_world.server.nft("flush", "ruleset")

    def make(**more):
        g = gate.Gate(BASE, f"gate{next(gate.NUMBERS)}", gate_world.server, **more)
        made.append(g)
        return g

    yield make
    wrong = [complaint for g in made for complaint in g.stop()]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def lab_base():
    return BASE


@pytest.fixture(scope="session")
def syslog():
    return own_syslog()


@pytest.fixture(scope="session")
def edge_world():
    """What the fronts of all tests share (lab/edge.py)."""
    world = edge_lab.World(BASE)
    yield world
    world.stop()


@pytest.fixture(scope="module")
def edges(edge_world, request):
    """The front of a module, as its EDGE says; a fallen one is replaced."""
    more = getattr(request.module, "EDGE", {})
    if callable(more):
        more = more(edge_world)
    shared = edge_lab.Shared(lambda: edge_world.edge(**more).start())
    yield shared
    wrong = shared.stop()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def edge(edges):
    """A front that the tests of this module share."""
    yield edges.get()
    wrong = edges.check()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def make_edge(edge_world):
    """Makes fronts for this test alone."""
    made = []

    def make(**more):
        made.append(edge_world.edge(**more))
        return made[-1]

    yield make
    wrong = [complaint for e in made for complaint in e.stop()]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def shut(make_gate):
    """A gate on nftables, shut: its rules stand before an operator's own."""
    g = make_gate()
    g.load()
    return g


@pytest.fixture(scope="session")
def sshd(gate_world):
    with gate_world.server.inside():
        server = Sshd(BASE)
    yield server
    server.stop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup(item):
    item.log_marks = {log: log.mark() for log in server.LOGS}
    yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if not report.failed:
        return
    marks = getattr(item, "log_marks", {})
    shown = set()
    for log in server.LOGS:
        text = log.text(marks.get(log, 0))
        if text and log.path not in shown:
            shown.add(log.path)
            report.sections.append((f"log {log.path.name}", text[-20000:]))


@pytest.fixture
def clock(lab, monkeypatch):
    """The clock of the programs that this test starts: see base/clock.h."""
    name = b"POSTERN_CLOCK_FILE"
    assert name in (daemon.BUILD / "fcrdnsd").read_bytes(), \
        "the build without sanitizers is no test build"
    clock = daemon.Clock(lab.base / "clock")
    monkeypatch.setenv("POSTERN_CLOCK_FILE", str(clock.path))
    return clock
