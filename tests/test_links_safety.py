"""What a list of links, or a server, cannot make listlint do."""

from __future__ import annotations

import dataclasses
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from link_server import LinkServer
from listlint.knowledge.link_hosts import speakable
from listlint.links import LinkOptions, addresses, check_links
from listlint.links.addresses import Address, read_address, read_link
from listlint.links.networks import is_allowed, is_public
from listlint.outside import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.outside import LinkVerdict

QUICK = LinkOptions(timeout=1.0, connect_timeout=1.0, deadline=5.0, spacing=0.0, retries=0, proxies=())
PRIVATE = "leads to a private address, which is not asked"


@pytest.fixture(scope="module")
def web() -> Iterator[LinkServer]:
    with LinkServer() as server:
        yield server


def ask(url: str, **changes: object) -> LinkVerdict:
    return check_links([url], dataclasses.replace(QUICK, **changes))[url]


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2002:7f00:1::1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "::127.0.0.1",
    ],
)
def test_closed_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8", "2a00::1"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_named_networks_are_open() -> None:
    assert is_allowed("10.1.2.3", ("10.1.0.0/16",))
    assert not is_allowed("10.2.2.3", ("10.1.0.0/16",))
    assert not is_allowed("fd00::1", ("10.1.0.0/16",))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_loopback_in_all_its_spellings_is_refused(web: LinkServer, host: str) -> None:
    web.seen.clear()
    assert (
        ask(f"http://{host}:{web.port}/ok")
        == check_links([f"http://{host}:{web.port}/ok"], QUICK).popitem()[1]
    )
    assert ask(f"http://{host}:{web.port}/ok").reason == PRIVATE
    assert not web.seen


@pytest.mark.parametrize("code", ["301", "302", "307"])
def test_a_redirect_to_a_private_address_is_refused(web: LinkServer, code: str) -> None:
    web.seen.clear()
    verdict = ask(web.url(f"/to/{code}?{web.url('/ok/secret', 2)}"), allow_networks=("127.0.0.1/32",))
    assert (verdict.status, verdict.reason, verdict.moved_to) == (LinkStatus.UNKNOWN, PRIVATE, None)
    assert {one.host for one in web.seen} == {"127.0.0.1"}


def test_a_name_is_checked_by_what_it_resolves_to(web: LinkServer) -> None:
    web.seen.clear()
    names = {
        "inside.test": ["127.0.0.2"],
        "both.test": ["127.0.0.2", "127.0.0.1"],
        "metadata.test": ["169.254.169.254"],
    }
    found = {
        name: ask(f"http://{name}:{web.port}/ok", resolve=names.__getitem__, allow_networks=("127.0.0.1/32",))
        for name in names
    }
    assert [verdict.reason for verdict in found.values()] == [PRIVATE, "200 OK", PRIVATE]
    assert {one.host for one in web.seen} == {"127.0.0.1"}
    assert web.seen[0].headers["host"] == f"both.test:{web.port}"


WELL_KNOWN = ("arxiv.org", "doi.org", "github.com", "wikipedia.org")


def no_name(errno: int, *known: str) -> object:
    def resolve(host: str) -> list[str]:
        if host in known:
            return ["127.0.0.1"]
        raise socket.gaierror(errno, "no")

    return resolve


def test_a_name_that_does_not_exist_is_dead(web: LinkServer) -> None:
    urls = [f"http://known.org:{web.port}/ok", *(f"http://gone.org/{number}" for number in range(500))]
    resolve = no_name(socket.EAI_NONAME, "known.org", *WELL_KNOWN)
    found = check_links(urls, dataclasses.replace(QUICK, allow_private=True, per_host=1, resolve=resolve))
    assert found.pop(urls[0]).status is LinkStatus.ALIVE
    assert {(one.status, one.reason) for one in found.values()} == {(LinkStatus.DEAD, "name does not exist")}


@pytest.mark.parametrize(
    ("errno", "known"),
    [
        (socket.EAI_NONAME, ()),
        (socket.EAI_NONAME, WELL_KNOWN[1:]),
        (socket.EAI_AGAIN, WELL_KNOWN),
        (socket.EAI_FAIL, WELL_KNOWN),
    ],
)
def test_without_working_lookup_nothing_is_dead(errno: int, known: tuple[str, ...]) -> None:
    verdict = ask("http://gone.org/", resolve=no_name(errno, *known))
    assert (verdict.status, verdict.reason) == (LinkStatus.UNKNOWN, "name cannot be looked up")


@pytest.mark.parametrize("host", ["name.invalid", "www.name.example", "name.test"])
def test_a_name_that_can_never_exist_is_dead(host: str) -> None:
    assert ask(f"https://{host}/x", resolve=no_name(socket.EAI_NONAME)).status is LinkStatus.DEAD


def test_lookup_that_hangs_ends_in_time(web: LinkServer) -> None:
    import threading

    forever = threading.Event()
    verdict = ask("http://slow.test/", connect_timeout=0.2, resolve=lambda _: [str(forever.wait(20))])
    forever.set()
    assert verdict.reason == "name lookup timed out after 0.2 s"


def test_credentials_are_neither_sent_nor_remembered(web: LinkServer) -> None:
    web.seen.clear()
    url = f"http://user:pass-word@127.0.0.1:{web.port}/ok/login"
    there = f"http://user:pass-word@127.0.0.1:{web.port}/ok/there"
    known = check_links([url, web.url(f"/to/301?{there}")], dataclasses.replace(QUICK, allow_private=True))
    assert "pass-word" not in repr(web.seen[0]) + repr(list(known.values()))
    assert not any("authorization" in one.headers for one in web.seen)
    assert "pass-word" not in speakable(url)


def test_a_proxy_is_used_and_told_only_what_is_public(
    web: LinkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.seen.clear()
    monkeypatch.setenv("HTTP_PROXY", f"http://me:word@127.0.0.1:{web.port}")
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:word@127.0.0.1:{web.port}")
    monkeypatch.setenv("NO_PROXY", "direct.test")
    options = dataclasses.replace(QUICK, proxies=None, resolve=lambda _: ["127.0.0.9"])
    urls = [
        "http://example.org/a?b",
        "https://x.refused.test/",
        "https://example.org/",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://intranet/",
        "http://direct.test/",
    ]
    found = check_links(urls, options)
    assert [found[url].reason for url in urls] == [
        "200 OK",
        "the proxy refuses with 403",
        "TLS: certificate is self-signed",
        PRIVATE,
        "names a private host, which is not asked",
        "names a private host, which is not asked",
        PRIVATE,
    ]
    assert {one.target for one in web.seen} == {
        "http://example.org/a?b",
        "x.refused.test:443",
        "example.org:443",
    }
    assert all(one.headers["proxy-authorization"] == "Basic bWU6d29yZA==" for one in web.seen)


def test_a_proxy_that_is_no_http_proxy_is_refused() -> None:
    with pytest.raises(ValueError, match="only HTTP proxies"):
        ask("http://example.org/", proxies=(("http", "socks5://127.0.0.1:1080"),))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a#b", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"),
        ("https://example.org/a?b=1&copy=2", "https://example.org/a?b=1&copy=2"),
        (r"https://example.org/a\_b\|c", "https://example.org/a_b%7Cc"),
        ("https://example.org/论文 1", "https://example.org/%E8%AE%BA%E6%96%87%201"),
        ("https://example.org/%E8%AE%BA", "https://example.org/%E8%AE%BA"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://user:word@example.org/", "https://example.org/"),
        ("https://example.org/\r\nX-Evil: 1", "https://example.org/X-Evil:%201"),
        ("https://example.org/&#13;&#10;X-Evil:1", "https://example.org/X-Evil:1"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://exa mple.org/", None),
        ("http://a..b/", None),
        ("http:///x", None),
        ("https:example.org", None),
        ("javascript:alert(1)", None),
    ],
)
def test_addresses_are_asked_as_they_are_meant(written: str, asked: str | None) -> None:
    address = read_link(written)
    assert (address and address.url) == asked


@given(st.text(max_size=60), st.sampled_from(["http://a.org/", "https://", "http://a.org?", "HTTP://x:1/"]))
def test_any_text_gives_one_clean_line_or_nothing(text: str, start: str) -> None:
    address = read_link(start + text)
    if address is not None:
        assert all("!" <= one <= "~" for one in address.url)
        assert read_address(address.url) == address
        assert isinstance(address.join(text), Address | None)


@given(st.from_regex(addresses._COMMON, fullmatch=True))
def test_the_short_way_reads_what_the_long_way_reads(url: str) -> None:
    assert read_address(url) == addresses._read_uncommon(url)


@given(st.text(max_size=80))
def test_messages_quote_printable_text_only(text: str) -> None:
    assert speakable(text).isprintable()
