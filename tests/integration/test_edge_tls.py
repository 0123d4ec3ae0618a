# SPDX-License-Identifier: ISC
"""Certificates and who gets which, versions, tickets; files that change."""

import os
import ssl
import subprocess

import pytest

from cryptography import x509

from lab import certs, http, wait


@pytest.fixture(scope="module")
def pairs(edge_world):
    a = edge_world.authority
    return {
        "wild": a.pair("*.example.net", file="tls-wild"),
        "ec": a.pair("both.example.org", file="tls-ec"),
        "rsa": a.pair("both.example.org", kind="rsa", file="tls-rsa"),
        "names": a.pair("one.example.com", "two.example.com",
                        file="tls-names"),
    }


@pytest.fixture(scope="module")
def shared(edge_world, pairs):
    e = edge_world.edge(sites=f'''
	site "*.example.net" {{ {pairs["wild"].conf()}
		return 200 "wild" }}
	site "both.example.org" {{
		{pairs["ec"].conf()}
		{pairs["rsa"].conf()}
		return 200 "both"
	}}
	site "one.example.com" "two.example.com" {{ {pairs["names"].conf()}
		return 200 "names" }}
''').start()
    yield e
    wrong = e.stop()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def edge(shared):
    yield shared
    wrong = shared.complaints()
    assert not wrong, "\n".join(wrong)


def shown(edge, name=http.SITE, context=None):
    """The serial number of the certificate that a newcomer is shown."""
    if context is None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    with edge.client(name=name, context=context) as c:
        der = c.socket.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(der).serial_number


def refused(edge, name=http.SITE, **settings):
    context = edge.authority.context(**settings)
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        edge.client(name=name, context=context)


# --- whom ---

@pytest.mark.parametrize("name, pair", [
    ("a.example.net", "wild"), ("A.Example.NET", "wild"),
    ("one.example.com", "names"), ("two.example.com", "names"),
    ("both.example.org", "ec")])
def test_certificate_by_name(edge, pairs, name, pair):
    """The chain is whole: a client that has the root only believes it."""
    context = edge.authority.context()
    assert shown(edge, name, context) == pairs[pair].serial()


@pytest.mark.parametrize("name", [
    "unknown.example", "example.net", "a.b.example.net", "three.example.com"])
def test_unknown_names_are_refused(edge, name):
    refused(edge, name, check_hostname=False)


def test_default_site_takes_unknown_names(make_edge, edge_world):
    pair = edge_world.authority.pair("d.example.org", file="tls-default")
    e = make_edge(sites=f'\tsite "d.example.org" {{ default\n'
                  f'{pair.conf()}\nreturn 200 "default"\n\t}}\n').start()
    assert shown(e, "unknown.example") == pair.serial()
    assert shown(e, None) == pair.serial()
    assert shown(e, http.SITE) == e.pair.serial()


# --- what ---

@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2,
                                     ssl.TLSVersion.TLSv1_3])
def test_versions(edge, version):
    context = edge.authority.context(minimum_version=version,
                                     maximum_version=version)
    with edge.client(context=context) as c:
        assert c.socket.version() == version.name.replace("_", ".")
        assert c.ask(http.request("/hello.txt")).status == 200


def openssl(edge, *words, name=http.SITE):
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{edge.tls}",
         "-servername", name, "-CAfile", edge.authority.path, *words],
        input=b"", capture_output=True, timeout=60)
    return (done.stdout + done.stderr).decode("latin-1")


@pytest.mark.parametrize("words", [
    ["-tls1"], ["-tls1_1"],
    ["-tls1_2", "-cipher", "AES128-GCM-SHA256"],
    ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"],
    ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"],
    ["-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"],
    ["-tls1_2", "-cipher", "aNULL"],
    ["-groups", "ffdhe2048"]], ids=" ".join)
def test_old_ways_are_refused(edge, words):
    said = openssl(edge, "-cipher", "ALL:@SECLEVEL=0", *words)
    assert "Cipher is (NONE)" in said or "Cipher    : 0000" in said, said
    assert "Verify return code: 0 (ok)\n---\nHTTP" not in said


@pytest.mark.parametrize("words, wanted", [
    (["-groups", "X25519"], "X25519"),
    (["-groups", "P-256"], "prime256v1"),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"],
     "ECDHE-ECDSA-AES128-GCM-SHA256"),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"],
     "ECDHE-ECDSA-CHACHA20-POLY1305"),
    (["-ciphersuites", "TLS_AES_128_GCM_SHA256"], "TLS_AES_128_GCM_SHA256"),
    (["-ciphersuites", "TLS_AES_256_GCM_SHA384"], "TLS_AES_256_GCM_SHA384"),
    (["-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"],
     "TLS_CHACHA20_POLY1305_SHA256")], ids=lambda w: str(w[-1]))
def test_new_ways_are_open(edge, words, wanted):
    said = openssl(edge, *words)
    assert "Verify return code: 0 (ok)" in said
    assert wanted.lower() in said.lower() or "P-256" in said, said


@pytest.mark.parametrize("words, pair", [
    (["-sigalgs", "rsa_pss_rsae_sha256"], "rsa"),
    (["-sigalgs", "ecdsa_secp256r1_sha256"], "ec"),
    (["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"], "rsa"),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"], "ec")],
    ids=lambda w: str(w[-1]))
def test_ecdsa_and_rsa_side_by_side(edge, pairs, words, pair):
    """Whoever cannot do the one gets the other."""
    said = openssl(edge, *words, name="both.example.org")
    at = said.index("-----BEGIN CERTIFICATE")
    cert = x509.load_pem_x509_certificate(
        said[at:said.index("-----END CERTIFICATE-----") + 25].encode())
    assert cert.serial_number == pairs[pair].serial()


@pytest.mark.parametrize("offered, chosen", [
    (["http/1.1"], "http/1.1"), (["h2", "http/1.1"], "http/1.1")])
def test_alpn(edge, offered, chosen):
    context = edge.authority.context()
    context.set_alpn_protocols(offered)
    with edge.client(context=context) as c:
        assert c.socket.selected_alpn_protocol() == chosen
        assert c.ask(http.request("/hello.txt")).status == 200


def test_alpn_of_nothing_we_speak(edge):
    """Refused, or nothing chosen (RFC 7301, 3.2); never a wrong one."""
    context = edge.authority.context()
    context.set_alpn_protocols(["spdy/3"])
    try:
        with edge.client(context=context) as c:
            assert c.socket.selected_alpn_protocol() is None
    except ssl.SSLError:
        pass


# --- tickets ---

def resumed(edge, session, context, name=http.SITE):
    """Does the server take that ticket?"""
    import socket
    raw = socket.create_connection(("127.0.0.1", edge.tls), 60)
    with context.wrap_socket(raw, server_hostname=name,
                             session=session) as s:
        s.sendall(http.request("/hello.txt", host=name))
        assert s.recv(1000).startswith(b"HTTP/1.1 ")
        return s.session_reused, s.session


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2,
                                     ssl.TLSVersion.TLSv1_3])
def test_tickets_are_the_same_in_all_workers(edge, version):
    context = edge.authority.context(maximum_version=version)
    _, session = resumed(edge, None, context)
    assert session is not None
    for _ in range(12):
        reused, session = resumed(edge, session, context)
        assert reused


def test_tickets_outlive_a_reload(make_edge):
    e = make_edge().start()
    context = e.authority.context()
    _, session = resumed(e, None, context)
    e.reload()
    for _ in range(6):
        reused, session = resumed(e, session, context)
        assert reused


def test_a_ticket_opens_no_other_site(edge, pairs):
    """Resumed or not: the site is that of the name now sent."""
    context = edge.authority.context()
    _, session = resumed(edge, None, context, "one.example.com")
    with edge.client(name="a.example.net") as c:
        assert c.ask(http.request(host="a.example.net")).body == b"wild"


def test_a_forged_ticket_is_a_full_handshake(edge, lab_base):
    """Bytes of the ticket turned over: not resumed, not refused."""
    path = lab_base / "ticket"
    subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{edge.tls}",
         "-servername", http.SITE, "-tls1_2", "-sess_out", path],
        input=b"", capture_output=True, timeout=60)
    der = subprocess.run(["openssl", "sess_id", "-in", path, "-outform",
                          "DER"], capture_output=True, check=True).stdout
    middle = len(der) - 60
    bad = der[:middle] + bytes(b ^ 1 for b in der[middle:middle + 8]) \
        + der[middle + 8:]
    pem = subprocess.run(["openssl", "sess_id", "-inform", "DER"],
                         input=bad, capture_output=True)
    if pem.returncode == 0:
        path.write_bytes(pem.stdout)
        said = openssl(edge, "-tls1_2", "-sess_in", str(path))
        assert "Cipher is (NONE)" not in said, said
    edge.works()


# --- files that change ---

@pytest.fixture
def changing(make_edge):
    """An edge whose first certificate a test may touch."""
    return make_edge().start()


def renewal(e):
    return e.authority.pair(http.SITE, "example.org", file="renewal")


def becomes(e, serial):
    wait.until("the new certificate to be shown",
               lambda: shown(e) == serial, 30)
    for _ in range(8):		# by all workers
        wait.until("the other workers", lambda: shown(e) == serial)


def stays(e, serial, since, said):
    """The log says why, and the last good one stands."""
    line = e.log.wait(said, since)
    for _ in range(6):
        assert shown(e) == serial
    e.works()
    return line


@pytest.mark.jailed_too
def test_renewed(changing):
    """Swapped in place, without a reload; who is connected stays."""
    e = changing
    workers = e.workers()
    with e.client() as c:
        assert c.ask(http.request("/hello.txt")).status == 200
        e.pair.renew(renewal(e))
        becomes(e, e.pair.serial())
        assert c.ask(http.request("/hello.txt")).status == 200
    assert sorted(e.workers()) == sorted(workers)
    e.works()


def test_renewed_by_a_link(make_edge, edge_world, lab_base):
    """The way certbot does it: the names are links to changing files."""
    e = make_edge()
    new = edge_world.authority.pair(http.SITE, "example.org",
                                    file=f"{e.name}-2")
    live = lab_base / f"{e.name}-live"
    live.mkdir()

    def link(pair):
        for name, path in (("chain", pair.chain_path),
                           ("key", pair.key_path)):
            beside = live / (name + ".new")
            beside.symlink_to(path)
            os.rename(beside, live / name)

    link(e.pair)
    old = e.pair.conf()
    e.pair.conf = lambda: f'certificate "{live}/chain" key "{live}/key"'
    assert old not in e.text(**e.parts)
    e.write()
    e.start()
    assert shown(e) == e.pair.serial()
    link(new)
    becomes(e, new.serial())


def test_mismatched_key(changing):
    """The key of another: the last good pair stands, until it is mended."""
    e, new = changing, renewal(changing)
    serial, since = e.pair.serial(), e.log.mark()
    certs.replace(e.pair.key_path, new.key_pem())
    stays(e, serial, since, r"(?i)key.*(match|belong)|does not match")
    certs.replace(e.pair.chain_path, new.chain_pem(), 0o644)
    becomes(e, new.serial())


def test_expired(changing):
    e = changing
    serial, since = e.pair.serial(), e.log.mark()
    old = e.authority.pair(http.SITE, "example.org", days=-5, file="expired")
    e.pair.renew(old)
    stays(e, serial, since, r"(?i)expired")


@pytest.mark.parametrize("part", ["chain", "key"])
def test_half_written(changing, part):
    """Not renamed into place but written slowly: the middle is no good."""
    e, new = changing, renewal(changing)
    serial, since = e.pair.serial(), e.log.mark()
    path, data = ((e.pair.chain_path, new.chain_pem()) if part == "chain"
                  else (e.pair.key_path, new.key_pem()))
    path.write_bytes(data[:len(data) // 3])
    stays(e, serial, since, r"(?i)certificate|\.pem|\.key")
    path.write_bytes(data)
    other, data = ((e.pair.key_path, new.key_pem()) if part == "chain"
                   else (e.pair.chain_path, new.chain_pem()))
    other.write_bytes(data)
    becomes(e, new.serial())


@pytest.mark.parametrize("what", ["chain", "key", "both"])
def test_deleted(changing, what):
    e = changing
    serial, since = e.pair.serial(), e.log.mark()
    new = renewal(e)
    if what != "key":
        e.pair.chain_path.unlink()
    if what != "chain":
        e.pair.key_path.unlink()
    stays(e, serial, since, r"No such file")
    e.pair.renew(new)
    becomes(e, new.serial())


def test_unreadable(changing):
    """A folder is in its place; root reads whatever has a mode."""
    e = changing
    serial, since = e.pair.serial(), e.log.mark()
    e.pair.chain_path.unlink()
    e.pair.chain_path.mkdir()
    stays(e, serial, since, r"(?i)directory|regular|not a file")
    e.pair.chain_path.rmdir()
    e.pair.renew(renewal(e))
    becomes(e, e.pair.serial())


@pytest.mark.parametrize("data", [
    b"", b"nonsense\n", b"-----BEGIN CERTIFICATE-----\n", b"x" * 2000000,
    b"\0" * 1000], ids=["empty", "text", "only a beginning", "2 MB", "zeros"])
def test_nonsense(changing, data):
    e = changing
    serial, since = e.pair.serial(), e.log.mark()
    certs.replace(e.pair.chain_path, data)
    stays(e, serial, since, r"(?i)" + e.pair.chain_path.name)


def test_a_good_pair_comes_after_a_bad_reload(changing):
    """A reload with a bad pair on disk keeps what was good, too, or is
    refused; the next one takes the mended pair."""
    e = changing
    serial, since = e.pair.serial(), e.log.mark()
    e.pair.key_path.write_bytes(b"nonsense")
    e.log.wait(e.pair.key_path.stem, since)
    e.reload()
    assert shown(e) == serial
    e.pair.renew(renewal(e))
    becomes(e, e.pair.serial())


def test_days_left_are_said(make_edge, edge_world):
    """Under 14: a line in the log, at start already."""
    e = make_edge()
    e.pair.renew(edge_world.authority.pair(http.SITE, "example.org", days=9,
                                           file="soon"))
    e.start()
    e.log.wait(r"\b(8|9|10) days")


@pytest.mark.parametrize("spoil, said", [
    (lambda e: certs.replace(e.pair.key_path, renewal(e).key_pem()),
     r"(?i)key|match"),
    (lambda e: e.pair.chain_path.unlink(), r"No such file"),
    (lambda e: e.pair.chain_path.write_bytes(b"x"), r"(?i)certificate|PEM")],
    ids=["mismatched", "missing", "nonsense"])
def test_no_good_pair_at_the_start(make_edge, spoil, said):
    """There is no last good one yet: the log says why, the site's handshakes
    are refused, the others are served, and a mended pair is taken."""
    e = make_edge(origins=1)
    spoil(e)
    e.start()
    e.log.wait(said)
    refused(e)
    o = e.origin()
    assert e.get(host=o.name).status == 200
    e.pair.renew(renewal(e))
    wait.until("the mended pair", lambda: not is_refused(e))
    becomes(e, e.pair.serial())


def is_refused(e):
    try:
        return e.works()
    except OSError:
        return True


def test_an_expired_one_at_start_is_used(make_edge, edge_world):
    """Better than none, and the log says it."""
    e = make_edge()
    e.pair.renew(edge_world.authority.pair(http.SITE, "example.org",
                                           days=-3, file="old"))
    e.start()
    e.log.wait(r"(?i)expired")
    assert shown(e) == e.pair.serial()
