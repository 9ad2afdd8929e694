"""Damaged structure comes back as it was, or is reported; the places are drawn anew from the repository's own lists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from damage import KINDS, damages
from repairing import Outcome, Repairer

# Clean lists of one shape each; one in which each section has another says too little of any to mend it by the rest.
LISTS = sorted(
    path for path in (Path(__file__).parents[1] / "lists").glob("*.md") if path.name != "shapes.md"
)
PLACES = 12
REPAIRER = Repairer()
TABLES = """\
| Paper | Institution | Venue |
| --- | --- | --- |
| [Folding Small Graphs](https://arxiv.org/abs/2401.00001) | MIT | OSDI 2024 |
| [Sorting by Weight](https://arxiv.org/abs/2401.00002) | NUS | ATC 2024 |
| [A Cache That Forgets](https://arxiv.org/abs/2401.00003) | PKU | NSDI 2024 |
| [Late Binding of Experts](https://arxiv.org/abs/2401.00004) | SJTU | SOSP 2024 |
"""
BULLETS = """\
- [Folding Small Graphs](https://arxiv.org/abs/2401.00001) | OSDI 2024
- [Sorting by Weight](https://arxiv.org/abs/2401.00002) | ATC 2024
- [A Cache That Forgets](https://arxiv.org/abs/2401.00003) | NSDI 2024
- [Late Binding of Experts](https://arxiv.org/abs/2401.00004) | SOSP 2024
"""


@pytest.fixture(scope="module")
def outcomes():
    texts = [REPAIRER.fixed(path.read_text(encoding="utf-8")) for path in LISTS]
    found: dict[str, Counter] = {}
    for damage in damages(texts, PLACES, seed=7):
        outcome, _ = REPAIRER.repair(damage)
        found.setdefault(damage.kind, Counter())[outcome] += 1
    return found


@pytest.mark.parametrize("kind", [*KINDS, "missing-delimiter"])
def test_damage_is_mended_or_reported(outcomes, kind):
    counts = outcomes[kind]
    assert counts[Outcome.WORSE] == 0
    assert counts[Outcome.MISSED] + counts[Outcome.SAME] <= 1
    assert counts[Outcome.RESTORED] >= PLACES - 1


@pytest.mark.parametrize(
    ("clean", "right", "wrong"),
    [
        (TABLES, "| NUS | ATC 2024 |", "| NUS ATC 2024 |"),
        (TABLES, "| NUS | ATC 2024 |", "| NUS | ATC 2024\n|"),
        (TABLES, "| NUS | ATC", "|\nNUS | ATC"),
        (TABLES, "| Institution | Venue |", "|\nInstitution | Venue |"),
        (TABLES, "| --- | --- | --- |", "| --- | --- |"),
        (TABLES, "Sorting by Weight](", "Sorting by Weight("),
        (BULLETS, "- [Folding", "[Folding"),
        (BULLETS, "- [Sorting", "-[Sorting"),
        (BULLETS, "- [Late", " [Late"),
        (BULLETS, "2401.00002)", "2401.00002"),
        (BULLETS, "[Sorting by Weight](", "[Sorting by Weight]"),
        (BULLETS.replace("- [", "1. ["), "1. [Sorting", "[Sorting"),
    ],
)
def test_one_damage(clean, right, wrong):
    clean = REPAIRER.fixed(clean)
    right = right if right in clean else right.replace("1.", "2.")
    assert right in clean
    assert REPAIRER.fixed(clean.replace(right, wrong, 1)) == clean


@pytest.mark.parametrize(
    ("clean", "right", "wrong"),
    [
        (TABLES, "| NUS | ATC 2024 |", "｜ NUS |\nATC 2024 |"),
        (TABLES, "[Sorting by Weight](https://arxiv.org/abs/2401.00002) | NUS", "[Sorting\nby Weight](https://arxiv.org/abs/2401.00002) ｜ NUS"),
        (BULLETS, "- [Sorting by Weight](https://arxiv.org/abs/2401.00002)", "(Sorting by Weight)[https://arxiv.org/abs/2401.00002]"),
        (BULLETS, "- [Sorting by Weight](https://arxiv.org/abs/2401.00002)", "-[Sorting by Weight](https://arxiv.org/abs/2401.00002"),
    ],
)  # fmt: skip
def test_two_damages_in_one_line(clean, right, wrong):
    clean = REPAIRER.fixed(clean)
    assert right in clean
    assert REPAIRER.fixed(clean.replace(right, wrong, 1)) == clean


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BULLETS.replace("- [", "- [ ] [").replace("- [ ] [Sorting", "[Sorting"), '"- [ ]" or "- [x]"'),
        ("| A | B | C |\n| --- | --- | --- |\n| x | y |\n| z |\n", "or two rows that both lack cells"),
        ("# A\n\n#Reading and Writing\n", "or it is a tag"),
    ],
)
def test_two_readings_are_named_and_left(text, said):
    after = REPAIRER.fixed(text)
    assert after.split() == text.split()
    assert any(said in one.finding.message for one in REPAIRER.checker.check_list(REPAIRER.read(after)))
