"""Measures how damaged structure is mended: `python benchmarks/repairs.py [LIST …] [--places 200] [--seed 1] [--show N]`.

Each kind of damage is done at so many places of clean lists, one at a time, and `fix` is run. A place counts as restored
where the list is again what it was to the last character; as reported where it is not, and a finding stands at the
place; as worse where the fixed list has other entries than both.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from damage import damages  # noqa: E402 - lives beside the tests
from repairing import Outcome, Repairer  # noqa: E402

if TYPE_CHECKING:
    from damage import Damage

__all__ = ["main"]


def main() -> None:
    """Print one line a kind."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "lists", nargs="*", default=sorted(str(path) for path in (ROOT / "lists").glob("*.md"))
    )
    options.add_argument("--places", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kind", default="")
    options.add_argument(
        "--show", type=int, default=0, help="print so many places a kind that are not restored"
    )
    chosen = options.parse_args()
    repairer = Repairer()
    texts = [repairer.fixed(Path(path).read_text(encoding="utf-8")) for path in chosen.lists]
    counts: dict[str, Counter[Outcome]] = {}
    for damage in damages(texts, chosen.places, chosen.seed):
        if chosen.kind not in damage.kind:
            continue
        outcome, text = repairer.repair(damage)
        kind = counts.setdefault(damage.kind, Counter())
        if outcome is not Outcome.RESTORED and sum(kind.values()) - kind[Outcome.RESTORED] < chosen.show:
            show(damage, outcome, text, repairer)
        kind[outcome] += 1
    print(f"{'kind':<18}" + "".join(f"{outcome.value:>10}" for outcome in Outcome))
    for name, kind in counts.items():
        print(f"{name:<18}" + "".join(f"{kind[outcome]:>10}" for outcome in Outcome))


def show(damage: Damage, outcome: Outcome, text: str, repairer: Repairer) -> None:
    """Print the lines that differ."""
    clean, damaged, fixed = damage.clean.split("\n"), damage.text.split("\n"), text.split("\n")
    first = next(
        (index for index, pair in enumerate(zip(clean, fixed, strict=False)) if pair[0] != pair[1]),
        len(clean) - 1,
    )
    print(f"--- {damage.kind}: {outcome.value} (line {damage.line})")
    for name, lines in (("clean", clean), ("damaged", damaged), ("fixed", fixed)):
        for line in lines[first : first + 2]:
            print(f"  {name:8}{line[:60]} … {line[-100:]}" if len(line) > 160 else f"  {name:8}{line}")  # noqa: PLR2004
    for said in repairer.said[:3]:
        print(f"  says    {said[:200]}")


if __name__ == "__main__":
    main()
