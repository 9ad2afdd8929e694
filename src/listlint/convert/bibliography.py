"""BibTeX blocks in a file beside a list whose dialect has no place for them, and back from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.bibtex import read_bibtex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listlint.papers.model import BibTeX
    from listlint.papers.writers.paper import Paper

__all__ = ["ConflictError", "attach", "merged"]

# A line that says whose block follows: BibTeX takes whatever stands outside records for a comment.
OWNER = re.compile(r"^%% ?(.*)$\n?", re.MULTILINE)


class ConflictError(ValueError):
    """The file holds another record under the same key."""


def merged(text: str, papers: Iterable[Paper]) -> str:
    """The file's text with the papers' blocks added that it does not hold; raises ConflictError where it holds others."""
    known = {record.key: record.fields for record in read_bibtex(text)}
    blocks = [text.rstrip("\n")] if text.strip() else []
    for paper in papers:
        block = paper.bibtex or ""
        if block in text:
            continue
        for record in read_bibtex(block):
            if known.get(record.key, record.fields) != record.fields:
                raise ConflictError(f'holds another record "{record.key}"')
        blocks.append(f"%% {_owner(paper)}\n{block}")
    return "\n\n".join(blocks) + "\n" if blocks else text


def attach(papers: Sequence[Paper], text: str) -> list[Paper]:
    """The papers, those without a record with theirs: by the line above it, else by identifier, address or title."""
    pieces = OWNER.split(text)
    owned = list(zip(pieces[1::2], (block.strip() for block in pieces[2::2]), strict=True))
    loose = [(_form(record.fields.get("title", "")), record) for record in read_bibtex(pieces[0])]
    found = []
    for paper in papers:
        block = None if paper.bibtex is not None else _taken(owned, paper) or _claimed(loose, paper)
        found.append(paper if block is None else paper.with_bibtex(block))
    return found


def _taken(owned: list[tuple[str, str]], paper: Paper) -> str | None:
    """The first block that names this paper as its owner; each is given once."""
    for index, (owner, block) in enumerate(owned):
        if _form(owner) == _form(paper.title or ""):
            del owned[index]
            return block
    return None


def _claimed(loose: list[tuple[str, BibTeX]], paper: Paper) -> str | None:
    """The record of a hand-made file that is this paper's."""
    urls = " ".join(link.url for link in paper.links)
    for index, (title, record) in enumerate(loose):
        ids = [record.fields.get(name, "") for name in ("eprint", "doi", "url")]
        if (title and title == _form(paper.title or "")) or any(one and one in urls for one in ids):
            del loose[index]
            return record.raw
    return None


def _owner(paper: Paper) -> str:
    return " ".join((paper.title or "").replace("@", "").split())


def _form(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
