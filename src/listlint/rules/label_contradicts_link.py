"""`label-contradicts-link`: `Paper` on a repository, `Code` on a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Finding
from listlint.markdown.destinations import destinations
from listlint.papers.model import PaperList
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields
    from listlint.knowledge.hosts import Hosts

__all__ = ["label_contradicts_link"]

# What stands at these is a paper and nothing else; DOIs, OpenReview and Zenodo hold code and data as well.
_PAPERS = frozenset(
    {
        "acl",
        "arxiv",
        "cvf",
        "ecva",
        "iacr",
        "ieee",
        "ijcai",
        "jmlr",
        "mlsys",
        "neurips",
        "pmlr",
        "pvldb",
        "usenix",
    }
)
_SEVERAL = expression(r"list|collection|awesome|papers|repo|git|source|code", re.IGNORECASE)
_LONGEST = 30


@rule("LNK009", "label-contradicts-link", on=PaperList)
def label_contradicts_link(papers: PaperList, hosts: Hosts, fields: Fields) -> Iterator[Finding]:
    """A link leads to what its label says: a paper is no repository."""
    for link in destinations(papers.tree):
        if link.kind not in ("link", "html") or link.badge or not 0 < len(link.label) <= _LONGEST:
            continue
        label = fields.label(link.label)
        if label not in ("paper", "code") or fields.is_weak(link.label):
            continue
        facts = hosts.read(link.url)
        space = "" if facts.identity is None else facts.identity.namespace
        if label == "code":
            if space in _PAPERS and facts.role == "paper":
                yield Finding(link.span, f'link "{link.label}" leads to a paper: "{link.url}"')
        elif space == "github" and facts.role == "code" and not _SEVERAL.search(link.label):
            yield Finding(link.span, f'link "{link.label}" leads to a repository: "{link.url}"')
