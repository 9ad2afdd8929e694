"""Entries in the rows of tables."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from listlint.markdown.tables import is_pseudo_comment
from listlint.papers.draft import Draft
from listlint.papers.entry_line import LineReader, begins_with_link
from listlint.papers.line import CODE, IMAGE, LINK, Line
from listlint.papers.metadata import read_places
from listlint.papers.model import ROLES, Mention
from listlint.papers.segments import Segments
from listlint.papers.several import several_titles
from listlint.papers.shapes import has_words, is_date, is_number

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.asked import Asked
    from listlint.papers.reading import Reading
    from listlint.source import Source

__all__ = ["read_table"]

EMPTY = frozenset({"", "-", "--", "—", "–", "/", "x", "n/a", "na", "none", "null", "tbd", "todo", "✗", "×"})
OBJECTS = re.compile("[\ue000-\ue003]")
LONGEST_TITLE = 200  # characters
MOSTLY = 0.8  # of the cells
YEAR = re.compile(r"(?:19|20)\d\d")


def read_table(
    reading: Reading, table: Node, *, dialect: str = "table", nodes: list[Node] | None = None
) -> None:
    """Read the entries of a table; `nodes` are the blocks that hold it where it is HTML."""
    columns = Columns(reading.source, table, reading.asked)
    if not columns.hold_papers:
        return
    for row in [child for child in table.children if child.kind == "row"][1:]:
        for draft in read_row(reading.source, row, columns, reading.asked):
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
            line = Line(source, cell.children)
            self.names.append(asked.fields.column(line.plain(0, len(line))))
        self._cells = (source, body[:40], asked)
        self._orders: dict[int, list[tuple[int, str | None]]] = {}
        titles = [index for index, name in enumerate(self.names) if name == "title"]
        if len(titles) != 1:
            self._find_title(source, body, asked, titles)
        if "title" not in self.names and {"paper", "links"} & set(self.names) and self.spare >= 0:
            self.names[self.spare] = "title"

    def _find_title(self, source: Source, body: list[Node], asked: Asked, titles: list[int]) -> None:
        """Of `titles`, else of the columns called paper, else of all, the one whose cells look most like titles."""
        known = titles or [index for index, name in enumerate(self.names) if name == "paper"]
        allowed = known or [
            index for index, name in enumerate(self.names) if name in (None, "other", "notes", "links")
        ]
        scores = dict.fromkeys(allowed, 0.0)
        for row in body[:40]:
            for index in allowed:
                if index >= len(row.children):
                    break
                line = Line(source, row.children[index].children)
                words = line.plain(0, len(line))
                if len(words.split()) > 1 and not asked.fields.is_label(words):
                    scores[index] += min(len(words), 120)
            if len(allowed) == 1 and scores[allowed[0]] > 0:
                break
        best = max(allowed, key=lambda index: scores[index], default=-1)
        if best >= 0 and scores[best] > 0:
            for index in titles:
                self.names[index] = None
            self.names[best] = "title"

    @cached_property
    def others(self) -> list[int]:
        """The columns before the title's whose header does not say what they hold."""
        told = next((name for name in ("title", "paper", "links") if name in self.names), None)
        title = self.names.index(told) if told is not None else 0
        return [index for index, name in enumerate(self.names[:title]) if name in (None, "other")]

    @cached_property
    def spare(self) -> int:
        """The first column of words before the title's, such as a method's name: it names papers whose title's cell does not; else -1."""
        source, body, asked = self._cells
        for index in self.others:
            cells = [row.children[index] for row in body if index < len(row.children)]
            lines = [Line(source, cell.children) for cell in cells]
            words = [line.plain(0, len(line)).strip() for line in lines]
            named = [
                any(char.isalpha() for char in one) and not asked.fields.is_label(one) and not is_date(one)
                for one in words
            ]
            if sum(named) > len(named) * MOSTLY:
                return index
        return -1

    def order(self, count: int) -> list[tuple[int, str | None]]:
        """The indexes of `count` cells and the fields that they hold, those with a title first."""
        if count not in self._orders:
            named = enumerate((self.names + [None] * count)[:count])
            self._orders[count] = sorted(named, key=lambda one: one[1] != "title")
        return self._orders[count]

    @property
    def hold_papers(self) -> bool:
        """Whether there is a column of titles."""
        return "title" in self.names


def read_row(source: Source, row: Node, columns: Columns, asked: Asked) -> list[Draft]:
    """The entry of one row, or several where its title's cell holds several linked titles."""
    cells = _cells(source, row, len(columns.names))
    place = columns.names.index("title")
    titles = several_titles(*cells[place], asked) if place < len(cells) else []
    if not titles:
        return [_read_row(cells, columns, asked)]
    line = cells[place][0]
    return [
        _read_row(
            [_share(one, number, len(titles)) if one[0] is not line else (line, *title) for one in cells],
            columns,
            asked,
        )
        for number, title in enumerate(titles)
    ]


def _share(cell: tuple[Line, int, int], number: int, count: int) -> tuple[Line, int, int]:
    """What a cell says of the paper of this number out of `count`: its own link, if there is one for each."""
    line, start, end = cell
    links = [one for one in line.objects_in(start, end) if line.text[one] == LINK]
    if not links or (len(links) != count and number == 0):
        return cell
    return (line, links[number], links[number] + 1) if len(links) == count else (line, start, start)


def _read_row(cells: list[tuple[Line, int, int]], columns: Columns, asked: Asked) -> Draft:
    draft = Draft(asked)
    year = None
    for index, name in columns.order(len(cells)):
        line, start, end = cells[index]
        if name == "year":
            year = YEAR.search(line.text, start, end)
            if year is not None and draft.date is None:
                draft.add_date(line, start, end)
        elif line.text[start:end].strip().casefold() not in EMPTY:
            _read_cell(line, start, end, name, draft)
    title = draft.title
    unnamed = columns.others and (title is None or asked.fields.is_label(title) or is_number(title))
    if unnamed and 0 <= columns.spare < len(cells):
        _named_by(draft, *cells[columns.spare])
    if title is not None and " " not in title:
        _spelt_out(draft, title)
    if year is not None:
        draft.venues = [(rank, _dated(mention, int(year[0]))) for rank, mention in draft.venues]
    return draft


def _spelt_out(draft: Draft, name: str) -> None:
    """Take the cell that begins with a row's short name and a colon as the whole title."""
    whole = next((note for note in draft.notes if note.text.startswith(f"{name}: ")), None)
    if whole is not None and len(whole.text) < LONGEST_TITLE and ". " not in whole.text:
        draft.notes.remove(whole)
        draft.title_parts = [("", whole)]


def _named_by(draft: Draft, line: Line, start: int, end: int) -> None:
    """Take a cell as the title where the title's own cell holds nothing but labels."""
    spare = Draft(draft.asked)
    if start < end:
        _title(line, spare, start, end)
    if spare.title is not None:
        draft.title_parts, draft.title_linked = spare.title_parts, False
        draft.notes = [one for one in draft.notes if one.span != spare.title_parts[0][1].span]


def _dated(mention: Mention, year: int) -> Mention:
    if mention.year is not None:
        return mention
    return Mention(mention.text, mention.span, mention.name, year, mention.kind)


def _cells(source: Source, row: Node, count: int) -> list[tuple[Line, int, int]]:
    """The cells; one that a full-width bar has swallowed is cut off again where the row has room for it."""
    cells: list[tuple[Line, int, int]] = []
    lines = [Line(source, cell.children) for cell in row.children]
    lines = [line for line in lines if "//" not in line.text or not is_pseudo_comment(line.text)]
    if len(lines) == count and not [line for line in lines if "｜" in line.text]:
        return [(line, 0, len(line)) for line in lines]
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
    elif name is not None and name in ROLES and name not in ("notes", "other"):
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
    elif name == "number" or (name in (None, "other") and _counts(line.text[start:end], name)):
        return
    else:
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
    link = _only_paper(line, start, end, draft) if line.text[start] != LINK else start
    if link > start:
        LineReader(line, draft, subtitles=True).read_line(link, end)
        draft.add_note(line, start, link)
        return
    first = rows[0]
    stop = end if begins_with_link(line, first[0]) >= 0 else min(first[1], end)
    LineReader(line, draft, subtitles=True).read_line(first[0], stop)
    if stop < end:
        Segments(line, draft).read(stop, end)


def _only_paper(line: Line, start: int, end: int, draft: Draft) -> int:
    """The offset of the one link of a cell if it shows the title, and what stands before it are words on the paper; else -1."""
    links = [one for one in line.objects_in(start, end) if line.text[one] == LINK]
    if len(links) != 1 or not any("\u3040" <= char <= "\ud7a3" for char in line.text[start : links[0]]):
        return -1
    label = line.label(line.objects[links[0]])
    asked = draft.asked
    known = asked.fields.is_label(label) or asked.venue(label) is not None or is_date(label)
    return -1 if known or asked.hosts.read(line.objects[links[0]].url).role != "paper" else links[0]


def _counts(text: str, name: str | None) -> bool:
    """Whether a cell is a number: stars, citations, a running number; a year where the header says nothing."""
    return is_number(text) and (name == "other" or YEAR.fullmatch(text.strip()) is None)


def _links(line: Line, draft: Draft, start: int, end: int, role: str) -> None:
    fields = draft.asked.fields
    for offset in line.objects_in(start, end):
        if line.text[offset] == LINK:
            label = line.label(line.objects[offset])
            said = fields.label(label) if label and not fields.is_weak(label) else None
            draft.add_object(line, offset, said or role)
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
        if has_words(line.text[begin:stop]):
            _value(line, draft, begin, stop, name)


def _value(line: Line, draft: Draft, start: int, end: int, name: str) -> None:
    """Take one of a cell's values."""
    if name == "keywords":
        draft.keywords.append(line.piece(start, end))
    elif not (draft.add_venue(line, start, end, sure=True) or draft.add_date(line, start, end)):
        draft.add_note(line, start, end, rank=2)
