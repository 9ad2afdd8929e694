"""How well real lists are read; only where `LISTLINT_CORPUS` names a folder that holds them."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

from listlint.knowledge.knowledge import Knowledge
from listlint.papers.read import read_list
from listlint.source import Source

CORPUS = Path(os.environ.get("LISTLINT_CORPUS", "/nowhere"))
VERDICTS = yaml.safe_load(
    (Path(__file__).parent / "data" / "reading_verdicts.yaml").read_text(encoding="utf-8")
)
LISTS = sorted(CORPUS.rglob("*.md"))
KNOWLEDGE = Knowledge()
BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

pytestmark = pytest.mark.skipif(not LISTS, reason="LISTLINT_CORPUS names no folder of lists")


@cache
def read(path):
    return read_list(Source.decode(str(path), path.read_bytes()), KNOWLEDGE)


def digest(text, length):
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def fields(entry):
    venue = entry.venue
    parts = (
        venue.name if venue else "",
        str(venue.year) if venue and venue.year else "",
        ";".join(piece.text for piece in entry.authors),
        ";".join(piece.text for piece in entry.institutions),
    )
    return "|".join(parts)


def test_entries_read_by_hand():
    """Venue, year, authors and places of the entries with a verdict are right in at least 95 of 100."""
    known = {path.relative_to(CORPUS).as_posix().rpartition("corpus/")[2]: path for path in LISTS}
    rows = [row for row in VERDICTS if row["path"] in known]
    if not rows:
        pytest.skip("the folder holds other lists")
    right = 0
    for row in rows:
        at_line = [one for one in read(known[row["path"]]).entries if one.line == row["line"]]
        found = [one for one in at_line if digest(one.title or "", 12) == row["title"]]
        right += any(digest(fields(one), 16) == row.get("right") for one in found)
    assert right >= 0.95 * len(rows)


def test_figures_of_every_list(monkeypatch):
    """Of each list with eight identifiers 97 in 100 belong to their entry, 95 in 100 titles are titles, 1 in 100 entries is two."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    sys.modules.pop("reading", None)
    from reading import FEWEST_IDS, is_prose, measure

    for path in LISTS:
        if path.stat().st_size > 400_000:
            continue  # the benchmark reads those
        papers = read(path)
        figures = measure(papers, KNOWLEDGE)
        if figures.ids < FEWEST_IDS or is_prose(papers):
            continue
        assert figures.attributed >= 0.97 * figures.ids, path
        assert figures.titled >= 0.95 * figures.entries, path
        assert figures.doubled <= 0.01 * figures.entries, path
