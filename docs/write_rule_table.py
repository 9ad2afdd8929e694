"""Writes the table of rules in the README from the rules themselves; with `--check`, says whether it is up to date."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from listlint.rules import catalogue

__all__ = ["table"]

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- rules: written by docs/write_rule_table.py -->\n", "<!-- end of rules -->\n"
PAGES = Path(__file__).parents[1] / "rules"


def table() -> str:
    """The table: one row a rule, in the order of the codes."""
    rows = ["| Code | Rule | Severity | Fix | What holds |", "| --- | --- | --- | --- | --- |"]
    for rule in catalogue().values():
        page = (PAGES / f"{rule.name}.md").read_text(encoding="utf-8")
        safety = re.search(r"^## Fix safety\s+`?(\w+)", page, re.MULTILINE)
        when = "" if rule.default else " Opt-in." if not rule.online else " With `--online`."
        when = " With `--online`." if rule.online else when
        summary = rule.summary.replace("|", "\\|")
        fix = safety[1] if safety else ""
        rows.append(
            f"| {rule.code} | [{rule.name}](rules/{rule.name}.md) | {rule.severity.value} | {fix} | {summary}{when} |"
        )
    return "\n".join(rows) + "\n"


def main() -> int:
    """Write the table, or compare it."""
    text = README.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    written = f"{head}{BEGIN}\n{table()}\n{END}{tail}"
    if "--check" in sys.argv[1:]:
        return int(written != text)
    README.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
