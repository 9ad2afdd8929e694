"""A person's own words: asked for one by one, and written into the config."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from listlint.config import CONFIG_NAMES, ConfigError
from listlint.files import write_whole
from listlint.telling import counted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.findings import Diagnostic

__all__ = ["ask_words", "with_words"]

RULE = "possible-typo"
ANSWERS = ("allow", "write", "skip", "quit")
HELP = "a: allow it; w: it is wrong, write the other; s: skip; q: stop"
PLAIN = re.compile(r"[A-Za-z][A-Za-z'-]*")
NO_TEXTS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def ask_words(config: str | None, diagnostics: Sequence[Diagnostic]) -> None:
    """Ask about each doubtful word once, and add those that were answered to the config's `words`."""
    doubts: dict[str, tuple[str, Diagnostic]] = {}
    for one in diagnostics:
        if one.rule == RULE and one.edits and one.start.line == one.end.line:
            wrong = one.excerpt[one.start.column - 1 : one.end.column - 1]
            doubts.setdefault(wrong.lower(), (wrong, one))
    if not doubts:
        say(f"{RULE} finds nothing to ask about")
        return
    rows: list[str | dict[str, str]] = []
    for wrong, one in doubts.values():
        answer = _ask(wrong, one)
        if answer == "q":
            break
        if answer == "a":
            rows.append(wrong.lower())
        elif answer == "w":
            rows.append({wrong.lower(): one.edits[0].text.lower()})
    if rows:
        _write(config or CONFIG_NAMES[0], rows, is_new=config is None)


def _ask(wrong: str, one: Diagnostic) -> str:
    from listlint.reporters.terminal import visible

    click.echo(f"{visible(one.path)}:{one.start.line}: {visible(one.message)}", err=True)
    prompt = f'"{visible(wrong)}": [a]llow, [w]rite "{visible(one.edits[0].text)}", [s]kip, [q]uit'
    while True:
        try:
            answer = click.prompt(prompt, default="s", show_default=False, err=True)
        except click.Abort:
            return "q"
        given = str(answer).strip().lower()
        found = next((word for word in ANSWERS if given in (word, word[0])), None)
        if found is not None:
            return found[0]
        click.echo(HELP, err=True)


def _write(path: str, rows: Sequence[str | dict[str, str]], *, is_new: bool) -> None:
    """Add the rows to the config, if it then sets what it set before and these words."""
    text = ""
    if not is_new:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    written = None if path.endswith(".toml") else with_words(text, [_row(row) for row in rows])
    if written is None or not _sets(path, text, written, rows):
        say(f"{path} cannot be edited safely; put these lines below `words:` yourself")
        for row in rows:
            click.echo(f"  - {_row(row)}")
        return
    write_whole(path, written.encode("utf-8"))
    say(f"{counted(len(rows), 'word')} added to {path}")


def with_words(text: str, rows: Sequence[str]) -> str | None:
    """The YAML text with these rows at the end of its `words`; None where they are written in a way that is not known."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("words:")), None)
    if at is None:
        start = text if not text or text.endswith("\n") else text + newline
        return start + newline.join(["words:", *(f"  - {row}" for row in rows), ""])
    if re.fullmatch(r"words:\s*(\[\s*\])?\s*(#.*)?", lines[at].rstrip("\r")):
        lines[at] = lines[at].replace("[]", "").rstrip()
        last, indent = _last_row(lines, at)
        added = [f"{indent}- {row}" for row in rows]
        carriage = "\r" if newline == "\r\n" else ""
        if last == at and not lines[at].endswith("\r"):
            lines[at] += carriage
        return "\n".join([*lines[: last + 1], *(one + carriage for one in added), *lines[last + 1 :]])
    if flow := re.fullmatch(r"(words:\s*\[.*?\S)\s*\](\s*(?:#.*)?)", lines[at].rstrip("\r")):
        lines[at] = f"{flow[1]}, {', '.join(_flow(row) for row in rows)}]{flow[2]}" + newline[:-1]
        return "\n".join(lines)
    return None


def _last_row(lines: Sequence[str], at: int) -> tuple[int, str]:
    """The last line of the rows below line `at`, and their indentation."""
    last, indent = at, None
    for number in range(at + 1, len(lines)):
        line = lines[number]
        found = re.match(r"(\s*)- ", line)
        if found and (indent is None or found[1] == indent):
            indent = found[1]
            last = number
        elif line.strip() and not line.lstrip().startswith("#") and not line.startswith(" "):
            break
    return last, "  " if indent is None else indent


def _row(row: str | dict[str, str]) -> str:
    if isinstance(row, str):
        return _quoted(row)
    return ", ".join(f"{_quoted(wrong)}: {_quoted(right)}" for wrong, right in row.items())


def _flow(row: str) -> str:
    return f"{{{row}}}" if ": " in row else row


def _quoted(word: str) -> str:
    plain = PLAIN.fullmatch(word) is not None and word.lower() not in NO_TEXTS
    return word if plain else "'" + word.replace("'", "''") + "'"


def _sets(path: str, before: str, after: str, rows: Sequence[str | dict[str, str]]) -> bool:
    """Whether the new text sets what the old one set, and these words besides."""
    import yaml

    from listlint.config import set_options

    try:
        old, new = yaml.safe_load(before) or {}, yaml.safe_load(after)
        set_options(path, new)
    except (yaml.YAMLError, ConfigError):
        return False
    return bool(new == {**old, "words": [*(old.get("words") or []), *rows]})
