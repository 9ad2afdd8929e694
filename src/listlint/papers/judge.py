"""Whether what was read is a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.model import Role
from listlint.papers.shapes import is_address, is_date

if TYPE_CHECKING:
    from listlint.papers.draft import Draft

__all__ = ["SURE", "holds_several", "is_template", "names_paper", "weight"]

LONG_LABEL = 5  # words
LONGEST_VENUE = 10  # words
NAME = 3  # words: more of them are a title
SURE = 0.9
TWO_LETTERS = re.compile(r"[^\W_][\W_]*[^\W_]")
ADDRESS = re.compile("https?://[A-Za-z0-9]")
TEMPLATES = frozenset(
    {
        "url",
        "link",
        "paper url",
        "code url",
        "https://",
        "http://",
        "#",
        "xxx",
        "todo",
        "paper_url",
        "code_url",
        "paper-url",
        "<url>",
    }
)
NOT_PAPERS = frozenset({"github", "gitlab", "hf", "hf-dataset", "hf-space", "youtube", "zhihu"})


def is_external(url: str) -> bool:
    """Whether the link leads out of the repository."""
    return url.lower().startswith(("http:", "https:", "//", "www.", "ftp:"))


def names_paper(draft: Draft) -> bool:
    """Whether a link names a paper by an identifier, or is a file that can only be one."""
    hosts = draft.asked.hosts
    for link in draft.links:
        if link.role is Role.FOLLOWUP:
            continue
        facts = hosts.read(link.url)
        if (
            facts.identity is not None
            and facts.identity.namespace not in NOT_PAPERS
            and facts.role in ("paper", None)
        ):
            return True
        if facts.role == "paper" or link.url.lower().split("?")[0].endswith(".pdf"):
            return True
    return False


def holds_several(draft: Draft) -> bool:
    """Whether the paper links name two papers by identifiers of the same kind."""
    if len(draft.links) < 2:  # noqa: PLR2004 - two are several
        return False
    found: dict[str, str] = {}
    for link in draft.links:
        identity = draft.asked.hosts.read(link.url).identity if link.role is Role.PAPER else None
        if identity is not None and found.setdefault(identity.namespace, identity.id) != identity.id:
            return True
    return False


def is_template(draft: Draft) -> bool:
    """Whether this is a line that shows contributors how to write one, `[Paper](URL)`, or one of a table of contents."""
    for link in draft.links:
        if ADDRESS.match(link.url):
            return False
        url = link.url.strip().strip("<>").lower()
        if url not in TEMPLATES and not (url[:1] == "#" and draft.title_linked):
            return False
    return bool(draft.links)


def is_title(draft: Draft, title: str | None, *, named: bool) -> bool:
    """Whether the title can be a paper's: no label, date, address or venue. `named`: a link of the draft names a paper."""
    if title is None or TWO_LETTERS.search(title) is None or is_address(title) or is_date(title):
        return False
    if ": " in title and is_date(title.rpartition(": ")[2]):
        return False
    if draft.title_linked and (named or len(title.split()) > LONGEST_VENUE):
        return True
    found = draft.asked.venue(title)
    if draft.title_linked:
        return found is None
    if found is not None and not (named and len(found.text) < len(title) - 8):  # the rest is words of its own
        return False
    return (named and len(title.split()) >= LONG_LABEL) or not draft.asked.fields.is_label(title)


def weight(draft: Draft, section_kind: str | None = None) -> float:
    """How surely this is a paper, 0 to 1; `SURE` and more stand even alone in running text."""
    title, named = draft.title, names_paper(draft)
    if not is_title(draft, title, named=named) or is_template(draft):
        return 0.0
    if named:
        return 1.0
    external = any(is_external(link.url) for link in draft.links)
    venue = draft.venue
    if (
        venue is not None
        and (venue.kind != "other" or venue.year is not None)
        and (venue.year or external or draft.authors)
    ):
        return SURE
    if section_kind is not None:
        return 0.0
    if (
        draft.title_linked
        and len((title or "").split()) > NAME
        and not any(link.url.strip() for link in draft.links)
    ):
        return 0.5  # a linked title whose address is still to come
    if external and (draft.title_linked or any(link.role is not Role.OTHER for link in draft.links)):
        return 0.7
    if draft.authors and (draft.date is not None or draft.links):
        return 0.6
    return (
        0.5
        if draft.title_linked and any(link.role is Role.PAPER and ".pdf" in link.url for link in draft.links)
        else 0.0
    )
