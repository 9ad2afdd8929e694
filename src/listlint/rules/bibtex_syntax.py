"""`bibtex-syntax`: records that BibTeX cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.papers.model import PaperList
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["bibtex_syntax"]

LANGUAGES = frozenset({"", "bib", "bibtex", "biblatex", "latex", "tex", "text", "txt"})


@rule("BIB001", "bibtex-syntax", on=PaperList)
def bibtex_syntax(papers: PaperList) -> Iterator[Finding]:
    """BibTeX can read a list's records: keys, commas and braces are there."""
    for node in papers.tree.find("fence", "code_block"):
        words = node.info.split()
        if "@" not in papers.source[node.inner] or (words[0].lower() if words else "") not in LANGUAGES:
            continue
        from listlint.papers.bibtex_syntax import bibtex_faults

        for span, message, edit in bibtex_faults(papers.source[node.inner], node.inner.start):
            fix = None
            if edit is not None:
                fix = Fix((edit,), "add the comma", effect=Effect(frozenset({"bibtex"})))
            yield Finding(span, message, fix)
