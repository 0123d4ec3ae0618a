# SPDX-License-Identifier: ISC
"""A server process with its log in a file."""

import os
import re
import signal
import subprocess

from . import wait

LOGS = []	# every log of this lab, for the report of a failed test


class Log:
    """A log file that is read while others write it."""

    def __init__(self, path):
        self.path = path
        LOGS.append(self)

    def mark(self):
        """Here and now, for the since of the functions below."""
        return self.path.stat().st_size if self.path.exists() else 0

    def text(self, since=0):
        if not self.path.exists():
            return ""
        with open(self.path, "rb") as f:
            f.seek(since)
            return f.read().decode("utf-8", "surrogateescape")

    def whole_lines(self, since=0):
        """Without a last one that is still being written."""
        text = self.text(since)
        return text[:text.rfind("\n") + 1].splitlines()

    def lines(self, pattern, since=0):
        return [line for line in self.whole_lines(since)
                if re.search(pattern, line)]

    def wait(self, pattern, since=0, seconds=wait.SECONDS):
        """The first whole line that matches."""
        return wait.until(lambda: f"{pattern!r} in {self.path.name}:\n"
                          + self.text(since),
                          lambda: self.lines(pattern, since), seconds)[0]


class Server:
    """A program in the foreground, standard output and error in a log."""

    def __init__(self, name, argv, logfile, env=None, **popen):
        self.name = name
        self.log = Log(logfile)
        self.from_here = self.log.mark()
        self.stopped = False
        with open(logfile, "ab") as out:
            self.process = subprocess.Popen(
                [str(word) for word in argv], stdin=subprocess.DEVNULL,
                stdout=out, stderr=out,
                env=None if env is None else {**os.environ, **env}, **popen)

    @property
    def pid(self):
        return self.process.pid

    def alive(self):
        return self.process.poll() is None

    def said(self):
        return self.log.text(self.from_here)

    def signal(self, number):
        self.process.send_signal(number)

    def wait_end(self, seconds=wait.SECONDS):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise wait.TooLate(f"{self.name} did not end in {seconds:g} s:\n"
                               + self.said()) from None

    def stop(self, seconds=wait.SECONDS):
        """End it in the normal way; returns its status."""
        self.stopped = True
        if self.alive():
            self.signal(signal.SIGTERM)
        return self.wait_end(seconds)

    def kill(self):
        self.stopped = True
        if self.alive():
            self.process.kill()
        self.process.wait()


def listens(pid):
    """Has it a TCP socket at which it lets others in?"""
    try:
        inodes = set()
        for name in ("tcp", "tcp6"):
            with open(f"/proc/{pid}/net/{name}") as f:
                inodes |= {f"socket:[{words[9]}]" for words in
                           map(str.split, f) if words[3] == "0A"}
        held = {os.readlink(entry.path)
                for entry in os.scandir(f"/proc/{pid}/fd")}
    except (FileNotFoundError, ProcessLookupError):
        return False	# it has ended, or changes right now
    return bool(inodes & held)


def children(pid):
    """The processes whose parent is pid."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", "rb") as f:
                ppid = int(f.read().rsplit(b")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if ppid == pid:
            found.append(int(entry))
    return found
