"""Verdicts, against a real server that plays the web."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from link_server import CERTIFICATE, LinkServer
from listlint.links import LinkOptions, check_links
from listlint.outside import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listlint.outside import LinkVerdict

QUICK = LinkOptions(
    timeout=0.5,
    connect_timeout=0.4,
    deadline=15.0,
    spacing=0.0,
    retries=1,
    backoff=0.02,
    retry_after_cap=2.0,
    allow_private=True,
    proxies=(),
)
ALIVE, DEAD, UNKNOWN = LinkStatus.ALIVE, LinkStatus.DEAD, LinkStatus.UNKNOWN


@pytest.fixture(scope="module")
def web() -> Iterator[LinkServer]:
    with LinkServer() as server:
        yield server


def ask(url: str, **changes: object) -> LinkVerdict:
    return check_links([url], dataclasses.replace(QUICK, **changes))[url]


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/ok", ALIVE, "200 OK"),
        ("/status/204", ALIVE, "204 No Content"),
        ("/status/404", DEAD, "404 Not Found"),
        ("/status/410", DEAD, "410 Gone"),
        ("/status/202", UNKNOWN, "202 Accepted"),
        ("/status/401", UNKNOWN, "401 Unauthorized"),
        ("/status/403", UNKNOWN, "403 Forbidden"),
        ("/status/418", UNKNOWN, "418 I'm a Teapot"),
        ("/status/429", UNKNOWN, "429 Too Many Requests"),
        ("/status/500", UNKNOWN, "500 Internal Server Error"),
        ("/status/503", UNKNOWN, "503 Service Unavailable"),
        ("/status/999", UNKNOWN, "status 999"),
        ("/head-refused/403", ALIVE, "200 OK"),
        ("/head-refused/404", ALIVE, "200 OK"),
        ("/head-refused/405", ALIVE, "200 OK"),
        ("/head-refused/500", ALIVE, "200 OK"),
        ("/head-hangs", ALIVE, "200 OK"),
        ("/slow/0.2", ALIVE, "200 OK"),
        ("/slow/5", UNKNOWN, "timed out after 0.5 s"),
        ("/hang", UNKNOWN, "timed out after 0.5 s"),
        ("/drip", UNKNOWN, "timed out after 0.5 s"),
        ("/endless-headers", UNKNOWN, "the answer is not HTTP"),
        ("/reset", UNKNOWN, "connection reset"),
        ("/half-closed", UNKNOWN, "connection closed without an answer"),
        ("/cut", UNKNOWN, "connection closed without an answer"),
        ("/garbage", UNKNOWN, "the answer is not HTTP"),
        ("/bytes", ALIVE, "200 OK"),
        ("/escape", DEAD, "404 Not Found"),
        ("/big", ALIVE, "200 OK"),
        ("/big-on-get", ALIVE, "200 OK"),
        ("/bomb", ALIVE, "200 OK"),
        ("/stalls", ALIVE, "200 OK"),
        ("/flaky/503/1", ALIVE, "200 OK"),
        ("/flaky/503/9", UNKNOWN, "503 Service Unavailable"),
        ("/chain/302/5", ALIVE, "200 OK"),
        ("/chain/302/40", UNKNOWN, "redirects more than 10 times"),
        ("/loop/0", UNKNOWN, "redirects in a circle"),
        ("/to/302?/status/404", DEAD, "404 Not Found"),
        ("/to/302?/status/403", UNKNOWN, "403 Forbidden"),
        ("/to/302?/login?next=x", UNKNOWN, "leads to a page that wants a login or consent"),
        ("/to/301?ftp://127.0.0.1/x", UNKNOWN, "redirects to an address that is not http or https"),
        ("/to/301?http://[::bad/", UNKNOWN, "redirects to an address that is not http or https"),
        ("/to/301?file:///etc/passwd", UNKNOWN, "redirects to an address that is not http or https"),
        ("/raw-location", ALIVE, "200 OK"),
        ("/status/300", UNKNOWN, "300 Multiple Choices"),
    ],
)
def test_verdict(web: LinkServer, path: str, status: LinkStatus, reason: str) -> None:
    if "login" in path:
        web.do_login = web.do_ok  # type: ignore[attr-defined]
    began = time.monotonic()
    verdict = ask(web.url(path))
    assert (verdict.status, verdict.reason) == (status, reason)
    assert time.monotonic() - began < 10


def test_verdicts_of_addresses_that_cannot_be_asked() -> None:
    urls = [
        "mailto:a@b.org",
        "ftp://example.org/x",
        "docs/a.md",
        "http://",
        "http://[::bad",
        "http://a:99999/",
        "#here",
    ]
    found = check_links(urls, QUICK)
    assert set(found) == set(urls)
    assert {verdict.status for verdict in found.values()} == {UNKNOWN}


def test_head_first_and_get_only_where_needed(web: LinkServer) -> None:
    web.seen.clear()
    ask(web.url("/ok/head-first"))
    ask(web.url("/head-refused/405/then-get"))
    ask(web.url("/status/404/confirmed"))
    assert [one.method for one in web.hits("head-first")] == ["HEAD"]
    assert [one.method for one in web.hits("then-get")] == ["HEAD", "GET"]
    assert [one.method for one in web.hits("confirmed")] == ["HEAD", "GET"]


def test_a_host_that_refuses_head_is_asked_with_get(web: LinkServer) -> None:
    web.seen.clear()
    urls = [web.url(f"/head-refused/405/learn/{number}", 4) for number in range(20)]
    check_links(urls, dataclasses.replace(QUICK, per_host=1))
    assert [one.method for one in web.hits("learn")] == ["HEAD"] + 20 * ["GET"]


def test_connections_are_kept(web: LinkServer) -> None:
    urls = [web.url(f"/closes/{number}", 5) for number in range(30)] + [
        web.url(f"/ok/{number}", 5) for number in range(30)
    ]
    found = check_links(urls, dataclasses.replace(QUICK, retries=0, per_host=2))
    assert {verdict.status for verdict in found.values()} == {ALIVE}


def test_bodies_stay_where_they_are(web: LinkServer) -> None:
    web.sent = 0
    ask(web.url("/big-on-get/unread"))
    time.sleep(0.1)
    assert web.sent < 8 << 20  # what the kernels on both sides buffer


def test_retry_after_lets_the_whole_host_wait(web: LinkServer) -> None:
    web.seen.clear()
    urls = [web.url(f"/limited/1/1/{number}", 3) for number in range(4)]
    found = check_links(urls, dataclasses.replace(QUICK, per_host=1))
    assert {verdict.status for verdict in found.values()} == {ALIVE}
    first, second, *_ = (one.at for one in web.hits("/limited/1/1"))
    assert second - first >= 0.95


@pytest.mark.parametrize("wait", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_retry_after_beyond_the_cap_is_not_waited_for(web: LinkServer, wait: str) -> None:
    began = time.monotonic()
    verdict = ask(web.url(f"/limited/1000000/{wait.replace(' ', '%20')}", 6))
    assert verdict.status is UNKNOWN
    assert verdict.reason.startswith("429 Too Many Requests: wants to be asked after ")
    assert time.monotonic() - began < 10


def test_kinds_of_failure_are_told_apart(
    web: LinkServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert ask("http://127.0.0.1:1/").reason == "connection refused"
    assert ask(f"https://127.0.0.1:{web.port}/ok").reason == "TLS: the server does not speak it"
    assert ask(f"https://127.0.0.1:{web.mute_port}/ok").reason == "TLS handshake timed out after 0.4 s"
    assert ask(f"https://127.0.0.1:{web.tls_port}/ok").reason == "TLS: certificate is self-signed"
    authority = tmp_path / "authority.pem"
    authority.write_text(CERTIFICATE)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert ask(f"https://127.0.0.1:{web.tls_port}/ok").status is ALIVE
    assert ask(f"https://127.0.0.4:{web.tls_port}/ok").reason == "TLS: certificate is for another host"


@pytest.mark.parametrize(
    ("path", "moved_to"),
    [
        ("/to/301?/ok/new", "/ok/new"),
        ("/to/308?/ok/new", "/ok/new"),
        ("/chain/301/3", "/ok/chain"),
        ("/chain/302/3", None),
        ("/to/301?/to/302?/ok/new", None),
        ("/to/302?/to/301?/ok/new", None),
        ("/to/301?/status/403", None),
        ("/to/301?/status/404", None),
        ("/ok/same", None),
        ("/raw-location", "/ok/caf%C3%A9%20%E8%AE%BA%E6%96%87"),
    ],
)
def test_moved_only_where_every_step_was_permanent(web: LinkServer, path: str, moved_to: str | None) -> None:
    expected = None if moved_to is None else web.url(moved_to)
    assert ask(web.url(path)).moved_to == expected


def test_a_host_with_ten_thousand_links_starves_nobody(web: LinkServer) -> None:
    web.seen.clear()
    many = [web.url(f"/slow/0.01/many/{number}", 2) for number in range(10_000)]
    few = [web.url(f"/ok/few/{host}/{number}", host) for host in (3, 4, 5) for number in range(10)]
    found = check_links([*many, *few], dataclasses.replace(QUICK, deadline=1.5, per_host=4, concurrency=6))
    assert {found[url].status for url in few} == {ALIVE}
    last_few = max(one.at for one in web.hits("/few/"))
    assert last_few - web.seen[0].at < 0.6
    assert len(found) == len(many) + len(few)


def test_limits_of_a_host(web: LinkServer) -> None:
    web.seen.clear()
    urls = [web.url(f"/ok/paced/{number}", 6) for number in range(25)]
    check_links(urls, dataclasses.replace(QUICK, spacing=0.02, per_host=5))
    times = [one.at for one in web.hits("/paced/")]
    assert times[-1] - times[0] > 20 * 0.02 - 0.1  # a busy server sees the first one late
    assert sum(later - earlier > 0.005 for earlier, later in pairwise(times)) >= 8


def test_the_deadline_ends_everything(web: LinkServer) -> None:
    urls = [web.url(f"/hang/{number}", 2) for number in range(50)]
    began = time.monotonic()
    found = check_links(urls, dataclasses.replace(QUICK, timeout=30.0, deadline=0.5))
    assert time.monotonic() - began < 10  # not the 30 s of each
    assert {verdict.reason for verdict in found.values()} == {"not asked: the run's 0.5 s were over"}


def test_a_host_that_does_not_answer_is_given_up(web: LinkServer) -> None:
    urls = [web.url(f"/hang/{number}", 6) for number in range(2000)]
    began = time.monotonic()
    found = check_links(urls, dataclasses.replace(QUICK, timeout=0.2))
    assert time.monotonic() - began < 20  # not 2,000 times 0.2 s
    assert {verdict.status for verdict in found.values()} == {UNKNOWN}


def test_importing_the_room_brings_no_client() -> None:
    code = "import sys, listlint.links; print([m for m in ('asyncio', 'httpcore', 'httpx', 'sqlite3', 'ssl') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
