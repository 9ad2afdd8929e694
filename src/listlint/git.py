"""What git says of a change: the lines that it touched."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GitError", "changed_lines"]

HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


class GitError(Exception):
    """Git could not answer; the message is one line."""


def changed_lines(revision: str, paths: Iterable[str]) -> dict[str, list[range]]:
    """For each path, the line numbers (from 1) that differ from `revision` in the working tree.

    A file that git does not track counts as changed whole. Raises GitError where there is no such revision, no
    repository, or no git.
    """
    found = {}
    for path in paths:
        folder = os.path.dirname(os.path.abspath(path))
        name = os.path.basename(path)
        tracked = _git(folder, "ls-files", "--", f":(literal){name}")
        if not tracked.strip():
            _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            found[path] = [range(1, 1 << 31)]
            continue
        output = _git(
            folder,
            "diff",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "-U0",
            "--end-of-options",
            revision,
            "--",
            f":(literal){name}",
        )
        found[path] = [
            range(int(match[1]), int(match[1]) + int(match[2] or 1)) for match in HUNK.finditer(output)
        ]
    return found


def _git(folder: str, *arguments: str) -> bytes:
    """Git's standard output; the revision comes from a person and is never read as an option."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)  # noqa: S603, S607 - fixed program, no shell
    except OSError as error:
        raise GitError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from error
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(
            reason[0].removeprefix("fatal: ") if reason else f"git found nothing for {arguments[-1]!r}"
        )
    return done.stdout
