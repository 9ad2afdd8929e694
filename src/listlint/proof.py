"""Whether a fixed list still says what it said, but for what its fixes declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listlint.findings import Fix
    from listlint.papers.model import Entry, PaperList
    from listlint.source import Span

__all__ = ["difference"]

FIELDS = (
    "section",
    "title",
    "links",
    "venue",
    "institutions",
    "authors",
    "keywords",
    "notes",
    "marks",
    "date",
    "read",
    "bibtex",
)
NOT_BLOCKS = frozenset(
    (
        "cell",
        "text",
        "link",
        "image",
        "autolink",
        "code",
        "strong",
        "emphasis",
        "strikethrough",
        "html",
        "break",
        "softbreak",
    )
) | {"escape", "entity", "math", "footnote_ref"}


def difference(
    before: PaperList, after: PaperList, fixes: Sequence[Fix], *, blocks: bool = True
) -> str | None:
    """None where `after` is `before` with the fixes' declared effects and nothing else; else a clause that says what is.

    `blocks=False` leaves the kinds of blocks to another proof, as the layout has one of its own.
    """
    wanted = len(before.entries) + sum(fix.effect.added - fix.effect.removed for fix in fixes)
    if not wanted <= len(after.entries) <= wanted + sum(fix.effect.reveals for fix in fixes):
        return f"there would be {len(after.entries)} entries where {wanted} were expected"
    if len(after.entries) != len(before.entries) or any(fix.effect.repair for fix in fixes):
        return _beside_repairs(before, after, fixes)
    if blocks and _blocks(before) != _blocks(after):
        return "the structure of the list would change"
    touched = _touched(before.entries, fixes)
    everywhere = {"section"} & {name for fix in fixes for name in fix.effect.fields}
    for index, (old, new) in enumerate(zip(before.entries, after.entries, strict=True)):
        allowed = touched.get(index, frozenset()) | everywhere
        for name in FIELDS:
            if name not in allowed and _value(old, name) != _value(new, name):
                return f'the {name} of "{old.title}" (line {old.line}) would change'
    return None


def _touched(entries: Sequence[Entry], fixes: Iterable[Fix]) -> dict[int, frozenset[str]]:
    """The fields that may differ, by entry: those that the fixes with an edit inside the entry declare."""
    allowed: dict[int, frozenset[str]] = {}
    edits = sorted((edit.span, fix.effect.fields) for fix in fixes for edit in fix.edits)
    first = 0
    for index, entry in enumerate(entries):
        while first < len(edits) and edits[first][0].end < entry.span.start:
            first += 1
        for span, names in edits[first:]:
            if span.start > entry.span.end:
                break
            if span.touches(entry.span):
                allowed[index] = allowed.get(index, frozenset()) | names
    return allowed


def _blocks(papers: PaperList) -> list[str]:
    """The kinds of all blocks in source order."""
    kinds, stack = [], [papers.tree.root]
    while stack:
        node = stack.pop()
        kinds.append(node.kind)
        stack.extend(child for child in reversed(node.children) if child.kind not in NOT_BLOCKS)
    return kinds


def _beside_repairs(before: PaperList, after: PaperList, fixes: Sequence[Fix]) -> str | None:
    """After a repair, every entry that no edit touched is still there, as it was and in its order."""
    lines = {line for fix in fixes for edit in fix.edits for line in _lines(before, edit.span)}
    moves = any("section" in fix.effect.fields for fix in fixes)
    names = [name for name in FIELDS if name != "section" or not moves]
    left = iter([_key(entry, names) for entry in after.entries])
    for entry in before.entries:
        if lines.isdisjoint(range(entry.line, entry.end_line + 1)) and not any(
            key == _key(entry, names) for key in left
        ):
            return f'"{entry.title}" (line {entry.line}) would change'
    return None


def _lines(papers: PaperList, span: Span) -> range:
    return range(papers.source.line_of(span.start), papers.source.line_of(span.end) + 1)


def _key(entry: Entry, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_value(entry, name) for name in names)


def _value(entry: Entry, name: str) -> Any:
    """A field's value without its places."""
    value = getattr(entry, name)
    if name == "section":
        return value.path
    if name == "links":
        return [(link.role, link.url, link.label) for link in value]
    if name == "venue":
        return value and (value.text, value.name, value.year)
    if name == "bibtex":
        return value and (value.type, value.key, value.fields)
    if name == "date":
        return value and value.text
    if isinstance(value, tuple):
        return [piece.text for piece in value]
    return value
