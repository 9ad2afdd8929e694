"""One run: targets and the collection are read, checked and, if asked, fixed."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from listlint.cache import Cache, digest, program
from listlint.change import Change
from listlint.files import ChangedOnDiskError, FileProblem, decode, read_bytes, replace_file
from listlint.findings import Safety, Suppression
from listlint.gather import Scope
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Choice
from listlint.outcome import Outcome
from listlint.progress import Steps
from listlint.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listlint.check import Checker, Found
    from listlint.gather import File
    from listlint.layout.options import LayoutOptions
    from listlint.options import Options
    from listlint.outside import LinkVerdict
    from listlint.papers.model import Collection, PaperList
    from listlint.rule import Rule
    from listlint.touched import Touched
    from listlint.world import Question

__all__ = ["Run"]

MOST_TURNS = 3


class Run:
    """A run with its settings; `rules` are the ones that were chosen."""

    def __init__(
        self,
        options: Options,
        rules: Sequence[Rule],
        *,
        stdin: tuple[str, bytes] | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.options = options
        self.rules = rules
        self.knowledge = Knowledge(options.knowledge)
        self.stdin = stdin
        self.cache = cache or Cache(None)
        self.scope = Scope(options.files, options.references, options.exclude, options.root)
        self.files: Sequence[File] = ()
        self.asked: list[tuple[str, Question]] = []
        self.outcome = Outcome()
        self.checked: set[str] = set()
        self.compared: set[str] = set()
        self.stages: dict[str, float] = {}
        self.bytes: dict[str, bytes] = {}
        self.change = Change()
        self.moved: dict[str, Touched] = {}

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, paths: Sequence[str]) -> Collection:
        """The collection: the targets that `paths` name, and what the config compares them with."""
        from listlint.papers.model import Collection

        targets, others = self._paths(paths)
        lists = [
            one
            for path in [*targets, *others]
            if (one := self._read_list(path, told=path in targets)) is not None
        ]
        read = {one.path for one in lists}
        lists.sort(key=lambda one: one.path)
        self._note_files(read, set(targets))
        self.change.look(self.checked)
        return Collection(tuple(lists), frozenset(path for path in targets if path in read))

    def _note_files(self, read: set[str], targets: set[str]) -> None:
        """Remember what was read."""
        self.checked, self.compared = read & targets, read - targets

    def _paths(self, paths: Sequence[str]) -> tuple[list[str], list[str]]:
        """The targets, and the others that they are compared with."""
        targets, problems = self.scope.targets(paths)
        self.outcome.problems += problems
        if self.stdin is not None:
            targets.append(self.stdin[0])
        return targets, self.scope.others(targets)

    def _read_list(self, path: str, *, told: bool) -> PaperList | None:
        from listlint.papers.exported import NO_EXPORT, ExportError
        from listlint.papers.read import read_list

        try:
            data = self.stdin[1] if self.stdin is not None and path == self.stdin[0] else read_bytes(path)
            papers = read_list(decode(path, data, self.options.encoding), self.knowledge)
        except FileProblem as problem:
            if told:
                self.outcome.problems.append(problem)
            return None
        except ExportError as error:
            self.outcome.problems.append(FileProblem(path, NO_EXPORT.format(error)))
            return None
        if told:
            self.bytes[path] = data
        return papers

    # -- checking ------------------------------------------------------------------------------------------------

    def check(self, paths: Sequence[str]) -> Outcome:
        """Read and check."""
        if self.stdin is not None or self.options.online:
            collection = self.read(paths)
            self._report(collection, self.checker(collection))
        else:
            with self._timed("reading"):
                self.files, problems = self.scope.read(paths)
            self.outcome.problems += problems
            self._survey(self.files)
        return self.outcome

    def _survey(self, files: Sequence[File]) -> None:
        """Check the files one by one, then what rules see in all of them together."""
        from listlint.check import Checker
        from listlint.survey import Survey

        self.change.look(file.path for file in files if file.is_target)
        world = World(touched=self.change.of)
        checker = Checker(self.rules, self.knowledge, self.options, world)
        survey = Survey(checker, world, self.cache, self._settings())
        with self._timed("lists one by one"):
            checked = survey.check(files)
        self.asked = [
            (file.path, one) for file, each in zip(files, checked, strict=True) for one in each.asked
        ]
        self.outcome.problems += [
            FileProblem(*one.problem)
            for file, one in zip(files, checked, strict=True)
            if one.problem is not None and (file.is_target or file.path.endswith(".jsonl"))
        ]
        pairs = [(file, one) for file, one in zip(files, checked, strict=True) if one.problem is None]
        self._note_files({file.path for file, _ in pairs}, {file.path for file in files if file.is_target})
        with self._timed("rules over all lists"):
            wide = survey.compare(pairs)
        for file, one in pairs:
            if file.is_target:
                found = sorted([*one.diagnostics, *wide.get(file.path, ())], key=lambda one: one.sort_key)
                self.outcome.diagnostics += [one for one in found if self.change.concerns(one)]
                self.outcome.files_checked += 1
                self.outcome.suppressed += one.suppressed
        self.outcome.suppressed += survey.suppressed

    @contextlib.contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Remember how long the stage took."""
        began = time.monotonic()
        yield
        self.stages[stage] = self.stages.get(stage, 0.0) + time.monotonic() - began

    def _settings(self) -> str:
        """A name for all that findings depend on but the lists themselves and the world around them."""
        options = replace(self.options, files=(), exclude=(), references=(), fail_on="", choice=Choice())
        rules = [f"{rule.code} {rule.name} {rule.severity} {rule.options}" for rule in self.rules]
        return digest(program(), repr(options), os.getcwd(), *rules)

    def checker(self, collection: Collection) -> Checker:
        """What checks the collection with the rules that were chosen."""
        from listlint.check import Checker

        world = World(self._verdicts(collection), self.change.of)
        world.lists = {one.path: one for one in collection.lists}
        return Checker(self.rules, self.knowledge, self.options, world)

    def _report(self, collection: Collection, checker: Checker) -> None:
        found = checker.check(collection)
        located = [checker.locate(one, collection) for path in sorted(found) for one in found[path]]
        self.outcome.diagnostics = [one for one in located if self.change.concerns(one)]
        self.outcome.files_checked = len(collection.targets)
        self.outcome.suppressed = checker.suppressed

    def _verdicts(self, collection: Collection) -> Mapping[str, LinkVerdict]:
        """Ask the targets' links, if the run is online and a rule wants to know."""
        if not self.options.online or not any(rule.online for rule in self.rules):
            return {}
        from listlint.knowledge.rulebook import cache_folder
        from listlint.links import LinkOptions, TerminalProgress, VerdictMemory, check_links

        options = LinkOptions(**dict(self.options.links))
        with VerdictMemory.of(options, options.cache or cache_folder() / "links.sqlite") as memory:
            verdicts = check_links(
                self._urls(collection), options, memory=memory, progress=TerminalProgress.on_terminal()
            )
        if self.change.is_all:
            return verdicts
        return {url: replace(verdict, added=True) for url, verdict in verdicts.items()}

    def _urls(self, collection: Collection) -> Iterator[str]:
        """The targets' links; of a change, those on the lines that it touched."""
        from listlint.markdown.destinations import destinations

        for papers in collection.lists:
            if papers.path in collection.targets:
                for link in destinations(papers.tree):
                    line = papers.source.line_of(link.span.start)
                    if (
                        link.kind != "image"
                        and link.url.lower().startswith(("http://", "https://"))
                        and self.change.has(papers.path, line, line)
                    ):
                        yield link.url

    # -- fixing --------------------------------------------------------------------------------------------------

    def fix(
        self, paths: Sequence[str], *, unsafe: bool = False, layout: bool = True, write: bool = True
    ) -> Outcome:
        """Read, fix what may be fixed, write it unless told not to, and check what is left."""
        from listlint.papers.model import Collection

        if self._is_fixed(paths, unsafe=unsafe, layout=layout):
            return self.outcome
        self.outcome = Outcome()
        collection = self.read(paths)
        after = self._fixed(collection, sorted(collection.targets), unsafe=unsafe, layout=layout)
        lists = [
            self.settle(before, one, write=write) if one is not before else one
            for before, one in zip(collection.lists, after.lists, strict=True)
        ]
        written = {one.path for one, fixed in zip(lists, after.lists, strict=True) if one is fixed}
        self.change.lists |= {path: lines for path, lines in self.moved.items() if path in written}
        after = Collection(tuple(lists), collection.targets)
        self._report(after, self.checker(after))
        return self.outcome

    def _fixed(
        self, collection: Collection, paths: Sequence[str], *, unsafe: bool, layout: bool, turn: int = 1
    ) -> Collection:
        """The collection with these lists fixed; once more those in which that brought forth what only all lists show."""
        from listlint.fixer import Fixer
        from listlint.papers.model import Collection

        checker = self.checker(collection)
        wide = self._wide_fixes(collection, checker) if unsafe or _has_comments(collection) else {}
        paths = [path for path in paths if turn == 1 or wide.get(path)]
        lists = dict(collection.by_path)
        with Steps("fixing list", len(paths)) as steps:
            for step, path in enumerate(paths):
                steps.reach(step)
                findings = _Findings(checker, lists[path], wide.get(path, []))
                fixer = Fixer(self.knowledge, findings, unsafe, self._layout(layout), self.change.of(path))
                result = fixer.fix(lists[path])
                self.outcome.fixed += result.fixed
                self.outcome.refused += [FileProblem(path, reason) for reason in result.refused if turn == 1]
                lists[path] = result.papers
                if result.touched is not None:
                    self.moved[path] = result.touched
        changed = [path for path in paths if lists[path] is not collection.by_path[path]]
        after = Collection(tuple(lists.values()), collection.targets)
        if not changed or not self.change.is_all or turn == MOST_TURNS:
            return after
        if not (unsafe or _has_comments(after)):
            return after
        return self._fixed(after, paths, unsafe=unsafe, layout=layout, turn=turn + 1)

    def _is_fixed(self, paths: Sequence[str], *, unsafe: bool, layout: bool) -> bool:
        """Whether a check, which many processes and earlier runs can share, finds nothing to fix and no list to lay out."""
        if self.stdin is not None or self.options.online:
            return False
        outcome = self.check(paths)
        if any(one.edits and (unsafe or one.fix_safety is Safety.SAFE) for one in outcome.diagnostics):
            return False
        style = self._layout(layout)
        if style is None:
            return True
        from listlint.layout import sieve

        broken = {one.path for one in outcome.problems}
        targets = (
            file
            for file in self.files
            if file.is_target and file.path not in broken and self.change.reaches(file.path)
        )
        return all(sieve(decode(one.path, one.data, self.options.encoding).text, style) for one in targets)

    def _wide_fixes(self, collection: Collection, checker: Checker) -> dict[str, list[Found]]:
        """The findings with fixes of the rules that see the whole collection, and of those that see what it made of comments."""
        kinds = (type(collection), Suppression)
        return {
            path: [one for one in found if one.finding.fix is not None and one.rule.on in kinds]
            for path, found in checker.check(collection).items()
        }

    def _layout(self, wanted: bool) -> LayoutOptions | None:
        if not wanted or not any(rule.name == "layout" for rule in self.rules):
            return None
        from listlint.layout import LayoutOptions

        return LayoutOptions(**dict(self.options.layout))  # type: ignore[arg-type]

    def settle(self, before: PaperList, after: PaperList, *, write: bool) -> PaperList:
        """Write the list, if it changed and may be; what cannot be written is told and stays as it was."""
        old, new = self.bytes[before.path], after.source.encode()
        if old == new:
            return after
        from_stdin = self.stdin is not None and before.path == self.stdin[0]
        if write and not from_stdin:
            try:
                replace_file(before.path, old, new)
            except ChangedOnDiskError as error:
                self.outcome.problems.append(FileProblem(before.path, f"{error}; run again"))
                return before
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                self.outcome.problems.append(
                    FileProblem(before.path, f"cannot be written: {reason}; check its permissions")
                )
                return before
        self.outcome.changed[before.path] = (old, new)
        return after


def _has_comments(collection: Collection) -> bool:
    return any(
        "listlint-ignore" in one.source.text for one in collection.lists if one.path in collection.targets
    )


@dataclass(eq=False)
class _Findings:
    """What the fixer asks for a list's findings; in the first round those of the whole collection join."""

    checker: Checker
    start: PaperList
    wide: list[Found]

    def __call__(self, papers: PaperList) -> list[Found]:
        return self.checker.check_list(papers) + (self.wide if papers is self.start else [])
