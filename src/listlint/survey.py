"""Lists checked one by one: known from an earlier run, or read now, by several processes where that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.cache import digest
from listlint.check import settled
from listlint.checked import Checked, Kept, pack, unpack
from listlint.files import FileProblem, decode, fault
from listlint.papers.exported import NO_EXPORT, ExportError
from listlint.papers.meeting import meeting
from listlint.papers.model import Collection
from listlint.papers.outline import Outline
from listlint.papers.read import read_list
from listlint.papers.subjects import Subjects
from listlint.parallel import processes, spread
from listlint.progress import Steps
from listlint.suppressions import Suppressions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.cache import Cache
    from listlint.check import Checker
    from listlint.findings import Diagnostic
    from listlint.gather import File
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
        self.suppressed = 0
        self.compares = any(rule.on is Collection for rule in checker.rules)

    def check(self, files: Sequence[File]) -> list[Checked]:
        """What each file came to, in the order of `files`."""
        names = [
            digest(self.settings, one.path, str(one.is_target), repr(self.world.touched(one.path)), one.data)
            for one in files
        ]
        found = {
            number: known for number, name in enumerate(names) if (known := self._known(name, files[number]))
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

    def _known(self, name: str, file: File) -> Checked | None:
        """The record of an earlier run, if the world still is as it was then."""
        body = self.cache.get(name)
        if body is None:
            return None
        known: Checked = unpack(body)
        if not all(self.world.still(file.path, one) for one in known.asked):
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
        self.checker.suppressed = 0
        suppressions = Suppressions(papers)
        found = settled(papers, self.checker.list_findings(papers, suppressions))
        outlines = {} if outline is None else {file.path: outline}
        alone = Collection((papers,), frozenset((file.path,)), outlines)
        diagnostics = sorted((self.checker.locate(one, alone) for one in found), key=lambda one: one.sort_key)
        asked = tuple(self.world.asked.pop(file.path, ()))
        comments = tuple(suppressions.ranges)
        within = () if outline is None else self._within(alone, outline, suppressions)
        return Checked(
            tuple(diagnostics), self.checker.suppressed, comments, asked, packed, within, papers.generated
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
        knowledge = self.checker.knowledge
        lists = {
            file.path: Kept(file.path, file.data, self.encoding, knowledge, one.generated)
            for file, one in pairs
        }
        targets = {file.path: one for file, one in pairs if file.is_target}
        whole = [Outline.unpack(file.path, one.outline) for file, one in pairs if one.outline]
        outlines: dict[str, Outline] = {}
        found: dict[str, list[Diagnostic]] = {}
        for outline, numbers in zip(whole, meeting(whole), strict=True):
            within = targets[outline.path].within if outline.path in targets else ()
            outline.chosen = numbers | outline.within() if within is None else numbers
            outlines[outline.path] = outline
            found[outline.path] = [one for number, one in within or () if number not in numbers]
        collection = Collection(tuple(lists.values()), frozenset(targets), outlines)
        suppressions = {path: Suppressions(lists[path], one.comments) for path, one in targets.items()}
        self.checker.suppressed = 0
        for path, some in self.checker.wide_findings(collection, suppressions).items():
            told = settled(lists[path], some)
            found.setdefault(path, []).extend(self.checker.locate(one, collection) for one in told)
        self.suppressed = self.checker.suppressed
        return found
