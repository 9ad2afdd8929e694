"""Fields as bibliographies write them: journals with volumes, people with their places."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.draft import EDGES
from listlint.papers.line import LINK
from listlint.papers.model import Mention, Piece
from listlint.papers.shapes import are_people, is_date, is_person
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.knowledge.venues import VenueMention
    from listlint.papers.draft import Draft
    from listlint.papers.line import Line

__all__ = ["add_placed_people", "add_volume", "add_year_behind"]

ET_AL = re.compile(r"et\.? ?al\.?")
GROUP = expression(r"[A-Z][\w.\-]*(?: [A-Z][\w.\-]*){0,3} (?:Team|Collaboration|Consortium)")
FROM = expression(r"(?:^|[,;]\s+)from\s+(?=[A-Z])")
WHOLE_NAMES = expression(r",\s+and\s+|\s+and\s+|,\s+|\s*;\s*")
HEAD_CUT = re.compile(r";\s+")
NEAR = 8  # characters: markup and blanks


def add_volume(draft: Draft, line: Line, start: int, end: int, year: int) -> bool:
    """Take a journal before its volume and pages, or the year alone where the journal is taken already."""
    first, last = line.trimmed(start, end, EDGES)
    if first < last:
        found = _journal(draft, line.plain(first, last)) if LINK not in line.text[first:last] else None
        if found is not None:
            draft.add_mention(line, first, found._replace(year=year), 1)
        return found is not None
    place = line.span(min(start, len(line) - 1), 0).start
    if draft.venues and 0 <= place - draft.venues[-1][1].span.end <= NEAR:
        rank, mention = draft.venues[-1]
        draft.venues[-1] = (rank, mention._replace(year=mention.year or year))
        return True
    return add_year_behind(draft, line, start, year)


def add_year_behind(draft: Draft, line: Line, start: int, year: int) -> bool:
    """Take the year that stands right behind a journal, such as `*Nature*, 2015`, with it."""
    place = line.span(min(start, len(line) - 1), 0).start
    if not draft.notes or not 0 <= place - draft.notes[-1].span.end <= NEAR:
        return False
    found = _journal(draft, draft.notes[-1].text)
    if found is not None:
        note = draft.notes.pop()
        draft.venues.append((1, Mention(note.text, note.span, found.name, year, found.kind)))
    return found is not None


def _journal(draft: Draft, text: str) -> VenueMention | None:
    """The known venue that a text names where a volume behind it vouches for it: `Nature` is a word of its own."""
    found = draft.asked.venues(text, sure=True)
    return found[0] if len(found) == 1 and found[0].known and found[0].year is None else None


def add_one_author(draft: Draft, line: Line, start: int, end: int) -> bool:
    """Take one name right behind a title's year, `(1989), A. Author`, or in italics, `*An Author.*` or `*A. Author* et al.`."""
    if draft.authors or not draft.title_parts:
        return False
    start, end = line.trimmed(start, end, EDGES)
    if start >= end:
        return False
    text, place = line.plain(start, end), line.span(start, start).start
    if ET_AL.fullmatch(text) and draft.notes and 0 <= place - draft.notes[-1].span.end <= NEAR:
        if is_person(draft.notes[-1].text):
            note = draft.notes.pop()
            draft.authors.append(
                Piece(f"{note.text} {text}", Span(note.span.start, line.span(end - 1, end).end))
            )
        return bool(draft.authors)
    if GROUP.fullmatch(text) and len(text) == end - start:
        draft.authors.append(line.piece(start, end, EDGES))
        return True
    dated = draft.date is not None and 0 <= place - draft.date.span.end <= NEAR
    styled = None if dated else line.styled(line.emphasis, start)
    closed = styled is not None and styled[0] == start and line.plain(*styled).rstrip().endswith(".")
    if (dated or closed) and is_person(text) and len(text) == end - start:
        draft.authors.append(line.piece(start, end, EDGES))
    return bool(draft.authors)


def add_from_places(draft: Draft, line: Line, start: int, end: int) -> bool:
    """Take `a remark; ICML, from Some Lab and MIT` as places, with a venue or a note before them."""
    text = line.plain(start, end)
    found = FROM.search(text) if "from " in text and len(text) == end - start else None
    names = WHOLE_NAMES.split(text[found.end() :]) if found is not None else []
    known = [draft.asked.is_place(name) for name in names]
    if found is None or not any(known) or not all(name[:1].isupper() for name in names):
        return False
    offset = start + found.end()
    for name, told in zip(names, known, strict=True):
        first = line.text.index(name, offset, end)
        offset = first + len(name)
        if not (told and draft.add_place(line, first, offset)):
            draft.institutions.append(line.piece(first, offset, EDGES))
    cuts = [
        start,
        *(start + match.start() for match in HEAD_CUT.finditer(text, 0, found.start())),
        start + found.start(),
    ]
    for cut in pairwise(cuts):
        first, last = line.trimmed(*cut, ",; ")
        if first < last and not draft.add_venue(line, first, last):
            draft.add_note(line, first, last)
    return True


def add_placed_people(draft: Draft, line: Line, start: int, end: int) -> bool:
    """Take `A. Author (Some Lab), B. Author (MIT) et al.` as authors and their places."""
    groups = [one for one in line.groups if start < one.start < end and line.text[one.start] in "(（"]
    if not groups or groups[-1].end > end or LINK in line.text[start:end]:
        return False
    cuts = [start, *(place for one in groups for place in one), end]
    names = "".join(line.plain(*cut) for cut in zip(cuts[::2], cuts[1::2], strict=True))
    names = " ".join(names.replace(" ,", ",").split()).strip(EDGES)
    alone = len(groups) == 1 and is_person(names) and draft.asked.is_place(line.plain(*groups[0].inner))
    if not alone and not are_people(names):
        return False
    draft.authors.append(Piece(names, line.span(*line.trimmed(start, end, EDGES))))
    for one in groups:
        piece = line.piece(*one.inner, EDGES)
        if not draft.add_place(line, *one.inner) and piece.text and not is_date(piece.text):
            draft.institutions.append(piece)
    return True
