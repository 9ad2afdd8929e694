"""Papers twice: in a section, in a list, in two lists, and links that stand under two titles."""

from __future__ import annotations

import pytest

from listlint.check import Checker
from listlint.findings import Severity
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Choice, Options
from listlint.papers.model import Collection
from listlint.papers.read import read_list
from listlint.rules import chosen
from listlint.source import Source
from listlint.world import World

KNOWLEDGE = Knowledge()
ONE, TWO, THREE = (f"https://arxiv.org/abs/2401.0000{number}" for number in (1, 2, 3))
FOLD, CACHE, SORT = (
    "Folding Small Graphs Without Tears",
    "A Cache That Forgets Politely",
    "Sorting Elastic Queues by Weight",
)


def found(lists, *, select="DUP", targets=None):
    """The findings as `path:line code severity`, with their messages."""
    options = Options(choice=Choice(select=(select,)))
    read = tuple(read_list(Source(path, text), KNOWLEDGE) for path, text in lists.items())
    checker = Checker(chosen(options.choice, online=False), KNOWLEDGE, options, World())
    collection = Collection(read, frozenset(targets or lists))
    return {
        f"{path}:{collection.by_path[path].source.line_of(one.finding.span.start)} {one.rule.code} {one.severity.value}": one
        for path, each in checker.check(collection).items()
        for one in each
    }


def bullets(*pairs):
    return "".join(f"- [{title}]({url})\n" for title, url in pairs)


def test_the_same_section_warns_and_another_one_informs():
    text = f"# One\n\n- [{FOLD}]({ONE})\n- [{FOLD}]({ONE})\n\n# Two\n\n- [{FOLD}]({ONE})\n"
    assert list(found({"a.md": text})) == ["a.md:4 DUP001 warning", "a.md:8 DUP001 info"]


def test_two_sections_of_one_name_are_two():
    text = f"# A\n\n## 2023\n\n- [{FOLD}]({ONE})\n\n# B\n\n## 2023\n\n- [{FOLD}]({ONE})\n"
    assert list(found({"a.md": text})) == ["a.md:11 DUP001 info"]


def test_the_message_names_the_first_and_its_title():
    text = bullets((FOLD, ONE), (CACHE, TWO), ("Folding small graphs, without tears", ONE + "v2"))
    (one,) = found({"a.md": text}).values()
    assert one.finding.message == (
        f'paper "Folding small graphs, without tears" is listed already on line 1 as "{FOLD}"'
    )
    assert [related.message for related in one.finding.related] == ["listed here already"]


@pytest.mark.parametrize("targets", [("a.md",), ("b.md",), ("a.md", "b.md")])
def test_one_line_a_pair_of_lists(targets):
    lists = {
        "a.md": bullets((FOLD, ONE), (CACHE, TWO)),
        "b.md": bullets((SORT, THREE), (FOLD, ONE), (CACHE, TWO)),
    }
    (one,) = found(lists, targets=targets).values()
    assert one.rule.code == "DUP002"
    assert one.severity is Severity.INFO
    assert one.finding.path in targets
    assert one.finding.message.endswith("too, and so is another")
    assert all(related.path != one.finding.path for related in one.finding.related)


def test_references_are_compared_with_and_never_reported():
    lists = {"a.md": bullets((FOLD, ONE), (FOLD, ONE)), "b.md": bullets((FOLD, ONE), (FOLD, ONE))}
    assert {key.partition(":")[0] for key in found(lists, targets=["b.md"])} == {"b.md"}


TRANSLATIONS = [
    ("README.md", "README_zh-CN.md"),
    ("README.en.md", "README.ja.md"),
    ("docs/en/list.md", "docs/ko/list.md"),
    ("docs/list.md", "docs/zh/list.md"),
]


@pytest.mark.parametrize(("one", "other"), TRANSLATIONS)
def test_translations_hold_the_same_papers(one, other):
    text = bullets((FOLD, ONE), (CACHE, TWO))
    assert found({one: text, other: text}) == {}


def test_translations_are_told_by_their_titles():
    names = [
        "无泪折叠小图",
        "礼貌遗忘的缓存",
        "按权重排序弹性队列",
        "专家的延迟绑定",
        "大家的队列",
        "路由小图",
    ]
    titles = [
        FOLD,
        CACHE,
        SORT,
        "Late Binding of Sparse Experts",
        "Queues for Everyone at Scale",
        "Routing by Tears Alone",
    ]
    urls = [f"https://arxiv.org/abs/2401.0001{number}" for number in range(6)]
    ours = "".join(f"- {title} [[Paper]({url})]\n" for title, url in zip(titles, urls, strict=True))
    theirs = "".join(
        f"- {name} 与弹性队列的稀疏调度方法 [[Paper]({url})]\n" for name, url in zip(names, urls, strict=True)
    )
    assert found({"a.md": ours, "b.md": theirs}) == {}


@pytest.mark.parametrize("name", ["reading-list.md", "list-2.md", "serving.md"])
def test_other_names_are_no_translations(name):
    text = bullets((FOLD, ONE), (CACHE, TWO))
    assert len(found({"list.md": text, name: text})) == 1


def test_a_copied_link_names_its_neighbour():
    text = bullets((SORT, THREE), (FOLD, ONE), (CACHE, ONE))
    ((key, one),) = found({"a.md": text}).items()
    assert key == "a.md:3 DUP003 warning"
    assert f'"{CACHE}" and "{FOLD}" on line 2 share one link' in one.finding.message


def test_the_nearest_entry_is_named():
    text = bullets((FOLD, ONE), (SORT, THREE), (FOLD, ONE), (CACHE, ONE))
    messages = [one.finding.message for key, one in found({"a.md": text}).items() if "DUP003" in key]
    assert messages == [f'"{CACHE}" and "{FOLD}" on line 3 share one link: "{ONE}"']


def test_the_address_tells_whose_it_is():
    url = "https://openaccess.thecvf.com/content/CVPR2024/html/Doe_Sorting_Elastic_Queues_by_Weight_CVPR_2024_paper.html"
    assert list(found({"a.md": bullets((FOLD, url), (SORT, url))})) == ["a.md:1 DUP003 warning"]


@pytest.mark.parametrize(
    "text",
    [
        bullets(("Folda-S", ONE), ("Quefo", ONE), (FOLD, ONE)),
        bullets((FOLD, ONE), (CACHE, ONE), (SORT, ONE)),
        bullets(("QuickFold: " + FOLD, ONE), ("Packing Networks into Caches with QuickFold", ONE)),
        f"- [{FOLD}]({ONE}) [[code](https://github.com/a/b)]\n- [{CACHE}]({ONE}) [[code](https://github.com/a/b)]\n",
        bullets((FOLD, "https://github.com/someone/papers"), (CACHE, "https://github.com/someone/papers")),
    ],
    ids=["two models", "a container", "an early title", "the same code", "a repository"],
)
def test_what_explains_a_shared_link(text):
    assert not [key for key in found({"a.md": text}) if "DUP003" in key]


def test_versions_share_no_link():
    text = bullets(
        ("QuickFold: Frugal Folding of Graphs", ONE), ("QuickFold-2: Frugal Folding of Graphs", ONE)
    )
    assert list(found({"a.md": text})) == ["a.md:2 DUP003 warning"]


def test_order_of_paths_makes_no_difference():
    lists = {
        "a.md": bullets((FOLD, ONE), (CACHE, ONE)),
        "b.md": bullets((FOLD, ONE), (SORT, TWO)),
        "c.md": bullets((SORT, TWO)),
    }
    backwards = dict(reversed(lists.items()))
    assert {key: one.finding for key, one in found(lists).items()} == {
        key: one.finding for key, one in found(backwards).items()
    }
