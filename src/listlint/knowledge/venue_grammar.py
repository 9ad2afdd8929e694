"""What may stand around a venue's name: years, months, tracks, notes and the words that lead to it."""

from __future__ import annotations

import re
from typing import NamedTuple

from listlint.expressions import expression

__all__ = [
    "Lead",
    "Tail",
    "Year",
    "dated_word",
    "goes_on",
    "is_accepted",
    "is_doubtful",
    "is_sponsored",
    "may_be_unknown",
    "may_mean_venues",
    "read_identifier",
    "read_joint",
    "read_lead",
    "read_note",
    "read_track",
    "read_volume",
    "read_year",
    "unknown_mention",
]

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
QUOTE = "['’‘`´′＇]"
JOINT = r"(?:\s{0,3}[.,:;]?\s{0,3}|\s{0,2}[-–—_/@]\s{0,2})"
YEAR = rf"""
    (?P<bracket>\s{{0,2}}[(（]\s{{0,2}})?
    (?:
      {JOINT}(?:{QUOTE}\s{{0,2}})?(?P<month>{MONTH})[\s,'’-]{{0,3}}(?P<of>(?:19|20)\d\d)
    | {JOINT}(?:{QUOTE}\s{{0,2}}(?P<quoted>(?:19|20)\d\d|\d\d)|(?P<four>(?:19|20)\d\d))
    | (?P<gap>\s{{0,2}}|[-–_])(?P<two>\d\d)
    )
    (?![0-9A-Za-z_%+]|[.]\d{{3}}|[.:/–-]\d{{4}}|[/–-]\d\d?(?![\d/.-]))
"""
NUMBERED_MONTH = r"(?:[./-](?:0?[1-9]|1[0-2])(?:[./-][0-3]?\d)?)(?!\d)"
NAMED = r"(?:[A-Z][\w&+-]{0,24}[ ](?:(?:for|of|on|and|in|the|&)[ ]){0,2}){0,5}"
TRACK = rf"""
    (?P<joint>[ ]?[-–—:,@/]?[ ]?[(（]?|_)
    (?P<words>
      Findings\b
    | (?i:data(?:set)?s?[ ](?:and|&)[ ]benchmarks?)\b(?:[ ](?i:track))?
    | D\s?&\s?B\b(?:[ ](?i:track))?
    | (?:System[ ])?(?i:demo(?:s|nstrations?)?)\b(?:[ ](?i:track))?
    | (?:Industry|Competition|Creative[ ]AI|Blog[ ]?posts?|Position[ ]Paper|Applied[ ]Data[ ]Science|ADS)[ ](?i:track)\b
    | Tiny[ ]Papers?\b(?:[ ](?i:track))?
    | Student[ ]Research[ ]Workshop\b | SRW\b
    | {NAMED}(?i:workshops?)\b | WS\b
    | Companion\b | Extended[ ]Abstracts?\b | Adjunct\b
    )
    (?P<close>[)）]?)
"""
NOTE = r"""
    [\s,;:(\[（|/–—-]{0,4}
    (?P<words>
      orals?\b(?:[ ](?:presentation|paper)s?)? | spotlights?\b | posters?\b | highlights?\b(?:[ ]paper)?
    | (?:best|outstanding|distinguished|top)[ ](?:[\w-]+[ ]){0,3}?(?:papers?|awards?|demos?)\b
      (?:[ ](?:award|candidate|finalist|nominat\w+|nominee|runner[- ]?up|honou?rable[ ]mention)s?\b){0,3}
    | bp\b | awards?\b(?:[ ]candidate)? | honou?rable[ ]mention\b | runner[- ]?up\b | test[- ]of[- ]time\b(?:[ ]award)?
    | notable(?:[ -]top[ -]?\d+[ ]?%)? | top[ -]?\d+[ ]?%
    | (?:long|short|full|regular|main|accepted)\b(?:[ ](?:paper|papers|conference|track|talk))?
    | to[ ]appear\b | in[ ]press\b | under[ ]review\b | submitted\b | submission\b | rejected\b | withdrawn\b
    | early[ ]access\b | pre-?prints?\b | invited\b(?:[ ](?:paper|talk))? | keynote\b
    )
    [\s)\]）!.🏆⭐🔥🌟✨🎉\ufe0f]*
"""
ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty)[- ]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|\w{4,6}teenth|\w{3,5}tieth)"
)
SPONSOR = r"(?:ACM|IEEE|CVF|USENIX|IFIP|SIAM|AAAI|RSJ|IACR|ISCA|EDAC)"
ACCEPTED = (
    r"(?:to[ ]be[ ])?(?:accepted|published|presented|appear(?:s|ed|ing)?)[ ](?:by|at|to|in|for|on)(?:[ ]the)?"
)
LEAD = rf"""
    (?:(?P<doubt>(?:currently[ ])?(?:in|under)[ ]review(?:[ ](?:of|at|by|for|in))?|submitted(?:[ ](?:to|at))?)[ ]+
    | (?:{ACCEPTED}|to[ ]appear[ ](?:in|at)|accepted|published|in[ ]?:?|at|@(?=[A-Za-z]+\W{0, 2}\d\d)|venue[ ]?:|publication[ ]?:|conference[ ]?:|journal[ ]?:)(?:[ ]+|(?<=[:@])))?
    (?P<own>)
    (?P<formal>(?:In[ ])?Proc(?:eedings|s|[.])?(?:[ ]of)?(?:[ ]the)?[ ]|The[ ])?
    (?P<findings>Findings[ ]of[ ](?:the[ ])?(?:(?:Association[ ]for[ ]Computational[ ]Linguistics|ACL)[ ]?:[ ]?)?)?
    (?P<year>(?:19|20)\d\d(?:[ ]?[-/_.:,]?[ ]?|[)\]][ ]?))?
    (?P<ordinal>{ORDINAL}[ ])?
    (?:Annual[ ])?
    (?:{SPONSOR}(?:[ ]?[/-][ ]?|[ ])){{0,3}}
    (?P<nth>{ORDINAL}[ ])?
"""
LEAD_STARTS = frozenset([word[:2].lower() for word in re.findall("[A-Za-z]{2,}", LEAD)])
LONGEST_START = len("seventeenth ")
DOUBT = r"\b(?:(?:in|under)[ ]review|submi(?:tted|ssion|t)|rejected|withdrawn|targeting)\b[^.;|]{0,24}$"
BEFORE = rf"(?:\b{ACCEPTED}|\bin[ ]proc(?:eedings|[.])?(?:[ ]of)?(?:[ ]the)?)[ ](?:[A-Z]{{3,6}}[ /])?$"
_MEANS = re.compile(r"[\d(\[]|accept|publish|present|appear|in proc", re.IGNORECASE)
IDENTIFIER = r"(?:\s?pre-?print)?[\s:,]{0,3}(?:arxiv)?[\s:]{0,2}(?:abs/)?\d{4}\.\d{4,5}(?:v\d{1,2})?(?:\s{0,2}\[[\w.-]{2,20}\])?"
UNKNOWN = rf"""
    (?P<name>(?:{SPONSOR}[ /])?[A-Za-z][A-Za-z&]{{1,14}}(?:[- /][A-Z][A-Za-z&]{{1,14}}){{0,2}})
    (?:[ ]?[.,:;]?[ ]?[(]?(?P<four>(?:19|20)\d\d)|[ ]?{QUOTE}[ ]?(?P<two>\d\d|(?:19|20)\d\d))?
    [)]?
"""
SPELT_OUT = r"""
    (?:[A-Z][\w/&-]*[ ](?:(?:of|on|for|and|in|the|&)[ ]){0,2}){0,5}
    (?P<word>Journal|Transactions|Conference|Symposium|Workshop|Proceedings|Lecture[ ]Notes)\b
    (?:[ ][\w/&',.()-]+?){0,10}
    (?:,?[ ](?P<year>(?:19|20)\d\d))?
"""
_DIGIT = re.compile(r"\d")
_VENUE_WORD = re.compile(r"Journal|Transactions|Conference|Symposium|Workshop|Proceedings|Lecture")
KINDS = {"Workshop": "workshop", "Conference": "conference", "Symposium": "conference"}
# What columns of venues also hold.
PLACES = frozenset(
    {
        "BBC",
        "GitHub",
        "HuggingFace",
        "NA",
        "OpenAI",
        "OpenReview",
        "PDF",
        "TBA",
        "TBD",
        "UK",
        "USA",
        "YouTube",
    }
)
# A card is called `RTX 2080`.
EARLIEST, LATEST = 1950, 2050
# Two digits between these are no year's: the 47th edition, volume 39.
LAST_SHORT, FIRST_SHORT = 30, 60
# `25(3), 2006`, `7, 2019`, `vol. 14, no. 3, pp. 12-24, 2020`
VOLUME = r"""
    [.,]{0,2}\s(?:[Vv]ol(?:ume|\.)?\s?)?\d{1,3}
    (?:\s?[(]\d{1,3}(?:[-–/]\d{1,3})?[)]|,?\s(?:[Nn]o|[Ii]ssue)\.?\s?\d{1,2})?
    (?:\s?[:,]\s?(?:pp?\.\s?)?\d{1,5}[-–]\d{1,5})?
    (?:,\s?|\s)[(]?(?P<year>(?:19|20)\d\d)(?!\d)[)]?
"""


class Year(NamedTuple):
    """A year after a name: four digits, where it ends, and its month if one stands before it.

    `marked`: four digits, an apostrophe or a month, which stand for nothing else; `glued`: two digits right at the name.
    """

    year: int
    end: int
    month: str = ""
    marked: bool = True
    glued: bool = False


class Tail(NamedTuple):
    """Words after a name, and where they end with what joins them."""

    words: str
    end: int


class Lead(NamedTuple):
    """What leads to a name: where it ends, and what of it counts.

    From `own` on it belongs to a full name (`29th ACM`); `formal` ones (`Proceedings of the 29th`) are a citation's.
    `findings` and `year` are offsets or -1.
    """

    own: int
    end: int
    formal: bool = False
    doubtful: bool = False
    findings: int = -1
    year: int = -1


def _pattern(source: str, *, fold: bool = False) -> re.Pattern[str]:
    return expression(source, re.VERBOSE | (re.IGNORECASE if fold else 0))


_YEAR = _pattern(YEAR)
_VOLUME = _pattern(VOLUME)
_TRACK = _pattern(TRACK)
_NOTE = _pattern(NOTE, fold=True)
_IDENTIFIER = _pattern(IDENTIFIER, fold=True)
_NUMBERED_MONTH = _pattern(NUMBERED_MONTH)
_LEAD = _pattern(LEAD, fold=True)
_BEFORE = _pattern(BEFORE, fold=True)
_DOUBT = _pattern(DOUBT, fold=True)
_UNKNOWN = _pattern(UNKNOWN)
_SPELT_OUT = _pattern(SPELT_OUT)
_CLOSING = _pattern(r"\s{0,2}[)）]")
_JOINING = _pattern(r"\s*(?:[&,;/+|、，]|\band\b)\s*")
_GOES_ON = _pattern(r"\s(?:(?:and|of|for|in|on|with|&)\s)?[A-Z][a-z]")
_OPEN_SPACE = _pattern(r"(?<![.,;:(])[ ]$|[-/]$")
_WORD_BEFORE = _pattern(r"[A-Z][a-z]+[ ]$")
_SPONSORED = _pattern(rf"\b{SPONSOR}[ /]$", fold=True)
_LONG_WORD = _pattern(r"[A-Z][A-Za-z]{3,}")


def full_year(digits: str) -> int:
    """`22` → 2022, `97` → 1997; four digits are themselves."""
    number = int(digits)
    if len(digits) == 4:  # noqa: PLR2004 - a year
        return number
    return number + (2000 if number < EARLIEST % 100 else 1900)


def read_year(text: str, position: int) -> Year | None:
    """The year that stands after a name ending at `position`."""
    matched = _YEAR.match(text, position) if position < len(text) else None
    if matched is None:
        return None
    end, two = matched.end(), matched["two"]
    digits = matched["four"] or matched["quoted"] or matched["of"] or two
    if matched["bracket"]:
        rest = _CLOSING.match(text, end)
        if rest is None:
            return None
        end = rest.end()
    elif two and text[end : end + 1] in (".", ",") and text[end + 1 : end + 2].isdigit():
        return None
    if len(digits) == len("22") and LAST_SHORT < int(digits) < FIRST_SHORT:
        return None
    return Year(
        full_year(digits), end, matched["month"] or "", two is None, two is not None and not matched["gap"]
    )


def read_volume(text: str, position: int) -> Year | None:
    """The year behind a journal's volume (`25(3), 2006`), and where it ends."""
    matched = _VOLUME.match(text, position) if position < len(text) else None
    return Year(int(matched["year"]), matched.end()) if matched else None


def read_track(text: str, position: int) -> Tail | None:
    """The track or workshop whose words stand at `position`, with brackets of its own."""
    matched = _TRACK.match(text, position) if position < len(text) else None
    if matched is None or (not matched["joint"] and text[position - 1 : position].isalnum()):
        return None
    opened = matched["joint"].rstrip()[-1:] in ("(", "（")
    if opened and not matched["close"]:
        return None
    return Tail(matched["words"], matched.end() if opened else matched.end("words"))


def read_note(text: str, position: int) -> Tail | None:
    """The note on a paper's standing (`Oral`, `Best Paper`, `to appear`) at `position`."""
    matched = _NOTE.match(text, position) if position < len(text) else None
    return Tail(matched["words"], matched.end()) if matched else None


def read_joint(text: str, position: int) -> int | None:
    """Where the next venue starts, if `position` stands before what joins two of them (`&`, `/`, `and`)."""
    matched = _JOINING.match(text, position)
    return matched.end() if matched else None


def read_identifier(text: str, position: int) -> int | None:
    """Where the identifier of a preprint (`:2502.11101`, ` preprint arXiv:2502.11101 [cs.CL]`) ends."""
    matched = _IDENTIFIER.match(text, position) if position < len(text) else None
    return matched.end() if matched else None


def read_numbered_month(text: str, position: int) -> int:
    """Where `.05` or `-05-12` after a year ends; `position` where there is none."""
    matched = _NUMBERED_MONTH.match(text, position)
    return matched.end() if matched else position


def read_lead(text: str, start: int, end: int) -> Lead:
    """The words from `start` on that lead to a name: `accepted by`, `Proceedings of the 29th ACM`, a year."""
    matched = _LEAD.match(text, start, end) if _may_lead(text, start) else None
    if matched is None or matched.end() == start:
        return Lead(start, start)
    formal = bool(
        matched["ordinal"] or matched["nth"] or (matched["formal"] or "").lower().startswith(("in", "proc"))
    )
    own = matched.start("own")
    return Lead(
        own, matched.end(), formal, bool(matched["doubt"]), matched.start("findings"), matched.start("year")
    )


def _may_lead(text: str, start: int) -> bool:
    """Whether what stands at `start` may lead to a name; quick, and wrong only in saying yes."""
    head = text[start : start + LONGEST_START].lower()
    if head[:2] in LEAD_STARTS or not head[:2].isalpha() or not head.isascii():
        return True
    return "teenth" in head or "tieth" in head


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a full name from `start` to `end` is only a part of a longer one."""
    if _GOES_ON.match(text, end):
        return True
    return bool(_OPEN_SPACE.search(text[max(0, start - 1) : start])) and bool(
        _WORD_BEFORE.search(text[max(0, start - 25) : start])
    )


def may_mean_venues(text: str) -> bool:
    """Whether running text has a year, a bracket or words of acceptance, without which no name in it is a venue's."""
    return _MEANS.search(text) is not None


def is_accepted(before: str) -> bool:
    """Whether a text ends in words such as `accepted by`."""
    return _BEFORE.search(before[-60:]) is not None


def is_sponsored(before: str) -> bool:
    """Whether a text ends in the name of a society that sponsors conferences: `IEEE `."""
    return _SPONSORED.search(before[-12:]) is not None


def is_doubtful(before: str) -> bool:
    """Whether a text ends in words such as `in review of`."""
    return _DOUBT.search(before[-60:]) is not None


def may_be_unknown(text: str) -> bool:
    """Whether a text has a digit or a word that venues' names have, without which it is no venue that nobody knows."""
    return _DIGIT.search(text) is not None or _VENUE_WORD.search(text) is not None


def unknown_mention(text: str, *, sure: bool) -> tuple[str, int | None, str] | None:
    """The name, year and kind of a text that has the shape of a venue nobody knows.

    A short name has at least two capitals and, unless the place is `sure` to hold venues, a year; a name that is spelt
    out says itself that it is a journal or conference.
    """
    matched = _UNKNOWN.fullmatch(text)
    if matched is None:
        named = _SPELT_OUT.fullmatch(text) if _VENUE_WORD.search(text) and " " in text else None
        if named is None:
            return None
        name = text[: named.start("year")].rstrip(" ,") if named["year"] else text
        return name, int(named["year"]) if named["year"] else None, KINDS.get(named["word"], "journal")
    name, digits = matched["name"], matched["four"] or matched["two"]
    words = re.split(r"[ /-]", name)
    if not any(sum(map(str.isupper, word)) > 1 for word in words) or not (
        digits or (sure and name not in PLACES)
    ):
        return None
    year = full_year(digits) if digits else None
    return (name, year, "other") if year is None or EARLIEST < year < LATEST else None


def dated_word(text: str) -> tuple[str, int] | None:
    """The word and the year of a text that is nothing but a capitalised word and a year."""
    word = _LONG_WORD.match(text)
    year = read_year(text, word.end()) if word else None
    return (word[0], year.year) if word and year and year.marked and year.end == len(text) else None
