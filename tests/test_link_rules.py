"""The offline link rules over small lists: what they say, what they write, what they leave alone."""

from __future__ import annotations

from itertools import chain
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.findings import Safety, Severity
from listlint.knowledge.fields import Fields
from listlint.knowledge.hosts import Hosts
from listlint.knowledge.url_mends import mend
from listlint.markdown.anchors import anchors, gitbook_slug, github_slug
from listlint.markdown.broken_links import broken_links, reversed_links
from listlint.markdown.destinations import destinations
from listlint.markdown.read import read_tree
from listlint.options import Settings
from listlint.papers.model import PaperList
from listlint.rules.empty_link import empty_link
from listlint.rules.insecure_link import insecure_link
from listlint.rules.label_contradicts_link import label_contradicts_link
from listlint.rules.link_form import link_form
from listlint.rules.malformed_id import malformed_id
from listlint.rules.malformed_link import malformed_link
from listlint.rules.missing_target import missing_target
from listlint.rules.placeholder_link import placeholder_link
from listlint.rules.reversed_link import reversed_link
from listlint.rules.tracking_parameter import tracking_parameter
from listlint.source import Source, apply_edits

HOSTS, FIELDS = Hosts.load(), Fields.load()


class World:
    """Files that are there, and their anchors."""

    def __init__(self, files=None):
        self.files = files

    def path_exists(self, path, target):  # noqa: ARG002 - the interface
        return None if self.files is None else target.removeprefix("./") in self.files

    def anchors(self, path, target):  # noqa: ARG002 - the interface
        return None if self.files is None else self.files.get(target.removeprefix("./"))


def papers(text):
    source = Source("list.md", text)
    return PaperList(source, read_tree(source), ())


def run(rule, text, *, style="abs", world=None):
    more = {
        link_form: (HOSTS, Settings({"arxiv-links": style})),
        label_contradicts_link: (HOSTS, FIELDS),
        missing_target: (world or World(), HOSTS),
        reversed_link: (),
        empty_link: (),
    }.get(rule, (HOSTS,))
    return list(rule(papers(text), *more))


def fixed(rule, text, **options):
    edits = chain.from_iterable(one.fix.edits for one in run(rule, text, **options) if one.fix)
    return apply_edits(text, edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[P](https://arxiv.org/pdf/2401.00001.pdf)", "[P](https://arxiv.org/abs/2401.00001)"),
        ("![P](https://arxiv.org/pdf/2401.00001.pdf)", None),
        ("<https://arxiv.org/pdf/2401.00001>", "<https://arxiv.org/abs/2401.00001>"),
        ("see https://arxiv.org/pdf/2401.00001.pdf.", "see https://arxiv.org/abs/2401.00001."),
        ("`https://arxiv.org/pdf/2401.00001`", None),
        (
            '<a href="https://arxiv.org/pdf/2401.00001">p</a>',
            '<a href="https://arxiv.org/abs/2401.00001">p</a>',
        ),
        (
            "[P][1]\n\n[1]: https://arxiv.org/pdf/2401.00001 'T'\n",
            "[P][1]\n\n[1]: https://arxiv.org/abs/2401.00001 'T'\n",
        ),
        ('[P](<https://arxiv.org/pdf/2401.00001> "T")', '[P](<https://arxiv.org/abs/2401.00001> "T")'),
        (
            "[https://arxiv.org/pdf/2401.00001](https://arxiv.org/pdf/2401.00001)",
            "[https://arxiv.org/abs/2401.00001](https://arxiv.org/abs/2401.00001)",
        ),
        ("[[PDF]](https://arxiv.org/pdf/2401.00001.pdf)", None),
        ("[abs](https://arxiv.org/abs/2401.00001) [get](https://arxiv.org/pdf/2401.00001)", None),
        ("[a](https://arxiv.org/abs/2401.00001v1) [b](https://arxiv.org/abs/2401.00001v2)", None),
        ("[arXiv v2](https://arxiv.org/abs/2401.00001v2)", None),
        ("[P](http://arxiv.org/abs/2401.00001)", None),
        ("```bibtex\n@misc{a, url = {https://arxiv.org/pdf/2401.00001}}\n```", None),
    ],
)
def test_link_form(before, after):
    assert fixed(link_form, before) == (after or before)


def test_link_form_says_both_addresses_and_changes_links_only():
    (finding,) = run(link_form, "- [P](https://arxiv.org/abs/2401.00001v2)\n")
    assert (
        finding.message
        == 'link "https://arxiv.org/abs/2401.00001v2" is written "https://arxiv.org/abs/2401.00001"'
    )
    assert finding.fix.effect.fields == {"links"}
    assert finding.fix.safety is Safety.SAFE


@pytest.mark.parametrize(
    ("url", "mended", "sure"),
    [
        ("arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00001", True),
        ("www.example.edu/a", "https://www.example.edu/a", False),
        ("notes/a.md", None, None),
        ("README.md#a", None, None),
        ("a.example.edu/x", None, None),
        ("http/server.md", None, None),
        ("https://https://a.example.edu/", "https://a.example.edu/", True),
        ("https://http://a.example.edu/", "https://a.example.edu/", True),
        ("https:/github.com/a/b", "https://github.com/a/b", True),
        ("https//github.com/a/b", "https://github.com/a/b", True),
        ("htttps://github.com/a/b", "https://github.com/a/b", True),
        ("ttps://github.com/a/b", "https://github.com/a/b", True),
        ("https：//github.com/a/b", "https://github.com/a/b", True),
        ("{https://a.example.edu/b}", "https://a.example.edu/b", True),
        ("(https://a.example.edu/b)", None, None),
        ("https://a.example.edu/b]", "https://a.example.edu/b", True),
        ("https://a.example.edu/b)", "https://a.example.edu/b", True),
        ("https://a.example.edu/b）", "https://a.example.edu/b", True),
        ("https://a.example.edu/b%20", "https://a.example.edu/b", True),
        ("https://a.example.edu/b.pdf_", "https://a.example.edu/b.pdf", True),
        ("https://a.example.edu/b_", None, None),
        ("https://a.example.edu/b_(c)", None, None),
        ("https://a.example.edu/?b[]", None, None),
        ("https://a.example.edu/{{ page }}", None, None),
        ("https://web.archive.org/web/2020/http://a.example.edu/", None, None),
        ("https://a.example.edu/?u=https://b.example.edu/", None, None),
        ("mailto:someone@a.example.edu", None, None),
        ("ftp://a.example.edu/b", None, None),
        ("//a.example.edu/b", None, None),
        ("#top", None, None),
    ],
)
def test_addresses_are_mended(url, mended, sure):
    found = mend(url, HOSTS)
    assert (None if found is None else found.url) == mended
    if mended is not None:
        assert found.sure == sure
        assert mend(mended, HOSTS) is None


def test_addresses_run_together_have_no_fix():
    found = mend("https://a.example.edu/onehttps://b.example.edu/two", HOSTS)
    assert found is not None
    assert found.url is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[P]( https://a.example.edu/b )", "[P](https://a.example.edu/b)"),
        ("[P](https://arxiv.org/abs/ 2401.00001)", "[P](https://arxiv.org/abs/2401.00001)"),
        ("[P](https://a.example.edu/b c)", "[P](https://a.example.edu/b c)"),
        (
            "[P](https://a.example.edu/b [Q](https://c.example.edu)",
            "[P](https://a.example.edu/b) [Q](https://c.example.edu)",
        ),
        ("- [P](https://a.example.edu/b\n- next", "- [P](https://a.example.edu/b)\n- next"),
        ("[P](#two words)", "[P](#two words)"),
        ("[P][https://a.example.edu/b]", "[P](https://a.example.edu/b)"),
        ("[P]{https://a.example.edu/b}", "[P](https://a.example.edu/b)"),
        ("[P][https://a.example.edu/b)", "[P](https://a.example.edu/b)"),
    ],
)
def test_brackets_are_mended(before, after):
    assert run(malformed_link, before)
    assert fixed(malformed_link, before) == after
    assert not run(malformed_link, after) or after == before


@pytest.mark.parametrize(
    "text",
    [
        "(see [P](https://a.example.edu/b))",
        "[[P](https://a.example.edu/b)]",
        '[P](https://a.example.edu/b "a title")',
        "[1] [2] (https://a.example.edu/b)",
        "[P][q]\n\n[q]: https://a.example.edu/b",
        "\\[P\\]\\(https://a.example.edu/b c",
        "`[P](https://a.example.edu/b c)`",
        "f[i](x) and [x](y z)",
    ],
)
def test_good_brackets_are_left_alone(text):
    assert not run(malformed_link, text)


def test_a_malformed_identifier_is_one_finding():
    text = "[P](https://arxiv.org/abs/2401.00001})"
    assert not run(malformed_link, text)
    (finding,) = run(malformed_id, text)
    assert finding.fix.edits[0].text == "https://arxiv.org/abs/2401.00001"
    assert not run(malformed_id, "[P](https://arxiv.org/abs/XXXX.XXXXX)")


def test_reversed_links_are_told_from_citations():
    assert fixed(reversed_link, "- A (b)[https://c.example.edu/d]\n") == "- A [b](https://c.example.edu/d)\n"
    assert not run(reversed_link, "A (b) [https://c.example.edu/d], f(x)[0], (b)[c], [a](b)[c]")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[code]()", 1),
        ("[code](<>)", 1),
        ('<a href="">code</a>', 1),
        ("![a]()", 1),
        ("[![a](https://b.example.edu/c.svg)]()", 0),
        ('[<img src="b.svg">]()', 0),
        ("[ ] a()", 0),
    ],
)
def test_empty_links(text, count):
    assert len(run(empty_link, text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[code](#)", 1),
        ("[Back to top](#)", 0),
        ("[⬆️](#)", 0),
        ("[🔝 回到顶部](#)", 0),
        ("[p](https://arxiv.org/abs/xxxx.xxxxx)", 1),
        ("[p](https://arxiv.org/abs/)", 1),
        ("[p](URL)", 1),
        ("[p](https://example.com/paper)", 1),
        ("[p](https://github.com/username/repo)", 1),
        ("[p](https://github.com/your-name/code)", 1),
        ("[p](https://github.com/xxx-team/todo-app)", 0),
        ("[p](https://linkurl.example.edu/todo-list)", 0),
        ("[p](link.md)", 0),
        ("https://example.com in prose", 0),
    ],
)
def test_placeholders(text, count):
    assert len(run(placeholder_link, text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[Paper](https://github.com/a/b)", 1),
        ("[[PDF](https://github.com/a/b)]", 1),
        ("[Code](https://arxiv.org/abs/2401.00001)", 1),
        ("[GitHub](https://proceedings.mlr.press/v202/doe23a.html)", 1),
        ("[Code](https://github.com/a/b) [Paper](https://arxiv.org/abs/2401.00001)", 0),
        ("[Code](https://doi.org/10.5281/zenodo.123)", 0),
        ("[Code](https://openreview.net/forum?id=AbCdEfGhIj)", 0),
        ("[Paper](https://github.com/a/b/raw/main/x.pdf)", 0),
        ("[Paper List](https://github.com/a/b)", 0),
        ("[Codes for Small Graphs](https://arxiv.org/abs/2401.00001)", 0),
        ("[![Code](https://img.shields.io/a)](https://arxiv.org/abs/2401.00001)", 0),
    ],
)
def test_labels_and_links(text, count):
    assert len(run(label_contradicts_link, text)) == count


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Training & Serving!", "training--serving"),
        ("Training & Serving!", "training-and-serving"),
        ("`code` and **bold** [link](https://a.example.edu)", "code-and-bold-link"),
        ("🚀 Getting Started", "-getting-started"),
        ("🚀 Getting Started", "getting-started"),
        ("⚙️ Setup", "️-setup"),
        ("⚙️ Setup", "-setup"),
        ("Liste ![badge](b.svg)", "liste-"),
        ("Liste ![badge](b.svg)", "liste"),
        ("大模型（LLM）", "大模型llm"),
        ("Käse_Brot 2.0", "käse_brot-20"),
        ("Custom {#own}", "own"),
    ],
)
def test_headings_have_anchors(heading, anchor):
    assert anchor in anchors(read_tree(Source("a.md", f"## {heading}\n")))


def test_repeated_headings_and_html_have_anchors():
    text = "# A\n\n# A\n\n# A\n\n<a name='spot'></a>\n\n<h2 align=\"center\" id=x>Big <b>One</b></h2>\n"
    found = anchors(read_tree(Source("a.md", text)))
    assert found >= {"a", "a-1", "a-2", "spot", "x", "big-one"}
    assert "a-3" not in found


def test_slugs_of_the_two_sites():
    assert github_slug("C++ & Rust: a/b") == "c--rust-ab"
    assert gitbook_slug("C++ & Rust: a/b") == "c-and-rust-a-b"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[a](there.md)", 0),
        ("[a](gone.md)", 1),
        ("[a](<my notes.md>) [b](my%20notes.md)", 0),
        ("![a](gone.png)", 1),
        ("[a](there.md#spot) [b](there.md#Spot)", 0),
        ("[a](there.md#nowhere)", 1),
        ("[a](there.pdf#page=2)", 0),
        ("[a](/root/gone.md) [b](mailto:a@b) [c](https://a.example.edu/x#y) [d]({{ site.url }}/x)", 0),
        ("[a](URL) [b]([https://a.example.edu) [c](github.com/a/b) [d](https:/a.example.edu)", 0),
        ("[a](#nowhere)\n\n# Here\n", 1),
        ("[a](#here) [b](#top) [c](#user-content-here)\n\n# Here\n", 0),
    ],
)
def test_missing_targets(text, count):
    files = {"there.md": frozenset({"spot"}), "there.pdf": None, "my notes.md": frozenset()}
    assert len(run(missing_target, text, world=World(files))) == count


def test_what_is_not_known_is_not_said():
    assert not run(missing_target, "[a](gone.md) [b](gone.md#x)")


def test_a_lost_anchor_is_a_warning_with_its_likely_heading():
    (finding,) = run(missing_target, "[a](#small_graphs)\n\n# Small Graphs\n")
    assert finding.severity is Severity.WARNING
    assert finding.fix.safety is Safety.UNSAFE
    assert (
        fixed(missing_target, "[a](#small_graphs)\n\n# Small Graphs\n")
        == "[a](#small-graphs)\n\n# Small Graphs\n"
    )


def test_destinations_stand_where_they_say():
    text = (
        '- [a](https://x.example.edu/a_b "t") https://y.example.edu/c_d, <https://z.example.edu>\n'
        "\n<p><a class='k' href='https://w.example.edu/?a=1&amp;b=2'>w</a></p>\n\n| [b](https://v.example.edu/\\|) |\n| - |\n"
    )
    found = destinations(papers(text).tree)
    assert [one.url for one in found] == [
        "https://x.example.edu/a_b", "https://y.example.edu/c_d", "https://z.example.edu",
        "https://w.example.edu/?a=1&amp;b=2", "https://v.example.edu/\\|",
    ]  # fmt: skip
    assert [one.kind for one in found] == ["link", "bare", "autolink", "html", "link"]
    for one in found:
        assert text[one.url_span.start : one.url_span.end] == one.url


RULES = (
    link_form, malformed_id, tracking_parameter, insecure_link, reversed_link, empty_link, malformed_link,
    placeholder_link, label_contradicts_link, missing_target,
)  # fmt: skip
TOKENS = st.sampled_from(
    ["[", "]", "(", ")", "{", "}", "<", ">", "|", "\n", " ", "\\", "_", "`", '"', "#", "a", "Paper", "[Code](", "https://", "http:/", "arxiv.org/pdf/2401.00001", "2401.00001v2.pdf", "github.com/a/b", "?utm_source=x", "&amp;", "%20", "<a href=", "www.", "- "]
)  # fmt: skip


@given(st.lists(TOKENS, max_size=25).map("".join))
def test_fixes_settle_and_findings_lie_in_the_list(text):
    for rule in RULES:
        before = text
        for _ in range(8):
            findings = run(rule, before)
            assert all(0 <= one.span.start <= one.span.end <= len(before) for one in findings)
            first = next(
                (one for one in findings if one.fix and apply_edits(before, one.fix.edits) != before), None
            )
            if first is None:
                break
            before = apply_edits(before, first.fix.edits)
        else:
            pytest.fail(f"{rule.__name__} does not settle on {text!r}")


@pytest.mark.parametrize(
    "piece",
    [
        "](https:",
        "](https: ",
        "(a",
        "(a)[https://",
        "[a",
        "[a][https://b",
        "<a ",
        "<h1>",
        "](https://a.b/",
        "https://a.b/",
        "%20)",
    ],
)
def test_hostile_text_costs_no_more_than_its_length(piece):
    def cost(count):
        tree = papers(piece * count).tree
        mend("https://a.b/" + piece * count, HOSTS)
        best = 1.0
        for _ in range(2):
            destinations.cache_clear()
            start = perf_counter()
            for found in (destinations(tree), broken_links(tree), reversed_links(tree), anchors(tree)):
                list(found)
            mend("https://a.b/" + piece * count, HOSTS)
            best = min(best, perf_counter() - start)
        return best

    assert cost(8_000) < max(40 * cost(1_000), 0.1)
