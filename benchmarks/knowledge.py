"""What knowledge costs at start-up: each part loaded in a fresh process, compiled data already there."""

from __future__ import annotations

import statistics
import subprocess
import sys

from listlint.knowledge.knowledge import PARTS

ROUNDS = 9
CODE = """
import time
from listlint.knowledge import knowledge
from listlint.knowledge import {part}
one = knowledge.Knowledge()
start = time.process_time()
one.{part}
print((time.process_time() - start) * 1000)
"""


def main() -> None:
    """Print the median milliseconds of processor time of each part, and their sum."""
    total = 0.0
    for part in PARTS:
        command = [sys.executable, "-c", CODE.format(part=part)]
        times = [
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            for _ in range(ROUNDS)
        ]
        total += statistics.median(times)
        print(f"{part:<14} {statistics.median(times):6.2f} ms  ({min(times):.2f} to {max(times):.2f})")
    print(f"{'all':<14} {total:6.2f} ms")


if __name__ == "__main__":
    main()
