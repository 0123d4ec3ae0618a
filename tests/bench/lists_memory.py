# SPDX-License-Identifier: ISC
"""A list of a million entries behind both doors: whose memory is it?

Told of each process, as the kernel has it: what is resident (RSS); the same,
of what is shared each its part (PSS); of that, what is in no file (own); and
of RSS and PSS, what is the set's mapping.
"""

import random
import re
import time

from lab import smtp, wait
from lab.postfix import PORTS
from lab.server import children

from bench import title
from lists_lab import BANNED, Asker, Machine

N4, N6 = 900_000, 100_000
CONF = 'list <big> {{ file "{}" }}\n'
FROM = "\tblock from { <big>, <bans> }\n"
USES = 10
MIB = 1024


def entries():
    """Mostly single addresses, in no order; IPv6 sites as /64."""
    rng = random.Random(20260101)
    for _ in range(N4):
        n = rng.randrange(0x0b000000, 0x7f000000)
        a = f"{n >> 24}.{n >> 16 & 255}.{n >> 8 & 255}."
        yield a + ("0/24" if rng.random() < 0.1 else str(n & 255))
    for _ in range(N6):
        n = rng.getrandbits(48)
        yield f"2a00:{n >> 32:x}:{n >> 16 & 0xffff:x}:{n & 0xffff:x}::/64"


def of_rollup(pid):
    with open(f"/proc/{pid}/smaps_rollup") as f:
        found = dict(re.findall(r"^(\w+): +(\d+) kB", f.read(), re.M))
    return int(found["Rss"]), int(found["Pss"]), int(found["Pss_Anon"])


def of_mapping(pid, path):
    """What /proc/PID/smaps says of the mappings of that file."""
    rss = pss = 0
    inside = False
    with open(f"/proc/{pid}/smaps") as f:
        for line in f:
            key, _, rest = line.partition(" ")
            if not key.endswith(":"):
                inside = rest.rstrip().endswith(str(path))
            elif inside and key == "Rss:":
                rss += int(rest.split()[0])
            elif inside and key == "Pss:":
                pss += int(rest.split()[0])
    return rss, pss


def processes(machine):
    """(name, pid) of parents, then of their children."""
    for program, server in machine.daemons.items():
        yield f"{program}, parent", server.pid
        for n, pid in enumerate(sorted(children(server.pid)), 1):
            yield f"{program}, child {n}", pid


def blocked(machine, address):
    asker = Asker(machine.state)
    try:
        return " list=big" in asker.ask(address)
    finally:
        asker.close()


def refused(machine, address):
    try:
        machine.front.client(source=address).close()
    except OSError:
        return True
    return False


def use(machine):
    """Let both doors work a little: a session, a page, each a few times."""
    for n in range(1, USES + 1):
        address = f"{BANNED}.{240 - n}"
        with smtp.Client(address, PORTS["own"]) as c:
            c.hello()
            c.mail()
            assert c.rcpt("box@example.org").code == 250
            c.quit()
        assert machine.front.get(source=address).status == 200


def look(world, lines, last):
    """Memory of all processes with these lines in the list."""
    path = world.base / f"big{len(lines)}"
    path.write_text("".join(f"{line}\n" for line in lines))
    start = time.perf_counter()
    machine = Machine(world, top=CONF.format(path), fcrdns=FROM, edge=FROM)
    for door in (blocked, refused):
        wait.until(lambda: "the list to arrive:\n" + machine.front.log.text(),
                   lambda: door(machine, last), 60)
    took = time.perf_counter() - start
    use(machine)
    set_file = machine.state / "lists" / "big.set"
    found = [(name, *of_rollup(pid), *of_mapping(pid, set_file))
             for name, pid in processes(machine)]
    size = set_file.stat().st_size
    machine.stop()
    path.unlink()
    return found, size, took


def table(found):
    print(f"{'MiB':28}{'RSS':>8}{'PSS':>8}{'own':>8}{'the set: RSS':>16}"
          f"{'PSS':>8}")
    for name, *figures in [*found, ("all", *sums(found))]:
        rss, pss, own, set_rss, set_pss = (f / MIB for f in figures)
        print(f"{name:28}{rss:8.1f}{pss:8.1f}{own:8.1f}{set_rss:16.1f}"
              f"{set_pss:8.1f}")


def sums(found):
    return [sum(column) for column in list(zip(*found))[1:]]


def measure_memory(world, _):
    last = f"{BANNED}.254"
    lines = list(entries())
    title("Memory at rest, a list of one entry")
    small, _, _ = look(world, [last], last)
    table(small)
    title(f"Memory at rest, a list of {len(lines) + 1:,} entries, in both "
          "doors")
    found, size, took = look(world, [*lines, last], last)
    table(found)
    _, _, own, _, once = sums(found)
    more = (own - sums(small)[2]) / MIB
    mapped = sum(row[4] > 0 for row in found)
    print(f"The set file has {size:,} bytes ({size / MIB / MIB:.1f} MiB); "
          f"{mapped} processes have it mapped\nand share {once / MIB:.1f} "
          "MiB.  Of memory of their own, all together have\n"
          f"{more:+.1f} MiB, compared with one entry.  From their start, with "
          f"the text file,\nto the refusal by both doors: {took:.1f} s",
          flush=True)
    yield ("a million entries mapped by all, to the file's size",
           f"{once * MIB / size:.2f}", "", True)
    yield ("and more memory of their own", f"{more:.1f} MiB", "", True)
