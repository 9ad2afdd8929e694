"""The head of an answer: a status and a few header fields, from servers good and bad.

A link's verdict hangs on these few bytes alone. Reading just them takes a sixth of the work of a complete HTTP
parser, which matters for ten thousand links, and forgives header bytes that no standard allows.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import NamedTuple

import httpcore

from listlint.links.failures import Cause, RequestError

__all__ = ["Head", "parse_head", "read_head"]

_MOST = 1 << 16
_DRAINED = 1 << 14
_LITTLE = 0.2
_START = b"HTTP/1."
_STATUS = re.compile(rb"HTTP/1\.([01])[ ]+([1-9][0-9]{2})(?![0-9])")
_END = re.compile(rb"\r?\n\r?\n")
_NO_BODY = frozenset({204, 304})
_INTERIM = (100, 102, 103)


class Head(NamedTuple):
    """`fields` has each field's first value under its lower-case name; `keeps_open` is what the server promises."""

    status: int
    fields: dict[bytes, bytes]
    keeps_open: bool


def parse_head(data: bytes) -> Head | None:
    """The head that `data` is, without its empty line; None where it is none."""
    first, *lines = data.split(b"\n")
    status = _STATUS.match(first)
    if status is None:
        return None
    fields: dict[bytes, bytes] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    closes = b"close" in fields.get(b"connection", b"").lower()
    return Head(int(status[2]), fields, status[1] == b"1" and not closes)


async def read_head(stream: httpcore.AsyncNetworkStream, method: str) -> tuple[Head, bool]:
    """The answer to a request just sent, and whether the stream can take another one; raises RequestError."""
    data = bytearray()
    while True:
        end = await _read_to_empty_line(stream, data)
        head = parse_head(bytes(data[: end.start()]))
        if head is None:
            raise RequestError(Cause.BROKEN, "the answer is not HTTP")
        del data[: end.end()]
        if head.status not in _INTERIM:
            return head, head.keeps_open and await _is_at_end(stream, head, method, len(data))


async def _read_to_empty_line(stream: httpcore.AsyncNetworkStream, data: bytearray) -> re.Match[bytes]:
    seen = 0
    while (end := _END.search(data, max(0, seen - 3))) is None:
        seen = len(data)
        if seen > _MOST or not data.startswith(_START[:seen]):
            raise RequestError(Cause.BROKEN, "the answer is not HTTP")
        piece = await stream.read(_MOST)
        if not piece:
            raise RequestError(Cause.BROKEN, "connection closed without an answer")
        data += piece
    return end


async def _is_at_end(stream: httpcore.AsyncNetworkStream, head: Head, method: str, had: int) -> bool:
    """Whether the body is over, after reading a short one; `had` bytes of it came with the head."""
    if method == "HEAD" or head.status in _NO_BODY:
        return had == 0
    length = head.fields.get(b"content-length", b"")
    if b"transfer-encoding" in head.fields or not length.isdigit() or len(length) > len(str(_DRAINED)):
        return False
    left = int(length) - had
    return left == 0 or (0 < left <= _DRAINED and await _drain(stream, left))


async def _drain(stream: httpcore.AsyncNetworkStream, left: int) -> bool:
    """Whether the rest of a body came at once; how it fares says nothing about the link."""
    with suppress(TimeoutError, httpcore.ReadError):
        async with asyncio.timeout(_LITTLE):
            while left > 0 and (piece := await stream.read(left)):
                left -= len(piece)
    return left == 0
