# SPDX-License-Identifier: ISC
"""Clients that others wrote: curl, openssl s_client, wrk, h2load."""

import hashlib
import os
import re
import subprocess

import pytest

from lab import http
from lab.origin import echo

EDGE = dict(origins=12)


def curl(edge, *words, host=http.SITE, path="/hello.txt", scheme="https",
         stdin=b""):
    port = edge.tls if scheme == "https" else edge.plain
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "30", "--cacert",
         edge.authority.path, "--noproxy", "*",
         "--connect-to", f"::127.0.0.1:{port}", *map(str, words),
         f"{scheme}://{host}{path}"], input=stdin, capture_output=True)


def test_get(edge):
    done = curl(edge, "--fail")
    assert (done.returncode, done.stdout) == (0, b"hello\n"), done.stderr


@pytest.mark.parametrize("words", [
    ["--http1.1"], ["--http1.0", "--no-alpn"], ["--tlsv1.2", "--tls-max", "1.2"],
    ["--tlsv1.3"], ["--compressed"], ["--http2"]], ids=" ".join)
def test_ways_to_ask(edge, words):
    done = curl(edge, "--fail", *words)
    assert (done.returncode, done.stdout) == (0, b"hello\n"), done.stderr


def test_head(edge):
    done = curl(edge, "--head")
    assert done.returncode == 0 and b"HTTP/1.1 200" in done.stdout
    assert b"content-length: 6" in done.stdout.lower()


@pytest.mark.parametrize("how", ["length", "chunks", "expect"])
def test_upload(edge, how, tmp_path):
    """3 MB to the server and back."""
    o = edge.origin(echo)
    data = os.urandom(3 << 20)
    path = tmp_path / "data"
    path.write_bytes(data)
    words = {"length": ["-H", "Expect:", "-T", path],
             "chunks": ["-H", "Transfer-Encoding: chunked", "-T", path],
             "expect": ["-H", "Expect: 100-continue", "-T", path]}[how]
    done = curl(edge, "--fail", *words, host=o.name, path="/up")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(data)


def test_download(edge, edge_world):
    data = os.urandom(30 << 20)
    (edge_world.nginx.root / "curl-30m").write_bytes(data)
    done = curl(edge, "--fail", path="/curl-30m")
    assert hashlib.sha256(done.stdout).digest() == \
        hashlib.sha256(data).digest()


def test_range_and_conditions(edge):
    done = curl(edge, "-r", "0-2")
    assert done.stdout == b"hel"
    head = curl(edge, "--head").stdout.decode()
    etag = re.search(r"(?i)etag: (.*)\r", head)[1]
    done = curl(edge, "-H", f"If-None-Match: {etag}", "-w", "%{http_code}")
    assert done.stdout == b"304"


def test_redirected_to_https(edge):
    done = curl(edge, "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}",
                scheme="http")
    code, url = done.stdout.decode().split(" ")
    assert code in ("301", "308") and url.startswith(f"https://{http.SITE}")


def test_many_on_one_connection(edge):
    """curl's own idea of keep-alive."""
    urls = [f"https://{http.SITE}/hello.txt?{n}" for n in range(19)]
    done = curl(edge, "--fail", "-w", "%{num_connects}\n", *urls)
    assert done.stdout.count(b"hello\n") == 20
    assert done.stdout.count(b"\n1\n") + done.stdout.startswith(b"1\n") == 1


def test_truncated_answer_is_an_error_for_curl(edge):
    """18: partial file; 56: receive error."""
    def script(c):
        c.head()
        c.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               b"5\r\nhello\r\n")

    o = edge.origin(script)
    done = curl(edge, host=o.name, path="/")
    assert done.returncode in (18, 56), done


def test_s_client(edge):
    """Chain verified, one request, the answer."""
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{edge.tls}",
         "-servername", http.SITE, "-CAfile", edge.authority.path,
         "-verify_return_error", "-quiet"],
        input=http.request("/hello.txt", "GET", http.SITE,
                           "Connection: close"),
        capture_output=True, timeout=120)
    assert b"HTTP/1.1 200" in done.stdout and b"hello\n" in done.stdout


@pytest.mark.jailed_too
def test_wrk(edge):
    """Two seconds of what it does best, without an error."""
    with open("/etc/hosts", "a") as f:	# our own, see lab/netns.py
        f.write(f"127.0.0.1 {http.SITE}\n")
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", "40", "-d", "2",
         f"https://{http.SITE}:{edge.tls}/1k"],
        capture_output=True, text=True, timeout=120)
    assert "requests in" in done.stdout, done.stdout + done.stderr
    for wrong in ("Non-2xx", "Socket errors"):
        assert wrong not in done.stdout, done.stdout


def test_h2load_in_http_1(edge):
    done = subprocess.run(
        ["h2load", "--h1", "-n", "2000", "-c", "20",
         "--connect-to", f"127.0.0.1:{edge.tls}",
         f"https://{http.SITE}/1k"], capture_output=True, text=True,
        timeout=120)
    assert "2000 succeeded, 0 failed, 0 errored" in done.stdout, done.stdout
