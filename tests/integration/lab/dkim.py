# SPDX-License-Identifier: ISC
"""OpenDKIM, as Debian ships it, second in line behind Postern."""

from . import netns, wait
from .postfix import DKIM_PORT
from .server import Server


def start(base):
    home = base / "opendkim"
    home.mkdir()
    conf = home / "opendkim.conf"
    conf.write_text(f"""
Mode			v
Socket			inet:{DKIM_PORT}@127.0.0.1
AuthservID		{netns.HOST}
AlwaysAddARHeader	yes
Nameservers		127.0.0.1
Syslog			no
PidFile			{home}/pid
UMask			002
""")
    server = Server("opendkim", ["opendkim", "-f", "-x", conf],
                    base / "log" / "opendkim.log")

    def listening():
        with open("/proc/net/tcp", encoding="ascii") as f:
            return f":{DKIM_PORT:04X} 00000000:0000 0A" in f.read()

    wait.until(lambda: "opendkim:\n" + server.said(), listening)
    return server
