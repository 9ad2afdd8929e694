"""What addresses name: the rows' own examples, tables of forms and faults, and properties of any text at all."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from listlint.knowledge.hosts import Hosts, LinkFacts
from listlint.knowledge.rulebook import KnowledgeError, load, rulebook
from listlint.knowledge.venues import Venues

DATA = Path(__file__).parent / "data"
HOSTS = Hosts.load()
CONTENT = load("hosts")
ROWS = [(group, row) for group in CONTENT["hosts"] for row in group.get("rows", ())]
EXAMPLES = [(url, expected) for _, row in ROWS for url, expected in row["examples"].items()]
URLS = [url for url, _ in EXAMPLES]


def table(name):
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("url", "expected"), EXAMPLES, ids=URLS)
def test_rows_hold_what_their_examples_say(url, expected):
    facts = HOSTS.read(url)
    found = [
        None if facts.identity is None else str(facts.identity),
        facts.venue,
        facts.year,
        facts.canonical,
    ]
    assert found == [*expected, None, None, None, None][:4]


@pytest.mark.parametrize(
    ("group", "row"), ROWS, ids=lambda part: part.get("path", "") if "path" in part else None
)
def test_each_row_is_reached_by_an_example_of_its_own(group, row):
    pattern = re.sub(r"\{([a-z-]+)\}", lambda found: CONTENT["pieces"][found[1]], row["path"])
    assert row["examples"]
    assert group["source"]
    for url in row["examples"]:
        assert re.search(r"/+([^/].*)?$", url)
        if "as" not in row and not url.startswith("https://dl.acm.org/doi/10.5555"):
            path = re.sub("//+", "/", "/" + re.sub(r"\\", "", url).split("/", 3)[3])
            assert re.fullmatch(pattern, re.split("[?#]", path)[0].rstrip("/").replace("%20", " ")), url


TODAYS = [url for url in URLS if re.search(r"\d{4}\.\d{5}", url)] + [
    "https://arxiv.org/abs/2401.00001?x=/2401.00001",
    "https://arxiv.org/abs/%32401.00001?x=/2401.00001",
    "https://arxiv.org/abs/2401\\.00001?x=/2401.00001",
    "https://arxiv.org/abs/2401.00001#/2401.00001",
    "https://arxiv.org/abs/2401.00001v2.pdf",
    "HTTPS://WWW.arxiv.org/pdf/2401.00001v2",
]


@pytest.mark.parametrize("url", TODAYS)
@pytest.mark.parametrize("id_", ["2402.12345", "1511.00009", "2402.00000", "2413.00001", "1401.00001"])
def test_an_address_tells_the_same_whatever_was_read_before(url, id_):
    hosts = Hosts.load()
    hosts.read(url)
    for other in (
        re.sub(r"\d{4}\.\d{5}", id_, url),
        id_.join(re.split(r"\d{4}\.\d{5}(?!.*\d{4}\.\d{5})", url)),
    ):
        assert hosts.read(other) == Hosts.load().read(other)


@pytest.mark.parametrize(("url", "style", "expected"), table("host_forms"))
def test_addresses_are_written_in_the_style(url, style, expected):
    assert HOSTS.canonical(url, style) == expected
    if expected is not None:
        assert HOSTS.read(expected).identity == HOSTS.read(url).identity


@pytest.mark.parametrize(("url", "complaint", "identity"), table("host_ids"))
def test_faulty_identifiers_are_told(url, complaint, identity):
    facts = HOSTS.read(url)
    assert (facts.malformed is None) == (complaint is None)
    assert complaint is None or complaint in facts.malformed
    assert (None if facts.identity is None else str(facts.identity)) == identity


@pytest.mark.parametrize("url", URLS)
def test_examples_and_their_forms_agree(url):
    for style in ("abs", "pdf", "keep"):
        written = HOSTS.canonical(url, style)
        if written is not None:
            assert HOSTS.canonical(written, style) is None
            assert HOSTS.read(written).identity == HOSTS.read(url).identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.usenix.org/conference/osdi22/presentation/yu", "https://www.usenix.org/system/files/osdi22-paper-yu.pdf"),
        ("https://doi.org/10.48550/ARXIV.2401.00001", "http://arxiv.org/pdf/2401.00001v7.pdf"),
        ("https://doi.org/10.18653/v1/2022.acl-long.72", "https://www.aclweb.org/anthology/2022.acl-long.72.pdf"),
        ("https://doi.org/10.1145/3600006.3613999", "https://dl.acm.org/doi/pdf/10.1145/3600006.3613999"),
        ("https://ieeexplore.ieee.org/document/9259242/", "https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=09259242"),
        ("https://nips.cc/virtual/2024/poster/96909", "https://neurips.cc/virtual/2024/oral/96909"),
        ("https://proceedings.mlr.press/v37/doe15.html", "http://jmlr.org/proceedings/papers/v37/doe15.pdf"),
        ("https://openreview.net/forum?id=AbCdEfGhIj", "https://openreview.net/attachment?id=AbCdEfGhIj&name=pdf"),
        ("arxiv.org/abs/2401.00001", "HTTPS://WWW.ARXIV.ORG:443/abs/2401.00001/"),
    ],
)  # fmt: skip
def test_two_addresses_are_one_thing(one, other):
    assert HOSTS.read(one).identity is not None
    assert HOSTS.read(one).identity == HOSTS.read(other).identity


@pytest.mark.parametrize(
    ("url", "role"),
    [
        ("https://github.com/someone/code", "code"),
        ("https://github.com/someone/code/blob/main/paper.pdf", "paper"),
        ("https://youtu.be/AbCdEfGhIjK", "video"),
        ("https://huggingface.co/datasets/someone/words", "data"),
        ("https://huggingface.co/spaces/someone/try", "demo"),
        ("https://huggingface.co/papers/2401.00001", "paper"),
        ("https://folding.github.io/", "project"),
        ("https://people.example.edu/folding.pdf", "paper"),
        ("https://people.example.edu/folding-slides.pdf", "slides"),
        ("https://www.usenix.org/system/files/osdi22_slides_yu.pdf", "slides"),
        ("https://zenodo.org/records/1234567", None),
        ("https://people.example.edu/", None),
        ("https://www.usenix.org/conference/osdi22", None),
    ],
)
def test_hosts_tell_what_stands_there(url, role):
    assert HOSTS.read(url).role == role


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://arxiv.org/abs/2401.00001?s=08", "https://arxiv.org/abs/2401.00001"),
        (
            "https://a.example.edu/x?utm_source=m&amp;id=3&amp;utm_medium=n#top",
            "https://a.example.edu/x?id=3#top",
        ),
        ("https://a.example.edu/x?id=3&FBCLID=1&b", "https://a.example.edu/x?id=3&b"),
        ("https://youtu.be/AbC?t=3&si=me", "https://youtu.be/AbC?t=3"),
        ("https://www.youtube.com/watch?v=AbC&t=3", None),
        ("https://a.example.edu/x?s=08&t=1&si=2&ref=3&source=4", None),
        ("https://a.example.edu/x?q=utm_source", None),
        ("https://a.example.edu/x#?utm_source=1", None),
    ],
)
def test_only_tracking_parameters_go(url, clean):
    assert HOSTS.clean(url) == clean


@pytest.mark.parametrize(
    ("url", "secure"),
    [
        ("http://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00001"),
        ("HTTP://GitHub.com:80/a/b?c#d", "https://GitHub.com/a/b?c#d"),
        ("http://folding.github.io", "https://folding.github.io"),
        ("http://deep.folding.github.io", None),
        ("http://github.com:8080/a", None),
        ("http://someone@github.com/a", None),
        ("http://people.example.edu/", None),
        ("https://arxiv.org/", None),
    ],
)
def test_https_where_the_host_speaks_it(url, secure):
    assert HOSTS.secure(url) == secure


def test_no_host_is_claimed_twice_and_tables_are_sorted():
    names = [name for group in CONTENT["hosts"] for name in group["hosts"]]
    assert len(names) == len(set(names))
    text = (rulebook() / "data" / "hosts.yaml").read_text(encoding="utf-8")
    for volumes in CONTENT["volumes"].values():
        assert list(volumes) == sorted(volumes, key=int)
        for number in volumes:
            assert text.count(f"    '{number}':") == 1
    for codes in CONTENT["venues"].values():
        assert "neurips.cc" in codes or list(codes) == sorted(codes)


def test_venues_are_spelled_as_the_venues_table_spells_them():
    tables = [*CONTENT["venues"].values(), *CONTENT["volumes"].values()]
    names = {cell if isinstance(cell, str) else cell[0] for cells in tables for cell in cells.values()}
    names |= {row["venue"] for _, row in ROWS if "venue" in row}
    venues = Venues.load()
    for name in sorted(names):
        mention = venues.read(f"{name} 2022")
        assert mention is None or mention.name == name, name


def test_extra_rows_come_first_and_bad_ones_are_refused():
    row = {
        "path": r"/p/(?P<id>\d+)",
        "identity": "ours",
        "venue": "Our Workshop",
        "kind": "workshop",
        "year": 2024,
    }
    own = Hosts.load([{"hosts": ["papers.example.edu"], "role": "paper", "rows": [row]}])
    assert own.read("http://www.papers.example.edu/p/7") == LinkFacts(
        ("ours", "7"), (), "Our Workshop", "workshop", 2024, "paper"
    )
    assert own.read("https://arxiv.org/abs/2401.00001").venue == "arXiv"
    good = {"hosts": ["a.example.edu"], "role": "code"}
    for bad in (
        {"rows": []},
        {"hosts": ["b.example.edu"], "rows": [{"path": "("}]},
        {"hosts": ["b.example.edu"], "rows": [{"path": "/", "pth": 1}]},
        {"hosts": ["b.example.edu"], "rows": [{"path": "/", "venues": "nobody"}]},
        {"hosts": ["b.example.edu"], "colour": "red"},
    ):
        with pytest.raises(KnowledgeError) as raised:
            Hosts.load([good, bad])
        assert raised.value.row == 1


PIECES = st.sampled_from(
    [*URLS, "https://", "http://", "arxiv.org/", "doi.org/", "/abs/", "/pdf/", "2401.00001", "v2", ".pdf", "10.1145/", "3600006.", "//", "?", "&", "=", "#", "%", "%2F", "%zz", "\\", "[", "]", "(", "}", " ", "\n", "\x00", "�", "é", "id=", "utm_source=", "www."]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=8).map("".join))


@given(TEXTS)
def test_any_text_is_read_and_its_form_is_stable(text):
    facts = HOSTS.read(text)
    for style in ("abs", "pdf", "keep"):
        written = HOSTS.canonical(text, style)
        if written is not None:
            assert HOSTS.canonical(written, style) is None
            assert HOSTS.read(written).identity == facts.identity


@given(TEXTS)
def test_cleaning_and_securing_name_the_same_thing_once(text):
    for change in (HOSTS.clean, HOSTS.secure):
        changed = change(text)
        if changed is not None:
            assert change(changed) is None
            assert HOSTS.read(changed).identity == HOSTS.read(text).identity
    HOSTS.is_placeholder(text, text)


@pytest.mark.parametrize(
    "grow",
    [
        lambda n: "https://arxiv.org/abs/" + "1" * n,
        lambda n: "https://www.usenix.org/system/files/sec20" + "prepub" * (n // 6),
        lambda n: "https://proceedings.mlr.press/v1/" + "a-" * (n // 2) + "/" + "a-" * (n // 2),
        lambda n: "https://a.example.edu/?" + "a=1&amp;" * (n // 8),
        lambda n: "https://" + "a." * (n // 2),
        lambda n: "/" * n,
        lambda n: "\\" * n,
    ],
)
def test_long_addresses_cost_no_more_than_their_length(grow):
    def cost(size):
        best = 1.0
        for turn in range(3):
            url = grow(size) + str(turn)
            start = perf_counter()
            HOSTS.read(url), HOSTS.clean(url), HOSTS.canonical(url, "keep"), HOSTS.is_placeholder(url)
            best = min(best, perf_counter() - start)
        return best

    assert cost(64_000) < max(64 * cost(1_000), 0.02)
