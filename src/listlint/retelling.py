"""The report of a run that an earlier one has told but for a few lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listlint.figures import Figures
from listlint.findings import Severity
from listlint.recall import say_bytes
from listlint.renewal import renew
from listlint.reporters import list_format
from listlint.reporters.report import Totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listlint.ledger import Account, Ledger
    from listlint.recall import Recall
    from listlint.renewal import Renewal
    from listlint.reporters import ListFormat
    from listlint.run import Run

__all__ = ["remember", "retell"]


def remember(recall: Recall, run: Run, said: Sequence[tuple[str, str]], code: int) -> None:
    """Keep what a run said, in pieces, each with the path of its list."""
    try:
        pieces = [(path, text.encode("utf-8")) for path, text in said]
    except UnicodeEncodeError:
        recall.keep(run.scope, run.accounts, run.owners, "".join(text for _, text in said), code)
        return
    sizes = {path: len(text) for path, text in pieces}
    accounts = [one._replace(size=sizes.get(one.path, 0)) for one in run.accounts]
    recall.keep(run.scope, accounts, run.owners, b"".join(text for _, text in pieces), code)


def retell(recall: Recall, run: Run, arguments: Mapping[str, Any], *, color: bool) -> int | None:
    """Say what the run comes to and give the exit code, where few lists have changed since the last with these settings."""
    form = None if arguments["quiet"] else list_format(arguments["form"])
    is_by_list = not arguments["statistics"] and (form is not None or arguments["quiet"])
    if not is_by_list or recall.files is None or recall.scope != run.scope:
        return None
    last = recall.last()
    renewal = renew(run.survey(), last[0], recall.files) if last is not None else None
    if last is None or renewal is None:
        return None
    try:
        pieces = list(_pieces(renewal, *last, form, color=color))
    except UnicodeEncodeError:
        return None
    accounts = [one for one, _ in pieces]
    figures = Figures.all_of(one.figures for one in accounts)
    checked = sum(one.is_target for one in accounts)
    end = form.end(Totals(figures, checked)).encode() if form is not None else b""
    text = b"".join((*(piece for _, piece in pieces), end))
    failed = figures.worst >= Severity(run.options.fail_on).rank
    code = int(failed and not arguments["exit_zero"])
    say_bytes(text)
    recall.keep(run.scope, accounts, renewal.owners, text, code)
    return code


def _pieces(
    renewal: Renewal, ledger: Ledger, text: bytes, form: ListFormat | None, *, color: bool
) -> Iterator[tuple[Account, bytes | memoryview]]:
    """The accounts, and what is said of each list."""
    places, place = {}, 0
    for path, one in ledger.accounts.items():
        places[path] = (place, place + one.size)
        place += one.size
    view = memoryview(text)
    for one in renewal.accounts:
        if one.path in renewal.told:
            diagnostics, suppressed = renewal.told[one.path]
            piece = form.of_list(diagnostics, color=color).encode() if form and diagnostics else b""
            yield one._replace(figures=Figures.of(diagnostics, suppressed), size=len(piece)), piece
        else:
            first, last = places.get(one.path, (0, 0))
            yield one, view[first:last]
