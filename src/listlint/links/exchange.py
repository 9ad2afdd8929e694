"""One question and the head of its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore

from listlint.links.failures import Cause, RequestError

if TYPE_CHECKING:
    from listlint.links.addresses import Address
    from listlint.links.connections import Connections, Route
    from listlint.links.options import LinkOptions

__all__ = ["Answer", "Exchange"]

_DRAINED = 1 << 14
_MOST_SECONDS = 1e9


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `retry_after` is seconds; `body` is None unless it was asked for and came whole."""

    status: int
    location: str | None = None
    retry_after: float | None = None
    body: bytes | None = None


class Exchange:
    """Asks over HTTP/1.1. Bodies are read up to a cap, never decoded, and mostly not at all."""

    def __init__(self, options: LinkOptions, connections: Connections) -> None:
        self._options = options
        self._connections = connections
        self._headers = [
            (b"User-Agent", options.user_agent.encode("ascii", "replace")),
            (b"Accept", b"text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"),
            (b"Accept-Encoding", b"identity"),
        ]

    async def ask(self, address: Address, method: str, body_cap: int = 0) -> Answer:
        """The answer to one request, redirects not followed; raises RequestError within the request's deadline."""
        seconds = self._options.timeout
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(address, method.encode(), body_cap)
        except TimeoutError:
            raise RequestError(Cause.TIMEOUT, f"timed out after {seconds:g} s") from None

    async def _ask(self, address: Address, method: bytes, body_cap: int) -> Answer:
        route = await self._connections.route(address)
        try:
            return await self._ask_on(route, method, body_cap)
        except RequestError:
            if not route.used:
                raise
        # A kept connection may have been closed by the server in the meantime: no fault of the link.
        return await self._ask_on(await self._connections.route(address, fresh=True), method, body_cap)

    async def _ask_on(self, route: Route, method: bytes, body_cap: int) -> Answer:
        request = httpcore.Request(method, route.url, headers=[*route.headers, *self._headers])
        try:
            response = await route.connection.handle_async_request(request)
            answer = await _read(response, method, body_cap)
            await response.aclose()
        except (httpcore.ReadError, httpcore.WriteError):
            raise RequestError(Cause.BROKEN, "connection reset") from None
        except httpcore.RemoteProtocolError as error:
            dropped = "without sending" in str(error)
            reason = "connection closed without an answer" if dropped else "the answer is not HTTP"
            raise RequestError(Cause.BROKEN, reason) from None
        finally:
            await self._connections.give_back(route)
        return answer


async def _read(response: httpcore.Response, method: bytes, body_cap: int) -> Answer:
    found = {name.lower(): value for name, value in response.headers}
    body = None
    with suppress(ValueError):
        length = int(found.get(b"content-length", b"-1"))
        if method == b"HEAD" or body_cap or 0 <= length <= _DRAINED:
            body = await _read_body(response, body_cap or _DRAINED)
    location = found.get(b"location")
    return Answer(
        response.status,
        _text(location) if location else None,
        _seconds(found.get(b"retry-after")),
        body if body_cap else None,
    )


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
