"""Lists checked one by one: known from an earlier run, or read now, by several processes where that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.cache import digest
from listlint.check import settled
from listlint.checked import Checked, Kept, pack, unpack
from listlint.files import FileProblem, decode, fault
from listlint.papers.exported import NO_EXPORT, ExportError
from listlint.papers.meeting import shared_keys
from listlint.papers.model import Collection
from listlint.papers.outline import Outline
from listlint.papers.owners import owners_of
from listlint.papers.read import read_list
from listlint.papers.subjects import Subjects
from listlint.parallel import processes, spread
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

__all__ = ["Survey"]

SHARE = 60_000  # bytes that are worth a process of their own


class Survey:
    """Checks lists with the rules that see one list; `settings` names all else that findings depend on."""

    def __init__(self, checker: Checker, world: World, cache: Cache, settings: str) -> None:
        self.checker = checker
        self.world = world
        self.cache = cache
        self.settings = settings
        self.encoding = checker.options.encoding
        self.suppressed: Mapping[str, int] = {}
        self.owners: Owners = {}
        self.compares = any(rule.on is Collection for rule in checker.rules)

    def check(self, files: Sequence[File]) -> list[Checked]:
        """What each file came to, in the order of `files`."""
        names = [self.name(one) for one in files]
        found = {
            number: known
            for number, name in enumerate(names)
            if (known := self.known(name, files[number].path))
        }
        missing = [number for number in range(len(files)) if number not in found]
        missing.sort(key=lambda number: -len(files[number].data))  # so that no process begins a long one last

        def check(number: int) -> bytes:
            checked = self.check_file(files[number])
            body = pack(checked)
            if checked.problem is None:
                self.cache.put(names[number], body)
            return body

        def work(index: int) -> bytes:
            steps.reach(index + total - len(missing))
            return check(missing[index])

        total = len(missing)
        steps = Steps("checking list", total)
        if missing:
            small = missing.pop()
            found[small] = unpack(check(small))  # loads, before there are copies, what all of them need
            size = sum(len(files[number].data) for number in missing)
            jobs = min(processes(), 1 + size // SHARE) if size > SHARE else 1
            with steps:
                for number, body in zip(missing, spread(work, len(missing), jobs), strict=True):
                    found[number] = unpack(body)
            self.cache.prune()
        return [found[number] for number in range(len(files))]

    def name(self, file: File) -> str:
        """The name of the file's record: it stands for all that the record rests on but the answers of the world."""
        touched = repr(self.world.touched(file.path))
        return digest(self.settings, file.path, str(file.is_target), touched, file.hash)

    def known(self, name: str, path: str) -> Checked | None:
        """The record of an earlier run, if the world still is as it was then."""
        body = self.cache.get(name)
        if body is None:
            return None
        known: Checked = unpack(body)
        if not all(self.world.still(path, one) for one in known.asked):
            return None
        self.cache.use(name)
        return known

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
        packed = outline.pack() if outline is not None else b""
        if not file.is_target:
            return Checked(outline=packed)
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
            tuple(diagnostics), suppressions.silenced, comments, asked, packed, within, papers.generated
        )

    def _within(
        self, alone: Collection, outline: Outline, suppressions: Suppressions
    ) -> tuple[tuple[int, Diagnostic], ...] | None:
        """What rules over the collection find where it is this list alone; None where comments wait for all that is found."""
        if suppressions.ranges:
            return None
        found = self.checker.wide_findings(alone, {outline.path: suppressions}).get(outline.path, [])
        if not found:
            return ()
        found = settled(alone.lists[0], found)
        subjects = Subjects(alone.lists[0].source, outline.some(outline.within()))
        entries = [subjects.entry_at(one.finding.span.start) for one in found]
        pairs = [(entry, one) for entry, one in zip(entries, found, strict=True) if entry is not None]
        if len(pairs) < len(found):
            return None
        return tuple((entry.number, self.checker.locate(one, alone)) for entry, one in pairs)

    def compare(self, pairs: Sequence[tuple[File, Checked]]) -> dict[str, list[Diagnostic]]:
        """The findings of the rules over the collection, by target, and what the targets' comments still say.

        What a list alone came to stands where its entries meet none of another list; the others are compared.
        """
        if not self.compares and not any(one.comments for _, one in pairs):
            return {}
        outlines = [Outline.unpack(file.path, one.outline) for file, one in pairs if one.outline]
        shared = shared_keys(outlines)
        for outline in outlines:
            outline.chosen = outline.closed(outline.sharing(shared))
        if self.cache.folder is not None:
            self.owners = owners_of(outlines, shared)
        told = frozenset(file.path for file, _ in pairs if file.is_target)
        return self.compare_some(pairs, {one.path: one for one in outlines}, told)

    def compare_some(
        self, pairs: Sequence[tuple[File, Checked]], outlines: dict[str, Outline], told: frozenset[str]
    ) -> dict[str, list[Diagnostic]]:
        """What the lists of `told` come to, where the entries that the outlines have chosen are compared with each other."""
        knowledge = self.checker.knowledge
        lists = {
            file.path: Kept(file.path, file.data, self.encoding, knowledge, one.generated)
            for file, one in pairs
        }
        found: dict[str, list[Diagnostic]] = {}
        for file, one in pairs:
            outline = outlines.get(file.path)
            if file.path not in told or outline is None or outline.chosen is None:
                continue
            numbers = outline.chosen
            if one.within is None:
                outline.chosen = numbers | outline.within()
            found[file.path] = [each for number, each in one.within or () if number not in numbers]
        targets = frozenset(file.path for file, _ in pairs if file.is_target)
        collection = Collection(tuple(lists.values()), targets, outlines)
        suppressions = {
            file.path: Suppressions(lists[file.path], one.comments)
            for file, one in pairs
            if file.path in told
        }
        for path, some in self.checker.wide_findings(collection, suppressions).items():
            settled_ = settled(lists[path], some)
            found.setdefault(path, []).extend(self.checker.locate(one, collection) for one in settled_)
        self.suppressed = {path: one.silenced for path, one in suppressions.items()}
        return found
