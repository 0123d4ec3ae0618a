# SPDX-License-Identifier: ISC
"""A good and a bad client at a real Postfix, and how to find out why.

Postfix, the DNS servers and Postern are private to this program: they live in
a network namespace of their own and end with it.
"""

import pathlib
import re
import sys

sys.path.insert(
    0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

from lab import daemon, netns, smtp, zones		# noqa: E402
from lab.dns import Dns					# noqa: E402
from lab.postfix import PORTS, Postfix, values		# noqa: E402

MESSAGE = """From: Ann <ann@example.net>
To: you@example.org
Subject: Hello
Authentication-Results: mail.example.org; iprev=pass (a lie)

Hello!
"""


def title(text):
    print(f"\n== {text}\n", flush=True)


def show(text):
    for line in text.rstrip("\n").splitlines():
        print("    " + line)


class Talk(smtp.Client):
    """A client whose conversation is shown."""

    def command(self, line):
        show("C: " + (line if isinstance(line, str) else line.decode()))
        return super().command(line)

    def reply(self):
        reply = super().reply()
        for line in reply.lines:
            show("S: " + line)
        return reply


def deliver(address, box):
    client = Talk(address, PORTS["main"])
    client.hello("client.example.net")
    client.mail("ann@example.net")
    reply = client.rcpt(f"{box}@example.org")
    if reply.code == 250:
        client.data(MESSAGE)
    client.quit()
    return reply


def main():
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    netns.own_etc(base, zones.RECURSOR)
    print("Starting a private DNS, Postfix and Postern in a network of "
          "their own ...", flush=True)
    dns = Dns(base)
    postfix = Postfix(base)
    postern = daemon.Postern(
        base, "demo", f'socket "{postfix.milter}" group "postfix" mode 0660',
        milter=f'\tauthserv-id "{netns.HOST}"')
    try:
        postern.start()
        return tour(postfix, postern)
    finally:
        postern.stop()
        postfix.stop()
        dns.stop()


def tour(postfix, postern):
    title("The one file")
    show(postern.conf.read_text())

    good, bad = zones.CLIENT["match"], zones.CLIENT["no ptr"]
    title(f"A client whose reverse DNS leads back to it ({good})")
    accepted = deliver(good, "you")
    [message] = postfix.delivered("you")
    title("What arrived says so; the lie about us is gone")
    results = values(message, "Authentication-Results")
    for value in results:
        show("Authentication-Results: " + value)

    title(f"A client without reverse DNS ({bad})")
    refused = deliver(bad, "you")

    title("The log: one line for each session")
    records = [postern.record(client=address) for address in (good, bad)]
    for record in records:
        show(record["line"])

    title(f"postern explain {bad}")
    show(postern.run("postern", "explain", bad).stdout.decode())

    token = re.search(r"\(([0-9A-Z]{10})\)", refused.text)[1]
    title(f"postern explain {token} MAILLOG  (the token of the refusal)")
    why = postern.run("postern", "explain", token, postern.milter.log.path)
    show(why.stdout.decode())

    right = (accepted.code == 250 and refused.code == 550
             and len(results) == 1 and "iprev=pass" in results[0]
             and why.returncode == 0)
    title("as it should be: one accepted, one refused" if right
          else "THIS IS NOT AS IT SHOULD BE")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
