# SPDX-License-Identifier: ISC
"""postern-edge on ports of its own choice, with servers behind it.

An edge of the lab has one site that most tests use (http.SITE), with nginx
behind it, and many sites o1.example.org, o2.example.org, ..., each with an
origin of its own: a test takes one, and no other test has been there.
"""

import itertools
import json
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess

from . import certs, daemon, http, wait
from .origin import Origin, serve
from .server import Server, children
from .server import listens as lets_in

HERE = pathlib.Path(__file__).resolve().parent
BENCH = HERE.parents[1] / "bench"
NUMBERS = itertools.count(1)

NGINX = """
daemon off;
worker_processes 1;
error_log stderr error;
pid {home}/nginx.pid;
user root;
events {{ worker_connections 4096; }}
http {{
	access_log off;
	keepalive_requests 100000000;
	types {{ text/html html; text/css css; image/png png;
		text/javascript js; }}
	default_type application/octet-stream;
	client_body_temp_path {home}/t1;
	proxy_temp_path {home}/t2;
	fastcgi_temp_path {home}/t3;
	uwsgi_temp_path {home}/t4;
	scgi_temp_path {home}/t5;
	server {{
		listen unix:{socket};
		listen 127.0.0.1:{port};
		root {root};
	}}
}}
"""


class Nginx:
    """Real files: hello.txt (b"hello\\n"), 1k, 10m; anything put into root.

    It listens on a TCP port and on a Unix socket.
    """

    def __init__(self, base):
        home = base / f"nginx{next(NUMBERS)}"
        self.root = home / "root"
        self.root.mkdir(parents=True)
        home.chmod(0o755)
        (self.root / "hello.txt").write_bytes(b"hello\n")
        (self.root / "1k").write_bytes(b"k" * 1024)
        with open(self.root / "10m", "wb") as f:
            f.truncate(10 << 20)
        self.socket = home / "http.sock"
        self.port = free_port()
        self.conf = home / "nginx.conf"
        self.conf.write_text(NGINX.format(
            home=home, socket=self.socket, port=self.port, root=self.root))
        self.base = base
        self.start()

    def start(self):
        self.server = Server("nginx", ["nginx", "-c", self.conf],
                             self.base / "log" / "nginx-edge.log")
        wait.until("nginx to listen", lambda: listens(self.port))

    def forward(self):
        return f"forward to 127.0.0.1 port {self.port}"

    def stop(self):
        """As at a restart: what it works on is finished."""
        self.server.stopped = True
        self.server.signal(signal.SIGQUIT)
        self.server.wait_end()
        self.socket.unlink(missing_ok=True)	# it would be in its way


def free_port():
    """In a network of our own, nobody takes it meanwhile."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


class Edge:
    """One postern-edge with its file.

    top: statements of the block; site: those of http.SITE; sites: further
    text.  The ports are tls and plain once it runs.
    """

    def __init__(self, base, authority, nginx, origins=0, top="", site="",
                 sites="", outside="", log='access log to stderr json',
                 plain=True):
        self.base, self.authority, self.nginx = base, authority, nginx
        self.name = f"edge{next(NUMBERS)}"
        self.home = base / self.name
        self.state = self.home / "state"
        self.state.mkdir(parents=True)
        for path in (self.home, self.state):
            path.chmod(0o755)
        self.conf = self.home / "postern.conf"
        self.pair = authority.pair(http.SITE, "example.org",
                                   file=f"{self.name}-www")
        self.origins_pair = authority.pair(
            *(f"o{n + 1}.example.org" for n in range(max(origins, 1))),
            file=f"{self.name}-o")
        self.origins = [Origin(name=f"o{n + 1}.example.org")
                        for n in range(origins)]
        self.free = list(self.origins)
        # Of a site without a certificate: plain.example.org.
        self.plain_origin = Origin(name="plain.example.org")
        self.with_plain = plain
        self.tls = self.plain = 0
        self.daemon = None
        self.client_context = authority.context()
        self.parts = dict(top=top, site=site, sites=sites, outside=outside,
                          log=log)
        self.write()

    def text(self, top, site, sites, outside, log):
        # Port 0 stays in the file: another number would be another listener,
        # and whoever waits in the queue of the old one is lost.
        listen = "\tlisten on 127.0.0.1 port 0 tls\n"
        if self.with_plain:
            listen += "\tlisten on 127.0.0.1 port 0\n"
        forward = "" if re.search(r"^\s*(forward|return|redirect) ", site,
                                  re.M) else self.nginx.forward()
        workers = "" if "\tworkers " in top else "\tworkers 2\n"
        text = (f'state "{self.state}"\n{outside}\nedge {{\n{listen}\t{log}\n'
                f"{workers}{top}\n"
                f'\tsite "{http.SITE}" "example.org" {{\n'
                f"\t\t{self.pair.conf()}\n\t\t{forward}\n{site}\n\t}}\n")
        for origin in self.origins:
            text += (f'\tsite "{origin.name}" {{\n'
                     f"\t\t{self.origins_pair.conf()}\n"
                     f"\t\t{origin.forward()}\n\t}}\n")
        if self.origins:
            text += (f'\tsite "{self.plain_origin.name}" {{\n'
                     f"\t\t{self.plain_origin.forward()}\n\t}}\n")
        return text + sites + "\n}\n"

    def write(self, **parts):
        """Parts that are not named stay as they were."""
        self.parts.update(parts)
        self.write_raw(self.text(**self.parts))

    def write_raw(self, text):
        self.conf.write_text(text)
        self.conf.chmod(0o644)

    def start(self, **more):
        self.daemon = daemon.Daemon(self.base, "postern-edge", self.conf,
                                    self.name, **more).must_be_ready()
        ports = [place[1] for place in self.daemon.bound
                 if isinstance(place, tuple)]
        self.tls = ports[0]
        if self.with_plain:
            self.plain = ports[1]
        where = re.search(r"metrics on \S+ port (\d+)", self.parts["top"])
        self.metrics_port = where and int(where[1])
        return self

    @property
    def log(self):
        return self.daemon.log

    def origin(self, script=serve):
        """One that no other test has: what it says is script."""
        origin = self.free.pop(0)
        origin.script = script
        return origin

    def left(self):
        """How many origins are left; a front that has none needs none."""
        return len(self.free) if self.origins else 1000

    def client(self, tls=True, name=http.SITE, **more):
        if tls:
            more.setdefault("context", self.client_context)
            return http.Client(self.tls, name=name, **more)
        return http.Client(self.plain, **more)

    def to(self, origin, tls=True, **more):
        """A client whose SNI is that origin's."""
        return self.client(tls, name=origin.name, **more)

    def get(self, target="/hello.txt", *fields, tls=True, host=http.SITE,
            method="GET", **more):
        """One request on a connection of its own."""
        with self.client(tls, name=host, **more) as c:
            return c.ask(http.request(target, method, host, *fields))

    def works(self):
        """A normal client is served."""
        a = self.get()
        assert (a.status, a.body) == (200, b"hello\n"), a

    def workers(self):
        return children(self.daemon.pid)

    def memory(self):
        """PSS of all processes, in KiB."""
        total = 0
        for pid in [self.daemon.pid, *self.workers()]:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                total += next(int(line.split()[1]) for line in f
                              if line.startswith("Pss:"))
        return total

    def records(self, since=0):
        """The access lines (JSON) so far."""
        found = []
        for line in self.log.whole_lines(since):
            at = line.find('{"')
            if at != -1:
                found.append(json.loads(line[at:]))
        return found

    def record(self, since=0, seconds=wait.SECONDS, **wanted):
        """The access line that has these values, once it is there."""
        def look():
            for one in self.records(since):
                if all(one.get(k) == v for k, v in wanted.items()):
                    return one
            return None

        return wait.until(lambda: f"an access line with {wanted} in:\n"
                          + self.log.text(since), look, seconds)

    def changed(self, number):
        """A signal, and wait until other workers serve than before.

        Those of before have been told by then, but may let somebody in until
        they hear of it.
        """
        before = self.workers()
        old = wait.until("the daemon to say its generation",
                         lambda: self.newest() + 1)
        self.daemon.signal(number)
        wait.until(lambda: "new workers:\n" + self.log.text()[-3000:],
                   lambda: self.newest() >= old)
        wait.until("the old workers to let nobody in",
                   lambda: not any(map(lets_in, before)))

    def newest(self):
        """The number of the generation that serves."""
        return int(self.status()["generation"])

    def status(self):
        """What it says of itself: {key: value}."""
        try:
            lines = self.control("status")
        except (OSError, AssertionError):	# in the middle of an upgrade
            return {"generation": "-1"}
        return dict(line.partition(" ")[::2] for line in lines[1:])

    def reload_and_wait(self):
        self.changed(signal.SIGHUP)

    def upgrade_and_wait(self):
        self.changed(signal.SIGUSR2)

    def reload(self):
        """By the control socket, which says what became of it."""
        return self.control("reload")

    def control(self, verb):
        """One question to the control socket: the lines of the answer."""
        return daemon.Postern.control(self, "postern-edge", verb)

    def ctl(self, program):
        return self.state / "run" / f"{program}.ctl"

    def command(self, program, *words, **more):
        return daemon.command(self.base, program, "-f", self.conf, *words,
                              **more)

    def complaints(self):
        if self.daemon is None or self.daemon.stopped:
            return []
        return self.daemon.complaints() + [
            f"{origin.name}: {error!r}" for origin in self.origins
            for error in origin.errors]

    def stop(self):
        wrong = []
        if self.daemon is not None and not self.daemon.stopped:
            wrong = self.complaints()
            if self.daemon.alive():
                status = self.daemon.stop()
                if status != 0:
                    wrong.append(f"{self.name} ended with status {status}:\n"
                                 + self.daemon.said()[-8000:])
        for origin in [*self.origins, self.plain_origin]:
            origin.stop()
        return wrong


class World:
    """What all edges of one process share."""

    def __init__(self, base):
        self.base = base
        self.authority = certs.Authority(base / "certs")
        self.nginx = Nginx(base)
        self.load_tool = None

    def edge(self, **more):
        return Edge(self.base, self.authority, self.nginx, **more)

    def load(self, *words):
        """The load generator of the benchmark, up and waiting."""
        if self.load_tool is None:
            tool = self.base / "edge_load"
            subprocess.run(
                ["cc", "-O1", "-std=c11", "-D_GNU_SOURCE", "-o", tool,
                 BENCH / "edge_load.c", BENCH / "edge_io.c",
                 "-lssl", "-lcrypto"], check=True)
            self.load_tool = tool
        return Load(self.load_tool, words)

    def stop(self):
        self.nginx.stop()


class Shared:
    """One front for several tests, made anew if it falls or runs out."""

    def __init__(self, make):
        self.make = make
        self.edge = None
        self.wrong = []

    def get(self):
        if self.edge is not None and self.edge.left() < 4:
            self.wrong += self.stop()
        if self.edge is None:
            self.edge = self.make()
        return self.edge

    def check(self):
        wrong, self.wrong = self.wrong, []
        if self.edge is not None:
            found = self.edge.complaints()
            if found:
                self.edge.stop()
                self.edge = None
            wrong += found
        return wrong

    def stop(self):
        edge, self.edge = self.edge, None
        return edge.stop() if edge else []


class Load:
    """edge_load (see there), once all of its connections are up."""

    def __init__(self, tool, words):
        self.process = subprocess.Popen(
            [tool, *map(str, words)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise AssertionError(self.process.communicate()[1])

    def go(self):
        """Begin; does not wait."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self

    def figures(self):
        """What it says in the end: {what: figure}."""
        words = self.process.stdout.readline().split()
        said = self.process.communicate()[1]
        assert words, said
        figures = {k: float(v) for k, v in zip(words[::2], words[1::2])}
        figures["said"] = said
        return figures

    def release(self):
        """End what holds connections."""
        self.process.stdin.close()
        self.process.stdin = None
        return self.figures()


def rlimit(pid, files):
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (files, files))


def cpu(pid):
    """The seconds of the processor that it has had, exactly."""
    with open(f"/proc/{pid}/schedstat") as f:
        return int(f.read().split()[0]) / 1e9


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))

