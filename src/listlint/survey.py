"""Lists checked one by one: known from an earlier run, or read now, by several processes where that pays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from listlint.cache import digest
from listlint.check import settled
from listlint.checked import Checked, Kept, Record
from listlint.files import FileProblem, decode, fault
from listlint.papers.exported import NO_EXPORT, ExportError
from listlint.papers.meeting import shared_keys
from listlint.papers.model import Collection
from listlint.papers.outline import Outline
from listlint.papers.owners import owners_of
from listlint.papers.read import read_list
from listlint.parallel import Shelf, processes, spread
from listlint.progress import Steps
from listlint.suppressions import Suppressions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listlint.cache import Cache
    from listlint.check import Checker
    from listlint.findings import Diagnostic
    from listlint.gather import File
    from listlint.papers.owners import Owners
    from listlint.world import World

__all__ = ["Compared", "Survey"]

SHARE = 60_000  # bytes that are worth a process of their own


class Survey:
    """Checks lists with the rules that see one list; `settings` names all else that findings depend on.

    `earlier` are records of the same run by name, whether it remembers anything or not.
    """

    def __init__(self, checker: Checker, world: World, cache: Cache, settings: str) -> None:
        self.checker = checker
        self.world = world
        self.cache = cache
        self.settings = settings
        self.earlier: Mapping[str, Record] = {}
        self.encoding = checker.options.encoding
        self.compares = any(rule.on is Collection for rule in checker.rules)

    def check(self, files: Sequence[File]) -> list[Record]:
        """What each file came to, in the order of `files`."""
        names = [self.name(one) for one in files]
        found = self._at_hand(names, files)
        missing = [number for number in range(len(files)) if number not in found]
        missing.sort(key=lambda number: -files[number].size)  # so that no process begins a long one last
        if missing:
            found |= self._read(missing, names, files)
            self.cache.prune()
        self.earlier = {names[number]: one for number, one in found.items() if one.problem is None}
        return [found[number] for number in range(len(files))]

    def _at_hand(self, names: Sequence[str], files: Sequence[File]) -> dict[int, Record]:
        """The records that this run has, or an earlier one has left, by number."""
        found, shelf = {}, Shelf()
        for number, (name, file) in enumerate(zip(names, files, strict=True)):
            earlier = self.earlier.get(name)
            if earlier is not None and self._holds(earlier):
                found[number] = earlier
            elif (body := self._known(name, file.path)) is not None:
                shelf.put(number, body)
                found[number] = Record(file.path, partial(shelf.get, number))
        return found

    def _read(self, missing: Sequence[int], names: Sequence[str], files: Sequence[File]) -> dict[int, Record]:
        """Check the files with these numbers, by several processes where that pays."""
        steps = Steps("checking list", len(missing))

        def work(index: int) -> bytes:
            steps.reach(index)
            checked = self.check_file(files[missing[index]])
            body = checked.pack()
            if checked.problem is None:
                self.cache.put(names[missing[index]], body)
            return body

        size = sum(files[number].size for number in missing[:-1])
        with steps:
            last = work(len(missing) - 1)  # loads, before there are copies, what all of them need
            shelf = spread(work, len(missing) - 1, min(processes(), 1 + size // SHARE) if size > SHARE else 1)
        shelf.put(len(missing) - 1, last)
        return {
            number: Record(files[number].path, partial(shelf.get, index))
            for index, number in enumerate(missing)
        }

    def name(self, file: File) -> str:
        """The name of the file's record: it stands for all that the record rests on but the answers of the world."""
        touched = repr(self.world.touched(file.path))
        return digest(self.settings, file.path, str(file.is_target), touched, file.hash)

    def known(self, name: str, path: str) -> Record | None:
        """The record of an earlier run, if the world still is as it was then."""
        body = self._known(name, path)
        return None if body is None else Record.of(path, body)

    def _known(self, name: str, path: str) -> memoryview | None:
        body = self.cache.get(name)
        if body is None or not self._holds(Record.of(path, body)):
            return None
        self.cache.use(name)
        return body

    def _holds(self, record: Record) -> bool:
        """Whether the world still is as it was for the record."""
        return all(self.world.still(record.path, one) for one in record.asked)

    def check_file(self, file: File) -> Checked:
        """Read a list and check it, if it is a target; where that fails, what is told of it."""
        try:
            return self._check_file(file)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lists go on
            problem = fault(file.path, error)
            return Checked(problem=(problem.path, problem.message, None))

    def _check_file(self, file: File) -> Checked:
        try:
            papers = read_list(decode(file.path, file.data, self.encoding), self.checker.knowledge)
        except FileProblem as problem:
            return Checked(problem=(problem.path, problem.message, problem.line))
        except ExportError as error:
            return Checked(problem=(file.path, NO_EXPORT.format(error), None))
        outline = Outline.of(papers, self.checker.knowledge.hosts) if self.compares else None
        if not file.is_target:
            return Checked(outline=outline)
        self.world.lists = {file.path: papers}
        suppressions = Suppressions(papers)
        found = settled(papers, self.checker.list_findings(papers, suppressions))
        outlines = {} if outline is None else {file.path: outline}
        alone = Collection((papers,), frozenset((file.path,)), outlines)
        diagnostics = sorted((self.checker.locate(one, alone) for one in found), key=lambda one: one.sort_key)
        asked = tuple(self.world.asked.pop(file.path, ()))
        comments = tuple(suppressions.ranges)
        within = () if outline is None else self._within(alone, outline, suppressions)
        return Checked(
            tuple(diagnostics),
            suppressions.silenced,
            comments,
            within,
            papers.generated,
            asked,
            outline=outline,
        )

    def _within(
        self, alone: Collection, outline: Outline, suppressions: Suppressions
    ) -> tuple[tuple[int, Diagnostic], ...] | None:
        """What rules over the collection find where it is this list alone.

        None where comments wait for all that is found, or a rule does not say which entry it speaks of.
        """
        if suppressions.ranges:
            return None
        found = self.checker.wide_findings(alone, {outline.path: suppressions}).get(outline.path, [])
        within = tuple(
            (one.finding.entry, self.checker.locate(one, alone))
            for one in settled(alone.lists[0], found)
            if one.finding.entry is not None
        )
        return within if len(within) == len(found) else None

    def compare(self, pairs: Sequence[tuple[File, Record]]) -> Compared:
        """What the targets come to: what a list alone came to stands where its entries meet none of another list."""
        told = frozenset(file.path for file, _ in pairs if file.is_target)
        outlines = [outline for _, one in pairs if (outline := one.outline()) is not None]
        shared = shared_keys(outlines)
        for outline in outlines:
            outline.chosen = outline.closed(outline.sharing(shared))
        owners = owners_of(outlines, shared) if self.cache.folder is not None else {}
        return self.compare_some(pairs, {one.path: one for one in outlines}, told, owners)

    def compare_some(
        self,
        pairs: Sequence[tuple[File, Record]],
        outlines: dict[str, Outline],
        told: frozenset[str],
        owners: Owners,
    ) -> Compared:
        """What the lists of `told` come to, where the entries that the outlines have chosen are compared with each other."""
        records = {file.path: one for file, one in pairs}
        lists = {file.path: Kept(file, one, self.encoding, self.checker.knowledge) for file, one in pairs}
        met = {path: one.chosen or set() for path, one in outlines.items() if path in told}
        suppressions = {path: Suppressions(lists[path], ()) for path in told}
        for path in told:
            if records[path].has_comments:
                suppressions[path] = Suppressions(lists[path], records[path].checked().comments)
            if records[path].waits and path in outlines:
                outlines[path].chosen = met[path] | outlines[path].within()
        targets = frozenset(file.path for file, _ in pairs if file.is_target)
        collection = Collection(tuple(lists.values()), targets, outlines)
        wide = self.checker.wide_findings(collection, suppressions)
        located = {
            path: [self.checker.locate(one, collection) for one in settled(lists[path], some)]
            for path, some in wide.items()
        }
        silenced = {path: one.silenced for path, one in suppressions.items() if one.silenced}
        return Compared(records, met, located, silenced, owners)


class Compared(NamedTuple):
    """What lists come to among others: `met` are the entries that were compared with those of others, by list.

    `wide` is what rules over the collection found of them, `silenced` how much of it comments hold back.
    """

    records: Mapping[str, Record]
    met: Mapping[str, set[int]]
    wide: Mapping[str, list[Diagnostic]]
    silenced: Mapping[str, int]
    owners: Owners

    def of(self, path: str) -> tuple[list[Diagnostic], int]:
        """All findings of a list, in order, and how many are suppressed."""
        one = self.records[path].checked()
        met = self.met.get(path, ())
        within = [each for number, each in one.within or () if number not in met]
        found = sorted([*one.diagnostics, *within, *self.wide.get(path, ())], key=lambda each: each.sort_key)
        return found, one.suppressed + self.silenced.get(path, 0)
