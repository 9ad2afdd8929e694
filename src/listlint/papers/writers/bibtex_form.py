"""BibTeX records in canonical form: one field a line, names in small letters, values in braces, in one order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.papers.bibtex import plain_record

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ORDER", "Record", "canonical_record", "canonical_records"]

ORDER = (
    *(
        "title",
        "author",
        "editor",
        "year",
        "month",
        "journal",
        "booktitle",
        "series",
        "volume",
        "number",
        "pages",
    ),
    *("chapter", "edition", "publisher", "organization", "institution", "school", "address", "howpublished"),
    *(
        "eprint",
        "eprinttype",
        "archiveprefix",
        "primaryclass",
        "eprintclass",
        "isbn",
        "issn",
        "doi",
        "url",
        "urldate",
    ),
    *("keywords", "abstract", "note", "annote"),
)
RANK = {name: rank for rank, name in enumerate(ORDER)}
START = re.compile(r"^([ \t]*)@[ \t]*([A-Za-z]+)[ \t]*\{", re.MULTILINE)
KEY = re.compile(r"\s*([^\s,{}()=\"#%\\]+)\s*(?:,|(?=\}))")
NAME = re.compile(r"\s*([A-Za-z][\w\-:+.]*)\s*=\s*")
BARE = re.compile(r"[^\s,{}\"#=()%]+")
JOINED = re.compile(r"\s*#\s*")
CLOSING = re.compile(r"\s*\}")
FLAT = re.compile(r"\{[^{}\\]*+\}|\"[^{}\\\"]*+\"")  # a piece in which nothing nests
BRACES = re.compile(r"\\.|[{}\"]", re.DOTALL)
NEXT = re.compile(r"\s*(,)?(?:\s*,)*\s*")
NO_RECORDS = frozenset({"comment", "preamble", "string"})


class _Field(NamedTuple):
    name: str
    value: str


class Record(NamedTuple):
    """A whole record, no fault in it and no field twice, at `start` to `end` of a text; `form` is its canonical form."""

    start: int
    end: int
    form: str


def canonical_record(text: str) -> str | None:
    """The record that `text` is, in canonical form; None where it is none, or not whole. The key stays as it is."""
    length, indent = len(text.rstrip()), text[: len(text) - len(text.lstrip())]
    for _, end, kind, key, fields in _records(text):
        if end == length:
            return _written(indent, kind, key, fields)
    return None


def canonical_records(text: str) -> Iterator[Record]:
    """The whole records in `text`."""
    for start, end, kind, key, fields in _records(text):
        yield Record(start, end, _written(text[start : text.index("@", start)], kind, key, fields))


def _written(indent: str, kind: str, key: str, fields: list[_Field]) -> str:
    rows = "".join([f"\n{indent}  {one.name} = {one.value}," for one in sorted(fields, key=_rank)])
    return f"{indent}@{kind}{{{key},{rows}\n{indent}}}"


def _rank(field: _Field) -> int:
    return RANK.get(field.name, len(RANK))


def _records(text: str) -> Iterator[tuple[int, int, str, str, list[_Field]]]:
    plain = plain_record(text)
    if plain is not None and plain.type not in NO_RECORDS:
        fields = [_Field(name, f"{{{value}}}") for name, value in plain.fields]
        yield 0, plain.end, plain.type, plain.key, fields
        return
    for start in START.finditer(text):
        kind = start[2].lower()
        key = KEY.match(text, start.end())
        if kind in NO_RECORDS or key is None:
            continue
        fields, end = _fields(text, key.end())
        if end and len({one.name for one in fields}) == len(fields):
            yield start.start(), end, kind, key[1], fields


def _fields(text: str, at: int) -> tuple[list[_Field], int]:
    """The fields from `at`, and the end of the record; 0 where it is not whole."""
    fields: list[_Field] = []
    while (name := NAME.match(text, at)) is not None:
        value, at = _value(text, name.end())
        if not value:
            return fields, 0
        fields.append(_Field(name[1].lower(), value))
        behind = NEXT.match(text, at)
        at = behind.end() if behind else at
        if behind is None or not behind[1]:
            break
    closing = CLOSING.match(text, at)
    return fields, closing.end() if closing else 0


def _value(text: str, at: int) -> tuple[str, int]:
    """A value as it is to be written, and its end; empty where it cannot be read."""
    pieces: list[str] = []
    while True:
        end = _piece_end(text, at)
        if end == at:
            return "", at
        pieces.append(" ".join(text[at:end].split()))
        joined = JOINED.match(text, end)
        if joined is None:
            return (pieces[0] if len(pieces) > 1 else _braced(pieces[0])) + "".join(
                f" # {one}" for one in pieces[1:]
            ), end
        at = joined.end()


def _piece_end(text: str, at: int) -> int:
    """The end of a braced, quoted or bare piece; `at` itself where there is none."""
    opening = text[at : at + 1]
    if opening not in ("{", '"'):
        bare = BARE.match(text, at)
        return bare.end() if bare else at
    flat = FLAT.match(text, at)
    if flat is not None:
        return flat.end()
    depth = 0
    for match in BRACES.finditer(text, at):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return at
        closes = match[0] == "}" if opening == "{" else match[0] == '"' and match.start() > at
        if depth == 0 and closes:
            return match.end()
    return at


def _braced(piece: str) -> str:
    """A piece in braces; a bare word stays bare, since it stands for a string."""
    if piece[0] not in '{"':
        return f"{{{piece}}}" if piece.isdigit() else piece
    inner = piece[1:-1].strip()
    return f"{{{inner} }}" if inner.endswith("\\") else f"{{{inner}}}"
