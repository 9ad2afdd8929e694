"""A web address taken apart, however badly it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["UrlParts", "parameters", "split_url", "unquoted"]

_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(//)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SLASHES = re.compile(r"//+")
_LONGEST = 2048
_PORTS = (":80", ":443")


class UrlParts(NamedTuple):
    """`host` is lower-case, `path` percent-decoded with single slashes; `query` and `fragment` keep their first character.

    `scheme` is empty where none is written. `exact` says that `path` is what stands in the address.
    """

    scheme: str
    host: str
    path: str
    query: str
    fragment: str
    exact: bool


def split_url(url: str) -> UrlParts | None:
    """The parts of an http or https address, its scheme perhaps forgotten; None for anything else.

    Markdown's backslash escapes are resolved. An address with credentials or an unusual port has no parts: what
    it names is not what its host name says.
    """
    if len(url) > _LONGEST:
        return None
    if "\\" in url:
        url = _ESCAPED.sub(r"\1", url)
    scheme, slashes, host, written, query, fragment = _URL.fullmatch(url).groups()  # type: ignore[union-attr]
    if scheme is None:
        scheme = ""
    elif not slashes or (scheme := scheme.lower()) not in ("http", "https"):
        return None
    host = host.lower().rstrip(".")
    if host.endswith(_PORTS):
        host = host[: host.rindex(":")]
    if "." not in host or "@" in host or ":" in host:
        return None
    path = _tidy(written) if "%" in written or "//" in written else written
    return UrlParts(scheme, host, path, query or "", fragment or "", path == written)


def unquoted(text: str) -> str:
    """A part of an address, percent-decoded. Few have anything to decode, and what decodes takes long to import."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def _tidy(path: str) -> str:
    path = unquoted(path)
    return _SLASHES.sub("/", path) if "//" in path else path


def parameters(query: str) -> Iterator[tuple[str, str]]:
    """The names and values of a query string, its `?` included, percent-decoded."""
    for item in query.removeprefix("?").replace("&amp;", "&").split("&"):
        name, _, value = item.partition("=")
        if name:
            yield name, unquoted(value)
