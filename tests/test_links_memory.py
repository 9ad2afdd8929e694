"""What is remembered, for how long, and with whom it is shared."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from link_server import LinkServer
from listlint.links import LinkOptions, VerdictMemory, check_links
from listlint.outside import LinkStatus, LinkVerdict

if TYPE_CHECKING:
    from pathlib import Path

ALIVE = LinkVerdict(LinkStatus.ALIVE, "200 OK", moved_to="https://b.org/")
DEAD = LinkVerdict(LinkStatus.DEAD, "404 Not Found")
UNKNOWN = LinkVerdict(LinkStatus.UNKNOWN, "403 Forbidden")
CONFIRMED = DEAD._replace(confirmed=True)
HOUR, DAY = 3600.0, 86400.0
NOON = 20000 * DAY + 12 * HOUR
URL = "https://a.org/"


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "links.sqlite"


def keep(path: Path, clock: Clock, verdict: LinkVerdict) -> LinkVerdict:
    with VerdictMemory(path, now=clock) as memory:
        return memory.remember(URL, verdict)


def recall(path: Path, clock: Clock) -> LinkVerdict | None:
    with VerdictMemory(path, now=clock) as memory:
        return memory.recall([URL]).get(URL)


@pytest.mark.parametrize(("verdict", "life"), [(ALIVE, 7 * DAY), (DEAD, DAY), (UNKNOWN, HOUR)])
def test_each_verdict_has_its_time_to_live(
    path: Path, clock: Clock, verdict: LinkVerdict, life: float
) -> None:
    keep(path, clock, verdict)
    clock.now += life - 1
    assert recall(path, clock) == verdict
    clock.now += 2
    assert recall(path, clock) is None


def test_a_clock_set_back_forgets(path: Path, clock: Clock) -> None:
    keep(path, clock, ALIVE)
    clock.now -= HOUR
    assert recall(path, clock) is None


@pytest.mark.parametrize(
    ("history", "last"),
    [
        ([(0, DEAD)], DEAD),
        ([(0, DEAD), (HOUR, DEAD)], DEAD),
        ([(0, DEAD), (DAY + 1, DEAD)], CONFIRMED),
        ([(0, DEAD), (DAY + 1, ALIVE), (2 * DAY, DEAD)], DEAD),
        ([(0, DEAD), (DAY + 1, UNKNOWN), (2 * DAY, DEAD)], CONFIRMED),
        ([(0, DEAD), (DAY + 1, DEAD), (2 * DAY + 2, DEAD)], CONFIRMED),
    ],
)
def test_dead_on_two_days_is_confirmed(
    path: Path, clock: Clock, history: list[tuple[float, LinkVerdict]], last: LinkVerdict
) -> None:
    for after, verdict in history:
        clock.now = NOON + after
        told = keep(path, clock, verdict)
    assert told == last
    assert recall(path, clock) == last


WRITER = """
import sys
from pathlib import Path
from listlint.links import VerdictMemory
from listlint.outside import LinkStatus, LinkVerdict
name, path = sys.argv[1:]
for turn in range(10):
    with VerdictMemory(Path(path)) as memory:
        for number in range(100):
            memory.remember(f"https://{name}.org/{turn}/{number}", LinkVerdict(LinkStatus.ALIVE, "200 OK"))
"""


def test_runs_share_the_memory(path: Path) -> None:
    runs = [subprocess.Popen([sys.executable, "-c", WRITER, name, str(path)]) for name in ("a", "b", "c")]
    assert [run.wait(30) for run in runs] == [0, 0, 0]
    links = [
        f"https://{name}.org/{turn}/{number}" for name in "abc" for turn in range(10) for number in range(100)
    ]
    with VerdictMemory(path) as memory:
        assert set(memory.recall(links)) == set(links)


@pytest.mark.parametrize("damage", [b"no database at all" * 300, b"", b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_file_is_thrown_away(path: Path, clock: Clock, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    assert keep(path, clock, ALIVE) == ALIVE
    assert recall(path, clock) == ALIVE


def test_damage_in_the_middle_is_survived(path: Path, clock: Clock) -> None:
    with VerdictMemory(path, now=clock) as memory:
        for number in range(3000):
            memory.remember(f"https://a.org/{number}", ALIVE)
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with VerdictMemory(path, now=clock) as memory:
        memory.recall([f"https://a.org/{number}" for number in range(3000)])
        memory.remember(URL, ALIVE)
    assert recall(path, clock) == ALIVE


def test_another_versions_file_is_replaced(path: Path, clock: Clock) -> None:
    import sqlite3

    path.parent.mkdir()
    database = sqlite3.connect(path)
    database.executescript("CREATE TABLE verdicts (other); PRAGMA user_version = 99")
    database.close()
    keep(path, clock, ALIVE)
    assert recall(path, clock) == ALIVE


def test_no_place_to_remember_is_no_reason_to_fail(tmp_path: Path, clock: Clock) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert keep(blocked / "links.sqlite", clock, ALIVE) == ALIVE
    assert recall(blocked / "links.sqlite", clock) is None


QUICK = LinkOptions(timeout=1.0, deadline=10.0, spacing=0.0, retries=0, allow_private=True, proxies=())


def test_the_second_run_asks_nothing(path: Path) -> None:
    with LinkServer() as web:
        urls = [
            web.url(f"/{kind}/{number}") for kind in ("ok", "status/404", "status/403") for number in range(9)
        ]
        options = dataclasses.replace(QUICK, cache=path)
        first = check_links(urls, options)
        asked = len(web.seen)
        assert check_links(urls, options) == first
        assert check_links([f"{url}#part" for url in urls], options).keys() == {f"{url}#part" for url in urls}
        assert len(web.seen) == asked


def test_a_refusal_of_ours_is_not_remembered(path: Path) -> None:
    with LinkServer() as web:
        url, options = web.url("/ok"), dataclasses.replace(QUICK, cache=path)
        assert (
            check_links([url], dataclasses.replace(options, allow_private=False))[url].status
            is LinkStatus.UNKNOWN
        )
        assert check_links([url], options)[url].status is LinkStatus.ALIVE


INTERRUPTED = """
import sys
from pathlib import Path
from listlint.links import LinkOptions, LinksInterrupted, check_links
base, path = sys.argv[1:]
urls = [f"{base}/ok/{number}" for number in range(5)] + [f"{base}/hang/{number}" for number in range(5)]
options = LinkOptions(timeout=30, spacing=0.0, allow_private=True, proxies=(), cache=Path(path))
try:
    check_links(urls, options)
except LinksInterrupted as stop:
    print(len(stop.verdicts))
    sys.exit(130)
"""


def test_ctrl_c_keeps_what_is_known(path: Path) -> None:
    with LinkServer() as web:
        base = web.url("")
        command = [sys.executable, "-c", INTERRUPTED, base, str(path)]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        give_up_at = time.monotonic() + 10
        while len(web.seen) < 10 and time.monotonic() < give_up_at:
            time.sleep(0.02)
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=5)
        assert (run.returncode, out.strip(), err) == (130, "5", "")
        with VerdictMemory(path) as memory:
            assert len(memory.recall([f"{base}/ok/{number}" for number in range(5)])) == 5
