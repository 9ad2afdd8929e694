"""Entries in the items of lists: bullets, checklists, numbered lists, with or without lines nested below."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.papers.entry_line import LineReader
from listlint.papers.judge import holds_several, names_paper
from listlint.papers.like_siblings import like_siblings
from listlint.papers.line import LINK
from listlint.papers.metadata import may_announce, read_metadata
from listlint.papers.model import Role
from listlint.papers.several import several_titles
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.draft import Draft
    from listlint.papers.reading import Found, Reading

__all__ = ["Item", "announces", "read_items", "tried"]

COLON = re.compile("[:：]")
BOX = LINK + " ,;|/"
LABEL_WORDS = 4
INITIALED = expression(r"(?:[^\W\d_]\.[\s\-]?)+[^\W\d_][^\s,.]+(?: [^\W\d_][^\s,.]+)?(?:,|\.| and )\s*")
TITLE_WORDS = 3  # a title without a link that stands below another entry has at least so many words


class Trial(NamedTuple):
    """What an item is, read as an entry, and how surely it is a paper."""

    draft: Draft
    weight: float = 0.0


class Item:
    """A list item, read as an entry on trial when that is first asked for."""

    __slots__ = ("_key", "_known", "_reading", "line", "node")

    def __init__(self, reading: Reading, node: Node) -> None:
        self.node = node
        self.line = reading.first_line(node)
        self._reading = reading
        self._known: Trial | None = None
        self._key: str | None = None

    @property
    def keyed(self) -> bool:
        """Whether the item begins with a key: `Code:`; it need not be read for that, but where it is a paper's own."""
        if self._key is None:
            self._key = self._read_key()
        return self._key != "" and not (self._key in ("paper", "title") and self.trial.draft.title_linked)

    def _read_key(self) -> str:
        line = self.line
        if line is None or not line.rows or line.text[0] == LINK:
            return ""
        words, *rest = COLON.split(line.text[:48].lstrip(" *_"), maxsplit=1)
        return (self._reading.asked.fields.key(words) if rest else None) or ""

    @property
    def is_paper(self) -> bool:
        """Whether the item, read as an entry, is a paper and no part of one."""
        return not self.keyed and self.trial.weight > 0

    @property
    def trial(self) -> Trial:
        """The item as an entry."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> Trial:
        reading, node, line = self._reading, self.node, self.line
        draft = reading.new_draft()
        if line is None or not line.rows:
            return Trial(draft)
        reading.read_line(line, draft)
        for child in node.children[1:]:
            reading.metadata(child, draft)
        return Trial(draft, reading.weight(draft))

    def become(self, draft: Draft) -> None:
        """Take another reading as the item's."""
        self._known = Trial(draft, self._reading.weight(draft))

    @property
    def stands_alone(self) -> bool:
        """Whether the item is a paper even below another one: by a linked title, or a title and a paper link."""
        if not self._may_link() or not self.is_paper or self.is_told:
            return False
        draft = self.trial.draft
        if draft.title_linked:
            return draft.links[0].role is not Role.OTHER
        return len((draft.title or "").split()) >= TITLE_WORDS and names_paper(draft)

    @property
    def is_told(self) -> bool:
        """Whether the item, below another one, can only say more of it: a key, links in brackets, people."""
        if self.keyed or self._only_boxed():
            return True
        return not self.trial.draft.title_linked and self._begins_with_people()

    def _begins_with_people(self) -> bool:
        """Whether names with initials come first: `A. Author, B. Author. *ICML 2020*`."""
        return self.line is not None and INITIALED.match(self.line.text) is not None

    def _only_boxed(self) -> bool:
        """Whether the item is a few words in brackets that are a link, and nothing else: `[[Some Port]](u)`."""
        line = self.line
        if line is None or LINK not in line.text or line.text.strip(BOX):
            return False
        labels = [line.label(node) for node in line.objects.values()]
        return all(one.startswith("[") and len(one.split()) <= LABEL_WORDS for one in labels)

    def _may_link(self) -> bool:
        """Whether the item can have links of its own; quick, and wrong only in saying yes."""
        line = self.line
        if line is None or any(child.kind != "list" for child in self.node.children[1:]):
            return True
        return LINK in line.text or "://" in line.text or "www." in line.text.lower()


def tried(reading: Reading, node: Node) -> Item:
    """An item looked at before it is its turn, as if it were an entry."""
    item = reading.trials.get(id(node))
    if item is None:
        item = reading.trials[id(node)] = Item(reading, node)
    return item


def _item(reading: Reading, node: Node) -> Item:
    """An item whose turn it is: what was read of it when it was looked at before is not read again."""
    return reading.trials.pop(id(node), None) or Item(reading, node)


def announces(reading: Reading, node: Node) -> int:
    """How many parts of an item say by a label or a key what they are; 0 too where the item is a paper itself."""
    line = reading.first_line(node)
    draft = reading.new_draft()
    return read_metadata(line, draft) if line is not None and may_announce(line, draft) else 0


def read_items(reading: Reading, blocks: list[Node], index: int) -> int:
    """Read the entries of a list; the index behind it, and behind a list that only has the links of its last item."""
    node, after, first = blocks[index], index + 1, len(reading.found)
    split: dict[int, list[Node]] = {}
    while after < len(blocks) and _only_links(reading, node, blocks[after]):
        node = _joined(node, blocks[after], split)
        after += 1
    _read(reading, node, {})
    for one in reading.found[first:] if split else ():
        one.nodes = [part for whole in one.nodes for part in split.get(id(whole), [whole])]
    return after


def _joined(node: Node, below: Node, split: dict[int, list[Node]]) -> Node:
    """A list whose last item has another list below it; `split` keeps what the item was made of."""
    last = node.children[-1]
    whole = replace(last, children=[*last.children, below], span=Span(last.span.start, below.span.end))
    split[id(whole)] = [last, below]
    return replace(node, children=[*node.children[:-1], whole], span=Span(node.span.start, below.span.end))


def _only_links(reading: Reading, node: Node, behind: Node) -> bool:
    """Whether a list behind another one, of another kind, holds nothing but links: it was meant to stand below its last item."""
    if behind.kind != "list" or behind.ordered == node.ordered or not node.children:
        return False
    return not _names_link(reading, node.children[-1]) and all(
        _only_announced(reading, item) and len(item.children) == 1 for item in behind.children
    )


def _names_link(reading: Reading, item: Node) -> bool:
    """Whether an item has links of its own."""
    line = reading.first_line(item)
    return line is None or LINK in line.text or "://" in line.text


def _read(reading: Reading, node: Node, known: dict[int, Item]) -> None:
    found: list[tuple[Found, bool]] = []
    before: Found | None = None
    bare: list[Item] = []
    for child in node.children:
        item = known.pop(id(child), None) or _item(reading, child)
        if several := _several(reading, item):
            found += [(one, False) for one in several]
            before = None
            continue
        if before is not None and _continues(reading, item, before):
            _join(reading, before, child)
            continue
        before, nested = _entry(reading, item)
        if before is not None:
            found.append((before, nested))
        elif len(child.children) == 1:
            bare.append(item)
    found += [(one, False) for one in like_siblings(reading, bare, [one for one, _ in found])]
    dialect = "nested" if any(nested for _, nested in found) else "numbered" if node.ordered else "bullets"
    for one, _ in found:
        one.dialect = "checklist" if one.draft.read is not None else dialect


def _entry(reading: Reading, item: Item) -> tuple[Found | None, bool]:
    """The entry that an item is, if it is one, and whether items below it belong to it."""
    lists = [child for child in item.node.children if child.kind == "list"]
    draft, weight = item.trial
    if not lists:
        return reading.add(draft, "bullets", weight, [item.node]) if weight > 0 else None, False
    below = [_item(reading, one) for child in lists for one in child.children]
    apart: list[Item] = []
    own: list[Item] = []
    for one in below:
        (apart if one.stands_alone else own).append(one)
    if weight <= 0 and not any(not one.is_told and one.is_paper for one in below):
        _whole(reading, item, lists)
        draft, weight = item.trial
        if weight > 0:
            return reading.add(draft, "nested", weight, [item.node]), True
    if weight > 0 and len(apart) * 2 <= len(below):
        _metadata(reading, draft, [one.node for one in own])
        entry = reading.add(draft, "bullets", weight, [item.node])
        for one in apart:
            _entry(reading, one)
        return entry, bool(own)
    known = {id(one.node): one for one in below}
    for child in lists:
        _read(reading, child, known)
    return None, False


def _several(reading: Reading, item: Item) -> list[Found]:
    """The papers of an item that links several titles in a row."""
    if len(item.node.children) != 1 or item.trial.weight <= 0 or not holds_several(item.trial.draft):
        return []
    line = reading.line(item.node.children[0])
    first = line.text.find(LINK)
    head = line.text[:first].rstrip()
    if head and not head.endswith((":", "：", "-", "–")) and head[-1] not in '[("“':
        return []
    found = []
    for title in several_titles(line, first, len(line), reading.asked):
        draft = reading.new_draft()
        LineReader(line, draft, subtitles=False).lead(0)
        LineReader(line, draft, subtitles=False).read_line(*title)
        span = line.span(*title)
        found.append(reading.add(draft, "bullets", reading.weight(draft), [item.node], span=span))
    return found


def _whole(reading: Reading, item: Item, lists: list[Node]) -> None:
    """A title whose links all stand in items below it: it counts if they say what they are."""
    nodes = [one for child in lists for one in child.children]
    if item.trial.draft.title is None or not any(announces(reading, one) for one in nodes):
        return
    draft = reading.new_draft()
    if item.line is not None:
        reading.read_line(item.line, draft)
        _metadata(reading, draft, nodes)
        item.become(draft)


def _metadata(reading: Reading, draft: Draft, nodes: list[Node]) -> None:
    """Take nested items as the entry's further lines, deeper ones too."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if node.kind in ("item", "list"):
            stack.extend(reversed(node.children))
        else:
            reading.metadata(node, draft)


def _continues(reading: Reading, item: Item, before: Found) -> bool:
    """Whether an item says more of the paper in the item before it: `- code: …` behind `- A Title`."""
    draft = item.trial.draft
    if draft.read is not None or item.is_paper:
        return False
    lines = [child for child in item.node.children if child.kind != "list"]
    if len(lines) != len(item.node.children) or not _only_announced(reading, item.node):
        return False
    both = reading.new_draft()
    both.links = [*before.draft.links, *draft.links]
    return holds_several(before.draft) or not holds_several(both)


def _only_announced(reading: Reading, node: Node) -> bool:
    line = reading.first_line(node)
    if line is None:
        return False
    draft = reading.new_draft()
    return read_metadata(line, draft) > 0 and bool(draft.links) and not draft.notes


def _join(reading: Reading, entry: Found, node: Node) -> None:
    """Make an item a part of the entry before it."""
    for child in node.children:
        reading.metadata(child, entry.draft)
    entry.nodes.append(node)
    if entry.span is not None:
        entry.span = Span(entry.span.start, node.span.end)
