"""Runs the rules over lists: each finding is silenced or located, and all are sorted."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.findings import Diagnostic, LocatedEdit, RelatedPlace, Severity, Suppression
from listlint.layout.options import LayoutOptions
from listlint.options import Settings
from listlint.papers.model import Collection, Entry, PaperList
from listlint.papers.outline import Outline
from listlint.papers.subjects import Subjects
from listlint.patterns import matches
from listlint.suppressions import Suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listlint.findings import Finding
    from listlint.knowledge.knowledge import Knowledge
    from listlint.options import Options
    from listlint.outside import Outside
    from listlint.rule import Rule
    from listlint.source import Span

__all__ = ["Checker", "Found", "locate", "settled"]

WHOLE = "LAY"  # rules that speak of a list as a whole: no words of it stay the same
PARTS = {
    "Fields": "fields",
    "Hosts": "hosts",
    "Institutions": "institutions",
    "LinkHosts": "link_hosts",
    "Sections": "sections",
    "Terms": "terms",
    "Venues": "venues",
    "Words": "words",
}


class Found(NamedTuple):
    """A finding and the rule that made it, in one list."""

    rule: Rule
    finding: Finding
    severity: Severity


class Checker:
    """The rules of a run with what they need. Nothing is kept between lists but the knowledge."""

    def __init__(
        self, rules: Sequence[Rule], knowledge: Knowledge, options: Options, outside: Outside
    ) -> None:
        self.rules = rules
        self.knowledge = knowledge
        self.options = options
        self.outside = outside
        self.settings: dict[str, Settings] = {}
        self.ignored: dict[str, set[str]] = {}
        self.subjects: Subjects | None = None
        self.suppressed = 0
        self.failed: dict[str, Exception] = {}

    def check(self, collection: Collection) -> dict[str, list[Found]]:
        """The findings of every target, sorted by place, under its path; rules over the collection run once.

        `failed` says on which lists a rule itself failed.
        """
        targets = [papers for papers in collection.lists if papers.path in collection.targets]
        suppressions = {papers.path: Suppressions(papers) for papers in targets}
        found = {papers.path: self._found_in(papers, suppressions[papers.path]) for papers in targets}
        for path, more in self.wide_findings(collection, suppressions).items():
            found[path] += more
        self.suppressed = sum(one.silenced for one in suppressions.values())
        return {path: settled(collection.by_path[path], some) for path, some in sorted(found.items())}

    def _found_in(self, papers: PaperList, suppressions: Suppressions) -> list[Found]:
        try:
            return self.list_findings(papers, suppressions)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lists go on
            self.failed[papers.path] = error
            return []

    def check_list(self, papers: PaperList) -> list[Found]:
        """The findings of the rules that see one list, sorted by place."""
        return settled(papers, self.list_findings(papers, Suppressions(papers)))

    def list_findings(self, papers: PaperList, suppressions: Suppressions) -> list[Found]:
        """The findings of the rules that see one list."""
        found: list[Found] = []
        for rule in self.rules:
            if rule.on is PaperList:
                found += self._kept(rule, self._call(rule, papers, papers), papers.path, suppressions)
            elif rule.on is Entry:
                call = partial(rule.function, **self._arguments(rule, papers))
                entries = filter(attrgetter(rule.of), papers.entries) if rule.of else papers.entries
                for entry in entries:
                    for finding in call(entry):
                        found += self._kept(rule, (finding,), papers.path, suppressions)
        return found

    def wide_findings(
        self, collection: Collection, suppressions: Mapping[str, Suppressions]
    ) -> dict[str, list[Found]]:
        """The findings of the rules over the collection, by target; then those of its comments, which by now have served."""
        found: dict[str, list[Found]] = {}
        for rule in self.rules:
            if rule.on is Collection:
                for finding in self._call(rule, collection, None):
                    if finding.path in suppressions:
                        kept = self._kept(rule, [finding], finding.path, suppressions[finding.path])
                        found.setdefault(finding.path, []).extend(kept)
        for path, one in suppressions.items():
            if one.ranges:
                found.setdefault(path, []).extend(self._unused(collection.by_path[path], one))
        return found

    def _unused(self, papers: PaperList, suppressions: Suppressions) -> list[Found]:
        found: list[Found] = []
        known = {word for rule in self.rules for word in (rule.name, rule.code, rule.code[:3])}
        for rule in self.rules:
            if rule.on is Suppression:
                for one in suppressions.unused():
                    if all(word in known for word in one.rules):
                        found += self._kept(rule, self._call(rule, one, papers), papers.path, suppressions)
        return found

    def locate(self, found: Found, collection: Collection) -> Diagnostic:
        """The finding as a person or a program reads it; with what it is about, if the run has a baseline."""
        diagnostic = locate(found, collection)
        if not self.options.baseline or found.rule.group == WHOLE:
            return diagnostic
        papers = collection.by_path[found.finding.path]
        if self.subjects is None or self.subjects.source is not papers.source:
            known = collection.outlines.get(papers.path) or Outline.of(papers, self.knowledge.hosts)
            self.subjects = Subjects(papers.source, known.entries)
        return diagnostic._replace(about=self.subjects.about(found.finding.span))

    def _call(self, rule: Rule, subject: object, papers: PaperList | None) -> Iterator[Finding]:
        return rule.function(subject, **self._arguments(rule, papers))

    def _arguments(self, rule: Rule, papers: PaperList | None) -> dict[str, Any]:
        return {name: self._given(kind, rule, papers) for name, kind in rule.parameters.items()}

    def _given(self, kind: str, rule: Rule, papers: PaperList | None) -> Any:
        """What a rule's parameter of this type gets."""
        if kind in PARTS:
            return getattr(self.knowledge, PARTS[kind])
        if kind == "Settings":
            return self._settings(rule)
        if kind == "LayoutOptions":
            return LayoutOptions(**dict(self.options.layout))  # type: ignore[arg-type] # the config has checked them
        return {"PaperList": papers, "Outside": self.outside, "Knowledge": self.knowledge}[kind]

    def _settings(self, rule: Rule) -> Settings:
        if rule.name not in self.settings:
            values = {option.name: option.default for option in rule.options}
            self.settings[rule.name] = Settings(values | dict(self.options.rules.get(rule.name, {})))
        return self.settings[rule.name]

    def _kept(
        self, rule: Rule, findings: Iterable[Finding], path: str, suppressions: Suppressions
    ) -> Iterator[Found]:
        severity = self.options.severity.get(rule.name)
        for finding in findings:
            if severity == "off" or self._ignored_here(rule, path):
                continue
            if suppressions.silence(rule, finding):
                continue
            given = Severity(severity) if severity else finding.severity or rule.severity
            yield Found(rule, finding if finding.path else finding._replace(path=path), given)

    def _ignored_here(self, rule: Rule, path: str) -> bool:
        if not self.options.per_path:
            return False
        if path not in self.ignored:
            patterns = self.options.per_path.items()
            self.ignored[path] = {
                word for one, words in patterns if matches(path, (one,), self.options.root) for word in words
            }
        return any(
            word.lower() == rule.name or rule.code.startswith(word.upper()) or word.upper() == "ALL"
            for word in self.ignored[path]
        )


def _order(one: Found) -> tuple[Span, str, str]:
    return one.finding.span, one.rule.code, one.finding.message


def settled(papers: PaperList, found: list[Found]) -> list[Found]:
    """The findings in the order of their places; those in what a script writes have no fix but at its source."""
    found.sort(key=_order)
    spans = papers.generated if found else ()
    if not spans:
        return found
    return [
        _of_source(one) if any(span.touches(one.finding.span) for span in spans) else one for one in found
    ]


def _of_source(found: Found) -> Found:
    message = f"{found.finding.message}; a script writes this, so edit its source"
    return found._replace(finding=found.finding._replace(message=message, fix=None))


def locate(found: Found, collection: Collection) -> Diagnostic:
    """The finding as a person or a program reads it."""
    finding, rule = found.finding, found.rule
    source = collection.by_path[finding.path].source
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    fix = finding.fix
    edits = (
        ()
        if fix is None
        else tuple(
            LocatedEdit(source.position(edit.span.start), source.position(edit.span.end), edit.text)
            for edit in fix.edits
        )
    )
    related = []
    for one in finding.related:
        path = one.path or finding.path
        related.append(
            RelatedPlace(path, collection.by_path[path].source.line_of(one.span.start), one.message)
        )
    return Diagnostic(
        path=finding.path,
        start=start,
        end=end,
        code=rule.code,
        rule=rule.name,
        severity=found.severity,
        message=finding.message,
        excerpt=source.line_text(start.line),
        fix_title=fix.title if fix else None,
        fix_safety=fix.safety if fix else None,
        edits=edits,
        related=tuple(related),
    )
