"""Lists checked again after a few of them changed: only these, and what has to do with them, are looked at."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from listlint.files import FileProblem
from listlint.ledger import Account
from listlint.papers.outline import ALONE
from listlint.papers.owners import reached, updated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listlint.checked import Record
    from listlint.gather import File
    from listlint.ledger import Ledger
    from listlint.papers.outline import Outline
    from listlint.survey import Compared, Survey

__all__ = ["Renewal", "renew", "whole"]

FEW = 4  # where one list in so many has changed, all are looked at


class Renewal(NamedTuple):
    """The accounts of all files, in order; of the targets that `told` names, without what is said of them.

    That is in `compared`.
    """

    accounts: list[Account]
    told: frozenset[str]
    compared: Compared


def account(survey: Survey, file: File, record: Record) -> Account:
    """That of a file which was checked, without what is said of it; without its keys where nothing is remembered."""
    keys = array("I")
    if survey.cache.folder is not None and (outline := record.outline()) is not None:
        keys.extend(set(outline.keys) - {ALONE})
    return Account(file.path, file.is_target, file.hash, survey.name(file), record.asked, keys.tobytes())


def whole(survey: Survey, pairs: Sequence[tuple[File, Record]], compared: Compared) -> Renewal:
    """What files come to of which none is known."""
    told = frozenset(file.path for file, _ in pairs if file.is_target)
    return Renewal([account(survey, *pair) for pair in pairs], told, compared)


def renew(survey: Survey, before: Ledger, files: Sequence[File]) -> Renewal | None:
    """What the files come to today, where those of the ledger were checked before; None where all are to be looked at."""
    known = before.accounts
    changed = [one for one in files if one.path not in known or not known[one.path].is_of(one, survey.world)]
    if len(changed) * FEW > len(files):
        return None
    records = {one.path: one for one in survey.check(changed)}
    if any(one.problem is not None for one in records.values()):
        return None
    try:
        return _Renewing(survey, before, {one.path: one for one in files}, records).done()
    except FileProblem:
        return None


class _Renewing:
    """The work of one renewal; `records` are those at hand, at first those of the lists that changed."""

    def __init__(
        self, survey: Survey, before: Ledger, files: Mapping[str, File], records: dict[str, Record]
    ) -> None:
        self.survey = survey
        self.files = files
        self.records = records
        self.missing = False
        self.outlines: dict[str, Outline | None] = {}
        known = before.accounts
        new = {path: account(survey, files[path], one) for path, one in records.items()}
        self.accounts = {path: new.get(path) or known[path] for path in files}
        gone = [path for path in known if path not in files]
        self.before = {path: set(known[path].unpacked_keys()) for path in (*gone, *new) if path in known}
        self.after = {path: set(one.unpacked_keys()) for path, one in new.items()}
        self.owners_before = before.owners
        others = ((path, one.unpacked_keys()) for path, one in self.accounts.items() if path not in new)
        self.owners = updated(before.owners, self.before, self.after, others)

    def done(self) -> Renewal | None:
        """What all files come to; None where a record that is needed is not there any more."""
        told = self._told()
        outlines = {} if self.missing else self._chosen(told)
        if self.missing:
            return None
        paths = sorted(told | outlines.keys())
        pairs = [(self.files[path], self.records[path]) for path in paths]
        compared = self.survey.compare_some(pairs, outlines, frozenset(told), self.owners)
        return Renewal(list(self.accounts.values()), frozenset(told), compared)

    def _told(self) -> set[str]:
        """The targets of which something else may be said than before."""
        keys = {key for keys in (*self.before.values(), *self.after.values()) for key in keys}
        both = {
            key: (*self.owners_before.get(key, ()), *self.owners.get(key, ()))
            for key in {*self.owners_before, *self.owners}
        }
        paths = {*self.after, *reached(keys, both, self._outline)}
        return {path for path in paths if path in self.files and self.files[path].is_target}

    def _chosen(self, told: set[str]) -> dict[str, Outline]:
        """The outlines of those lists and of what they meet, with the entries that are compared."""
        shared = set(self.owners)
        meeting: dict[str, set[int]] = {}
        keys: set[int] = set()
        for path in told:
            outline = self._outline(path)
            if outline is not None:
                meeting[path] = outline.closed(outline.sharing(shared))
                keys |= outline.keys_of(meeting[path])
        found = reached(keys, self.owners, self._outline) | meeting
        outlines = {path: outline for path in sorted(found) if (outline := self._outline(path)) is not None}
        for path, outline in outlines.items():
            outline.chosen = found[path]
        return outlines

    def _outline(self, path: str) -> Outline | None:
        """The list's outline, of its record; None where it has none, or where its record is not there any more."""
        if path not in self.files:
            return None
        if path not in self.records:
            known = self.survey.known(self.accounts[path].name, path)
            if known is None:
                self.missing = True
                return None
            self.records[path] = known
        if path not in self.outlines:
            self.outlines[path] = self.records[path].outline()
        return self.outlines[path]
