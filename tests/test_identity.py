"""Which entries are the same paper: by identifiers, by titles, and not by mistake."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from listlint.cache import Cache
from listlint.check import Checker, locate
from listlint.findings import Suppression
from listlint.gather import File
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Choice, Options
from listlint.papers.exported import ExportError, read_export
from listlint.papers.listed import Listed
from listlint.papers.model import Collection
from listlint.papers.near_titles import near_titles
from listlint.papers.outline import Outline
from listlint.papers.read import read_list
from listlint.papers.records import record
from listlint.papers.related_titles import RelatedTitles
from listlint.papers.same_paper import join, same_papers
from listlint.papers.titles import alike, form_of
from listlint.rules import chosen
from listlint.source import Source
from listlint.survey import Survey
from listlint.world import World

KNOWLEDGE = Knowledge()
ROWS = (Path(__file__).parent / "data" / "identity_titles.tsv").read_text(encoding="utf-8").splitlines()
TITLES = [tuple(row.split("\t")) for row in ROWS if row and not row.startswith("#")]


def collection(*texts):
    lists = tuple(read_list(Source(f"{number}.md", text), KNOWLEDGE) for number, text in enumerate(texts))
    return Collection(lists, frozenset(one.path for one in lists))


def groups(*texts):
    """The lines of the entries that are one paper, as `list:line`."""
    found = same_papers(collection(*texts), KNOWLEDGE.hosts).groups
    return [[f"{one.path[:-3]}:{one.line}" for one in group] for group in found]


def bullets(*pairs):
    return "".join(f"- [{title}]({url})\n" for title, url in pairs)


@pytest.mark.parametrize(("verdict", "one", "other"), TITLES)
def test_titles_alone(verdict, one, other):
    found = groups(bullets((one, "https://one.example.edu/a.pdf"), (other, "https://two.example.edu/b.pdf")))
    assert found == ([["0:1", "0:2"]] if verdict == "same" else [])


@pytest.mark.parametrize(("verdict", "one", "other"), TITLES)
def test_alike_is_symmetric(verdict, one, other):
    assert alike(form_of(one), form_of(other)) == alike(form_of(other), form_of(one))
    if verdict == "same":
        assert alike(form_of(one), form_of(other))


FORMS = [
    ("https://arxiv.org/abs/2401.00001", "https://arxiv.org/pdf/2401.00001v3.pdf"),
    ("https://arxiv.org/abs/2401.00001", "https://doi.org/10.48550/arXiv.2401.00001"),
    ("https://arxiv.org/abs/2401.00001", "https://huggingface.co/papers/2401.00001"),
    ("https://dl.acm.org/doi/pdf/10.1145/3600006.3613139", "https://doi.org/10.1145/3600006.3613139"),
    ("https://openreview.net/forum?id=AbCdEfGhIj", "https://openreview.net/pdf?id=AbCdEfGhIj"),
    (
        "https://www.usenix.org/conference/osdi22/presentation/doe",
        "https://www.usenix.org/system/files/osdi22-doe.pdf",
    ),
]


@pytest.mark.parametrize(("one", "other"), FORMS)
def test_identifiers_join_related_titles(one, other):
    early, late = (
        "Packing Networks into Tiny Caches with QuickFold",
        "QuickFold: Frugal Folding of Small Graphs",
    )
    assert groups(bullets((early, one), (late, other))) == [["0:1", "0:2"]]
    assert groups(bullets((early, one)), bullets((late, other))) == [["0:1", "1:1"]]


def test_identifiers_join_through_an_entry_with_both():
    text = (
        "- Folding Small Graphs [[arXiv](https://arxiv.org/abs/2401.00001)]\n"
        "- Folding small graphs [[arXiv](https://arxiv.org/abs/2401.00001)]"
        " [[Paper](https://www.usenix.org/conference/osdi24/presentation/doe)]\n"
        "- Folding the small graphs [[Paper](https://www.usenix.org/conference/osdi24/presentation/doe)]\n"
    )
    assert groups(text) == [["0:1", "0:2", "0:3"]]


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00002", False),
        ("https://doi.org/10.1145/3600006.3613139", "https://doi.org/10.1145/3627703.3650074", False),
        ("https://arxiv.org/abs/2401.00001", "https://doi.org/10.1145/3600006.3613139", True),
        ("https://doi.org/10.1101/2022.07.20.500902", "https://doi.org/10.1145/3600006.3613139", True),
        ("https://doi.org/10.48550/arXiv.2401.00001", "https://doi.org/10.1145/3600006.3613139", True),
        ("https://github.com/someone/one", "https://github.com/someone/other", True),
    ],
)
def test_two_ids_of_one_namespace_veto_a_title(one, other, joined):
    title = "Frugal Folding of Small Elastic Graphs"
    assert groups(bullets((title, one), (title, other))) == ([["0:1", "0:2"]] if joined else [])


def test_a_title_with_two_ids_joins_nothing_else():
    title = "Frugal Folding of Small Elastic Graphs"
    text = bullets(
        (title, "https://arxiv.org/abs/2401.00001"),
        (title, "https://arxiv.org/abs/2401.00002"),
        (title, "https://example.edu/graphs.pdf"),
    )
    assert groups(text) == []


def test_a_repository_is_no_paper():
    text = bullets(
        ("Frugal Folding of Small Graphs", "https://github.com/someone/code"),
        ("Sorting Elastic Queues by Weight", "https://github.com/someone/code"),
    )
    assert groups(text) == []
    assert same_papers(collection(text), KNOWLEDGE.hosts).copied == ()


def test_labels_that_come_back_are_no_titles():
    text = "".join(
        f"- [Detailed Listing of Elastic Properties](https://example.edu/{number}.pdf)\n"
        for number in range(4)
    )
    assert groups(text) == []


def test_computed_once():
    one = collection(bullets(("Frugal Folding of Small Graphs", "https://arxiv.org/abs/2401.00001")))
    assert same_papers(one, KNOWLEDGE.hosts) is same_papers(one, KNOWLEDGE.hosts)


WORDS = (
    "folding",
    "sorting",
    "elastic",
    "frugal",
    "sparse",
    "queues",
    "graphs",
    "caches",
    "weights",
    "experts",
    "tears",
)


@st.composite
def papers(draw):
    title = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=7)))
    name = draw(st.sampled_from(["", "QuickFold: ", "QuickFold-2: ", "Queuer: "]))
    url = draw(
        st.sampled_from(
            [
                "https://arxiv.org/abs/2401.0000{}",
                "https://arxiv.org/pdf/2401.0000{}v2",
                "https://doi.org/10.1145/3600006.361313{}",
                "https://openreview.net/forum?id=AbCdEfGhI{}",
                "https://example.edu/{}.pdf",
            ]
        )
    )
    return name + title, url.format(draw(st.integers(1, 4)))


@given(st.lists(st.lists(papers(), min_size=1, max_size=6), min_size=2, max_size=4), st.randoms())
def test_order_of_lists_makes_no_difference(lists, chance):
    texts = [bullets(*one) for one in lists]
    named = [read_list(Source(f"{number}.md", text), KNOWLEDGE) for number, text in enumerate(texts)]
    shuffled = list(named)
    chance.shuffle(shuffled)

    def result(lists):
        found = same_papers(Collection(tuple(lists), frozenset()), KNOWLEDGE.hosts)
        return (
            [[one.order for one in group] for group in found.papers],
            [(one.identity, one.entry.order, one.origin.order) for one in found.copied],
        )

    assert result(named) == result(shuffled)


@given(st.lists(papers(), min_size=1, max_size=12))
def test_every_entry_is_one_paper(pairs):
    one = collection(bullets(*pairs))
    listed = [
        Listed.of(one.lists[0], entry, n, KNOWLEDGE.hosts) for n, entry in enumerate(one.lists[0].entries)
    ]
    found = join(listed, RelatedTitles(lambda _: [each.form.text for each in listed]))
    assert sorted(each.order for group in found.papers for each in group) == [each.order for each in listed]
    few = same_papers(one, KNOWLEDGE.hosts)
    assert [[each.order for each in group] for group in few.groups] == [
        [each.order for each in group] for group in found.groups
    ]
    for group in found.groups:
        ids = {identity for each in group for identity in each.ids}
        if len({each.form.text for each in group}) > 1 and not any(
            len([each for each in group if identity in each.ids]) > 1 for identity in ids
        ):
            assert len({identity.namespace for identity in ids}) == len(ids)


@given(st.lists(papers(), min_size=1, max_size=6), st.lists(st.integers(0, 99), min_size=1, max_size=20))
def test_other_papers_make_no_difference(pairs, numbers):
    """Titles are put together by what they say, not by which others stand between them in some order."""
    others = bullets(
        *(
            (f"Folding {number} Marmots Elastically in the Alps", f"https://other.example.edu/{number}.pdf")
            for number in numbers
        )
    )
    alone, among = groups(bullets(*pairs)), groups(bullets(*pairs), others)
    assert alone == [group for group in among if group[0].startswith("0:")]


SAID = st.sampled_from(
    ["", " | OSDI 2024", " | SOSP 2023", " | arXiv 2024", " <!-- listlint-ignore DUP001 -->"]
)


@given(
    st.lists(
        st.tuples(st.lists(st.tuples(papers(), SAID), min_size=1, max_size=6), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
@example(
    [
        (
            [
                (("folding folding folding folding", "https://arxiv.org/abs/2401.00001"), ""),
                (
                    (
                        "sorting folding folding folding sorting folding elastic",
                        "https://arxiv.org/abs/2401.00001",
                    ),
                    "",
                ),
                (
                    (
                        "sorting folding folding folding sorting folding elastic",
                        "https://doi.org/10.1145/3600006.3613132",
                    ),
                    "",
                ),
            ],
            False,
        ),
        (
            [(("QuickFold: folding folding folding folding", "https://doi.org/10.1145/3600006.3613132"), "")],
            True,
        ),
    ]
)
def test_lists_alone_and_together_come_to_what_all_at_once_do(lists):
    """What is found in a list before the others are known, and then where they meet, is what is found in all of them."""
    texts = ["".join(f"- [{title}]({url}){said}\n" for (title, url), said in some) for some, _ in lists]
    files = [
        File(f"{number}.md", text.encode(), is_target=is_target)
        for number, (text, (_, is_target)) in enumerate(zip(texts, lists, strict=True))
    ]
    rules = [rule for rule in chosen(Choice()) if rule.on in (Collection, Suppression)]
    checker = Checker(rules, KNOWLEDGE, Options(), World())
    survey = Survey(checker, World(), Cache(None), "")
    compared = survey.compare(list(zip(files, survey.check(files), strict=True)))
    read = tuple(read_list(Source(file.path, file.data.decode()), KNOWLEDGE) for file in files)
    whole = Collection(read, frozenset(file.path for file in files if file.is_target))
    expected = Checker(rules, KNOWLEDGE, Options(), World()).check(whole)
    found = {path: compared.of(path)[0] for path in whole.targets}
    assert {path: sorted(map(repr, some)) for path, some in found.items() if some} == {
        path: sorted(repr(locate(one, whole)) for one in some) for path, some in expected.items() if some
    }


@given(st.lists(papers(), min_size=1, max_size=6))
def test_an_outline_comes_back_whole(pairs):
    text = bullets(*pairs) + "- Sorting Elastic Queues (arXiv 2024), [code](https://github.com/a/b)\n"
    before = Outline.of(read_list(Source("a.md", text), KNOWLEDGE), KNOWLEDGE.hosts)
    keys, rows = before.pack()
    after = Outline.unpack("a.md", keys, lambda: rows)
    assert (after.keys, after.owners) == (before.keys, before.owners)
    slots = Listed.__slots__
    assert [[getattr(one, name) for name in slots] for one in after.entries] == [
        [getattr(one, name) for name in slots] for one in before.entries
    ]
    assert after.titles() == [one.form.text for one in before.entries]


@given(st.text(max_size=200))
def test_any_text_has_a_form(text):
    form = form_of(text)
    assert form_of(form.text).text == form.text
    assert alike(form, form)


def test_near_titles_among_many():
    chance = random.Random(7)  # noqa: S311 - the same titles in every run
    vocabulary = ["".join(chance.choices("abcdefghijklmnop", k=8)) for _ in range(300)]
    titles = [" ".join(chance.choices(vocabulary, k=8)) for _ in range(2000)]
    misspelt = []
    for title in titles[:100]:
        words = title.split(" ")
        at = chance.randrange(8)
        words[at] = words[at][:3] + words[at][2:]
        misspelt.append(" ".join(words))
    found = near_titles(dict.fromkeys(titles + misspelt, 0))
    planted = {tuple(sorted(pair)) for pair in zip(titles, misspelt, strict=False)}
    assert set(found) <= planted
    assert len(planted & set(found)) >= 98


def test_an_export_takes_part():
    text = (
        "# Serving\n\n- [QuickFold](https://arxiv.org/abs/2401.00001): Frugal Folding of Small Graphs (OSDI 2024)\n"
        "- [Sorting by Weight](https://example.edu/a.pdf)\n"
    )
    papers = read_list(Source("list.md", text), KNOWLEDGE)
    lines = [
        json.dumps(record(entry, "list.md", KNOWLEDGE.hosts), ensure_ascii=False) for entry in papers.entries
    ]
    exported = read_export(Source("known.jsonl", "\n".join(lines) + "\n"))
    assert [entry.title for entry in exported.entries] == [entry.title for entry in papers.entries]
    assert [entry.venue and entry.venue.name for entry in exported.entries] == ["OSDI", None]
    assert [entry.line for entry in exported.entries] == [1, 2]
    both = Collection((exported, papers), frozenset({"list.md"}))
    found = same_papers(both, KNOWLEDGE.hosts).groups
    assert [[(one.path, one.line) for one in group] for group in found] == [
        [("known.jsonl", 1), ("list.md", 3)]
    ]


@pytest.mark.parametrize("line", ["{", "[1]", '"a"', '{"links": [{"role": "no such"}]}', '{"links": 3}'])
def test_a_line_that_is_no_entry_is_named(line):
    with pytest.raises(ExportError, match="line 2 is no entry"):
        read_export(Source("known.jsonl", '{"title": "A"}\n' + line))
