"""What the dialects share: the title with its link, labelled links, and lines that begin with a key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.model import Role
from listlint.papers.writers.markdown import code, destination, escape, label
from listlint.papers.writers.paper import TICK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listlint.papers.writers.paper import Order, Paper, PaperLink, PaperVenue, Words

__all__ = [
    "BADGE",
    "KEYS",
    "bars",
    "comments",
    "given",
    "is_badge",
    "is_remark",
    "is_reversed",
    "keyed_lines",
    "keywords",
    "labelled",
    "lead",
    "link",
    "linked_title",
    "notes",
    "other_links",
    "places",
    "title",
    "venue_text",
    "venues",
]

KEYS = {
    Role.PAPER: "Paper",
    Role.CODE: "Code",
    Role.PROJECT: "Project",
    Role.SLIDES: "Slides",
    Role.VIDEO: "Video",
    Role.BLOG: "Blog",
    Role.DATA: "Data",
    Role.DEMO: "Demo",
    Role.NOTES: "Notes",
    Role.FOLLOWUP: "Follow-up",
    Role.OTHER: "Other",
}
PARTED = re.compile(r"[,;|；，、/·•]|\.\s|\s[-–—]\s")
BADGE = "!["
KEYWORD_EDGES = "#.:[]"  # no part of a keyword that no code span holds
LABELS = frozenset(("here", "link", "paper", "pdf", "this"))
SHORT = 4  # words: a linked text that is longer is a title, and what follows its colon a note
ENDS = " .,;|:"


def title_link(paper: Paper) -> PaperLink | None:
    """The link that stands on the title, or on the first part of it."""
    if paper.title is None:
        return None
    for one in paper.links:
        if _title_rest(paper.title, one.label.text) is not None:
            return one
    return None


def _title_rest(title: str, text: str) -> str | None:
    """What of the title stands behind a linked text; None where the title does not begin with it."""
    text = text.strip()
    if text.strip(ENDS) == title.strip(ENDS) and text:
        return ""
    if len(text) < 2 or not title.startswith(text):  # noqa: PLR2004 - a letter is no name
        return None
    rest = title[len(text) :]
    return rest if rest.startswith((": ", " ")) else None


def linked_title(order: Order) -> PaperLink | None:
    """The link that the title is written with: its own, or any where a title could not be told without."""
    if order.effort.plain:
        return None
    found = title_link(order.paper)
    if found is None and order.effort.whole and order.paper.links:
        return order.paper.links[0]
    return found


def title(order: Order) -> str:
    """The title, linked as its list has it; bold where it could not be told otherwise."""
    paper, linked = order.paper, linked_title(order)
    if linked is None:
        words = paper.title_words.markdown
        return f"**{words}**" if order.effort.bold and words else words
    if order.effort.whole:
        return f"[{label(paper.title or '')}]({destination(linked.url)})"
    rest = _title_rest(paper.title or "", linked.label.text) or ""
    if rest.startswith(" ") and linked.label.text.endswith(("?", "!")):
        rest = f":{rest}"
    return (
        link(linked) + escape(rest).replace("\\ ", " ")
        if rest[:1] != " "
        else f"{link(linked)} {escape(rest)}"
    )


def link(one: PaperLink) -> str:
    """A link in Markdown."""
    if one.markdown:
        return one.markdown
    if one.label.text == one.url and re.match(r"https?://[^\s<>]+$", one.url):
        return f"<{one.url}>"
    return f"[{one.label.markdown}]({destination(one.url)})" if one.label.text else one.url


def labelled(one: PaperLink, *, keyed: bool) -> str:
    """A link that says what it is: by its label, else by a key before it."""
    if one.names_venue or is_reversed(one) or not (keyed or not one.tells):
        return link(one)
    text = link(one)
    if keyed and one.role is Role.PAPER and one.label.text and one.label.text.lower() not in LABELS:
        text = f"\\[{text}]"  # else it would be a title
    return f"{KEYS[one.role]}: {text}"


def is_reversed(one: PaperLink) -> bool:
    """Whether it is written as `(label)[address]`, which has to stand alone between bars."""
    return one.markdown.startswith("(")


def bars(order: Order) -> str:
    """The links that have to stand alone behind bars."""
    return "".join(f" | {one.markdown}" for one in other_links(order) if is_reversed(one))


def other_links(order: Order) -> list[PaperLink]:
    """The links beside the title's, without those that stand inside a note."""
    first = linked_title(order)
    return [one for one in order.paper.links if one is not first and (not one.held or order.effort.keyed)]


def given(words: Iterable[Words], order: Order) -> list[str]:
    """The Markdown of the texts that no note holds already."""
    return [one.markdown for one in words if one.markdown and (not one.held or order.effort.keyed)]


def venue_text(venue: PaperVenue, *, pictured: bool = True) -> str:
    """The venue with its year; `pictured` as the badge that shows it."""
    year = str(venue.year or "")
    if is_badge(venue.words):
        if pictured:
            return venue.words.markdown
        venue = venue._replace(words=venue.words._replace(markdown=escape(venue.words.text)))
    stated = not year or year in venue.words.text or re.search(rf"(?<!\d){year[2:]}(?!\d)", venue.words.text)
    return venue.words.markdown if stated else f"{venue.words.markdown} {year}"


def venues(order: Order) -> list[str]:
    """The venues that nothing else holds, the chief one first."""
    return list(
        dict.fromkeys(
            venue_text(one, pictured=not order.effort.keyed)
            for one in order.paper.venues
            if not one.words.held or order.effort.keyed
        )
    )


def places(order: Order) -> str:
    """The places; by semicolons where commas did not part them."""
    words = given(order.paper.institutions, order)
    if (order.effort.keyed or order.effort.bold) and (len(words) > 1 or any("," in one for one in words)):
        return "; ".join(words) + ";" * (len(words) == 1 and order.effort.bold)
    return ", ".join(words)


def keywords(order: Order) -> list[str]:
    """The keywords outside notes; all in code spans where one would be taken for several: those are read first."""
    words = [one for one in order.paper.keywords if not one.held]
    coded = any(PARTED.search(one.text) or one.text != one.text.strip(KEYWORD_EDGES) for one in words)
    if order.effort.keyed:
        words = [one._replace(markdown=escape(one.text)) if is_badge(one) else one for one in words]
    return [one.markdown if is_badge(one) else code(one.text) if coded else one.markdown for one in words]


def is_badge(words: Words) -> bool:
    """Whether a picture shows the words."""
    return words.markdown.startswith(BADGE)


def lead(order: Order, checkbox: str = "") -> str:
    """What stands before the title: the checkbox, or the mark that stands for a ticked one, and the marks."""
    box = checkbox or (f"{TICK} " if order.paper.read else "")
    return box + "".join(f"{one.markdown} " for one in order.paper.marks)


def comments(order: Order) -> str:
    """The entry's comments, for the end of its line."""
    return "".join(f" {one}" for one in order.paper.comments)


def keyed_lines(order: Order, *, links: bool = True) -> Iterator[str]:
    """The fields, each on a line with its key."""
    paper = order.paper
    if authors := given(paper.authors, order):
        yield f"Authors: {', '.join(authors)}"
    if home := places(order):
        yield home if order.effort.bare else f"Institution: {home}"
    where, tags = venues(order), keywords(order)
    if badges := [one for one in (*where, *tags) if one.startswith(BADGE)]:
        yield " ".join(badges)
    if named := [one for one in where if not one.startswith(BADGE)]:
        yield f"Venue: {', '.join(named)}"
    if paper.date is not None and not paper.date.held:
        yield f"Date: {paper.date.markdown}"
    if words := [one for one in tags if not one.startswith(BADGE)]:
        yield f"Keywords: {', '.join(words)}"
    if links:
        yield from (labelled(one, keyed=True) for one in other_links(order) if not is_reversed(one))
    keyed = {one.markdown for one in paper.notes if one.keyed}
    for note in notes(order):
        yield note if order.effort.bare or note in keyed else f"Note: {note}"


def notes(order: Order) -> list[str]:
    """The notes, and what has no place of its own."""
    return [*given(order.paper.notes, order), *(one.markdown for one in order.paper.rest)]


def is_remark(order: Order, said: list[str]) -> bool:
    """Whether the one note can stand behind the title and a colon, where no list takes it for a subtitle."""
    linked = linked_title(order)
    if linked is None or len(said) != 1 or order.effort.bold:
        return False
    whole = linked.label.text.strip(" .:") == (order.paper.title or "").strip(" .:")
    return whole and said[0][:1].islower() and len(linked.label.text.split()) > SHORT
