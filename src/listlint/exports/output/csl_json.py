"""For reference managers and citation processors: CSL-JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from listlint.exports.citations import cite, keys
from listlint.exports.encoding import write_array
from listlint.exports.latex import from_latex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listlint.exports import Exported
    from listlint.exports.citations import Citation
    from listlint.exports.names import Name
    from listlint.knowledge.knowledge import Knowledge

__all__ = ["write"]

# Types that every version of the format knows.
TYPES = {
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "journal": "article-journal",
    "preprint": "article",
}
BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
}
# Fields of a BibTeX record that have a name of their own here.
BIBTEX_FIELDS = {
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "publisher": "publisher",
    "isbn": "ISBN",
    "issn": "ISSN",
}


def write(entries: Iterable[Exported], knowledge: Knowledge, out: TextIO) -> None:
    """Write an array of items; every id is there once."""
    citations = [cite(one.entry, knowledge) for one in entries]
    write_array((_item(one, key) for one, key in zip(citations, keys(citations), strict=True)), out)


def _item(citation: Citation, key: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": _type(citation), "title": citation.title}
    item |= {
        "author": [_name(one) for one in citation.authors],
        **_place(citation),
        "issued": {"date-parts": [[citation.year]]} if citation.year is not None else None,
        "DOI": citation.ids.get("doi"),
        "URL": citation.url,
        "keyword": ", ".join(citation.keywords),
        "note": "\n".join(_note(citation)),
    }
    if citation.own is not None:
        item |= {
            BIBTEX_FIELDS[name]: from_latex(value)
            for name, value in citation.own.fields.items()
            if name in BIBTEX_FIELDS
        }
    return {name: value for name, value in item.items() if value}


def _place(citation: Citation) -> dict[str, str | None]:
    """Where the paper appeared; a preprint has a server and a number there."""
    if citation.kind == "preprint" and "arxiv" in citation.ids:
        return {"publisher": "arXiv", "number": f"arXiv:{citation.ids['arxiv']}"}
    short = citation.venue_short if citation.venue_short != citation.venue else None
    return {"container-title": citation.venue, "container-title-short": short}


def _type(citation: Citation) -> str:
    if citation.kind in TYPES:
        return TYPES[citation.kind]
    own = citation.own.type if citation.own is not None else ""
    return BIBTEX_TYPES.get(own, "article" if citation.ids or citation.own else "webpage")


def _name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given}


def _note(citation: Citation) -> Iterator[str]:
    """What has no field of its own."""
    yield from citation.notes
    for institution in citation.institutions:
        yield f"institution: {institution}"
    for namespace, one in citation.ids.items():
        if namespace != "doi":
            yield f"{namespace}: {one}"
    for role, url in citation.others:
        yield f"{role}: {url}"
