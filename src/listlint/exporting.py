"""`listlint export`: the entries of lists as data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from listlint.gather import STDIN
from listlint.plan import plan
from listlint.run import Run
from listlint.telling import open_output, say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["export"]

COULD_NOT_RUN = 2


def export(*, paths: Sequence[str], form: str, output_file: str | None, **arguments: Any) -> int:
    """Print the entries of the lists that `paths` name."""
    from listlint.exports import formats, write_entries

    if form not in formats():
        raise click.UsageError(f'no export format "{form}"; there are {", ".join(formats())}')
    lists, problems = [], []
    for part in plan(paths, arguments):
        stdin = (STDIN, sys.stdin.buffer.read()) if STDIN in part.files else None
        run = Run(part.options, (), stdin=stdin)
        collection = run.read(part.files) if part.files else None
        lists += [one for one in collection.lists if one.path in collection.targets] if collection else []
        problems += [*part.problems, *run.outcome.problems]
    with open_output(output_file, sys.stdout) as stream:
        write_entries(form, lists, run.knowledge, stream)
    for one in problems:
        say(str(one))
    return COULD_NOT_RUN if problems else 0
