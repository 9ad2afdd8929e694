"""Lines below an entry's first: `key: value` lines, labelled links, people, places, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.line import CODE, HTML, IMAGE, LINK
from listlint.papers.model import ROLES
from listlint.papers.parts import SENTENCE, UNPUBLISHED
from listlint.papers.segments import URL, Segments
from listlint.papers.shapes import has_words, is_date, is_person, leading_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.papers.draft import Draft
    from listlint.papers.line import Line

__all__ = ["may_announce", "read_metadata", "read_places"]

KEY = re.compile(r"\W{0,3}([^\n:：\ue000-\ue003]{1,40}?)\W{0,3}[:：]\s*")
SEMICOLON = re.compile(r"[;；]")
ITEMS = expression(r"\s*[,;|；，、]\s*")
NOTES = frozenset({"notes", "other", "abstract"})
PLAIN_KEYS = frozenset({"note", "notes"})  # say no more than that a note follows
UNKNOWN = frozenset(
    {"n/a", "na", "none", "not available", "null", "tba", "tbd", "unknown", "unspecified", "无", "未知"}
)
FEW_WORDS = 8  # beside an address
LONGEST_PLACE = 7  # words
LONGEST_NOTE = 2000  # characters: what is longer is an abstract
NO_PLACE = expression(
    r"\b(?:equal|contribut\w*|correspond\w*|authors?|leads?|work|interns?\w*)\b", re.IGNORECASE
)
OBJECTS = re.compile("[\ue000-\ue003]")


def read_metadata(line: Line, draft: Draft, start: int = 0, end: int | None = None) -> int:
    """Take a line, or a range of it, as an entry's further line; how many of its parts a key or a label announced."""
    end = len(line) if end is None else end
    return sum(_read_range(line, draft, *row) for row in line.rows if start <= row[0] < end)


def may_announce(line: Line, draft: Draft) -> bool:
    """Whether `read_metadata` may find anything announced; quick, takes nothing, and is wrong only in saying yes."""
    if "://" in line.text or any(any(_keys(line, draft, *row)[1:]) for row in line.rows):
        return True
    links = (offset for offset, node in line.objects.items() if line.text[offset] == LINK and node.url)
    return any(_is_told(line, draft, one) or _is_boxed(line, one) for one in links)


def _keys(
    line: Line, draft: Draft, start: int, end: int
) -> tuple[int, str | None, re.Match[str] | None, str | None]:
    """Where a range begins behind its marks, the field that these stand for, and a key with its field."""
    fields = draft.asked.fields
    head = start + leading_marks(line.text[start:end])
    sign = fields.key(line.text[start:head]) if head > start else None
    match = KEY.match(line.text, head, end)
    key = (fields.key(match[1].strip()) or fields.key(match[0].strip(" *_:："))) if match else None
    return head, sign, match if key is not None or sign is not None else None, key


def _read_range(line: Line, draft: Draft, start: int, end: int) -> int:
    head, sign, match, key = _keys(line, draft, start, end)
    if match and key is not None:
        said = match.end() if match[1].strip().casefold() in PLAIN_KEYS else match.start(1)
        _keyed(line, draft, key, (said, match.end()), end)
        return 1
    if sign is not None:
        _keyed(line, draft, sign, (head, match.end() if match else head), end)
        return 1
    if line.text[start:head].strip():
        draft.marks.append(line.piece(start, head))
    return _unkeyed(line, draft, head, end)


def _keyed(line: Line, draft: Draft, key: str, starts: tuple[int, int], end: int) -> None:
    """Take the value of a key; `starts` are where a note begins, which keeps its key (`Problem: …`), and the value."""
    text, (said, start) = line.text, starts
    role = key if key in ROLES else None
    if "://" in text[start:end]:
        Segments(line, draft).addresses(start, end, role)
    for offset in line.objects_in(start, end):
        if text[offset] == LINK:
            draft.add_object(line, offset, role)
        elif text[offset] in (CODE, IMAGE) and key not in ("keywords", "venue", "institutions"):
            draft.add_object(line, offset)
    words = OBJECTS.sub("", text[start:end])
    words = (URL.sub("", words) if "://" in words else words).strip(" ,;|.")
    if key in ("keywords", "venue", "institutions"):
        _values(line, draft, key, start, end)
    elif words and key not in NOTES:
        _words(line, draft, key, start, end)
    elif words and end - start < LONGEST_NOTE and (note := draft.note(line, said, end)):
        draft.notes.append(note)


def _words(line: Line, draft: Draft, key: str, start: int, end: int) -> None:
    """Take the words behind a key whose value is one piece."""
    if key == "authors":
        draft.authors.append(line.piece(start, end, " ,;"))
    elif key in ("date", "year"):
        if not draft.add_date(line, start, end):
            draft.add_note(line, start, end)
    elif key == "title" and not draft.title_parts:
        draft.add_title(line.piece(start, end))


def _values(line: Line, draft: Draft, key: str, start: int, end: int) -> None:
    if key == "institutions":
        read_places(line, draft, start, end, ITEMS)
        return
    for first, last in _between(ITEMS, line, start, end):
        begin, stop = line.trimmed(first, last, ".[]")
        if begin < stop:
            begin += line.text[begin] == "#" and stop - begin > 1
            _value(line, draft, key, begin, stop)


def read_places(line: Line, draft: Draft, start: int, end: int, parting: re.Pattern[str] | None) -> None:
    """Take a range that is announced as places: parted by semicolons, else by `parting` where one is unknown."""
    if line.text[start:end].strip().casefold() in UNKNOWN:
        return
    if SEMICOLON.search(line.text, start, end):
        parting = SEMICOLON
    elif draft.add_place(line, start, end) or _places(line, draft, *line.trimmed(start, end, ",;"), fewest=2):
        return
    for first, last in _between(parting, line, start, end) if parting else [(start, end)]:
        begin, stop = line.trimmed(first, last, "#,;[]")
        if begin < stop and not draft.add_place(line, begin, stop):
            draft.institutions.append(line.piece(begin, stop))


def _between(parting: re.Pattern[str], line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges between the places where a pattern matches."""
    for match in parting.finditer(line.text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _value(line: Line, draft: Draft, key: str, start: int, end: int) -> None:
    """Take one of the values that a key announces."""
    if line.text[start:end].casefold() in UNKNOWN:
        return
    if line.text[start:end] == CODE:
        draft.add_object(line, start)
    elif key == "venue":
        if not draft.add_venue(line, start, end, sure=True) and not draft.add_date(line, start, end):
            draft.notes.append(line.piece(start, end))
    elif line.text[start] not in (LINK, HTML):
        draft.add_tag(line, start, end)


def _unkeyed(line: Line, draft: Draft, start: int, end: int) -> int:
    """Take a further line that no key announces: links, a place, people, a venue, a date, else a note."""
    first, last = line.trimmed(start, end, " ,;|.")
    if first >= last:
        return 0
    words = OBJECTS.sub("", line.text[first:last])
    if "://" in words and not has_words(URL.sub("", words)):
        before = len(draft.links)
        Segments(line, draft).addresses(first, last)
        return sum(draft.asked.hosts.read(link.url).role is not None for link in draft.links[before:])
    if not has_words(words):
        before = len(draft.links)
        Segments(line, draft).read(first, last)
        return sum(
            draft.asked.fields.is_label(link.label) and not link.url.startswith("#")
            for link in draft.links[before:]
        )
    if "://" in words and len(words.split()) <= FEW_WORDS:
        return _beside_addresses(line, draft, first, last)
    if _one_field(line, draft, first, last) or _person_first(line, draft, first, last):
        return 0
    if line.text[last : last + 1] == "." and draft.title_parts and not draft.authors and is_person(words):
        draft.authors.append(line.piece(first, last))
        return 0
    labelled = [offset for offset in line.objects_in(first, last) if line.text[offset] == LINK]
    styled = line.styled(line.emphasis, first)
    alone = styled is not None and styled[1] < last and not draft.authors and is_person(line.level(*styled))
    if labelled and all(_is_told(line, draft, one) or _is_boxed(line, one) for one in labelled):
        if styled is not None and alone:
            draft.authors.append(line.piece(*styled, " .,"))
            first = styled[1]
        Segments(line, draft).read(first, last)
        return len(labelled)
    draft.add_note(line, first, last)
    return 0


def _beside_addresses(line: Line, draft: Draft, start: int, end: int) -> int:
    """Take bare addresses and the few words beside them; how many addresses say what they lead to."""
    before = len(draft.links)
    segments = Segments(line, draft)
    segments.addresses(start, end)
    ends = [place for match in URL.finditer(line.text, start, end) for place in match.span()]
    cuts = [start, *ends, end]
    for cut in zip(cuts[::2], cuts[1::2], strict=True):
        first, last = line.trimmed(*cut, " ,;|.·•:-–—()[]<>")
        words = line.text[first:last]
        if not has_words(words) or draft.asked.fields.is_label(words):
            continue
        if not _one_field(line, draft, first, last):
            segments.read(first, last)
    return sum(draft.asked.hosts.read(link.url).role is not None for link in draft.links[before:])


def _person_first(line: Line, draft: Draft, start: int, end: int) -> bool:
    """Take one author and what follows: `A. Author. *Preprint 2021*`, `An Author. ICML, 2021`."""
    cut = next((one for one in line.edges if start < one < end), end)
    behind = SENTENCE.search(line.text, start, cut)
    cut = behind.start() if behind else cut
    if draft.authors or cut >= end or not is_person(line.plain(start, cut)):
        return False
    rest = line.trimmed(cut, end, " .,;")
    words = line.plain(*rest)
    if not UNPUBLISHED.fullmatch(words) and draft.asked.venue(words) is None and not is_date(words):
        return False
    draft.authors.append(line.piece(start, cut, " .,"))
    Segments(line, draft).read(*rest)
    return True


def _one_field(line: Line, draft: Draft, start: int, end: int) -> bool:
    """Take a line that is one field, or fields and nothing else."""
    if draft.add_place(line, start, end) or draft.add_venue(line, start, end, rank=1):
        return True
    if draft.add_people(line, start, end) or draft.add_date(line, start, end):
        return True
    if _affiliations(line, draft, start, end) or _places(line, draft, start, end):
        return True
    styled = line.styled(line.emphasis, start)
    if styled is not None and styled[1] >= end and not draft.authors and is_person(line.level(start, end)):
        draft.authors.append(line.piece(start, end, " .,"))
        return True
    segments = Segments(line, draft)
    if segments.are_fields(start, end):
        segments.read(start, end)
        return True
    return False


def _is_told(line: Line, draft: Draft, offset: int) -> bool:
    """Whether a link's text is a label, or the venue that the link leads to; a link within the page says nothing."""
    if line.objects[offset].url.startswith("#"):
        return False
    label = line.label(line.objects[offset])
    if draft.asked.fields.is_label(label):
        return True
    found = draft.asked.venue(label)
    return found is not None and (found.known or found.year is not None)


def _is_boxed(line: Line, offset: int) -> bool:
    """Whether a link stands in brackets of its own: `[[code by others](u)]`."""
    group = line.group_around(offset)
    return group is not None and line.text[group.start : group.end] == f"[{LINK}]"


def _affiliations(line: Line, draft: Draft, start: int, end: int) -> bool:
    """Take a line of places that are marked by raised numbers; what is none of them is a note."""
    ranges = line.level_ranges(start, end)
    if not any(start <= first < end for first, _ in line.raised) or OBJECTS.search(line.text, start, end):
        return False
    places = [_add_place(line, draft, *one) for one in ranges]
    if not any(places):
        return False
    for one, taken in zip(ranges, places, strict=True):
        piece = line.piece(*one, " ,;.")
        if not taken and len(piece.text) > 3:  # noqa: PLR2004 - marks
            told = not NO_PLACE.search(piece.text) and piece.text[0].isupper()
            (draft.institutions if told else draft.notes).append(piece)
    return True


def _places(line: Line, draft: Draft, start: int, end: int, fewest: int = 3) -> bool:
    """Take a range that lists places between commas, half of them known or more; of less than three it may be chance."""
    parts = line.plain(start, end).split(", ")
    if len(parts) < fewest or len("".join(parts)) + 2 * (len(parts) - 1) != end - start:
        return False
    spans: list[tuple[int, int]] = []
    offset = start
    for part in parts:
        last = offset + len(part)
        if spans and not draft.asked.is_place(part) and _is_one(line, draft, spans[-1][0], last):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((offset, last))
        offset = last + 2
    known = [draft.asked.is_place(line.plain(*one)) for one in spans]
    long = any(len(line.plain(*one).split()) > LONGEST_PLACE for one in spans)
    if long or len(spans) < fewest - 1 or sum(known) * 2 < len(spans):
        return False
    for one, told in zip(spans, known, strict=True):
        if not told or not draft.add_place(line, *one):
            draft.institutions.append(line.piece(*one, " ,;."))
    return True


def _is_one(line: Line, draft: Draft, start: int, end: int) -> bool:
    """Whether a range with a comma in it is one known place: `University of California, Berkeley`."""
    return len(draft.asked.institutions.read(line.plain(start, end))) == 1


def _add_place(line: Line, draft: Draft, start: int, end: int) -> bool:
    """Take a place, or one with its short name behind it in brackets."""
    if draft.add_place(line, start, end):
        return True
    cut = line.text.find(" (", start, end)
    return (
        cut > start
        and line.text[start:end].rstrip(" .,;").endswith(")")
        and draft.add_place(line, start, cut)
    )
