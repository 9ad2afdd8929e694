"""Open connections, kept for the next question, directly or through a proxy.

httpcore's single connections are used without its pool, which costs two milliseconds of work a request: four times
what all the rest does.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

import httpcore

from listlint.links.failures import Cause, RequestError
from listlint.links.resolver import literal_address

if TYPE_CHECKING:
    import ssl

    from listlint.links.addresses import Address
    from listlint.links.network import GuardedNetwork
    from listlint.links.options import LinkOptions
    from listlint.links.proxies import Proxies, Proxy

__all__ = ["Connections", "Route"]

_IDLE_SECONDS = 15.0
_PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")

Place = tuple[str, str, int]


class Route(NamedTuple):
    """How a request travels: the connection, what it asks there, and whether the connection was used before."""

    connection: httpcore.AsyncHTTP11Connection
    url: httpcore.URL
    headers: list[tuple[bytes, bytes]]
    used: bool
    place: Place


class Connections:
    """At most `2 * concurrency` idle connections; the host that was asked longest ago loses its own first."""

    def __init__(self, options: LinkOptions, network: GuardedNetwork, proxies: Proxies) -> None:
        self._options = options
        self._network = network
        self._proxies = proxies
        self._idle: OrderedDict[Place, list[tuple[httpcore.AsyncHTTP11Connection, float]]] = OrderedDict()
        self._idle_count = 0
        self._tls: ssl.SSLContext | None = None

    async def route(self, address: Address, *, fresh: bool = False) -> Route:
        """A connection for one request to `address`; raises RequestError. `fresh` takes no used one."""
        proxy = self._proxies.for_address(address)
        if proxy is not None:
            self._refuse_private(address)
        place = (address.scheme, address.host, address.port)
        url, headers = _request_line(address, proxy)
        if not fresh:
            while (idle := await self._take(place)) is not None:
                if not idle.has_expired():
                    return Route(idle, url, headers, used=True, place=place)
                await idle.aclose()
        return Route(await self._open(address, proxy), url, headers, used=False, place=place)

    async def give_back(self, route: Route) -> None:
        """Keep the connection if the answer left it in order, else close it."""
        if not route.connection.is_idle():
            await route.connection.aclose()
            return
        self._idle.setdefault(route.place, []).append((route.connection, time.monotonic()))
        self._idle.move_to_end(route.place)
        self._idle_count += 1
        while self._idle_count > 2 * self._options.concurrency:
            oldest = await self._take(next(iter(self._idle)))
            if oldest is not None:
                await oldest.aclose()

    async def aclose(self) -> None:
        """Close everything that is idle."""
        while self._idle:
            oldest = await self._take(next(iter(self._idle)))
            if oldest is not None:
                await oldest.aclose()

    async def _take(self, place: Place) -> httpcore.AsyncHTTP11Connection | None:
        kept = self._idle.get(place)
        if kept is None:
            return None
        connection, since = kept.pop()
        self._idle_count -= 1
        if not kept:
            del self._idle[place]
        if time.monotonic() - since > _IDLE_SECONDS:
            await connection.aclose()
            return await self._take(place)
        return connection

    def _refuse_private(self, address: Address) -> None:
        """Behind a proxy only the name is known: refuse those that say themselves that they are private."""
        if self._options.allow_private:
            return
        host = address.host
        if (literal := literal_address(host)) is not None:
            self._network.permitted([literal])
        elif "." not in host or host.endswith(_PRIVATE_NAMES):
            raise RequestError(Cause.CLOSED_ADDRESS, "names a private host, which is not asked")

    async def _open(self, address: Address, proxy: Proxy | None) -> httpcore.AsyncHTTP11Connection:
        seconds = self._options.connect_timeout
        if proxy is None:
            stream = await self._network.connect_tcp(address.host, address.port, seconds)
            origin = _origin(address)
        else:
            stream = await self._network.connect_to_proxy(proxy.address.host, proxy.address.port)
            origin = _origin(proxy.address)
            if proxy.address.scheme == "https":
                stream = await stream.start_tls(self._context(), proxy.address.host, seconds)
            if address.scheme == "https":
                stream = await self._tunnel(address, proxy, stream)
                origin = _origin(address)
        if address.scheme == "https":
            stream = await stream.start_tls(self._context(), address.host, seconds)
        return httpcore.AsyncHTTP11Connection(origin, stream)

    async def _tunnel(
        self, address: Address, proxy: Proxy, stream: httpcore.AsyncNetworkStream
    ) -> httpcore.AsyncNetworkStream:
        host = f"[{address.host}]" if ":" in address.host else address.host
        target = f"{host}:{address.port}".encode()
        at_proxy = proxy.address
        url = httpcore.URL(
            scheme=at_proxy.scheme.encode(), host=at_proxy.host.encode(), port=at_proxy.port, target=target
        )
        request = httpcore.Request(b"CONNECT", url, headers=[(b"Host", target), *proxy.headers])
        try:
            answer = await httpcore.AsyncHTTP11Connection(_origin(at_proxy), stream).handle_async_request(
                request
            )
        except (httpcore.ProtocolError, httpcore.NetworkError):
            await stream.aclose()
            raise RequestError(Cause.PROXY, "the proxy broke off") from None
        if not 200 <= answer.status < 300:  # noqa: PLR2004 - the success class of HTTP
            await stream.aclose()
            raise RequestError(Cause.PROXY, f"the proxy refuses with {answer.status}")
        tunnel = answer.extensions["network_stream"]
        if not isinstance(tunnel, httpcore.AsyncNetworkStream):
            raise RequestError(Cause.PROXY, "the proxy opens no tunnel")
        return tunnel

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpcore.default_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls


def _origin(address: Address) -> httpcore.Origin:
    return httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port)


def _request_line(address: Address, proxy: Proxy | None) -> tuple[httpcore.URL, list[tuple[bytes, bytes]]]:
    """What is asked on the connection: the whole address where a proxy reads it, else the path."""
    if proxy is None or address.scheme == "https":
        at, target, headers = address, address.target, []
    else:
        at, target, headers = proxy.address, address.url, proxy.headers
    url = httpcore.URL(scheme=at.scheme.encode(), host=at.host.encode(), port=at.port, target=target.encode())
    return url, [(b"Host", address.netloc.encode()), *headers]
