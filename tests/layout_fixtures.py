"""Reads before-and-after fixtures: a title, `.`, the text before, `.`, the text after, `.`; `·` is a space."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Fixture(NamedTuple):
    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return self.title


def fixtures(name: str) -> list[Fixture]:
    parts = (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8").split("\n.\n")
    parts = [part.replace("·", " ") for part in parts[: len(parts) // 3 * 3]]
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [Fixture(title.strip(), before + "\n", after + "\n") for title, before, after in triples]
