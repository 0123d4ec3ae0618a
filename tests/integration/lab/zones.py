# SPDX-License-Identifier: ISC
"""What the lab's DNS says: one address for each case.

The tests name a client by what is the matter with it, for instance
zones.CLIENT["no ptr"].  zone_files() makes the authoritative server's
master files from the same table.
"""

import ipaddress

# Addresses of the lab's DNS, each on port 53 of our own network.
RECURSOR = "127.0.0.1"
NSD = "127.0.0.2"
NSD_REFUSES = "127.0.0.3"	# serves nothing of use
NSD_LAME = "127.0.0.4"
MUTE = "127.0.0.66"		# bound, never read: no answer, ever
WATCHED = "127.0.0.68"		# the same, for "no DNS is asked"
SLOW = "127.0.0.69"		# answers, but takes its time
ABSENT = "127.0.0.99"		# nothing listens there

LONG_LABEL = "l" * 63
# 255 bytes on the wire, 253 characters: as long as a name can be.
LONGEST = ".".join([LONG_LABEL] * 3 + ["l" * 49, "example.org"])
assert len(LONGEST) == 253

# case: (last octet, PTR names in master file syntax, True if each of those
# names gets the client's own address, in the forward zone)
CASES = {
    "match":		(10, ["good.example.org."], True),
    "no ptr":		(11, [], False),
    "no address":	(12, ["noaddress.example.org."], False),
    "no such name":	(13, ["nxdomain.example.org."], False),
    "differs":		(14, ["differs.example.org."], False),
    "third matches":	(15, ["one.of3.example.org.", "two.of3.example.org.",
                              "three.of3.example.org."], False),
    "30 ptrs":		(16, [f"{'x' * 40}-{i:02}.thirty.example.org."
                              for i in range(30)], True),
    "30 wrong ptrs":	(17, [f"{'y' * 40}-{i:02}.thirty.example.org."
                              for i in range(30)], False),
    "control bytes":	(18, [r"evil\010\013\027name.example.org."], True),
    "space":		(19, [r"two\032words.example.org."], True),
    "longest":		(20, [LONGEST + "."], True),
    "trailing dot":	(21, [r"dotted.example.org\.."], False),
    "utf-8":		(22, [r"b\195\188cher.example.org."], True),
    "quote":		(23, [r"quo\"ted.example.org."], True),
    "percent":		(24, [r"per%s%ncent.example.org."], True),
    "bad and good":	(25, [r"bad\010name.example.org.",
                              "beside-bad.example.org."], True),
    "servfail beside match": (26, ["half.broken.example.",
                                   "beside-broken.example.org."], True),
    "servfail beside mismatch": (27, ["half.broken.example.",
                                      "differs.example.org."], False),
    "forward cname":	(28, ["alias.example.org."], False),
    "forward loop":	(29, ["loop-a.example.org."], False),
    "servfail forward":	(41, ["client.broken.example."], False),
    "refused forward":	(43, ["client.refused.example."], False),
    "mute forward":	(45, ["client.mute.example."], False),
    "lame forward":	(47, ["client.lame.example."], False),
    "slow":		(48, ["slow.example.org."], True),
    "generic":		(60, ["dsl-192-0-2-60.pool.example.net."], True),
    "generic wrong":	(61, ["dyn-192-0-2-61.pool.example.net."], False),
    "bystander":	(70, ["bystander.example.org."], True),
    "backslash":	(71, [r"back\092slash.example.org."], True),
    "semicolon":	(72, [r"semi\;colon.example.org."], True),
}

# The reverse step itself is the trouble.
REVERSE_TROUBLE = {
    "reverse loop":	30,
    "servfail reverse":	40,
    "refused reverse":	42,
    "mute reverse":	44,
    "lame reverse":	46,
    "watched":		62,
}

CLIENT = {case: f"192.0.2.{row[0]}" for case, row in CASES.items()}
CLIENT.update({c: f"192.0.2.{n}" for c, n in REVERSE_TROUBLE.items()})
CLIENT.update({
    "rfc 2317":		"198.51.100.10",
    "rfc 2317 no ptr":	"198.51.100.11",
    "v6 match":		"2001:db8::10",
    "v6 no ptr":	"2001:db8::11",
    "v6 differs":	"2001:db8::12",
    "v6 only a":	"2001:db8::13",
    "v6 servfail":	"2001:db8::40",
})

CROWD_GOOD = [f"198.51.100.{n}" for n in range(130, 230)]

# A resolver remembers that a server is silent and soon answers SERVFAIL in
# its place.  So each of these clients has a silent server of its own, and is
# good for one test: lab.silent() hands them out.
SILENT = {f"203.0.113.{n}": f"127.0.67.{n}" for n in range(1, 251)}
# The same at the forward step.
SILENT_NAME = {f"192.0.2.{n}": f"127.0.66.{n}" for n in range(200, 220)}

HEAD = """$ORIGIN {0}
$TTL {1}
@ SOA ns.example.org. hostmaster.example.org. 1 3600 600 86400 {1}
@ NS ns.example.org.
"""
TTL = 600


def reverse_name(address):
    return ipaddress.ip_address(address).reverse_pointer + "."


def zone_files():
    """{zone: master file}.  A zone whose text is None is served and broken:
    the server has no file for it and answers SERVFAIL."""
    reverse = HEAD.format("2.0.192.in-addr.arpa.", TTL)
    org = HEAD.format("example.org.", TTL)
    net = HEAD.format("example.net.", TTL)

    for octet, names, own in CASES.values():
        for name in names:
            reverse += f"{octet} PTR {name}\n"
            if not own or name.endswith("broken.example."):
                continue
            line = f"{name} A 192.0.2.{octet}\n"
            if name.endswith("example.net."):
                net += line
            else:
                org += line
    for address in SILENT_NAME:
        octet = address.split(".")[3]
        reverse += f"{octet} PTR client.silent{octet}.example.\n"
    reverse += "30 CNAME 31\n31 CNAME 30\n"
    # A lame delegation: whom it names only knows the way upwards.
    reverse += "46 NS ns.lame-host.example.\n"

    org += "\n".join([
        "ns A 127.0.0.2",
        'noaddress TXT "no address here"',
        "differs A 192.0.2.99",
        "one.of3 A 192.0.2.97", "two.of3 A 192.0.2.98",
        "three.of3 A 192.0.2.96", "three.of3 A 192.0.2.15",
        "alias CNAME real.example.net.",
        "loop-a CNAME loop-b", "loop-b CNAME loop-a",
        "rfc2317 A 198.51.100.10",
        "v6good AAAA 2001:db8::10", "v6good A 192.0.2.95",
        "v6differs AAAA 2001:db8::99",
        "v6onlya A 192.0.2.94",
        "dotted A 192.0.2.21",
        "@ MX 10 mail", "mail A 192.0.2.1"]) + "\n"
    net += "real A 192.0.2.28\n"
    net += "dyn-192-0-2-61.pool A 192.0.2.93\n"
    for n, address in enumerate(CROWD_GOOD):
        org += f"crowd{n} A {address}\n"

    r2317 = HEAD.format("100.51.198.in-addr.arpa.", TTL)
    r2317 += "10 CNAME 10.0/25\n11 CNAME 11.0/25\n"
    r2317 += "0/25 NS ns.example.org.\n"
    child = HEAD.format("0/25.100.51.198.in-addr.arpa.", TTL)
    child += "10 PTR rfc2317.example.org.\n"
    for n, address in enumerate(CROWD_GOOD):
        r2317 += f"{address.split('.')[3]} PTR crowd{n}.example.org.\n"

    six = HEAD.format("8.b.d.0.1.0.0.2.ip6.arpa.", TTL)
    for tail, name in ((0x10, "v6good"), (0x12, "v6differs"),
                       (0x13, "v6onlya")):
        address = f"2001:db8::{tail:x}"
        six += f"{reverse_name(address)} PTR {name}.example.org.\n"

    lame = HEAD.format("example.", TTL)
    lame += "lame NS ns.lame-host\nns.lame-host A 127.0.0.4\n"
    for broken in ("broken", "refused", "mute"):
        lame += f"{broken} NS ns.example.org.\n"

    return {
        ".": HEAD.format(".", TTL),
        "example.": lame,
        "example.org.": org,
        "example.net.": net,
        "2.0.192.in-addr.arpa.": reverse,
        "100.51.198.in-addr.arpa.": r2317,
        "0/25.100.51.198.in-addr.arpa.": child,
        "8.b.d.0.1.0.0.2.ip6.arpa.": six,
        "40.2.0.192.in-addr.arpa.": None,
        "broken.example.": None,
        reverse_name("2001:db8::40"): None,
    }


def stubs():
    """{zone: server}: whom the recursor asks about what."""
    found = {zone: NSD for zone in zone_files()}
    found.update({
        "42.2.0.192.in-addr.arpa.": NSD_REFUSES,
        "refused.example.": NSD_REFUSES,
        "44.2.0.192.in-addr.arpa.": MUTE,
        "mute.example.": MUTE,
        "48.2.0.192.in-addr.arpa.": SLOW,
        "62.2.0.192.in-addr.arpa.": WATCHED,
    })
    for address, server in SILENT.items():
        found[reverse_name(address)] = server
    for address, server in SILENT_NAME.items():
        found[f"silent{address.split('.')[3]}.example."] = server
    return found


# The zone of the lame server: whatever it is asked, it points upwards.
UPWARDS = HEAD.format(".", TTL) + """arpa. NS ns.example.org.
example. NS ns.example.org.
"""
