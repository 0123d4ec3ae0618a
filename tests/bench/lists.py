# SPDX-License-Identifier: ISC
"""The benchmark of lists, DNS lists and bans.

usage: lists.py [-r rounds] [scenario ...]

	set	lookups, beside a radix tree (set_bench.c)
	compile	a million lines (compile_bench.c)
	dnsbl	five DNS lists 50 ms away, beside Postfix's own
	ban	from the order, or the last offence, to the doors
	memory	of all processes that have a million entries mapped

What is printed is the median, with the spread behind it.
"""

import argparse
import glob
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from lab import netns					# noqa: E402

from bench import TOOLS, title				# noqa: E402
from lists_ban import measure_bans			# noqa: E402
from lists_dnsbl import measure_dnsbls			# noqa: E402
from lists_lab import RECURSOR, World			# noqa: E402
from lists_memory import measure_memory			# noqa: E402

RADIX = "/usr/lib/*/perl5/*/auto/Net/Patricia/Patricia.so"
LOOKUP_NS, READY_MS = 100, 5
COMPILE_MS, COMPILE_MIB = 1000, 150


def tool(name):
    done = subprocess.run([TOOLS / name], text=True, stdout=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{name}: status {done.returncode}")
    print(done.stdout, end="", flush=True)
    return done.stdout


def measure_set(*_):
    title("The set: 900,000 IPv4 and 100,000 IPv6 prefixes")
    if not glob.glob(RADIX):
        print("There is no radix tree to stand beside it: "
              "apt-get install libnet-patricia-perl", flush=True)
    said = tool("set_bench")
    n4, n6, size = map(int, re.search(
        r"(\d+) IPv4 and (\d+) IPv6 ranges in (\d+) bytes", said).groups())
    ready = float(re.search(r"ready: ([\d.]+) ms", said)[1])
    slowest = max(map(float, re.findall(r"set median +([\d.]+) ns", said)))
    yield ("lookup, median, the slowest kind", f"{slowest:.1f} ns",
           f"{LOOKUP_NS} ns", slowest <= LOOKUP_NS)
    yield ("ready after the map", f"{ready:.2f} ms", f"{READY_MS} ms",
           ready < READY_MS)
    over = size / (8 * n4 + 32 * n6) - 1
    yield ("index and header, of the ranges' bytes", f"{over:.1%}", "", True)


def measure_compile(*_):
    title("A million lines of a feed made a set file")
    said = tool("compile_bench")
    wall = max(map(float, re.findall(r": (\d+) ms \(median", said)))
    most = max(map(int, re.findall(r"at most (\d+) KiB", said))) / 1024
    yield ("compile a million lines, wall", f"{wall:.0f} ms",
           f"{COMPILE_MS} ms", wall < COMPILE_MS)
    yield ("the same, most memory", f"{most:.0f} MiB", f"{COMPILE_MIB} MB",
           most < COMPILE_MIB)


PARTS = {"set": measure_set, "compile": measure_compile,
         "dnsbl": measure_dnsbls, "ban": measure_bans,
         "memory": measure_memory}
IN_WORLD = {"dnsbl", "ban", "memory"}


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("-r", dest="rounds", type=int, default=20)
    parser.add_argument("scenarios", nargs="*")
    said = parser.parse_args()
    unknown = set(said.scenarios) - set(PARTS)
    if unknown:
        parser.error(f"no such scenario: {unknown}: have {' '.join(PARTS)}")
    said.scenarios = said.scenarios or list(PARTS)
    return said


def main():
    said = options()
    rows = []
    world = None
    try:
        for name in said.scenarios:
            if name in IN_WORLD and world is None:
                base = netns.enter()
                netns.own_etc(base, RECURSOR)
                world = World(base, said.rounds)
            rows += PARTS[name](world, said.rounds)
    finally:
        if world is not None:
            world.stop()
    title("What was asked")
    for what, found, asked, good in rows:
        verdict = "" if not asked else "" if good else "  FELL SHORT"
        print(f"{what:64} {found:>9}   {asked:>8}{verdict}")


if __name__ == "__main__":
    main()
