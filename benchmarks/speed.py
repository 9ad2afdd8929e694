"""How fast listlint is, beside its peers: `python benchmarks/speed.py [--sizes 5 100] [--peers] [--write] [--profile]`.

Whole processes, in turn (A B A B …) on lists that `make_lists.py` makes; the median of several rounds, the
processors' time (which other work of the machine disturbs less), peak memory of the largest process, and the ratio to
`python -c pass`. Cold is without what earlier runs remember, warm with it.
`--peers` finds or installs rumdl, codespell, mdformat, markdownlint-cli2 and prettier in a temporary folder.
`--write` puts the table into `docs/performance.md`. `--profile` says where the time of a cold check goes.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from make_lists import make_lists, read_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"
QUICK = 1.0  # seconds; what takes longer is run less often
WORST = 100  # the exit code of a tool that found something; above it, it could not run
PYPI = ("rumdl", "codespell", "mdformat")
NPM = ("markdownlint-cli2", "prettier")
UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME")


class Case(NamedTuple):
    """A command line, and what is done before each of its runs."""

    name: str
    command: tuple[str, ...]
    before: Callable[[], None] = lambda: None


class Figure(NamedTuple):
    """What the runs of a case took."""

    seconds: float
    processor: float
    mebibytes: float
    runs: int


# -- measuring ---------------------------------------------------------------------------------------------------------


def once(case: Case, folder: Path, environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds, the processors' seconds and peak MiB of one run."""
    case.before()
    start = time.perf_counter()
    with subprocess.Popen(
        case.command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as started:
        _, status, usage = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= started.returncode <= WORST or (started.returncode > 1 and case.name.startswith("listlint")):
        raise SystemExit(f"{case.name}: exit code {started.returncode}: {' '.join(case.command)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(cases: list[Case], folder: Path, environment: dict[str, str], rounds: int) -> dict[str, Figure]:
    """Run the cases in turn, `rounds` times; what is slow only three times, and what is very slow once."""
    seen: dict[str, list[tuple[float, float, float]]] = {case.name: [] for case in cases}
    for case in cases:
        once(case, folder, environment)  # the first run compiles, and fills the system's caches
    for number in range(rounds):
        for case in cases:
            slowest = max((one[0] for one in seen[case.name]), default=0.0)
            if (number and slowest > QUICK * 10) or (number >= 3 and slowest > QUICK):  # noqa: PLR2004
                continue
            seen[case.name].append(once(case, folder, environment))
    return {
        name: Figure(
            statistics.median(one[0] for one in runs),
            statistics.median(one[1] for one in runs),
            max(one[2] for one in runs),
            len(runs),
        )
        for name, runs in seen.items()
    }


def environment_with(folder: Path) -> dict[str, str]:
    """An environment in which Python keeps compiled files, and caches lie in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return kept | {
        "LISTLINT_CACHE": str(folder / "cache"),
        "XDG_CACHE_HOME": str(folder / "xdg"),
        "NO_COLOR": "1",
    }


# -- the tools ---------------------------------------------------------------------------------------------------------


def listlint() -> str:
    """The command beside this interpreter."""
    beside = Path(sys.executable).with_name("listlint")
    return str(beside) if beside.exists() else shutil.which("listlint") or "listlint"


def own_cases(folder: Path, lists: Path) -> list[Case]:
    """Cold, warm, and with one list changed since."""
    results = folder / "cache" / "results"
    check = (listlint(), "check", "--no-config", str(lists))
    one = min(lists.iterdir())
    numbers = iter(range(1 << 30))

    def forget() -> None:
        shutil.rmtree(results, ignore_errors=True)

    def change() -> None:
        with one.open("a", encoding="utf-8") as file:
            file.write(f"\nNote {next(numbers)}.\n")

    return [
        Case("listlint cold", check, forget),
        Case("listlint warm", check),
        Case("listlint, one list changed", check, change),
    ]


def peer_cases(folder: Path, lists: Path) -> list[Case]:
    """The peers, each as its users run it over a folder."""
    python, node = folder / "peers" / "bin", folder / "node" / "node_modules" / ".bin"
    glob, rumdl_cache = str(lists / "*.md"), folder / "rumdl-cache"
    rumdl = (str(python / "rumdl"), "check", "--no-config", "--cache-dir", str(rumdl_cache), str(lists))
    cases = [
        Case("rumdl cold", rumdl, lambda: shutil.rmtree(rumdl_cache, ignore_errors=True)),
        Case("rumdl warm", rumdl),
        Case("codespell", (str(python / "codespell"), str(lists))),
        Case("mdformat --check", (str(python / "mdformat"), "--check", str(lists))),
        Case("markdownlint-cli2", (str(node / "markdownlint-cli2"), glob)),
        Case("prettier --check", (str(node / "prettier"), "--check", glob)),
    ]
    return [case for case in cases if Path(case.command[0]).exists()]


def install_peers(folder: Path) -> None:
    """Install what can be installed; what cannot is left out of the table."""
    pip = [sys.executable, "-m", "venv", str(folder / "peers")]
    subprocess.run(pip, check=True)
    subprocess.run([str(folder / "peers" / "bin" / "pip"), "install", "-q", *PYPI], check=False)
    if shutil.which("npm"):
        (folder / "node").mkdir()
        npm = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(folder / "node"),
            *NPM,
        ]
        subprocess.run(npm, check=False)


# -- the report --------------------------------------------------------------------------------------------------------


def start_up(folder: Path, environment: dict[str, str], rounds: int) -> Iterator[str]:
    """Start-up, and one list of 25 KB."""
    make_lists(folder / "one", 1, size=25_000, facts=read_facts())
    one = str(folder / "one" / "list-0000.md")
    cases = [
        Case("python -c pass", (sys.executable, "-c", "pass")),
        Case("listlint --version", (listlint(), "--version")),
        Case("listlint --help", (listlint(), "--help")),
        Case("listlint check, one list of 25 KB", (listlint(), "check", "--no-config", "--no-cache", one)),
    ]
    yield from table("start-up", measure(cases, folder, environment, rounds), None)


def table(title: str, figures: dict[str, Figure], passing: float | None) -> Iterator[str]:
    """Rows of Markdown, slowest last."""
    base = passing or figures["python -c pass"].seconds
    yield f"| {title} | seconds | × `python -c pass` | of the processors | peak MiB |\n| --- | --- | --- | --- | --- |\n"
    for name, one in sorted(figures.items(), key=lambda pair: pair[1].seconds):
        yield f"| {name} | {one.seconds:.3f} | {one.seconds / base:.1f} | {one.processor:.3f} | {one.mebibytes:.0f} |\n"
    yield "\n"


BESIDE = (
    ("listlint cold", "markdownlint-cli2"),
    ("listlint cold", "mdformat --check"),
    ("listlint cold", "rumdl cold"),
    ("listlint warm", "rumdl warm"),
)


def beside(figures: dict[str, Figure]) -> Iterator[str]:
    """What listlint takes beside its peers, where they were measured."""
    ratios = [
        f"{own} {figures[own].seconds / figures[peer].seconds:.2f} × {peer}"
        for own, peer in BESIDE
        if peer in figures
    ]
    if ratios:
        yield f"Beside the peers: {', '.join(ratios)}.\n\n"


def measured(given: argparse.Namespace, folder: Path) -> Iterator[str]:
    """All tables."""
    environment = environment_with(folder)
    if given.peers:
        install_peers(folder)
    yield f"Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}.\n\n"
    yield from start_up(folder, environment, given.rounds)
    base = measure([Case("pass", (sys.executable, "-c", "pass"))], folder, environment, given.rounds)[
        "pass"
    ].seconds
    facts = read_facts()
    for count in given.sizes:
        lists = folder / f"lists-{count}"
        total = make_lists(lists, count, facts=facts)
        cases = own_cases(folder, lists) + (peer_cases(folder, lists) if given.peers else [])
        figures = measure(cases, folder, environment, given.rounds)
        yield from table(f"{count} lists, {total / 1e6:.2f} MB", figures, base)
        yield from beside(figures)
        yield from canonical(folder, lists, environment, given.rounds)
        shutil.rmtree(lists)


def canonical(folder: Path, lists: Path, environment: dict[str, str], rounds: int) -> Iterator[str]:
    """What `fix` takes where nothing is to be fixed, beside `check`."""
    clean = folder / "canonical"
    shutil.rmtree(clean, ignore_errors=True)
    clean.mkdir()
    for one in sorted(lists.iterdir())[2::2]:
        shutil.copy(one, clean)
    if not any(clean.iterdir()):
        return
    cases = [
        Case("check", (listlint(), "check", "--no-config", "--no-cache", str(clean))),
        Case("fix", (listlint(), "fix", "--no-config", "--no-cache", str(clean))),
    ]
    found = measure(cases, folder, environment, min(rounds, 3))
    yield f"`fix` on the canonical half takes {found['fix'].seconds / found['check'].seconds:.2f} × `check`.\n\n"


def write(text: str) -> None:
    """Put the tables into the page."""
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}{text}{END}{tail}", encoding="utf-8")


def main() -> None:
    """Measure as the command line says."""
    read = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    read.add_argument(
        "--sizes", type=int, nargs="+", default=[5, 100], help="how many lists (default: 5 100)"
    )
    read.add_argument("--rounds", type=int, default=5)
    read.add_argument("--peers", action="store_true")
    read.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    read.add_argument("--profile", action="store_true", help="say where the time of a cold check goes")
    given = read.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if given.profile:
            from profile_check import profile

            make_lists(Path(name), max(given.sizes))
            profile(Path(name))
            return
        parts = []
        for part in measured(given, Path(name)):
            print(part, end="", flush=True)
            parts.append(part)
    if given.write:
        write("\n" + "".join(parts))


if __name__ == "__main__":
    main()
