# SPDX-License-Identifier: ISC
"""How long after a ban both doors refuse: one by order, one by offences.

Four look on at once, each over and over again with a pause of some
milliseconds: fcrdnsd is asked, a mail session goes on to its recipient, a new
HTTPS connection is made, and a request is sent over an old one.
"""

import random
import ssl
import subprocess
import threading
import time

from lab import daemon, http, smtp, wait
from lab.postfix import PORTS

from bench import spread, title
from lists_lab import BANNED, NAMELESS, Asker, Machine

ASKED_MS = 1000
PAUSE = 0.005
LOOK = 0.5	# seconds; twice as often at least, doors look at their sets
RULES = """bans {
	after 3 rejects within 1m for 10m
	after 5 4xx within 1m for 10m
}
"""
FCRDNS = """	block from { <bans> }
	on permerror reject
	on fail reject
	on temperror tempfail
"""
EDGE = "\tblock from { <bans> }\n"


class Fcrdnsd:
    name = "fcrdnsd's answer"

    def __init__(self, machine, address):
        self.asker = Asker(machine.state)
        self.address = address

    def refused(self):
        return " list=bans" in self.asker.ask(self.address)

    def close(self):
        self.asker.close()


class Mail:
    name = "mail session through Postfix"

    def __init__(self, _, address):
        self.address = address

    def answer(self):
        """The answer to RCPT, and when it came."""
        with smtp.Client(self.address, PORTS["own"]) as c:
            c.hello()
            c.mail()
            reply = c.rcpt("box@example.org")
            came = time.perf_counter()
            c.quit()
        return reply, came

    def refused(self):
        return "listed in bans" in self.answer()[0].text

    def close(self):
        pass


class Fresh:
    """Over TLS whoever is blocked gets no handshake."""

    name = "new HTTPS connection"

    def __init__(self, machine, address):
        self.front, self.address = machine.front, address

    def refused(self):
        try:
            self.front.client(source=self.address).close()
        except (OSError, ssl.SSLError):
            return True
        return False

    def close(self):
        pass


class Kept:
    name = "kept HTTPS connection"

    def __init__(self, machine, address):
        self.client = machine.front.client(source=address)

    def refused(self):
        return self.client.ask(http.request("/hello.txt")).status == 403

    def close(self):
        self.client.close()


PROBES = (Fcrdnsd, Mail, Fresh, Kept)


class Looker(threading.Thread):
    """Asks until it is refused; at: when that was, for perf_counter()."""

    def __init__(self, probe, until):
        super().__init__()
        self.probe, self.until = probe, until
        self.at = None

    def run(self):
        while not self.probe.refused():
            if time.perf_counter() > self.until:
                return
            wait.TICK.wait(PAUSE)
        self.at = time.perf_counter()


class Command:
    name = "postern ban, the command itself"

    def __init__(self, process):
        self.process = process

    def refused(self):
        """Has it ended?"""
        return self.process.poll() is not None

    def close(self):
        assert self.process.returncode == 0


def by_order(machine, probes, address):
    began = time.perf_counter()
    process = subprocess.Popen(
        [daemon.BUILD / "postern", "-f", machine.front.conf, "ban", address,
         "for", "10m"], stdout=subprocess.DEVNULL)
    probes.append(Command(process))
    return began


def by_mail(machine, probes, address):
    for _ in range(3):
        reply, came = probes[1].answer()
        assert reply.enhanced == "5.7.25", reply
    return came


def by_web(machine, probes, address):
    with machine.front.client(source=address) as c:
        for _ in range(5):
            a = c.ask(http.request("/none"))
            assert a.status == 404, a
        return time.perf_counter()


def one_ban(machine, address, act):
    """Milliseconds from the act to each refusal."""
    probes = [kind(machine, address) for kind in PROBES]
    for probe in probes:
        # A client without a name is an offender each time.
        if not (act is by_mail and isinstance(probe, Mail)):
            assert not probe.refused(), (address, probe.name)
    # A refusal comes as a door looks: the next ban must not begin just then.
    wait.TICK.wait(random.uniform(0, LOOK))
    began = act(machine, probes, address)
    until = time.perf_counter() + 10
    lookers = [Looker(probe, until) for probe in probes]
    for looker in lookers:
        looker.start()
    took = {}
    for looker, probe in zip(lookers, probes):
        looker.join()
        assert looker.at is not None, f"{probe.name}: never refused"
        took[probe.name] = (looker.at - began) * 1000
        probe.close()
    return took


ACTS = (
    ("by order: postern ban ADDRESS", by_order, BANNED, 1),
    ("by three rejects at the mail door", by_mail, NAMELESS, 1),
    ("by five 404 at the front", by_web, BANNED, 101),
)


def measure_bans(world, rounds):
    machine = Machine(world, top=RULES, fcrdns=FCRDNS, edge=EDGE)
    found = {what: [] for what, *_ in ACTS}
    for n in range(rounds + 1):
        for what, act, net, first in ACTS:
            took = one_ban(machine, f"{net}.{first + n}", act)
            if n > 0:			# the first one warms up
                found[what].append(took)
    title(f"A ban, {rounds} of each: ms until it is first refused")
    for what, all in found.items():
        print(what)
        worst = 0
        for name in all[0]:
            values = [took[name] for took in all]
            worst = max(worst, *values)
            print(f"  {name:32} {spread(values, '{:.0f}')}")
        yield (f"ban {what.partition(':')[0]}, the worst of all",
               f"{worst:.0f} ms", f"{ASKED_MS} ms", worst < ASKED_MS)
    machine.stop()
