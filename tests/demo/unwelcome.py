# SPDX-License-Identifier: ISC
"""Who is unwelcome: a list, a DNS list, a ban, at the doors of mail and web.

Postfix, the DNS servers and Postern are private to this program; they live in
a network namespace of their own and end with it.
"""

import pathlib
import re
import shlex
import sys
import time

sys.path.insert(
    0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

from lab import daemon, http, netns, smtp, wait, zones	# noqa: E402
from lab.dns import Dns, start_nsd, start_unbound	# noqa: E402
from lab.postfix import PORTS, Postfix			# noqa: E402

from demo import show, title				# noqa: E402

LISTED, SPAMMER = zones.CLIENT["generic"], zones.CLIENT["bystander"]
GOOD, OWN = zones.CLIENT["match"], "198.51.100.10"
WEB = "192.0.2.80"

KEY = "k7f3a9d2e5b1"	# a customer's, which nobody shall see
ZONE = f"{KEY}.black.example."
ENTRIES = zones.HEAD.format(ZONE, 60) + f"""2.0.0.127 A 127.0.0.2
{".".join(reversed(SPAMMER.split(".")))} A 127.0.0.4
{".".join(reversed(SPAMMER.split(".")))} TXT "see https://black.example/why"
"""
NSD, RECURSOR = "127.0.0.90", "127.0.0.91"

TOP = """firewall none
protect {{ 198.51.100.0/24 }}

list <local> {{ file "{home}/blocked" }}

edge {{
	listen on {web} port 80
	workers 1
	access log to stderr
	block from {{ <local>, <bans> }}
	site "blog.example.org" {{ return 200 "my blog" }}
}}
"""
FCRDNS = """
	block from {{ <local>, <bans> }}
	dnsbl "black" zone file "{home}/black.zone" reply {{ 127.0.0.2-11 }} score 2

	on score 2   reject
	on permerror reject
	on temperror tempfail
"""


class World:
    """The servers, and Postern before them."""

    def __init__(self, base):
        self.base = base
        self.right, self.shown = [], []
        self.dns = Dns(base)
        self.servers = [
            start_nsd(base, "nsd-black", NSD, {ZONE: ENTRIES}),
            start_unbound(base, "unbound-black", RECURSOR,
                          {**zones.stubs(), ZONE: NSD})]
        self.postfix = Postfix(base)
        home = base / "demo"
        home.mkdir(mode=0o755)
        self.blocked = home / "blocked"
        self.blocked.write_text(f"{LISTED}   # tries passwords\n")
        (home / "black.zone").write_text(ZONE + "\n")
        self.postern = daemon.Postern(
            base, "demo",
            f'socket "{self.postfix.milter}" group "postfix" mode 0660',
            fcrdns=FCRDNS.format(home=home),
            milter=f'\tauthserv-id "{netns.HOST}"',
            top=TOP.format(home=home, web=WEB), forward=f"{RECURSOR} port 53")
        self.edge = None

    def start(self):
        self.postern.start_lists()
        self.postern.start()
        self.edge = daemon.Daemon(self.base, "postern-edge",
                                  self.postern.conf).must_be_ready()

    def stop(self):
        if self.edge is not None:
            self.edge.stop()
        self.postern.stop()
        self.postfix.stop()
        for server in reversed(self.servers):
            server.kill()
        self.dns.stop()

    def must(self, right):
        self.right.append(bool(right))

    def show(self, text):
        self.shown.append(text)
        show(text)

    def mail(self, address):
        """The reply to a recipient."""
        client = smtp.Client(address, PORTS["main"])
        client.hello("client.example.net")
        client.mail("ann@example.net")
        reply = client.rcpt("you@example.org")
        client.quit()
        return reply

    def web(self, address):
        """The status of the page."""
        with http.Client(80, address=WEB, source=address) as c:
            return c.ask(http.request("/", "GET", "blog.example.org")).status

    def knock(self, address, mail, web=None):
        """At the doors, and what they should say; the mail's reply."""
        reply = self.mail(address)
        self.show(f"{address} -> mail: {' '.join(reply.lines)}")
        self.must(reply.code == mail)
        if web is not None:
            status = self.web(address)
            self.show(f"{address} -> web:  {status}")
            self.must(status == web)
        return reply

    def run(self, *words, status=0):
        """postern, as it is typed, and what it prints."""
        self.show("$ " + shlex.join(["postern", *map(str, words)]))
        done = self.postern.run("postern", *words)
        self.show((done.stdout + done.stderr).decode())
        self.must(done.returncode == status)


def main():
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    netns.own_etc(base, zones.RECURSOR)
    print("Starting a private DNS, a DNS list, Postfix, and Postern before "
          "mail and web ...", flush=True)
    world = World(base)
    try:
        world.start()
        return tour(world)
    finally:
        world.stop()


def tour(w):
    title("The one file, and a list")
    show(w.postern.conf.read_text())
    show("$ cat blocked\n" + w.blocked.read_text())
    own_list(w)
    dns_list(w)
    ban(w)
    protected(w)
    title("The key of the DNS list is in nothing that was said or logged")
    found = [text for text in (*w.shown, *(
        one.log.text() for one in (w.postern.fcrdnsd, w.postern.milter,
                                   w.postern.lists, w.edge)))
        if KEY in text]
    show(f"found {len(found)} times")
    w.must(not found)
    title("as it should be: listed, banned, forgiven" if all(w.right)
          else "THIS IS NOT AS IT SHOULD BE")
    return 0 if all(w.right) else 1


def explain_token(w, reply):
    token = re.search(r"\(([0-9A-Z]{10})\)", reply.text)[1]
    wait.until("the line of the session",
               lambda: token in w.postern.milter.log.text())
    w.run("explain", token, w.postern.milter.log.path)


def own_list(w):
    title("A client on our own list, at both doors; and who is on none")
    wait.until("the list at both doors", lambda: w.web(LISTED) == 403
               and w.mail(LISTED).code == 550)
    explain_token(w, w.knock(LISTED, 550, 403))
    w.knock(GOOD, 250, 200)
    title("Which list, from where, since when?")
    w.run("lists", "test", LISTED)


def dns_list(w):
    title("A client on a DNS list, which mail asks: its name, not its zone")
    reply = w.knock(SPAMMER, 550)
    w.must("listed by black" in reply.text)
    explain_token(w, reply)


def at_both(w, address, mail, web):
    """How long until both doors say so."""
    began = time.monotonic()
    wait.until(f"{mail} and {web} for {address}",
               lambda: w.web(address) == web and w.mail(address).code == mail)
    return time.monotonic() - began


def ban(w):
    title("A ban, at both doors within a second")
    w.run("ban", GOOD, "for", "30d", "because", "guesses passwords")
    took = at_both(w, GOOD, 550, 403)
    w.knock(GOOD, 550, 403)
    w.show(f"after {took:.2f} s")
    w.must(took < 1)
    w.run("lists", "test", GOOD)
    title("Forgiven")
    w.run("unban", GOOD)
    took = at_both(w, GOOD, 250, 200)
    w.knock(GOOD, 250, 200)
    w.show(f"after {took:.2f} s")
    w.must(took < 1)


def protected(w):
    title("Who is protected cannot be banned")
    w.run("ban", OWN, status=1)


if __name__ == "__main__":
    sys.exit(main())
