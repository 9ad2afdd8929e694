"""`dead-link` and `moved-link`: their pages, and what pages cannot say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from listlint.check import Checker
from listlint.findings import Safety, Severity
from listlint.knowledge.knowledge import Knowledge
from listlint.knowledge.rulebook import rulebook
from listlint.options import Options
from listlint.outside import LinkStatus, LinkVerdict
from listlint.papers.read import read_list
from listlint.rule import record
from listlint.rules.dead_link import dead_link
from listlint.rules.moved_link import moved_link
from listlint.source import Source, apply_edits

if TYPE_CHECKING:
    from listlint.check import Found

KNOWLEDGE = Knowledge()
EXAMPLE = re.compile(
    r"(?:^Told:\n```yaml\n(?P<told>.*?)^```\n)?^(?P<kind>Before|After|Finds):\n```markdown\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
FENCE = re.compile(r"^```markdown\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Told:
    """An outside that knows verdicts by link."""

    def __init__(self, verdicts: dict[str, LinkVerdict]) -> None:
        self.verdicts = verdicts

    def link(self, url: str) -> LinkVerdict | None:
        return self.verdicts.get(url)

    def path_exists(self, *_: str) -> None:
        return None

    def anchors(self, *_: str) -> None:
        return None


def told(text: str | None) -> dict[str, LinkVerdict]:
    rows: dict[str, dict[str, Any]] = yaml.safe_load(text or "") or {}
    return {url: LinkVerdict(LinkStatus(row.pop("status")), **row) for url, row in rows.items()}


def check(text: str, verdicts: dict[str, LinkVerdict], **settings: object) -> list[Found]:
    rules = [record(dead_link), record(moved_link)]
    options = Options(rules={"dead-link": settings})
    checker = Checker(rules, KNOWLEDGE, options, Told(verdicts))
    return checker.check_list(read_list(Source("list.md", text), KNOWLEDGE))


def fix(text: str, found: list[Found]) -> str:
    return apply_edits(text, [edit for one in found if one.finding.fix for edit in one.finding.fix.edits])


@pytest.mark.parametrize("page", ["dead-link", "moved-link"])
def test_pages(page: str) -> None:
    examples, _, left_alone = (rulebook() / f"{page}.md").read_text("utf-8").partition("## Left alone")
    verdicts: dict[str, LinkVerdict] = {}
    before = ""
    shown = 0
    for example in EXAMPLE.finditer(examples):
        if example["kind"] == "After":
            assert fix(before, check(before, verdicts)) == example["text"]
            assert not check(example["text"], verdicts)
            continue
        verdicts, before = told(example["told"]), example["text"]
        assert [one.rule.name for one in check(before, verdicts)] == [page]
        shown += 1
    assert shown == 2
    assert not any(check(text, verdicts) for text in FENCE.findall(left_alone))


GONE = LinkVerdict(LinkStatus.DEAD, "404 Not Found")
SILENT = LinkVerdict(LinkStatus.UNKNOWN, "403 Forbidden")
URL = "https://example.org/a"
ROW = f"- [A Study of Some Pages]({URL}), OSDI 2024\n"


@pytest.mark.parametrize(
    ("verdict", "severity"),
    [
        (GONE, Severity.INFO),
        (LinkVerdict(LinkStatus.DEAD, "404 Not Found", confirmed=True), Severity.ERROR),
        (LinkVerdict(LinkStatus.DEAD, "404 Not Found", added=True), Severity.ERROR),
    ],
)
def test_one_bad_night_is_no_error(verdict: LinkVerdict, severity: Severity) -> None:
    (found,) = check(ROW, {URL: verdict})
    assert (found.severity, found.rule.code) == (severity, "LNK020")
    assert ROW[found.finding.span.start : found.finding.span.end] == URL
    assert found.finding.message.endswith(": 404 Not Found")


def test_what_cannot_be_told_is_reported_only_on_request() -> None:
    assert not check(ROW, {URL: SILENT})
    (found,) = check(ROW, {URL: SILENT}, **{"report-unknown": True})
    assert found.severity is Severity.INFO
    assert found.finding.message == f'link "{URL}" cannot be checked: 403 Forbidden'


@pytest.mark.parametrize(
    "text",
    [
        f"Some prose with a [link]({URL}).\n",
        f"| Paper | Code |\n| --- | --- |\n| A Study | [code]({URL}) |\n",
        f"A [study][s] of links, [again][s].\n\n[s]: {URL}\n",
        f"See <{URL}>.\n",
        f"## [A Study]({URL} 'title')\n",
        f"A bare {URL}.\n",
        f'<a href="{URL}">A Study</a>\n',
    ],
)
def test_each_address_is_reported_once_where_it_stands(text: str) -> None:
    (found,) = check(text, {URL: GONE})
    assert text[found.finding.span.start : found.finding.span.end] == URL


@pytest.mark.parametrize("text", [f"`{URL}`\n", f"```\n{URL}\n```\n", f"![badge]({URL})\n"])
def test_code_and_pictures_are_no_links(text: str) -> None:
    assert not check(text, {URL: GONE})


def test_credentials_do_not_reach_messages() -> None:
    url = "https://user:pass-word@example.org/a"
    (found,) = check(f"[a]({url})\n", {url: GONE})
    assert "pass-word" not in found.finding.message


@pytest.mark.parametrize(
    ("old", "new", "safety"),
    [
        ("https://github.com/a/b", "https://github.com/c/d", Safety.SAFE),
        ("https://github.com/a/b", "https://c.org/d", Safety.UNSAFE),
        ("https://a.org/x", "https://a.org/y", Safety.UNSAFE),
        ("https://a.org/x", "https://a.org/y_(z)", None),
        ("https://a.org/x", "https://a.org/y*z", None),
    ],
)
def test_only_renames_are_safe(old: str, new: str, safety: Safety | None) -> None:
    (found,) = check(f"- [A Study]({old})\n", {old: LinkVerdict(LinkStatus.ALIVE, "200 OK", moved_to=new)})
    fix = found.finding.fix
    assert (fix and fix.safety) == safety
    assert found.finding.message == f'link "{old}" has moved to "{new}"'
