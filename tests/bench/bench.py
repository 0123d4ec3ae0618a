# SPDX-License-Identifier: ISC
"""The benchmark of the mail gate.

usage: bench.py [protocol findings postfix memory]	(default: all)

CPU time is what the kernel counted for all processes of a contender.  Rounds
are interleaved; what is printed is the median, with the spread behind it.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "integration"))

from lab import daemon, netns, smtp, wait		# noqa: E402
from lab.dns import start_nsd, start_unbound		# noqa: E402
from lab.postfix import PORTS, Postfix, service		# noqa: E402
from lab.server import Server, children			# noqa: E402
from lab.zones import HEAD				# noqa: E402
import lab.postfix					# noqa: E402

TOOLS = daemon.BUILD / "tests" / "bench"
NSD, DELAY, RECURSOR = "127.0.0.80", "127.0.0.81", "127.0.0.1"
DELAY_MS = 50
NETS = {"198.51.100": "100.51.198.in-addr.arpa.",
        "203.0.113": "113.0.203.in-addr.arpa.",
        "192.0.2": "2.0.192.in-addr.arpa."}
TICK = os.sysconf("SC_CLK_TCK")


def zones():
    found = {"bench.example.": HEAD.format("bench.example.", 3600)}
    for net, reverse in NETS.items():
        text = HEAD.format(reverse, 3600)
        for n in range(1, 255):
            name = f"h{n}-{net.replace('.', '-')}.bench.example."
            text += f"{n} PTR {name}\n"
            found["bench.example."] += f"{name} A {net}.{n}\n"
        found[reverse] = text
    return found


def family(*servers):
    """The processes of some daemons: parents and children."""
    return [pid for s in servers for pid in (s.pid, *children(s.pid))]


def cpu(pids):
    """Seconds of CPU that these processes have used."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def resident(pids):
    """Their resident memory in MiB."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/status") as f:
            total += next(int(line.split()[1]) for line in f
                          if line.startswith("VmRSS"))
    return total / 1024


def load(tool, *words, **more):
    done = subprocess.run([TOOLS / tool, *map(str, words)], check=True,
                          capture_output=True, text=True, **more)
    words = done.stdout.split()
    return {k: float(v) for k, v in zip(words[::2], words[1::2])}


def spread(values, form="{:.1f}"):
    return (form.format(statistics.median(values)) + "  ("
            + form.format(min(values)) + " to " + form.format(max(values))
            + ")")


def title(text):
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def warm(postern):
    """Have fcrdnsd know the addresses that the load uses."""
    postern.run("fcrdns", "-")		# its own program: that it runs
    sock = postern.state / "run" / "fcrdnsd.sock"
    load("fcrdns_load", sock, 508, 50, "198.51.100", 1, 254)
    return sock


def protocol(base, postern, rounds=7, sessions=10000):
    title("Milter protocol to the socket, cached names, 50 sessions at once")
    warm(postern)
    peers = {"accept-all": [], "accept-all, no-reply": ["no-reply"]}
    running = {}
    sockets = {"postern-milter + fcrdnsd": postern.listen_path}
    for name, words in peers.items():
        path = base / f"peer{len(running)}.sock"
        server = Server(name, [TOOLS / "accept_all", path, *words],
                        base / "log" / f"peer{len(running)}.log")
        wait.until(server.said, lambda s=server: "ready" in s.said())
        running[name], sockets[name] = server, path
    used = {name: [] for name in sockets}
    for _ in range(rounds):
        for name, path in sockets.items():
            pids = (family(running[name]) if name in running
                    else family(postern.fcrdnsd, postern.milter))
            before = cpu(pids)
            said = load("milter_load", path, sessions, 50, "198.51.100", 1,
                        254)
            assert said["accepted"] == sessions, said
            used[name].append((cpu(pids) - before) / sessions * 1e6)
    for name, values in used.items():
        ratios = [v / w for v, w in zip(values, used["accept-all"])]
        print(f"{name:26} us of CPU a session {spread(values, '{:.0f}')}"
              f"   ratio {spread(ratios, '{:.2f}')}")
    for server in running.values():
        server.kill()


def findings(base, postern, rounds=7, questions=100000):
    title("fcrdnsd alone: findings from its cache over the socket")
    sock = warm(postern)
    rates, costs = [], []
    for _ in range(rounds):
        pids = family(postern.fcrdnsd)
        before = cpu(pids)
        said = load("fcrdns_load", sock, questions, 50, "198.51.100", 1, 254)
        assert said["pass"] == questions, said
        rates.append(said["rate"])
        costs.append((cpu(pids) - before) / questions * 1e6)
    print(f"findings a second {spread(rates, '{:.0f}')}\n"
          f"us of CPU each    {spread(costs)}")


def one_session(address, port, away=0.0, codes=(250,)):
    """Milliseconds from connect to the answer to RCPT, one of these.

    away: seconds that each answer and the next command are under way; the
    kernel here cannot delay packets, so the client waits instead.
    """
    start = time.perf_counter()
    with smtp.Client(address, port) as client:
        client.banner()
        time.sleep(away)
        client.ehlo()
        time.sleep(away)
        client.mail()
        time.sleep(away)
        reply = client.rcpt("box@example.org")
        took = (time.perf_counter() - start + away) * 1000
        assert reply.code in codes, reply
        client.quit()
    return took


def compare_sessions(first, clients, away):
    """Clients of fresh addresses, by turns; even ones ask the native check.

    Nothing else may have asked about these networks from first on.
    """
    nets = ["203.0.113", "192.0.2"]
    took = {"native": [], "own": []}
    for n in range(clients):
        for k, name in enumerate(took):
            net = nets[n % len(nets)]
            address = f"{net}.{first + n // len(nets) * 2 + k}"
            took[name].append(one_session(address, PORTS[name], away))
    ratio = statistics.median(took["own"]) / statistics.median(took["native"])
    print(f"reject_unknown_client_hostname  {spread(took['native'])}\n"
          f"postern-milter                  {spread(took['own'])}\n"
          f"ratio of the medians            {ratio:.3f}", flush=True)


def through_postfix(base, postern, clients=200):
    for port in ("native", "own"):	# processes started, libraries loaded
        one_session("192.0.2.254" if port == "own" else "203.0.113.254",
                    PORTS[port])
    title(f"Through Postfix, each DNS answer {DELAY_MS} ms late, cold cache: "
          "ms from connect to the answer to RCPT")
    compare_sessions(2, clients, 0.0)
    title("The same, by a client 20 ms away")
    compare_sessions(204, clients // 4, 0.020)


def memory(base, postern, sessions=100000):
    title("Memory")
    pids = family(postern.fcrdnsd, postern.milter)
    path = postern.listen_path
    warm(postern)
    load("milter_load", path, 2000, 50, "198.51.100", 1, 254)
    print(f"at rest after 2,000 sessions     {resident(pids):6.1f} MiB")
    held = subprocess.Popen(
        [TOOLS / "milter_load", path, "500", "-500", "198.51.100", "1",
         "254"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    held.stdout.readline()
    print(f"with 500 idle sessions           {resident(pids):6.1f} MiB")
    held.stdin.close()
    held.wait()
    load("milter_load", path, 10000, 50, "198.51.100", 1, 254)
    before = resident(pids)
    load("milter_load", path, sessions, 50, "198.51.100", 1, 254)
    after = resident(pids)
    print(f"after 12,500 sessions            {before:6.1f} MiB\n"
          f"after {sessions:,} more           {after:6.1f} MiB "
          f"({(after - before) * 1024:+.0f} KiB)")


PARTS = {"protocol": protocol, "findings": findings,
         "postfix": through_postfix, "memory": memory}


class Bench:
    """NSD, its slow front, a recursor, Postfix, Postern."""

    def __init__(self, base):
        text = zones()
        self.servers = [start_nsd(base, "nsd", NSD, text)]
        self.servers.append(Server(
            "delay", [sys.executable, HERE / "delay.py", DELAY, NSD,
                      DELAY_MS], base / "log" / "delay.log"))
        delay = self.servers[-1]
        wait.until(delay.said, lambda: "ready" in delay.said())
        # start_unbound() asks for a name of the lab's: serve none of it.
        self.servers.append(start_unbound(
            base, "unbound", RECURSOR,
            {**{zone: DELAY for zone in text}, "example.org.": DELAY}))
        lab.postfix.PORTS["native"] = 2520
        lab.postfix.MASTER += service(
            "native", "n", smtpd_milters="", smtpd_peername_lookup="yes",
            smtpd_client_restrictions="reject_unknown_client_hostname")
        self.postfix = Postfix(base)
        path = self.postfix.own_milter
        self.postern = daemon.Postern(
            base, "bench", f'socket "{path}" group "postfix" mode 0660',
            milter=f'\tauthserv-id "{netns.HOST}"', timeout="5s")
        self.postern.listen_path = path
        self.postern.start()

    def stop(self):
        self.postern.stop()
        self.postfix.stop()
        for server in self.servers:
            server.kill()


def main(parts):
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    netns.own_etc(base, RECURSOR)
    bench = Bench(base)
    try:
        for part in parts or PARTS:
            PARTS[part](base, bench.postern)
    finally:
        bench.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
