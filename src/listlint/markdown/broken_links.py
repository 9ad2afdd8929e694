"""Links that Markdown does not see, because their brackets are wrong: they are plain text to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Tree

__all__ = ["BrokenLink", "broken_links", "reversed_links"]

_URL = r"(?:https?://|www\.)[^\s<>|\[\]()]{3,1000}"
_REVERSED = re.compile(rf"(?<![\]\w])\(([^()\[\]\n|]{{1,300}})\)\[({_URL})\](?![(\[])")
_SPACED = re.compile(r"\]\([ \t]*((?:https?:|#\w)[^()\n<>\"'|\[\]]{0,1000})\)")
_UNCLOSED = re.compile(r"\]\([ \t]*((?:https?://)[^\s<>()|\[\]\"]{4,1000})(?=[ \t]*(?:\||\Z|\n|\[))")
_SQUARE = re.compile(rf"(?<!\\)\[([^\[\]\n|]{{1,300}})\]\[({_URL})\](?![(\[])")
_BLANK = re.compile(r"[ \t]+")
_MIXED = re.compile(r"\]([\[{{])(https?://[^\s<>()|\[\]{}]{4,1000})([)}])")


class BrokenLink(NamedTuple):
    """`span` is what is wrong, `fault` says it, `edits` make a link of it where there is one reading, `url` is its address."""

    span: Span
    fault: str
    edits: tuple[Edit, ...]
    url: str = ""


def reversed_links(tree: Tree) -> Iterator[BrokenLink]:
    """`(text)[address]`, which should be `[text](address)`."""
    for start, text in _runs(tree, ")["):
        for found in _REVERSED.finditer(text):
            span = Span(start + found.start(), start + found.end())
            edit = Edit(span, f"[{found[1]}]({found[2]})")
            yield BrokenLink(span, f'"{found[0]}" has its brackets the wrong way round', (edit,), found[2])


def broken_links(tree: Tree) -> Iterator[BrokenLink]:
    """Addresses with a space inside, brackets that are not closed or not round. Reversed ones are not among them."""
    for start, text in _runs(tree, "]"):
        yield from _round(start, text)
        for found in _SQUARE.finditer(text):
            span = Span(start + found.start(), start + found.end())
            edit = Edit(Span(start + found.end(1) + 1, span.end), f"({found[2]})")
            yield BrokenLink(
                span, f'the address of "{found[1]}" stands in square brackets', (edit,), found[2]
            )
        for found in _MIXED.finditer(text):
            if (found[1], found[3]) in (("[", ")"), ("{", "}"), ("{", ")")):
                span = Span(start + found.start() + 1, start + found.end())
                edit = Edit(span, f"({found[2]})")
                yield BrokenLink(
                    span, f'the address in "{found[0][1:]}" stands in the wrong brackets', (edit,), found[2]
                )


def _round(start: int, text: str) -> Iterator[BrokenLink]:
    for found in _SPACED.finditer(text):
        if not _BLANK.search(found[1].rstrip()):
            continue
        span = Span(start + found.start(1), start + found.end(1))
        joined = _BLANK.sub("", found[1])
        yield BrokenLink(span, f'"{found[1]}" has a space inside', (Edit(span, joined),), joined)
    for found in _UNCLOSED.finditer(text):
        span = Span(start + found.start(1), start + found.end(1))
        edit = Edit(Span(span.end, span.end), ")")
        yield BrokenLink(span, f'the bracket before "{found[1]}" is not closed', (edit,), found[1])


def _runs(tree: Tree, sign: str) -> Iterator[tuple[int, str]]:
    """Runs of plain text that hold `sign`, with their offsets."""
    if sign not in tree.source.text:
        return
    for node in tree.root.find("text"):
        text = tree.source[node.span]
        if sign in text and ("://" in text or "www." in text or "](#" in text):
            yield node.span.start, text
