"""The rows about hosts, and what they are used for."""

from __future__ import annotations

import re

import pytest

from listlint.knowledge.link_hosts import LinkHosts, Manners
from listlint.knowledge.rulebook import KnowledgeError, read_yaml, rulebook
from listlint.links.addresses import read_address
from listlint.links.session import stand_in

ROWS = read_yaml(rulebook() / "data" / "link_hosts.yaml")
HOSTS = LinkHosts.load()
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def test_rows_are_sorted_and_name_each_host_once() -> None:
    names = [name for row in ROWS["hosts"] for name in row["hosts"]]
    assert len(set(names)) == len(names)
    assert all(HOST.fullmatch(name) for name in names)
    assert [row["hosts"][0] for row in ROWS["hosts"]] == sorted(row["hosts"][0] for row in ROWS["hosts"])
    for row in ROWS["hosts"]:
        assert row["hosts"] == sorted(row["hosts"])


@pytest.mark.parametrize("kind", ["hosts", "labels", "parts"])
def test_gates_are_sorted_and_unique(kind: str) -> None:
    rows = ROWS["gates"][kind]
    assert rows == sorted(set(rows))
    assert all(row == row.lower() for row in rows)


@pytest.mark.parametrize(
    "row", [{"hosts": ["a.org"], "spaceing": 1}, {"hosts": ["a.org"], "ask": "https://a.org/"}]
)
def test_bad_rows_are_refused(row: dict[str, object]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        LinkHosts({"hosts": [row], "gates": ROWS["gates"]})
    assert caught.value.row == 0


def test_manners_of_a_host_are_those_of_its_domain_and_never_looser() -> None:
    assert HOSTS.manners("example.org", 10, 0.05) == Manners(10, 0.05)
    assert HOSTS.manners("www.github.com", 10, 0.05).concurrency == 4
    assert HOSTS.manners("github.com", 2, 5.0).concurrency == 2
    assert HOSTS.manners("github.com", 2, 5.0).spacing == 5.0
    assert HOSTS.manners("notgithub.com", 10, 0.05).name_parts == 0


@pytest.mark.parametrize(
    ("url", "gate"),
    [
        ("https://example.org/login?next=/a", True),
        ("https://example.org/users/sign_in", True),
        ("https://login.example.org/", True),
        ("https://idp.springer.com/authorize?x", True),
        ("https://example.org/Login.aspx", True),
        ("https://example.org/papers/login-free.pdf", False),
        ("https://example.org/", False),
        ("https://example.org/blog/catalogin", False),
    ],
)
def test_gates(url: str, gate: bool) -> None:
    assert HOSTS.is_gate(url) is gate


@pytest.mark.parametrize(
    ("old", "new", "rename"),
    [
        ("https://github.com/a/b", "https://github.com/c/d", True),
        ("http://www.github.com/a/b/", "https://github.com/c/d", True),
        ("https://github.com/a/b/tree/main/x", "https://github.com/c/d/tree/main/x", True),
        ("https://github.com/a/b/tree/main/x", "https://github.com/c/d", False),
        ("https://github.com/a/b", "https://github.com/c", False),
        ("https://github.com/a/b", "https://gitlab.com/a/b", False),
        ("https://github.com/a/b/tree/master", "https://github.com/a/b/tree/main", False),
        ("https://github.com/a", "https://github.com/c", False),
        ("https://example.org/a/b", "https://example.org/c/d", False),
        ("https://github.com/a/b", "http://github.com/c/d", False),
    ],
)
def test_renames(old: str, new: str, rename: bool) -> None:
    assert HOSTS.is_rename(old, new) is rename


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://www.youtube.com/watch?v=abcdefghij_", "watch%3Fv%3Dabcdefghij_"),
        ("https://www.youtube.com/watch?list=x&v=abcdefghij_&t=3", "watch%3Fv%3Dabcdefghij_"),
        ("https://youtu.be/abcdefghij_?t=3", "watch%3Fv%3Dabcdefghij_"),
        ("https://www.youtube.com/@somebody", None),
        ("https://vimeo.com/123456789", "vimeo.com%2F123456789"),
    ],
)
def test_videos_are_asked_about_where_the_answer_means_something(url: str, asked: str | None) -> None:
    address = read_address(url)
    assert address is not None
    found = stand_in(address, HOSTS.manners(address.host, 10, 0.05))
    assert (found is None) if asked is None else (found is not None and found.url.endswith(asked))
