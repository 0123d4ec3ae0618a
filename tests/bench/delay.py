# SPDX-License-Identifier: ISC
"""A DNS server's front that hands on each answer some milliseconds later.

usage: delay.py ADDRESS,... SERVER MILLISECONDS	(port 53 at all)
"""

import asyncio
import sys


class Back(asyncio.DatagramProtocol):
    """The socket of one question towards the server."""

    def __init__(self, front, question, client, seconds):
        self.front = front
        self.question = question
        self.client = client
        self.seconds = seconds

    def connection_made(self, transport):
        self.transport = transport
        transport.sendto(self.question)

    def datagram_received(self, data, _):
        asyncio.get_running_loop().call_later(
            self.seconds, self.front.sendto, data, self.client)
        self.transport.close()


class Front(asyncio.DatagramProtocol):
    def __init__(self, server, seconds):
        self.server = server
        self.seconds = seconds
        self.asking = set()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, client):
        loop = asyncio.get_running_loop()
        task = loop.create_task(loop.create_datagram_endpoint(
            lambda: Back(self.transport, data, client, self.seconds),
            remote_addr=(self.server, 53)))
        self.asking.add(task)
        task.add_done_callback(self.asking.discard)


async def main(addresses, server, milliseconds):
    loop = asyncio.get_running_loop()
    for address in addresses.split(","):
        await loop.create_datagram_endpoint(
            lambda: Front(server, float(milliseconds) / 1000),
            local_addr=(address, 53))
    print("ready", flush=True)
    await loop.create_future()


asyncio.run(main(*sys.argv[1:]))
