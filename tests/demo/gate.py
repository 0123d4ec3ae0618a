# SPDX-License-Identifier: ISC
"""IMAP that is shut, opened over SSH for one client, and shut again.

Server and client are network namespaces of their own, with a real nftables,
Dovecot and sshd, which are private to this program and end with it.
"""

import pathlib
import shlex
import sys

sys.path.insert(
    0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))

from lab import daemon, gate, netns, wait		# noqa: E402
from lab.dovecot import Dovecot, Imap, tls		# noqa: E402
from lab.sshd import Sshd				# noqa: E402

from demo import show, title				# noqa: E402

SOURCE = "203.0.113.7"


def main():
    base = netns.enter()
    for name in ("log", "san"):
        (base / name).mkdir()
    print("Starting a private Dovecot and sshd behind nftables, in a network "
          "of their own ...", flush=True)
    world = gate.World()
    with world.server.inside():
        dovecot = Dovecot(base)
        sshd = Sshd(base)
    try:
        return tour(world, dovecot, sshd, gate.Gate(base, "demo",
                                                    world.server))
    finally:
        sshd.stop()
        dovecot.stop()


def tour(world, dovecot, sshd, g):
    right = []
    title("The one file")
    show(g.conf.read_text())

    title("imapgate rules | nft -f -   (IMAP is shut)")
    show(g.good("rules"))
    g.load()

    title("imapgate doctor")
    done = g.run("doctor")
    show(done.stdout)
    right.append(done.returncode == 0)

    def knock():
        how = world.hotel.knock(SOURCE, 993)
        show(f"{SOURCE} -> port 993: " + {
            "dark": "no answer, not even to the SYN",
            "open": "open", "reset": "refused"}[how])
        return how

    def ssh(*words):
        show("$ ssh mail.example.org " + shlex.join(["imapgate", *words]))
        done = sshd.run(world.hotel, SOURCE, daemon.BUILD / "imapgate", "-f",
                        g.conf, *words)
        show(done.stdout + done.stderr)
        right.append(done.returncode == 0)
        return done

    title("A client in a hotel")
    right.append(knock() == "dark")
    ssh("allow", "-c", "hotel")
    right.append(knock() == "open")

    title("Reading mail, over TLS; then the session idles")
    client = Imap(tls(world.hotel.connect(SOURCE, 993), dovecot)).login()
    show("S: " + client.greeting)
    for subject in client.subjects():
        show("Subject: " + subject)
    client.idle()
    ssh("list")

    title("Revoked: the open session ends, and the gate is shut")
    ssh("revoke", SOURCE)
    show("the session of the mail client ended by: "
         + gate.cut(client.socket, 1.0))
    wait.until("the imap process to go", lambda: not dovecot.sessions(), 1.0)
    client.close()
    right.append(knock() == "dark")

    title("as it should be: shut, let in, cut off" if all(right)
          else "THIS IS NOT AS IT SHOULD BE")
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
