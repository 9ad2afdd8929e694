"""A run that fixes: which lists it reads again, what it writes, and what is said of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from listlint.checked import pack, unpack
from listlint.files import ChangedOnDiskError, FileProblem, decode, fault, replace_file
from listlint.findings import Safety, Suppression
from listlint.outcome import Outcome
from listlint.papers.model import Collection
from listlint.parallel import processes, spread
from listlint.progress import Steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.check import Checker, Found
    from listlint.gather import File
    from listlint.layout import LayoutOptions
    from listlint.papers.model import PaperList
    from listlint.run import Run

__all__ = ["Fixing", "settle"]

MOST_TURNS = 3


@dataclass(frozen=True, slots=True)
class Fixing:
    """What a run is to do: make `unsafe` fixes too, lay lists out, write what changes."""

    run: Run
    unsafe: bool = False
    layout: bool = True
    write: bool = True

    def fix(self, paths: Sequence[str]) -> Outcome:
        """Read, fix what may be fixed, write it unless told not to, and check what is left."""
        run = self.run
        dirty = self._to_fix(paths)
        if dirty is not None and not dirty:
            return run.outcome
        run.outcome = Outcome()
        if dirty and self.write and not self.unsafe and run.change.is_all and not self._have_comments():
            return self._fix_alone(paths, dirty)
        collection = run.read(paths)
        after = self._fixed(collection, sorted(collection.targets))
        lists = [
            settle(run, before, one, write=self.write) if one is not before else one
            for before, one in zip(collection.lists, after.lists, strict=True)
        ]
        written = {one.path for one, fixed in zip(lists, after.lists, strict=True) if one is fixed}
        run.change.lists |= {path: lines for path, lines in run.moved.items() if path in written}
        run.report(Collection(tuple(lists), collection.targets))
        return run.outcome

    def _to_fix(self, paths: Sequence[str]) -> list[str] | None:
        """The lists in which a check, which many processes and earlier runs can share, finds anything to fix or to lay out.

        None where the run does not ask that way.
        """
        run = self.run
        if run.stdin is not None or run.options.online:
            return None
        outcome = run.check(paths)
        found = {
            one.path
            for one in outcome.diagnostics
            if one.edits and (self.unsafe or one.fix_safety is Safety.SAFE)
        }
        style = self._style()
        if style is not None:
            from listlint.layout import sieve

            known = found | {one.path for one in outcome.problems}
            found |= {
                one.path
                for one in run.files
                if one.is_target and one.path not in known and run.change.reaches(one.path)
                if not sieve(decode(one.path, _bytes(one), run.options.encoding).text, style)
            }
        return sorted(found)

    def _have_comments(self) -> bool:
        return any(b"listlint-ignore" in _bytes(file) for file in self.run.files if file.is_target)

    def _fix_alone(self, paths: Sequence[str], dirty: Sequence[str]) -> Outcome:
        """Fix these lists one by one, where no rule over all lists has a say, and check again what that changed."""
        run = self.run
        sizes = {file.path: file.size for file in run.files}
        order = sorted(dirty, key=lambda path: -sizes[path])  # so that no process begins a long one last
        with Steps("fixing list", len(order)) as steps:

            def work(index: int) -> bytes:
                steps.reach(index)
                run.outcome = Outcome()
                before = run.read_one(order[index], told=True)
                if before is None:
                    return pack((None, run.outcome))
                alone = Collection((before,), frozenset((before.path,)))
                after = self._fixed(alone, [before.path]).lists[0]
                return pack(((run.bytes[before.path], after.source.encode()), run.outcome))

            done = spread(work, len(order), processes())
        run.outcome = Outcome()
        places = {path: number for number, path in enumerate(order)}
        for path in dirty:
            texts, outcome = unpack(done.get(places[path]))
            run.outcome.add(outcome)
            if texts is not None:
                _write(run, path, *texts)
        return run.check(paths)

    def _fixed(self, collection: Collection, paths: Sequence[str], turn: int = 1) -> Collection:
        """The collection with these lists fixed; once more those in which that brought forth what only all lists show."""
        run, checker = self.run, self.run.checker(collection)
        wide = _wide_fixes(collection, checker) if self.unsafe or _has_comments(collection) else {}
        paths = [path for path in paths if turn == 1 or wide.get(path)]
        lists = dict(collection.by_path)
        with Steps("fixing list", len(paths)) as steps:
            for step, path in enumerate(paths):
                steps.reach(step)
                lists[path] = self._fix_list(_Findings(checker, lists[path], wide.get(path, [])), turn)
        changed = [path for path in paths if lists[path] is not collection.by_path[path]]
        after = Collection(tuple(lists.values()), collection.targets)
        if not changed or not run.change.is_all or turn == MOST_TURNS:
            return after
        if not (self.unsafe or _has_comments(after)):
            return after
        return self._fixed(after, paths, turn + 1)

    def _fix_list(self, findings: _Findings, turn: int) -> PaperList:
        from listlint.fixer import Fixer

        run, path = self.run, findings.start.path
        fixer = Fixer(run.knowledge, findings, self.unsafe, self._style(), run.change.of(path))
        try:
            result = fixer.fix(findings.start)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lists go on
            run.outcome.problems.append(fault(path, error))
            return findings.start
        run.outcome.fixed += result.fixed
        run.outcome.refused += [FileProblem(path, reason) for reason in result.refused if turn == 1]
        if result.touched is not None:
            run.moved[path] = result.touched
        return result.papers

    def _style(self) -> LayoutOptions | None:
        if not self.layout or not any(rule.name == "layout" for rule in self.run.rules):
            return None
        from listlint.layout import LayoutOptions

        return LayoutOptions(**dict(self.run.options.layout))  # type: ignore[arg-type] # the config has checked them


def settle(run: Run, before: PaperList, after: PaperList, *, write: bool) -> PaperList:
    """Write the list, if it changed and may be; what cannot be written is told and stays as it was."""
    old, new = run.bytes[before.path], after.source.encode()
    if not write or (run.stdin is not None and before.path == run.stdin[0]):
        if old != new:
            run.outcome.changed[before.path] = (old, new)
        return after
    return after if _write(run, before.path, old, new) else before


def _write(run: Run, path: str, old: bytes, new: bytes) -> bool:
    """Whether the file holds its new text now; what stands in the way is told."""
    if old == new:
        return True
    try:
        replace_file(path, old, new)
    except ChangedOnDiskError as error:
        run.outcome.problems.append(FileProblem(path, f"{error}; run again"))
        return False
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        run.outcome.problems.append(FileProblem(path, f"cannot be written: {reason}; check its permissions"))
        return False
    run.outcome.changed[path] = (old, new)
    return True


def _bytes(file: File) -> bytes:
    """The file's bytes; none where it has changed meanwhile, which is told where it is read to be fixed."""
    try:
        return file.data
    except FileProblem:
        return b""


def _wide_fixes(collection: Collection, checker: Checker) -> dict[str, list[Found]]:
    """The findings with fixes of the rules that see the whole collection, and of those that see what it made of comments."""
    kinds = (Collection, Suppression)
    return {
        path: [one for one in found if one.finding.fix is not None and one.rule.on in kinds]
        for path, found in checker.check(collection).items()
    }


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
