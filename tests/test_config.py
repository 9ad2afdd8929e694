"""Config files: what they may hold, where they hold, and what is said of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from listlint.cli import run
from listlint.config import ConfigError, load_config, set_options
from listlint.config.keys import keys, rule_options
from listlint.config.rooms import room_fields
from listlint.config.schema import schema
from listlint.options import Options

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
SECTIONS = re.findall(
    r"^### `([\w-]+)`(?: \(default `([^\n]*)`\))?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL
)
FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
TYPO = "# Papers\n\n- [Efficient Infernce](https://arxiv.org/abs/2401.00001)\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(capsys, *arguments):
    """Path and rule of each finding."""
    code = run(["check", "--output-format", "json", "--no-cache", *arguments])
    output, errors = capsys.readouterr()
    assert code in (0, 1), errors
    return [(one["path"], one["rule"]) for one in json.loads(output)]


# -- the page and the schema -------------------------------------------------------------------------------------------


def test_the_page_has_every_key_and_no_other():
    named = [name for name, _, _ in SECTIONS]
    of_rules = {option.name for _, option in rule_options()}
    assert len(set(named)) == len(named)
    assert set(keys()) - of_rules <= set(named) <= set(keys())
    assert of_rules <= set(re.findall(r"^\| \[[\w-]+\]\(.*?\) \| `([\w-]+)` \|", PAGE, re.MULTILINE))


@pytest.mark.parametrize(("name", "default", "text"), SECTIONS, ids=[one[0] for one in SECTIONS])
def test_a_key_of_the_page(name, default, text):
    if default:
        expected = keys()[name].shown(Options())
        assert (default if isinstance(expected, str) else yaml.safe_load(default)) == expected
    examples = [yaml.safe_load(one) for one in FENCE.findall(text)]
    assert any(name in one for one in examples)
    for one in examples:
        set_options("page", one)
        Draft202012Validator(schema()).validate(one)


@pytest.mark.parametrize("room", ["layout", "links"])
def test_the_page_has_the_defaults_of_a_room(room):
    text = next(text for name, _, text in SECTIONS if name == room)
    rows = re.findall(r"^\| `([\w-]+)` \| `(.*?)` \|(.*)", text, re.MULTILINE)
    fields = room_fields(room)
    assert [row[0] for row in rows] == list(fields)
    for name, default, others in rows:
        expected = fields[name].default
        if name != "user-agent":
            assert (default if isinstance(expected, str) else yaml.safe_load(default)) == (
                list(expected) if isinstance(expected, tuple) else expected
            )
        if fields[name].choices:
            assert {default, *re.findall(r"`(.*?)`", others)} == set(fields[name].choices)


def test_what_is_written_from_the_rules_is_up_to_date():
    command = [sys.executable, ROOT / "docs" / "write_settings.py", "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run docs/write_settings.py"
    Draft202012Validator.check_schema(schema())


WRONG = {
    "fils: [a]": ("unknown key", '"files"'),
    "zebra: [a]": ("unknown key", "listlint config"),
    "file: [a]": ("unknown key", '"files"'),
    "extend_select: [typo]": ("unknown key", '"extend-select"'),
    "minimum: 3": ("below the rule", "link-label"),
    "select: [duplicate-papers]": ("names no rule", '"duplicate-paper"'),
    "select: {typo: 1}": ("list of texts", "table"),
    "files: 3": ("list of texts", "number"),
    "files: [[a]]": ("list of texts", "holds a list"),
    "severity: {typo: wraning}": ("off, info, warning, error", '"warning"'),
    "severity: {typ: error}": ("unknown rule", '"typo"'),
    "severity: [typo]": ("a table", "a list"),
    "fail-on: info": ("warning, error", "info"),
    "encoding: utf-88": ("unknown encoding", "utf-88"),
    "arxiv-links: pfd": ("abs, pdf, keep", '"pdf"'),
    "rules: {link-label: {minimum: many}}": ("whole number", "text"),
    "rules: {link-label: {minimum: true}}": ("whole number", "true or false"),
    "rules: {link-label: {minimun: 3}}": ("unknown option", '"minimum"'),
    "rules: {typo: {a: 3}}": ("no options", "typo"),
    "layout: {bulet: '*'}": ("unknown key", '"bullet"'),
    "layout: {bullet: x}": ("-, *, +", '"x"'),
    "links: {timeout: 0}": ("above 0", "timeout"),
    "links: {timeout: soon}": ("a number", "text"),
    "words: Infernce": ("list of rows", "text"),
    "words: [[a]]": ("words (row 1)", "wrong: right"),
    "knowledge: {venus: []}": ("unknown part", '"venues"'),
    "per-path-ignores: {'*': [typos]}": ("names no rule", '"typo"'),
    "select: [typo]\nselect: [DUP]": ("set in line 1", "once"),
    "a: [": ("not YAML", ":2:"),
    "- typo": ("key: value", "list"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.items(), ids=list(WRONG))
def test_what_is_wrong_is_said_with_the_way_out(text, said, folder):
    write(folder, {".listlint.yaml": text + "\n"})
    with pytest.raises(ConfigError) as error:
        load_config(".listlint.yaml")
    message = str(error.value)
    assert message.startswith(".listlint.yaml:")
    assert all(one in message for one in said), message
    assert "\n" not in message
    assert len(message) <= 150


@pytest.mark.parametrize("text", [one for one in WRONG if "a: [" not in one and "select: [DUP]" not in one])
def test_the_schema_refuses_what_is_wrong(text):
    values = yaml.safe_load(text)
    if values not in ({"encoding": "utf-88"}, {"links": {"timeout": 0}}):  # only listlint knows
        assert not Draft202012Validator(schema()).is_valid(values)


def test_lines_of_toml_are_known(folder):
    text = '[project]\nname = "x"\n\n[tool.listlint]\nignore = [\n  "typo",\n]\n[tool.listlint.severity]\ntypo = "bad"\n'
    write(folder, {"pyproject.toml": text})
    with pytest.raises(ConfigError, match=r"^pyproject.toml:9: "):
        load_config("pyproject.toml")


# -- where a config holds ----------------------------------------------------------------------------------------------


def test_each_list_has_the_nearest_config(folder, capsys):
    write(
        folder,
        {
            ".listlint.yaml": "select: [typo]\n",
            "a.md": TYPO,
            "deep/er/b.md": TYPO,
            "off/.listlint.yaml": "ignore: [typo]\nselect: [typo]\n",
            "off/c.md": TYPO,
            "toml/pyproject.toml": '[tool.listlint]\nselect = ["mojibake"]\n',
            "toml/d.md": TYPO,
            "other/pyproject.toml": "[tool.other]\n",
            "other/e.md": TYPO,
            "off/exclude/.listlint.yaml": "exclude: [f.md]\n",
            "off/exclude/f.md": TYPO,
        },
    )
    expected = [("a.md", "typo"), ("deep/er/b.md", "typo"), ("other/e.md", "typo")]
    assert found(capsys) == expected
    assert found(capsys, ".") == expected
    named = ["off/c.md", "toml/d.md", "other/e.md", "deep", "a.md", "off/exclude/f.md"]
    assert found(capsys, *named) == expected
    assert found(capsys, "--no-config", "--select", "typo", "off") == [
        ("off/c.md", "typo"),
        ("off/exclude/f.md", "typo"),
    ]
    assert found(capsys, "--config", ".listlint.yaml", "off/c.md") == [("off/c.md", "typo")]


def test_a_remembered_run_sees_a_new_config(folder, capsys):
    write(folder, {".listlint.yaml": "select: [typo]\n", "sub/a.md": TYPO})
    for _ in range(2):
        assert run(["check", "-q", "sub/a.md"]) == 1
    write(folder, {"sub/.listlint.yaml": "ignore: [typo]\n"})
    assert run(["check", "-q", "sub/a.md"]) == 0
    assert run(["check", "-q"]) == 0


def test_paths_and_patterns_start_at_the_config(folder, capsys, monkeypatch):
    write(
        folder,
        {
            ".listlint.yaml": "files: [lists]\nselect: [typo]\nexclude: [drafts/, 'lists/old-*.md']\n"
            "per-path-ignores: {'lists/zh/*.md': [SPL]}\n",
            "lists/a.md": TYPO,
            "lists/old-b.md": TYPO,
            "lists/zh/c.md": TYPO,
            "lists/drafts/d.md": TYPO,
            "lists/drafts/old-d.md": TYPO,
            "beside.md": TYPO,
        },
    )
    assert found(capsys) == [("lists/a.md", "typo")]
    named = ["lists/old-b.md", "lists/drafts/d.md", "lists/a.md", "lists/zh/c.md"]
    assert found(capsys, *named) == [("lists/a.md", "typo")]
    monkeypatch.chdir(folder / "lists" / "zh")
    assert found(capsys) == [("../a.md", "typo")]
    assert found(capsys, "../drafts/d.md", "c.md", "../a.md") == [("../a.md", "typo")]
    assert found(capsys, str(folder / "lists" / "old-b.md"), str(folder / "beside.md")) == [
        (str(folder / "beside.md"), "typo")
    ]


def test_the_collection_is_there_whatever_is_named(folder, capsys):
    entry = "# Papers\n\n- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001)\n"
    write(folder, {"a.md": entry, "b.md": entry})
    assert found(capsys, "--select", "DUP", "b.md") == []
    write(folder, {".listlint.yaml": "files: ['.']\n"})
    assert found(capsys, "--select", "DUP", "b.md") == [("b.md", "paper-in-other-list")]


def test_files_may_be_missing_only_where_that_is_said(folder, capsys):
    write(folder, {".listlint.yaml": "files: [nowhere/]\n", "a.md": TYPO})
    assert run(["check"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_severities_and_rules_of_the_config(folder, capsys):
    write(folder, {"a.md": TYPO, ".listlint.yaml": "severity: {SPL001: info}\nselect: [typo]\n"})
    assert run(["check", "-q"]) == 0
    write(folder, {".listlint.yaml": "severity: {typo: off}\nselect: [typo]\n"})
    assert found(capsys) == []
    write(folder, {".listlint.yaml": "fail-on: error\nselect: [typo]\n"})
    assert run(["check", "-q"]) == 0
    assert run(["check", "-q", "--fail-on", "warning"]) == 1
    write(folder, {".listlint.yaml": "fail-on: error\nseverity: {typo: error}\n"})
    assert run(["check", "-q"]) == 1
    assert run(["check", "-q", "--exit-zero"]) == 0


def test_own_words(folder, capsys):
    write(folder, {"a.md": TYPO + "- [Yonda and Fast](https://arxiv.org/abs/2401.00002)\n"})
    write(folder, {".listlint.yaml": "select: [typo]\nwords: [infernce, {yonda: yonder}]\n"})
    assert run(["check", "--output-format", "concise"]) == 1
    output = capsys.readouterr().out
    assert "Yonder" in output
    assert "Infernce" not in output


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_settings_are_shown_with_where_they_come_from(folder, capsys):
    write(
        folder,
        {
            "lists/a.md": TYPO,
            ".listlint.yaml": "files: [lists]\nignore: [mojibake]\nseverity:\n  spl001: error\n"
            "rules:\n  link-form:\n    arxiv-links: pdf\n  link-label: {minimum: 7}\nlinks: {timeout: 5}\n",
        },
    )
    arguments = ["--ignore", "DUP", "--fail-on", "error"]
    assert run(["check", "--show-config", *arguments]) == 0
    output = capsys.readouterr().out
    places = dict(re.findall(r"^ *([\w-]+): .*?# (.*)$", output, re.MULTILINE))
    expected = {
        "files": ".listlint.yaml:1",
        "ignore": ".listlint.yaml:2 and --ignore",
        "typo": ".listlint.yaml:4",
        "arxiv-links": ".listlint.yaml:7",
        "minimum": ".listlint.yaml:8",
        "timeout": ".listlint.yaml:9",
        "fail-on": "--fail-on",
        "select": "default",
        "per-host": "default",
        "separator": "default",
        "encoding": "default",
    }
    assert {name: places[name] for name in expected} == expected
    shown = set_options(".listlint.yaml", yaml.safe_load(output))
    read = load_config(".listlint.yaml")
    for name, key in keys().items():
        if name not in ("ignore", "fail-on"):
            assert key.shown(shown) == key.shown(read)
    write(folder, {".listlint.yaml": output})
    capsys.readouterr()
    assert run(["config"]) == 0
    again = capsys.readouterr().out
    assert yaml.safe_load(again) == yaml.safe_load(output)


def test_every_default_is_shown_and_reads_as_itself(folder, capsys):
    assert run(["config", "--no-config"]) == 0
    shown = yaml.safe_load(capsys.readouterr().out)
    assert list(shown) == list(keys())
    Draft202012Validator(schema()).validate(shown)
    options = set_options("shown", shown)
    assert {name: key.shown(options) for name, key in keys().items()} == shown
    assert run(["config", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


# -- patterns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "named", "others"),
    [
        ("a.md", ["a.md", "x/a.md", "a.md/b.md"], ["ba.md", "a_md", "a.md2"]),
        ("/a.md", ["a.md"], ["x/a.md"]),
        ("./a.md", ["a.md"], ["x/a.md"]),
        ("x/", ["x/a.md", "y/x/a.md"], ["xx/a.md", "ax/b.md"]),
        ("x/y", ["x/y", "x/y/a.md"], ["z/x/y"]),
        ("*.md", ["a.md", "x/b.md"], ["a.markdown"]),
        ("x/*.md", ["x/a.md"], ["x/y/a.md", "a.md"]),
        ("x/**", ["x/a.md", "x/y/a.md"], ["a.md"]),
        ("**/a.md", ["a.md", "x/y/a.md"], ["b.md"]),
        ("x/**/a.md", ["x/a.md", "x/y/z/a.md"], ["a.md", "y/x/a.md"]),
        ("a?.md", ["ab.md"], ["a.md", "a/.md"]),
        ("a[bc].md", ["ab.md", "x/ac.md"], ["ad.md"]),
        ("a[!b].md", ["ac.md"], ["ab.md"]),
        ("a[.md", ["a[.md"], ["a.md"]),
        ("a[z-b].md", ["a[z-b].md"], ["ac.md"]),
        ("a+(b).md", ["a+(b).md"], ["aab.md"]),
    ],
)
def test_patterns(pattern, named, others, folder):
    from listlint.patterns import matches

    assert [one for one in [*named, *others] if matches(one, [pattern])] == named
    assert not any(matches(one, [pattern, f"!{pattern}"]) for one in named)
    assert all(matches(one, [pattern], str(folder)) for one in named)
