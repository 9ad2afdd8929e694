"""Entries read back from an export: a reference list that is no Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from listlint.markdown.tree import Node, Tree
from listlint.papers.model import BibTeX, Entry, Link, Mention, PaperList, Piece, Role, Section
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.source import Source

__all__ = ["NO_EXPORT", "ExportError", "read_export"]

NO_EXPORT = "{}; write it with `listlint export --to jsonl`"


class ExportError(ValueError):
    """A line of an export is none; the message says which."""


def read_export(source: Source) -> PaperList:
    """The entries of a JSONL export as a list, each entry's place being its line.

    Raises ExportError where a line is not an object of the form that `export --to jsonl` prints.
    """
    entries = []
    for line in range(1, len(source.line_starts) + 1):
        span = source.line_span(line)
        text = source[span]
        if text.strip():
            try:
                entries.append(_entry(json.loads(text), span, line))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise ExportError(f"line {line} is no entry of an export") from error
    whole = Span(0, len(source.text))
    return PaperList(source, Tree(source, Node("root", whole, whole)), tuple(entries))


def _entry(record: dict[str, Any], span: Span, line: int) -> Entry:
    title, venue, bibtex = record.get("title"), record.get("venue"), record.get("bibtex")
    mention = None
    if venue:
        mention = Mention(
            venue.get("text") or venue["name"], span, venue["name"], venue.get("year"), venue["kind"]
        )
    return Entry(
        span,
        line,
        line,
        Section(tuple(record.get("section") or ())),
        str(record.get("dialect") or ""),
        title=title,
        title_pieces=_pieces([title] if title else (), span),
        links=tuple(_link(one, span) for one in record.get("links") or ()),
        venue=mention,
        venues=(mention,) if mention else (),
        institutions=_pieces(record.get("institutions") or (), span),
        authors=_pieces(record.get("authors") or (), span),
        keywords=_pieces(record.get("keywords") or (), span),
        notes=_pieces(record.get("notes") or (), span),
        marks=_pieces(record.get("marks") or (), span),
        read=record.get("read"),
        bibtex=BibTeX(bibtex["type"], bibtex["key"], dict(bibtex["fields"]), span, "") if bibtex else None,
    )


def _link(record: dict[str, Any], span: Span) -> Link:
    return Link(Role(record["role"]), str(record["url"]), str(record.get("label") or ""), span, span)


def _pieces(texts: Iterable[str], span: Span) -> tuple[Piece, ...]:
    return tuple(Piece(str(text), span) for text in texts)
