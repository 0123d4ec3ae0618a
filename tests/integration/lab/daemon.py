# SPDX-License-Identifier: ISC
"""Postern's own programs: daemons with a ready line, commands, one file."""

import os
import pathlib
import re
import socket
import struct
import subprocess

from . import wait
from .server import Server, children

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = (ROOT / os.environ.get("POSTERN_BUILD", "build")).resolve()

USER = "_postern"


def sanitizer_env(base):
    """Where sanitizers write: files, whatever becomes of standard error."""
    where = base / "san"
    common = f"log_path={where}/report:log_exe_name=1:halt_on_error=1"
    return {
        "ASAN_OPTIONS": f"{common}:detect_leaks=1:abort_on_error=0",
        "UBSAN_OPTIONS": f"{common}:print_stacktrace=1",
    }


def sanitizer_reports(base):
    """The reports so far, which are thereby forgotten."""
    found = []
    for path in sorted((base / "san").iterdir()):
        found.append(f"{path.name}:\n{path.read_text(errors='replace')}")
        path.unlink()
    return found


CHILD_FELL = re.compile(r"(the child|worker.*) died by signal"
                        r"|the child ended with status|left with status"
                        r"|makes no sense")


class Clock:
    """Moves the clock of programs that run (POSTERN_CLOCK_FILE)."""

    def __init__(self, path):
        self.path = path
        self.ms = 0
        path.write_bytes(bytes(8))
        path.chmod(0o644)

    def on(self, seconds):
        self.ms += seconds * 1000
        with self.path.open("r+b") as f:
            f.write(struct.pack("=q", self.ms))


class Daemon(Server):
    """One of our daemons, with -d -R FD; ready when this returns.

    bound is what it said: the paths of Unix sockets, and
    (address, port) pairs.
    """

    def __init__(self, base, program, conf, name=None, wrapper=(),
                 seconds=wait.SECONDS, flags=("-d",)):
        name = name or program
        readable, writable = os.pipe()
        try:
            super().__init__(
                name, [*wrapper, BUILD / program, *flags, "-R", writable,
                       "-f", conf],
                base / "log" / f"{name}.log", env=sanitizer_env(base),
                pass_fds=(writable,), cwd="/")
        finally:
            os.close(writable)
        try:
            said = self.read_ready(readable, seconds)
        except wait.TooLate:
            self.kill()
            raise
        finally:
            os.close(readable)
        self.child_may_fall = False	# a test says so when it kills it
        self.ready = said[:1] == ["ready"]
        self.bound = [bound_address(line) for line in said[1:]]

    def complaints(self):
        """Has it ended by itself, or lost its child?"""
        if not self.alive():
            return [f"{self.name} had ended, status "
                    f"{self.process.returncode}:\n{self.said()[-8000:]}"]
        fell = [line for line in self.said().splitlines()
                if CHILD_FELL.search(line)]
        if fell and not self.child_may_fall:
            return [f"{self.name}: " + "\n".join(fell)]
        return []

    def child(self):
        """The pid of the jailed child, once there is exactly one."""
        return wait.until(
            f"one child of {self.name}",
            lambda: (lambda c: c if len(c) == 1 else None)(
                children(self.pid)))[0]

    def read_ready(self, fd, seconds):
        os.set_blocking(fd, False)
        text = b""

        def ended():
            nonlocal text
            try:
                more = os.read(fd, 4096)
            except BlockingIOError:
                return False
            text += more
            return not more

        wait.until(lambda: f"{self.name} to be ready; it said {text!r}:\n"
                   + self.said(), ended, seconds)
        return text.decode().splitlines()

    def must_be_ready(self):
        if not self.ready:
            raise AssertionError(f"{self.name} did not start, status "
                                 f"{self.wait_end()}:\n{self.said()}")
        return self


def bound_address(line):
    m = re.fullmatch(r"(\S+) port (\d+)", line)
    return (m[1], int(m[2])) if m else line


def command(base, program, *words, stdin=b"", seconds=120, wrapper=()):
    """Run one of our commands to its end."""
    return subprocess.run(
        [*wrapper, str(BUILD / program), *map(str, words)], input=stdin,
        capture_output=True, timeout=seconds, cwd="/",
        env={**os.environ, **sanitizer_env(base)})


DEFAULT_FCRDNS = """
	on permerror reject
	on fail reject
	on temperror tempfail
"""


class Postern:
    """One postern.conf with the two daemons that read it.

    fcrdns and milter are the statements of those blocks, beside the ones
    that the lab needs; top is what stands outside of any block.  forward
    None: own recursion.
    """

    def __init__(self, base, name, listen, fcrdns=DEFAULT_FCRDNS, milter="",
                 top="", forward="127.0.0.1 port 53", timeout="3s"):
        self.base = base
        self.name = name
        self.home = base / name
        self.home.mkdir(exist_ok=True)
        self.state = self.home / "state"
        self.state.mkdir(exist_ok=True)
        for path in (self.home, self.state):
            path.chmod(0o755)
        self.conf = self.home / "postern.conf"
        self.listen = listen
        self.forward = forward
        self.timeout = timeout
        self.fcrdnsd = self.milter = self.lists = None
        self.write(fcrdns, milter, top)

    def write(self, fcrdns=DEFAULT_FCRDNS, milter="", top=""):
        self.conf.write_text(self.text(fcrdns, milter, top))
        self.conf.chmod(0o644)

    def text(self, fcrdns=DEFAULT_FCRDNS, milter="", top=""):
        resolver = "" if self.forward is None else (
            f"\tforward to {self.forward}\n\tdnssec no\n")
        return (f'user "{USER}"\nstate "{self.state}"\n{top}\n'
                f"fcrdns {{\n{resolver}\ttimeout {self.timeout}\n"
                f"{fcrdns}\n}}\n"
                f"milter {{\n\tlisten on {self.listen}\n{milter}\n}}\n")

    def line_of(self, text):
        """The number of the conf's first line that holds text."""
        lines = self.conf.read_text().splitlines()
        return 1 + next(n for n, line in enumerate(lines) if text in line)

    def start_fcrdnsd(self, **more):
        self.fcrdnsd = Daemon(self.base, "fcrdnsd", self.conf,
                              f"{self.name}-fcrdnsd", **more).must_be_ready()
        return self.fcrdnsd

    def start_milter(self, **more):
        self.milter = Daemon(self.base, "postern-milter", self.conf,
                             f"{self.name}-milter", **more).must_be_ready()
        return self.milter

    def start_lists(self, **more):
        self.lists = Daemon(self.base, "postern-lists", self.conf,
                            f"{self.name}-lists", **more).must_be_ready()
        return self.lists

    def start(self):
        self.start_fcrdnsd()
        self.start_milter()
        return self

    def ctl(self, program):
        """The path of a daemon's control socket."""
        return self.state / "run" / f"{program}.ctl"

    def run(self, program, *words, **more):
        """One of our commands on this file."""
        return command(self.base, program, "-f", self.conf, *words, **more)

    def control(self, program, verb, seconds=wait.SECONDS):
        """One question to a control socket: the lines of the answer."""
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.settimeout(seconds)
        with s:
            s.connect(str(self.ctl(program)))
            s.sendall(verb.encode() + b"\n")
            with s.makefile("rb") as f:
                lines = []
                for line in f:
                    if line == b".\n":
                        return lines
                    lines.append(line.decode().rstrip("\n"))
        raise AssertionError(f"{program}: {verb}: no end: {lines}")

    def reload(self, **text):
        """Write another file and have both daemons take it."""
        self.write(**text)
        for program in ("fcrdnsd", "postern-milter"):
            answer = self.control(program, "reload")
            assert answer[0] == "ok", answer

    def status(self, program):
        """What a daemon says of itself: {key: value}."""
        answer = self.control(program, "status")
        assert answer[0] == "ok", answer
        return dict(line.partition(" ")[::2] for line in answer[1:])

    def record(self, since=0, seconds=wait.SECONDS, **wanted):
        """The milter's line about a session: its first word and its values.

        wanted: values that it must have, as client="192.0.2.9".
        """
        def found():
            for line in self.milter.log.whole_lines(since):
                one = parse_record(line)
                if one and all(one.get(k) == v for k, v in wanted.items()):
                    return one
            return None

        return wait.until(
            lambda: f"a record with {wanted} in:\n"
            + self.milter.log.text(since), found, seconds)

    def complaints(self):
        """What went wrong with the daemons that run, as texts."""
        return [text for daemon in (self.milter, self.fcrdnsd, self.lists)
                if daemon is not None and not daemon.stopped
                for text in daemon.complaints()]

    def stop(self):
        """Stop what runs.  Returns complaints."""
        wrong = []
        for daemon in (self.milter, self.fcrdnsd, self.lists):
            if daemon is None or daemon.stopped:
                continue
            wrong += daemon.complaints()
            if not daemon.alive():
                continue
            status = daemon.stop()
            if status != 0:
                wrong.append(f"{daemon.name} ended with status {status}:\n"
                             + daemon.said())
        return wrong


RECORD = re.compile(
    r"(?:^|: )(accept|tag|tempfail|hold|reject) (client=.*)$")
VALUE = re.compile(r'([a-z_-]+)=("(?:[^"\\]|\\.)*"|[^ "]*)(?: |$)')


def parse_record(line):
    """A session's line as a dict, its first word as "verdict", or None."""
    m = RECORD.search(line)
    if not m:
        return None
    one = {"verdict": m[1], "line": line}
    rest, at = m[2], 0
    while at < len(rest):
        pair = VALUE.match(rest, at)
        assert pair, f"unreadable at {rest[at:]!r}: {line!r}"
        value = pair[2]
        if value.startswith('"'):
            value = re.sub(r'\\(["\\])', r"\1", value[1:-1])
        one[pair[1]] = value
        at = pair.end()
    return one


def sanitized():
    """Is this the build with sanitizers, whose jail is light?"""
    return any(b"__asan_init" in path.read_bytes() for path in
               (BUILD / "fcrdnsd", BUILD / "postern-edge") if path.exists())
