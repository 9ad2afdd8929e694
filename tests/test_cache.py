"""The cache is never wrong: what it says is what a run without it says, whatever happened to the files before."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from listlint import cache as cache_module
from listlint.cache import Cache, digest, program
from listlint.cli import run
from listlint.knowledge import rulebook
from listlint.ledger import Ledger
from listlint.recall import Recall
from listlint.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = (
    "- [Orca: A Distributed Serving System](https://arxiv.org/abs/2401.00001) | OSDI 2022",
    "- [Orca: A Distributed Serving System](https://arxiv.org/pdf/2401.00001.pdf) | OSDI' 22",
    "- [Quill: Fast Kernels for Sparse Models](https://arxiv.org/abs/2401.00002): by MIT",
    "- [Quill: Fast Kernels for Sparse Models](https://arxiv.org/abs/2401.00002) | NSDI 2023",
    "- [Quill: Fast Kernels for Sparse Models](https://arxiv.org/abs/2401.00002) | EuroSys 2024",
    "- [Efficient Infernce on Small Machines](https://arxiv.org/abs/2401.00003)  <!-- listlint-ignore typo: quoted -->",
    "- [Efficient Infernce on Small Machines](https://arxiv.org/abs/2401.00003)",
    "- [Notes on this list](notes.md) and [its plan](b.md#plan)",
    "## Plan",
    "# Serving",
    "<!-- listlint-ignore-file duplicate-paper -->",
    "| Paper | Venue |\n| --- | --- |\n| [Tabled: A Paper in a Row](https://arxiv.org/abs/2401.00004) | SOSP'21 |",
    "*  an item of another kind",
    "Fig\u00fcrlich, \u00e2\u0080\u0099quoted\u00e2\u0080\u0099.",
)
CONFIGS = (
    "",
    "select: [VEN, DUP]\n",
    "ignore: [typo]\n",
    "severity: {typo: error, link-form: info}\n",
    'venue-style: "{name}\'{yy}"\n',
    "exclude: [b.md]\n",
    "files: [a.md]\nreferences: [sub]\n",
    "per-path-ignores: {'sub/*': [LNK]}\n",
    "knowledge: {venues: [{name: QuillConf, kind: conference}]}\n",
)
NAMES = ("a.md", "b.md", "sub/c.md")

texts = st.lists(st.sampled_from(LINES), max_size=6).map(lambda lines: "\n\n".join(lines) + "\n")
steps = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), texts),
    st.tuples(st.just("write"), st.just(".listlint.yaml"), st.sampled_from(CONFIGS)),
    st.tuples(st.just("write"), st.just("notes.md"), st.just("# Notes\n")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("delete"), st.sampled_from((*NAMES, "notes.md", ".listlint.yaml")), st.just("")),
    st.tuples(st.just("damage"), st.integers(0, 5).map(str), st.just("")),
)
commands = st.sampled_from(
    (
        ("check",),
        ("check",),
        ("check", "--output-format", "json"),
        ("check", "--select", "DUP,SUP,SPL"),
        ("check", "--statistics", "a.md"),
        ("check", "--quiet", "--exit-zero"),
    )
)
histories = st.lists(st.tuples(steps, commands), min_size=2, max_size=7)


def said(*arguments: str) -> tuple[int, str, str]:
    """The exit code and what the command line says, run here."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return code, out.getvalue(), err.getvalue()


def do(step: tuple[str, str, str], records: Path) -> None:
    """One thing that happens to the files, or to what is remembered of them."""
    verb, name, content = step
    path = Path(name)
    if verb == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    elif verb == "rename" and path.exists():
        Path(content).parent.mkdir(exist_ok=True)
        path.replace(content)
    elif verb == "delete":
        path.unlink(missing_ok=True)
    elif verb == "damage" and records.exists():
        found = sorted(one for one in records.iterdir() if not one.name.startswith("."))
        if found:
            one = found[int(name) % len(found)]
            one.write_bytes(one.read_bytes()[: -1 - int(name)] + b"x")


def live_through(
    history: list[tuple[tuple[str, str, str], tuple[str, ...]]], beside: Sequence[str] = ()
) -> None:
    """After each step of a history, a run that remembers says what one that does not says; told twice, it says it again.

    `beside` are the texts of lists that are there from the start.
    """
    before, folder = Path.cwd(), Path(tempfile.mkdtemp())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LISTLINT_CACHE", str(folder / "cache"))
        work = folder / "work"
        work.mkdir()
        os.chdir(work)
        try:
            for number, text in enumerate(beside):
                Path(f"list{number}.md").write_text(text, encoding="utf-8")
            for step, command in history:
                do(step, folder / "cache" / "results")
                fresh = said(*command, "--no-cache")
                assert said(*command) == fresh
                assert said(*command) == fresh
        finally:
            os.chdir(before)
            shutil.rmtree(folder)


def after(*steps):
    """A history with a plain check after each step."""
    return [(step, ("check",)) for step in steps]


@example(
    after(
        ("write", "a.md", LINES[1]),
        ("write", ".listlint.yaml", CONFIGS[1]),
        ("write", ".listlint.yaml", CONFIGS[4]),
    )
)
@example(after(("write", "a.md", LINES[7]), ("write", "notes.md", "# Notes\n"), ("delete", "notes.md", "")))
@example(after(("write", "a.md", LINES[7]), ("write", "b.md", "## Plan\n"), ("write", "b.md", "## Other\n")))
@example(
    after(
        ("write", "a.md", LINES[0]),
        ("write", "b.md", LINES[1]),
        ("rename", "b.md", "sub/c.md"),
        ("delete", "a.md", ""),
    )
)
@example(
    [
        *after(
            ("write", "sub/c.md", LINES[0]),
            ("write", "a.md", LINES[1]),
            ("write", ".listlint.yaml", CONFIGS[6]),
        ),
        (("write", ".listlint.yaml", CONFIGS[0]), ("check", "--output-format", "json")),
    ]
)
@example(
    after(("write", "a.md", LINES[6]), ("damage", "0", ""), ("damage", "1", ""), ("write", "a.md", LINES[5]))
)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_a_run_that_remembers_says_the_same(history) -> None:
    live_through(history)


@pytest.mark.long
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_a_run_that_remembers_says_the_same_over_many_histories(history) -> None:
    live_through(history)


many = st.lists(texts, min_size=4, max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(histories, many)
def test_a_run_over_many_lists_looks_at_what_changed_and_says_the_same(history, beside) -> None:
    live_through(history, beside)


@pytest.mark.long
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(histories, many)
def test_a_run_over_many_lists_says_the_same_over_many_histories(history, beside) -> None:
    live_through(history, beside)


@pytest.mark.parametrize("form", ["full", "concise"])
@pytest.mark.parametrize(
    ("after", "read"),
    [
        pytest.param({"list0.md": LINES[2]}, ["list0.md"], id="one list"),
        pytest.param({"list0.md": LINES[0] + "\n"}, ["list0.md"], id="no paper"),
        pytest.param({"list0.md": LINES[9], "list4.md": LINES[4]}, ["list0.md", "list4.md"], id="two lists"),
        pytest.param({"new.md": LINES[1]}, ["new.md"], id="a new list"),
        pytest.param({"list1.md": None}, [], id="a list is gone"),
        pytest.param({"list2.md": None, "new.md": LINES[2]}, ["new.md"], id="a list has moved"),
    ],
)
def test_after_a_change_only_the_lists_that_changed_are_read(
    form: str, after: dict, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    lists = tmp_path / "lists"
    lists.mkdir()
    own = "- [Own Number {}: A Paper of This List](https://arxiv.org/abs/2402.0000{}) | OSDI'2{}"
    for number in range(9):
        text = f"{own.format(number, number, number % 5)}\n\n{LINES[number % 5]}\n"
        (lists / f"list{number}.md").write_text(text, encoding="utf-8")
    command = ("check", "--output-format", form, "lists")
    said(*command)
    for name, text in after.items():
        path = lists / name
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    fresh = said(*command, "--no-cache")
    seen = []
    check_file = Survey.check_file
    monkeypatch.setattr(
        Survey,
        "check_file",
        lambda survey, file: seen.append(os.path.basename(file.path)) or check_file(survey, file),
    )
    monkeypatch.setattr(Survey, "compare", None)  # all lists are compared by nobody
    assert said(*command) == fresh
    assert sorted(seen) == sorted(read)


def test_of_runs_with_the_same_settings_only_the_last_report_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    lists = tmp_path / "lists"
    lists.mkdir()
    for number in range(5):
        (lists / f"list{number}.md").write_text(LINES[number], encoding="utf-8")
    counts = []
    for turn in range(4):
        said("check", "lists")
        counts.append(len(list((tmp_path / "cache" / "results").iterdir())))
        with (lists / "list0.md").open("a", encoding="utf-8") as file:
            file.write(f"\nMore {turn}.\n")
    first, *others = counts
    assert others == [first + turn for turn in range(1, 4)]  # the record of the list that changed


def test_a_ledger_goes_with_its_own_report_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "a.md").write_text("- [Notes](../notes.txt)\n")
    for number in range(8):
        (lists / f"b{number}.md").write_text(f"- [Paper {number}](https://arxiv.org/pdf/2401.0000{number})\n")
    command = ("check", "--output-format", "concise", "lists")
    said(*command)
    with monkeypatch.context() as patch:  # a run that is stopped before its last record
        patch.setattr(Ledger, "pack", lambda _: pytest.fail("stopped"))
        (tmp_path / "notes.txt").write_text("here")
        with pytest.raises(pytest.fail.Exception):
            said(*command)
    (lists / "b4.md").write_text(LINES[6] + "\n")
    assert said(*command) == said(*command, "--no-cache")


def test_nothing_is_said_of_a_list_that_is_only_compared_with_by_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".listlint.yaml").write_text("references: [own.md]\n")
    (tmp_path / "own.md").write_text(LINES[1] + "\n")
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(LINES[6].replace("00003", f"0001{number}") + "\n")
    assert "own.md" in said("check", ".")[1]
    (tmp_path / ".gitignore").write_text("own.md\n")
    assert said("check", ".") == said("check", ".", "--no-cache")


@pytest.mark.parametrize("first", ["ignore: [typo]\n", None])
def test_a_run_whose_config_changes_as_it_begins_is_not_remembered(
    first: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(
            f"- [A Distributed Serving System of Kind {number}](https://arxiv.org/abs/2401.0000{number}) | OSDI' 22\n"
        )
    config = tmp_path / ".listlint.yaml"
    find = Recall.find

    def find_and_change(recall: Recall) -> int | None:
        code = find(recall)
        config.write_text("ignore: [VEN]\n")
        return code

    def as_before() -> None:
        config.unlink(missing_ok=True) if first is None else config.write_text(first)

    as_before()
    said("check")
    (tmp_path / "0.md").write_text("- [Paper](b.html)\n")
    with monkeypatch.context() as patch:
        patch.setattr(Recall, "find", find_and_change)
        assert "VEN001" not in said("check")[1]
    as_before()
    assert said("check") == said("check", "--no-cache")


def test_a_folder_that_is_gone_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.md").write_text(LINES[1] + "\n")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    command = ("check", str(tmp_path / "a.md"))
    fresh = said(*command, "--no-cache")
    assert fresh[0] == 1
    assert [said(*command) for _ in range(2)] == [fresh, fresh]


# -- records -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path))


def test_a_program_in_whose_folder_an_editor_is_at_work_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.yaml").write_text("infernce: inference")
    (tmp_path / "data" / ".#words.yaml").symlink_to("somebody@somewhere.123")
    monkeypatch.setattr(rulebook, "folder", lambda: str(tmp_path))
    first = program.__wrapped__()
    (tmp_path / "data" / "words.yaml").write_text("inferense: inference, too")
    assert first != program.__wrapped__()


@given(
    st.lists(st.one_of(st.text(), st.binary()), max_size=4),
    st.lists(st.one_of(st.text(), st.binary()), max_size=4),
)
def test_names_tell_parts_apart(one, other) -> None:
    as_bytes = [
        [part.encode() if isinstance(part, str) else part for part in parts] for parts in (one, other)
    ]
    assert (digest(*one) == digest(*other)) == (as_bytes[0] == as_bytes[1])


def test_a_record_comes_back_whole_or_not_at_all(cache: Cache, tmp_path: Path) -> None:
    cache.put("name", b"what was found")
    path = tmp_path / "results" / "name"
    whole = path.read_bytes()
    assert cache.get("name") == b"what was found"
    assert cache.get("other") is None
    for damaged in (
        b"",
        whole[:-1],
        whole[:10],
        whole + b"!",
        whole.replace(b"found", b"fount"),
        b"\0" * len(whole),
    ):
        path.write_bytes(damaged)
        assert cache.get("name") is None
    path.unlink()
    path.mkdir()
    assert cache.get("name") is None
    cache.put("name", b"cannot be")


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    Cache(None).put("name", b"x")
    assert Cache(None).get("name") is None
    (tmp_path / "file").write_text("no folder")
    blocked = Cache(str(tmp_path / "file"))
    blocked.put("name", b"x")
    blocked.prune()
    assert blocked.get("name") is None
    assert blocked.clean() == 0


def test_a_folder_stays_within_its_bounds(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "MOST_BYTES", 5000)
    monkeypatch.setattr(cache_module, "MOST_FILES", 30)
    monkeypatch.setattr(cache_module, "PRUNE_EVERY", -1.0)
    for number in range(100):
        cache.put(f"{number:03}", b"x" * 100)
        os.utime(tmp_path / "results" / f"{number:03}", (number, number))
        cache.use("000")
        cache.prune()
        files = list((tmp_path / "results").iterdir())
        assert len(files) <= 31
        assert sum(one.stat().st_size for one in files) <= 5000
    assert cache.get("000")
    assert cache.get("099")
    assert cache.get("001") is None


def test_clean_deletes_what_runs_remember(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.md").write_text(LINES[1] + "\n")
    said("check", str(tmp_path / "a.md"))
    records = tmp_path / "cache" / "results"
    assert list(records.iterdir())
    assert "freed" in said("clean")[1]
    assert not list(records.iterdir())
    assert "nothing" in said("clean")[1]


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="no pipes with paths")
@pytest.mark.parametrize(
    "more", [("--output-format", "json"), ("--statistics",), ("gone.md",), ("sub/c.md",)]
)
def test_a_pipe_is_read_once(more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / ".listlint.yaml").write_text("ignore: [typo]\n")
    (tmp_path / "sub" / "c.md").write_text(LINES[0] + "\n")
    for forget in (("--no-cache",), ()):
        end, start = os.pipe()
        os.write(start, LINES[1].encode())
        os.close(start)
        told = said("check", f"/dev/fd/{end}", *more, *forget)
        os.close(end)
        assert "VEN001" in told[1]


def test_no_cache_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.md").write_text(LINES[1] + "\n")
    assert said("check", "--no-cache", str(tmp_path / "a.md"))[0] == 1
    assert not (tmp_path / "cache" / "results").exists()


def test_a_run_that_finds_nothing_changed_imports_neither_parser_nor_rules(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LINES[1] + "\n")
    script = (
        "import sys; from listlint.cli import run\n"
        "run(['check', '--no-config', 'a.md'])\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    environment = {**os.environ, "LISTLINT_CACHE": str(tmp_path / "cache")}
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    cold, warm = (set(one.stderr.split()) for one in runs)
    assert {"markdown_it", "listlint.rules.typo", "listlint.run"} <= cold
    heavy = {
        "listlint.check",
        "listlint.papers",
        "listlint.rules",
        "listlint.run",
        "markdown_it",
        "pickle",
        "rapidfuzz",
        "yaml",
    }
    assert not warm & heavy


def test_runs_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.md").write_text("\n".join(LINES[: number + 2]) + "\n", encoding="utf-8")
    environment = {**os.environ, "LISTLINT_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "listlint", "check", "--no-config", "."]
    started = [
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _ in range(4)
    ]
    outputs = {one.communicate(timeout=100)[0] for one in started}
    assert len(outputs) == 1
    assert b"OSDI" in outputs.pop()
    assert not [one for one in (tmp_path / "cache" / "results").iterdir() if one.name.count(".") > 1]
