"""What BibTeX would not read, or would read otherwise than meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.papers.bibtex import plain_record
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BibTeXFault", "bibtex_faults"]

RECORD = re.compile(r"^[ \t]*@([A-Za-z]+)[ \t]*([{(])", re.MULTILINE)
KEY = re.compile(r"\s*+([^,{}()=\"\s]*+(?:\s++[^,{}()=\"\s]++)*+)\s*+(?=[,})])")
FIRST_FIELD = re.compile(r"\s*(?:[A-Za-z][\w\-:+.]*\s*=\s*[{\"\w]|[}),])")
FIELD = re.compile(r"([A-Za-z][\w\-:+.]*)\s*=\s*")
BARE = re.compile(r"[^\s,{}\"#=()]+")
BLANKS = re.compile(r"\s*")
BLANKS_OR_COMMAS = re.compile(r"[\s,]*")
FLAT = re.compile(r"\{[^{}\\]*+\}|\"[^{}\\\"]*+\"")  # a piece of a value in which nothing nests
SWALLOWED = re.compile(r",\s*\n\s*[A-Za-z][\w\-]*\s*=\s*[{\"]")
NO_RECORDS = frozenset({"comment", "preamble", "string"})
CLOSERS = {"{": "}", "(": ")"}


class BibTeXFault(NamedTuple):
    """What is wrong, a clause that quotes the place; `edit` mends it where that is plain."""

    span: Span
    message: str
    edit: Edit | None = None


def bibtex_faults(text: str, place: int = 0) -> Iterator[BibTeXFault]:
    """The faults of the records in `text`, whose first character stands at `place` in the source."""
    starts = [] if plain_record(text) else list(RECORD.finditer(text))
    for number, start in enumerate(starts):
        if start[1].lower() not in NO_RECORDS:
            end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
            for fault in _Record(text[start.start() : end], start).faults():
                base, edit = place + start.start(), fault.edit
                span = Span(fault.span.start + base, fault.span.end + base)
                if edit is not None:
                    edit = Edit(Span(edit.span.start + base, edit.span.end + base), edit.text)
                yield BibTeXFault(span, fault.message, edit)


class _Record:
    """One record, read field by field up to the first fault that leaves the rest unreadable; `text` begins with it."""

    def __init__(self, text: str, start: re.Match[str]) -> None:
        self.text = text
        self.at = len(start[0])
        self.closer = CLOSERS[start[2]]
        self.opening = Span(self.at - len(start[0].lstrip()), self.at)
        self.name = f"@{start[1]}"
        self.fields: dict[str, str] = {}

    def faults(self) -> Iterator[BibTeXFault]:
        yield from self._key()
        while True:
            self._skip(BLANKS_OR_COMMAS)
            if self.at >= len(self.text):
                yield BibTeXFault(self.opening, f'"{self.name}" is never closed')
                return
            if self.text[self.at] == self.closer:
                return
            field = FIELD.match(self.text, self.at)
            if field is None:
                yield self._strange()
                return
            self.at = field.end()
            fault = self._value(field)
            if fault is not None:
                yield fault
                return
            yield from self._after(field)

    def _key(self) -> Iterator[BibTeXFault]:
        match = KEY.match(self.text, self.at)
        if match is None or not match[1]:
            if FIRST_FIELD.match(self.text, self.at):
                yield BibTeXFault(self.opening, f'"{self.name}" has no key')
            return
        self.at = match.end()
        if BLANKS.sub("", match[1]) != match[1]:
            yield BibTeXFault(Span(*match.span(1)), f'key "{" ".join(match[1].split())}" has blanks')

    def _skip(self, blanks: re.Pattern[str] = BLANKS) -> None:
        found = blanks.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _value(self, field: re.Match[str]) -> BibTeXFault | None:
        """Go past a field's value: braced, quoted or bare pieces, joined by `#`."""
        span, start = Span(*field.span(1)), self.at
        while True:
            end = self._piece_end()
            if end is None:
                return BibTeXFault(span, f'the braces of "{field[1]}" do not close')
            if end == self.at:
                return BibTeXFault(span, f'field "{field[1]}" has no value')
            self.at = end
            self._skip()
            if self.text[self.at : self.at + 1] != "#":
                break
            self.at += 1
            self._skip()
        if SWALLOWED.search(self.text, start, end) and self.text[end:].strip() in ("", "```"):
            return BibTeXFault(span, f'the braces of "{field[1]}" do not close')
        return None

    def _piece_end(self) -> int | None:
        """The end of a piece of a value; None where it does not end."""
        if self.at >= len(self.text):
            return self.at
        opening = self.text[self.at]
        if opening not in '{"':
            bare = BARE.match(self.text, self.at)
            return bare.end() if bare else self.at
        flat = FLAT.match(self.text, self.at)
        if flat is not None:
            return flat.end()
        depth, at = 0, self.at
        while at < len(self.text):
            char = self.text[at]
            if char == "\\":
                at += 1
            elif char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
            if (depth == 0 and char in '}"' and (at > self.at)) and (opening == "{" or char == '"'):
                return at + 1
            at += 1
        return None

    def _after(self, field: re.Match[str]) -> Iterator[BibTeXFault]:
        """What follows a value: a comma, the end, or a fault."""
        name = field[1].lower()
        if name in self.fields:
            yield BibTeXFault(Span(*field.span(1)), f'field "{field[1]}" is there twice')
        self.fields[name] = ""
        follower = self.text[self.at : self.at + 1]
        if follower and follower not in (",", self.closer) and FIELD.match(self.text, self.at):
            end = len(self.text[: self.at].rstrip())
            yield BibTeXFault(
                Span(*field.span(1)), f'a comma is missing after "{field[1]}"', Edit(Span(end, end), ",")
            )

    def _strange(self) -> BibTeXFault:
        line = self.text[self.at :].partition("\n")[0].strip()
        return BibTeXFault(Span(self.at, self.at + len(line)), f'"{line[:40]}" is no field')
