"""The ground under the HTTP client: sockets that are opened only to addresses that may be asked."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any, Self

import httpcore

from listlint.links.failures import Cause, RequestError, from_socket, from_tls
from listlint.links.networks import is_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.links.options import LinkOptions
    from listlint.links.resolver import Resolver

__all__ = ["GuardedNetwork"]

_TRIED = 4
_LITTLE = 3.0
_WINDOW = 1 << 15


class _Reader(asyncio.StreamReader):
    """Counts what came in, so that bytes which nobody asked for are noticed."""

    received = 0

    def feed_data(self, data: bytes) -> None:  # type: ignore[override]  # transports give bytes
        self.received += len(data)
        super().feed_data(data)


class SocketStream(httpcore.AsyncNetworkStream):
    """An open connection. Closing aborts it: what a server still wants to send is of no interest."""

    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._read = 0

    @classmethod
    async def connect(cls, address: str, port: int) -> Self:
        """A connection to an IP address; raises OSError."""
        loop = asyncio.get_running_loop()
        reader = _Reader(limit=_WINDOW, loop=loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
        transport, _ = await loop.create_connection(lambda: protocol, address, port)
        return cls(reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's interface
        try:
            if timeout is None:
                data = await self._reader.read(max_bytes)
            else:
                async with asyncio.timeout(timeout):
                    data = await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError from error
        self._read += len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's interface
        try:
            self._writer.write(buffer)
            if timeout is None:
                await self._writer.drain()
            else:
                async with asyncio.timeout(timeout):
                    await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError from error

    async def aclose(self) -> None:
        self._writer.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except TimeoutError:
            await self.aclose()
            raise RequestError(Cause.TIMEOUT, f"TLS handshake timed out after {timeout:g} s") from None
        except ssl.SSLError as error:
            await self.aclose()
            raise from_tls(error) from None
        except OSError as error:
            await self.aclose()
            raise from_socket(error) from None
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            unasked = self._reader.received != self._read
            return unasked or self._reader.at_eof() or self._writer.transport.is_closing()
        return self._writer.get_extra_info(info)


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to a host through an address that was looked up, checked and then used: nothing lies between."""

    def __init__(self, options: LinkOptions, resolver: Resolver) -> None:
        self._options = options
        self._resolver = resolver

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        del local_address, socket_options
        addresses = self.permitted(await self._resolver.addresses(host))
        return await _connect(addresses, port, timeout or self._options.connect_timeout)

    async def connect_to_proxy(self, host: str, port: int) -> httpcore.AsyncNetworkStream:
        """A connection to the user's own proxy, which may well have a private address."""
        return await _connect(await self._resolver.addresses(host), port, self._options.connect_timeout)

    def permitted(self, addresses: list[str]) -> list[str]:
        """Those of a host's addresses that may be asked; raises RequestError where none may."""
        if self._options.allow_private:
            return addresses
        open_ones = [one for one in addresses if is_allowed(one, self._options.allow_networks)]
        if not open_ones:
            raise RequestError(Cause.CLOSED_ADDRESS, "leads to a private address, which is not asked")
        return open_ones


async def _connect(addresses: list[str], port: int, seconds: float) -> SocketStream:
    """A connection to the first address that takes one; all but the last are given little time."""
    tried = addresses[:_TRIED]
    failure = RequestError(Cause.CONNECT, "host cannot be reached")
    for address in tried:
        patience = seconds if address == tried[-1] else min(seconds, _LITTLE)
        try:
            async with asyncio.timeout(patience):
                return await SocketStream.connect(address, port)
        except TimeoutError:
            failure = RequestError(Cause.TIMEOUT, f"no connection within {seconds:g} s")
        except OSError as error:
            failure = from_socket(error)
    raise failure
