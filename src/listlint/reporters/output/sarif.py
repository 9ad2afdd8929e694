"""For code scanning: SARIF 2.1.0."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.findings import Severity
from listlint.reporters.places import Fingerprints, uri
from listlint.reporters.records import encoder, write_array
from listlint.reporters.report import RuleInfo

if TYPE_CHECKING:
    from listlint.findings import Diagnostic, RelatedPlace
    from listlint.reporters.report import FileError, Report
    from listlint.source import Position

__all__ = ["render"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, out: TextIO, *, color: bool) -> None:  # noqa: ARG001 - every format takes it
    """Write one run, one result a line."""
    encode = encoder(out)
    rules = _rules(report)
    driver = {"name": "listlint", "version": report.version, "rules": [_rule(one) for one in rules]}
    invocation = {
        "executionSuccessful": not report.errors,
        "toolExecutionNotifications": [_notification(error) for error in report.errors],
    }
    out.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    out.write(f'  "tool": {encode({"driver": driver})},\n')
    out.write(
        f'  "columnKind": "unicodeCodePoints",\n  "invocations": {encode([invocation])},\n  "results": '
    )
    numbers = {rule.code: at for at, rule in enumerate(rules)}
    names = Fingerprints()
    results = (_result(one, numbers[one.code], names.of(one)) for one in report.diagnostics)
    write_array(out, results, "  ")
    out.write("\n}]}\n")


def _rules(report: Report) -> list[RuleInfo]:
    """The report's rules, and those that only its findings know."""
    rules = {rule.code: rule for rule in report.rules}
    for one in report.diagnostics:
        if one.code not in rules:
            rules[one.code] = RuleInfo(one.code, one.rule, one.rule, one.severity)
    return [rules[code] for code in sorted(rules)]


def _rule(rule: RuleInfo) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary or rule.name},
        "help": {"text": f"listlint explain {rule.name}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Diagnostic, rule_index: int, fingerprint: str) -> dict[str, object]:
    place = _place(finding.path, _region(finding.start, finding.end))
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": _plain(finding.message)},
        "locations": [place],
        "partialFingerprints": {"listlintFinding/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_related(one, finding.path) for one in finding.related]
    if finding.edits and finding.fix_safety is not None:
        result["fixes"] = [_fix(finding)]
        result["properties"] = {"fixSafety": finding.fix_safety.value}
    return result


def _fix(finding: Diagnostic) -> dict[str, object]:
    replacements = [
        {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.text}}
        for edit in finding.edits
    ]
    change = {"artifactLocation": _artifact(finding.path), "replacements": replacements}
    return {"description": {"text": _plain(finding.fix_title or finding.rule)}, "artifactChanges": [change]}


def _related(place: RelatedPlace, path: str) -> dict[str, object]:
    location = _place(place.path or path, {"startLine": place.line})
    return {**location, "message": {"text": _plain(place.message)}}


def _notification(error: FileError) -> dict[str, object]:
    region = {"startLine": error.line} if error.line else None
    return {
        "level": "error",
        "message": {"text": _plain(error.message)},
        "locations": [_place(error.path, region)],
    }


def _place(path: str, region: dict[str, int] | None) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": _artifact(path)}
    if region:
        place["region"] = region
    return {"physicalLocation": place}


def _artifact(path: str) -> dict[str, str]:
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "%SRCROOT%"}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _plain(text: str) -> str:
    """`text` without links: in a message, `[label](target)` would be one."""
    if "](" not in text:
        return text
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
