"""What is wrong with the writing of an address, and what it must have been."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.url_parts import split_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts

__all__ = ["Mend", "mend", "suspects"]

_SCHEME = expression(r"(?:h{0,3}t{1,3}ps?s?|https?|htp|hpps?)(?=[:;/：])", re.IGNORECASE)
_AFTER_SCHEME = expression(r"(?:[:;：]{1,3}[/／\\]{1,4}|[/／\\]{2,3}|[:;：](?=[\w-]+\.[a-z]))", re.IGNORECASE)
_GLUED = expression(r"(?<=[\w.)}\]])https?://")
_ENCODED = expression(r"%(?:20|5[BD]|7[BD]|3[CE]|29|28|22|E2%80%8B)\Z", re.IGNORECASE)
_STRAY = ',;"`|[{<\u200b\ufeff\u00a0\u3000，。；、：'
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<", "）": "（", "】": "【", "」": "「", "』": "『", "》": "《"}
_LEADING = "{[<\"'`\u200b\ufeff\u00a0\u3000（【「《"
_AFTER_FILE = expression(r"(?<=\.pdf|html|\.htm|\.php)[_.)\]},;*]+\Z", re.IGNORECASE)
_HOST = expression(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,18}", re.IGNORECASE)
_FINE = re.compile(
    r"(?:https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,18}(?:[/?#][\w./?#=&+~%@:!$,;()-]*[\w/=#-])?|[./#][\w./#-]*)"
)
# Addresses that are fine, a line each, and have no sign that must be looked at more closely.
_FINE_LINES = re.compile(
    r"(?:(?:https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,18}(?:[/?#][\w./?#=&+~@!$,;()-]*[A-Za-z0-9/=#-])?"
    r"|[./#](?:[\w./#-]*[A-Za-z0-9/#-])?)?\n)*+"
)
_BRACKETS = re.compile(r"[\s<>\[\]{}]|\]\(")
_NO_SCHEME = "has no scheme"
_MAX = 2000


class Mend(NamedTuple):
    """`fault` is a clause; `url` is None where nobody can say what was meant; `sure` that there is one reading."""

    fault: str
    url: str | None = None
    sure: bool = False


def mend(url: str, hosts: Hosts) -> Mend | None:
    """The fault of an address, None where it has none or is none of the web's. A relative path has no fault."""
    if (
        _FINE.fullmatch(url)
        and "://" not in url[8:]
        and not (url[-1] in "_.)]},;*" and _AFTER_FILE.search(url))
        and not ("%" in url[-9:] and _ENCODED.search(url))
    ):
        return None
    if len(url) > _MAX or "{{" in url or "{%" in url:
        return None
    inner = url.lstrip(_LEADING)
    wrapped = inner != url
    scheme, rest, fault = _scheme(inner, hosts)
    if scheme is None:
        return None
    if wrapped:
        fault = f'begins with "{url[: len(url) - len(inner)]}"'
    if (glued := _GLUED.search(rest)) is not None:
        return Mend(f'runs into another address at "{rest[glued.start() : glued.start() + 30]}"')
    bare, tail = _without_tail(scheme + rest, wrapped=wrapped)
    if tail and fault is None:
        fault = f'ends with "{tail}"'
    if fault is None:
        return None
    host = re.split(r"[/?#]", bare[len(scheme) :], maxsplit=1)[0]
    if not _HOST.fullmatch(host.partition(":")[0]) or bare == url or _BRACKETS.search(bare):
        return Mend(fault)
    return Mend(fault, bare, sure=fault != _NO_SCHEME or hosts.knows(bare))


def suspects(lines: str) -> Iterator[int]:
    """Which of the addresses, a line each, may have a fault, counted from 0."""
    place = number = 0
    while (fine := _FINE_LINES.match(lines, place)) is not None and fine.end() < len(lines):
        number += lines.count("\n", place, fine.end())
        yield number
        place = lines.index("\n", fine.end()) + 1
        number += 1


def _scheme(url: str, hosts: Hosts) -> tuple[str | None, str, str | None]:
    """The scheme that was meant, what follows it, and what is wrong with it; None for what is no web address."""
    rest, scheme, count = url, "", 0
    while (found := _SCHEME.match(rest)) is not None:
        after = _AFTER_SCHEME.match(rest, found.end())
        if after is None:
            break
        written = rest[: after.end()]
        scheme = "https://" if "s" in found[0].lower() else scheme or "http://"
        rest, count = rest[after.end() :], count + 1
        if count == 1:
            first = written
    if count > 1:
        return scheme, rest, "names its scheme twice"
    if count == 1:
        return scheme, rest, None if first.lower() == scheme else f'begins with "{first}"'
    if rest.startswith("//"):
        return None, rest, None
    if rest.lower().startswith("www.") or (hosts.knows("https://" + rest) and "/" in rest):
        return "https://", rest, _NO_SCHEME
    return None, rest, None


def _without_tail(url: str, *, wrapped: bool) -> tuple[str, str]:
    """The address, and the characters at its end that cannot belong to it. A closed bracket does, where it was opened."""
    kept = url
    while kept:
        last = kept[-1]
        if (opened := _PAIRS.get(last)) is not None:
            if kept.count(opened) >= kept.count(last):
                break
            kept = kept[:-1]
        elif last in _STRAY or (wrapped and last in "'`"):
            kept = kept[:-1]
        elif found := _ENCODED.search(kept, len(kept) - 9) or _AFTER_FILE.search(kept):
            kept = kept[: found.start()]
        else:
            break
    return (kept, url[len(kept) :]) if kept != url and split_url(kept) is not None else (url, "")
