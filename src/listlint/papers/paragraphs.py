"""Entries in paragraphs: a bold, quoted or linked title, and lines that say more of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.papers.entry_line import LineReader
from listlint.papers.judge import SURE, names_paper
from listlint.papers.line import IMAGE, LINK
from listlint.papers.metadata import read_metadata
from listlint.papers.shapes import are_people, is_address
from listlint.papers.title_end import LONG_LABEL
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.draft import Draft
    from listlint.papers.line import Line
    from listlint.papers.reading import Found, Reading

__all__ = ["is_entry", "read_paragraph"]

OPENS = frozenset("\"“„«「'‘[")
PLAIN_SURE = 0.6
LONGEST_TITLE = 250
FEWEST_WORDS = 3
# A sentence that cites a paper begins, or goes on, in other words than a title does.
SENTENCE = expression(
    r"\W*+(?:we|you|our|your|this|these|see|please|if|for|here|also|note|thanks?|check|check out|refer|read|more|all|most|some|"
    r"many|click|update[sd]?|news|citation|welcome|there|it|they|i|my|in this|the following|corresponding|paper list|survey paper)\b",
    re.IGNORECASE,
)
GOES_ON = expression(
    r"\s+(?:is|are|was|were|has|have|can|by|and|for|which|that|to|from|contains?|provides?|proposes?)\b"
)
KEYED_ADDRESS = expression(r"[^:：\n]{1,40}[:：]\s*(?:https?://\S+|\ue000)\s*(?:\n|$)")
RULED = expression(r"\s*[-–—=~*]{2,}\s[^\n\ue000-\ue003]{2,60}\s[-–—=~*]{2,}\s*")  # `--- Before 2020 ---`
OBJECTS = re.compile("[\ue000-\ue003]")


class Read(NamedTuple):
    """A stretch of a paragraph read as an entry."""

    draft: Draft
    sure: float
    start: int
    end: int


def is_entry(reading: Reading, block: Node) -> bool:
    """Whether a paragraph is a paper by itself."""
    return LINK in reading.line(block).text and bool(_read_once(reading, block))


def read_paragraph(reading: Reading, blocks: list[Node], index: int) -> int:
    """Read the entries of a paragraph, and what follows it if that only says more of them; the index behind."""
    block = blocks[index]
    line = reading.line(block)
    if _belongs_before(reading, blocks, index, line):
        return index + 1
    entries = _read_once(reading, block) if LINK in line.text or "http" in line.text else []
    if not entries:
        return _title_alone(reading, blocks, index, line)
    for one in entries:
        span = block.span if len(entries) == 1 else line.span(one.start, one.end)
        found = reading.add(one.draft, "paragraphs", one.sure, [block], span=span)
    return _following(reading, blocks, index + 1, found)


def _read_once(reading: Reading, block: Node) -> list[Read]:
    """The entries of a paragraph: it is looked at as what follows others before it is read itself."""
    known: dict[int, list[Read]] = reading.paragraphs
    if id(block) not in known:
        known[id(block)] = _read(reading, reading.line(block))
    return known[id(block)]


def _read(reading: Reading, line: Line) -> list[Read]:
    """The entries of a paragraph: one, or several where each of its lines is one."""
    if _says_key(reading, line) or _is_labelled(reading, line):
        return []
    rows = line.rows
    if len(rows) > 1 and RULED.fullmatch(line.text, *rows[0]):
        rows = rows[1:]
    if len(rows) > 1 and line.text.count(LINK) > 1 and _names_several(reading, line):
        starts = [
            row[0]
            for index, row in enumerate(rows)
            if _opens(reading, line, *row) or _opens_plainly(reading, line, rows[index : index + 2])
        ]
        if len(starts) > 1 and starts[0] == rows[0][0]:
            ends = [*starts[1:], len(line)]
            several = [_entry(reading, line, start, end) for start, end in zip(starts, ends, strict=True)]
            found = [one for one in several if one is not None]
            if len(found) > 1 and sum(names_paper(one.draft) for one in found) > len(starts) // 2:
                return found
    one = _entry(reading, line, rows[0][0], len(line)) if rows else None
    return [one] if one is not None else []


def _says_key(reading: Reading, line: Line) -> bool:
    """Whether a paragraph begins with a key, as `Authors: …` does below its paper's title."""
    head, colon, _ = line.text[:48].partition(":")
    key = reading.asked.fields.key(head.strip(" *_")) if colon and "\n" not in head else None
    return key is not None and key not in ("paper", "title")


def _is_labelled(reading: Reading, line: Line) -> bool:
    """Whether a paragraph is a word or two and links whose labels say what they lead to: `Paper link: [here](u)`."""
    if len(line.rows) > 1 or line.groups or line.strong or line.emphasis or not line.objects:
        return False
    words = OBJECTS.sub(" ", line.text)
    if len(words.split()) >= FEWEST_WORDS or not OPENS.isdisjoint(words):
        return False
    labels = [line.label(node).strip() for node in line.objects.values() if node.kind == "link"]
    fields = reading.asked.fields
    return len(labels) == len(line.objects) and all(
        ":" not in one
        and len(one.split()) < LONG_LABEL
        and (fields.label(one) is not None or fields.is_weak(one))
        and not fields.is_name(one)
        for one in labels
    )


def _names_several(reading: Reading, line: Line) -> bool:
    """Whether the links of a paragraph name more than one paper."""
    found = set()
    for node in line.objects.values():
        facts = reading.asked.hosts.read(node.url) if node.kind in ("link", "autolink") else None
        if facts is not None and facts.role == "paper":
            found.add(facts.identity or node.url)
    return len(found) > 1


def _opens(reading: Reading, line: Line, start: int, end: int) -> bool:
    """Whether a line of a paragraph begins with a title."""
    draft = reading.new_draft()
    reader = LineReader(line, draft, subtitles=False)
    offset = reader.lead(start, end)
    if offset >= end:
        return False
    if LineReader.is_marked(line, offset):
        LineReader(line, draft, subtitles=False).read_line(start, end)
        title = draft.title
        if title is None or len(title.split()) < 2 or reading.asked.fields.is_label(title):  # noqa: PLR2004 - a name
            return False
        return reading.asked.venue(title) is None
    return LINK in line.text[start:end] and _is_plain(reading, line, start, end) is not None


def _opens_plainly(reading: Reading, line: Line, rows: list[tuple[int, int]]) -> bool:
    """Whether a line without links is a title because the next one is nothing but labelled links."""
    if len(rows) < 2 or LINK in line.text[slice(*rows[0])] or not _labels_alone(reading, line, *rows[1]):  # noqa: PLR2004
        return False
    draft = reading.new_draft()
    LineReader(line, draft, subtitles=False).read_line(*rows[0])
    title = draft.title or ""
    return len(title.split()) >= FEWEST_WORDS and not SENTENCE.match(title) and not title.endswith((":", ","))


def _labels_alone(reading: Reading, line: Line, start: int, end: int) -> bool:
    links = [
        line.label(line.objects[one]).strip(" []()") for one in range(start, end) if line.text[one] == LINK
    ]
    words = OBJECTS.sub("", line.text[start:end]).strip(" []()|,;/-–·")
    return bool(links) and not words and all(reading.asked.fields.is_label(label) for label in links)


def _entry(reading: Reading, line: Line, start: int, end: int) -> Read | None:
    """The entry that a stretch of a paragraph is."""
    first, *more = line.rows_in(start, end)
    reader = LineReader(line, reading.new_draft(), subtitles=False)
    offset = reader.lead(start, end)
    if offset >= end:
        return None
    if not LineReader.is_marked(line, offset) and line.text[offset] != "[":
        return _is_plain(reading, line, start, end)
    if first[1] < end:
        reader = LineReader(line, reading.new_draft(), subtitles=False)
        offset = reader.lead(start, first[1])
    behind, draft = reader.title(offset), reader.draft
    if draft.title is None and not more:
        return None
    reader.read_behind(*behind)
    for row in more:
        read_metadata(line, draft, *row)
    sure = reading.weight(draft)
    if draft.title_linked and GOES_ON.match(line.text, line.text.find(LINK, start) + 1, end):
        return None
    if draft.title is None or (SENTENCE.match(draft.title) and not draft.title_linked and sure < SURE):
        return None
    marked = line.styled(line.strong, offset) is not None or line.text[offset] in '"“«「'
    return Read(draft, sure, start, end) if sure >= SURE or (marked and sure > 0) else None


def _is_plain(reading: Reading, line: Line, start: int, end: int) -> Read | None:
    """A plain title before labelled links, or before its authors: surely no sentence."""
    draft = reading.new_draft()
    first, *more = line.rows_in(start, end)
    reader = LineReader(line, draft, subtitles=False)
    behind = reader.read_title(start, first[1])
    title = draft.title
    if not more if title is None else not draft.authors and len(title.split()) < FEWEST_WORDS:
        return None
    reader.read_behind(*behind)
    for row in more:
        read_metadata(line, draft, *row)
    title = draft.title
    if title is None or len(title) > LONGEST_TITLE:
        return None
    if _is_cited(reading, draft) and (weight := reading.weight(draft)) > 0:
        goes_on = draft.title_linked and GOES_ON.match(line.text, line.text.find(LINK, start) + 1, end)
        return None if goes_on else Read(draft, weight, start, end)
    if draft.title_linked:
        return None
    if SENTENCE.match(title) or title.endswith((":", "：", ",")) or are_people(title) or ". " in title:
        return None
    if len(title.split()) < FEWEST_WORDS or not names_paper(draft):
        return None
    if sum(len(note.text) for note in draft.notes) > len(title):
        return None
    labelled = all(
        is_address(link.label) or reading.asked.fields.is_label(link.label or "link") for link in draft.links
    )
    return Read(draft, PLAIN_SURE, start, end) if labelled and reading.kind is None else None


def _is_cited(reading: Reading, draft: Draft) -> bool:
    """Whether authors stand before a title in quotes or bold type, or a linked one of some words."""
    if not draft.authors or not draft.title_parts:
        return False
    title, people = draft.title_parts[0][1].span, draft.authors[0].span
    marks = '"“*_[' if len((draft.title or "").split()) >= FEWEST_WORDS else '"“*_'
    return people.end <= title.start and reading.source.text[title.start - 1] in marks


def _title_alone(reading: Reading, blocks: list[Node], index: int, line: Line) -> int:
    """Read a paragraph that is nothing but a title, if what follows announces a paper's parts."""
    after = index + 1
    if (
        after >= len(blocks)
        or blocks[after].kind not in ("paragraph", "list", "fence")
        or reading.kind is not None
    ):
        return after
    bold = line.styled(line.strong, 0) is not None
    text = line.text.strip()
    if not 8 < len(text) < LONGEST_TITLE or "\n" in text or IMAGE in text or LINK in text:  # noqa: PLR2004 - a title
        return after
    if not bold and (blocks[after].kind != "list" or SENTENCE.match(text) or text.endswith((":", "：", "."))):
        return after
    draft = reading.new_draft()
    LineReader(line, draft, subtitles=False).read_line()
    if draft.title is None or len(draft.title.split()) < FEWEST_WORDS:
        return after
    from listlint.papers.heading_blocks import read_below

    end = after + (blocks[after].kind == "paragraph" and _people_block(reading, blocks[after])) + 1
    below = blocks[after:end]
    announced = read_below(reading, below, draft)
    if announced < 1 or reading.weight(draft) < 0.7:  # noqa: PLR2004 - a link or a venue
        return after
    found = reading.add(draft, "paragraphs", reading.weight(draft), [blocks[index], *below])
    return _following(reading, blocks, end, found)


def _people_block(reading: Reading, block: Node) -> bool:
    line = reading.line(block)
    return line.styled(line.emphasis, 0) is not None and are_people(line.plain(0, len(line)))


def _following(reading: Reading, blocks: list[Node], index: int, found: Found) -> int:
    """Take the blocks right behind an entry that only say more of it; the index behind them."""
    while index < len(blocks):
        block = blocks[index]
        if block.kind == "fence" and found.draft.bibtex is None and reading.fence(block, found.draft):
            found.nodes.append(block)
        elif block.kind == "paragraph" and _says_more(reading, block):
            reading.metadata(block, found.draft)
            found.nodes.append(block)
        elif block.kind == "list" and all(_labels_only(reading, item) for item in block.children):
            for item in block.children:
                for child in item.children:
                    reading.metadata(child, found.draft)
            found.nodes.append(block)
        else:
            break
        if found.span is not None:
            found.span = Span(found.span.start, block.span.end)
        index += 1
    return index


def _says_more(reading: Reading, block: Node) -> bool:
    """Whether a paragraph is nothing but people, or labelled links."""
    if _people_block(reading, block):
        return True
    line = reading.line(block)
    if (LINK not in line.text and "://" not in line.text) or is_entry(reading, block):
        return False
    draft = reading.new_draft()
    announced = read_metadata(line, draft)
    if all(KEYED_ADDRESS.match(line.text, *row) for row in line.rows):
        return announced == len(line.rows) == len(draft.links)
    words = OBJECTS.sub("", line.text).strip(" []()|,;/\n")
    return (
        announced > 0 and not words and all(reading.asked.fields.is_label(link.label) for link in draft.links)
    )


def _labels_only(reading: Reading, item: Node) -> bool:
    """Whether an item is a label and a link, as in `- Code: https://…`."""
    if len(item.children) != 1 or item.children[0].kind != "paragraph":
        return False
    draft = reading.new_draft()
    return read_metadata(reading.line(item.children[0]), draft) > 0 and bool(draft.links) and not draft.notes


def _badges_alone(line: Line) -> bool:
    """Whether a paragraph is nothing but pictures that are links, with blanks around them."""
    if LINK not in line.text or any(char.isalnum() for char in line.text.replace("&nbsp;", "")):
        return False
    links = [node for node in line.objects.values() if node.kind == "link"]
    return bool(links) and all(any(child.kind == "image" for child in node.children) for node in links)


def _belongs_before(reading: Reading, blocks: list[Node], index: int, line: Line) -> bool:
    """Take a paragraph of names, or of linked badges, behind a list as a part of the list's last entry."""
    if index == 0 or blocks[index - 1].kind != "list" or not reading.found:
        return False
    last = reading.found[-1]
    if last.place().end < blocks[index - 1].span.end - 1:
        return False
    if not _badges_alone(line):
        styled = line.styled(line.emphasis, 0)
        if last.draft.authors or styled is None or not are_people(line.plain(*styled).strip(" .")):
            return False
    read_metadata(line, last.draft)
    last.nodes.append(blocks[index])
    return True
