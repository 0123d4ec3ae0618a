# SPDX-License-Identifier: ISC
"""The fronts of the benchmark: each a server in the foreground on CPU 0, with
TLS, one process that works, no access log, and the same upstream server.
"""

import os
import resource
import socket

from lab import daemon, wait
from lab.server import Server, children

SITE = "www.example.org"
# Descriptors, and connections of which each may need two.
FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
MANY = (FILES - 160) // 2

NGINX = """
daemon off;
master_process on;
worker_processes 1;
worker_rlimit_nofile {files};
pid {home}/nginx.pid;
error_log stderr error;
user root;
events {{ worker_connections {files}; }}
http {{
	access_log off;
	sendfile on;
	tcp_nopush {nopush};
	keepalive_requests 1000000000;
	keepalive_timeout 600s;
	client_body_temp_path {home}/t1;
	proxy_temp_path {home}/t2;
	fastcgi_temp_path {home}/t3;
	uwsgi_temp_path {home}/t4;
	scgi_temp_path {home}/t5;
{http}
}}
"""
ORIGIN = """
	open_file_cache max=100;
	server {{
		listen 127.0.0.1:{port} backlog=4096;
		root {root};
	}}
"""
PROXY = """
	upstream origin {{
		server 127.0.0.1:{origin};
		keepalive 256;
		keepalive_requests 1000000000;
	}}
	server {{
		listen 127.0.0.1:{port} ssl backlog=4096;
		server_name {site};
		ssl_certificate {chain};
		ssl_certificate_key {key};
		ssl_protocols TLSv1.2 TLSv1.3;
		ssl_session_cache none;
		ssl_session_tickets on;
		client_header_timeout 600s;
		location / {{
			proxy_pass http://origin;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_set_header Host $host;
			proxy_max_temp_file_size 0;
			proxy_buffer_size 16k;
			proxy_buffers 8 32k;
		}}
	}}
"""
HAPROXY = """
global
	nbthread 1
	maxconn {many}
	ssl-default-bind-options ssl-min-ver TLSv1.2
	no log
defaults
	mode http
	maxconn {many}
	http-reuse always
	timeout connect 5s
	timeout client 600s
	timeout server 60s
	timeout http-request 600s
	timeout http-keep-alive 600s
frontend front
	bind 127.0.0.1:{port} ssl crt {both} alpn http/1.1 backlog 4096
	default_backend back
backend back
	server origin 127.0.0.1:{origin}
"""
POSTERN = """
state "{home}/state"
edge {{
	listen on 127.0.0.1 port 0 tls
	workers 1
	connections {many}
	connections per address {many}
	access log no
	head timeout 10m
	idle timeout 10m
	site "{site}" {{
		certificate "{chain}" key "{key}"
		forward to 127.0.0.1 port {origin}
	}}
}}
"""


def free_port():
    """Ours is the only program in this network: nobody takes it meanwhile."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


class Front:
    """A server on one CPU.  pids are all of its processes."""

    def __init__(self, base, name, argv, port, cpu=0):
        self.name, self.port = name, port
        self.server = Server(name, ["taskset", "-c", cpu, *argv],
                             base / "log" / f"{name}.log")
        wait.until(lambda: f"{name} to listen:\n" + self.server.said(),
                   lambda: listens(port))

    def pids(self):
        found = [self.server.pid]
        for pid in found:
            found += children(pid)
        return found

    def stop(self):
        self.server.stop()


def home(base, name):
    folder = base / name
    folder.mkdir()
    return folder


def nginx_conf(folder, nopush, http):
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(home=folder, many=MANY, files=FILES,
                                 nopush=nopush, http=http))
    return conf


def origin(base, sizes):
    """nginx with files of these sizes: {name: bytes}."""
    folder = home(base, "origin")
    root = folder / "root"
    root.mkdir()
    for name, size in sizes.items():
        (root / name).write_bytes(os.urandom(size))
    port = free_port()
    conf = nginx_conf(folder, "on", ORIGIN.format(port=port, root=root))
    return Front(base, "origin", ["nginx", "-c", conf], port, cpu=1)


def nginx(base, pair, origin_port):
    folder = home(base, "nginx")
    port = free_port()
    conf = nginx_conf(folder, "off", PROXY.format(
        port=port, origin=origin_port, site=SITE, chain=pair.chain_path,
        key=pair.key_path))
    return Front(base, "nginx", ["nginx", "-c", conf], port)


def haproxy(base, pair, origin_port):
    folder = home(base, "haproxy")
    port = free_port()
    conf = folder / "haproxy.cfg"
    conf.write_text(HAPROXY.format(
        many=MANY, port=port, origin=origin_port, both=pair.one_file()))
    return Front(base, "haproxy", ["haproxy", "-db", "-f", conf], port)


class Postern(Front):
    def __init__(self, base, pair, origin_port):
        folder = home(base, "postern-edge")
        (folder / "state").mkdir()
        for path in (folder, folder / "state"):
            path.chmod(0o755)
        conf = folder / "postern.conf"
        conf.write_text(POSTERN.format(
            home=folder, many=MANY, site=SITE, chain=pair.chain_path,
            key=pair.key_path, origin=origin_port))
        self.name = "postern-edge"
        self.server = daemon.Daemon(
            base, "postern-edge", conf,
            wrapper=("taskset", "-c", "0")).must_be_ready()
        self.port = self.server.bound[0][1]


CONTENDERS = {"haproxy": haproxy, "nginx": nginx, "postern-edge": Postern}
