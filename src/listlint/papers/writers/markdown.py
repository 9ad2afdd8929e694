"""Text as Markdown: escaped for its place, and no more than it must be."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["are_closed", "cell", "code", "destination", "escape", "label", "line_start"]

PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\]\\^_`{|}~"
SPECIAL = re.compile(
    rf"""\\(?=[{PUNCTUATION}]|$)   # would escape what follows
    | `
    | \*
    | (?<![^\W_])_ | _(?![^\W_])     # inside words it is text
    | ~(?=~) | (?<=~)~
    | <(?=[A-Za-z/!?])
    | &(?=\#?[A-Za-z0-9]+;)
    | \$
    | (?<=\])(?=[(\[:])              # a bracketed stretch before these may be a link
    | !(?=\[)
    """,
    re.VERBOSE,
)
BRACKETS = re.compile(r"[\[\]]")  # none is escaped yet: a backslash before one has been doubled
LINE_START = re.compile(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|\d{1,9}(?=[.)](?:\s|$))|=+\s*$|-{2,}\s*$|~{3}|\|)")
TAG = re.compile(r"<(/?)([A-Za-z][\w\-]*)(?:\s[^<>]*?)?(/?)>")
VOID = frozenset({"br", "hr", "img", "wbr"})
PIPE = re.compile(r"(\\*)\|")


def escape(text: str) -> str:
    """`text` on one line, in which no character is markup."""
    text = " ".join(text.split())
    return BRACKETS.sub(r"\\\g<0>", _escaped(text)) if _links_something(text) else _escaped(text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda match: f"\\{match[0]}" if match[0] else "", text)


def _links_something(text: str) -> bool:
    """Whether brackets in the text would be read as a link, a footnote, or a checkbox."""
    return re.search(r"\][(\[:]|\[[\^ xX]|\[\[", text) is not None or text.count("[") != text.count("]")


def label(text: str) -> str:
    """`text` as the label of a link: every bracket escaped."""
    return BRACKETS.sub(r"\\\g<0>", _escaped(" ".join(text.split())))


def are_closed(markdown: str) -> bool:
    """Whether every HTML tag that opens closes again, and the other way round."""
    if "<" not in markdown:
        return True
    depths: Counter[str] = Counter()
    for slash, name, end in TAG.findall(markdown):
        if name.lower() not in VOID and not end:
            depths[name.lower()] += -1 if slash else 1
            if depths[name.lower()] < 0:
                return False
    return not any(depths.values())


def code(text: str) -> str:
    """`text` as a code span."""
    text = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def destination(url: str) -> str:
    """`url` as a link's destination: in angle brackets where it would end too early."""
    if not url:
        return "<>"
    depth = 0
    for char in url:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            break
    if depth == 0 and not re.search(r"[\s<]", url):
        return url
    return (
        f"<{url}>"
        if not re.search(r"[<>\n]", url)
        else re.sub(r"[<>\s]", lambda match: f"%{ord(match[0]):02X}", url)
    )


def line_start(markdown: str) -> str:
    """`markdown` such that its first characters begin no block."""
    match = LINE_START.match(markdown)
    if match is None:
        return markdown
    at = match.end() if match[0][0].isdigit() else 0
    return f"{markdown[:at]}\\{markdown[at:]}"


def cell(markdown: str) -> str:
    """`markdown` for the cell of a table: on one line, each pipe escaped."""
    one_line = " ".join(markdown.split("\n"))
    return PIPE.sub(lambda match: match[0] if len(match[1]) % 2 else f"{match[1]}\\|", one_line)
