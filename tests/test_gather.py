"""Files of a run: what stays in memory, what is read again, and what is told where that cannot be."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from listlint import gather
from listlint.cli import run
from listlint.files import FileProblem
from listlint.gather import File, Scope
from listlint.options import Choice, Options
from listlint.rules import chosen
from listlint.run import Run

if TYPE_CHECKING:
    from pathlib import Path

LIST = "- [Fast Ducks: Feathers at Scale](https://arxiv.org/abs/2401.0000{}) | OSDI'2{}\n"


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.chdir(tmp_path)
    paths = [tmp_path / f"list{number}.md" for number in range(4)]
    for number, path in enumerate(paths):
        path.write_text(LIST.format(number // 2, number), encoding="utf-8")
    return paths


def test_what_is_kept_is_not_read_again(lists: list[Path]) -> None:
    file = File("list0.md", b"here")
    lists[0].unlink()
    assert file.data == b"here"


def test_what_is_not_kept_is_read_again_and_is_the_same(lists: list[Path]) -> None:
    data = lists[0].read_bytes()
    file = File("list0.md", data, keep=False)
    assert file.data == data
    lists[0].write_bytes(data + b"\n")
    with pytest.raises(FileProblem, match="changed while it was read"):
        _ = file.data


def test_files_beyond_the_bound_are_not_kept(lists: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    size = lists[0].stat().st_size
    monkeypatch.setattr(gather, "KEPT", 2 * size)
    files, problems = Scope().read(["."])
    assert not problems
    for path in lists:
        path.write_bytes(b"")
    assert [len(file.data) for file in files[:2]] == [size, size]
    for file in files[2:]:
        with pytest.raises(FileProblem):
            _ = file.data


def test_nothing_differs_where_nothing_is_kept(
    lists: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(("check", "--no-config", "--no-cache"))
    said = capsys.readouterr().out
    assert "paper-in-other-list" in said
    monkeypatch.setattr(gather, "KEPT", 0)
    assert run(("check", "--no-config", "--no-cache")) == code
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("changed", [0, 3])
def test_a_list_that_changes_meanwhile_is_named_and_the_others_go_on(
    changed: int, lists: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gather, "KEPT", 0)
    read = Scope.read

    def read_and_change(scope: Scope, paths: list[str]) -> tuple[list[File], list[FileProblem]]:
        found = read(scope, paths)
        lists[changed].write_text("gone\n", encoding="utf-8")
        return found

    monkeypatch.setattr(Scope, "read", read_and_change)
    assert run(("check", "--no-config", "--no-cache")) == 2
    told = capsys.readouterr()
    assert f"list{changed}.md: changed while it was read; run again" in told.err
    assert "Found " in told.out


def test_findings_on_one_line_share_its_text() -> None:
    """A list may be one line: what a thousand findings on it hold does not grow with their number times its length."""
    text = "".join(f"[here](#part-{number}) " for number in range(500)) + "\n"
    checked = Run(Options(), chosen(Choice())).survey().check_file(File("a.md", text.encode()))
    assert len(checked.diagnostics) > 400
    assert {one.excerpt for one in checked.diagnostics} == {text.rstrip("\n")}
    assert len(checked.pack()) < 30 * len(text)


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_is_read_once(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.setattr(gather, "KEPT", 0)
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(LIST.format(1, 3), encoding="utf-8"))
    writer.start()
    code = run(("check", "--no-config", "--no-cache", "--output-format", "concise", str(pipe)))
    writer.join()
    assert code == 1
    assert "venue-spelling" in capsys.readouterr().out
