# SPDX-License-Identifier: ISC
"""DNS time passes while the client talks: the question is asked at connect."""

from lab import wait


def test_asked_before_the_client_says_a_word(lab, postern):
    p = postern().start()
    before = int(p.status("fcrdnsd")["clients"])
    with lab.connect("mute reverse", "own") as client:
        assert client.banner().code == 220
        wait.until("fcrdnsd to be asked",
                   lambda: int(p.status("fcrdnsd")["clients"]) > before)
