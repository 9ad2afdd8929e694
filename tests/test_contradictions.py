"""What an entry says of its paper against its link, its BibTeX and the other entries of the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.check import Checker
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Choice, Options
from listlint.papers import paper_venues
from listlint.papers.bibtex import read_bibtex
from listlint.papers.bibtex_syntax import bibtex_faults
from listlint.papers.model import Collection
from listlint.papers.read import read_list
from listlint.papers.venue_claims import Claim, compatible, rewritten
from listlint.rules import chosen
from listlint.source import Source, apply_edits
from listlint.world import World

KNOWLEDGE = Knowledge()
OSDI = "https://www.usenix.org/conference/osdi22/presentation/doe"
ARXIV = "https://arxiv.org/abs/2201.00001"
TITLE = "Folding Small Graphs Without Tears"


def messages(lists, select, targets=None):
    if isinstance(lists, str):
        lists = {"a.md": lists}
    options = Options(choice=Choice(select=(select,)))
    read = tuple(read_list(Source(path, text), KNOWLEDGE) for path, text in lists.items())
    checker = Checker(chosen(options.choice, online=False), KNOWLEDGE, options, World())
    found = checker.check(Collection(read, frozenset(targets or lists)))
    return [one.finding.message for path in sorted(found) for one in found[path]]


def entry(url, venue, title=TITLE):
    return f"- [{title}]({url}) ({venue})\n"


@pytest.mark.parametrize(
    ("url", "venue", "said"),
    [
        (OSDI, "OSDI 2023", "OSDI 2022"),
        (OSDI, "OSDI '23", "OSDI 2022"),
        (OSDI, "SOSP 2021", "OSDI 2022"),
        ("https://www.usenix.org/system/files/osdi22-doe.pdf", "OSDI'23", "OSDI 2022"),
        ("https://dl.acm.org/doi/10.1145/3600006.3613139", "OSDI 2023", "SOSP 2023"),
        ("https://dl.acm.org/doi/pdf/10.1145/3627703.3650074", "EuroSys 2023", "EuroSys 2024"),
        ("https://proceedings.mlr.press/v162/doe22a.html", "ICML 2023", "ICML 2022"),
        ("https://aclanthology.org/2022.sustainlp-1.6", "ACL 2022", "SustaiNLP 2022"),
        (
            "https://openaccess.thecvf.com/content/CVPR2021W/MAI/html/Doe_Tiny_CVPRW_2021_paper.html",
            "CVPR 2021",
            "CVPR Workshop 2021",
        ),
    ],
)
def test_the_link_contradicts(url, venue, said):
    assert messages(entry(url, venue), "VEN004") == [f'the link says {said}, the entry "{venue}"']


@pytest.mark.parametrize(
    ("url", "venue"),
    [
        (OSDI, "OSDI 2022"),
        (OSDI, "OSDI"),
        (OSDI, "arXiv 2021"),
        (ARXIV, "OSDI 2023"),
        (OSDI, "TOCS 2023"),
        ("https://www.usenix.org/conference/atc23/presentation/doe", "USENIX ATC 2023"),
        ("https://www.usenix.org/conference/usenixsecurity23/presentation/doe", "USENIX Security '23"),
        ("https://aclanthology.org/2023.findings-acl.790/", "ACL 2023"),
        ("https://aclanthology.org/2021.acl-long.1/", "ACL-IJCNLP 2021"),
        ("https://aclanthology.org/2021.tacl-1.1", "ACL 2021"),
        ("https://proceedings.mlr.press/v205/doe23a.html", "CoRL 2023"),
        ("https://www.vldb.org/pvldb/vol16/p1234-doe.pdf", "VLDB 2024"),
        ("https://www.vldb.org/pvldb/vol16/p1234-doe.pdf", "PVLDB 2023"),
        ("https://doi.org/10.1145/3623278.3624761", "ASPLOS 2024"),
        (
            "https://openaccess.thecvf.com/content/CVPR2021W/MAI/html/Doe_Tiny_CVPRW_2021_paper.html",
            "CVPR Workshop 2021",
        ),
        ("https://example.edu/osdi22.pdf", "OSDI 2023"),
    ],
)
def test_the_link_agrees_or_cannot_tell(url, venue):
    assert messages(entry(url, venue), "VEN004") == []


def test_another_paper_link_may_agree():
    text = f"- {TITLE} (OSDI 2022) [[HotOS](https://www.usenix.org/conference/hotos21/presentation/doe)] [[Paper]({OSDI})]\n"
    assert messages(text, "VEN004") == []


@pytest.mark.parametrize(
    ("text", "right", "written"),
    [
        ("OSDI'23", Claim("OSDI", 2022, "conference"), "OSDI'22"),
        ("OSDI 2023 (Best Paper)", Claim("OSDI", 2022, "conference"), "OSDI 2022 (Best Paper)"),
        ("OSDI 2023", Claim("SOSP", 2023, "conference"), "SOSP 2023"),
        ("OSDI", Claim("OSDI", 2022, "conference"), None),
        ("OSDI 2023", Claim("SOSP", None, "conference"), None),
    ],
)
def test_what_a_fix_writes(text, right, written):
    assert rewritten(text, Claim("OSDI", 2023, "conference"), right) == written


CLAIMS = st.builds(
    Claim,
    st.sampled_from(
        ["OSDI", "SOSP", "ACL", "ACL Findings", "ACL-IJCNLP", "VLDB", "CVPRW", "CVPR Workshop", "JMLR"]
    ),
    st.one_of(st.none(), st.integers(2018, 2024)),
    st.sampled_from(["conference", "journal", "workshop"]),
)


@given(CLAIMS, CLAIMS)
def test_compatible_is_symmetric(one, other):
    assert compatible(one, one)
    assert compatible(one, other) == compatible(other, one)


def test_the_supported_side_is_right_wherever_it_stands():
    wrong, right = entry(ARXIV, "SOSP 2023"), entry(OSDI, "OSDI 2022")
    for lists in ({"a.md": wrong, "b.md": right}, {"a.md": right, "b.md": wrong}):
        (message,) = messages(lists, "VEN005")
        assert message.startswith('the entry says "SOSP 2023"')
        assert message.endswith('says "OSDI 2022", as its link does')


def test_the_majority_is_right():
    text = entry(ARXIV, "PPoPP 2022") + 2 * entry(ARXIV, "IPDPS'23")
    assert messages(text, "VEN005") == ['the entry says "PPoPP 2022", line 2 says "IPDPS\'23"']


@pytest.mark.parametrize("target", ["a.md", "b.md"])
def test_a_conflict_with_a_reference_is_told(target):
    lists = {"a.md": entry(ARXIV, "PPoPP 2022"), "b.md": entry(ARXIV, "IPDPS'23")}
    assert len(messages(lists, "VEN005", [target])) == 1
    assert len(messages(lists, "VEN005")) == 1


@pytest.mark.parametrize(
    "other", ["arXiv 2022", "NeurIPS 2022 Workshop", "TPDS 2023", "IPDPS", "IPDPS '23", "Whatever 2021"]
)
def test_what_is_no_conflict(other):
    assert messages(entry(ARXIV, "IPDPS 2023") + entry(ARXIV, other), "VEN005") == []


def test_a_stale_label():
    assert messages(entry(OSDI, "arXiv 2021"), "VEN006") == [
        'the entry says "arXiv 2021", its link says OSDI 2022'
    ]
    lists = {"a.md": entry(ARXIV, "arXiv"), "b.md": entry(ARXIV, "PPoPP 2023")}
    assert messages(lists, "VEN006") == ['the entry says "arXiv", line 1 of "b.md" says "PPoPP 2023"']
    lists["c.md"] = entry(ARXIV, "SC 2024")
    assert messages(lists, "VEN006") == []


RECORD = "@misc{doe,\n  title = {Folding {Small} Graphs},\n  author = {Doe, Jane},\n  year = 2024\n}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RECORD.replace("{Small}", "{Small"), 'the braces of "title" do not close'),
        (RECORD.replace("Graphs},", "Graphs}"), 'a comma is missing after "title"'),
        (RECORD.replace("doe,", ""), '"@misc" has no key'),
        (RECORD.replace("doe,", "jane doe,"), 'key "jane doe" has blanks'),
        (RECORD.replace("2024\n}", "2024\n"), '"@misc" is never closed'),
        (RECORD.replace("= 2024", "= 2024, year = 2023"), 'field "year" is there twice'),
        (RECORD.replace("= 2024", "="), 'field "year" has no value'),
        (RECORD.replace("year =", "year"), '"year 2024" is no field'),
    ],
)
def test_bibtex_faults(text, message):
    assert [fault.message for fault in bibtex_faults(text)] == [message]
    assert [fault.message for fault in bibtex_faults(RECORD + text + RECORD)][:1] == [message]
    assert list(bibtex_faults(RECORD)) == []


@given(st.text(alphabet='@misc{}(),="# \n\\key1', max_size=80))
def test_any_text_is_read_to_its_end(text):
    for span, message, edit in bibtex_faults(text, 5):
        assert 5 <= span.start <= span.end <= len(text) + 5
        assert message
        if edit is not None:
            mended = apply_edits(" " * 5 + text, [edit])[5:]
            assert len(list(bibtex_faults(mended))) <= len(list(bibtex_faults(text)))


@given(st.lists(st.sampled_from(["title", "year", "author", "note"]), min_size=1, max_size=4, unique=True))
def test_what_is_read_whole_has_no_fault(names):
    text = "@misc{key,\n" + ",\n".join(f"{name} = {{some {{value}}}}" for name in names) + "\n}"
    assert list(bibtex_faults(text)) == []
    assert list(read_bibtex(text)[0].fields) == names


def headed(link, bibtex, more=""):
    return f"### {TITLE}\n\ntag: `Fold` | `OSDI22`\n\npaper link: [here]({link})\n\n{more}```bibtex\n{bibtex}\n```\n"


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2201.00009}, archivePrefix = {arXiv}",
        "journal = {arXiv preprint arXiv:2201.00009}",
        "url = {https://arxiv.org/abs/2201.00009}",
        "doi = {10.48550/arXiv.2201.00009}",
        "journal = {CoRR}, volume = {abs/2201.00009}, eprint = {2201.00009}",
    ],
)
def test_the_record_is_of_another_paper(fields):
    text = headed(ARXIV, f"@misc{{doe, title = {{{TITLE}}}, {fields}}}")
    (message,) = messages(text, "BIB002")
    assert message == f'the BibTeX says arxiv:2201.00009, the paper\'s link arxiv:2201.00001: "{ARXIV}"'


@pytest.mark.parametrize(
    ("link", "record"),
    [
        (ARXIV, "@misc{doe, title = {Another Name Entirely for Queues}, eprint = {2201.00001v3}}"),
        (OSDI, "@misc{doe, title = {{Folding} small graphs}, eprint = {2201.00001}, year = {2021}}"),
        (OSDI, f"@inproceedings{{doe, title = {{{TITLE}}}, booktitle = {{OSDI 22}}, year = {{2022}}}}"),
        (ARXIV, f"@article{{doe, title = {{{TITLE}}}, doi = {{10.1145/3600006.3613139}}, year = {{2023}}}}"),
    ],
)
def test_the_record_is_of_the_paper(link, record):
    assert messages(headed(link, record), "BIB002") == []


def test_a_link_to_what_followed_is_not_compared():
    more = "follow-up link: [Fold-2](https://arxiv.org/pdf/2301.00002)\n\n"
    record = f"@misc{{doe, title = {{{TITLE}}}, eprint = {{2201.00001}}}}"
    assert messages(headed("https://example.edu/fold.pdf", record, more), "BIB002") == []


def test_the_year_and_the_title_are_compared():
    record = (
        f"@inproceedings{{doe, title = {{{TITLE}}}, booktitle = {{Proceedings of OSDI}}, year = {{2023}}}}"
    )
    assert messages(headed(OSDI, record), "BIB002") == ["the BibTeX says OSDI 2023, the entry OSDI 2022"]
    record = "@misc{doe, title = {Sorting Elastic Queues by Weight}, year = {2022}}"
    assert messages(headed(OSDI, record), "BIB002") == [
        f'the BibTeX says "Sorting Elastic Queues by Weight", the entry "{TITLE}"'
    ]


def test_what_many_entries_say_alike_is_weighed_once(monkeypatch):
    text = (entry(ARXIV, "OSDI 2024") + entry(ARXIV, "SOSP 2023")) * 200 + entry(ARXIV, "OSDI 2024")
    asked = []
    compatible = paper_venues.compatible
    monkeypatch.setattr(
        paper_venues, "compatible", lambda one, two: asked.append(one) or compatible(one, two)
    )
    found = messages(text, "VEN005")
    assert len(found) == 200  # those that fewer say
    assert len(asked) < 5_000
