# SPDX-License-Identifier: ISC
"""A network, a view of the file system and a host name of our own.

enter() moves the calling process, which must be root, into new network,
mount and UTS namespaces.  Nobody else is in there, so that ports can be
fixed, a client can bind any documentation address, and /etc/resolv.conf and
/etc/postfix can be ours without the machine's being touched.

Only the calling thread is moved: call it from the main thread, early.
"""

import ctypes
import os
import pathlib
import socket
import subprocess
import tempfile

HOST = "mail.example.org"

# What a client may bind; the servers listen on the first address of each.
NETWORKS4 = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
NETWORKS6 = ("2001:db8::/32",)

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWNET = 0x40000000
MNT_DETACH = 2
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18

libc = ctypes.CDLL(None, use_errno=True)


def checked(what, result):
    if result == -1:
        err = ctypes.get_errno()
        raise OSError(err, f"{what}: {os.strerror(err)}")


def mount(source, target, kind, flags, data=None):
    checked(f"mount {target}", libc.mount(
        os.fsencode(source), os.fsencode(target),
        kind and kind.encode(), ctypes.c_ulong(flags),
        data and data.encode()))


def bind(source, target):
    mount(source, target, None, MS_BIND | MS_REC)


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def enter():
    """Leave for the new namespaces.  Returns the lab's empty folder.

    The folder is on a file system in memory, so that it costs no disk and
    ends with the last process of the namespace.  Its path is short because
    Unix sockets' are.
    """
    checked("unshare", libc.unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS))
    mount("none", "/", None, MS_REC | MS_PRIVATE)

    ip("link", "set", "lo", "up")
    for net in NETWORKS4:
        ip("route", "add", "local", net, "dev", "lo")
    for net in NETWORKS6:
        ip("-6", "route", "add", "local", net, "dev", "lo")
    pathlib.Path("/proc/sys/net/ipv6/ip_nonlocal_bind").write_text("1")
    socket.sethostname(HOST)

    base = pathlib.Path(tempfile.mkdtemp(prefix="postern-"))
    mount("lab", base, "tmpfs", 0, "mode=0755")
    return base


def leave(base):
    """Forget the lab's folder, which holds nothing outside of here."""
    checked(f"umount {base}", libc.umount2(os.fsencode(base), MNT_DETACH))
    base.rmdir()


def own_dev(base):
    """The few devices that programs need, and room for a syslog of ours."""
    dev = base / "dev"
    dev.mkdir()
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        (dev / name).touch()
        bind(f"/dev/{name}", dev / name)
    for name in ("pts", "shm"):
        (dev / name).mkdir()
        bind(f"/dev/{name}", dev / name)
    (dev / "fd").symlink_to("/proc/self/fd")
    (dev / "ptmx").symlink_to("pts/ptmx")
    for n, name in enumerate(("stdin", "stdout", "stderr")):
        (dev / name).symlink_to(f"/proc/self/fd/{n}")
    bind(dev, "/dev")


def own_etc(base, nameserver):
    """Our resolver and our host names in place of the machine's."""
    etc = base / "etc"
    etc.mkdir()
    (etc / "resolv.conf").write_text(f"nameserver {nameserver}\n")
    (etc / "hosts").write_text(f"127.0.0.1 localhost\n192.0.2.1 {HOST}\n")
    for name in ("resolv.conf", "hosts"):
        bind(etc / name, f"/etc/{name}")
