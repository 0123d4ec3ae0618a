# SPDX-License-Identifier: ISC
"""The benchmark of the IMAP gate.

usage: imapgate.py [rounds]	(default: 41)

`imapgate allow` as a whole process, with 1,000 leases, beside `nft -f` that
flushes the same set and adds the same 1,000 elements: rounds are interleaved,
what is printed is the median, with the spread behind it.  The leases are once
in memory, where fsync costs nothing, and once on the disk of the build
folder; the same two fsyncs are timed alone there as well.
"""

import os
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from lab import daemon, gate, netns		# noqa: E402

from bench import spread, title			# noqa: E402

LEASES = 1000
MEMORY = "imapgate allow, leases in memory"
DISK = "imapgate allow, leases on disk"
PEER = "nft -f, flush and add"


def timed(argv, log):
    """A process that must succeed: milliseconds from its start to its end,
    and of CPU."""
    actions = [(os.POSIX_SPAWN_OPEN, fd, log, os.O_WRONLY | os.O_CREAT
                | os.O_TRUNC, 0o600) for fd in (1, 2)]
    argv = [str(word) for word in argv]
    begin = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, dict(os.environ),
                         file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    took = time.perf_counter() - begin
    assert status == 0, pathlib.Path(log).read_text()
    return took * 1000, (used.ru_utime + used.ru_stime) * 1000


def fsyncs(g):
    """Milliseconds of the two fsyncs with which such a file is replaced."""
    folder = g.leases.parent
    fd = os.open(folder / "bench", os.O_WRONLY | os.O_CREAT, 0o600)
    os.write(fd, g.leases.read_bytes())
    begin = time.perf_counter()
    os.fsync(fd)
    took = time.perf_counter() - begin
    os.close(fd)
    os.unlink(folder / "bench")
    fd = os.open(folder, os.O_RDONLY)
    begin = time.perf_counter()
    os.fsync(fd)
    took += time.perf_counter() - begin
    os.close(fd)
    return took * 1000


def fill(g, addresses):
    """Leases for these, as if each had been allowed; the set is equal."""
    g.load(more="")
    g.good("allow", "-t", "7d", addresses[0])
    [line] = [x for x in g.lines() if x.startswith(addresses[0])]
    g.edit(lambda text: text + "".join(
        line.replace(addresses[0], a) + "\n" for a in addresses[1:]))
    g.good("sync")
    assert len(g.in_firewall()) == len(addresses)


def main(rounds=41):
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    disk = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=daemon.BUILD))
    try:
        run(base, disk, rounds)
    finally:
        shutil.rmtree(disk)


def run(base, disk, rounds):
    # No two are neighbours, so that nothing can be joined.
    addresses = [f"10.{n // 100}.{n % 100}.1" for n in range(LEASES)]
    server = gate.Server()
    gates = {"memory": gate.Gate(base, "memory", server),
             "disk": gate.Gate(disk, "disk", server)}
    gates["disk"].base = base		# its logs
    for g in gates.values():
        fill(g, addresses)
    batch = base / "batch"
    batch.write_text("flush set inet filter imap_allowed\n"
                     "flush set inet filter imap_allowed6\n"
                     "add element inet filter imap_allowed { "
                     + ", ".join(addresses) + " }\n")
    log = base / "log" / "bench"
    contenders = {
        MEMORY: allow(gates["memory"]),
        DISK: allow(gates["disk"]),
        PEER: lambda n: ["/usr/sbin/nft", "-f", batch],
        "/bin/true": lambda n: ["/bin/true"],
    }
    took = {name: [] for name in contenders}
    synced = []
    with server.inside():
        for n in range(rounds + 1):
            for name, words in contenders.items():
                figures = timed(words(addresses[n]), log)
                if n > 0:		# the first is warming up
                    took[name].append(figures)
            synced.append(fsyncs(gates["disk"]))
    for n, what in enumerate(("from start to end", "of CPU")):
        title(f"Whole processes, {LEASES} leases, {rounds} rounds: ms {what}")
        of = {name: [x[n] for x in all] for name, all in took.items()}
        for name, values in of.items():
            print(f"{name:33} {spread(values)}  ratio " + spread(
                ratios(values, of[PEER]), "{:.2f}"))
        if n == 0:
            print(f"{'the same fsyncs alone, on disk':33} {spread(synced)}")


def ratios(ours, peers):
    """Each round's; and drifts of the machine fall out."""
    return [a / b for a, b in zip(ours, peers)]


def allow(g):
    return lambda address: [daemon.BUILD / "imapgate", "-f", g.conf, "allow",
                            address]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
