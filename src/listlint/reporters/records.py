"""Findings as JSON: the record that `json` and `jsonl` share, and a writer that no text can trick."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TextIO

from listlint.reporters.terminal import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listlint.findings import Diagnostic, LocatedEdit

__all__ = ["encoder", "record", "write_array"]

# What a terminal or the log of a CI job would obey; JSON can say it with an escape.
_HOSTILE = re.compile(f"[{HIDDEN}]|#(?=#(?:vso)?\\[)")


def encoder(out: TextIO) -> Callable[[object], str]:
    """A function that gives a value as JSON on one line, in letters that `out` can hold."""
    encoding = (out.encoding or "utf-8").lower().replace("-", "").replace("_", "")
    encode = json.JSONEncoder(ensure_ascii=not encoding.startswith("utf")).encode
    return lambda value: _HOSTILE.sub(lambda match: f"\\u{ord(match[0]):04x}", encode(value))


def write_array(out: TextIO, values: Iterable[object], indent: str = "") -> None:
    """Write a JSON array, one value a line, as the values come."""
    encode = encoder(out)
    out.write("[")
    comma = ""
    for value in values:
        out.write(f"{comma}\n{indent}  {encode(value)}")
        comma = ","
    out.write(f"\n{indent}]" if comma else "]")


def record(finding: Diagnostic) -> dict[str, object]:
    """A finding as other programs read it: lines and columns from 1, in code points, ends exclusive."""
    fix = None
    if finding.fix_safety is not None:
        edits = [_edit(one) for one in finding.edits]
        fix = {"safety": finding.fix_safety.value, "title": finding.fix_title, "edits": edits}
    return {
        "path": finding.path,
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "fix": fix,
        "related": [
            {"path": place.path or finding.path, "line": place.line, "message": place.message}
            for place in finding.related
        ],
    }


def _edit(edit: LocatedEdit) -> dict[str, object]:
    return {
        "line": edit.start.line,
        "column": edit.start.column,
        "end_line": edit.end.line,
        "end_column": edit.end.column,
        "text": edit.text,
    }
