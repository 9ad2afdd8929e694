"""The command `convert`: files in, files out, and what moved."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from listlint.convert import convert
from listlint.convert.bibliography import ConflictError, attach, merged
from listlint.convert.pieces import cut
from listlint.convert.records import ENDINGS, pieces_of_records
from listlint.files import FileProblem, decode, read_bytes, replace_file
from listlint.knowledge.knowledge import Knowledge
from listlint.papers.read import read_list
from listlint.papers.writers import dialects
from listlint.papers.writers.paper import Paper
from listlint.plan import plan
from listlint.telling import counted, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.convert import Conversion
    from listlint.convert.pieces import Between
    from listlint.options import Options

__all__ = ["convert_file", "convert_list"]

STDIN = "-"
MOST_NAMED = 20


def convert_list(*, path: str, dialect: str, output_file: str | None, **arguments: Any) -> int:
    """Write a list in another dialect, tell what moved, and give the exit code."""
    if dialect not in dialects():
        raise click.UsageError(f'no dialect "{dialect}"; there are {", ".join(dialects())}')
    options = plan([path], arguments)[0].options
    try:
        moved, lost = convert_file(path, dialect, output_file, options)
    except FileProblem as problem:
        raise click.UsageError(str(problem)) from problem
    for one in moved:
        say(one)
    return int(lost)


def convert_file(path: str, dialect: str, output: str | None, options: Options) -> tuple[list[str], bool]:
    """Write the list in another dialect to `output`, or to standard output; what moved, and whether a paper is lost.

    Raises FileProblem for what cannot be read or written; then nothing is written.
    """
    from listlint.layout import LayoutOptions, canonical

    knowledge = Knowledge(options.knowledge)
    data = sys.stdin.buffer.read() if path == STDIN else read_bytes(path)
    source = decode(path, data, options.encoding)
    if path.lower().endswith(ENDINGS):
        pieces = pieces_of_records(path, source.text, knowledge)
    else:
        pieces = cut(read_list(source, knowledge), knowledge)
    layout = LayoutOptions(**dict(options.layout))  # type: ignore[arg-type]
    result = convert(
        _with_records(pieces, path), source, dialect, knowledge, lambda text: canonical(text, layout)
    )
    bibliography = _beside(output or os.path.basename(path))
    if result.blocks:
        _write_bibliography(bibliography, result)
    if output is None:
        sys.stdout.buffer.write(result.source.encode())
        sys.stdout.flush()
    else:
        _write(output, result.source.encode())
    return list(_report(result, dialect, bibliography)), any("entry" in one.fields for one in result.moved)


def _with_records(pieces: Sequence[Between | Paper], path: str) -> list[Between | Paper]:
    """The pieces, their papers with the BibTeX blocks that were kept beside the list."""
    before = _read_bibliography(_beside(path))
    papers = iter(attach([one for one in pieces if isinstance(one, Paper)], before))
    return [next(papers) if isinstance(one, Paper) else one for one in pieces]


def _beside(path: str) -> str | None:
    """The bibliography beside a list."""
    return None if path == STDIN else f"{os.path.splitext(path)[0]}.bib"


def _read_bibliography(path: str | None) -> str:
    if path is None or not os.path.isfile(path):
        return ""
    return decode(path, read_bytes(path)).text.replace("\r\n", "\n")


def _write_bibliography(path: str | None, result: Conversion) -> None:
    if path is None:
        raise FileProblem(STDIN, "has BibTeX records that need a file beside the result; use --output-file")
    try:
        text = merged(_read_bibliography(path), result.blocks)
    except ConflictError as error:
        raise FileProblem(path, f"{error}; write the result elsewhere with --output-file") from error
    _write(path, text.encode())


def _write(path: str, data: bytes) -> None:
    try:
        if os.path.exists(path):
            replace_file(path, read_bytes(path), data)
        else:
            with open(path, "wb") as stream:
                stream.write(data)
    except OSError as error:
        raise FileProblem(
            path, f"cannot be written: {(error.strerror or str(error)).lower()}; check its permissions"
        ) from error


def _report(result: Conversion, dialect: str, bibliography: str | None) -> Iterator[str]:
    """What moved, a line each."""
    yield f"{counted(result.papers, 'paper')} written as {dialect}"
    if result.blocks:
        yield f"{counted(len(result.blocks), 'BibTeX block')} stand{'s' * (len(result.blocks) == 1)} in {bibliography}"
    if result.ticked:
        yield f"{counted(result.ticked, 'paper')} read: marked ✅ instead of ticked"
    if result.unread:
        yield f"{counted(result.unread, 'paper')} that had no box: now unread"
    if result.rest:
        yield f"{counted(result.rest, 'paper')} with words or pictures that are no field: now notes"
    for one in result.moved[:MOST_NAMED]:
        what = (
            "cannot be read as a paper there"
            if "entry" in one.fields
            else f"read differently there: {', '.join(one.fields)}"
        )
        yield f'line {one.paper.line}: "{one.paper.title}" {what}'
    if len(result.moved) > MOST_NAMED:
        kinds = Counter(name for one in result.moved[MOST_NAMED:] for name in one.fields)
        yield f"and {len(result.moved) - MOST_NAMED} more: {', '.join(f'{name} {count}' for name, count in kinds.most_common())}"
