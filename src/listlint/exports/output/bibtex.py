"""For LaTeX: one BibTeX record an entry; a list's own records stay as they are."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, TextIO

from listlint.exports.citations import cite, keys
from listlint.exports.latex import to_latex
from listlint.exports.names import OTHERS
from listlint.papers.writers.bibtex_form import canonical_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.exports import Exported
    from listlint.exports.citations import Citation
    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import BibTeX

__all__ = ["write"]

BRACE = re.compile(r"[{}]")
ESCAPED = re.compile(r"\\[{}]")
HEAD = re.compile(r"@\s*[A-Za-z]+\s*\{\s*([^\s,{}()=\"]*)")
UNSAFE = {"\\": "%5C", "{": "%7B", "}": "%7D", "^": "%5E", " ": "%20"}
TYPES = {"conference": "inproceedings", "workshop": "inproceedings", "journal": "article"}


def write(entries: Iterable[Exported], knowledge: Knowledge, out: TextIO) -> None:
    """Write the records, a blank line between them; every key is there once."""
    citations = [cite(one.entry, knowledge) for one in entries]
    separator = ""
    for citation, key in zip(citations, keys(citations), strict=True):
        out.write(separator + _record(citation, key))
        separator = "\n"


def _record(citation: Citation, key: str) -> str:
    own = citation.own
    if own is not None and own.fields:
        return _kept(own, key)
    kind = TYPES.get(citation.kind, "misc")
    return _written(kind, key, _fields(citation, kind))


def _kept(own: BibTeX, key: str) -> str:
    """The list's own record: as written where it is whole, else written anew from what could be read of it."""
    raw = own.raw.replace("\r\n", "\n").strip()
    head, _, rest = raw.partition("\n")
    raw = f"{head}\n{textwrap.dedent(rest)}" if rest else head
    if canonical_record(raw) is None or not _is_paired(raw):
        kind = own.type if re.fullmatch(r"[a-z]+", own.type) else "misc"
        return _written(kind, key, [(name, _balanced(value)) for name, value in own.fields.items()])
    start = HEAD.match(raw)
    return (raw if start is None or start[1] == key else f"@{own.type}{{{key}{raw[start.end() :]}") + "\n"


def _is_paired(raw: str) -> bool:
    """Whether the braces pair for BibTeX, which counts all, and for readers that pass over those behind a backslash."""
    return all(text.count("{") == text.count("}") for text in (raw, ESCAPED.sub("", raw)))


def _balanced(value: str) -> str:
    """The value; braces that do not close are dropped, and those with a backslash count too, as they do in BibTeX."""
    depth = 0
    for match in BRACE.finditer(value):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            break
    value = value if depth == 0 else BRACE.sub("", value)
    return value + " " if value.endswith("\\") else value


def _fields(citation: Citation, kind: str) -> list[tuple[str, str]]:
    """The fields of a record that the list does not have."""
    authors = " and ".join(
        "others" if name == OTHERS else to_latex(name.inverted) for name in citation.authors
    )
    venue = to_latex(citation.venue or "")
    if kind == "inproceedings" and citation.venue_short and citation.venue_short != citation.venue:
        venue = f"{venue} ({to_latex(citation.venue_short)})"
    place = {"inproceedings": "booktitle", "article": "journal"}.get(kind, "howpublished")
    arxiv = citation.ids.get("arxiv", "")
    if place == "howpublished" and citation.kind == "preprint" and arxiv:
        venue = ""
    rows = [
        ("title", to_latex(citation.title, keep_case=True)),
        ("author", authors),
        ("year", str(citation.year or "")),
        (place, venue),
        ("eprint", arxiv),
        ("archiveprefix", "arXiv" if arxiv else ""),
        ("doi", _url(citation.ids.get("doi", ""))),
        ("url", _url(citation.url or "")),
        ("keywords", ", ".join(map(to_latex, citation.keywords))),
        ("affiliation", "; ".join(map(to_latex, citation.institutions))),
        (
            "annote",
            "; ".join(
                [*map(to_latex, citation.notes), *(f"{role}: {_url(url)}" for role, url in citation.others)]
            ),
        ),
    ]
    return [(name, value) for name, value in rows if value]


def _url(text: str) -> str:
    return re.sub(r"[\\{}^ ]", lambda match: UNSAFE[match[0]], text)


def _written(kind: str, key: str, fields: list[tuple[str, str]]) -> str:
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{kind}{{{key},\n{rows}}}\n"
