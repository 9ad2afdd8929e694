"""What git says of a change: the lines that it touched."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GitError", "changed_lines", "recent_commits"]

HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
ALL = range(1, 1 << 31)
PLAIN = ("--no-color", "--no-ext-diff", "--no-textconv")


class GitError(Exception):
    """Git could not answer; the message is one line."""


def changed_lines(revision: str, paths: Iterable[str]) -> dict[str, list[range]]:
    """For each path, the lines (from 1) of the working tree that were touched since it left `revision`.

    Where the two have gone separate ways, what was done to `revision` since then is no part of the change. A file
    that git does not track counts as touched whole, one that was renamed only where it differs. Raises GitError where
    there is no such revision, no repository, or no git.
    """
    trees: dict[str, _Tree] = {}
    folders: dict[str, str] = {}
    found = {}
    for path in paths:
        folder = os.path.realpath(os.path.dirname(path) or ".")
        if folder not in folders:
            folders[folder] = _line(folder, "rev-parse", "--show-toplevel")
        top = folders[folder]
        if top not in trees:
            trees[top] = _Tree(top, revision)
        found[path] = trees[top].touched(os.path.join(folder, os.path.basename(path)))
    return found


def recent_commits(path: str, most: int) -> list[tuple[str, str]]:
    """The author and the subject of the last commits that touched a file, the newest first; empty without a history."""
    folder, name = os.path.split(path)
    try:
        log = _git(folder or ".", "log", f"-n{most}", "--format=%an%x00%s", "--", f":(literal){name}")
    except GitError:
        return []
    rows = (line.partition("\0") for line in log.decode("utf-8", "replace").splitlines())
    return [(author, subject) for author, _, subject in rows]


class _Tree:
    """A working tree, compared with a revision."""

    def __init__(self, top: str, revision: str) -> None:
        self.top = top
        self.start = _start(top, revision)
        self.tracked = set(_git(top, "ls-files", "-z").split(b"\0"))
        self.before = self._names_before()

    def _names_before(self) -> dict[bytes, bytes]:
        """The files that differ, each with its name in the revision; an empty one where it is new."""
        answer = _git(self.top, "diff", "--name-status", "-z", "-M", *PLAIN, self.start, "--")
        words = iter(answer.split(b"\0"))
        found = {}
        for status in words:
            if status[:1] in (b"R", b"C"):
                old = next(words)
                found[next(words)] = old
            elif status:
                name = next(words)
                found[name] = b"" if status[:1] == b"A" else name
        return found

    def touched(self, path: str) -> list[range]:
        """The lines of a file that differ."""
        name = os.fsencode(os.path.relpath(path, self.top).replace(os.sep, "/"))
        if name not in self.tracked:
            return [ALL]
        if name not in self.before:
            return []
        old = self.before[name]
        if not old:
            return [ALL]
        names = [b":(top,literal)" + one for one in dict.fromkeys((old, name))]
        answer = _git(self.top, "diff", "-U0", "-M", *PLAIN, self.start, "--", *names)
        hunks = [(int(match[1]), int(match[2] or 1)) for match in HUNK.finditer(answer)]
        return [range(first, first + count) for first, count in hunks]


def _start(top: str, revision: str) -> str:
    """The commit from which the change is counted: where it left the revision, as far as a shallow clone knows."""
    try:
        commit = _line(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError as error:
        hint = ""
        if _line(top, "rev-parse", "--is-shallow-repository") == "true":
            hint = "; this clone is shallow, so fetch more of its history"
        raise GitError(f'no revision "{revision}" here{hint}') from error
    try:
        return _line(top, "merge-base", commit, "HEAD")
    except GitError:
        return commit


def _line(folder: str, *arguments: str) -> str:
    return os.fsdecode(_git(folder, *arguments).removesuffix(b"\n"))


def _git(folder: str, *arguments: str | bytes) -> bytes:
    """Git's standard output; the revision comes from a person and is never read as an option."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)  # noqa: S603, S607 - fixed program, no shell
    except OSError as error:
        raise GitError(f"git cannot be run: {(error.strerror or str(error)).lower()}") from error
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(reason[0].removeprefix("fatal: ") if reason else "git found nothing")
    return done.stdout
