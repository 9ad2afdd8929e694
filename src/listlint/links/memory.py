"""What earlier runs learned about links: a small database that may be lost at any time."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from listlint.outside import LinkStatus, LinkVerdict

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from listlint.links.options import LinkOptions

__all__ = ["VerdictMemory"]

T = TypeVar("T")
Row = tuple[str, str, str, str | None, float, str | None]

_VERSION = 1
_FORGOTTEN_AFTER = 90 * 86400.0
_ASKED_AT_ONCE = 500
_KEPT_BACK = 200
_KEPT_BACK_SECONDS = 5.0
_PATIENCE = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS verdicts (
    link TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT NOT NULL, moved_to TEXT,
    asked REAL NOT NULL, dead_since TEXT
) WITHOUT ROWID
"""
_WRITE = """
INSERT INTO verdicts (link, status, reason, moved_to, asked, dead_since) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (link) DO UPDATE SET
    status = excluded.status, reason = excluded.reason, moved_to = excluded.moved_to, asked = excluded.asked,
    dead_since = CASE excluded.status
        WHEN 'alive' THEN NULL
        WHEN 'dead' THEN min(coalesce(dead_since, excluded.dead_since), excluded.dead_since)
        ELSE dead_since END
"""


class VerdictMemory:
    """Verdicts in an SQLite file, each with a time to live by its status.

    Runs may share the file: it is in WAL mode and written in short transactions. A damaged file is thrown away;
    where the file cannot be used at all, nothing is remembered, and nobody is told, since the run is right without it.
    """

    def __init__(
        self,
        path: Path,
        *,
        alive_for: float = 7 * 86400.0,
        dead_for: float = 86400.0,
        unknown_for: float = 3600.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._path = path
        self._lifetimes = {
            LinkStatus.ALIVE: alive_for,
            LinkStatus.DEAD: dead_for,
            LinkStatus.UNKNOWN: unknown_for,
        }
        self._now = now
        self._waiting: list[Row] = []
        self._flushed_at = now()
        self._database = self._open()

    @classmethod
    def of(cls, options: LinkOptions, path: Path) -> Self:
        """The memory at `path`, with the options' times to live."""
        return cls(
            path,
            alive_for=options.alive_for,
            dead_for=options.dead_for,
            unknown_for=options.unknown_for,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def recall(self, links: Iterable[str]) -> dict[str, LinkVerdict]:
        """The verdicts that still hold, for those of `links` that have one."""
        found: dict[str, LinkVerdict] = {}
        asked, shared = list(links), dict[LinkVerdict, LinkVerdict]()
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            piece = asked[start : start + _ASKED_AT_ONCE]
            for link, asked_at, status, reason, moved_to, dead_since in self._read(piece):
                verdict = _verdict(status, reason, moved_to, asked_at, dead_since)
                age = self._now() - asked_at
                if verdict is not None and 0 <= age < self._lifetimes[verdict.status]:
                    found[link] = shared.setdefault(verdict, verdict)
        return found

    def remember(self, link: str, verdict: LinkVerdict) -> LinkVerdict:
        """Keep a verdict; a dead link comes back confirmed if it was found dead on an earlier day too."""
        now = self._now()
        today = _day(now)
        if verdict.status is LinkStatus.DEAD:
            rows = self._read([link])
            dead_since = rows[0][5] if rows else None
            verdict = verdict._replace(confirmed=dead_since is not None and dead_since < today)
        dead_day = today if verdict.status is LinkStatus.DEAD else None
        self._waiting.append((link, verdict.status.value, verdict.reason, verdict.moved_to, now, dead_day))
        if len(self._waiting) >= _KEPT_BACK or now - self._flushed_at > _KEPT_BACK_SECONDS:
            self.flush()
        return verdict

    def flush(self) -> None:
        """Write what is waiting, for other runs to see."""
        rows, self._waiting = self._waiting, []
        self._flushed_at = self._now()
        if rows:
            self._try(lambda database: _write(database, rows))

    def close(self) -> None:
        """Write what is waiting and let go of the file."""
        self.flush()
        if self._database is not None:
            self._database.close()
            self._database = None

    def _read(self, links: Sequence[str]) -> list[tuple[str, float, str, str, str | None, str | None]]:
        marks = ",".join("?" * len(links))
        columns = "link, asked, status, reason, moved_to, dead_since"
        query = f"SELECT {columns} FROM verdicts WHERE link IN ({marks})"  # noqa: S608 - only question marks
        return self._try(lambda database: database.execute(query, links).fetchall()) or []

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        import sqlite3

        if self._database is None:
            return None
        try:
            return work(self._database)
        except sqlite3.Error as error:
            self._database.close()
            self._database = self._open_anew() if _is_damage(error) else None
        return None

    def _open(self) -> sqlite3.Connection | None:
        import sqlite3

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(self._path, self._now())
        except sqlite3.Error as error:
            return self._open_anew() if _is_damage(error) else None
        except OSError:
            return None

    def _open_anew(self) -> sqlite3.Connection | None:
        """Throw the damaged file away and begin again; None where even that fails."""
        import sqlite3

        with suppress(sqlite3.Error, OSError):
            for suffix in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return _connect(self._path, self._now())
        return None


def _connect(path: Path, now: float) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        _use_wal(database)
        database.execute("PRAGMA synchronous = NORMAL")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            _prepare(database)
        database.execute("SELECT link, asked, status, reason, moved_to, dead_since FROM verdicts LIMIT 1")
        database.execute("DELETE FROM verdicts WHERE asked < ?", (now - _FORGOTTEN_AFTER,))
    except sqlite3.Error:
        database.close()
        raise
    return database


def _use_wal(database: sqlite3.Connection) -> None:
    """Switch to WAL. Where several runs switch at once SQLite does not wait, but says at once that it is locked."""
    import sqlite3

    give_up_at = time.monotonic() + _PATIENCE
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)
        else:
            return


def _prepare(database: sqlite3.Connection) -> None:
    """Make the table, in place of another version's; a second run that does the same at once finds it made."""
    database.execute("BEGIN IMMEDIATE")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version != _VERSION:
        database.execute("DROP TABLE IF EXISTS verdicts")
        database.execute(_SCHEMA)
        database.execute(f"PRAGMA user_version = {_VERSION}")
    database.execute("COMMIT")


def _write(database: sqlite3.Connection, rows: list[Row]) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.executemany(_WRITE, rows)
    database.execute("COMMIT")


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, as against locked, full or out of reach."""
    import sqlite3

    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    strange = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)  # the last: not our table
    return code & 0xFF in strange


def _verdict(
    status: str, reason: str, moved_to: str | None, asked: float, dead_since: str | None
) -> LinkVerdict | None:
    try:
        known = LinkStatus(status)
    except ValueError:
        return None
    confirmed = known is LinkStatus.DEAD and dead_since is not None and dead_since < _day(asked)
    return LinkVerdict(known, reason, moved_to, confirmed)


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
