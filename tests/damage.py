"""Damages the structure of clean lists, one place at a time, as hands and editors do it."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["KINDS", "Damage", "damages"]

PIPE = re.compile(r"(?<!\\)\|")
DELIMITER = re.compile(r"\|?[ :|-]*-[ :|-]*\|?")
LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^\s()]+)\)")
ITEM = re.compile(r"(\s*)(?:[-*+]|\d+[.)]) (?=\S)")
HEADING = re.compile(r"#{1,6} (?=\S)")


class Damage(NamedTuple):
    """A list with one place damaged; `line` is where, from 1."""

    kind: str
    clean: str
    text: str
    line: int


def _rows(lines: list[str]) -> list[int]:
    """The indices of the rows below a table's header."""
    found, inside = [], False
    for index, line in enumerate(line.rstrip("\n") for line in lines):
        if line.startswith("|") and DELIMITER.fullmatch(line):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside:
            found.append(index)
    return found


def _cuts(row: str) -> list[int]:
    return [match.start() for match in PIPE.finditer(row)]


def ragged_row(row: str, rng: random.Random) -> str | None:
    """An empty cell is gone, or there is one too many."""
    cuts = _cuts(row)
    empty = [index for index, cut in enumerate(cuts[1:], 1) if not row[cuts[index - 1] + 1 : cut].strip()]
    if empty and rng.random() < 0.6:
        index = rng.choice(empty)
        return row[: cuts[index - 1]] + row[cuts[index] :]
    return row + rng.choice(["  |", " | |", "|", "  |  |"])


def missing_pipe(row: str, rng: random.Random) -> str | None:
    """A pipe is gone: the first, the last, both, or one between two cells."""
    cuts = _cuts(row)
    kind = rng.choice(["first", "last", "both", "inner"])
    if kind == "inner":
        cut = rng.choice(cuts[1:-1])
        return (
            row[:cut].rstrip(" ") + " " + row[cut + 1 :].lstrip(" ")
            if rng.random() < 0.5
            else row[:cut] + row[cut + 1 :]
        )
    if kind != "last":
        row = row[1:].lstrip()
    return row[:-1].rstrip() if kind != "first" else row


def swallowed_cell(row: str, rng: random.Random) -> str | None:
    """A pipe is a full-width bar."""
    cut = rng.choice(_cuts(row)[1:-1])
    return row[:cut] + "｜" + row[cut + 1 :]


def torn_row(row: str, rng: random.Random) -> str | None:
    """A line ends within a row: at a blank in a cell, before or behind a pipe."""
    cuts = _cuts(row)
    kind = rng.choice(["blank", "blank", "behind", "before"])
    if kind == "blank":
        blanks = [match.start() for match in re.finditer(r"(?<=[^\s|]) (?=[^\s|])", row)]
        return row[: (cut := rng.choice(blanks))] + "\n" + row[cut + 1 :] if blanks else None
    cut = rng.choice(cuts[1:-1])
    if kind == "behind":
        return row[: cut + 1] + "\n" + row[cut + 1 :].lstrip(" ")
    return row[:cut].rstrip(" ") + "\n" + row[cut:]


def lost_marker(line: str, rng: random.Random) -> str | None:
    """An item has no marker any more, or no blank behind it."""
    match = ITEM.match(line)
    if match is None:
        return None
    kind = rng.choice(["all", "all", "sign", "blank"])
    if kind == "blank":
        return line[: match.end() - 1] + line[match.end() :]
    return match[1] + line[match.end() - (kind == "sign") :]


def reversed_link(line: str, rng: random.Random) -> str | None:
    """A link has its brackets the wrong way round."""
    links = list(LINK.finditer(line))
    if not links:
        return None
    link = rng.choice(links)
    return f"{line[: link.start()]}({link[1]})[{link[2]}]{line[link.end() :]}"


def unclosed_bracket(line: str, rng: random.Random) -> str | None:
    """A link has lost one of its brackets, the closing one of its address most often."""
    links = list(LINK.finditer(line))
    if not links:
        return None
    link = rng.choice(links)
    cut = rng.choice([link.end() - 1, link.end() - 1, link.end(1)])
    return line[:cut] + line[cut + 1 :]


def heading_space(line: str, _: random.Random) -> str | None:
    """A heading has no blank behind its signs."""
    match = HEADING.match(line)
    return line[: match.end() - 1] + line[match.end() :] if match else None


KINDS: dict[str, Callable[[str, random.Random], str | None]] = {
    "ragged-row": ragged_row,
    "missing-pipe": missing_pipe,
    "swallowed-cell": swallowed_cell,
    "torn-row": torn_row,
    "lost-marker": lost_marker,
    "reversed-link": reversed_link,
    "unclosed-bracket": unclosed_bracket,
    "heading-space": heading_space,
}
IN_ROWS = frozenset({"ragged-row", "missing-pipe", "swallowed-cell", "torn-row"})


def _lines_for(kind: str, lines: list[str]) -> list[int]:
    if kind in IN_ROWS:
        return _rows(lines)
    fenced = False
    found = []
    for index, line in enumerate(lines):
        fenced ^= line.startswith(("```", "---\n"))
        if not fenced and not line.startswith("```") and line.strip():
            found.append(index)
    return found


def _delimiters(text: str, rng: random.Random) -> Iterator[Damage]:
    """A table without its delimiter row, or with one that is too short; some rows are left out, so that tables differ."""
    lines = text.splitlines(keepends=True)
    places = [
        index
        for index, line in enumerate(lines)
        if line.startswith("|") and DELIMITER.fullmatch(line.rstrip())
    ]
    while places:
        index = rng.choice(places)
        end = index + 1
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        keep = [line for line in lines[index + 1 : end] if rng.random() < 0.7] or lines[index + 1 : index + 2]
        clean = [*lines[: index + 1], *keep, *lines[end:]]
        short = lines[index].replace(" --- |", "", 1)
        damaged = [*clean[:index], *([short] if rng.random() < 0.3 else []), *clean[index + 1 :]]
        yield Damage("missing-delimiter", "".join(clean), "".join(damaged), index)


def _in_lines(kind: str, text: str, rng: random.Random) -> Iterator[Damage]:
    lines = text.splitlines(keepends=True)
    places = [index for index in _lines_for(kind, lines) if KINDS[kind](lines[index].rstrip("\n"), rng)]
    while places:
        index = rng.choice(places)
        line = lines[index].rstrip("\n")
        new = KINDS[kind](line, rng)
        if new is not None and new != line:
            yield Damage(
                kind,
                text,
                "".join([*lines[:index], new + lines[index][len(line) :], *lines[index + 1 :]]),
                index + 1,
            )


def damages(texts: Sequence[str], count: int, seed: int = 1) -> Iterator[Damage]:
    """`count` damages of each kind at random places of the texts; the same seed makes the same ones."""
    for kind in (*KINDS, "missing-delimiter"):
        rng = random.Random(f"{kind} {seed}")  # noqa: S311 - no secret
        makers = [
            _delimiters(text, rng) if kind == "missing-delimiter" else _in_lines(kind, text, rng)
            for text in texts
        ]
        made = 0
        while made < count and makers:
            maker = rng.choice(makers)
            if (damage := next(maker, None)) is None:
                makers.remove(maker)
                continue
            made += 1
            yield damage
