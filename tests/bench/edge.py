# SPDX-License-Identifier: ISC
"""The benchmark of the HTTPS front.

usage: edge.py [-r rounds] [-d seconds] [-o contender,...] [-s] [scenario ...]

Each front runs alone on CPU 0; the load (edge_load.c) and the origin, an nginx
with files, on CPU 1.  Rounds are interleaved, one of each front after another.
What counts is the CPU time of the front, of all its processes, as the kernel
counted it; ratios are made within a round, and drifts of the machine fall out.
Printed are medians, with the spread behind them.  -s counts system calls
instead.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from lab import certs, daemon, netns			# noqa: E402

import edge_contenders as fronts			# noqa: E402
from bench import spread, title				# noqa: E402

LOAD = daemon.BUILD / "tests" / "bench" / "edge_load"
SIZES = {"1k": 1024, "10k": 10240, "10m": 10 << 20}
PEER = "haproxy"
GB = 1e9


class Scenario:
    """unit: of the cost; per: which figure of the load divides the CPU time."""

    def __init__(self, title, words, unit="us", per="requests", scale=1e6,
                 pair="ec", wanted=None):
        self.title, self.words, self.unit = title, words.split(), unit
        self.per, self.scale, self.pair = per, scale, pair
        self.wanted = wanted


LOADS = {
    "keep": Scenario("TLS, 1 KB, kept alive, 64 connections",
                     "-n 64 -u /1k keep", wanted=0.85),
    "keep10k": Scenario("TLS, 10 KB, kept alive, 64 connections",
                        "-n 64 -u /10k keep"),
    "new": Scenario("New connection, full handshake (P-256), one GET of 1 KB",
                    "-n 16 -u /1k new", wanted=0.92),
    "resume": Scenario("The same, resumed by a ticket",
                       "-n 16 -u /1k resume", wanted=1.0),
    "rsa": Scenario("The same, full, RSA-2048", "-n 16 -u /1k new",
                    pair="rsa"),
    "large": Scenario("10 MB bodies, 8 connections", "-n 8 -u /10m keep",
                      unit="s a GB", per="bytes", scale=GB, wanted=0.90),
}
HELD = {
    "idle": ("Memory with 9,900 idle TLS connections", "-n 9900 -u /1k hold",
             0.0, 1.15),
    "slow": ("Memory of 1,000 slow TLS clients", "-n 1000 slow", 5.0, 0.65),
}


def cpu(pids):
    """Seconds of CPU that all threads of these processes have used."""
    total = 0
    for pid in pids:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/schedstat") as f:
                total += int(f.read().split()[0])
    return total / 1e9


def memory(pids):
    """Their memory in KiB, of what is shared each its part."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            total += next(int(line.split()[1]) for line in f
                          if line.startswith("Pss:"))
    return total


class Load:
    """edge_load against a front, up and waiting."""

    def __init__(self, front, *words):
        self.process = subprocess.Popen(
            ["taskset", "-c", "1", LOAD, "-t", "-s", fronts.SITE,
             *map(str, words), str(front.port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def go(self):
        """Let it run to its end: {what: figure}."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.figures()

    def figures(self):
        words = self.process.stdout.readline().split()
        assert words, "the load broke off"
        self.process.stdin.close()
        assert self.process.wait() == 0
        return {k: float(v) for k, v in zip(words[::2], words[1::2])}

    def release(self):
        """End what holds connections."""
        self.process.stdin.close()
        words = self.process.stdout.readline().split()
        assert self.process.wait() == 0
        return {k: float(v) for k, v in zip(words[::2], words[1::2])}


def one_round(front, scenario, seconds):
    """Cost of one round, and the load's own figures."""
    load = Load(front, "-d", seconds, *scenario.words)
    pids = front.pids()
    before = cpu(pids)
    said = load.go()
    used = cpu(pids) - before
    assert said["errors"] == 0, f"{front.name}: {said}"
    if "resume" in scenario.words:
        assert said["resumed"] >= 0.99 * said["requests"], said
    return used / said[scenario.per] * scenario.scale, said


def ratios(ours, peers):
    return [a / b for a, b in zip(ours, peers)]


def run_load(key, running, options):
    scenario = LOADS[key]
    title(f"{key}: {scenario.title}: CPU time, {scenario.unit}")
    costs = {name: [] for name in running}
    late = {name: [] for name in running}
    rates = {name: [] for name in running}
    for front in running.values():		# warming up
        one_round(front, scenario, min(options.seconds, 0.5))
    for _ in range(options.rounds):
        for name, front in running.items():
            cost, said = one_round(front, scenario, options.seconds)
            costs[name].append(cost)
            late[name].append(said["p99"])
            rates[name].append(said["requests"] / said["seconds"])
    form = "{:.1f}" if scenario.unit == "us" else "{:.3f}"
    for name in running:
        line = f"{name:13} {spread(costs[name], form)}"
        if PEER in running:
            of_peer = ratios(costs[name], costs[PEER])
            line += f"   ratio {spread(of_peer, '{:.2f}')}"
        print(f"{line}   p99 us {spread(late[name], '{:.0f}')}"
              f"   {statistics.median(rates[name]):.0f} a second", flush=True)
    if PEER in running:
        for name in running:
            yield name, statistics.median(ratios(costs[name], costs[PEER])), \
                statistics.median(ratios(late[name], late[PEER]))


def run_held(key, start, names):
    """Each front is started anew, so that nobody's past counts."""
    what, words, wait_for, _ = HELD[key]
    title(f"{key}: {what}: MiB of all its processes")
    found = {}
    for name in names:
        front = start(name)
        Load(front, "-n", 64, "-u", "/1k", "hold").release()	# all is loaded
        at_rest = memory(front.pids())
        load = Load(front, *words.split())
        time.sleep(wait_for)	# what is measured is where they are by then
        found[name] = memory(front.pids())
        said = load.release()
        front.stop()
        assert said["closed"] == 0, f"{name}: {said}"
        each = (found[name] - at_rest) / said["held"]
        print(f"{name:13} {found[name] / 1024:6.1f}   at rest "
              f"{at_rest / 1024:5.1f}, each connection {each:4.1f} KiB"
              + ("" if PEER not in found else
                 f"   ratio {found[name] / found[PEER]:.2f}"), flush=True)
    if PEER in found:
        for name, value in found.items():
            yield name, value / found[PEER], None


def system_calls(key, running, count=2000):
    """strace -c of the working process: calls for each request."""
    scenario = LOADS[key]
    title(f"{key}: {scenario.title}: system calls a request")
    for name, front in running.items():
        load = Load(front, "-c", count, *scenario.words)
        out = pathlib.Path(daemon.BUILD / f"strace-{os.getpid()}")
        tracer = subprocess.Popen(
            ["strace", "-c", "-f", "-o", out, *(
                word for pid in front.pids() for word in ("-p", str(pid)))],
            stderr=subprocess.PIPE, text=True)
        for _ in front.pids():
            tracer.stderr.readline()	# "attached"
        load.go()
        tracer.terminate()
        tracer.wait()
        calls = {}
        for line in out.read_text().splitlines()[2:]:
            words = line.split()
            if len(words) > 4 and words[3].isdigit() and words[-1] != "total":
                calls[words[-1]] = int(words[3]) / count
        out.unlink()
        print(f"{name:13} {sum(calls.values()):5.1f}   " + ", ".join(
            f"{call} {n:.2f}" for call, n in calls.items() if n >= 0.01))


def table(results):
    title("Ratio to HAProxy, medians")
    rows = {**{k: (s.title, s.wanted) for k, s in LOADS.items()},
            **{k: (v[0], v[3]) for k, v in HELD.items()}}
    names = [n for n in fronts.CONTENDERS
             if n != PEER and any(n in found for found in results.values())]
    print(f"{'':58}" + "".join(f"{n:>14}" for n in names)
          + "   asked   p99, ours")
    for key, found in results.items():
        what, wanted = rows[key]
        ours = found.get("postern-edge", (None, None))[1]
        print(f"{what:58}" + "".join(
            f"{found[n][0]:14.2f}" if n in found else f"{'-':>14}"
            for n in names)
            + (f"{wanted:8.2f}" if wanted else f"{'':8}")
            + (f"{ours:12.2f}" if ours else ""))


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("-r", dest="rounds", type=int, default=7)
    parser.add_argument("-d", dest="seconds", type=float, default=2.0)
    parser.add_argument("-o", dest="only", type=lambda s: s.split(","),
                        default=list(fronts.CONTENDERS))
    parser.add_argument("-s", dest="calls", action="store_true")
    parser.add_argument("scenarios", nargs="*")
    said = parser.parse_args()
    unknown = set(said.scenarios) - set(LOADS) - set(HELD)
    if unknown:
        parser.error(f"no such scenario: {unknown}: have "
                     + " ".join([*LOADS, *HELD]))
    said.scenarios = said.scenarios or [*LOADS, *HELD]
    return said


def main():
    said = options()
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    authority = certs.Authority(base / "certs")
    pairs = {kind: authority.pair(fronts.SITE, kind=kind)
             for kind in ("ec", "rsa")}
    origin = fronts.origin(base, SIZES)
    number = iter(range(1000))

    def start(name, kind="ec"):
        folder = base / str(next(number))
        (folder / "log").mkdir(parents=True)
        (folder / "san").mkdir()
        folder.chmod(0o755)
        return fronts.CONTENDERS[name](folder, pairs[kind], origin.port)

    results = {}
    for kind in ("ec", "rsa"):
        keys = [k for k in said.scenarios
                if k in LOADS and LOADS[k].pair == kind]
        if not keys:
            continue
        running = {name: start(name, kind) for name in said.only}
        for key in keys:
            if said.calls:
                system_calls(key, running)
                continue
            found = run_load(key, running, said)
            results[key] = {name: figures for name, *figures in found}
        for front in running.values():
            front.stop()
    for key in said.scenarios:
        if key in HELD and not said.calls:
            results[key] = {name: figures for name, *figures
                            in run_held(key, start, said.only)}
    origin.stop()
    if any(results.values()):
        table({k: results[k] for k in said.scenarios if results.get(k)})


if __name__ == "__main__":
    main()
