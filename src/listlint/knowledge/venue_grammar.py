"""What may stand around a venue's name: years, months, tracks, notes and the words that lead to it."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Tail", "Year", "leads_to", "read_note", "read_track", "read_year", "unknown_mention"]

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
QUOTE = "['’‘`´′＇]"
YEAR = re.compile(
    rf"""
      (?P<bracket>\s{{0,2}}[(（]\s{{0,2}})?
      (?:
        (?P<joint>\s{{0,3}}[.,:;]?\s{{0,3}}|\s{{0,2}}[-–—_/@]\s{{0,2}})
        (?:{QUOTE}\s{{0,2}}(?=[A-Za-z])|(?=[A-Za-z]))(?P<month>{MONTH})[\s,.'’-]{{0,3}}(?P<of>(?:19|20)\d\d)
      | (?:\s{{0,3}}[.,:;]?\s{{0,3}}|\s{{0,2}}[-–—_/@]\s{{0,2}})
        (?:{QUOTE}\s{{0,2}}(?P<quoted>(?:19|20)\d\d|\d\d) | (?P<four>(?:19|20)\d\d))
      | (?P<gap>\s{{0,2}}|[-–_])(?P<two>\d\d)
      )
      (?![0-9A-Za-z_%+]|[.][0-9]{{3}}|[.:/-]\d{{4}})
    """,
    re.VERBOSE,
)
CAPITAL = r"[A-Z][\w&+-]{0,24}"
TRACK = re.compile(
    rf"""
      (?P<joint>[ ]?[-–—:,@/]?[ ]?[(\[（]?|_)
      (?P<words>
        Findings\b
      | D(?:ata(?:set)?s?)?[ ]?(?:and|&)[ ]?B(?:enchmarks?)?\b(?:[ ]Track)?
      | (?:System[ ])?Demo(?:s|nstrations?)?\b(?:[ ]Track)?
      | (?:Industry|Competition|Creative[ ]AI|Blog[ ]?posts?|Position[ ]Paper|Research|Applied[ ]Data[ ]Science|Journal|ADS)[ ]Track
      | Tiny[ ]Papers?(?:[ ]Track)?
      | Student[ ]Research[ ]Workshop
      | (?:{CAPITAL}[ ](?:(?:for|of|on|and|in|the|&)[ ])?){{0,5}}Workshops?\b
      | WS\b
      | Companion\b | Extended[ ]Abstracts?\b | Adjunct\b | Industry\b
      )
      (?P<close>[)\]）]?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
NOTE = re.compile(
    r"""
      [\s,;:(\[（|–—-]{0,4}
      (?P<words>
        orals?\b(?:[ ](?:presentation|paper)s?)? | spotlights?\b | posters?\b | highlights?\b(?:[ ]paper)?
      | (?:best|outstanding|distinguished)[ ](?:\w+[ ]){0,3}?(?:papers?|awards?|demos?)\b(?:[ ](?:award|candidate|finalist|nominat\w+|runner[- ]?up|honou?rable[ ]mention)s?\b){0,3}
      | bp\b | awards?\b | honou?rable[ ]mention\b | runner[- ]?up\b | test[- ]of[- ]time\b(?:[ ]award)?
      | notable(?:[ -]top[ -]?\d+[ ]?%)? | top[ -]?\d+[ ]?% | best[ ]paper\b
      | (?:long|short|full|regular|main|workshop|accepted)\b(?:[ ](?:paper|papers|conference|track|talk))?
      | to[ ]appear\b | in[ ]press\b | under[ ]review\b | submitted\b | submission\b | rejected\b | withdrawn\b | early[ ]access\b
      | preprint\b
      )
      [\s)\]）!.🏆⭐🔥🌟✨🎉️]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
ORDINAL = r"(?:\d{1,3}(?:st|nd|rd|th)|(?:Twenty|Thirty|Forty|Fifty)?[- ]?\w{2,9}(?:st|nd|rd|th))"
SPONSOR = r"(?:ACM|IEEE|CVF|USENIX|IFIP|SIAM|AAAI|IET|RSJ|EDAC|IACR|CIC)"
LEAD = re.compile(
    rf"""
      (?P<word>
        (?:(?:to[ ]be[ ])?(?:accepted|published|presented|appear(?:s|ed|ing)?)[ ](?:by|at|to|in|for|on)(?:[ ]the)?|to[ ]appear[ ](?:in|at)|appear(?:s|ed)?[ ](?:in|at)|accepted|published)
      | in[ ]?: | in | at | @ | venue[ ]?: | publication[ ]?: | conference[ ]?: | journal[ ]?: | pub(?:lished)?[ ]?:
      )?
      [ ]*
      (?P<proceedings>(?:In[ ])?Proc(?:eedings|s|[.])?(?:[ ]of)?(?:[ ]the)?|The(?=[ ]))?
      [ ]*
      (?P<findings>Findings[ ]of[ ](?:the[ ])?)?
      (?P<year>(?:19|20)\d\d(?:[ ]*[-/_.:,]?[ ]*|[)\]][ ]*))?
      (?:{ORDINAL}[ ])?
      (?:Annual[ ])?
      (?:{SPONSOR}(?:[ ]?[/-][ ]?|[ ])){{0,3}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
DOUBT = re.compile(
    r"\b(?:(?:in|under)[ ]re(?:view|bution)|submi(?:tted|ssion)|rejected|withdrawn|target(?:s|ing)|aim(?:s|ing)?)\b[^.;|]{0,24}$",
    re.IGNORECASE,
)
ACCEPTED = re.compile(
    r"(?:\b(?:accepted|published|presented|appear(?:s|ed|ing)?)[ ](?:by|at|to|in|for|on)|\bin[ ]proc(?:eedings|[.])?(?:[ ]of)?)(?:[ ]the)?[ ](?:[A-Z]{3,6}[ /])?$",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    rf"""
      (?P<name>(?:{SPONSOR}[ /])?[A-Za-z][A-Za-z&]{{1,14}}(?:[- /][A-Z][A-Za-z&]{{1,14}}){{0,2}})
      (?:(?P<joint>[ ]?[.,:;]?[ ]?[(]?)(?P<four>(?:19|20)\d\d)|[ ]?{QUOTE}[ ]?(?P<two>\d\d|(?:19|20)\d\d))?
      [)]?
    """,
    re.VERBOSE,
)


class Year(NamedTuple):
    """A year after a name: four digits, where it ends, its month if one stands before it, and how plain it is.

    `marked` says that nobody would write it of anything but a year (four digits, an apostrophe, a month); `glued`
    that two digits stand right at the name.
    """

    year: int
    end: int
    month: str = ""
    marked: bool = True
    glued: bool = False


class Tail(NamedTuple):
    """A track after a name: its words, and where it starts (with what joins it) and ends."""

    words: str
    start: int
    end: int


def full_year(digits: str) -> int:
    """`22` → 2022, `97` → 1997; four digits are themselves."""
    number = int(digits)
    if len(digits) == 4:  # noqa: PLR2004 - a year
        return number
    return number + (2000 if number < 50 else 1900)  # noqa: PLR2004 - no list reaches back to 1949


def read_year(text: str, position: int) -> Year | None:
    """The year that stands after a name ending at `position`."""
    matched = YEAR.match(text, position)
    if matched is None:
        return None
    digits = matched["four"] or matched["quoted"] or matched["of"] or matched["two"]
    if matched["two"] and (text[matched.end() : matched.end() + 1] in tuple("-/–'’.") and text[matched.end() + 1 : matched.end() + 2].isdigit()):
        return None
    end = matched.end()
    if matched["bracket"]:
        rest = text[end : end + 3].lstrip()
        if not rest.startswith((")", "）")):
            return None
        end = end + (3 - len(text[end : end + 3].lstrip()) if False else text[end : end + 3].index(rest[0])) + 1
    return Year(
        full_year(digits),
        end,
        matched["month"] or "",
        marked=not matched["two"],
        glued=matched["two"] is not None and not matched["gap"],
    )


def read_track(text: str, position: int) -> Tail | None:
    """The track or workshop whose words stand at `position`; brackets around it are its own."""
    matched = TRACK.match(text, position)
    if matched is None:
        return None
    opened = matched["joint"].rstrip()[-1:] in tuple("([（")
    if opened != bool(matched["close"]):
        if opened:
            return None
        return Tail(matched["words"], position, matched.end("words"))
    if not matched["joint"] and position and text[position - 1].isalnum():
        return None
    return Tail(matched["words"], position, matched.end())


def read_note(text: str, position: int) -> Tail | None:
    """The note on a paper's standing (`Oral`, `Best Paper`, `to appear`) at `position`."""
    matched = NOTE.match(text, position)
    return Tail(matched["words"], position, matched.end()) if matched else None


def leads_to(text: str, position: int) -> tuple[bool, bool]:
    """Whether the words before `position` say that a paper was accepted there, and whether they leave it in doubt."""
    before = text[max(0, position - 60) : position]
    return ACCEPTED.search(before) is not None, DOUBT.search(before) is not None


def unknown_mention(text: str, *, sure: bool) -> tuple[str, int | None] | None:
    """The name and year of a text that has the shape of a venue nobody knows.

    Its name has at least two capitals and is no longer than a short name is; unless the place is `sure` to hold
    venues, a year must be there.
    """
    matched = UNKNOWN.fullmatch(text)
    if matched is None:
        return None
    name, digits = matched["name"], matched["four"] or matched["two"]
    if sum(letter.isupper() for letter in name) < 2 or not (digits or sure):  # noqa: PLR2004 - an acronym
        return None
    if len(name) > 16 and not sure:  # noqa: PLR2004 - short names are short
        return None
    year = full_year(digits) if digits else None
    return (name, year) if year is None or 1950 < year < 2050 else None  # noqa: PLR2004 - `RTX 2080` is a card
