"""BibTeX records inside lists, read for their fields."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from listlint.expressions import expression
from listlint.papers.model import BibTeX
from listlint.source import Span

__all__ = ["Plain", "plain_record", "read_bibtex"]

RECORD = expression(r"@\s*([A-Za-z]+)\s*[{(]\s*([^\s,{}()=\"]*)\s*(?=[,})])")
FIELD = expression(r"[,\s]*([A-Za-z][\w\-:+]*)\s*=\s*")
BRACE = re.compile(r"(?<!\\)[{}]")
BARE = re.compile(r"[^\s,{}\"]+")
CLOSING = re.compile(r"[\s,]*[})]")
JOINED = re.compile(r"\s*#\s*")
NOT_PAPERS = frozenset({"comment", "preamble", "string"})
_VALUE = r"\s*+=\s*+\{([^{}\\]*+)\}"
PLAIN_FIELD = expression(r"([A-Za-z][\w\-]*+)" + _VALUE)
PLAIN = expression(
    rf"@([A-Za-z]++)\{{([^\s,{{}}()=\"#%\\]++),((?:\s*+[A-Za-z][\w\-]*+{_VALUE}\s*+,)*+)\s*+\}}\s*+"
)


class Plain(NamedTuple):
    """A whole record that any reader of BibTeX reads alike; names are in lower case, blanks in values are single."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    end: int


@lru_cache(1 << 8)  # the entry's reader, and each rule about records, asks of it
def plain_record(text: str) -> Plain | None:
    """The record that a text is and nothing else, its values in braces and nothing nested in them, no field twice; as most are."""
    whole = PLAIN.fullmatch(text)
    if whole is None:
        return None
    found = PLAIN_FIELD.findall(whole[3])
    fields = tuple([(name.lower(), " ".join(value.split())) for name, value in found])
    if len(dict(fields)) < len(fields):
        return None
    return Plain(whole[1].lower(), whole[2], fields, len(text.rstrip()))


def read_bibtex(text: str, place: int = 0) -> list[BibTeX]:
    """The records in `text`, whose first character stands at `place` in the source.

    A record whose braces do not close is read as far as its fields are whole.
    """
    plain = plain_record(text)
    if plain is not None and plain.type not in NOT_PAPERS:
        span = Span(place, place + plain.end)
        return [BibTeX(plain.type, plain.key, dict(plain.fields), span, text[: plain.end])]
    found = []
    offset = 0
    while (match := RECORD.search(text, offset)) is not None:
        fields, end = _read_fields(text, match.end())
        if match[1].lower() not in NOT_PAPERS:
            span = Span(place + match.start(), place + end)
            found.append(BibTeX(match[1].lower(), match[2], fields, span, text[match.start() : end]))
        offset = max(end, match.end())
    return found


def _read_fields(text: str, offset: int) -> tuple[dict[str, str], int]:
    """The fields from `offset`, and the end of the record."""
    fields: dict[str, str] = {}
    while (match := FIELD.match(text, offset)) is not None:
        value, end = _read_value(text, match.end())
        if end == match.end():
            break
        fields.setdefault(match[1].lower(), value)
        offset = end
    closing = CLOSING.match(text, offset)
    return fields, closing.end() if closing else offset


def _read_value(text: str, offset: int) -> tuple[str, int]:
    """A value and its end: braced, quoted or bare pieces, joined by `#`."""
    pieces: list[str] = []
    while offset < len(text):
        if text[offset] == "{":
            end = _closing_brace(text, offset)
            pieces.append(text[offset + 1 : end - 1])
        elif text[offset] == '"':
            end = text.find('"', offset + 1) + 1 or len(text)
            pieces.append(text[offset + 1 : end - 1])
        elif match := BARE.match(text, offset):
            end = match.end()
            pieces.append(match[0])
        else:
            break
        offset = end
        joined = JOINED.match(text, offset)
        if joined is None:
            break
        offset = joined.end()
    return " ".join("".join(pieces).split()), offset


def _closing_brace(text: str, offset: int) -> int:
    """The offset behind the brace that closes the one at `offset`; the end of the text where none does."""
    end = text.find("}", offset)
    if end > 0 and text[end - 1] != "\\" and text.find("{", offset + 1, end) < 0:
        return end + 1
    depth = 0
    for match in BRACE.finditer(text, offset):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)
