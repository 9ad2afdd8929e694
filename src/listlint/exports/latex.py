"""Text as LaTeX writes it, and back."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["from_latex", "to_latex"]

ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# BibTeX counts escaped braces too: one without its partner has to be named.
NAMED_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
SPECIAL = re.compile(r"[\\{}&%$#_~^]")
MATH = re.compile(r"\$[^$\n{}\\]{1,80}\$")
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
ACCENT = re.compile(r"""\\(?:([`'^~=."])\s*\{?\\?([A-Za-z])\}?|([urHvdckb])(?:\s+|\s*\{)\\?([A-Za-z])\}?)""")
LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "i": "i",
    "j": "j", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "\ue100",
    "textbraceright": "\ue101",
}  # fmt: skip
LETTER = re.compile(
    r"\\(ss|ae|AE|oe|OE|aa|AA|text(?:backslash|ascii(?:tilde|circum)|brace(?:left|right))|[oOlLij])(?![A-Za-z])(?:\{\}|\s+)?"
)
ESCAPED = re.compile(r"\\([{}&%$#_])")
KEPT = "\ue100\ue101"  # braces that are text


def to_latex(text: str, *, keep_case: bool = False) -> str:
    """`text` as LaTeX shows it; formulas between dollars stay. `keep_case` braces words that a style would lower."""
    pieces, offset = [], 0
    escapes = ESCAPES if _are_paired(text) else ESCAPES | NAMED_BRACES
    for formula in MATH.finditer(text):
        pieces += [_escaped(text[offset : formula.start()], escapes, keep_case=keep_case), formula[0]]
        offset = formula.end()
    return "".join([*pieces, _escaped(text[offset:], escapes, keep_case=keep_case)])


def _are_paired(text: str) -> bool:
    """Whether every brace has its partner."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _escaped(text: str, escapes: Mapping[str, str], *, keep_case: bool) -> str:
    words = re.split(r"(\s+)", text)
    return "".join(_word(word, escapes, keep_case=keep_case) for word in words)


def _word(word: str, escapes: Mapping[str, str], *, keep_case: bool) -> str:
    escaped = SPECIAL.sub(lambda match: escapes[match[0]], word)
    inner = word.strip(".,;:!?()[]\"'“”")
    if (
        keep_case
        and any(char.isupper() for char in inner[1:])
        and inner.isascii()
        and inner.isprintable()
        and SPECIAL.search(inner) is None
    ):
        return escaped.replace(inner, f"{{{inner}}}", 1)
    return escaped


def from_latex(text: str) -> str:
    """The text that LaTeX would show: accents, letters and escapes resolved, grouping braces dropped."""
    text = ACCENT.sub(_accented, text).replace("~", " ")
    text = LETTER.sub(lambda match: LETTERS[match[1]], text)
    text = ESCAPED.sub(lambda match: KEPT["{}".index(match[1])] if match[1] in "{}" else match[1], text)
    text = text.replace("{", "").replace("}", "")
    return " ".join(text.replace(KEPT[0], "{").replace(KEPT[1], "}").split())


def _accented(match: re.Match[str]) -> str:
    accent, letter = (match[1], match[2]) if match[1] else (match[3], match[4])
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])
