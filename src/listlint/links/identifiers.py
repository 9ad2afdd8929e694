"""Links that an identifier's own service answers for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from listlint.links.visits import Knowledge

__all__ = ["ArxivLink", "DoiLink", "identify"]

_HINT = re.compile(r"arxiv|doi\.org|/10\.[0-9]{4}", re.IGNORECASE)
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})


class ArxivLink(NamedTuple):
    """A page of arXiv itself; `version` is None where the link names none."""

    key: str
    id: str
    version: int | None


class DoiLink(NamedTuple):
    """A link that states a DOI. `is_doi` says that it leads to doi.org, so that its registry has the last word."""

    key: str
    doi: str
    is_doi: bool


def identify(key: str, known: Knowledge) -> ArxivLink | DoiLink | None:
    """Which service to ask about a link; None where the link itself is asked.

    A mirror of arXiv may lack what arXiv has, and is asked itself.
    """
    if not _HINT.search(key):
        return None
    facts = known.hosts.read(key)
    host = urlsplit(key).hostname or ""
    if facts.malformed is not None:
        return None
    for namespace, text in facts.identities:
        if namespace == "arxiv" and (
            host in _DOI_HOSTS or host == "arxiv.org" or host.endswith(".arxiv.org")
        ):
            digits = (facts.version or "").lstrip("v")
            return ArxivLink(key, text, int(digits) if digits.isdigit() else None)
        if namespace == "doi":
            return DoiLink(key, text, host in _DOI_HOSTS)
    return None
