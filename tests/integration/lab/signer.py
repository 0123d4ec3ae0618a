# SPDX-License-Identifier: ISC
"""Signs a zone (RFC 4034, 4035) as far as the lab needs it: one key, NSEC."""

import dns.dnssec
import dns.name
import dns.rdataclass
import dns.rdataset
import dns.rdatatype
import dns.rrset
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec

from .zones import TTL

ALGORITHM = dns.dnssec.ECDSAP256SHA256
SECURE_ENTRY = 257	# flags of a key that a DS record may name
DAY = 86400


class Key:
    def __init__(self, zone):
        self.zone = dns.name.from_text(zone)
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.dnskey = dns.dnssec.make_dnskey(self.private.public_key(),
                                             ALGORITHM, flags=SECURE_ENTRY)

    def ds(self):
        """The DS record's text, for the parent or as a trust anchor."""
        return dns.dnssec.make_ds(self.zone, self.dnskey, "SHA256").to_text()


def bitmap(types):
    """An NSEC record's type bit maps, for types below 256 (RFC 4034,
    4.1.2)."""
    bits = bytearray(max(types) // 8 + 1)
    for t in types:
        bits[t // 8] |= 0x80 >> t % 8
    return [(0, bytes(bits))]


def is_cut(zone, name):
    return name != zone.origin and zone.get_rdataset(name, "NS") is not None


def below_cut(zone, name):
    """Glue: not ours to sign."""
    while name != zone.origin:
        name = name.parent()
        if is_cut(zone, name):
            return True
    return False


def sign(text, key):
    """The master file's text with keys, proofs of absence and signatures."""
    zone = dns.zone.from_text(text, key.zone, relativize=False)
    apex = zone.find_node(key.zone)
    apex.find_rdataset(dns.rdataclass.IN, dns.rdatatype.DNSKEY,
                       create=True).update(dns.rdataset.from_rdata(
                           TTL, key.dnskey))

    names = sorted(n for n in zone.nodes if not below_cut(zone, n))
    for name, after in zip(names, names[1:] + names[:1]):
        node = zone.find_node(name)
        types = {r.rdtype for r in node.rdatasets}
        types |= {dns.rdatatype.RRSIG, dns.rdatatype.NSEC}
        nsec = dns.rdata.get_rdata_class(
            dns.rdataclass.IN, dns.rdatatype.NSEC)(
                dns.rdataclass.IN, dns.rdatatype.NSEC, after, bitmap(types))
        node.replace_rdataset(dns.rdataset.from_rdata(TTL, nsec))

        signed = [r for r in node.rdatasets if not is_cut(zone, name)
                  or r.rdtype in (dns.rdatatype.DS, dns.rdatatype.NSEC)]
        for rdataset in signed:
            rrset = dns.rrset.from_rdata_list(name, TTL, list(rdataset))
            signature = dns.dnssec.sign(rrset, key.private, key.zone,
                                        key.dnskey, lifetime=DAY)
            node.find_rdataset(
                dns.rdataclass.IN, dns.rdatatype.RRSIG, rdataset.rdtype,
                create=True).update(dns.rdataset.from_rdata(TTL, signature))
    return zone.to_text(relativize=False)
