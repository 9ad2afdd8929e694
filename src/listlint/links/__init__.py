"""Whether links are alive. Importing this room costs nothing: the HTTP client comes with the first question."""

from __future__ import annotations

from listlint.links.ask import LinksInterrupted, check_links
from listlint.links.memory import VerdictMemory
from listlint.links.options import LinkOptions
from listlint.links.progress import Progress, TerminalProgress

__all__ = [
    "LinkOptions",
    "LinksInterrupted",
    "Progress",
    "TerminalProgress",
    "VerdictMemory",
    "check_links",
]
