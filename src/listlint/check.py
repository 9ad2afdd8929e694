"""Runs the rules over lists: each finding is silenced or located, and all are sorted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from listlint.findings import Diagnostic, LocatedEdit, RelatedPlace, Severity, Suppression
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Settings
from listlint.outside import Outside
from listlint.papers.model import Collection, Entry, PaperList
from listlint.suppressions import Suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listlint.findings import Finding
    from listlint.options import Options
    from listlint.rule import Rule

__all__ = ["Checker", "Found", "locate"]

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


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the rule that made it, in one list."""

    rule: Rule
    finding: Finding
    severity: Severity


@dataclass(eq=False)
class Checker:
    """The rules of a run with what they need. Nothing is kept between lists but the knowledge."""

    rules: Sequence[Rule]
    knowledge: Knowledge
    options: Options
    outside: Outside
    settings: dict[str, Settings] = field(default_factory=dict)
    suppressed: int = 0

    def check(self, collection: Collection) -> dict[str, list[Found]]:
        """The findings of every target, sorted by place, under its path; rules over the collection run once."""
        found: dict[str, list[Found]] = {path: [] for path in sorted(collection.targets)}
        suppressions = {one.path: Suppressions(one) for one in collection.lists if one.path in found}
        for papers in collection.lists:
            if papers.path in found:
                found[papers.path] = self._list_findings(papers, suppressions[papers.path])
        for rule in self.rules:
            if rule.on is Collection:
                for finding in self._call(rule, collection, None):
                    if finding.path in found:
                        found[finding.path] += self._kept(
                            rule, [finding], finding.path, suppressions[finding.path]
                        )
        for papers in collection.lists:
            if papers.path in found:
                found[papers.path] += self._unused(papers, suppressions[papers.path])
                found[papers.path].sort(
                    key=lambda one: (one.finding.span, one.rule.code, one.finding.message)
                )
        return found

    def check_list(self, papers: PaperList) -> list[Found]:
        """The findings of the rules that see one list."""
        found = self._list_findings(papers, Suppressions(papers))
        return sorted(found, key=lambda one: (one.finding.span, one.rule.code, one.finding.message))

    def _list_findings(self, papers: PaperList, suppressions: Suppressions) -> list[Found]:
        found: list[Found] = []
        for rule in self.rules:
            if rule.on is PaperList:
                found += self._kept(rule, self._call(rule, papers, papers), papers.path, suppressions)
            elif rule.on is Entry:
                for entry in papers.entries:
                    found += self._kept(rule, self._call(rule, entry, papers), papers.path, suppressions)
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

    def _call(self, rule: Rule, subject: object, papers: PaperList | None) -> Iterator[Finding]:
        return rule.function(
            subject, **{name: self._given(kind, rule, papers) for name, kind in rule.parameters.items()}
        )

    def _given(self, kind: type, rule: Rule, papers: PaperList | None) -> Any:
        """What a rule's parameter of this type gets."""
        if kind is Settings:
            return self._settings(rule)
        if kind is PaperList:
            return papers
        if kind is Outside:
            return self.outside
        if kind is Knowledge:
            return self.knowledge
        return getattr(self.knowledge, PARTS[kind.__name__])

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
                self.suppressed += 1
                continue
            given = Severity(severity) if severity else finding.severity or rule.severity
            yield Found(rule, finding if finding.path else replace(finding, path=path), given)

    def _ignored_here(self, rule: Rule, path: str) -> bool:
        return any(
            fnmatch(path, pattern)
            and any(word.lower() == rule.name or rule.code.startswith(word.upper()) for word in words)
            for pattern, words in self.options.per_path.items()
        )


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
        excerpt=source[source.line_span(start.line)],
        fix_title=fix.title if fix else None,
        fix_safety=fix.safety if fix else None,
        edits=edits,
        related=tuple(related),
    )
