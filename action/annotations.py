# ruff: noqa: INP001 - a script that the action runs, with nothing installed beside it
"""Prints the annotations that GitHub will show: those on added lines first, and how many it will not show.

Usage: annotations.py FILE [BASE]. FILE holds workflow commands, one a line; BASE is the commit compared with.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

LIMIT = 10  # annotations of one kind that GitHub keeps for a step
KINDS = ("error", "warning", "notice")
COMMAND = re.compile(r"::(\w+) ([^:]*)::")
DIFF = [
    "git",
    "--literal-pathspecs",
    "diff",
    "--unified=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--end-of-options",
]
HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def main(path: str, base: str = "") -> None:
    """Print the commands of the file `path` in the order of their worth."""
    commands = Path(path).read_text(encoding="utf-8").split("\n")[:-1]
    commands.sort(key=lambda command: not on_added_line(command, base))
    kinds = Counter(kind(command) for command in commands)
    spare = any(number > LIMIT for number in kinds.values())
    hidden = 0
    for name in KINDS:
        shown = LIMIT - (spare and name == "notice")
        for command in [one for one in commands if kind(one) == name][:shown]:
            sys.stdout.write(command + "\n")
        hidden += max(0, kinds[name] - shown)
    if hidden:
        noun = "finding is" if hidden == 1 else "findings are"
        sys.stdout.write(f"::notice title=listlint::{hidden} more {noun} in the job summary\n")


def kind(command: str) -> str:
    """The command's name."""
    match = COMMAND.match(command)
    return match[1] if match else ""


def on_added_line(command: str, base: str) -> bool:
    """Whether the command speaks of a line that is new since `base`."""
    match = COMMAND.match(command)
    if not match or not base:
        return False
    pairs = dict(pair.partition("=")[::2] for pair in match[2].split(","))
    line = pairs.get("line", "")
    return line.isdigit() and any(int(line) in lines for lines in added_lines(unescape(pairs["file"]), base))


def unescape(text: str) -> str:
    """A property's value as it was."""
    for escape, char in (("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


@lru_cache(maxsize=None)  # noqa: UP033 - the same thing; older Pythons know only this
def added_lines(path: str, base: str) -> tuple[range, ...]:
    """The lines of the file that are new since `base`."""
    done = subprocess.run([*DIFF, base, "--", path], capture_output=True, check=False)  # noqa: S603 - no shell
    hunks = HUNK.findall(done.stdout.decode(errors="replace"))
    return tuple(range(int(start), int(start) + int(count or 1)) for start, count in hunks)


if __name__ == "__main__":
    main(*sys.argv[1:])
