"""The inline pass, with the place of each construct stamped on its token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import helpers
from markdown_it.rules_inline import autolink, backtick, entity, escape, html_inline, image, link, newline
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.rules_inline.strikethrough import tokenize as strikethrough

from listlint.markdown.flat import PLAIN_LINK
from listlint.markdown.parser import BoundedInline

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ["SPECIAL", "Stamp", "StampingInline", "stamp_of"]

STAMP = "listlint"

# Which of the parser's own rules can match at a character; at every other character none of them can.
RULES: dict[str, tuple[Callable[[StateInline, bool], bool], ...]] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "~": (strikethrough,),
    "*": (emphasis,),
    "_": (emphasis,),
    "[": (link,),
    "!": (image,),
    "<": (autolink, html_inline),
    "&": (entity,),
}
SPECIAL = re.compile("[" + re.escape("".join(RULES)) + "]")
SPECIAL_OR_BRACKET = re.compile("[" + re.escape("".join(RULES)) + "\\]]")


class Stamp(NamedTuple):
    """Where a construct stands in the content it was read from: offsets, ends exclusive.

    Links and images also tell where the label ends and where the destination stands (-1 for references).
    """

    start: int
    end: int
    label_end: int = -1
    url_start: int = -1
    url_end: int = -1


def stamp_of(token: Token) -> Stamp | None:
    """The token's stamp; None for tokens that are part of another construct, or plain text."""
    stamp = token.meta.get(STAMP)
    return stamp if isinstance(stamp, Stamp) else None


class _Helpers:
    """The parser's link helpers, which also remember what they found."""

    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815 - the parser's name

    def __init__(self) -> None:
        self.labels: dict[tuple[int, int], int] = {}
        self.urls: dict[tuple[int, int], int] = {}

    def parseLinkLabel(self, state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N802, N803 - the parser's names
        end = helpers.parseLinkLabel(state, start, disableNested)
        self.labels[id(state), start] = end
        return end

    def parseLinkDestination(self, text: str, start: int, maximum: int) -> Any:  # noqa: N802 - the parser's name
        result = helpers.parseLinkDestination(text, start, maximum)
        if result.ok:
            # A backslash before a line ending escapes nothing, though the parser takes the two together.
            self.urls[id(text), start] = result.pos - text.startswith("\\\n", result.pos - 2)
        return result


def _as_written(url: str) -> str:
    """A destination, not encoded: the tree keeps it as the list has it."""
    return url


class StampingInline(BoundedInline):
    """The parser's inline pass, rule for rule; each rule's tokens learn where it began and ended.

    A character that no rule can match is not offered to any, which makes this faster than the plain pass.
    """

    def __init__(self, md: MarkdownIt) -> None:
        super().__init__()
        self.found = _Helpers()
        md.inline = self
        md.normalizeLink = _as_written  # type: ignore[method-assign] # no one follows the tokens' links
        md.helpers = self.found  # type: ignore[assignment] # duck-typed

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Read `src` into `tokens`."""
        if SPECIAL.search(src) is None:
            return tokens
        return super().parse(src, md, env, tokens)

    def forget(self) -> None:
        """Drop what the link helpers remember; call it between contents."""
        self.found.labels.clear()
        self.found.urls.clear()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the parser's name
        """Step over one construct, or text up to where the next may begin."""
        pos = state.pos
        known = state.cache.get(pos)
        if known is not None:
            state.pos = known
            return
        if state.src[pos] == "[" and (plain := PLAIN_LINK.match(state.src, pos, state.posMax)):
            state.pos = plain.end()
        elif state.level < state.md.options["maxNesting"]:
            for rule in RULES.get(state.src[pos], ()):
                state.level += 1
                matched = rule(state, True)
                state.level -= 1
                if matched:
                    break
            else:
                state.pos = self._text_end(state, pos)
        else:
            state.pos = state.posMax
        state.cache[pos] = state.pos

    @staticmethod
    def _text_end(state: StateInline, pos: int) -> int:
        """Where the text at `pos` ends; a bracket counts alone, because the link helper counts brackets."""
        if state.src[pos] == "[":
            return pos + 1
        following = SPECIAL_OR_BRACKET.search(state.src, pos + 1, state.posMax)
        return following.start() if following else state.posMax

    def tokenize(self, state: StateInline) -> None:
        """Read the state's range."""
        src, end = state.src, state.posMax
        while state.pos < end:
            special = SPECIAL.search(src, state.pos, end)
            if special is None:
                state.append_pending(src[state.pos : end])
                state.pos = end
                break
            start = special.start()
            if start > state.pos:
                state.append_pending(src[state.pos : start])
                state.pos = start
            if not self._match(state, start):
                state.append_pending(src[start])
                state.pos = start + 1
        if state.pending:
            state.pushPending()

    def _match(self, state: StateInline, start: int) -> bool:
        """Whether a rule took the character at `start`; its tokens are stamped."""
        if state.level >= state.md.options["maxNesting"]:
            return False
        if state.src[start] == "[" and (plain := PLAIN_LINK.match(state.src, start, state.posMax)):
            _take_link(state, plain)
            return True
        before = len(state.tokens)
        for rule in RULES[state.src[start]]:
            if rule(state, False):
                if rule is emphasis:
                    _stamp_run(state.tokens, state.pos, state.pos - start, 1)
                elif rule is strikethrough:
                    _stamp_run(state.tokens, state.pos, (state.pos - start) // 2, 2)
                elif rule is link or rule is image:
                    self._stamp_link(state, before, start)
                elif len(state.tokens) > before:
                    _stamp_first(state.tokens, before, Stamp(start, state.pos))
                return True
        return False

    def _stamp_link(self, state: StateInline, before: int, start: int) -> None:
        """Stamp a link's or image's first token with the places of its label and destination too."""
        src, end = state.src, state.pos
        bracket = start + (src[start] == "!")
        label_end = self.found.labels[id(state), bracket]
        url_start = url_end = -1
        if end > label_end + 1 and src[label_end + 1] == "(":
            url_start = label_end + 2
            while src[url_start] in " \t\n":
                url_start += 1
            url_end = self.found.urls.get((id(src), url_start), url_start)
        _stamp_first(state.tokens, before, Stamp(start, end, label_end, url_start, url_end))


def _take_link(state: StateInline, found: re.Match[str]) -> None:
    """Take a link of words; they are text whatever stands around them."""
    url = found.span("url")
    token = state.push("link_open", "a", 1)
    token.meta[STAMP] = Stamp(found.start(), found.end(), found.end("label"), *url)
    state.push("link_close", "a", -1)
    state.pos = found.end()


def _stamp_first(tokens: list[Token], before: int, stamp: Stamp) -> None:
    """Stamp the first token that is not the text flushed ahead of it."""
    token = tokens[before]
    if token.type == "text" and len(tokens) > before + 1:
        token = tokens[before + 1]
    if token.type == "text_special" and token.content == token.markup:
        return  # a backslash that escapes nothing is text
    token.meta[STAMP] = stamp


def _stamp_run(tokens: list[Token], end: int, count: int, width: int) -> None:
    """Stamp the delimiters of one run, each a token of its own, counted from the run's end."""
    for index in range(count):
        stop = end - index * width
        tokens[-1 - index].meta[STAMP] = Stamp(stop - width, stop)
