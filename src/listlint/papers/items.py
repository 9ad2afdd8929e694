"""Entries in the items of lists: bullets, checklists, numbered lists, with or without lines nested below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from listlint.papers.judge import names_paper
from listlint.papers.metadata import read_metadata
from listlint.papers.model import Role
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.draft import Draft
    from listlint.papers.reading import Found, Reading

__all__ = ["announces", "read_items", "trial"]

TITLE_WORDS = 3  # a title without a link that stands below another entry has at least so many words


@dataclass(eq=False)
class Item:
    """A list item, read as an entry on trial. `key` says that it begins with a key, such as `Code:`."""

    node: Node
    draft: Draft
    weight: float
    keyed: bool = False

    @property
    def stands_alone(self) -> bool:
        """Whether the item is a paper even below another one: by a linked title, or a title and a paper link."""
        if self.weight <= 0 or self.keyed:
            return False
        if self.draft.title_linked:
            return self.draft.links[0].role is not Role.OTHER
        title = self.draft.title or ""
        return len(title.split()) >= TITLE_WORDS and names_paper(self.draft)


def trial(reading: Reading, node: Node) -> Item:
    """Read an item as if it were an entry."""
    draft = reading.new_draft()
    line = reading.first_line(node)
    if line is None or not line.text.strip():
        return Item(node, draft, 0.0)
    reading.read_line(line, draft)
    for child in node.children[1:]:
        reading.metadata(child, draft)
    head = line.text[:48].lstrip(" *_")
    key = reading.asked.fields.key(head.partition(":")[0]) if ":" in head else None
    keyed = key is not None and not (key in ("paper", "title") and draft.title_linked)
    return Item(node, draft, reading.weight(draft), keyed)


def announces(reading: Reading, node: Node) -> int:
    """How many parts of an item say by a label or a key what they are; 0 too where the item is a paper itself."""
    line = reading.first_line(node)
    return read_metadata(line, reading.new_draft()) if line is not None else 0


def read_items(reading: Reading, node: Node) -> None:
    """Read the entries of a list."""
    _read(reading, node, {})


def _read(reading: Reading, node: Node, known: dict[int, Item]) -> None:
    found: list[tuple[Found, bool]] = []
    before: Found | None = None
    for child in node.children:
        item = known.pop(id(child), None) or trial(reading, child)
        if before is not None and _continues(reading, item):
            _join(reading, before, child)
            continue
        before, nested = _entry(reading, item)
        if before is not None:
            found.append((before, nested))
    dialect = "nested" if any(nested for _, nested in found) else "numbered" if node.ordered else "bullets"
    for one, _ in found:
        one.dialect = "checklist" if one.draft.read is not None else dialect


def _entry(reading: Reading, item: Item) -> tuple[Found | None, bool]:
    """The entry that an item is, if it is one, and whether items below it belong to it."""
    lists = [child for child in item.node.children if child.kind == "list"]
    below = [trial(reading, one) for child in lists for one in child.children]
    apart = [one for one in below if one.stands_alone]
    if item.weight <= 0 and lists and not any(one.weight > 0 and not one.keyed for one in below):
        _whole(reading, item, lists)
        if item.weight > 0:
            return reading.add(item.draft, "nested", item.weight, [item.node]), True
    if item.weight > 0 and len(apart) * 2 <= len(below):
        own = [one.node for one in below if not one.stands_alone]
        _metadata(reading, item.draft, own)
        entry = reading.add(item.draft, "bullets", item.weight, [item.node])
        for one in apart:
            _entry(reading, one)
        return entry, bool(own)
    known = {id(one.node): one for one in below}
    for child in lists:
        _read(reading, child, known)
    return None, False


def _whole(reading: Reading, item: Item, lists: list[Node]) -> None:
    """A title whose links all stand in items below it: it counts if they say what they are."""
    nodes = [one for child in lists for one in child.children]
    if item.draft.title is None or not any(announces(reading, one) for one in nodes):
        return
    draft = reading.new_draft()
    line = reading.first_line(item.node)
    if line is not None:
        reading.read_line(line, draft)
        _metadata(reading, draft, nodes)
        item.draft, item.weight = draft, reading.weight(draft)


def _metadata(reading: Reading, draft: Draft, nodes: list[Node]) -> None:
    """Take nested items as the entry's further lines, deeper ones too."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if node.kind in ("item", "list"):
            stack.extend(reversed(node.children))
        else:
            reading.metadata(node, draft)


def _continues(reading: Reading, item: Item) -> bool:
    """Whether an item says more of the paper in the item before it: `- code: …` behind `- A Title`."""
    if item.weight > 0 and not item.keyed:
        return False
    lines = [child for child in item.node.children if child.kind != "list"]
    return len(lines) == len(item.node.children) and _only_announced(reading, item.node)


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
