"""Papers from the records that `export --to jsonl` and `--to json` write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from listlint.convert.pieces import Between
from listlint.files import FileProblem
from listlint.papers.model import BibTeX, Role
from listlint.papers.writers.bibtex_form import canonical_record
from listlint.papers.writers.markdown import escape, label
from listlint.papers.writers.paper import Paper, PaperLink, PaperVenue, Words
from listlint.papers.writers.taking import has_key, tells_role
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listlint.knowledge.knowledge import Knowledge

__all__ = ["ENDINGS", "pieces_of_records"]

ENDINGS = (".jsonl", ".ndjson", ".json")


def pieces_of_records(path: str, text: str, knowledge: Knowledge) -> list[Between | Paper]:
    """The papers of an export, each under its headings; raises FileProblem for what is none."""
    pieces: list[Between | Paper] = []
    section: tuple[str, ...] = ()
    for line, row in _rows(path, text):
        try:
            paper = _paper(row, line, knowledge)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FileProblem(path, f"is no export of entries: {error!r}", line) from error
        same = _shared(section, paper.section)
        pieces += [
            Between(f"{'#' * min(level, 6)} {escape(name)}", min(level, 6), min(level, 6))
            for level, name in enumerate(paper.section, 1)
            if level > same
        ]
        section = paper.section
        pieces.append(paper)
    return pieces


def _rows(path: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records with their lines, counted from 1."""
    try:
        if text.lstrip().startswith("["):
            yield from enumerate(json.loads(text), 1)
            return
        for line, one in enumerate(text.split("\n"), 1):
            if one.strip():
                yield line, json.loads(one)
    except ValueError as error:
        raise FileProblem(path, f"is no JSON: {error}") from error


def _shared(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    """How many headings two sections share."""
    count = 0
    while count < min(len(old), len(new)) and old[count] == new[count]:
        count += 1
    return count


def _words(texts: Iterable[str], notes: str = "", labels: Iterable[str] = ()) -> tuple[Words, ...]:
    """The texts; those that a note holds, or that are a link's label, are held there."""
    return tuple(
        Words(text, escape(text), bool(text) and (text in notes or text in labels)) for text in texts
    )


def _notes(texts: Iterable[str], knowledge: Knowledge) -> tuple[Words, ...]:
    return tuple(Words(text, escape(text), keyed=has_key(text, knowledge.fields)) for text in texts)


def _paper(row: Mapping[str, Any], line: int, knowledge: Knowledge) -> Paper:
    notes = "\n".join(row.get("notes") or ())
    venue, date, bibtex = row.get("venue"), row.get("date"), row.get("bibtex")
    links = tuple(_link(one, venue is not None, knowledge) for one in row.get("links") or ())
    mentions = (_venue(venue, notes, links),) if venue else ()
    return Paper(
        title=row["title"],
        title_words=Words(row["title"] or "", escape(row["title"] or "")),
        links=links,
        venues=mentions,
        has_venue=bool(mentions),
        institutions=_words(row.get("institutions") or (), notes, [link.label.text for link in links]),
        authors=_words(row.get("authors") or (), notes),
        keywords=_words(row.get("keywords") or ()),
        notes=_notes(row.get("notes") or (), knowledge),
        marks=_words(row.get("marks") or ()),
        date=_words([date], notes)[0] if date else None,
        read=row.get("read"),
        bibtex=_block(bibtex) if bibtex else None,
        section=tuple(row.get("section") or ()),
        line=line,
    )


def _link(one: Mapping[str, Any], has_venue: bool, knowledge: Knowledge) -> PaperLink:
    role, url, text = Role(one["role"]), one["url"], one.get("label") or ""
    named = knowledge.venues.read(text) if has_venue and text and not knowledge.fields.label(text) else None
    return PaperLink(
        role,
        url,
        Words(text, label(text)),
        tells_role(text, url, role, knowledge),
        named is not None and named.known,
    )


def _venue(venue: Mapping[str, Any], notes: str, links: Iterable[PaperLink]) -> PaperVenue:
    text = venue.get("text") or venue["name"]
    held = text in notes or any(link.names_venue and text in link.label.text for link in links)
    return PaperVenue(Words(text, escape(text), held), venue["name"], venue.get("year"))


def _block(bibtex: Mapping[str, Any]) -> str:
    record = BibTeX(bibtex["type"], bibtex["key"], dict(bibtex["fields"]), Span(0, 0), "")
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in record.fields.items())
    text = f"@{record.type}{{{record.key},\n{rows}}}"
    return canonical_record(text) or text
