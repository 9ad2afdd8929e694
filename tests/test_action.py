"""The GitHub action and the pre-commit hooks, tried on scratch repositories with the real command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
LISTLINT = os.environ.get("LISTLINT_COMMAND") or str(BIN / "listlint")
WORKFLOWS = sorted((ROOT / "docs/examples/workflows").glob("*.yml"))
ZIZMOR = """\
rules:
  unpinned-uses:
    config:
      policies:
        "listlint/*": ref-pin
        "*": hash-pin
"""

OLD = """\
# Papers

| Paper | Venue |
| --- | --- |
| [Teh Old Way to Serve Models](https://arxiv.org/abs/2401.00001) | OSDI 2024 |
| [Shared Caches for Long Contexts](https://arxiv.org/abs/2401.00002) | SOSP 2023 |
"""
FAULTS = """\
| [Batching Requests at the the Edge](https://arxiv.org/abs/2401.00003) | OSDI' 24 |
| [Shared Caches for Long Contexts](https://arxiv.org/abs/2401.00002) | SOSP 2023 |
| [Placement Without Regret](http://arxiv.org/abs/2401.00004) | NSDI 2024 |
"""
EXPECTED = {"repeated-word": 7, "venue-spelling": 7, "duplicate-paper": 8, "insecure-link": 9}
CLEAN = "| [Placement Without Regret](https://arxiv.org/abs/2401.00004) | NSDI 2024 |\n"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class PullRequest(NamedTuple):
    """A repository on a server with a pull request open, `main` being ahead of what it started from."""

    server: Path
    base: str
    head: str

    def checkout(self, to: Path, *, depth: int = 1, revision: str = "refs/pull/1/merge") -> Path:
        """A checkout as GitHub's own action makes it: of the merge commit, and shallow."""
        git(self.server, "init", "-q", str(to))
        git(to, "remote", "add", "origin", self.server.as_uri())
        git(to, "fetch", "-q", f"--depth={depth}", "origin", revision)
        git(to, "checkout", "-q", "FETCH_HEAD")
        return to


def open_pull_request(folder: Path, added: str) -> PullRequest:
    server = folder / "server"
    server.mkdir()
    git(server, "init", "-q", "-b", "main")
    git(server, "config", "uploadpack.allowAnySHA1InWant", "true")
    (server / "papers.md").write_text(OLD)
    git(server, "add", ".")
    git(server, "commit", "-q", "-m", "begin")
    base = git(server, "rev-parse", "HEAD")
    git(server, "checkout", "-q", "-b", "topic")
    (server / "papers.md").write_text(OLD + added)
    git(server, "commit", "-q", "-a", "-m", "add papers")
    head = git(server, "rev-parse", "HEAD")
    git(server, "update-ref", "refs/pull/1/head", head)
    git(server, "checkout", "-q", "main")
    (server / "later.md").write_text(OLD.replace("2401", "2402").replace("Models", "Things at at Night"))
    git(server, "add", ".")
    git(server, "commit", "-q", "-m", "go on")
    git(server, "checkout", "-q", "--detach")
    git(server, "merge", "-q", "--no-ff", "-m", "merge", head)
    git(server, "update-ref", "refs/pull/1/merge", git(server, "rev-parse", "HEAD"))
    return PullRequest(server, base, head)


class Job(NamedTuple):
    """What a step of a job left behind."""

    status: int
    log: str
    annotations: list[str]
    summary: str
    outputs: dict[str, str]


def run_action(folder: Path, script: str = "run.sh", **inputs: str) -> Job:
    """Run a script of the action as its runner would: everything through the environment."""
    temporary = folder.parent / f"{folder.name}-runner"
    temporary.mkdir(exist_ok=True)
    summary, outputs = temporary / "summary", temporary / "outputs"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(temporary),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(outputs),
        "LISTLINT_COMMAND": LISTLINT,
        "LISTLINT_PYTHON": sys.executable,
        "LISTLINT_CACHE": str(temporary / "cache"),
        **{f"LISTLINT_{name.upper()}": value for name, value in inputs.items()},
    }
    done = subprocess.run(
        ["bash", str(ROOT / "action" / script)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    pairs = [line.partition("=") for line in outputs.read_text().splitlines()] if outputs.exists() else []
    annotations = re.findall(r"^::(?:error|warning|notice) .*", done.stdout, re.MULTILINE)
    told = summary.read_text() if summary.exists() else ""
    return Job(
        done.returncode, done.stdout + done.stderr, annotations, told, {key: value for key, _, value in pairs}
    )


def places(annotations: list[str]) -> set[tuple[str, str, int]]:
    """Rule, file and line of each annotation."""
    found = re.compile(r"::\w+ file=([^,]*),line=(\d+),.*title=\S+ ([\w-]+)::")
    matches = [found.match(line) for line in annotations]
    return {(match[3], match[1], int(match[2])) for match in matches if match}


def test_a_pull_request_is_told_its_own_faults(tmp_path):
    pull = open_pull_request(tmp_path, FAULTS)
    checkout = pull.checkout(tmp_path / "checkout")
    job = run_action(checkout, base_sha=pull.base, head_sha=pull.head)
    assert job.status == 1, job.log
    assert places(job.annotations) >= {(rule, "papers.md", line) for rule, line in EXPECTED.items()}
    assert {(path, line) for _, path, line in places(job.annotations)} <= {
        ("papers.md", line) for line in (7, 8, 9)
    }
    assert int(job.outputs["findings"]) == len(job.annotations)
    assert job.summary.startswith("## listlint\n\nFound ")
    assert all(f" {rule} |" in job.summary for rule in EXPECTED)
    sarif = json.loads(Path(job.outputs["sarif"]).read_bytes())
    assert len(sarif["runs"][0]["results"]) == len(job.annotations)
    diagnostics = json.loads(Path(job.outputs["rdjson"]).read_bytes())["diagnostics"]
    assert any("suggestions" in one for one in diagnostics)


def test_a_pull_request_without_faults_passes(tmp_path):
    pull = open_pull_request(tmp_path, CLEAN)
    job = run_action(pull.checkout(tmp_path / "checkout"), base_sha=pull.base, head_sha=pull.head)
    assert (job.status, job.annotations, job.outputs["findings"]) == (0, [], "0"), job.log
    assert "No problems" in job.summary


@pytest.mark.parametrize("depth", [1, 9])
def test_the_pull_request_itself_may_be_checked_out(tmp_path, depth):
    pull = open_pull_request(tmp_path, FAULTS)
    checkout = pull.checkout(tmp_path / "checkout", depth=depth, revision="refs/pull/1/head")
    newer = git(pull.server, "rev-parse", "main")
    job = run_action(checkout, base_sha=newer, head_sha=pull.head)
    assert job.status == 1, job.log
    assert {line for _, _, line in places(job.annotations)} == {7, 8, 9}


def test_without_a_pull_request_everything_is_checked(tmp_path):
    pull = open_pull_request(tmp_path, FAULTS)
    job = run_action(pull.checkout(tmp_path / "checkout"))
    assert job.status == 1, job.log
    assert {path for _, path, _ in places(job.annotations)} == {"papers.md", "later.md"}


def test_since_and_paths_narrow_it(tmp_path):
    pull = open_pull_request(tmp_path, FAULTS)
    checkout = pull.checkout(tmp_path / "checkout")
    everything = run_action(
        checkout, base_sha=pull.base, head_sha=pull.head, since="none", paths="\n  later.md \n"
    )
    assert {path for _, path, _ in places(everything.annotations)} == {"later.md"}


def test_fix_mends_the_checkout_first(tmp_path):
    pull = open_pull_request(tmp_path, FAULTS)
    checkout = pull.checkout(tmp_path / "checkout")
    job = run_action(checkout, base_sha=pull.base, head_sha=pull.head, fix="true")
    assert "OSDI' 24" not in (checkout / "papers.md").read_text()
    assert ("venue-spelling", "papers.md", 7) not in places(job.annotations)


def test_a_base_that_is_not_at_hand_is_said_so(tmp_path):
    pull = open_pull_request(tmp_path, FAULTS)
    checkout = pull.checkout(tmp_path / "checkout")
    git(checkout, "remote", "set-url", "origin", (tmp_path / "nowhere").as_uri())
    job = run_action(checkout, base_sha=pull.base, head_sha=pull.head)
    assert job.status == 2
    assert job.annotations == [
        '::error title=listlint::the base of the pull request is not at hand; give actions/checkout "fetch-depth: 2"'
    ]


@pytest.mark.parametrize(
    "name", ["paths", "args", "since", "online", "fix", "version", "base_sha", "head_sha"]
)
def test_no_input_is_read_as_shell(tmp_path, name):
    text = """$(touch a) `touch b`; touch c; * "; touch d; " '; touch e; ' && touch f\ntouch g"""
    pull = open_pull_request(tmp_path, CLEAN)
    checkout = pull.checkout(tmp_path / "checkout")
    script = "install.sh" if name == "version" else "run.sh"
    before = sorted(checkout.iterdir())
    run_action(checkout, script, **{name: text})
    assert sorted(checkout.iterdir()) == before


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"online": "yes"}, 'the input "online" is neither true nor false'),
        ({"args": "--help"}, "the lists could not be checked; the log says why"),
        ({"args": "--no-such-option"}, "the lists could not be checked; the log says why"),
    ],
)
def test_a_run_that_fails_says_why(tmp_path, inputs, message):
    pull = open_pull_request(tmp_path, CLEAN)
    job = run_action(pull.checkout(tmp_path / "checkout"), **inputs)
    assert (job.status, job.annotations) == (2, [f"::error title=listlint::{message}"])


def annotate(folder: Path, commands: list[str], base: str = "") -> list[str]:
    file = folder / "annotations.txt"
    file.write_text("".join(command + "\n" for command in commands))
    command = [
        sys.executable,
        "-I",
        str(ROOT / "action/annotations.py"),
        str(file),
        *([base] if base else []),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_annotations_on_added_lines_come_first(tmp_path):
    git(tmp_path, "init", "-q")
    file = tmp_path / "a, b: 图%.md"
    file.write_text("old\n" * 20)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "begin")
    file.write_text("old\n" * 20 + "new\nnew\n")
    name = "a%2C b%3A 图%25.md"
    commands = [f"::warning file={name},line={line},title=x::y" for line in range(1, 23)]
    shown = annotate(tmp_path, commands, "HEAD")
    assert shown[:3] == [commands[20], commands[21], commands[0]]
    assert len(shown) == 11
    assert shown[-1] == "::notice title=listlint::12 more findings are in the job summary"


@pytest.mark.parametrize(
    ("kinds", "shown", "hidden"),
    [
        ({"error": 10, "warning": 10, "notice": 10}, 30, 0),
        ({"error": 11, "warning": 1, "notice": 0}, 11, 1),
        ({"error": 12, "warning": 0, "notice": 10}, 19, 3),
        ({"error": 0, "warning": 0, "notice": 11}, 9, 2),
    ],
)
def test_github_keeps_ten_annotations_of_a_kind(tmp_path, kinds, shown, hidden):
    commands = [
        f"::{kind} file=a.md,line=1,title=x::y" for kind, number in kinds.items() for _ in range(number)
    ]
    lines = annotate(tmp_path, commands)
    said = [line for line in lines if "more finding" in line]
    assert len(lines) - len(said) == shown
    assert said == (
        [
            f"::notice title=listlint::{hidden} more finding{'s are' if hidden > 1 else ' is'} in the job summary"
        ]
        if hidden
        else []
    )
    assert all(sum(line.startswith(f"::{kind} ") for line in lines) <= 10 for kind in kinds)


def test_a_summary_is_cut_between_rows():
    text = "图" * 10 + "\n"
    command = ["awk", "-v", "limit=70", "-f", str(ROOT / "action/cut.awk")]
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(
        command, input=text * 5, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == text * 2 + "\n3 more rows did not fit.\n"


def test_every_input_reaches_a_script_through_the_environment():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = action["runs"]["steps"]
    passed = {value for step in steps for value in step.get("env", {}).values()}
    assert {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]} <= passed
    assert not any("${{" in step.get("run", "") for step in steps)
    scripts = (ROOT / "action/run.sh").read_text() + (ROOT / "action/install.sh").read_text()
    assert {name for step in steps for name in step.get("env", {})} <= set(
        re.findall(r"LISTLINT_[A-Z_]+", scripts)
    )


def test_every_input_and_output_is_documented():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    page = (ROOT / "docs/github.md").read_text()
    assert [name for name in (*action["inputs"], *action["outputs"]) if f"`{name}`" not in page] == []


LINTERS = [
    ["check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
    ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS)],
    ["shellcheck", "-o", "all", "-e", "SC2250,SC2310,SC2312", "action/run.sh", "action/install.sh"],
    ["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"],
]


@pytest.mark.parametrize("command", LINTERS, ids=lambda command: f"{command[0]} {command[-1]}")
def test_linted(command):
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing(tmp_path):
    config = tmp_path / "zizmor.yml"
    config.write_text(ZIZMOR)
    command = [BIN / "zizmor", "--offline", "--no-progress", "--persona=auditor", f"--config={config}"]
    done = subprocess.run(
        [*command, "action.yml", *WORKFLOWS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def pre_commit(folder: Path, *hooks: str) -> Path:
    """A repository whose hooks are those that others get, run with the command that is installed here."""
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    chosen = [{**hook, "language": "system"} for hook in manifest if hook["id"] in hooks]
    git(folder, "init", "-q", "-b", "main")
    (folder / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": chosen}]})
    )
    (folder / "papers.md").write_text(OLD.replace("Teh", "The"))
    (folder / "code.py").write_text("x = 'teh'\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "begin")
    return folder


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `git commit` would run."""
    git(folder, "add", ".")
    path = f"{Path(LISTLINT).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(folder.parent / "hooks")}
    environment |= {"LISTLINT_CACHE": str(folder.parent / "cache")}
    command = [BIN / "pre-commit", "run", "--color=never", "--verbose"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def scratch(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def test_pre_commit_stops_a_faulty_commit(scratch):
    folder = pre_commit(scratch, "listlint")
    (folder / "papers.md").write_text(OLD.replace("Teh", "The") + FAULTS)
    done = commit(folder)
    assert done.returncode == 1
    assert all(f"({rule})" in done.stdout for rule in EXPECTED), done.stdout


def test_pre_commit_fixes_and_then_passes(scratch):
    folder = pre_commit(scratch, "listlint", "listlint-fix")
    faulty = "| [Batching Requests at the the Edge](http://arxiv.org/abs/2401.00003) | OSDI' 24 |\n"
    (folder / "papers.md").write_text(OLD.replace("Teh", "The") + faulty)
    assert commit(folder).returncode == 1
    done = commit(folder)
    assert done.returncode == 0, done.stdout
    mended = "| [Batching Requests at the Edge](https://arxiv.org/abs/2401.00003) | OSDI 2024 |"
    assert (folder / "papers.md").read_text().splitlines()[-1] == mended


def test_pre_commit_hands_over_markdown_only(scratch):
    folder = pre_commit(scratch, "listlint")
    (folder / "code.py").write_text("x = 'the the'\n")
    done = commit(folder)
    assert done.returncode == 0
    assert "no files to check" in done.stdout
