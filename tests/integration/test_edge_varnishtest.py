# SPDX-License-Identifier: ISC
"""varnishtest's client and server, with the front between (vtc/*.vtc)."""

import pathlib
import subprocess

import pytest

from lab.edge import free_port

VTC = sorted((pathlib.Path(__file__).parent / "vtc").glob("*.vtc"))


@pytest.mark.parametrize("path", VTC, ids=lambda p: p.stem)
def test_vtc(make_edge, path, lab_base):
    """Without TLS, which varnishtest does not speak."""
    origin = free_port()
    e = make_edge(sites='\tsite "vtc.example.org" {\n\t\tforward to 127.0.0.1'
                  f" port {origin}\n\t}}\n").start()
    done = subprocess.run(
        ["varnishtest", "-v", "-t", "30", "-D", f"origin=127.0.0.1:{origin}",
         "-D", f"edge=127.0.0.1:{e.plain}", path],
        capture_output=True, text=True, timeout=180, cwd=lab_base)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr
