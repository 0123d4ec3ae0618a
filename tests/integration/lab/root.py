# SPDX-License-Identifier: ISC
"""A root of our own, for the resolver that recurses by itself.

The root servers' addresses lead to an NSD in our network, which serves a
small signed world.  Its clients are in 198.18.0.0/15 (RFC 2544), for the
documentation ranges are not looked up when recursing.
"""

from . import netns
from .dns import start_nsd
from .signer import Key, sign
from .zones import HEAD, TTL

ROOT_SERVERS = [
    "198.41.0.4", "170.247.170.2", "199.9.14.201", "192.33.4.12",
    "199.7.91.13", "192.203.230.10", "192.5.5.241", "192.112.36.4",
    "198.97.190.53", "192.36.148.17", "192.58.128.30", "193.0.14.129",
    "199.7.83.42", "202.12.27.33"]
OWN = "192.0.2.53"	# of the one server behind all of it
MOODY = "192.0.2.54"	# a test's own, of a DNS list

CLIENT = {
    "secure": "198.18.0.10",
    "insecure": "198.18.0.11",
    "bogus forward": "198.18.0.12",
    "no ptr": "198.18.0.13",
    "differs": "198.18.0.14",
    "bogus reverse": "198.19.0.10",
}
V6 = "2001:2::10"	# RFC 5180
V6_NAME = ".".join(["0.1", *"0" * 22, "2.0.0.0.1.0.0.2"])
V6_TEST = ".".join(["2.0.0.0.0.0.f.7.f.f.f.f", *"0" * 20])

# DNS lists, each with the test entries of RFC 5782, 5.
TEST = "2.0.0.127 A 127.0.0.2\n"
LISTS = {
    "signed.example.": TEST + f"""{V6_TEST} A 127.0.0.2
10.0.18.198 A 127.0.0.4
10.0.18.198 TXT "see https://help.example.net/"
{V6_NAME} A 127.0.0.3
""",
    "broken.example.": TEST + "10.0.18.198 A 127.0.0.2\n",
}
UNSIGNED_LIST = "unsigned.example."
MOODY_LIST = "moody.example."

# The NS of HEAD is ns.example.org., and so it is here.
REVERSE = HEAD.format("18.198.in-addr.arpa.", TTL) + """
10.0 PTR host.example.com.
11.0 PTR host.example.net.
12.0 PTR host.bogus.example.
14.0 PTR elsewhere.example.com.
"""
ZONES = {
    "18.198.in-addr.arpa.": REVERSE,
    "19.198.in-addr.arpa.": HEAD.format("19.198.in-addr.arpa.", TTL)
    + "10.0 PTR host2.example.com.\n",
    "example.com.": HEAD.format("example.com.", TTL)
    + "host A 198.18.0.10\nelsewhere A 198.18.0.99\n"
    "host2 A 198.19.0.10\n",
    "bogus.example.": HEAD.format("bogus.example.", TTL)
    + "host A 198.18.0.12\n",
    **{zone: HEAD.format(zone, TTL) + text for zone, text in LISTS.items()},
}
UNSIGNED = {
    "example.net.": HEAD.format("example.net.", TTL) + "host A 198.18.0.11\n",
    "example.org.": HEAD.format("example.org.", TTL) + f"ns A {OWN}\n",
    UNSIGNED_LIST: HEAD.format(UNSIGNED_LIST, TTL) + TEST
    + "10.0.18.198 A 127.0.0.2\n",
}
# Their DS records at the root are not of their keys.
BOGUS = ("bogus.example.", "19.198.in-addr.arpa.", "broken.example.")


class Root:
    """anchor is the text of its DS record."""

    def __init__(self, base):
        for address in ROOT_SERVERS:
            netns.ip("route", "add", "local", f"{address}/32", "dev", "lo")
        root = Key(".")
        self.anchor = f". DS {root.ds()}"
        text = HEAD.format(".", TTL) + f"ns.example.org. A {OWN}\n"
        files = dict(UNSIGNED)
        for zone, master in ZONES.items():
            key = Key(zone)
            files[zone] = sign(master, key)
            named = Key(zone) if zone in BOGUS else key
            text += f"{zone} NS ns.example.org.\n{zone} DS {named.ds()}\n"
        for zone in UNSIGNED:
            text += f"{zone} NS ns.example.org.\n"
        text += f"{MOODY_LIST} NS ns.{MOODY_LIST}\n"
        text += f"ns.{MOODY_LIST} A {MOODY}\n"
        files["."] = sign(text, root)
        self.server = start_nsd(base, "nsd-root", OWN, files,
                                more=ROOT_SERVERS)

    def stop(self):
        self.server.kill()
