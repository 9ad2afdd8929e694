"""Reports that the reporter tests share."""

from __future__ import annotations

from io import StringIO

from hypothesis import strategies as st

from listlint.findings import Diagnostic, LocatedEdit, RelatedPlace, Safety, Severity
from listlint.reporters import render
from listlint.reporters.report import FileError, Report, RuleInfo
from listlint.source import Position

BULLET = "- [图 Networks](https://arxiv.org/abs/2401.00001) | OSDI' 24"
TABLE = (
    "| Serving e\u0301lans\tfast 👩‍👩‍👧 | https://arxiv.org/abs/2401.00002v1 |"
    + " and more words" * 20
    + " teh end |"
)
RULES = (
    RuleInfo("SPL001", "typo", "Words are spelled as dictionaries spell them.", Severity.WARNING),
    RuleInfo("VEN001", "venue-spelling", "A venue is written one way.", Severity.WARNING),
)


def finding(
    line: str,
    text: str,
    message: str,
    *,
    path: str = "lists/a.md",
    code: str = "VEN001",
    rule: str = "venue-spelling",
    number: int = 4,
    severity: Severity = Severity.WARNING,
    fix: tuple[Safety, str, str] | None = None,
    related: tuple[RelatedPlace, ...] = (),
) -> Diagnostic:
    """A finding on the place where `text` stands in `line`; `fix` is its safety, title and new text."""
    start = Position(number, line.index(text) + 1)
    end = Position(number, start.column + len(text))
    edits = (LocatedEdit(start, end, fix[2]),) if fix else ()
    safety, title = (fix[0], fix[1]) if fix else (None, None)
    return Diagnostic(path, start, end, code, rule, severity, message, line, title, safety, edits, related)


SAMPLE = Report(
    (
        finding(
            BULLET,
            "OSDI' 24",
            'venue "OSDI\' 24" is written "OSDI 2024"',
            fix=(Safety.SAFE, 'write "OSDI 2024"', "OSDI 2024"),
            related=(RelatedPlace("lists/b c.md", 9, "written so here"),),
        ),
        finding(
            TABLE,
            "teh",
            '"teh" is spelled "the"',
            code="SPL001",
            rule="typo",
            number=120,
            severity=Severity.ERROR,
            fix=(Safety.UNSAFE, 'write "the"', "the"),
        ),
        Diagnostic(
            "lists/b c.md",
            Position(9, 1),
            Position(12, 1),
            "DUP001",
            "duplicate-paper",
            Severity.INFO,
            'paper "图 Networks" is listed twice: '
            + "the titles agree and so do the links, " * 3
            + "as far as that goes",
            "## 图 Networks",
            related=(RelatedPlace("", 3, "first listed here"),),
        ),
    ),
    files_checked=5,
    version="1.2.3",
    rules=RULES,
    errors=(FileError("lists/old.md", 7, "not UTF-8: byte 0xff"),),
    baselined=3,
    suppressed=1,
)
CLEAN = Report((), files_checked=5, version="1.2.3", rules=RULES)


def rendered(name: str, report: Report, *, color: bool = False) -> str:
    """The report as text."""
    out = StringIO(newline="")
    render(name, report, out, color=color)
    return out.getvalue()


# Text as an attacker would choose it: what commands, tables, XML, terminals and paths are made of.
PIECES = (
    *"::|`<>&\"'\\[]()#@*_~!%,;={}\n\r\t \x00\x1b\x07\x7f\x9b\x85\u2028\u202e\u200b\ufeff\ufffe\udcff\ue000e图é👩",
    "\u0301",
    "\u200d",
    "::error file=x::",
    "\n::stop-commands::x\n",
    "##[error]",
    "##vso[task.x]",
    "|\n| a | b |",
    "</testcase>",
    "<script>",
    "]]>",
    "&#64;",
    "@someone",
    "#12",
    "https://a.example/",
    "www.a.example",
    "\x1b[31m",
    "\x1b]8;;x\x1b\\",
    "word ",
)
hostile = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report in which every text that comes from lists is hostile."""
    found = []
    for path in sorted(draw(st.lists(hostile.filter(bool), max_size=2, unique=True))):
        for _ in range(draw(st.integers(1, 2))):
            line = draw(hostile).replace("\n", "")
            start = Position(draw(st.integers(1, 9)), draw(st.integers(1, len(line) + 1)))
            rows = draw(st.integers(0, 1))
            end = Position(start.line + rows, start.column + draw(st.integers(0, 5)))
            fix = draw(st.sampled_from((None, Safety.SAFE, Safety.UNSAFE)))
            edits = (LocatedEdit(start, end, draw(hostile)),) if fix else ()
            title = draw(hostile) if fix else None
            related = (RelatedPlace(draw(hostile), 3, draw(hostile)),) if draw(st.booleans()) else ()
            severity = draw(st.sampled_from(Severity))
            found.append(
                Diagnostic(
                    path,
                    start,
                    end,
                    "TXT001",
                    "mojibake",
                    severity,
                    draw(hostile),
                    line,
                    title,
                    fix,
                    edits,
                    related,
                )
            )
    errors = (FileError(draw(hostile), None, draw(hostile)),) if draw(st.booleans()) else ()
    return Report(found, files_checked=3, version="1", errors=errors)
