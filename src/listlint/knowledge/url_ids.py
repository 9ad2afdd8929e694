"""The grammar of identifiers that can be told right from wrong without asking anyone."""

from __future__ import annotations

import re
from typing import NamedTuple

from listlint.expressions import expression

__all__ = ["STRAY", "CheckedId", "is_todays", "read_arxiv_id", "read_doi"]

STRAY = "}])>,;_`*'\"|\\"

_NEW = expression(r"(\d{2})(\d{2})\.(\d+)(v[1-9]\d?)?")
_TODAYS = re.compile(r"(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}")  # as nearly all are
_OLD = expression(r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(\d{2})(\d{2})(\d{3})(v[1-9]\d?)?", re.IGNORECASE)
_OLD_TAIL = re.compile(r"/\d{7}")
_DOI = expression(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_ARCHIVES = frozenset({
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg",
    "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio",
    "quant-ph", "solv-int", "supr-con",
})  # fmt: skip
_FIRST = "0704"
_FIVE_DIGITS_FROM = "1501"


class CheckedId(NamedTuple):
    """An identifier read: `id` is None where none can be read, `fault` says what is wrong, `tail` what does not belong."""

    id: str | None
    version: str = ""
    fault: str | None = None
    tail: str = ""


def is_todays(text: str) -> bool:
    """Whether this is an arXiv identifier as they are since 2015, which nothing is wrong with, without a version."""
    return _TODAYS.fullmatch(text) is not None and not text.endswith(".00000")


def read_arxiv_id(text: str) -> CheckedId:
    """An arXiv identifier: four digits of year and month, a point, and five digits (four before 2015).

    Before April 2007 it was an archive, a slash, and seven digits. Source: info.arxiv.org/help/arxiv_identifier.html
    """
    if is_todays(text):
        return CheckedId(text)
    kept = text.rstrip(STRAY)
    kept = kept if kept == text else kept.removesuffix(".pdf")
    tail = text[len(kept) :]
    fault = f'"{tail}" at its end does not belong to it' if tail else None
    if found := _NEW.fullmatch(kept):
        year, month, number, version = found.groups()
        wrong = _wrong_new(year, month, number)
        if wrong:
            return CheckedId(None, fault=wrong)
        return CheckedId(f"{year}{month}.{number}", version or "", fault, tail)
    if found := _OLD.fullmatch(kept):
        archive, year, month, number, version = found.groups()
        archive = archive.lower()
        if archive not in _ARCHIVES:
            return CheckedId(None, fault=f'arXiv has no archive "{archive}"')
        if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months
            return CheckedId(None, fault=f'there is no month "{month}"')
        return CheckedId(f"{archive}/{year}{month}{number}", version or "", fault, tail)
    return CheckedId(None, fault="it has not the form YYMM.NNNNN")


def _wrong_new(year: str, month: str, number: str) -> str | None:
    """What is wrong with an identifier of the right shape."""
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months
        return f'there is no month "{month}"'
    if year + month < _FIRST:
        return f'"{year}{month}." is older than such ids'
    digits = 5 if year + month >= _FIVE_DIGITS_FROM else 4
    if len(number) != digits:
        return f'"{number}" has {len(number)} digits where {digits} belong'
    return "numbers begin at 1" if not int(number) else None


def read_doi(text: str) -> CheckedId:
    """A DOI: `10.`, a registrant's number, a slash, and anything; lower-case, for DOIs know no case."""
    kept = text.rstrip("}]>,;.`*'\"|\\ ")
    if kept.endswith(")") and kept.count(")") > kept.count("("):
        kept = kept[:-1]
    tail = text[len(kept) :]
    if not _DOI.fullmatch(kept):
        return CheckedId(None, fault="it has not the form 10.NNNN/…")
    fault = f'"{tail}" at its end does not belong to it' if tail else None
    return CheckedId(kept.lower(), "", fault, tail)
