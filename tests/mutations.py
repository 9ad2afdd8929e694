"""Real lists, cut to a piece and spoilt at random: characters and lines go, come and change places."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["mutated"]

MOST_LINES = 40
HERE = Path(__file__).parent
SPOILERS = (
    "| || \\ \\| ` `` ``` ~~~ [ ] ( ) ]( )[ < > </b> <br> <!-- --> & &amp; * ** _ # ## - + 1. 2) : :-: \" ' ! ![ $ $$ ｜ ， "
    "� \0 \r \x0b \t \x1c \x85 \xa0 \u200b \u200f \u202e \u2028 \u3000 \ufeff 图 é e\u0301 🔥 {% %} {: ^ [^1] http:// https://arxiv.org/abs/2401.00001"
)
SIGNS = [*SPOILERS.split(" "), " ", "  ", "    ", "\r\n", "\n", "\n\n"]
LINES = [
    "",
    "   ",
    "---",
    "===",
    "+++",
    "***",
    "- - -",
    "$$",
    "```",
    "~~~ bibtex",
    "{% hint %}",
    "<div>",
    "</details>",
    "<!-- listlint-ignore -->",
    "<!-- papers start -->",
    "[^1]: a note",
    "[a]: https://example.org",
    "[//]: # (a comment)",
    "| a | b |",
    "| --- | --- |",
    "|---|:-:|---|---|",
    "| | |",
    "#Heading",
    "##### ",
    "> quoted",
    "    indented",
    "\tindented",
    "- ",
    "+ x",
    "1) x",
    "- [ ] ",
    "\0",
    "\ufeff",
    "(Text)[https://example.org/a]",
    "[Text](https://example.org/a",
    "@misc{key, title = {A Title}",
]


@cache
def texts() -> list[str]:
    """The lists and samples kept here, and those of the corpus where there is one."""
    paths = [*(HERE.parent / "lists").glob("*.md"), *(HERE / "samples").glob("*.md")]
    if corpus := os.environ.get("LISTLINT_CORPUS"):
        paths += Path(corpus).glob("**/*.md")
    return [path.read_bytes().decode("utf-8", "replace") for path in sorted(paths)]


def _insert(text: str, place: int, piece: str, _: int) -> str:
    return text[:place] + piece + text[place:]


def _delete(text: str, place: int, _: str, size: int) -> str:
    return text[:place] + text[place + size :]


def _replace(text: str, place: int, piece: str, size: int) -> str:
    return text[:place] + piece + text[place + size :]


def _swap(text: str, place: int, _: str, size: int) -> str:
    """Two neighbouring pieces change places."""
    return (
        text[:place]
        + text[place + size : place + 2 * size]
        + text[place : place + size]
        + text[place + 2 * size :]
    )


def _in_lines(change: Callable[[list[str], int, str, int], None]) -> Callable[[str, int, str, int], str]:
    def mutate(text: str, place: int, piece: str, size: int) -> str:
        lines = text.split("\n")
        change(lines, text.count("\n", 0, place), piece, size)
        return "\n".join(lines)

    mutate.__name__ = change.__name__
    return mutate


def _insert_line(lines: list[str], index: int, piece: str, _: int) -> None:
    lines.insert(index, piece)


def _delete_lines(lines: list[str], index: int, _: str, size: int) -> None:
    del lines[index : index + size]


def _repeat_line(lines: list[str], index: int, _: str, size: int) -> None:
    lines.insert(max(0, index - size), lines[index])


def _swap_lines(lines: list[str], index: int, _: str, size: int) -> None:
    other = (index + size) % len(lines)
    lines[index], lines[other] = lines[other], lines[index]


def _indent_line(lines: list[str], index: int, _: str, size: int) -> None:
    lines[index] = " " * size + lines[index]


def _join_lines(lines: list[str], index: int, _: str, __: int) -> None:
    lines[index : index + 2] = ["".join(lines[index : index + 2])]


OF_CHARACTERS = [_insert, _delete, _replace, _swap]
OF_LINES = [
    _in_lines(one)
    for one in (_insert_line, _delete_lines, _repeat_line, _swap_lines, _indent_line, _join_lines)
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A piece of a list with up to eight mutations."""
    lines = draw(st.sampled_from(texts())).split("\n")
    first = draw(st.integers(0, max(0, len(lines) - 2)))
    text = "\n".join(lines[first : first + draw(st.integers(1, MOST_LINES))]) + draw(
        st.sampled_from(["\n", "\n", ""])
    )
    for _ in range(draw(st.integers(0, 8))):
        place, size = draw(st.integers(0, len(text))), draw(st.integers(1, 4))
        if draw(st.booleans()):
            text = draw(st.sampled_from(OF_CHARACTERS))(text, place, draw(st.sampled_from(SIGNS)), size)
        else:
            text = draw(st.sampled_from(OF_LINES))(text, place, draw(st.sampled_from(LINES)), size)
    return text
