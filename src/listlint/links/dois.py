"""doi.org's handle API, which knows every DOI, while publishers answer programs with 403, 418 or 202."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from listlint.links.addresses import read_address
from listlint.outside import LinkStatus, LinkVerdict

if TYPE_CHECKING:
    from listlint.links.addresses import Address
    from listlint.links.exchange import Answer

__all__ = ["NOT_REGISTERED", "REGISTERED", "doi_address", "is_registered"]

REGISTERED = LinkVerdict(LinkStatus.ALIVE, "the DOI is registered")
NOT_REGISTERED = LinkVerdict(LinkStatus.DEAD, "the DOI is not registered")
_EXISTS = frozenset({1, 200})  # response codes of the Handle System: found; found, but without such values
_UNKNOWN_HANDLE = 100


def doi_address(base: str, doi: str) -> Address | None:
    """Where the handle API answers for a DOI."""
    return read_address(f"{base.rstrip('/')}/{quote(doi, safe='/:;()._-')}")


def is_registered(answer: Answer) -> bool | None:
    """Whether the registry knows the DOI; None where the answer is not the registry's."""
    try:
        content = json.loads(answer.body or b"")
    except (ValueError, RecursionError):
        return None
    code = content.get("responseCode") if isinstance(content, dict) else None
    if not isinstance(code, int):
        return None
    return True if code in _EXISTS else False if code == _UNKNOWN_HANDLE else None
