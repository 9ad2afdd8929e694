"""Where the time of a cold `check` goes, by stage and by rule: `python benchmarks/speed.py --profile`.

Seconds of the processor, in one process; the machine's other work does not count.
"""

from __future__ import annotations

import gc
import io
import time
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from listlint.check import Checker, locate
from listlint.checked import pack, unpack
from listlint.knowledge.knowledge import Knowledge
from listlint.markdown.parser import block_parser
from listlint.markdown.read import read_tree
from listlint.options import Choice, Options
from listlint.papers.model import Collection
from listlint.papers.outline import Outline
from listlint.papers.read import read_list
from listlint.reporters import render
from listlint.reporters.report import Report
from listlint.rules import chosen
from listlint.source import Source
from listlint.suppressions import Suppressions
from listlint.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from listlint.papers.model import PaperList
    from listlint.rule import Rule

__all__ = ["profile"]

Found = TypeVar("Found")


class Clock:
    """Adds up the time of stages."""

    def __init__(self, megabytes: float) -> None:
        self.megabytes = megabytes

    def time(self, stage: str, work: Callable[[], Found]) -> Found:
        """Do the work and print what it took."""
        start = time.process_time()
        found = work()
        taken = time.process_time() - start
        print(f"{taken:8.3f} s {self.megabytes / taken if taken else 0:8.2f} MB/s  {stage}")
        return found


def profile(folder: Path) -> None:
    """Print the time of each stage and of each rule for the lists in `folder`."""
    gc.set_threshold(50_000, 20, 50)
    sources = [Source.decode(str(path), path.read_bytes()) for path in sorted(folder.iterdir())]
    clock = Clock(sum(len(source.text.encode()) for source in sources) / 1e6)
    print(f"{time.process_time():8.3f} s  start-up; then {len(sources)} lists, {clock.megabytes:.2f} MB")
    knowledge = Knowledge()
    clock.time("knowledge and the first list", lambda: read_list(sources[0], knowledge))
    clock.time(
        "blocks (within the tree)",
        lambda: [block_parser(front_matter=False).parse(one.text) for one in sources],
    )
    clock.time("tree (within the entries)", lambda: [read_tree(one) for one in sources])
    lists = clock.time("entries", lambda: [read_list(one, knowledge) for one in sources])
    clock.time("prose", lambda: [one.prose for one in lists])
    packed = clock.time("outlines", lambda: [Outline.of(one, knowledge.hosts).pack() for one in lists])
    print(f"{sum(len(keys) + len(rows) for keys, rows in packed) / 1e6:8.2f} MB packed")
    clock.time("unpacking", lambda: [unpacked("", one) for one in packed])
    rules = chosen(Choice())
    outlines = {one.path: unpacked(one.path, body) for one, body in zip(lists, packed, strict=True)}
    collection = Collection(tuple(lists), frozenset(outlines), outlines)
    world = World()
    world.lists = collection.by_path
    checker = Checker(rules, knowledge, Options(), world)
    by_rule: Counter[str] = Counter()
    clock.time(
        "rules that see one list", lambda: [_time_rules(one, rules, checker, by_rule) for one in lists]
    )
    clock.time("rules over the collection", lambda: _time_wide(collection, rules, checker, by_rule))
    for name, taken in by_rule.most_common():
        print(f"         {taken:8.3f} s  {name}")
    found = checker.check(collection)
    diagnostics = clock.time(
        "places", lambda: [locate(one, collection) for some in found.values() for one in some]
    )
    clock.time("packing findings", lambda: unpack(pack(tuple(diagnostics))))
    report = Report(diagnostics, len(lists), "")
    clock.time(f"report of {len(diagnostics)}", lambda: render("full", report, io.StringIO()))


def unpacked(path: str, packed: tuple[bytes, bytes]) -> Outline:
    """The outline that was packed."""
    keys, rows = packed
    return Outline.unpack(path, keys, lambda: rows)


def _time_rules(papers: PaperList, rules: Iterable[Rule], checker: Checker, by_rule: Counter[str]) -> None:
    for rule in rules:
        start = time.process_time()
        Checker([rule], checker.knowledge, checker.options, checker.outside).check_list(papers)
        by_rule[rule.name] += time.process_time() - start  # type: ignore[assignment]


def _time_wide(
    collection: Collection, rules: Iterable[Rule], checker: Checker, by_rule: Counter[str]
) -> None:
    for rule in rules:
        start = time.process_time()
        Checker([rule], checker.knowledge, checker.options, checker.outside).wide_findings(
            collection, {path: Suppressions(one) for path, one in collection.by_path.items()}
        )
        by_rule[rule.name] += time.process_time() - start  # type: ignore[assignment]
