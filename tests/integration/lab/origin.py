# SPDX-License-Identifier: ISC
"""A web server that says exactly the bytes it is told to.

Each connection runs a script: a function that gets the connection and reads,
sends, closes or hangs as it likes.  What came in is kept byte for byte.
"""

import os
import socket
import struct
import threading

from . import wait

SECONDS = 120	# the longest that a script waits for anything


class Gone(Exception):
    """The peer has closed, or the test is over."""


class Connection:
    """received: all bytes so far."""

    def __init__(self, origin, sock):
        self.origin, self.socket = origin, sock
        self.received = b""
        self.taken = 0		# of received, by head() and read()
        self.eof = False
        self.over = threading.Event()
        sock.settimeout(SECONDS)

    def more(self):
        """Wait for bytes; Gone at the end of the stream."""
        try:
            data = self.socket.recv(1 << 16)
        except OSError as error:
            self.eof = True
            raise Gone from error
        if not data:
            self.eof = True
            raise Gone
        self.received += data

    def until(self, mark):
        """Everything up to that mark, and the mark."""
        while mark not in self.received[self.taken:]:
            self.more()
        end = self.received.index(mark, self.taken) + len(mark)
        found, self.taken = self.received[self.taken:end], end
        return found

    def head(self):
        return self.until(b"\r\n\r\n")

    def read(self, n):
        while len(self.received) - self.taken < n:
            self.more()
        found = self.received[self.taken:self.taken + n]
        self.taken += n
        return found

    def body(self, head):
        """The body that belongs to that head, chunks taken apart."""
        values = fields(head)
        if "transfer-encoding" in values:
            return self.chunks()
        return self.read(int(values.get("content-length", "0")))

    def chunks(self):
        whole = b""
        while True:
            size = int(self.until(b"\r\n"), 16)
            if size == 0:
                break
            whole += self.read(size)
            assert self.read(2) == b"\r\n"
        while self.until(b"\r\n") != b"\r\n":	# trailers
            pass
        return whole

    def request(self):
        """A whole request: (head, body)."""
        head = self.head()
        return head, self.body(head)

    def send(self, *pieces):
        try:
            for piece in pieces:
                self.socket.sendall(piece)
        except OSError as error:
            raise Gone from error

    def half_close(self):
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                               struct.pack("ii", 1, 0))
        raise Gone

    def hang(self):
        """Say nothing until the peer closes or the test ends."""
        while True:
            self.more()

    def wait_for(self, event):
        assert event.wait(SECONDS), "the test never came to this point"


def fields(head):
    """The fields of a head by their names in small letters."""
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in
            (line.partition(":") for line in lines if line)}


def answer(body=b"ok", status="200 OK", *more):
    """A whole answer with a length; more: further lines."""
    lines = "".join(f"{line}\r\n" for line in more)
    return (f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n"
            f"{lines}\r\n").encode("latin-1") + body


def serve(c, data=answer()):
    """Answers each request with the same bytes, for ever."""
    while True:
        c.request()
        c.send(data)


def says(*pieces):
    """A script: reads a head, sends that, closes."""
    def script(c):
        c.head()
        c.send(*pieces)
    return script


def echo(c):
    """Answers each request with what came: head and body."""
    while True:
        head, body = c.request()
        c.send(answer(head + body))


class Origin:
    """script may be changed at any time, for the connections to come."""

    def __init__(self, script=serve, path=None, name=None):
        self.script, self.name = script, name
        self.connections = []
        self.errors = []
        self.path = path
        self.stopping = False
        self.server = None
        self.port = None
        self.listen()

    def listen(self):
        if self.path:
            self.server = socket.socket(socket.AF_UNIX)
            if os.path.exists(self.path):
                os.unlink(self.path)
            self.server.bind(str(self.path))
            os.chmod(self.path, 0o666)
        else:
            self.server = socket.socket()
            self.server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.server.bind(("127.0.0.1", self.port or 0))
            self.port = self.server.getsockname()[1]
        self.server.listen(1024)
        threading.Thread(target=self.accept, args=(self.server,),
                         daemon=True).start()

    def accept(self, server):
        while True:
            try:
                sock, _ = server.accept()
            except OSError:
                return
            c = Connection(self, sock)
            self.connections.append(c)
            threading.Thread(target=self.run, args=(c,), daemon=True).start()

    def run(self, c):
        try:
            self.script(c)
        except (Gone, ConnectionError):
            pass
        except Exception as error:	# for the test to find
            self.errors.append(error)
        finally:
            c.socket.close()
            c.over.set()

    def refuse(self):
        """Nobody listens here any more; listen() takes it back."""
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def hang_up(self):
        """End all connections."""
        for c in self.connections:
            try:
                c.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def received(self):
        return b"".join(c.received for c in self.connections)

    def heads(self):
        """How many requests came."""
        return self.received().count(b" HTTP/1.")

    def wait_connections(self, n=1):
        wait.until(lambda: f"{n} connections, got {len(self.connections)}",
                   lambda: len(self.connections) >= n)
        return self.connections[n - 1]

    def wait_received(self, mark):
        """Until these bytes have come, on whichever connection."""
        wait.until(lambda: f"{mark!r} at the origin: {self.received()!r}",
                   lambda: mark in self.received())

    def forward(self):
        """As the file says it."""
        if self.path:
            return f'forward to socket "{self.path}"'
        return f"forward to 127.0.0.1 port {self.port}"

    def stop(self):
        self.stopping = True
        try:
            self.refuse()
        except OSError:
            pass
        self.hang_up()

