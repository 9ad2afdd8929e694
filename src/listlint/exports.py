"""Entries as files of data: one function a format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from listlint.papers.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import PaperList

__all__ = ["FORMATS", "write_entries"]


def write_entries(form: str, lists: Iterable[PaperList], knowledge: Knowledge, out: TextIO) -> None:
    """Write the entries of the lists in one of `FORMATS`."""
    records = (record(entry, papers.path, knowledge.hosts) for papers in lists for entry in papers.entries)
    lines = (json.dumps(one, ensure_ascii=not _is_unicode(out)) for one in records)
    FORMATS[form](lines, out)


def _is_unicode(out: TextIO) -> bool:
    return (out.encoding or "").lower().replace("-", "").startswith("utf")


def _jsonl(lines: Iterator[str], out: TextIO) -> None:
    for line in lines:
        out.write(line + "\n")


def _json(lines: Iterator[str], out: TextIO) -> None:
    separator = "[\n"
    for line in lines:
        out.write(separator + line)
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


FORMATS = {"json": _json, "jsonl": _jsonl}
