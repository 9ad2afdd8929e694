"""The ground under the HTTP client: sockets that are opened only to addresses that may be asked."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any

import httpcore

from listlint.links.failures import Cause, RequestError, from_socket, from_tls
from listlint.links.networks import is_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.links.options import LinkOptions
    from listlint.links.resolver import Resolver

__all__ = ["GuardedNetwork"]

_TRIED = 4
_WINDOW = 1 << 15


class SocketStream(httpcore.AsyncNetworkStream):
    """An open connection. Closing aborts it: what a server still wants to send is of no interest."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's interface
        try:
            if timeout is None:
                return await self._reader.read(max_bytes)
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's interface
        try:
            if buffer:
                self._writer.write(buffer)
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
            return self._reader.at_eof() or self._writer.transport.is_closing()
        return self._writer.get_extra_info(info)


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to a host through an address that was looked up, checked and then used: nothing lies between.

    `trusted` names the hosts whose addresses are not checked: the user's own proxies.
    """

    def __init__(self, options: LinkOptions, resolver: Resolver, trusted: frozenset[str]) -> None:
        self._options = options
        self._resolver = resolver
        self._trusted = trusted

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        del local_address, socket_options
        seconds = timeout or self._options.connect_timeout
        addresses = self.permitted(host, await self._resolver.addresses(host))
        failure = RequestError(Cause.CONNECT, "host cannot be reached")
        for place, address in enumerate(addresses[:_TRIED]):
            is_last = place + 1 == len(addresses[:_TRIED])
            try:
                async with asyncio.timeout(seconds if is_last else min(seconds, 3.0)):
                    return SocketStream(*await asyncio.open_connection(address, port, limit=_WINDOW))
            except TimeoutError:
                failure = RequestError(Cause.TIMEOUT, f"no connection within {seconds:g} s")
            except OSError as error:
                failure = from_socket(error)
        raise failure

    def permitted(self, host: str, addresses: list[str]) -> list[str]:
        """Those of a host's addresses that may be asked; raises RequestError where none may."""
        if self._options.allow_private or host in self._trusted:
            return addresses
        open_ones = [one for one in addresses if is_allowed(one, self._options.allow_networks)]
        if not open_ones:
            raise RequestError(Cause.CLOSED_ADDRESS, "leads to a private address, which is not asked")
        return open_ones
