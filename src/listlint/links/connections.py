"""Open connections, kept for the next question, directly or through a proxy."""

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

__all__ = ["Connections", "Route", "origin_of", "url_of"]

_IDLE_SECONDS = 15.0
_OTHER_FILES = 64
_PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")

Place = tuple[str, str, int]


class Route(NamedTuple):
    """How a request travels: the stream, what is asked there, and whether the stream was used before.

    `at` is whoever reads the request: the host itself, or the proxy.
    """

    stream: httpcore.AsyncNetworkStream
    at: Address
    target: str
    headers: list[tuple[bytes, bytes]]
    used: bool
    place: Place


class Connections:
    """Keeps as many idle connections as the system allows; the host asked longest ago loses its own first."""

    def __init__(self, options: LinkOptions, network: GuardedNetwork, proxies: Proxies) -> None:
        self._options = options
        self._network = network
        self._proxies = proxies
        self._idle: OrderedDict[Place, list[tuple[httpcore.AsyncNetworkStream, float]]] = OrderedDict()
        self._idle_count = 0
        self._most_idle = _most_idle(options.concurrency)
        self._tls: ssl.SSLContext | None = None

    async def route(self, address: Address, *, fresh: bool = False) -> Route:
        """A connection for one request to `address`; raises RequestError. `fresh` takes no used one."""
        proxy = self._proxies.for_address(address)
        if proxy is not None:
            self._refuse_private(address)
        at, target, headers = _request_line(address, proxy)
        place = (address.scheme, address.host, address.port)
        if not fresh:
            while (idle := await self._take(place)) is not None:
                if not idle.get_extra_info("is_readable"):
                    return Route(idle, at, target, headers, used=True, place=place)
                await idle.aclose()
        return Route(await self._open(address, proxy), at, target, headers, used=False, place=place)

    async def keep(self, route: Route) -> None:
        """Take back a connection that can be used again."""
        self._idle.setdefault(route.place, []).append((route.stream, time.monotonic()))
        self._idle.move_to_end(route.place)
        self._idle_count += 1
        while self._idle_count > self._most_idle:
            oldest = await self._take(next(iter(self._idle)))
            if oldest is not None:
                await oldest.aclose()

    async def aclose(self) -> None:
        """Close everything that is idle."""
        while self._idle:
            oldest = await self._take(next(iter(self._idle)))
            if oldest is not None:
                await oldest.aclose()

    async def _take(self, place: Place) -> httpcore.AsyncNetworkStream | None:
        kept = self._idle.get(place)
        if kept is None:
            return None
        stream, since = kept.pop()
        self._idle_count -= 1
        if not kept:
            del self._idle[place]
        if time.monotonic() - since > _IDLE_SECONDS:
            await stream.aclose()
            return await self._take(place)
        return stream

    def _refuse_private(self, address: Address) -> None:
        """Behind a proxy only the name is known: refuse those that say themselves that they are private."""
        if self._options.allow_private:
            return
        host = address.host
        if (literal := literal_address(host)) is not None:
            self._network.permitted([literal])
        elif "." not in host or host.endswith(_PRIVATE_NAMES):
            raise RequestError(Cause.CLOSED_ADDRESS, "names a private host, which is not asked")

    async def _open(self, address: Address, proxy: Proxy | None) -> httpcore.AsyncNetworkStream:
        seconds = self._options.connect_timeout
        if proxy is None:
            stream = await self._network.connect_tcp(address.host, address.port, seconds)
        else:
            stream = await self._network.connect_to_proxy(proxy.address.host, proxy.address.port)
            if proxy.address.scheme == "https":
                stream = await stream.start_tls(self._context(), proxy.address.host, seconds)
            if address.scheme == "https":
                stream = await self._tunnel(address, proxy, stream)
        if address.scheme == "https":
            stream = await stream.start_tls(self._context(), address.host, seconds)
        return stream

    async def _tunnel(
        self, address: Address, proxy: Proxy, stream: httpcore.AsyncNetworkStream
    ) -> httpcore.AsyncNetworkStream:
        host = f"[{address.host}]" if ":" in address.host else address.host
        target = f"{host}:{address.port}".encode()
        request = httpcore.Request(
            b"CONNECT", url_of(proxy.address, target), headers=[(b"Host", target), *proxy.headers]
        )
        try:
            connection = httpcore.AsyncHTTP11Connection(origin_of(proxy.address), stream)
            answer = await connection.handle_async_request(request)
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


def _most_idle(concurrency: int) -> int:
    """Four for each request under way, unless the system lets a process open fewer files."""
    try:
        import resource
    except ImportError:  # Windows
        return concurrency
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * concurrency
    return wanted if files < 0 else max(0, min(wanted, files - concurrency - _OTHER_FILES))


def origin_of(address: Address) -> httpcore.Origin:
    """The address's host as httpcore has it."""
    return httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port)


def url_of(address: Address, target: bytes) -> httpcore.URL:
    """What is asked of the address's host, as httpcore has it."""
    return httpcore.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=target
    )


def _request_line(address: Address, proxy: Proxy | None) -> tuple[Address, str, list[tuple[bytes, bytes]]]:
    """Who is asked, and for what: a proxy that reads the request for the whole address, else the host for the path."""
    host = (b"Host", address.netloc.encode())
    if proxy is None or address.scheme == "https":
        return address, address.target, [host]
    return proxy.address, address.url, [host, *proxy.headers]
