"""Comments that silence findings, written into lists, each proved to do that and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from listlint.files import FileProblem
from listlint.fixing import settle
from listlint.papers.generated import generated_spans
from listlint.papers.model import Collection
from listlint.papers.outline import Outline
from listlint.papers.read import read_list
from listlint.papers.subjects import Subjects
from listlint.proof import difference
from listlint.run import Run
from listlint.source import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listlint.findings import Diagnostic
    from listlint.markdown.tree import Node
    from listlint.papers.model import PaperList

__all__ = ["Ignored", "add_ignores", "is_sound_reason"]

ROUNDS = 4
WHOLE = "LAY"


class _Comment(NamedTuple):
    """A comment at the end of an entry's own line, and the findings that it is for."""

    line: int
    edit: Edit
    found: tuple[Diagnostic, ...]


@dataclass(eq=False)
class Ignored:
    """What became of it: `silenced` are the findings that are no longer there."""

    silenced: list[Diagnostic] = field(default_factory=list)
    refused: list[FileProblem] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    added: int = 0
    files: int = 0


def is_sound_reason(reason: str) -> bool:
    """Whether the reason can stand in a comment, in a table too."""
    return reason.isprintable() and not any(one in reason for one in ("--", "|", "<", ">"))


def add_ignores(run: Run, diagnostics: Sequence[Diagnostic], reason: str) -> Ignored:
    """Silence the findings by comments in their lists. A comment that would change anything else is not written."""
    again = Run(run.options, run.rules)
    collection = again.read(sorted(run.checked))
    work = _Work(again, collection, Ignored())
    by_path: dict[str, list[Diagnostic]] = {}
    for one in diagnostics:
        by_path.setdefault(one.path, []).append(one)
    for path, some in by_path.items():
        work.plan(collection.by_path[path], some, reason)
    work.settle()
    work.write()
    work.result.problems += again.outcome.problems
    return work.result


@dataclass(eq=False)
class _Work:
    run: Run
    collection: Collection
    result: Ignored
    comments: dict[str, list[_Comment]] = field(default_factory=dict)
    after: dict[str, PaperList] = field(default_factory=dict)

    def plan(self, papers: PaperList, found: Sequence[Diagnostic], reason: str) -> None:
        """One comment for each line that needs one, as far as it changes nothing of what is read."""
        rows = {papers.source.line_of(row.span.start): row for row in papers.tree.find("row")}
        headings = {papers.source.line_of(one.span.start): one for one in papers.tree.find("heading")}
        written_by_scripts = generated_spans(papers.tree)
        lines: dict[int, list[Diagnostic]] = {}
        subjects = Subjects(papers.source, Outline.of(papers, self.run.knowledge.hosts).entries)
        for one in found:
            place = papers.source.offset(one.start)
            if one.code.startswith(WHOLE):
                self.refuse(one, "it speaks of the whole list; fix it, or ignore it in the config")
            elif any(place in span for span in written_by_scripts):
                self.refuse(one, "a script writes this, so edit its source")
            else:
                entry = subjects.entry_at(place)
                lines.setdefault(entry.line if entry else one.start.line, []).append(one)
        comments = [
            _Comment(
                line,
                _edit(papers, line, _text(some, reason), rows.get(line), headings.get(line)),
                tuple(some),
            )
            for line, some in sorted(lines.items())
        ]
        kept = self._harmless(papers, comments)
        self.comments[papers.path] = kept
        self.after[papers.path] = self._with(papers, kept)

    def _with(self, papers: PaperList, comments: Sequence[_Comment]) -> PaperList:
        text = apply_edits(papers.source.text, (one.edit for one in comments))
        return read_list(papers.source.replaced(text), self.run.knowledge)

    def _harmless(self, papers: PaperList, comments: list[_Comment]) -> list[_Comment]:
        """The comments with which the list still says what it said."""
        reason = difference(papers, self._with(papers, comments), ()) if comments else None
        if reason is None:
            return comments
        if len(comments) > 1:
            half = len(comments) // 2
            kept = self._harmless(papers, comments[:half]) + self._harmless(papers, comments[half:])
            return kept if difference(papers, self._with(papers, kept), ()) is None else []
        for one in comments[0].found:
            self.refuse(one, f"with a comment {reason}")
        return []

    def settle(self) -> None:
        """Leave out comments until what is left silences what it is for, and nothing new is found."""
        before = self._found(self.collection)
        for _ in range(ROUNDS):
            lists = tuple(self.after.get(one.path, one) for one in self.collection.lists)
            strange = _strange(before, self._found(Collection(lists, self.collection.targets)), self.comments)
            if not strange:
                return
            for path, lines in strange.items():
                self._leave_out(path, lines)
        for path in list(self.comments):
            self._leave_out(path, {one.line for one in self.comments[path]})

    def _leave_out(self, path: str, lines: set[int]) -> None:
        mine = self.comments.get(path, [])
        idle = [one for one in mine if one.line in lines] or mine
        for comment in idle:
            for one in comment.found:
                self.refuse(one, "a comment on its line does not silence it")
        self.comments[path] = [one for one in mine if one not in idle]
        self.after[path] = self._with(self.collection.by_path[path], self.comments[path])

    def _found(self, collection: Collection) -> Counter[tuple[str, int, str]]:
        found = self.run.checker(collection).check(collection)
        by_path = collection.by_path
        return Counter(
            (path, by_path[path].source.line_of(one.finding.span.start), one.rule.name)
            for path, some in found.items()
            for one in some
        )

    def write(self) -> None:
        """Write the lists that have comments."""
        for path, comments in self.comments.items():
            problems = len(self.run.outcome.problems)
            if comments:
                settle(self.run, self.collection.by_path[path], self.after[path], write=True)
            if comments and len(self.run.outcome.problems) == problems:
                self.result.added += len(comments)
                self.result.files += 1
                self.result.silenced += [one for comment in comments for one in comment.found]

    def refuse(self, one: Diagnostic, reason: str) -> None:
        """Say why a finding is not silenced."""
        self.result.refused.append(FileProblem(one.path, f"{one.rule} is left: {reason}", one.start.line))


def _strange(
    before: Counter[tuple[str, int, str]],
    after: Counter[tuple[str, int, str]],
    comments: Mapping[str, Sequence[_Comment]],
) -> dict[str, set[int]]:
    """The lines on which there is more than before, or still is what a comment is for, or less than that explains."""
    strange: dict[str, set[int]] = {}
    for path, some in comments.items():
        for comment in some:
            if any(after[path, one.start.line, one.rule] for one in comment.found):
                strange.setdefault(path, set()).add(comment.line)
    for path, line, _ in after - before:
        strange.setdefault(path, set()).add(line)
    meant = {
        (path, one.start.line, one.rule)
        for path, some in comments.items()
        for comment in some
        for one in comment.found
    }
    for path, line, rule in before - after:
        if (path, line, rule) not in meant:
            strange.setdefault(path, set()).add(line)
    return {path: lines for path, lines in strange.items() if comments.get(path)}


def _text(found: Sequence[Diagnostic], reason: str) -> str:
    rules = ", ".join(sorted({one.rule for one in found}))
    return f"<!-- listlint-ignore {rules}{f': {reason}' if reason else ''} -->"


def _edit(papers: PaperList, line: int, comment: str, row: Node | None, heading: Node | None) -> Edit:
    """Where the comment goes: into a row's last cell, behind a heading's words, else to the end of the line."""
    source = papers.source
    if row is not None and row.children:
        cell = row.children[-1]
        if source[cell.inner]:
            return Edit(Span(cell.inner.end, cell.inner.end), f" {comment}")
        blank = source[cell.span]
        after = "" if blank or cell.span.end == source.line_span(line).end else " "
        return Edit(Span(cell.span.start, cell.span.start), f" {comment}{after}")
    if heading is not None:
        return Edit(Span(heading.inner.end, heading.inner.end), f" {comment}")
    span = source.line_span(line)
    text = source[span]
    hard_break = text.endswith("\\") and not text.endswith("\\\\")
    end = span.start + len(text.rstrip()) - hard_break
    return Edit(Span(end, end), f" {comment}")
