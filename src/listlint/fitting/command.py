"""The command `init`: a commented config that fits the lists, and how many findings it leaves."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from listlint.check import Checker
from listlint.config import CONFIG_NAMES, config_of, set_options
from listlint.fitting import Setting, fit, values
from listlint.git import recent_commits
from listlint.options import Options
from listlint.papers.model import Collection
from listlint.rules import chosen
from listlint.run import Run
from listlint.telling import counted, say
from listlint.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.fitting import Fit
    from listlint.knowledge.knowledge import Knowledge

__all__ = ["config_text", "init"]

NAME = CONFIG_NAMES[0]
MOST_LISTS = 20
MOST_RULES = 4
LAST = 20  # commits of a file that tell who keeps it
HEAD = """\
# What listlint should know of these lists. `listlint config` shows every setting and where it comes from;
# `listlint rules` lists the rules, `listlint explain RULE` says why one is there.
"""
TAIL = """
# More that a list may want; remove the mark to have it.
# extend-select: [missing-bibtex, entry-order]   # rules that are asked for by name
# ignore: [possible-typo]                        # rules that these lists do without
# severity: {unknown-venue: info}                # off, info, warning or error
# references: [../other-list/README.md]          # lists to compare with, never written
# knowledge: {venues: [{name: OurWorkshop}]}     # rows of your own, by part
"""


def init(*, paths: Sequence[str]) -> int:
    """Write the config, tell what it leaves, and give the exit code."""
    folder = paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else "."
    target = os.path.normpath(os.path.join(folder, NAME))
    if (there := _config_in(folder)) is not None:
        raise click.UsageError(f"{there} is there already; change it, or remove it first")
    run = Run(Options(root=folder), ())
    collection = run.read(list(paths) or ["."])
    for problem in run.outcome.problems:
        say(str(problem))
    if not any(one.entries for one in collection.lists):
        raise click.UsageError("no papers found here; name the lists, or their folder")
    named = [] if list(paths) in ([], [folder]) else [os.path.relpath(path, folder) for path in paths]
    return _written(collection, run.knowledge, target, named)


def _config_in(folder: str) -> str | None:
    """The config that stands in this very folder."""
    found = config_of([folder])
    return (
        found
        if found is not None and os.path.realpath(os.path.dirname(found) or ".") == os.path.realpath(folder)
        else None
    )


def _written(collection: Collection, knowledge: Knowledge, target: str, named: list[str]) -> int:
    """Write the config; `named` are the paths that the lists were asked for by, if not by their folder."""
    folder = os.path.dirname(target) or "."

    def count(given: dict[str, Any]) -> Counter[str]:
        return _findings(collection, knowledge, set_options(target, given))

    found = _with_files(
        fit(
            collection.lists,
            knowledge,
            lambda given: count(given).total(),
            pattern=lambda path: _pattern(path, folder),
            history=lambda path: recent_commits(path, LAST),
        ),
        named,
    )
    try:
        with open(target, "x", encoding="utf-8", newline="\n") as file:
            file.write(config_text(found))
    except OSError as error:
        raise click.UsageError(
            f"{target}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error
    before, after = count({}).total(), count(values(found.settings))
    say(
        f"{target} written: {counted(len(found.settings), 'setting')} for {counted(len(found.lists), 'list')}"
    )
    most = ", ".join(f"{name} {number:,}" for name, number in after.most_common(MOST_RULES))
    say(
        f"{counted(after.total(), 'finding')} left{f' ({most})' if most else ''}, {counted(before, 'finding')} without it; "
        "`listlint fix --diff` shows what fixes would change"
    )
    return 0


def _pattern(path: str, folder: str) -> str:
    """The pattern that names one file and no other, as the config's folder sees it."""
    name = os.path.relpath(path, folder).replace(os.sep, "/")
    return "/" + re.sub(r"[\[*?]", r"[\g<0>]", name)


def _with_files(found: Fit, named: list[str]) -> Fit:
    """The fit, and which lists belong together."""
    if not named and len(found.lists) == 1:
        return found
    files = Setting(
        "files", named or ["."], "what is checked where no path is given, and compared with each other"
    )
    return replace(found, settings=(files, *found.settings))


def _findings(collection: Collection, knowledge: Knowledge, options: Options) -> Counter[str]:
    """How many findings of each rule the options leave."""
    from listlint.patterns import matches

    targets = frozenset(
        path for path in collection.targets if not matches(path, options.exclude, options.root)
    )
    some = Collection(tuple(one for one in collection.lists if one.path in targets), targets)
    world = World()
    checker = Checker(chosen(options.choice), knowledge, options, world)
    return Counter(one.rule.name for found in checker.check(some).values() for one in found)


def config_text(found: Fit) -> str:
    """The config file: each setting with its reason above it."""
    lines = [HEAD, *(f"# {one}" for one in found.lists[:MOST_LISTS])]
    if len(found.lists) > MOST_LISTS:
        lines.append(f"# and {len(found.lists) - MOST_LISTS} more")
    for room in dict.fromkeys(one.room for one in found.settings):
        lines.append("")
        indent = "  " if room else ""
        if room:
            lines.append(f"{room}:")
        for one in found.settings:
            if one.room == room:
                lines += [
                    f"{indent}# {one.why}",
                    f"{indent}{one.key}: {json.dumps(one.value, ensure_ascii=False)}",
                ]
    return "\n".join(lines) + "\n" + TAIL
