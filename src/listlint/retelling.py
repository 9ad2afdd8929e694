"""A `check` told list by list: what an earlier run has said of a list is said again where nothing has changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from listlint.figures import Figures
from listlint.findings import Severity
from listlint.recall import byte_writer, colorful
from listlint.renewal import renew
from listlint.reporters import list_format
from listlint.reporters.report import Totals
from listlint.telling import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listlint.ledger import Account
    from listlint.recall import Recall
    from listlint.renewal import Renewal
    from listlint.reporters import ListFormat
    from listlint.run import Run

__all__ = ["check_by_list", "speaks_by_list"]

OTHERWISE = ("output_file", "verbose", "statistics")  # what wants all findings at once
COULD_NOT_RUN = 2


def speaks_by_list(run: Run, arguments: Mapping[str, Any]) -> bool:
    """Whether the report of the run is that of one list after the other."""
    if run.stdin is not None or run.options.online or run.options.baseline or not run.change.is_all:
        return False
    if any(arguments[name] for name in OTHERWISE):
        return False
    return bool(arguments["quiet"]) or list_format(arguments["form"]) is not None


def check_by_list(run: Run, recall: Recall, paths: Sequence[str], arguments: Mapping[str, Any]) -> int:
    """Check the lists, say what they come to, and give the exit code; where few have changed, only these are looked at."""
    form = None if arguments["quiet"] else list_format(arguments["form"])
    renewal, said = _looked_at(run, recall, paths)
    problems = run.outcome.problems
    for one in problems:
        say(str(one))
    write = byte_writer(sys.stdout)
    accounts: list[Account] = []
    text: list[bytes | memoryview] = []
    for account, piece in _pieces(renewal, said, form):
        write(piece)
        accounts.append(account)
        if recall.is_possible and not problems:
            text.append(piece)
    figures = Figures.all_of(one.figures for one in accounts)
    if form is not None:
        text.append(form.end(Totals(figures, sum(one.is_target for one in accounts))).encode())
        write(text[-1])
    if problems:
        return COULD_NOT_RUN
    failed = figures.worst >= Severity(run.options.fail_on).rank
    code = int(failed and not arguments["exit_zero"])
    recall.keep(run.scope, accounts, text, code, renewal.compared.owners)
    return code


def _looked_at(run: Run, recall: Recall, paths: Sequence[str]) -> tuple[Renewal, Mapping[str, memoryview]]:
    """What the lists come to, and what the last run has said of each."""
    if recall.files is None or recall.scope != run.scope:
        files, problems = run.scope.read(paths)
        run.outcome.problems += problems
        return run.look(files), {}
    last = recall.last()
    if last is not None:
        ledger, text = last
        renewal = renew(run.survey(), ledger, recall.files)
        if renewal is not None:
            return renewal, _said(ledger.accounts.values(), text)
    return run.look(recall.files), {}


def _said(accounts: Iterable[Account], text: memoryview) -> Mapping[str, memoryview]:
    """What the text says of each list."""
    found, place = {}, 0
    for one in accounts:
        found[one.path] = text[place : place + one.size]
        place += one.size
    return found


def _pieces(
    renewal: Renewal, said: Mapping[str, memoryview], form: ListFormat | None
) -> Iterator[tuple[Account, bytes | memoryview]]:
    """The accounts, and what is to be said of each list."""
    color = colorful(sys.stdout)
    for one in renewal.accounts:
        if one.path not in renewal.told:
            yield one, said[one.path] if one.size else b""
            continue
        diagnostics, suppressed = renewal.compared.of(one.path)
        piece = form.of_list(diagnostics, color=color).encode() if form and diagnostics else b""
        yield one._replace(figures=Figures.of(diagnostics, suppressed), size=len(piece)), piece
