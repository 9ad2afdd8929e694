"""What `export` writes: every entry, in formats that their real readers read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from itertools import accumulate
from pathlib import Path

import bibtexparser
import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listlint.exports import formats, write_entries
from listlint.exports.latex import from_latex, to_latex
from listlint.exports.names import OTHERS, Name, read_authors, read_bibtex_authors
from listlint.knowledge.knowledge import Knowledge
from listlint.markdown.read import read_tree
from listlint.papers.model import BibTeX, Entry, Link, Mention, PaperList, Piece, Role, Section
from listlint.papers.read import read_list
from listlint.source import Source, Span

ROOT = Path(__file__).parents[1]
KNOWLEDGE = Knowledge()
SCHEMA = jsonschema.Draft7Validator(
    json.loads((ROOT / "tests/data/schemas/csl-data.json").read_text(encoding="utf-8"))
)
CORPUS = os.environ.get("LISTLINT_CORPUS")
LISTS = sorted((ROOT / "lists").glob("*.md")) + (sorted(Path(CORPUS).glob("seeds/*.md")) if CORPUS else [])
NOWHERE = Span(0, 0)
SAMPLE = """# Papers

## Caches

| Paper | Authors | Venue | Code | Notes |
| --- | --- | --- | --- | --- |
| [Ducks & LoRA: 100% of #1_models](https://arxiv.org/abs/2401.00001) | Ann Lee, Bob van der Roe et al. | OSDI 2024 | [GitHub](https://github.com/a/b) | =cmd() |
| [Ducks at Rest](https://doi.org/10.1145/3600006.3613139) |  | Nature 2019 |  | long {read |
| [Ducks at Rest](https://arxiv.org/abs/2401.00003) |  | arXiv |  |  |
"""


def papers_of(text, path="a.md"):
    return read_list(Source(path, text), KNOWLEDGE)


def exported(form, *lists):
    out = io.StringIO()
    write_entries(form, lists, KNOWLEDGE, out)
    return out.getvalue()


def records(text):
    return [json.loads(line) for line in text.split("\n") if line]


def bibtex(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks, library.failed_blocks[0]
    return library.entries


def test_every_format_is_a_file():
    assert formats() == ("bibtex", "csl-json", "csv", "json", "jsonl")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_entry_comes_out_of_every_format(path):
    papers = papers_of(path.read_text(encoding="utf-8"), path.name)
    count = len(papers.entries)
    rows = records(exported("jsonl", papers))
    assert len(rows) == count > 0
    assert json.loads(exported("json", papers)) == rows
    assert len(list(csv.DictReader(io.StringIO(exported("csv", papers), newline="")))) == count
    read = bibtex(exported("bibtex", papers))
    assert len({one.key.lower() for one in read}) == count
    items = json.loads(exported("csl-json", papers))
    SCHEMA.validate(items)
    assert [one["id"] for one in items] == [one.key for one in read]
    assert [one["title"] for one in items] == [row["title"] for row in rows]


def test_bibtex_says_what_the_list_says():
    first, second, third = bibtex(exported("bibtex", papers_of(SAMPLE)))
    assert (first.entry_type, first.key) == ("inproceedings", "lee2024ducks")
    assert first["author"] == "Lee, Ann and van der Roe, Bob and others"
    assert first["title"] == r"Ducks \& {LoRA}: 100\% of \#1\_models"
    assert first["booktitle"].endswith("(OSDI)")
    assert (first["year"], first["eprint"], first["archiveprefix"]) == ("2024", "2401.00001", "arXiv")
    assert "code: https://github.com/a/b" in first["annote"]
    assert (second.entry_type, second["journal"], second["doi"]) == (
        "article",
        "Nature",
        "10.1145/3600006.3613139",
    )
    assert r"long \textbraceleft{}read" in second["annote"]
    assert (third.entry_type, third["year"], third["eprint"]) == ("misc", "2024", "2401.00003")


def test_csl_says_what_the_list_says():
    items = json.loads(exported("csl-json", papers_of(SAMPLE)))
    SCHEMA.validate(items)
    assert [one["type"] for one in items] == ["paper-conference", "article-journal", "article"]
    assert items[0]["author"] == [
        {"family": "Lee", "given": "Ann"},
        {"family": "van der Roe", "given": "Bob"},
        {"literal": "others"},
    ]
    assert items[0]["container-title-short"] == "OSDI"
    assert items[0]["issued"] == {"date-parts": [[2024]]}
    assert items[1]["DOI"] == "10.1145/3600006.3613139"
    assert items[2]["number"] == "arXiv:2401.00003"


def test_keys_do_not_change_when_papers_join():
    before = {one["title"]: one.key for one in bibtex(exported("bibtex", papers_of(SAMPLE)))}
    more = SAMPLE.replace(
        "| [Ducks &", "| [Geese in Flight](https://arxiv.org/abs/2401.00009) |  |  |  |  |\n| [Ducks &"
    )
    after = {one["title"]: one.key for one in bibtex(exported("bibtex", papers_of(more)))}
    assert before.items() <= after.items()


def test_the_same_key_is_numbered():
    text = "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n- [A Title of Caches](https://arxiv.org/abs/2401.00002)\n"
    assert [one.key for one in bibtex(exported("bibtex", papers_of(text)))] == [
        "title2024caches",
        "title2024caches-2",
    ]


OWN = """## A Title of Caches

paper link: [here](https://arxiv.org/abs/2401.00001)

```bibtex
@InProceedings{lee24,
    Title   = "A Title of {Caches}",
  author={Ann Lee and Bob Roe},
  month = jan,
  year  = 2023
}
```
"""


def test_a_record_of_the_list_stays_as_it_is():
    text = exported("bibtex", papers_of(OWN))
    assert '    Title   = "A Title of {Caches}",\n  author={Ann Lee and Bob Roe},\n  month = jan,\n' in text
    (item,) = json.loads(exported("csl-json", papers_of(OWN)))
    assert item["id"] == "lee24"
    assert item["author"] == [{"family": "Lee", "given": "Ann"}, {"family": "Roe", "given": "Bob"}]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n}\n", "\n"),
        ("month = jan,", "year = 2022,"),
        ("{Caches}", "{Caches"),
        ("Roe},", "Roe}"),
        ("lee24", ""),
        ("year  = 2023\n}", "note = {a } b},\n}"),
    ],
)
def test_a_broken_record_comes_out_whole(old, new):
    (one,) = bibtex(exported("bibtex", papers_of(OWN.replace(old, new))))
    assert "Caches" in {name.lower(): value for name, value in one.items()}["title"]


# -- hostile text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r1"])
def test_no_cell_is_a_formula(text):
    entry = Entry(
        NOWHERE,
        1,
        1,
        Section((text,)),
        "bullets",
        title=text,
        notes=(Piece("fine", NOWHERE), Piece(text, NOWHERE)),
    )
    (row,) = csv.DictReader(io.StringIO(exported("csv", _list(entry)), newline=""))
    assert row["title"] == "'" + text
    assert row["notes"] == "fine; '" + text
    assert row["section"] == "'" + text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.text('ab{}\\%$#_&~^"@,=\n é中', min_size=1, max_size=20) | TEXTS


def _piece(text):
    return Piece(" ".join(text.split()), NOWHERE)


def _entries():
    pieces = st.lists(WORDS.map(_piece), max_size=3).map(tuple)
    links = st.builds(
        lambda role, url: Link(role, url, "x", NOWHERE, NOWHERE),
        st.sampled_from(Role),
        WORDS.map(lambda text: "https://a.org/" + "".join(text.split())),
    )
    venue = st.builds(
        lambda name, kind, year: Mention(name, NOWHERE, name, year, kind),
        WORDS.map(lambda t: " ".join(t.split()) or "x"),
        st.sampled_from(["conference", "journal", "workshop", "preprint", "other"]),
        st.none() | st.just(2024),
    )
    fields = st.dictionaries(
        st.sampled_from(["title", "author", "year", "note"]),
        WORDS.map(lambda t: " ".join(t.split())),
        min_size=1,
    )
    record = st.builds(
        lambda kind, key, found, raw: BibTeX(kind, key, found, NOWHERE, raw),
        st.sampled_from(["misc", "article"]),
        st.sampled_from(["", "a", "A", "b:1"]),
        fields,
        WORDS.map(lambda t: f"@misc{{a, title = {{{t}}}}}"),
    )
    return st.builds(
        lambda title, links, venue, authors, keywords, notes, own: Entry(NOWHERE, 1, 1, Section(), "bullets", title=title, links=links, venue=venue, authors=authors, keywords=keywords, notes=notes, bibtex=own),
        st.none() | WORDS.map(lambda t: " ".join(t.split())).filter(bool), st.lists(links, max_size=2).map(tuple), st.none() | venue, pieces, pieces, pieces, st.none() | record,
    )  # fmt: skip


def _list(*entries):
    source = Source("a.md", "")
    return PaperList(source, read_tree(source), entries)


@given(st.lists(_entries(), max_size=4))
@settings(deadline=None, max_examples=150)
def test_no_text_breaks_a_format(entries):
    papers = _list(*entries)
    read = bibtex(exported("bibtex", papers))
    assert len({one.key.lower() for one in read}) == len(entries)
    items = json.loads(exported("csl-json", papers))
    SCHEMA.validate(items)
    assert len(records(exported("jsonl", papers))) == len(entries)
    rows = list(csv.reader(io.StringIO(exported("csv", papers), newline="")))
    assert len(rows) == len(entries) + 1
    assert len({len(row) for row in rows}) == 1
    assert not any(re.match(r"\s*[=+\-@]", cell) for row in rows for cell in row)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"], exclude_characters="$"), max_size=40))
@example("0A\\")
def test_latex_shows_the_text_again(text):
    assert from_latex(to_latex(text)) == " ".join(text.split())
    assert from_latex(to_latex(text, keep_case=True)) == " ".join(text.split())
    depths = list(accumulate((char == "{") - (char == "}") for char in to_latex(text, keep_case=True)))
    assert min([0, *depths]) == ([0, *depths])[-1] == 0  # as BibTeX counts


@pytest.mark.parametrize("title", ["Ducks \\{ Geese", "Ducks, Geese \\\\"])
def test_a_record_whose_braces_readers_pair_differently_is_written_anew(title):
    text = f"## Ducks\n\npaper link: [here](https://arxiv.org/abs/2401.00001)\n\n```bibtex\n@misc{{ducks,\n  title = {{{title}}},\n}}\n```\n"
    written = exported("bibtex", papers_of(text))
    assert written.count("{") == written.count("}")
    assert [one.key for one in bibtex(written)] == ["ducks"]
    assert "Geese" in written


NAMES = [
    ("Ann Lee, Bob Roe and Cy de la Poe", [Name("Lee", "Ann"), Name("Roe", "Bob"), Name("de la Poe", "Cy")]),
    ("Lee, Ann and Roe, Bob", [Name("Lee", "Ann"), Name("Roe", "Bob")]),
    ("Ann Lee*, Bob Roe2 et al.", [Name("Lee", "Ann"), Name("Roe", "Bob"), OTHERS]),
    (
        "Ann Lee, Bob Roe, Jr., Cy Poe & Dee Foo",
        [Name("Lee", "Ann"), Name("Roe Jr.", "Bob"), Name("Poe", "Cy"), Name("Foo", "Dee")],
    ),
    ("Ann Lee, ...", [Name("Lee", "Ann"), OTHERS]),
    ("OpenAI", [Name("OpenAI")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_authors_are_told_apart(text, names):
    assert read_authors(text) == names


def test_authors_of_bibtex():
    assert read_bibtex_authors("{The Duck Team} and Lee, Ann and Bob Roe and others") == [
        Name("The Duck Team"),
        Name("Lee", "Ann"),
        Name("Roe", "Bob"),
        OTHERS,
    ]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"\'Eva", "Éva"),
        (r"{\L}uk{\'a}\v{s}", "Łukáš"),
        (r"Stra{\ss}e", "Straße"),
        (r"a~b", "a b"),
        (r"A \& B", "A & B"),
        (r"\c{c}a", "ça"),
    ],
)
def test_latex_letters(latex, text):
    assert from_latex(latex) == text


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_writes_a_file(listlint, write, tmp_path):
    path = write("a.md", SAMPLE)
    run = listlint("export", path, "--to", "bibtex", "--no-config", "--output-file", tmp_path / "a.bib")
    assert (run.returncode, run.stdout) == (0, b"")
    assert len(bibtex((tmp_path / "a.bib").read_text(encoding="utf-8"))) == 3


def test_an_unknown_format_is_told(listlint, write):
    run = listlint("export", write("a.md", SAMPLE), "--to", "xml", "--no-config")
    assert run.returncode == 2
    assert b"csl-json" in run.stderr
