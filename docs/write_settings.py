"""Writes what follows from the rules' options: the table in `docs/config.md` and `rules/schema.json`; `--check` compares."""

from __future__ import annotations

import sys
from pathlib import Path

from listlint.config.schema import schema_text
from listlint.rules import catalogue

__all__ = ["stale", "table"]

ROOT = Path(__file__).parents[1]
PAGE, SCHEMA = ROOT / "docs" / "config.md", ROOT / "rules" / "schema.json"
BEGIN, END = "<!-- options: written by docs/write_settings.py -->\n", "<!-- end of options -->\n"


def table() -> str:
    """The rules' options, in the order of the rules' codes."""
    rows = ["| rule | option | default | what it does |", "| --- | --- | --- | --- |"]
    for rule in catalogue().values():
        for one in rule.options:
            default = f"`{_plain(one.default)}`" if one.default not in ("", (), None) else ""
            choices = (
                f" ({', '.join(f'`{choice}`' for choice in one.choices if choice)})" if one.choices else ""
            )
            what = one.help.replace("|", "\\|")
            rows.append(
                f"| [{rule.name}](../rules/{rule.name}.md) | `{one.name}` | {default} | {what}{choices} |"
            )
    return "\n".join(rows) + "\n"


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def stale() -> dict[Path, str]:
    """The files that are not what they should be, each with what it should be."""
    text = PAGE.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    wanted = {PAGE: f"{head}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}", SCHEMA: schema_text()}
    return {
        path: one
        for path, one in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != one
    }


def main() -> int:
    """Write the files, or compare them."""
    found = stale()
    if "--check" in sys.argv[1:]:
        return int(bool(found))
    for path, text in found.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
