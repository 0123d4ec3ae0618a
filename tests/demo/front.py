# SPDX-License-Identifier: ISC
"""A web server behind the HTTPS front, and what the front does for it.

The machine, its names and its certification authority are private to this
program; nginx, curl and postern-edge are real, and end with it.
"""

import os
import pathlib
import shlex
import signal
import subprocess
import sys

sys.path.insert(
    0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

from lab import certs, daemon, edge, http, netns, wait, websocket  # noqa: E402
from lab.origin import Origin				# noqa: E402

from demo import show, title				# noqa: E402

NAME = "blog.example.org"
ADDRESS = "192.0.2.80"
CONF = """edge {{
	listen on 0.0.0.0 port 443 tls
	listen on 0.0.0.0 port 80
	workers 2
	access log to "{log}"

	site "{name}" {{
		certificate "{chain}" \\
		    key "{key}"
		forward to 127.0.0.1 port {port}
		hsts 180d

		location "/chat" {{ forward to 127.0.0.1 port {chat} }}
		location ~ "^/old/(.*)$" {{ redirect 301 "/$1" }}
	}}
}}
"""
SMUGGLED = (b"POST / HTTP/1.1\r\nHost: " + NAME.encode() + b"\r\n"
            b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"0\r\n\r\nGET /admin HTTP/1.1\r\nX: ")
TRIES = 8	# to connect, ten a second, before the server is back
TURNS = 5	# reloads, and upgrades


class Front:
    """A folder, a file, postern-edge."""

    def __init__(self, base, world, chat):
        self.base, self.world = base, world
        self.state = base / "state"
        self.state.mkdir(mode=0o755)
        self.path = base / "access.log"
        self.authority = world.authority
        # No file yet: an ACME client will bring it.
        self.pair = self.authority.pair(NAME, days=90, file="blog")
        for path in (self.pair.chain_path, self.pair.key_path):
            path.unlink()
        self.text = CONF.format(
            name=NAME, log=self.path, port=world.nginx.port,
            chat=chat.port, chain=self.pair.chain_path,
            key=self.pair.key_path)
        self.conf = base / "postern.conf"
        self.conf.write_text(f'state "{self.state}"\n{self.text}')
        self.conf.chmod(0o644)
        self.daemon = None
        self.right = []

    def start(self):
        self.daemon = daemon.Daemon(self.base, "postern-edge",
                                    self.conf).must_be_ready()

    def stop(self):
        if self.daemon is not None:
            self.daemon.stop()

    @property
    def log(self):
        return self.daemon.log

    def must(self, right):
        self.right.append(bool(right))

    def said(self, pattern, since=0):
        """Wait for that line of the log, and show it."""
        show(self.log.wait(pattern, since))

    def curl(self, *words, url="/", scheme="https", back=False):
        """Shown as it is typed, and what it prints; back: do not wait."""
        words = ["-s", *words, f"{scheme}://{NAME}{url}"]
        show("$ curl " + shlex.join(words))
        process = subprocess.Popen(
            ["curl", "--max-time", "20", *words], stdout=subprocess.PIPE,
            text=True, env={**os.environ, "no_proxy": "*",
                            "CURL_CA_BUNDLE": str(self.authority.path)})
        return process if back else self.end(process)

    def end(self, process):
        text = process.communicate()[0].replace("\r", "")
        show(text)
        self.must(process.returncode == 0)
        return text

    def client(self, tls=True):
        return http.Client(443 if tls else 80, name=NAME, address=ADDRESS,
                           context=self.authority.context() if tls else None)

    def serial(self):
        """Of the certificate that a new connection is shown."""
        with self.client() as c:
            return int(c.socket.getpeercert()["serialNumber"], 16)

    def figure(self, name):
        """Of the status, as a number."""
        try:
            lines = daemon.Postern.control(self, "postern-edge", "status")
        except (OSError, AssertionError):	# in the middle of an upgrade
            return 0
        return int(dict(line.partition(" ")[::2] for line in lines)[name])

    def ctl(self, program):
        return self.state / "run" / f"{program}.ctl"

    def change(self, number):
        """A signal, and wait for the workers that it brings."""
        was = self.figure("generation")
        self.daemon.signal(number)
        wait.until("new workers", lambda: self.figure("generation") > was)


def own_hosts(base):
    hosts = base / "hosts"
    hosts.write_text(f"127.0.0.1 localhost\n{ADDRESS} {NAME}\n")
    netns.bind(hosts, "/etc/hosts")


def fill(root):
    """The blog, and the token that an ACME client has put there."""
    (root / "index.html").write_text("<h1>My blog</h1>\n")
    challenge = root / ".well-known" / "acme-challenge"
    challenge.mkdir(parents=True)
    (challenge / "token").write_text("token.thumbprint\n")


def main():
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    own_hosts(base)
    print("Starting a private nginx, and postern-edge before it, in a network "
          "of their own ...", flush=True)
    world = edge.World(base)
    fill(world.nginx.root)
    server = Origin(websocket.echo)
    front = Front(base, world, server)
    try:
        front.start()
        return tour(front)
    finally:
        front.stop()
        server.stop()
        world.stop()


def tour(f):
    title("The one file")
    show(f.text)
    first_certificate(f)
    pages(f)
    smuggling(f)
    restart(f)
    renewal(f)
    under_load(f)
    look(f)
    title("as it should be: one front, no lost request" if all(f.right)
          else "THIS IS NOT AS IT SHOULD BE")
    return 0 if all(f.right) else 1


def first_certificate(f):
    title("No certificate yet: the ACME challenge passes by port 80")
    f.said("sites have no TLS")
    said = f.curl(scheme="http", url="/.well-known/acme-challenge/token")
    f.must(said == "token.thumbprint\n")
    title("The ACME client writes the files; nobody tells postern-edge")
    f.pair.write()
    f.said("days left")


def pages(f):
    title("HTTPS outside, plain HTTP inside")
    said = f.curl("-i")
    f.must("200 OK" in said and "My blog" in said and "Strict-T" in said)
    title("HTTP leads to HTTPS, and the old address to the new one")
    how = ("-o", "/dev/null", "-w", r"%{http_code} %{redirect_url}\n")
    said = f.curl(*how, scheme="http", url="/?page=2")
    f.must(said == f"301 https://{NAME}/?page=2\n")
    said = f.curl(*how, url="/old/2009/hello")
    f.must(said == f"301 https://{NAME}/2009/hello\n")


def smuggling(f):
    title("One request to us, two to a careless server: refused")
    show("C: " + repr(SMUGGLED)[2:-1])
    with f.client() as c:
        c.send(SMUGGLED)
        said = c.rest()
    show("S: " + said.split(b"\r\n", 1)[0].decode())
    f.must(said.startswith(b"HTTP/1.1 400 ") and said.count(b"HTTP/1.1") == 1)


def restart(f):
    title("The web server is stopped; a request waits; it is started again")
    nginx, since = f.world.nginx, f.log.mark()
    nginx.stop()
    how = ("-o", "/dev/null", "-w", r"%{http_code} after %{time_total} s\n")
    waiting = f.curl(*how, back=True)
    f.said("is down", since)
    wait.until(f"{TRIES} tries in vain",
               lambda: f.figure("upstream-failed") >= TRIES)
    nginx.start()
    f.must(f.end(waiting).startswith("200 "))
    f.said("is up again", since)


def renewal(f):
    title("A certificate is renewed: no reload; a wrong key: nothing changes")
    old, since = f.serial(), f.log.mark()
    fresh = f.authority.pair(NAME, days=60, file="fresh")
    f.pair.renew(fresh)
    f.said("days left", since)
    wait.until("the new certificate", lambda: f.serial() != old)
    f.must(f.serial() == fresh.serial())
    since = f.log.mark()
    certs.replace(f.pair.key_path, certs.key_pem(certs.new_key()))
    f.said("last good one", since)
    f.must(f.serial() == fresh.serial())
    f.pair.write()


def under_load(f):
    title(f"Under load: {TURNS} reloads and {TURNS} upgrades in place")
    url = ("-s", NAME, "-u", "/1k")
    loads = [f.world.load("-t", "-n", n, *url, how, 443).go()
             for n, how in ((4, "keep"), (2, "new"))]
    talk = websocket.Socket(f.client(), target="/chat", host=NAME)
    for number in (signal.SIGHUP, signal.SIGUSR2):
        for _ in range(TURNS):
            f.change(number)
            talk.say(b"still here")
    said = [load.release() for load in loads]
    done = int(sum(one["requests"] for one in said))
    failed = int(sum(one["errors"] for one in said))
    talk.say(b"and still")
    show(f"{done} requests, {failed} failed; a WebSocket lived through all "
         "of it")
    f.must(done > 0 and failed == 0)
    talk.close()


def look(f):
    title("The access log: one line for each exchange, and why it ended")

    def one_of(why):
        return next((line for line in f.path.read_text().splitlines()
                     if f" why={why} " in line), None)

    for why in ("done", "redirect", "bad-request", "tunnel"):
        show(wait.until(f"a line with {why}", lambda: one_of(why)))
    title("postern status  (a part of it)")
    said = daemon.command(f.base, "postern", "-f", f.conf, "status")
    f.must(said.returncode == 0)
    for line in said.stdout.decode().splitlines():
        if line.split()[0] in ("postern-edge:", "generation", "worker", "site",
                               "upstream", "certificate"):
            show(line.expandtabs(4))


if __name__ == "__main__":
    sys.exit(main())
