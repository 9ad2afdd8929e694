"""One question and the head of its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import httpcore

from listlint.links.connections import origin_of, url_of
from listlint.links.failures import Cause, RequestError
from listlint.links.heads import read_head

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from listlint.links.addresses import Address
    from listlint.links.connections import Connections, Route
    from listlint.links.options import LinkOptions

__all__ = ["Answer", "Exchange"]

_MOST_SECONDS = 1e9


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `retry_after` is seconds; `body` is None unless it was asked for and came whole."""

    status: int
    location: str | None = None
    retry_after: float | None = None
    body: bytes | None = None


class Exchange:
    """Asks over HTTP/1.1. Bodies are never decoded, and mostly not even read."""

    def __init__(self, options: LinkOptions, connections: Connections) -> None:
        self._options = options
        self._connections = connections
        self._headers = [
            (b"User-Agent", options.user_agent.encode("ascii", "replace")),
            (b"Accept", b"text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"),
            (b"Accept-Encoding", b"identity"),
        ]

    async def ask(self, address: Address, method: str) -> Answer:
        """The answer to one request, redirects not followed; raises RequestError within the request's deadline."""
        return await self._in_time(self._ask(address, method, 0))

    async def fetch(self, address: Address, cap: int) -> Answer:
        """The answer with its body, unless that is longer than `cap` bytes or does not come whole."""
        return await self._in_time(self._ask(address, "GET", cap))

    async def _in_time(self, asking: Coroutine[None, None, Answer]) -> Answer:
        seconds = self._options.timeout
        try:
            async with asyncio.timeout(seconds):
                return await asking
        except TimeoutError:
            raise RequestError(Cause.TIMEOUT, f"timed out after {seconds:g} s") from None
        except ValueError:  # a host name that the system's own rules refuse
            raise RequestError(Cause.LOOKUP, "its host's name cannot be used") from None

    async def _ask(self, address: Address, method: str, cap: int) -> Answer:
        route = await self._connections.route(address)
        try:
            return await self._ask_on(route, method, cap)
        except RequestError:
            if not route.used:
                raise
        # A kept connection may have been closed by the server in the meantime: no fault of the link.
        return await self._ask_on(await self._connections.route(address, fresh=True), method, cap)

    async def _ask_on(self, route: Route, method: str, cap: int) -> Answer:
        usable = False
        try:
            if cap:
                answer, usable = await self._fetch_on(route, cap)
            else:
                answer, usable = await self._ask_head_on(route, method)
        except (httpcore.ReadError, httpcore.WriteError):
            raise RequestError(Cause.BROKEN, "connection reset") from None
        except httpcore.ProtocolError:
            raise RequestError(Cause.BROKEN, "the answer is not HTTP") from None
        finally:
            if usable:
                await self._connections.keep(route)
            else:
                await route.stream.aclose()
        return answer

    async def _ask_head_on(self, route: Route, method: str) -> tuple[Answer, bool]:
        lines = [b"%s: %s\r\n" % field for field in (*route.headers, *self._headers)]
        request = b"%s %s HTTP/1.1\r\n%s\r\n" % (method.encode(), route.target.encode(), b"".join(lines))
        with suppress(httpcore.WriteError):  # the server may have answered before it closed
            await route.stream.write(request)
        head, usable = await read_head(route.stream, method)
        return _answer(head.status, head.fields), usable

    async def _fetch_on(self, route: Route, cap: int) -> tuple[Answer, bool]:
        connection = httpcore.AsyncHTTP11Connection(origin_of(route.at), route.stream)
        url = url_of(route.at, route.target.encode())
        request = httpcore.Request(b"GET", url, headers=[*route.headers, *self._headers])
        response = await connection.handle_async_request(request)
        body = await _read_body(response, cap)
        await response.aclose()
        fields = {name.lower(): value for name, value in response.headers}
        return replace(_answer(response.status, fields), body=body), connection.is_idle()


def _answer(status: int, fields: Mapping[bytes, bytes]) -> Answer:
    location = fields.get(b"location")
    return Answer(status, _text(location) if location else None, _seconds(fields.get(b"retry-after")))


async def _read_body(response: httpcore.Response, cap: int) -> bytes | None:
    body = bytearray()
    stream = response.stream
    if not isinstance(stream, AsyncIterable):
        return None
    async for piece in stream:
        body += piece
        if len(body) > cap:
            return None
    return bytes(body)


def _text(value: bytes) -> str:
    """A header's text: UTF-8 where it is, else each byte a character."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _seconds(value: bytes | None) -> float | None:
    """A `Retry-After`: seconds, or a date from which they are counted."""
    if value is None:
        return None
    text = _text(value).strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _MOST_SECONDS)
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
