# SPDX-License-Identifier: ISC
"""A syslog of our own: what comes to /dev/log goes to a file.

A line of the file is "<PRIORITY>" and the rest as syslog(3) sent it.
"""

import socket
import threading

from .server import Log


class Syslog:
    def __init__(self, base):
        self.log = Log(base / "log" / "syslog")
        self.log.path.write_text("")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("/dev/log")
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with open(self.log.path, "ab", buffering=0) as out:
            while True:
                out.write(self.socket.recv(65535).rstrip(b"\n\0") + b"\n")
