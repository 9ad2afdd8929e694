"""Identifiers are asked at their own services."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from link_server import LinkServer
from listlint.links import LinkOptions, check_links
from listlint.links.arxiv import Feed, read_feed
from listlint.links.dois import is_registered
from listlint.links.exchange import Answer
from listlint.links.identifiers import ArxivLink, DoiLink, identify
from listlint.links.visits import Knowledge
from listlint.outside import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.outside import LinkVerdict

ALIVE, DEAD, UNKNOWN = LinkStatus.ALIVE, LinkStatus.DEAD, LinkStatus.UNKNOWN


@pytest.fixture
def web() -> Iterator[LinkServer]:
    with LinkServer() as server:
        yield server


def ask(web: LinkServer, *urls: str, **changes: object) -> list[LinkVerdict]:
    options = LinkOptions(
        timeout=1.0,
        deadline=10.0,
        spacing=0.0,
        retries=1,
        backoff=0.02,
        arxiv_spacing=0.0,
        arxiv_api=web.url("/arxiv/query"),
        doi_api=web.url("/handles", 2),
        allow_private=True,
        proxies=(),
        resolve=lambda _: ["127.0.0.1"],
    )
    found = check_links(urls, dataclasses.replace(options, **changes))
    return [found[url] for url in urls]


def arxiv(number: int) -> str:
    return f"{2001 + number // 9000:04}.{number % 9000 + 10000:05}"


def test_a_hundred_papers_a_request(web: LinkServer) -> None:
    web.papers = {arxiv(number): 1 for number in range(500)}
    urls = [f"https://arxiv.org/{form}/{one}" for one in web.papers for form in ("abs", "pdf")]
    assert {one.status for one in ask(web, *urls)} == {ALIVE}
    assert len(web.seen) == 5
    assert all(one.target.count("%2C") + one.target.count(",") == 99 for one in web.seen)


def test_what_arxiv_does_not_have_is_dead(web: LinkServer) -> None:
    web.papers = {"2401.00001": 3, "hep-th/9901001": 1}
    urls = {
        "https://arxiv.org/abs/2401.00001": ALIVE,
        "http://arxiv.org/pdf/2401.00001v3.pdf": ALIVE,
        "https://arxiv.org/abs/2401.00001v4": DEAD,
        "https://export.arxiv.org/abs/hep-th/9901001": ALIVE,
        "https://doi.org/10.48550/arXiv.2401.00001": ALIVE,
        "https://arxiv.org/abs/2401.00002": DEAD,
    }
    assert dict(zip(urls, (one.status for one in ask(web, *urls)), strict=True)) == urls
    assert len(web.seen) == 1


def test_requests_to_arxiv_are_spaced(web: LinkServer) -> None:
    web.papers = {arxiv(number): 1 for number in range(30)}
    ask(web, *(f"https://arxiv.org/abs/{one}" for one in web.papers), arxiv_batch=10, arxiv_spacing=0.15)
    times = [one.at for one in web.seen]
    assert len(times) == 3
    assert times[-1] - times[0] > 0.2  # a busy server sees the first one late


def test_a_refused_batch_is_bisected(web: LinkServer) -> None:
    web.papers = {arxiv(number): 1 for number in range(64)}
    bad = arxiv(37)
    web.refused_papers = {bad}
    urls = [f"https://arxiv.org/abs/{one}" for one in web.papers]
    found = dict(zip(web.papers, ask(web, *urls, proxies=(("https", web.url("", 3)),)), strict=True))
    assert found.pop(bad).status is UNKNOWN  # asked itself, through a proxy that gets no further
    assert {one.status for one in found.values()} == {ALIVE}
    assert len(web.hits("/arxiv")) == 1 + 2 * 6


def test_an_api_that_is_down_is_no_evidence(web: LinkServer) -> None:
    web.api_down = True
    urls = [f"https://arxiv.org/abs/{arxiv(number)}" for number in range(300)]
    found = ask(web, *urls, "https://doi.org/10.1145/1.2")
    assert {one.reason for one in found} == {
        "arXiv's API: 503 Service Unavailable",
        "doi.org's registry: 500 Internal Server Error",
    }
    assert {one.status for one in found} == {UNKNOWN}
    assert len(web.hits("/arxiv")) == 2


def test_an_answer_cut_short_is_no_evidence(web: LinkServer) -> None:
    web.papers = {"2401.00001": 1}
    web.total_papers = 2
    there, missing = ask(web, "https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00002")
    assert (there.status, missing.status) == (ALIVE, UNKNOWN)


def test_an_empty_answer_is_asked_for_twice(web: LinkServer) -> None:
    (verdict,) = ask(web, "https://arxiv.org/abs/2401.00001")
    assert verdict.status is DEAD
    assert len(web.seen) == 2


def test_dois_are_asked_at_their_registry(web: LinkServer) -> None:
    web.dois = {"10.1145/3600006.3613165", "10.1000/a(b)<c>;d"}
    urls = {
        "https://doi.org/10.1145/3600006.3613165": ALIVE,
        "http://dx.doi.org/10.1145/3600006.3613165": ALIVE,
        "https://dl.acm.org/doi/10.1145/3600006.3613165": ALIVE,
        "https://doi.org/10.1145/3600006.9999999": DEAD,
        "https://doi.org/10.1000/a(b)%3Cc%3E;d": ALIVE,
    }
    assert dict(zip(urls, (one.status for one in ask(web, *urls)), strict=True)) == urls
    assert {one.host for one in web.seen} == {"127.0.0.2"}


def test_a_publisher_has_the_last_word_on_its_own_pages(web: LinkServer) -> None:
    url = "https://dl.acm.org/doi/10.1145/3600006.9999999"
    (verdict,) = ask(web, url, proxies=(("https", web.url("", 3)),))
    assert verdict.status is UNKNOWN
    assert {one.host for one in web.seen} == {"127.0.0.2", "127.0.0.3"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://arxiv.org/abs/2401.00001v2", ArxivLink("", "2401.00001", 2)),
        ("https://arxiv.org/abs/2413.00001", None),
        ("https://arxiv.org/list/cs.CL/recent", None),
        ("https://huggingface.co/papers/2401.00001", None),
        ("https://example.org/arxiv/abs/2401.00001", None),
        ("https://doi.org/10.1145/3600006.3613165", DoiLink("", "10.1145/3600006.3613165", is_doi=True)),
        ("https://github.com/a/b", None),
    ],
)
def test_who_answers_for_a_link(url: str, expected: ArxivLink | DoiLink | None) -> None:
    found = identify(url, Knowledge())
    assert (found and found._replace(key="")) == expected


@pytest.mark.parametrize(
    ("body", "feed"),
    [
        (b"<feed></feed>", Feed({}, whole=True)),
        (
            b"<feed><entry><id>http://arxiv.org/abs/2401.00001v12</id></entry></feed>",
            Feed({"2401.00001": 12}, whole=True),
        ),
        (
            b"<feed><entry><id>http://arxiv.org/abs/math.GT/0309136v1</id></entry></feed>",
            Feed({"math/0309136": 1}, whole=True),
        ),
        (b"<feed><entry><id>http://arxiv.org/api/errors#incorrect_id</id></entry></feed>", None),
        (b"<html>Rate exceeded.</html>", None),
        (b"", None),
        (b"\x1f\x8b\x08binary", None),
    ],
)
def test_feeds(body: bytes, feed: Feed | None) -> None:
    assert read_feed(body) == feed


@pytest.mark.parametrize(
    ("body", "registered"),
    [
        (b'{"responseCode": 1}', True),
        (b'{"responseCode": 200}', True),
        (b'{"responseCode": 100}', False),
        (b'{"responseCode": 2}', None),
        (b'{"responseCode": "1"}', None),
        (b"[]", None),
        (b"[" * 100_000, None),
        (b"<html>", None),
        (None, None),
    ],
)
def test_what_the_registry_says(body: bytes | None, registered: bool | None) -> None:
    assert is_registered(Answer(200, body=body)) is registered
