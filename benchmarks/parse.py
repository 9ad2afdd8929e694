"""What exact places cost: the tree beside the parser's own pass over the same lists, in turn.

Usage: python benchmarks/parse.py [FOLDER]   (default: lists/)
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from listlint.markdown.parser import new_parser
from listlint.markdown.read import read_tree
from listlint.source import Source

ROUNDS = 9


def main() -> None:
    """Print the median of the ratios, round by round, and the speed of both."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "lists")
    sources = [Source.decode(str(path), path.read_bytes()) for path in sorted(folder.glob("**/*.md"))]
    size = sum(len(source.text) for source in sources)
    plain = new_parser()
    ratios, ours, theirs = [], [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        for source in sources:
            read_tree(source)
        middle = time.process_time()
        for source in sources:
            plain.parse(source.text)
        end = time.process_time()
        ours.append(middle - start)
        theirs.append(end - middle)
        ratios.append((middle - start) / (end - middle))
    print(f"{len(sources)} lists, {size / 1e6:.2f} MB, {ROUNDS} rounds in turn")
    print(f"tree with exact places  {size / 1e6 / statistics.median(ours):.2f} MB/s")
    print(f"plain parse             {size / 1e6 / statistics.median(theirs):.2f} MB/s")
    print(
        f"ratio of times          {statistics.median(ratios):.2f}  ({min(ratios):.2f} to {max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
