"""Links that Markdown does not see, because their brackets are wrong: they are plain text to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node, Tree

__all__ = ["BrokenLink", "broken_links", "reversed_links"]

_TAKEN = "\x00"  # stands for each character of what Markdown does read: links, code, tags, escapes
_OPENING, _CLOSING = "\x01", "\x02"  # escaped brackets, which may be a pair with plain ones
_ESCAPED = {"\\[": _OPENING + _TAKEN, "\\]": _CLOSING + _TAKEN}
_ESCAPED |= {f"\\{sign}": f"\\{sign}" for sign in "~_-#.&!+=,;:?%@$^'"}  # these may stand in an address
_OBJECTS = frozenset({"link", "image", "code", "autolink", "html", "math", "escape", "footnote_ref"})
_ADDRESS = r"(?:https?://|www\.)(?:[^\s<>|\[\](){}\"*\x00]|\([^\s<>|\[\](){}\"\x00]*\)){3,1000}"
_FILE = r"(?:(?:\.{1,2}/|/)[\w./%-]{2,300}|[\w./%-]{1,300}\.(?:md|pdf|html?))(?:#[\w-]{1,80})?"
_ANY = rf"{_ADDRESS}|{_FILE}"
_LABEL = r"(?:[^\[\]()\n|]|\([^\[\]()\n|]{0,100}\)){1,400}"
_BEHIND = r"(?=[ \t]*(?:\||\Z|\n)|[ \t]+[^\s)\"'(]|[ \t]+\((?!http)|\[|\]|\*|\x00)"
_FOLDER = r"[\w./%-]{1,300}/"
_REVERSED = expression(rf"(?<![\]\w])\(({_LABEL})\)\[({_ANY}|{_FOLDER})\](?![(\[])")
_SPACED = expression(r"\]\([ \t]*((?:https?:|#\w)[^()\n<>\"'|\[\]\x00]{0,1000})\)")
_UNCLOSED = expression(rf"\]\([ \t]*({_ANY}){_BEHIND}")
_CLOSED = re.compile(r"[^()\[\]\n|]{0,300}\)")  # an address with blanks inside, or words behind it
_SQUARE = expression(rf"\[([^\[\]\n|]{{1,300}})\]\[({_ADDRESS})\](?![(\[])")
_MIXED = expression(r"\]([\[{(])(https?://[^\s<>()|\[\]{}\x00]{4,1000})([)}\]])")
_NO_BRACKET = expression(rf"\[([^\[\]\n|]{{1,400}}?)\(({_ANY})\)")
_NO_OPENING = expression(rf"\]({_ADDRESS})\)")
_SUSPECT = expression(r"\][(\[{hw]|\([^\s()]*[./]")  # what each of the expressions above needs
FAR = 2000  # characters: no bracket is looked for farther away
_BLANK = re.compile(r"[ \t]+")
_STOPS = ".,;:"


class BrokenLink(NamedTuple):
    """`span` is what is wrong, `fault` says it, `edits` make a link of it where there is one reading, `url` is its address."""

    span: Span
    fault: str
    edits: tuple[Edit, ...]
    url: str = ""


def reversed_links(tree: Tree) -> Iterator[BrokenLink]:
    """`(text)[address]`, which should be `[text](address)`."""
    if ")[" not in tree.source.text:
        return
    for start, text in _runs(tree, ")["):
        for found in _REVERSED.finditer(text):
            span = Span(start + found.start(), start + found.end())
            label = tree.source[Span(start + found.start(1), start + found.end(1))]
            edit = Edit(span, f"[{label}]({found[2]})")
            fault = f'"{tree.source[span]}" has its brackets the wrong way round'
            yield BrokenLink(span, fault, (edit,), found[2])


def broken_links(tree: Tree) -> Iterator[BrokenLink]:
    """Addresses with a space inside, brackets that are not closed or not round. Reversed ones are not among them."""
    for start, text in _runs(tree, "["):
        if _SUSPECT.search(text) is None:
            continue
        yield from _spaced(start, text)
        yield from _unclosed(start, text)
        yield from _half_open(start, text)
        yield from _mixed(start, text)


def _spaced(start: int, text: str) -> Iterator[BrokenLink]:
    for found in _SPACED.finditer(text):
        if not _BLANK.search(found[1].rstrip()):
            continue
        span = Span(start + found.start(1), start + found.end(1))
        joined = _BLANK.sub("", found[1])
        yield BrokenLink(span, f'"{found[1]}" has a space inside', (Edit(span, joined),), joined)


def _unclosed(start: int, text: str) -> Iterator[BrokenLink]:
    """An address without its closing bracket; what ends a clause behind it is no part of it."""
    for found in _UNCLOSED.finditer(text):
        if _CLOSED.match(text, found.end()) or _opening(text, found.start()) < 0:
            continue
        following = text[found.end() : found.end() + 1]
        url = found[1].rstrip(_STOPS) if not following or following.isspace() else found[1]
        span = Span(start + found.start(1), start + found.start(1) + len(url))
        if following == "]" and not _open_before(text, found.end()):
            continue
        edit = Edit(Span(span.end, span.end), ")")
        yield BrokenLink(span, f'the bracket before "{url}" is not closed', (edit,), url)


def _half_open(start: int, text: str) -> Iterator[BrokenLink]:
    """`[text(address)` and `[text]address)`."""
    for found in _NO_BRACKET.finditer(text):
        closed = _closed_behind(text, found.end()) and not _open_before(text, found.start())
        if closed or found[1][-1:].isspace():
            continue
        place = start + found.end(1)
        span = Span(start + found.start(), start + found.end())
        fault = f'the bracket before "{_seen(found[1])}" is not closed'
        yield BrokenLink(span, fault, (Edit(Span(place, place), "]"),), found[2])
    for found in _NO_OPENING.finditer(text):
        if _opening(text, found.start()) >= 0:
            place = start + found.start(1)
            span = Span(place, start + found.end())
            fault = f'the bracket before "{found[1]}" is not opened'
            yield BrokenLink(span, fault, (Edit(Span(place, place), "("),), found[1])


def _mixed(start: int, text: str) -> Iterator[BrokenLink]:
    for found in _SQUARE.finditer(text):
        span = Span(start + found.start(), start + found.end())
        edit = Edit(Span(start + found.end(1) + 1, span.end), f"({found[2]})")
        fault = f'the address of "{_seen(found[1])}" stands in square brackets'
        yield BrokenLink(span, fault, (edit,), found[2])
    for found in _MIXED.finditer(text):
        pair = found[1] + found[3]
        if pair in ("[)", "{}", "{)", "(}") or (pair == "(]" and not _open_before(text, found.end(2))):
            if _opening(text, found.start()) < 0:
                continue
            span = Span(start + found.start() + 1, start + found.end())
            fault = f'the address in "{found[0][1:]}" stands in the wrong brackets'
            yield BrokenLink(span, fault, (Edit(span, f"({found[2]})"),), found[2])


def _seen(text: str) -> str:
    return text.replace(_TAKEN, "").strip()


def _opening(text: str, closing: int) -> int:
    """The offset of the bracket that the one at `closing` closes, in its line; -1 where there is none."""
    depth = 0
    for offset in range(closing - 1, max(closing - FAR, -1), -1):
        char = text[offset]
        if char == "\n":
            return -1
        if char == "]":
            depth += 1
        elif char == "[":
            if not depth:
                return offset
            depth -= 1
    return -1


def _open_before(text: str, end: int) -> int:
    """How many brackets are open at `end`, in its line."""
    depth = 0
    for char in text[max(text.rfind("\n", 0, end) + 1, end - FAR) : end]:
        if char in ("[", _OPENING):
            depth += 1
        elif char in ("]", _CLOSING) and depth:
            depth -= 1
    return depth


def _closed_behind(text: str, end: int) -> bool:
    """Whether the next square bracket behind `end`, in its line, closes one."""
    for char in text[end : end + FAR]:
        if char in "[\n":
            return False
        if char == "]":
            return True
    return False


def _runs(tree: Tree, sign: str) -> Iterator[tuple[int, str]]:
    """The inline contents that hold `sign` and an address, what Markdown reads in them blotted out, with their offsets.

    `sign` holds an opening bracket, which must then stand in a run of plain text.
    """
    if not _may_be_broken(tree.words):
        return
    find = tree.source.text.find
    brackets = [node.span.start for node in tree.find("text") if find("[", *node.span) >= 0]
    if not brackets:
        return
    for block in tree.find("paragraph", "heading", "cell"):
        first = bisect_left(brackets, block.inner.start)
        if first == len(brackets) or brackets[first] >= block.inner.end:
            continue
        text = tree.source[block.inner]
        if sign in text and ("/" in text or "#" in text or "." in text):
            text = _blotted(block, text)
            if sign in text:
                yield block.inner.start, text


def _may_be_broken(words: str) -> bool:
    """Whether a list's words, a line each, hold brackets that are no checkbox before a blank."""
    boxes = words.count("[ ] ") + words.count("[x] ") + words.count("[X] ")
    return words.count("[") > boxes or "](" in words or "]\n(" in words


def _blotted(block: Node, text: str) -> str:
    """The text with a sign for each character that Markdown reads as more than text."""
    pieces: list[str] = []
    done, base = 0, block.inner.start
    stack = list(reversed(block.children))
    while stack:
        node = stack.pop()
        if node.kind in _OBJECTS:
            start, end = node.span.start - base, node.span.end - base
            pieces += (text[done:start], _ESCAPED.get(text[start:end]) or _TAKEN * (end - start))
            done = end
        else:
            stack.extend(reversed(node.children))
    return "".join((*pieces, text[done:]))
