"""A user's own words: asked for on the terminal, written into the config, and nothing else of it changed."""

from __future__ import annotations

import io
import os

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from listlint.cli import run
from listlint.own_words import with_words

PAPERS = """# Papers

- [Serving Transformers With Elastic Schedulrs](https://arxiv.org/abs/2401.00001)
- [Learned Schedulers for Shared Clusters](https://arxiv.org/abs/2401.00002)
- [Schedulers and Their Clustrs](https://arxiv.org/abs/2401.00003)
- [Clusters of Clusters and Schedulers](https://arxiv.org/abs/2401.00004)
"""
CONFIGS = {
    "none": None,
    "empty": "",
    "other keys": "ignore: [mojibake]  # why\n",
    "no last line end": "ignore: [mojibake]",
    "no rows": "words:\nignore: []\n",
    "an empty list": "words: []  # mine\nignore: []\n",
    "rows": "# top\nwords:\n  - prefill # kept\n  - teh: the\n\n# below\nignore: []\n",
    "rows at the margin": "words:\n- prefill\n- teh: the\nignore: []\n",
    "rows of two lines": "words:\n  - teh: the\n    adn: and\n  - prefill\n",
    "a list on one line": "words: [prefill, {teh: the}]  # mine\nignore: []\n",
    "endings of Windows": "words:\r\n  - prefill\r\nignore: []\r\n",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(PAPERS)
    return tmp_path


def answer(monkeypatch, *answers):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
    return run(["check", "--select", "possible-typo", "--add-words"])


@pytest.mark.parametrize("before", CONFIGS.values(), ids=CONFIGS)
def test_answers_go_to_the_config(before, folder, monkeypatch, capsys):
    path = folder / ".listlint.yaml"
    if before is not None:
        path.write_bytes(before.encode())
    assert answer(monkeypatch, "w", "a") == 0
    old, new = yaml.safe_load(before or "") or {}, yaml.safe_load(path.read_text())
    assert new == {**old, "words": [*(old.get("words") or []), {"schedulrs": "schedulers"}, "clustrs"]}
    text = path.read_bytes().decode()
    kept = [line for line in (before or "").splitlines() if not line.startswith("words:")]
    assert [line for line in text.splitlines() if line in kept] == kept
    assert ("\r\n" in text) == ("\r\n" in (before or ""))
    assert text.count("#") == (before or "").count("#")
    capsys.readouterr()
    assert run(["check", "--output-format", "concise", "--select", "possible-typo,typo"]) == 1
    output = capsys.readouterr().out
    assert '"Schedulrs" is written "Schedulers" (typo)' in output
    assert "Clustrs" not in output


@pytest.mark.parametrize("answers", [["s", "s"], ["q"], [], ["what", "s", "q"]])
def test_what_is_not_answered_is_not_written(answers, folder, monkeypatch, capsys):
    assert answer(monkeypatch, *answers) == 0
    assert sorted(os.listdir()) == ["a.md"]
    capsys.readouterr()


def test_words_that_are_written_in_another_way_are_printed(folder, monkeypatch, capsys):
    text = "words: [\n  prefill\n]\n"
    (folder / ".listlint.yaml").write_text(text)
    assert answer(monkeypatch, "a", "q") == 0
    output, errors = capsys.readouterr()
    assert output.endswith("  - schedulrs\n")
    assert "put these lines" in errors
    assert (folder / ".listlint.yaml").read_text() == text


def test_toml_is_left_to_a_person(folder, monkeypatch, capsys):
    text = '[tool.listlint]\nselect = ["possible-typo"]\n'
    (folder / "pyproject.toml").write_text(text)
    assert answer(monkeypatch, "a", "q") == 0
    assert capsys.readouterr().out.endswith("  - schedulrs\n")
    assert (folder / "pyproject.toml").read_text() == text


def test_nothing_to_ask(folder, monkeypatch, capsys):
    (folder / "a.md").write_text(PAPERS.replace("Schedulrs", "Schedulers").replace("Clustrs", "Clusters"))
    assert answer(monkeypatch) == 0
    assert "nothing to ask" in capsys.readouterr().err


NAMES = st.text("abcxyz-'", min_size=1, max_size=8).map(lambda word: f"w{word}")


@given(st.lists(NAMES, max_size=4), st.lists(NAMES, min_size=1, max_size=3), st.booleans())
def test_rows_join_what_is_there(there, new, flow):
    before = yaml.safe_dump(
        {"files": ["a"], "words": there, "ignore": []},
        default_flow_style=None if flow else False,
        sort_keys=False,
    )
    text = with_words(before, [yaml.safe_dump(one, default_style="'").strip() for one in new])
    if text is not None:
        expected = {"files": ["a"], "words": [*there, *new], "ignore": []}
        assert yaml.safe_load(text) in (expected, {**expected, "words": new})
