"""A server on loopback that plays the web: well-behaved, slow, broken and hostile. Real sockets, one thread.

Each 127.0.0.x is another host. What a path does is the name of a method below; requests are recorded.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
import ssl
import struct
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

__all__ = ["LinkServer", "Seen"]

# A key that guards nothing: it belongs to this server, and to the certificate below, good until 2120.
KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3sJSXjmcJRL7CA5G
Qm+QkIzp65cVzHqytxCc3siFS36hRANCAAS+VIOqeuJB6B948KjKOoWNsdVfBhqB
mYWRu95e98FxPgZti5Cltd9A/NRT+PrQVBSVqeXu5q1ta+SbvT6dr1PP
-----END PRIVATE KEY-----
"""
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBfzCCASSgAwIBAgIBATAKBggqhkjOPQQDAjAfMR0wGwYDVQQDDBRsaXN0bGlu
dCB0ZXN0IHNlcnZlcjAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFow
HzEdMBsGA1UEAwwUbGlzdGxpbnQgdGVzdCBzZXJ2ZXIwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAAS+VIOqeuJB6B948KjKOoWNsdVfBhqBmYWRu95e98FxPgZti5Cl
td9A/NRT+PrQVBSVqeXu5q1ta+SbvT6dr1PPo08wTTAPBgNVHRMBAf8EBTADAQH/
MBsGA1UdEQQUMBKHBH8AAAGHBH8AAAKHBH8AAAMwHQYDVR0OBBYEFCvKRNA8obH6
m/bEnYBSgLkoI2fYMAoGCCqGSM49BAMCA0kAMEYCIQCbBJC7jOtLEZ63bWf/Dbfn
aU/6lbHr3NLRLnIhvKbp3wIhAMGiM5ElLxmOu1JrRuvAUhn566IyB4ePcgDL48wK
adua
-----END CERTIFICATE-----
"""

BIG = 20 << 20
HOSTS = 6


@dataclass
class Seen:
    """A request as it came."""

    host: str
    method: str
    target: str
    headers: dict[str, str]
    at: float


@dataclass
class Talk:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    request: Seen

    async def answer(self, status: str, headers: Iterable[str | bytes] = (), body: bytes = b"") -> None:
        lines: list[bytes] = [f"HTTP/1.1 {status}".encode(), b"Content-Length: %d" % len(body)]
        lines += [one if isinstance(one, bytes) else one.encode() for one in headers]
        self.writer.write(
            b"\r\n".join(lines) + b"\r\n\r\n" + (b"" if self.request.method == "HEAD" else body)
        )
        await self.writer.drain()

    def abort(self) -> None:
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass
class LinkServer:
    """Runs while it is entered. `latency` delays every answer; `papers` and `dois` are what the registries know."""

    papers: dict[str, int] = field(default_factory=dict)
    dois: set[str] = field(default_factory=set)
    refused_papers: set[str] = field(default_factory=set)
    total_papers: int | None = None
    api_down: bool = False
    latency: float = 0.0
    seen: list[Seen] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    port: int = 0
    tls_port: int = 0
    mute_port: int = 0

    def __enter__(self) -> Self:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def url(self, path: str, host: int = 1) -> str:
        return f"http://127.0.0.{host}:{self.port}{path}"

    def hits(self, part: str) -> list[Seen]:
        return [one for one in self.seen if part in one.target]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._talks: set[asyncio.Task[None]] = set()
        self.port, servers = await _listen(self._talk)
        self.tls_port, more = await _listen(self._talk, _tls())
        self.mute_port, mute = await _listen(self._mute)
        servers += [*more, *mute]
        self._ready.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _mute(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while await reader.read(1000):
                pass
        writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            while (head := await _head(reader)) is not None:
                if head.startswith("\x16"):  # a TLS handshake
                    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    break
                await self._respond(Talk(reader, writer, self._record(head, writer)))
        except (OSError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            self._talks.discard(task)
            writer.close()

    def _record(self, head: str, writer: asyncio.StreamWriter) -> Seen:
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        host = writer.get_extra_info("sockname")[0]
        one = Seen(host, method, target, headers, time.monotonic())
        self.seen.append(one)
        return one

    async def _respond(self, talk: Talk) -> None:
        if self.latency:
            await asyncio.sleep(self.latency)
        if talk.request.method == "CONNECT":
            await self._connect(talk)
            return
        parts = urlsplit(talk.request.target)
        if parts.netloc:
            await talk.answer("200 OK", ["X-Proxied: yes"])
            return
        name, *rest = parts.path.strip("/").split("/")
        method = getattr(self, f"do_{name.replace('-', '_')}", None)
        if method is None:
            await talk.answer("404 Not Found")
        else:
            await method(talk, *rest)

    def _count(self, key: str) -> int:
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]

    async def _connect(self, talk: Talk) -> None:
        host, _, port = talk.request.target.rpartition(":")
        if host.endswith(".refused.test"):
            await talk.answer("403 Forbidden")
            return
        there_reader, there_writer = await asyncio.open_connection(
            "127.0.0.1", self.tls_port if port == "443" else int(port)
        )
        talk.writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_pipe(talk.reader, there_writer), _pipe(there_reader, talk.writer))
        finally:
            there_writer.transport.abort()

    async def do_ok(self, talk: Talk, *_: str) -> None:
        await talk.answer("200 OK", body=b"fine")

    async def do_status(self, talk: Talk, code: str, *_: str) -> None:
        await talk.answer(f"{code} Whatever")

    async def do_head_refused(self, talk: Talk, code: str, *_: str) -> None:
        await talk.answer(f"{code} No" if talk.request.method == "HEAD" else "200 OK", body=b"x")

    async def do_head_hangs(self, talk: Talk, *_: str) -> None:
        if talk.request.method == "HEAD":
            await asyncio.sleep(60)
        await talk.answer("200 OK")

    async def do_slow(self, talk: Talk, seconds: str, *_: str) -> None:
        await asyncio.sleep(float(seconds))
        await talk.answer("200 OK")

    async def do_drip(self, talk: Talk, *_: str) -> None:
        talk.writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            talk.writer.write(b"X-Drip: drop\r\n")
            await talk.writer.drain()
            await asyncio.sleep(0.05)

    async def do_endless_headers(self, talk: Talk, *_: str) -> None:
        talk.writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            talk.writer.write(b"X-Long: " + b"a" * 4000 + b"\r\n")
            await talk.writer.drain()

    async def do_reset(self, talk: Talk, *_: str) -> None:
        talk.abort()

    async def do_hang(self, *_: object) -> None:
        await asyncio.sleep(60)

    async def do_half_closed(self, talk: Talk, *_: str) -> None:
        talk.writer.write_eof()
        await asyncio.sleep(60)

    async def do_cut(self, talk: Talk, *_: str) -> None:
        talk.writer.write(b"HTTP/1.1 200 OK\r\nContent-")
        await talk.writer.drain()
        talk.writer.close()

    async def do_garbage(self, talk: Talk, *_: str) -> None:
        talk.writer.write(b"\x00\xff\xfeSSH-2.0-not-http\r\n\r\n" * 3)
        await talk.writer.drain()

    async def do_closes(self, talk: Talk, *_: str) -> None:
        """Says that the connection stays open, and closes it."""
        await talk.answer("200 OK")
        talk.writer.close()

    async def do_to(self, talk: Talk, code: str, *_: str) -> None:
        """Redirects to what stands after `?`."""
        await talk.answer(f"{code} Elsewhere", [f"Location: {unquote(urlsplit(talk.request.target).query)}"])

    async def do_chain(self, talk: Talk, code: str, count: str, *_: str) -> None:
        there = f"/chain/{code}/{int(count) - 1}" if int(count) else "/ok/chain"
        await talk.answer(f"{code} Elsewhere", [f"Location: {there}"])

    async def do_loop(self, talk: Talk, place: str, *_: str) -> None:
        await talk.answer("302 Found", [f"Location: /loop/{1 - int(place)}"])

    async def do_raw_location(self, talk: Talk, *_: str) -> None:
        await talk.answer("301 Moved", ["Location: /ok/caf\u00e9 \u8bba\u6587".encode()])

    async def do_bytes(self, talk: Talk, *_: str) -> None:
        await talk.answer("200 OK", [b"X-Name: \xff\xfe\xc3\x28", b"Set-Cookie: a=\x80"])

    async def do_escape(self, talk: Talk, *_: str) -> None:
        evil = "\x1b[31m::error::forged"
        await talk.answer(f"404 {evil}", [f"X-Evil: {evil}".replace("\x1b", "")])

    async def do_big(self, talk: Talk, *_: str) -> None:
        """A body of 20 MB whatever the method was."""
        talk.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % BIG)
        await self._pour(talk, b"\0" * 65536)

    async def do_big_on_get(self, talk: Talk, *_: str) -> None:
        if talk.request.method == "HEAD":
            await talk.answer("405 Method Not Allowed")
            return
        talk.writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        await self._pour(talk, b"\0" * 65536)

    async def _pour(self, talk: Talk, piece: bytes) -> None:
        for _ in range(BIG // len(piece)):
            talk.writer.write(piece)
            await talk.writer.drain()
            self.sent += len(piece)

    async def do_stalls(self, talk: Talk, *_: str) -> None:
        """Refuses HEAD; promises a short body and sends half of it."""
        if talk.request.method == "HEAD":
            await talk.answer("405 Method Not Allowed")
            return
        talk.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"x" * 50)
        await asyncio.sleep(60)

    async def do_bomb(self, talk: Talk, *_: str) -> None:
        body = gzip.compress(b"\0" * BIG)
        talk.writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        if talk.request.method != "HEAD":
            talk.writer.write(body)
        await talk.writer.drain()

    async def do_flaky(self, talk: Talk, code: str, times: str, *_: str) -> None:
        done = self._count(talk.request.target) > int(times)
        await talk.answer("200 OK" if done else f"{code} Busy")

    async def do_limited(self, talk: Talk, times: str, seconds: str, *_: str) -> None:
        """429 with `Retry-After`, so many times for the whole host."""
        if self._count("limited " + talk.request.host) > int(times):
            await talk.answer("200 OK")
        else:
            await talk.answer("429 Too Many Requests", [f"Retry-After: {unquote(seconds)}"])

    async def do_arxiv(self, talk: Talk, *_: str) -> None:
        if self.api_down:
            await talk.answer("503 Service Unavailable")
            return
        ids = parse_qs(urlsplit(talk.request.target).query)["id_list"][0].split(",")
        if self.refused_papers & set(ids):
            await talk.answer("400 Bad Request")
            return
        known = [one for one in ids if one in self.papers]
        entries = "".join(
            f"<entry><id>http://arxiv.org/abs/{one}v{self.papers[one]}</id><title>A &lt;id&gt;</title></entry>"
            for one in known
        )
        total = len(known) if self.total_papers is None else self.total_papers
        feed = f'<?xml version="1.0"?><feed><id>http://arxiv.org/api/x</id><os:totalResults a="b">{total}</os:totalResults>'
        await talk.answer("200 OK", body=f"{feed}{entries}</feed>".encode())

    async def do_handles(self, talk: Talk, *parts: str) -> None:
        if self.api_down:
            await talk.answer("500 Internal Server Error")
            return
        doi = unquote("/".join(parts))
        known = doi in self.dois
        body = json.dumps({"responseCode": 1 if known else 100, "handle": doi}).encode()
        await talk.answer("200 OK" if known else "404 Not Found", body=body)


async def _listen(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    tls: ssl.SSLContext | None = None,
) -> tuple[int, list[asyncio.Server]]:
    """The same port on every host."""
    first, *rest = (f"127.0.0.{host}" for host in range(1, HOSTS + 1))
    while True:
        servers = [await asyncio.start_server(talk, first, 0, ssl=tls, backlog=500)]
        port = servers[0].sockets[0].getsockname()[1]
        try:
            for host in rest:
                servers.append(await asyncio.start_server(talk, host, port, ssl=tls, backlog=500))  # noqa: PERF401
        except OSError:
            for server in servers:
                server.close()
        else:
            return port, servers


async def _head(reader: asyncio.StreamReader) -> str | None:
    try:
        if (first := await reader.readexactly(1)) == b"\x16":
            return first.decode()
        head = first + await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    return re.sub(r"[^\x00-\xff]", "?", head.decode("latin-1")).removesuffix("\r\n\r\n")


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


def _tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "server.pem")
        path.write_text(KEY + CERTIFICATE, encoding="ascii")
        context.load_cert_chain(path)
    return context
