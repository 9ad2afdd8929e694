"""One run: targets and the collection are read, checked and, if asked, fixed."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from listlint.cache import Cache, digest, here, program
from listlint.change import Change
from listlint.files import FileProblem, decode, fault, read_bytes
from listlint.gather import Scope
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Choice
from listlint.outcome import Outcome
from listlint.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listlint.check import Checker
    from listlint.checked import Record
    from listlint.gather import File
    from listlint.ledger import Account
    from listlint.options import Options
    from listlint.outside import LinkVerdict
    from listlint.papers.model import Collection, PaperList
    from listlint.renewal import Renewal
    from listlint.rule import Rule
    from listlint.survey import Compared, Survey
    from listlint.touched import Touched

__all__ = ["Run"]


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
        self.accounts: list[Account] = []
        self.records: Mapping[str, Record] = {}
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
            if (one := self.read_one(path, told=path in targets)) is not None
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

    def read_one(self, path: str, *, told: bool) -> PaperList | None:
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
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lists go on
            self.outcome.problems.append(fault(path, error))
            return None
        if told:
            self.bytes[path] = data
        return papers

    # -- checking ------------------------------------------------------------------------------------------------

    def check(self, paths: Sequence[str]) -> Outcome:
        """Read and check."""
        if self.stdin is not None or self.options.online:
            collection = self.read(paths)
            self.report(collection)
        else:
            with self._timed("reading"):
                self.files, problems = self.scope.read(paths)
            self.outcome.problems += problems
            found = self.look(self.files)
            self.accounts = found.accounts
            for account in found.accounts:
                if account.path in found.told:
                    diagnostics, suppressed = found.compared.of(account.path)
                    self.outcome.diagnostics += [one for one in diagnostics if self.change.concerns(one)]
                    self.outcome.files_checked += 1
                    self.outcome.suppressed += suppressed
        return self.outcome

    def look(self, files: Sequence[File]) -> Renewal:
        """Check the files one by one, then what rules see in all of them together; problems are noted."""
        from listlint.renewal import whole

        self.change.look(file.path for file in files if file.is_target)
        survey = self.survey()
        with self._timed("lists one by one"):
            survey.earlier = self.records
            records = survey.check(files)
            self.records = survey.earlier
        pairs = self._sound(zip(files, records, strict=True))
        self._note_files({file.path for file, _ in pairs}, {file.path for file in files if file.is_target})
        with self._timed("rules over all lists"):
            compared = self._compared(survey, pairs)
        return whole(survey, pairs, compared)

    def _sound(self, pairs: Iterable[tuple[File, Record]]) -> list[tuple[File, Record]]:
        """The files that could be read; what is wrong with others is noted."""
        sound = []
        for file, one in pairs:
            if one.problem is None:
                sound.append((file, one))
            elif file.is_target or file.path.endswith(".jsonl"):
                self.outcome.problems.append(FileProblem(*one.problem))
        return sound

    def _compared(self, survey: Survey, pairs: list[tuple[File, Record]]) -> Compared:
        """What the lists come to among others; one that changes meanwhile is left out."""
        while True:
            try:
                return survey.compare(pairs)
            except FileProblem as problem:
                self.outcome.problems.append(problem)
                before = len(pairs)
                pairs[:] = [pair for pair in pairs if pair[0].path != problem.path]
                if len(pairs) == before:
                    raise

    def survey(self) -> Survey:
        """What checks lists one by one."""
        from listlint.check import Checker
        from listlint.survey import Survey

        world = World(touched=self.change.of)
        checker = Checker(self.rules, self.knowledge, self.options, world)
        return Survey(checker, world, self.cache, self._settings())

    @contextlib.contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Remember how long the stage took."""
        began = time.monotonic()
        yield
        self.stages[stage] = self.stages.get(stage, 0.0) + time.monotonic() - began

    def _settings(self) -> str:
        """A name for all that findings depend on but the lists themselves and the world around them; only records need one."""
        if self.cache.folder is None:
            return ""
        options = self.options._replace(files=(), exclude=(), references=(), fail_on="", choice=Choice())
        rules = [f"{rule.code} {rule.name} {rule.severity} {rule.options}" for rule in self.rules]
        return digest(program(), repr(options), here(), *rules)

    def checker(self, collection: Collection) -> Checker:
        """What checks the collection with the rules that were chosen."""
        from listlint.check import Checker

        world = World(self._verdicts(collection), self.change.of)
        world.lists = {one.path: one for one in collection.lists}
        return Checker(self.rules, self.knowledge, self.options, world)

    def report(self, collection: Collection) -> None:
        """Check a collection that has been read."""
        checker = self.checker(collection)
        found = checker.check(collection)
        told = {one.path for one in self.outcome.problems}
        self.outcome.problems += [
            fault(path, error) for path, error in checker.failed.items() if path not in told
        ]
        located = [checker.locate(one, collection) for path in sorted(found) for one in found[path]]
        self.outcome.diagnostics = [one for one in located if self.change.concerns(one)]
        self.outcome.files_checked = len(collection.targets)
        self.outcome.suppressed = checker.suppressed

    def _verdicts(self, collection: Collection) -> Mapping[str, LinkVerdict]:
        """Ask the targets' links, if the run is online and a rule wants to know."""
        if not self.options.online or not any(rule.online for rule in self.rules):
            return {}
        from pathlib import Path

        from listlint.knowledge.rulebook import cache_folder
        from listlint.links import LinkOptions, TerminalProgress, VerdictMemory, check_links

        options = LinkOptions(**dict(self.options.links))
        with VerdictMemory.of(options, options.cache or Path(cache_folder(), "links.sqlite")) as memory:
            verdicts = check_links(
                self._urls(collection), options, memory=memory, progress=TerminalProgress.on_terminal()
            )
        if self.change.is_all:
            return verdicts
        return {url: verdict._replace(added=True) for url, verdict in verdicts.items()}

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
