"""Entries in the rows of tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.draft import Draft
from listlint.papers.entry_line import LineReader, begins_with_link
from listlint.papers.line import CODE, IMAGE, LINK, Line
from listlint.papers.metadata import read_places
from listlint.papers.model import Mention, Role
from listlint.papers.segments import Segments

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.asked import Asked
    from listlint.papers.reading import Reading
    from listlint.source import Source

__all__ = ["read_table"]

EMPTY = frozenset({"", "-", "--", "—", "–", "/", "x", "n/a", "na", "none", "null", "tbd", "todo", "✗", "×"})
OBJECTS = re.compile("[\ue000-\ue003]")
PSEUDO_COMMENT = re.compile(r"\s*\[//\]:")
YEAR = re.compile(r"(?:19|20)\d\d")


def read_table(
    reading: Reading, table: Node, *, dialect: str = "table", nodes: list[Node] | None = None
) -> None:
    """Read the entries of a table; `nodes` are the blocks that hold it where it is HTML."""
    columns = Columns(reading.source, table, reading.asked)
    if not columns.hold_papers:
        return
    for row in [child for child in table.children if child.kind == "row"][1:]:
        draft = read_row(reading.source, row, columns, reading.asked)
        sure = reading.weight(draft)
        if sure > 0 or (draft.title and draft.institutions):
            reading.add(draft, dialect, sure or 0.5, nodes or [row], span=row.span)


class Columns:
    """Which field each column of a table holds, by its header; where the header does not say, by its cells."""

    def __init__(self, source: Source, table: Node, asked: Asked) -> None:
        rows = [row for row in table.children if row.kind == "row"]
        header, body = rows[0], rows[1:]
        self.names: list[str | None] = []
        for cell in header.children:
            line = Line.read(source, [cell.children])
            self.names.append(asked.fields.column(line.plain(0, len(line))))
        if "title" not in self.names:
            self._find_title(source, body, asked)

    def _find_title(self, source: Source, body: list[Node], asked: Asked) -> None:
        """The column called paper, else the one whose cells look most like titles."""
        known = [index for index, name in enumerate(self.names) if name == "paper"]
        allowed = known or [
            index for index, name in enumerate(self.names) if name in (None, "other", "notes", "links")
        ]
        scores = dict.fromkeys(allowed, 0.0)
        for row in body[:40]:
            for index in allowed:
                if index >= len(row.children):
                    break
                line = Line.read(source, [row.children[index].children])
                words = line.plain(0, len(line))
                if not asked.fields.is_label(words) and len(words.split()) > 1:
                    scores[index] += min(len(words), 120)
        best = max(allowed, key=lambda index: scores[index], default=-1)
        if best >= 0 and scores[best] > 0:
            self.names[best] = "title"

    @property
    def hold_papers(self) -> bool:
        """Whether there is a column of titles."""
        return "title" in self.names


def read_row(source: Source, row: Node, columns: Columns, asked: Asked) -> Draft:
    """The entry of one row."""
    draft = Draft(asked)
    cells = _cells(source, row, len(columns.names))
    year = None
    order = sorted(range(len(cells)), key=lambda index: _name(columns, index) != "title")
    for index in order:
        name, (line, start, end) = _name(columns, index), cells[index]
        if name == "year":
            year = YEAR.search(line.text, start, end)
            if year is not None and draft.date is None:
                draft.add_date(line, start, end)
        elif line.text[start:end].strip().casefold() not in EMPTY:
            _read_cell(line, start, end, name, draft)
    if year is not None:
        draft.venues = [(rank, _dated(mention, int(year[0]))) for rank, mention in draft.venues]
    return draft


def _name(columns: Columns, index: int) -> str | None:
    return columns.names[index] if index < len(columns.names) else None


def _dated(mention: Mention, year: int) -> Mention:
    if mention.year is not None:
        return mention
    return Mention(mention.text, mention.span, mention.name, year, mention.kind)


def _cells(source: Source, row: Node, count: int) -> list[tuple[Line, int, int]]:
    """The cells; one that a full-width bar has swallowed is cut off again where the row has room for it."""
    cells: list[tuple[Line, int, int]] = []
    lines = [Line.read(source, [cell.children]) for cell in row.children]
    lines = [line for line in lines if PSEUDO_COMMENT.match(line.text) is None]
    room = count - len([line for line in lines if line.text.strip()])
    for line in lines:
        bar = line.text.find("｜")
        if bar >= 0 and room > 0:
            cells += [(line, 0, bar), (line, bar + 1, len(line))]
            room -= 1
        elif len(cells) < count or line.text.strip():
            cells.append((line, 0, len(line)))
    return cells


def _read_cell(line: Line, start: int, end: int, name: str | None, draft: Draft) -> None:
    if name == "title":
        _title(line, draft, start, end)
    elif name is not None and name in Role._value2member_map_ and name not in ("notes", "other"):
        _links(line, draft, start, end, name)
    elif name == "venue":
        if OBJECTS.search(line.text, start, end) or not draft.add_venue(line, start, end, sure=True):
            _values(line, draft, start, end, "venue")
    elif name == "institutions":
        _values(line, draft, start, end, "institutions")
    elif name == "authors":
        draft.authors.append(line.piece(start, end))
    elif name == "keywords":
        _values(line, draft, start, end, "keywords")
    elif name != "number":
        if name == "date" and draft.add_date(line, start, end):
            return
        Segments(line, draft).read(start, end)


def _title(line: Line, draft: Draft, start: int, end: int) -> None:
    """A title cell: the title, then whatever else the list joins to it by `<br>` or brackets."""
    rows = line.rows_in(start, end)
    while (
        len(rows) > 1
        and LineReader(line, Draft(draft.asked), subtitles=True).lead(rows[0][0], rows[0][1]) >= rows[0][1]
    ):
        LineReader(line, draft, subtitles=True).lead(*rows.pop(0))
    first = rows[0]
    stop = end if begins_with_link(line, first[0]) >= 0 else min(first[1], end)
    LineReader(line, draft, subtitles=True).read(first[0], stop)
    Segments(line, draft).read(stop, end)


def _links(line: Line, draft: Draft, start: int, end: int, role: str) -> None:
    for offset in line.objects_in(start, end):
        if line.text[offset] == LINK:
            draft.add_object(line, offset, role)
        elif line.text[offset] == IMAGE:
            draft.add_object(line, offset)
    words = "".join(char for char in line.text[start:end] if not "\ue000" <= char <= "\ue003").strip(
        " []()|,/"
    )
    if words and not draft.asked.fields.is_label(words):
        Segments(line, draft).read_parts([(start, end)] if LINK not in line.text[start:end] else [])


def _values(line: Line, draft: Draft, start: int, end: int, name: str) -> None:
    segments = Segments(line, draft)
    for offset in line.objects_in(start, end):
        if line.text[offset] in (LINK, IMAGE, CODE):
            segments.read_link(offset) if line.text[offset] == LINK else draft.add_object(line, offset)
    if name == "institutions":
        read_places(line, draft, start, end, None)
        return
    for first, last in segments.parts(start, end):
        begin, stop = line.trimmed(first, last, ",;")
        if any(char.isalnum() for char in line.text[begin:stop]):
            _value(line, draft, begin, stop, name)


def _value(line: Line, draft: Draft, start: int, end: int, name: str) -> None:
    """Take one of a cell's values."""
    if name == "keywords":
        draft.keywords.append(line.piece(start, end))
    elif not (draft.add_venue(line, start, end, sure=True) or draft.add_date(line, start, end)):
        draft.add_note(line, start, end, rank=2)
