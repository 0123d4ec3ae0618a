# SPDX-License-Identifier: ISC
"""A private Postfix: own settings, queue and data, one smtpd a purpose."""

import pathlib
import re
import shutil
import subprocess

from . import netns, wait
from .server import Log, Server

# The services of master.cf, each on its own port of our own network.
# "main", "chroot", "proxy", "dkim" and "inet" ask the lab's shared Postern;
# "own" and "own_accept" whatever listens at lab/own/milter, with the default
# action tempfail and accept; "plain" asks no milter.
PORTS = {
    "main": 2501, "chroot": 2502, "proxy": 2503, "own": 2504,
    "own_accept": 2505, "dkim": 2506, "plain": 2507, "own_inet": 2508,
    "own_chroot": 2509, "stock": 2510,
}
OWN_INET_PORT = 8891
DKIM_PORT = 8892

MASTER = """
pickup    unix  n  -  n  60    1  pickup
cleanup   unix  n  -  n  -     0  cleanup
qmgr      unix  n  -  n  300   1  qmgr
tlsmgr    unix  -  -  n  1000? 1  tlsmgr
rewrite   unix  -  -  n  -     -  trivial-rewrite
bounce    unix  -  -  n  -     0  bounce
defer     unix  -  -  n  -     0  bounce
trace     unix  -  -  n  -     0  bounce
verify    unix  -  -  n  -     1  verify
flush     unix  n  -  n  1000? 0  flush
proxymap  unix  -  -  n  -     -  proxymap
proxywrite unix -  -  n  -     1  proxymap
smtp      unix  -  -  n  -     -  smtp
relay     unix  -  -  n  -     -  smtp
showq     unix  n  -  n  -     -  showq
error     unix  -  -  n  -     -  error
retry     unix  -  -  n  -     -  error
discard   unix  -  -  n  -     -  discard
local     unix  -  n  n  -     -  local
virtual   unix  -  n  n  -     -  virtual
lmtp      unix  -  -  n  -     -  lmtp
anvil     unix  -  -  n  -     1  anvil
scache    unix  -  -  n  -     1  scache
postlog   unix-dgram n - n -   1  postlogd
"""

MAIN = """
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {log}
maillog_file_prefixes = {base}
myhostname = {host}
myorigin = example.org
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = all
inet_protocols = all
alias_maps =
alias_database =
local_recipient_maps =
biff = no
in_flow_delay = 0

virtual_mailbox_domains = example.org, open.example.org
virtual_mailbox_base = {mail}
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1

smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions =
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 100
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_forbid_bare_newline = no
default_process_limit = 300
smtpd_tls_security_level = may
smtpd_tls_chain_files = {conf}/tls.pem
smtpd_tls_loglevel = 0
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sasl_security_options = noanonymous
broken_sasl_auth_clients = no

milter_default_action = tempfail
milter_connect_timeout = 10s
milter_command_timeout = 25s
milter_content_timeout = 15s
non_smtpd_milters = unix:{milter}
"""


def service(name, chroot, **settings):
    line = f"{PORTS[name]} inet n - {chroot} - - smtpd\n"
    line += f"  -o syslog_name=postfix/{name}\n"
    return line + "".join(f"  -o {k}={v}\n" for k, v in settings.items())


class Postfix:
    def __init__(self, base):
        self.base = base
        self.conf = base / "postfix"
        self.queue = base / "queue"
        self.data = base / "data"
        self.mail = base / "mail"
        # Inside the queue, so that a chrooted smtpd reaches it too.
        self.milter = self.queue / "postern" / "milter"
        self.own_milter = base / "own-milter" / "milter"
        self.own_chroot_milter = self.queue / "own" / "milter"
        for path in (self.conf, self.queue, self.data, self.mail,
                     self.milter.parent, self.own_milter.parent,
                     self.own_chroot_milter.parent):
            path.mkdir()
            path.chmod(0o755)
        shutil.chown(self.data, "postfix", "postfix")
        shutil.chown(self.mail, "nobody", "nogroup")
        self.log = Log(base / "log" / "maillog")
        self.write_conf()
        # sendmail(1) hands over to postdrop(1), which is setgid and takes
        # no other folder than this one.
        netns.bind(self.conf, "/etc/postfix")
        self.postfix("check")		# makes the queue's folders
        self.dovecot = self.start_dovecot()
        self.postfix("start")
        self.log.wait("daemon started")

    def write_conf(self):
        import pwd
        shutil.copy("/etc/postfix/postfix-files", self.conf)
        (self.conf / "postfix-files.d").mkdir()
        (self.conf / "dynamicmaps.cf").write_text("")
        self.make_certificate()
        main = MAIN.format(
            queue=self.queue, data=self.data, log=self.log.path,
            base=self.base, host=netns.HOST, mail=self.mail, conf=self.conf,
            milter=self.milter, uid=pwd.getpwnam("nobody").pw_uid)
        (self.conf / "main.cf").write_text(main)

        shared, own = f"unix:{self.milter}", f"unix:{self.own_milter}"
        master = MASTER
        master += service("main", "n", smtpd_milters=shared)
        # Without SMTPUTF8, a HELO name may hold any byte.
        master += service("chroot", "y", smtpd_milters="unix:postern/milter",
                          smtputf8_enable="no")
        master += service("proxy", "n", smtpd_milters=shared,
                          smtpd_upstream_proxy_protocol="haproxy")
        master += service("own", "n", smtpd_milters=own,
                          smtputf8_enable="no")
        master += service("own_accept", "n", smtpd_milters=own,
                          milter_default_action="accept")
        master += service("own_chroot", "y",
                          smtpd_milters="unix:own/milter")
        master += service("own_inet", "n",
                          smtpd_milters=f"inet:127.0.0.1:{OWN_INET_PORT}")
        master += service(
            "dkim", "n",
            smtpd_milters=f"{shared},inet:127.0.0.1:{DKIM_PORT}")
        master += service("plain", "n", smtpd_milters="")
        # As Debian ships it: the peer's name is looked up.
        master += service("stock", "n", smtpd_milters=shared,
                          smtpd_peername_lookup="yes")
        (self.conf / "master.cf").write_text(master)

        etc = self.queue / "etc"
        etc.mkdir()
        for name in ("resolv.conf", "hosts", "nsswitch.conf", "services"):
            shutil.copy(f"/etc/{name}", etc)

    def make_certificate(self):
        key, cert = self.conf / "key.pem", self.conf / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
             f"/CN={netns.HOST}", "-keyout", key, "-out", cert],
            check=True, capture_output=True)
        chain = self.conf / "tls.pem"
        chain.write_text(key.read_text() + cert.read_text())
        chain.chmod(0o600)

    def start_dovecot(self):
        home = self.base / "dovecot"
        home.mkdir()
        socket = self.queue / "private" / "auth"
        (home / "users").write_text("user:{PLAIN}secret::::::\n")
        (home / "dovecot.conf").write_text(f"""
base_dir = {home}/run
state_dir = {home}/state
instance_name = lab
log_path = /dev/stderr
protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}}
service auth {{
  unix_listener {socket} {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
service stats {{
  chroot =
}}
""")
        server = Server("dovecot", ["dovecot", "-F", "-c",
                                    home / "dovecot.conf"],
                        self.base / "log" / "dovecot.log")
        wait.until(lambda: "dovecot:\n" + server.said(), socket.exists)
        return server

    def postfix(self, *words):
        done = subprocess.run(["postfix", "-c", self.conf, *words],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (done.stdout + done.stderr
                                      + self.log.text())

    def running(self):
        pid = (self.queue / "pid" / "master.pid").read_text().strip()
        return pathlib.Path(f"/proc/{pid}").exists()

    def stop(self):
        self.postfix("stop")
        wait.until("Postfix to stop", lambda: not self.running())
        self.dovecot.stop()

    def sendmail(self, message, *words):
        """Hand in a message locally, as a program on this machine does."""
        done = subprocess.run(["sendmail", "-C", self.conf, *words],
                              input=message.encode(), capture_output=True,
                              timeout=120)
        assert done.returncode == 0, done.stderr.decode() + self.log.text()

    def inbox(self, address):
        """The messages delivered to an address, as bytes, oldest first.

        All mail lands in one maildir; virtual(8) says on top for whom.
        """
        new = self.mail / "all" / "new"
        wanted = f"Delivered-To: {address}\n".encode()
        paths = new.iterdir() if new.exists() else ()
        found = [(p.stat().st_mtime_ns, p.read_bytes()) for p in paths]
        return [text for _, text in sorted(found)
                if wanted in text.split(b"\n\n", 1)[0] + b"\n"]

    def delivered(self, box, count=1, seconds=wait.SECONDS):
        """Wait for the count messages to box@example.org."""
        def found():
            messages = self.inbox(f"{box}@example.org")
            return messages if len(messages) >= count else None

        messages = wait.until(
            lambda: f"{count} messages for {box}:\n"
            + self.log.text()[-4000:], found, seconds)
        assert len(messages) == count
        return messages

    def held(self):
        """The queue ids in the hold queue."""
        hold = self.queue / "hold"
        return {p.name for p in hold.rglob("*") if p.is_file()}

    def held_message(self, queue_id):
        return subprocess.run(
            ["postcat", "-c", self.conf, "-hq", queue_id],
            check=True, capture_output=True).stdout


def queue_id(reply):
    """The queue id in the reply to a whole message."""
    return re.search(r"queued as (\w+)", reply.text)[1]


def head_fields(message):
    """The header of a message: [(name, unfolded value)], in order."""
    if isinstance(message, bytes):
        message = message.decode("utf-8", "surrogateescape")
    head = message.replace("\r\n", "\n").split("\n\n", 1)[0]
    fields = []
    for line in head.split("\n"):
        if line[:1] in (" ", "\t") and fields:
            fields[-1][1] += " " + line.strip()
        elif ":" in line:
            name, value = line.split(":", 1)
            fields.append([name, value.strip()])
    return [tuple(f) for f in fields]


def values(message, name):
    """The values of each header field of that name, in order."""
    return [v for n, v in head_fields(message) if n.lower() == name.lower()]


def plain(value):
    """A field's value without comments (RFC 5322, 3.2.2) and with single
    spaces: what it says to a program.  For values without quoted strings."""
    without, depth = "", 0
    for c in value:
        depth += (c == "(") - (c == ")")
        without += c if depth == 0 and c != ")" else ""
    return " ".join(without.split())


def results(message):
    """The values of Authentication-Results, without comments, in order."""
    return [plain(v) for v in values(message, "Authentication-Results")]
