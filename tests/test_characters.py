"""Characters: garbled ones, unseen ones, controls and full-width punctuation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.knowledge.characters import (
    find_controls,
    find_fullwidth,
    find_invisible,
    find_tabs,
    is_east_asian,
)
from listlint.knowledge.mojibake import find_mojibake
from listlint.knowledge.rulebook import read_yaml

DATA = read_yaml(Path(__file__).parent / "data" / "words_mojibake.yaml")


def mended(text: str, found) -> str:
    for stray in reversed(found):
        written = stray.repaired if hasattr(stray, "repaired") else stray.written
        text = text[: stray.start] + written + text[stray.end :]
    return text


def windows(text: str) -> str:
    """As browsers read it: Windows-1252, its five holes taken as Latin-1."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def mac(text: str) -> str:
    return text.encode().decode("mac_roman")


def latin(text: str) -> str:
    return text.encode().decode("latin-1")


@pytest.mark.parametrize("meant", DATA["meant"])
@pytest.mark.parametrize("misread", [windows, mac, latin])
@pytest.mark.parametrize("times", [1, 2])
def test_garbled_text_is_read_back(meant, misread, times):
    text = meant
    for _ in range(times):
        text = misread(text)
    line = f"- [Why {text} works](https://example.org)"
    found = find_mojibake(line)
    assert mended(line, found) == f"- [Why {meant} works](https://example.org)"
    assert not find_mojibake(mended(line, found))


@pytest.mark.parametrize("text", DATA["right"])
def test_text_that_is_right_stays(text):
    assert find_mojibake(text) == []
    assert find_mojibake(f"see {text} here") == []


def test_lost_characters_are_reported_and_not_invented():
    (lost,) = find_mojibake("Caf\ufffd\ufffd")
    assert (lost.start, lost.end, lost.repaired) == (3, 5, None)


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF)))
def test_repairs_are_shorter_and_in_order(text):
    found = find_mojibake(text)
    assert found == sorted(found)
    for one in found:
        if one.repaired is not None:
            assert len(one.repaired) < one.end - one.start


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_chinese_stays(text):
    assert not find_mojibake(text)
    assert not find_invisible(text)
    assert not find_fullwidth(f"{text}字，一")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Di\x0berent Queues", "Different Queues"),
        ("a \x0csentence", "a sentence"),
        ("end\x00", "end"),
        ("one\u2028 two", "one two"),
        ("Di\x0bqx", "Di qx"),
        ("basic\x02block", "basic block"),
    ],
)
def test_controls_go(text, expected):
    assert mended(text, find_controls(text)) == expected


@pytest.mark.parametrize(
    ("text", "sure"), [("Di\x0berent", True), ("basic\x02block", False), ("end\x0c", True)]
)
def test_a_control_within_a_word_is_unsure(text, sure):
    assert [one.sure for one in find_controls(text)] == [sure]


@pytest.mark.parametrize("text", ["a\tb\r\n", "plain", "é\n"])
def test_layout_is_no_control(text):
    assert not find_controls(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zero\u200bwidth", "zerowidth"),
        ("no\u00a0break", "no break"),
        ("no \u00a0break", "no break"),
        ("a thin\u2009space", "a thin space"),
        ("x \u202aleft\u202c", "x left"),
        ("soft\u00adware", "software"),
        ("joined\u200d letters", "joined letters"),
        ("word\ufe0f", "word"),
        ("x\ufeff", "x"),
        ("❤️\u200b", "❤️"),
    ],
)
def test_what_cannot_be_seen_goes(text, expected):
    found = find_invisible(text)
    assert mended(text, found) == expected
    assert not find_invisible(mended(text, found))


@pytest.mark.parametrize(
    "text",
    [
        "x ❤️ 👨\u200d👩\u200d👧 1️⃣ ⚠️ 🏳️\u200d🌈 ©️",
        "می\u200cخواهم",
        "क्\u200dष",
        "x \u200fשלום\u200f",
        "le cache\u00a0: la suite «\u00a0mot\u00a0»",
        "葛\ufe00城",
        "\u00a0\u00a0indented",
        "plain",
    ],
)
def test_what_is_needed_stays(text):
    assert not find_invisible(text)


@given(st.text())
def test_only_unseen_characters_change(text):
    clean = mended(text, find_invisible(text))
    assert not find_invisible(clean) or len(clean) < len(text)
    assert [char for char in text if char.isalnum() and char.isascii()] == [
        char for char in clean if char.isalnum() and char.isascii()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Caches：A Survey", "Caches: A Survey"),
        ("Caches， Queues", "Caches, Queues"),
        ("Caches（Extended）", "Caches (Extended)"),
        ("Caches（Extended），a start", "Caches (Extended), a start"),
        ("Why？", "Why?"),
        ("at 10：30", "at 10:30"),
        ("90％ of", "90% of"),
        ("one\u3000two", "one two"),
        ("one、two", "one, two"),
        ("| Caches， | x |", "| Caches, | x |"),
    ],
)
def test_wide_marks_become_narrow(text, expected):
    found = find_fullwidth(text)
    assert mended(text, found) == expected
    assert not find_fullwidth(mended(text, found))


@pytest.mark.parametrize(
    "text", ["缓存：综述", "Caches：综述", "Caches ｜ Labs", "＃ heading", "[x]（u）", "plain"]
)
def test_wide_marks_stay_where_they_belong(text):
    assert not find_fullwidth(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# List\n\n- 缓存\n- 综述\n", True),
        ("# List\n- a\n- b\n- c\n- d\n- e\n- 缓存\n", False),
        ("", False),
        ("é", False),
    ],
)
def test_the_style_of_a_list(text, expected):
    assert is_east_asian(text) is expected


def test_tabs_in_a_title():
    assert [(one.start, one.end, one.written) for one in find_tabs("Caches \t for", 10)] == [(16, 19, " ")]
    assert not find_tabs("\tCaches\t", 0)
