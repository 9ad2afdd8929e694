"""Columns, labels and keys: the data, the tables of expected readings, and what must never happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listlint.knowledge.fields import FIELDS, ROLES, Fields, plain_word
from listlint.knowledge.rulebook import KnowledgeError, load
from listlint.knowledge.word_forms import is_slip, label_core, same_letters, word_dress

DATA = Path(__file__).parent / "data"
CONTENT = load("fields")
KNOWN = Fields.load()
USES = ("columns", "labels", "keys")
ANY_TEXT = st.text(max_size=80) | st.text(
    alphabet="[]()*_`~!#:：（）|/&+ 代码链接Paper2📄\u200d\ufe0fıİ", max_size=40
)


def rows(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


@pytest.mark.parametrize(("header", "field"), rows("fields_columns.tsv"))
def test_columns(header, field):
    assert KNOWN.column(header) == (None if field == "-" else field)


@pytest.mark.parametrize(("label", "role"), rows("fields_labels.tsv"))
def test_labels(label, role):
    assert KNOWN.label(label) == (None if role == "-" else role)
    assert KNOWN.is_label(label)


@pytest.mark.parametrize("title", (DATA / "fields_titles.txt").read_text(encoding="utf-8").splitlines())
def test_a_title_is_no_label(title):
    assert not KNOWN.is_label(title)


@pytest.mark.parametrize(("words", "field"), rows("fields_keys.tsv"))
def test_keys(words, field):
    assert KNOWN.key(words) == (None if field == "-" else field)


@pytest.mark.parametrize("label", ["here", "Link", "click here", "this", "链接"])
def test_weak_labels_say_nothing_of_the_target(label):
    assert KNOWN.is_weak(label)
    assert not KNOWN.is_weak("Code")


def test_names_of_things_may_be_titles():
    assert KNOWN.is_name("PyTorch")
    assert not KNOWN.is_name("Code")


@pytest.mark.parametrize("mark", ["✔", "❌", "1", "*"])
def test_a_mark_is_a_label(mark):
    assert KNOWN.is_label(mark)


def test_the_rows_are_sorted_and_named_after_fields():
    names = [row["name"] for row in CONTENT["rows"]]
    assert names == sorted(set(names))
    assert set(names) <= set(FIELDS)
    assert set(ROLES) <= set(names) | {"other"}


@pytest.mark.parametrize("use", [*USES, "signs"])
def test_no_word_is_claimed_twice(use):
    owners = {}
    for row in CONTENT["rows"]:
        words = row.get(use, [])
        assert words == sorted(set(words)), row["name"]
        for word in words:
            assert owners.setdefault(word, row["name"]) == row["name"]


@pytest.mark.parametrize("use", USES)
def test_words_are_plain_and_mean_their_row(use):
    ask = {"columns": KNOWN.column, "labels": KNOWN.label, "keys": KNOWN.key}[use]
    for row in CONTENT["rows"]:
        for word in row.get(use, []):
            assert plain_word(word) == word.replace("ı", "i"), word
            assert ask(word) == row["name"], word


def test_a_plural_needs_no_line():
    for row in CONTENT["rows"]:
        for use in USES:
            words = set(row.get(use, []))
            assert not {word for word in words if word.endswith("s") and word[:-1] in words}


@pytest.mark.parametrize("part", ["fillers", "fillers_cjk", "weak", "names"])
def test_lists_are_sorted(part):
    assert CONTENT[part] == sorted(set(CONTENT[part]))


def test_a_users_words_win():
    own = Fields.load(
        [{"name": "keywords", "columns": ["Motto"], "labels": []}, {"name": "data", "labels": ["Code"]}]
    )
    assert own.column("Motto") == "keywords"
    assert own.label("Code") == "data"
    assert KNOWN.column("Motto") is None


@pytest.mark.parametrize(
    "row",
    [{"name": "nonsense"}, {}, "paper", {"name": "paper", "labels": "x"}, {"name": "paper", "lables": ["x"]}],
)
def test_a_wrong_row_is_an_error_with_its_place(row):
    with pytest.raises(KnowledgeError) as caught:
        Fields.load([{"name": "paper", "labels": ["Fine"]}, row])
    assert caught.value.row == 1


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(text):
    assert KNOWN.column(text) in {None, *FIELDS}
    assert KNOWN.label(text) in {None, *ROLES}
    assert KNOWN.key(text) in {None, *FIELDS}
    start, end = label_core(text)
    assert start >= 0
    assert end <= len(text)


@pytest.mark.parametrize("label", ["Paper", "Code", "项目主页", "Slides"])
@given(
    st.sampled_from(["{}", "[{}]", "**{}**", "`{}`", " {} ", "{}:", "（{}）", "_{}_", "📌 {}", "<b>{}</b>"])
)
@settings(max_examples=20, deadline=None)
def test_dress_changes_no_meaning(label, dress):
    assert KNOWN.label(dress.format(label)) == KNOWN.label(label)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Institute(first)", "Institute (first)", True), ("code", "Code", True), ("Code?", "Code", False)],
)
def test_same_letters(one, other, same):
    assert same_letters(one, other) is same


@pytest.mark.parametrize(
    ("wrong", "right", "slip"),
    [
        ("Insitute", "Institute", True),
        ("Publicaton", "Publication", True),
        ("Keyword", "Keywords", False),
        ("Notes", "Nodes", False),
        ("Institute", "Institution", False),
    ],
)
def test_slips(wrong, right, slip):
    assert is_slip(wrong, right) is slip


@pytest.mark.parametrize(
    ("label", "core"),
    [("**Github**", "Github"), ("[paper]", "paper"), ("\\[Code\\]", "Code"), ("a b", "a b")],
)
def test_the_core_of_a_label(label, core):
    start, end = label_core(label)
    assert label[start:end] == core


def test_dress_of_labels():
    assert word_dress("Github repo") == word_dress("GitHub") == word_dress("github repositories")
    assert word_dress("Empty Github repo") != word_dress("GitHub")
    assert word_dress("Code 2") != word_dress("Code")
    assert word_dress("Repo") == word_dress("repos")
