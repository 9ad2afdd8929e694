"""`missing-target`: links to files and headings that are not there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Effect, Finding, Fix, Related, Safety, Severity
from listlint.knowledge.url_parts import unquoted
from listlint.markdown.anchors import anchors
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.markdown.destinations import Destination
    from listlint.outside import Outside

__all__ = ["missing_target"]

_NOT_RELATIVE = expression(r"[A-Za-z][A-Za-z0-9+.-]*:|[/<]|\S*(?:\{\{|\{%|\$\{)|www\.|\S*@")
_LIKE_A_HOST = expression(
    r"(?:[\w-]+\.)+(?:com|org|net|io|ai|edu|gov|cn|de|uk|dev|app|co)(?:[/?#:]|\Z)", re.IGNORECASE
)
_OWN = ("user-content-", "fn", "fnref", "top", "readme")
_SHOWN = 3
_MARKDOWN = (".md", ".markdown", ".mdx")


@rule("LNK010", "missing-target", on=PaperList, severity=Severity.ERROR)
def missing_target(papers: PaperList, outside: Outside, hosts: Hosts) -> Iterator[Finding]:
    """A relative link leads to a file that is there, and `#…` to a heading that is there."""
    own: frozenset[str] | None = None
    lost: dict[str, list[Destination]] = {}
    for link in destinations(papers.tree):
        url = link.url.replace("\\_", "_")
        if link.kind == "bare" or not _is_relative(url) or hosts.is_placeholder(url, link.label):
            continue
        target, _, fragment = url.partition("#")
        target = unquoted(target.partition("?")[0])
        target = target.rstrip("/") or target
        if target and outside.path_exists(papers.path, target) is False:
            lost.setdefault(_first_missing(papers, target, outside), []).append(link)
            continue
        fragment = unquoted(fragment)
        if not fragment or fragment.lower().startswith(_OWN):
            continue
        if not target:
            own = anchors(papers.tree) if own is None else own
            known: frozenset[str] | None = own
        elif target.lower().endswith(_MARKDOWN):
            known = outside.anchors(papers.path, target)
        else:
            continue
        if known is not None and fragment.lower() not in _in_lower_case(known):
            yield _no_anchor(link, fragment, known)
    for missing, links in lost.items():
        yield _no_file(missing, links)


@lru_cache(maxsize=16)
def _in_lower_case(known: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.lower, known))


def _first_missing(papers: PaperList, target: str, outside: Outside) -> str:
    """The outermost part of a missing path that is missing: a folder, with a slash behind it, or the file."""
    parts = target.split("/")
    for count in range(1, len(parts)):
        folder = "/".join(parts[:count])
        if folder.strip("./") and outside.path_exists(papers.path, folder) is False:
            return folder + "/"
    return target


def _no_file(missing: str, links: list[Destination]) -> Finding:
    """One finding for all links to a file, or into a folder, that is not there."""
    first, *others = links
    kind, name = ("folder", missing[:-1]) if missing.endswith("/") else ("file", missing)
    count = f", to which {len(links)} links lead" if others else ""
    related = tuple(Related(link.url_span, "and here") for link in others[:_SHOWN])
    return Finding(first.url_span, f'there is no {kind} "{name}"{count}', related=related)


def _is_relative(url: str) -> bool:
    """Whether the address is a path or an anchor, and not one of the web's, however badly it is written."""
    return bool(url) and "://" not in url and not _NOT_RELATIVE.match(url) and not _LIKE_A_HOST.match(url)


def _no_anchor(link: Destination, fragment: str, known: frozenset[str]) -> Finding:
    alike = [one for one in known if _letters(one) == _letters(fragment)]
    if len(alike) != 1 or not _letters(fragment):
        return Finding(link.url_span, f'there is no heading "#{fragment}"', severity=Severity.WARNING)
    start = link.url_span.start + link.url.index("#") + 1
    edit = Edit(link.url_span._replace(start=start), alike[0])
    fix = Fix((edit,), f'write "#{alike[0]}"', Safety.UNSAFE, Effect(link.fields))
    message = f'there is no heading "#{fragment}", but "#{alike[0]}"'
    return Finding(link.url_span, message, fix=fix, severity=Severity.WARNING)


def _letters(anchor: str) -> str:
    return re.sub(r"[\W_]", "", anchor).lower()
