# SPDX-License-Identifier: ISC
"""Chromium loads a page with forty objects and talks to a WebSocket.

The page itself says when it is done: it posts what it saw to /report, and the
test waits for that.
"""

import json
import subprocess
import threading

import pytest

from lab import http, wait, websocket
from lab.origin import Origin, answer

OBJECTS = 40
PAGE = """<!doctype html>
<meta charset="utf-8"><title>Forty objects</title>
<link rel="stylesheet" href="/style.css">
<body>
<script>
const seen = { images: 0, scripts: 0, fetched: 0, echo: null, bad: [] };
const loads = [];
for (let n = 0; n < %d; n++) {
	if (n %% 2 == 0)
		loads.push(new Promise(done => {
			const i = new Image();
			i.onload = () => { seen.images++; done(); };
			i.onerror = () => { seen.bad.push(n); done(); };
			i.src = "/image-" + n + ".svg";
			document.body.append(i);
		}));
	else
		loads.push(fetch("/data-" + n + ".json").then(r => r.json()).then(
			j => { j.n == n ? seen.fetched++ : seen.bad.push(n); },
			() => seen.bad.push(n)));
}
loads.push(new Promise(done => {
	const ws = new WebSocket("wss://" + location.host + "/ws");
	ws.onopen = () => ws.send("hello from the page");
	ws.onmessage = e => { seen.echo = e.data; ws.close(); };
	ws.onclose = done;
	ws.onerror = () => seen.bad.push("ws");
}));
Promise.all(loads).then(() => fetch("/report", {
	method: "POST",
	body: JSON.stringify({ ...seen,
		color: getComputedStyle(document.body).color,
		protocol: performance.getEntriesByType("navigation")[0]
			.nextHopProtocol }),
}));
</script>
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


class Blog:
    """An origin with that page; reported is what the page said."""

    def __init__(self):
        self.reported = []
        self.asked = []
        self.lock = threading.Lock()
        self.origin = Origin(self.script)

    def script(self, c):
        while True:
            head = c.head()
            method, target, _ = head.decode().split(" ", 2)
            with self.lock:
                self.asked.append(target)
            if target == "/ws":
                websocket.switch(c, head)
                while True:
                    op, data = websocket.read_frame(c)
                    c.send(websocket.frame(data, op))
                    if op == websocket.CLOSE:
                        return
            body = c.body(head)
            if target == "/report" and method == "POST":
                self.reported.append(json.loads(body))
            c.send(self.say(target))

    def say(self, target):
        if target == "/":
            return answer((PAGE % OBJECTS).encode(), "200 OK",
                          "Content-Type: text/html")
        if target.endswith(".svg"):
            return answer(SVG, "200 OK", "Content-Type: image/svg+xml")
        if target.endswith(".css"):
            return answer(b"body { color: rgb(1, 2, 3) }", "200 OK",
                          "Content-Type: text/css")
        if target.endswith(".json"):
            n = target[len("/data-"):-len(".json")]
            return answer(b'{"n": %s}' % n.encode(), "200 OK",
                          "Content-Type: application/json")
        return answer(b"", "404 Not Found")


class Chromium:
    FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic
        --no-first-run --disable-background-networking --disable-sync
        --disable-component-update --disable-dev-shm-usage
        --disable-extensions --no-default-browser-check
        --remote-debugging-port=0 --ignore-certificate-errors""".split()

    def __init__(self, folder, port, url):
        folder.mkdir()
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen(
            ["chromium", *self.FLAGS, f"--user-data-dir={folder}/data",
             f"--host-resolver-rules=MAP * 127.0.0.1:{port}", url],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
            start_new_session=True)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.mark.jailed_too
def test_forty_objects_and_a_websocket(make_edge, lab_base):
    blog = Blog()
    e = make_edge(site="\t\t" + blog.origin.forward() + "\n").start()
    browser = Chromium(lab_base / f"chromium-{e.name}", e.tls,
                       f"https://{http.SITE}/")
    try:
        wait.until(lambda: f"the page's report; asked for {blog.asked}",
                   lambda: blog.reported, 60)
    finally:
        browser.stop()
        blog.origin.stop()
    [said] = blog.reported
    assert said["bad"] == []
    assert said["images"] == said["fetched"] == OBJECTS // 2
    assert said["echo"] == "hello from the page"
    assert said["color"] == "rgb(1, 2, 3)"
    assert said["protocol"] == "http/1.1"
    assert not blog.origin.errors
    for record in e.records():	# it has questions to others, too
        assert record["host"] != http.SITE or record["why"] in (
            "done", "tunnel", "client-gone"), record
