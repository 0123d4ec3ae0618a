# SPDX-License-Identifier: ISC
"""Publishers of lists on HTTPS, good and bad, and a machine that reads them.

The server has an address of its own for each kind of certificate.  What it
answers to a path is a function of its handler, or bytes.
"""

import http.server
import ipaddress
import itertools
import re
import socket
import ssl
import struct
import threading

from . import certs, daemon

NUMBERS = itertools.count(1)
HEADER = struct.Struct("=QII9Q")	# of a set file; 128 bytes with spares


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        path = self.path.partition("?")[0]
        self.server.feeds.asked.append((path, dict(self.headers)))
        answer = self.server.feeds.answers.get(path)
        try:
            if answer is None:
                self.answer(b"no\n", 404)
            elif callable(answer):
                answer(self)
            else:
                self.answer(answer)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            pass	# the client has had enough

    def answer(self, body=b"", status=200, length=None, **headers):
        self.begin(status, length=len(body) if length is None else length,
                   **headers)
        self.wfile.write(body)

    def begin(self, status=200, length=None, **headers):
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def get_request(self):
        """The handshake is the thread's, not the listener's."""
        plain, peer = self.socket.accept()
        return self.context.wrap_socket(
            plain, server_side=True, do_handshake_on_connect=False), peer

    def handle_error(self, request, client_address):
        pass	# a client that does not like our certificate


class Feeds:
    def __init__(self, base):
        self.authority = certs.Authority(base / "feeds")
        (base / "feeds").chmod(0o755)
        self.answers = {}	# path: bytes, or a function of the handler
        self.asked = []		# (path, headers)
        self.tick = threading.Event()	# never set
        self.sent = 0		# bytes of endless bodies
        self.servers = {
            "good": self.listen(self.authority.pair("localhost")),
            "other": self.listen(self.authority.pair("localhost",
                                                     file="other")),
            "expired": self.listen(self.authority.pair(
                "localhost", file="expired", days=-3)),
            "wrong": self.listen(self.authority.pair("lists.example")),
            "named": self.listen(self.authority.pair("good.example.org"),
                                 "0.0.0.0")}

    def listen(self, pair, address="127.0.0.1"):
        server = Quiet((address, 0), Handler)
        server.feeds = self
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(pair.chain_path, pair.key_path)
        threading.Thread(target=server.serve_forever, daemon=True,
                         kwargs={"poll_interval": 0.05}).start()
        return server

    def url(self, path, which="good", host="localhost"):
        port = self.servers[which].server_address[1]
        return f"https://{host}:{port}{path}"

    def requests(self, path):
        """The headers of each request for it, so far."""
        return [headers for p, headers in self.asked if p == path]

    def stop(self):
        for server in self.servers.values():
            server.shutdown()
            server.server_close()


def addresses(n, first="5.0.0.0", step=2):
    """n addresses, none of which touches the next, as lines."""
    start = int(ipaddress.ip_address(first))
    return "".join(f"{ipaddress.ip_address(start + step * i)}\n"
                   for i in range(n)).encode()


class Machine:
    """A state folder and a file with one list <drop>, and rounds of it."""

    def __init__(self, base, feeds):
        self.base = base
        self.feeds = feeds
        self.home = base / f"lists{next(NUMBERS)}"
        self.home.mkdir()
        self.home.chmod(0o755)
        self.state = self.home / "state"
        self.conf = self.home / "postern.conf"
        self.said = ""

    def write(self, sources, more="timeout 20s", top=""):
        """sources: (path or url, options) or a file's path."""
        lines = []
        for source in sources:
            url, options = source if isinstance(source, tuple) else (
                source, "")
            if not url.startswith("https:"):
                lines.append(f'file "{url}"')
            else:
                lines.append(f'url "{url}" ca file '
                             f'"{self.feeds.authority.path}" {options}')
        body = "\n\t".join(lines + [more])
        self.conf.write_text(
            f'state "{self.state}"\nuser "{daemon.USER}"\nfirewall none\n'
            f"{top}\nlist <drop> {{\n\t{body}\n}}\n")
        self.conf.chmod(0o644)

    def round(self, *words, seconds=60):
        """postern-lists -1: its status; self.said is what it said."""
        done = daemon.command(self.base, "postern-lists", "-1", "-v", "-f",
                              self.conf, *words, seconds=seconds)
        self.last = (done.stdout + done.stderr).decode()
        self.said += self.last
        return done.returncode

    def metas(self):
        return sorted((self.state / "lists" / "src").glob("*.meta"))

    def meta(self, n=0):
        """What is remembered of a source: {key: text}."""
        text = self.metas()[n].read_text()
        return dict(line.partition(" ")[::2] for line in text.splitlines())

    def age(self, seconds=10 ** 6):
        """All that was asked was asked that long ago."""
        for path in self.metas():
            text = re.sub(
                r"^(tried|first|good|changed) ([1-9]\d*)$",
                lambda m: f"{m[1]} {max(1, int(m[2]) - seconds)}",
                path.read_text(), flags=re.M)
            path.write_text(text)

    def set(self, name="drop"):
        """What doors map: the ranges as texts; None, if there is no file."""
        return read_set(self.state / "lists" / f"{name}.set")

    def text_of_files(self):
        return b"".join(path.read_bytes()
                        for path in sorted(self.state.rglob("*"))
                        if path.is_file())


def read_set(path):
    if not path.exists():
        return None
    data = path.read_bytes()
    (_magic, _version, _sum, size, _time, n4, n6, *_) = HEADER.unpack_from(
        data)
    assert size == len(data)
    at = 128 + 8 * keys(n6)
    found = []
    for i in range(n6):
        found.append(shown(*(ipaddress.IPv6Address((high << 64) | low)
                             for high, low in struct.iter_unpack(
                                 "=QQ", data[at + 32 * i:at + 32 * i + 32]))))
    at += 32 * n6
    four = [shown(*map(ipaddress.IPv4Address,
                       struct.unpack_from("=II", data, at + 8 * i)))
            for i in range(n4)]
    return four + found


def shown(first, last):
    return str(first) if first == last else f"{first}-{last}"


def keys(n6):
    """How many keys stand before the ranges."""
    total, level = 0, -(-n6 // 8)
    while level:
        nodes = -(-level // 8)
        total += 8 * nodes
        level = nodes if nodes > 1 else 0
    return total


def drip(handler):
    """A body that never ends, a byte at a time."""
    handler.begin(length=100000)
    while True:
        handler.wfile.write(b"#")
        handler.server.feeds.tick.wait(0.2)


def endless(total, piece):
    """A body without a length that goes on for that many bytes."""
    def answer(handler):
        handler.begin()
        for _ in range(total // len(piece)):
            handler.wfile.write(piece)
            handler.server.feeds.sent += len(piece)
    return answer


def closed(handler):
    """The connection ends before any answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)

def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return b"%08x" % (crc ^ 0xffffffff)


def journal_line(text):
    """A line of the journal of bans, with its sum."""
    return text.encode() + b" crc=" + crc32c(text.encode()) + b"\n"
