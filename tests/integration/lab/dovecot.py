# SPDX-License-Identifier: ISC
"""A private Dovecot that serves IMAP, and a client that is seen through."""

import pwd
import shutil
import ssl
import subprocess

from . import gate, netns, wait
from .server import Server, children

USER, PASSWORD = "ann", "secret"
SUBJECT = "Welcome home"

CONF = """
base_dir = {home}/run
state_dir = {home}/state
instance_name = imap
log_path = /dev/stderr
protocols = imap
listen = *, ::
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain
mail_location = maildir:{home}/mail/%u
mail_max_userip_connections = 0
default_process_limit = 200
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={home}/mail/%u
}}
service imap-login {{
  chroot =
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""


class Dovecot:
    """IMAP at ports 143 and 993 of the namespace in which it is made."""

    def __init__(self, base):
        self.home = base / "imap"
        self.home.mkdir()
        self.home.chmod(0o755)
        make_certificate(self.home)
        (self.home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
        new = self.home / "mail" / USER / "new"
        for sub in (new, new.with_name("cur"), new.with_name("tmp")):
            sub.mkdir(parents=True)
        (new / "1.lab").write_text(
            f"From: Bob <bob@example.net>\nSubject: {SUBJECT}\n\nHello!\n")
        nobody = pwd.getpwnam("nobody")
        for path in (self.home / "mail").rglob("*"):
            shutil.chown(path, nobody.pw_uid, nobody.pw_gid)
        conf = self.home / "dovecot.conf"
        conf.write_text(CONF.format(home=self.home))
        self.server = Server("imap", ["dovecot", "-F", "-c", conf],
                             base / "log" / "imap.log")
        for port in (143, 993):
            wait.until(lambda: "Dovecot:\n" + self.server.said(),
                       lambda port=port: gate.answers("127.0.0.1", port))

    def trust(self):
        """A context that believes in this server's certificate only."""
        context = ssl.create_default_context(cafile=self.home / "cert.pem")
        return context

    def sessions(self):
        """How many imap processes serve somebody."""
        found = 0
        for pid in children(self.server.pid):
            try:
                with open(f"/proc/{pid}/comm") as f:
                    found += f.read() == "imap\n"
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def stop(self):
        self.server.stop()


def make_certificate(home):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         f"/CN={netns.HOST}", "-addext", f"subjectAltName=DNS:{netns.HOST}",
         "-keyout", home / "key.pem", "-out", home / "cert.pem"],
        check=True, capture_output=True)
    (home / "key.pem").chmod(0o600)


class Imap:
    """An IMAP client on a socket that is connected already.

    s must be TLS already for port 993; tls() does that.
    """

    def __init__(self, s):
        self.socket = s
        self.file = s.makefile("rb")
        self.count = 0
        self.greeting = self.line()

    def line(self):
        """The next line; an idle server's sign of life is none."""
        text = b"* OK Still here\r\n"
        while text == b"* OK Still here\r\n":
            text = self.file.readline()
        if not text.endswith(b"\r\n"):
            raise EOFError(f"the server ended the session after {text!r}")
        return text[:-2].decode()

    def command(self, words):
        """Send a command; returns the lines before its OK."""
        self.count += 1
        self.socket.sendall(f"a{self.count} {words}\r\n".encode())
        lines = []
        while True:
            line = self.line()
            if line.startswith(f"a{self.count} "):
                assert line.startswith(f"a{self.count} OK"), line
                return lines
            lines.append(line)

    def login(self):
        self.command(f"LOGIN {USER} {PASSWORD}")
        return self

    def subjects(self):
        self.command("SELECT INBOX")
        lines = self.command(
            "FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]")
        return [line[9:] for line in lines if line.startswith("Subject: ")]

    def idle(self):
        """Wait for news, and let it stand."""
        self.command("SELECT INBOX")
        self.socket.sendall(b"z1 IDLE\r\n")
        line = self.line()
        assert line.startswith("+ "), line
        return self

    def close(self):
        self.file.close()
        self.socket.close()


def tls(s, dovecot):
    return dovecot.trust().wrap_socket(s, server_hostname=netns.HOST)
