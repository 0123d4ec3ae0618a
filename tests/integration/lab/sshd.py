# SPDX-License-Identifier: ISC
"""A private sshd, and commands run through it, for `imapgate allow me`.

root may log in with a key of ours.  sudo and doas read rules of ours, and
strip the environment as they do by default.
"""

import subprocess

from . import daemon, gate
from .server import Server

PORT = 22

CONF = """
Port {port}
ListenAddress 0.0.0.0
ListenAddress ::
HostKey {home}/host_key
PidFile {home}/pid
AuthorizedKeysFile {home}/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
StrictModes no
SetEnv {env}
"""

SUDOERS = "Defaults !requiretty, !use_pty\nroot ALL=(ALL) NOPASSWD: ALL\n"
DOAS_CONF = "permit nopass root\n"
# What sshd and sudo keep while they run goes nowhere.
OWN_RUN = "mount -t tmpfs -o mode=0755 run /run && mkdir -m 0755 /run/sshd"


class Sshd:
    """Listens at port 22 of the namespace in which it is made."""

    def __init__(self, base):
        self.home = base / "sshd"
        etc = self.home / "etc"
        etc.mkdir(parents=True)
        for name in ("host_key", "user_key"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
                 self.home / name], check=True)
        (self.home / "authorized_keys").write_text(
            (self.home / "user_key.pub").read_text())
        known = (self.home / "host_key.pub").read_text()
        (self.home / "known_hosts").write_text(
            "".join(f"{host} {known}" for host in (gate.SERVER4,
                                                    gate.SERVER6)))
        for name, rules in (("sudoers", SUDOERS), ("doas.conf", DOAS_CONF)):
            (etc / name).write_text(rules)
            (etc / name).chmod(0o440)
        env = " ".join(f'"{name}={value}"' for name, value
                       in daemon.sanitizer_env(base).items())
        conf = self.home / "sshd_config"
        conf.write_text(CONF.format(home=self.home, port=PORT, env=env))
        self.server = Server(
            "sshd", [*gate.overlaid({"/etc": etc}, more=OWN_RUN),
                     "/usr/sbin/sshd", "-D", "-e", "-f", conf],
            base / "log" / "sshd.log")
        self.server.log.wait("Server listening on :: port")

    def run(self, client, source, *words, tty=False, seconds=120):
        """Log in from that address and run a command line there."""
        words = ["ssh", "-tt" if tty else "-T", "-F", "none",
                 "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
                 "-o", f"UserKnownHostsFile={self.home}/known_hosts",
                 "-i", self.home / "user_key", "-b", source,
                 f"root@{gate.server_for(source)}", *words]
        with client.inside():
            done = subprocess.run(
                [str(word) for word in words], stdin=subprocess.DEVNULL,
                capture_output=True, timeout=seconds)
        return gate.text(done)

    def stop(self):
        self.server.stop()
