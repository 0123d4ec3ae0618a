# SPDX-License-Identifier: ISC
"""A certification authority of our own, and what it signs.

A pair is two files, the chain and the key.  Files are replaced the way an
ACME client does it: written beside, then renamed.
"""

import datetime
import ipaddress
import os
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = datetime.timedelta(days=1)


def new_key(kind="ec"):
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption())


def cert_pem(cert):
    return cert.public_bytes(serialization.Encoding.PEM)


def alt_name(name):
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def replace(path, data, mode=0o600):
    """The file has all of its new bytes at once."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    beside.chmod(mode)
    os.rename(beside, path)


class Pair:
    """A chain and its key, in memory and as files."""

    def __init__(self, folder, name, certs, key):
        self.certs, self.key = certs, key
        self.chain_path = folder / f"{name}.pem"
        self.key_path = folder / f"{name}.key"
        self.write()

    def chain_pem(self):
        return b"".join(map(cert_pem, self.certs))

    def key_pem(self):
        return key_pem(self.key)

    def write(self):
        replace(self.chain_path, self.chain_pem(), 0o644)
        replace(self.key_path, self.key_pem())

    def renew(self, other):
        """Take over what another pair has, in the same files."""
        self.certs, self.key = other.certs, other.key
        self.write()

    def serial(self):
        return self.certs[0].serial_number

    def conf(self):
        return f'certificate "{self.chain_path}" key "{self.key_path}"'

    def one_file(self):
        """Chain and key in one file, as HAProxy and hitch want them."""
        path = self.chain_path.with_suffix(".both")
        replace(path, self.chain_pem() + self.key_pem())
        return path


class Authority:
    """A root, an intermediate, and client contexts that trust the root."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.root_key, self.key = new_key(), new_key()
        self.root = self.sign("Test root", self.root_key.public_key(),
                              None, self.root_key, ca=True)
        self.cert = self.sign("Test CA", self.key.public_key(), self.root,
                              self.root_key, ca=True)
        self.path = folder / "ca.pem"
        replace(self.path, cert_pem(self.root), 0o644)

    def sign(self, name, public, issuer, issuer_key, ca=False, names=(),
             days=90, begin=None):
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        begin = begin or datetime.datetime.utcnow() - DAY
        made = (x509.CertificateBuilder().subject_name(subject)
                .issuer_name(issuer.subject if issuer else subject)
                .public_key(public).serial_number(x509.random_serial_number())
                .not_valid_before(begin)
                .not_valid_after(begin + DAY + days * DAY)
                .add_extension(x509.BasicConstraints(ca, None), True)
                .add_extension(
                    x509.SubjectKeyIdentifier.from_public_key(public), False)
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(
                        issuer_key.public_key()), False))
        if names:
            made = made.add_extension(x509.SubjectAlternativeName(
                [alt_name(n) for n in names]), False).add_extension(
                    x509.ExtendedKeyUsage(
                        [ExtendedKeyUsageOID.SERVER_AUTH]), False)
        return made.sign(issuer_key, hashes.SHA256())

    def certify(self, key, *names, **more):
        """A chain, leaf first, without the root."""
        return [self.sign(names[0], key.public_key(), self.cert, self.key,
                          names=names, **more), self.cert]

    def pair(self, *names, kind="ec", file=None, **more):
        """days: how long it is good from now on; negative: has expired."""
        days = more.get("days", 90)
        if days < 0:
            more["begin"] = (datetime.datetime.utcnow()
                             - DAY * (30 - days))
            more["days"] = 29
        key = new_key(kind)
        file = file or f"{names[0].replace('*', 'any')}-{kind}"
        return Pair(self.folder, file, self.certify(key, *names, **more), key)

    def context(self, **more):
        """What a client trusts: our root.  See ssl.SSLContext."""
        context = ssl.create_default_context(cafile=str(self.path))
        for name, value in more.items():
            setattr(context, name, value)
        return context
