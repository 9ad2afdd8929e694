"""The heads of answers, and settings."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.links import LinkOptions
from listlint.links.failures import RequestError
from listlint.links.heads import Head, parse_head, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable


@pytest.mark.parametrize(
    ("data", "head"),
    [
        (b"HTTP/1.1 200 OK", Head(200, {}, keeps_open=True)),
        (b"HTTP/1.0 200 OK", Head(200, {}, keeps_open=False)),
        (b"HTTP/1.1 404", Head(404, {}, keeps_open=True)),
        (
            b"HTTP/1.1  301  Moved\r\nLOCATION:  /a \r\nlocation: /b",
            Head(301, {b"location": b"/a"}, keeps_open=True),
        ),
        (b"HTTP/1.1 200 OK\r\nConnection: Close", Head(200, {b"connection": b"Close"}, keeps_open=False)),
        (
            b"HTTP/1.1 200 \xff\xfe\nA b\xff: \x80\nno colon",
            Head(200, {b"a b\xff": b"\x80"}, keeps_open=True),
        ),
        (b"HTTP/1.1 2000 OK", None),
        (b"HTTP/1.1 099 OK", None),
        (b"HTTP/2 200", None),
        (b"ICY 200 OK", None),
        (b"", None),
    ],
)
def test_heads(data: bytes, head: Head | None) -> None:
    assert parse_head(data) == head


class Pieces(httpcore.AsyncNetworkStream):
    """A stream that gives what it was given."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = [piece for piece in pieces if piece]

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's interface
        del timeout
        if not self.pieces:
            return b""
        piece, self.pieces[0] = self.pieces[0][:max_bytes], self.pieces[0][max_bytes:]
        if not self.pieces[0]:
            del self.pieces[0]
        return piece


def read(pieces: Iterable[bytes], method: str = "GET") -> tuple[Head, bool]:
    return asyncio.run(read_head(Pieces(pieces), method))


LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"


@given(st.lists(st.integers(0, len(EARLY + LONG)), max_size=6))
def test_packets_make_no_difference(cuts: list[int]) -> None:
    data, places = EARLY + LONG, [0, *sorted(cuts), len(EARLY + LONG)]
    head, usable = read(data[start:end] for start, end in itertools.pairwise(places))
    assert (head.status, head.fields, usable) == (200, {b"content-length": b"5"}, True)


@pytest.mark.parametrize(
    ("data", "method", "usable"),
    [
        (LONG, "GET", True),
        (LONG, "HEAD", False),
        (LONG + b"more", "GET", False),
        (LONG[:-1], "GET", False),
        (LONG.partition(b"hello")[0], "HEAD", True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "GET", True),
        (b"HTTP/1.1 200 OK\r\n\r\n", "GET", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n", "GET", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 17000\r\n\r\n", "GET", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "GET", False),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET",
            False,
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "GET", False),
    ],
)
def test_a_connection_is_kept_only_where_the_body_is_surely_over(
    data: bytes, method: str, usable: bool
) -> None:
    assert read([data], method)[1] is usable


@pytest.mark.parametrize(
    "data", [b"", b"HTTP/1.1 200 OK\r\nA: b", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a" * 70000]
)
def test_what_is_no_head_is_refused(data: bytes) -> None:
    with pytest.raises(RequestError):
        read([data])


@given(st.binary(max_size=200))
def test_any_bytes_give_a_head_or_a_refusal(data: bytes) -> None:
    for start in (b"", b"HTTP/1.1 200 OK\r\n"):
        try:
            head, _ = read([start + data])
        except RequestError:
            continue
        assert 100 <= head.status <= 999


@pytest.mark.parametrize(
    "settings",
    [
        {"concurrency": 0},
        {"per_host": -1},
        {"timeout": 0},
        {"retries": -1},
        {"arxiv_api": "ftp://example.org"},
        {"user_agent": "a\r\nX-Evil: 1"},
        {"allow_networks": ("10.0.0.0/99",)},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r'^"|^.10\.0'):
        LinkOptions(**settings)
