"""Entries as data that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.model import Entry

__all__ = ["identifiers", "record"]


def record(entry: Entry, path: str, hosts: Hosts) -> dict[str, Any]:
    """The entry as `export` prints it; absent is null or an empty list. Lines count from 1."""
    venue, bibtex = entry.venue, entry.bibtex
    return {
        "path": path,
        "line": entry.line,
        "end_line": entry.end_line,
        "section": list(entry.section.path),
        "dialect": entry.dialect,
        "title": entry.title,
        "links": [{"role": link.role.value, "url": link.url, "label": link.label} for link in entry.links],
        "ids": dict(identifiers(entry, hosts)),
        "venue": venue and {"name": venue.name, "year": venue.year, "text": venue.text, "kind": venue.kind},
        "institutions": [piece.text for piece in entry.institutions],
        "authors": [piece.text for piece in entry.authors],
        "keywords": [piece.text for piece in entry.keywords],
        "notes": [piece.text for piece in entry.notes],
        "read": entry.read,
        "marks": [piece.text for piece in entry.marks],
        "date": entry.date and entry.date.text,
        "bibtex": bibtex and {"type": bibtex.type, "key": bibtex.key, "fields": dict(bibtex.fields)},
    }


def identifiers(entry: Entry, hosts: Hosts) -> Iterator[tuple[str, str]]:
    """The identifiers that the entry's paper links state, by namespace; the first of each counts."""
    known: set[str] = set()
    for link in entry.links:
        if link.role.value in ("paper", "other", "project"):
            for identity in hosts.read(link.url).identities:
                if identity.namespace not in known:
                    known.add(identity.namespace)
                    yield identity.namespace, identity.id
