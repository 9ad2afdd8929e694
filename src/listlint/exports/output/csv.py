"""For spreadsheets: one row an entry, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, TextIO

from listlint.exports.encoding import is_unicode
from listlint.papers.model import Role
from listlint.papers.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listlint.exports import Exported
    from listlint.knowledge.knowledge import Knowledge

__all__ = ["write"]

# Spreadsheets take a cell that begins so for a formula; an apostrophe before it makes it text.
FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0]")
LISTS = ("institutions", "authors", "keywords", "notes", "marks")
COLUMNS = (
    *(
        "path",
        "line",
        "end_line",
        "section",
        "dialect",
        "title",
        "venue",
        "year",
        "venue_kind",
        "venue_text",
        "date",
    ),
    *LISTS,
    *(f"{role.value}_links" for role in Role),
    *("ids", "read", "bibtex_key"),
)


def write(entries: Iterable[Exported], knowledge: Knowledge, out: TextIO) -> None:
    """Write a header and the rows; several values of one column are joined by `; `."""
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    told = is_unicode(out)
    for one in entries:
        cells = _cells(record(one.entry, one.path, knowledge.hosts))
        texts = [_harmless(cells[name]) for name in COLUMNS]
        rows.writerow(
            texts if told else [text.encode(out.encoding, "replace").decode(out.encoding) for text in texts]
        )


def _cells(row: dict[str, Any]) -> dict[str, Sequence[str]]:
    """The values of each column."""
    venue, bibtex, read = row["venue"] or {}, row["bibtex"] or {}, row["read"]
    cells = {name: row[name] for name in LISTS}
    for role in Role:
        cells[f"{role.value}_links"] = [link["url"] for link in row["links"] if link["role"] == role.value]
    return cells | {
        "path": [row["path"]],
        "line": [str(row["line"])],
        "end_line": [str(row["end_line"])],
        "section": [" > ".join(row["section"])],
        "dialect": [row["dialect"]],
        "title": [row["title"] or ""],
        "venue": [venue.get("name") or ""],
        "year": [str(venue.get("year") or "")],
        "venue_kind": [venue.get("kind") or ""],
        "venue_text": [venue.get("text") or ""],
        "date": [row["date"] or ""],
        "ids": [f"{namespace}:{one}" for namespace, one in row["ids"].items()],
        "read": ["" if read is None else "yes" if read else "no"],
        "bibtex_key": [bibtex.get("key") or ""],
    }


def _harmless(values: Sequence[str]) -> str:
    """The values as one cell; each that looks like a formula is told to be text."""
    return "; ".join(f"'{value}" if FORMULA.match(value) else value for value in values)
