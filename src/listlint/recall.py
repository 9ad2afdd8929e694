"""What a whole run said, told again without doing anything anew, where nothing that it rests on has changed."""

from __future__ import annotations

import marshal
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from listlint.cache import Cache, digest, here, program
from listlint.gather import BASELINE, STDIN, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from listlint.gather import File
    from listlint.ledger import Account, Ledger
    from listlint.papers.owners import Owners

__all__ = ["Recall", "byte_writer", "colorful"]

ELSEWHERE = ("since", "online", "output_file", "baseline", "verbose")
HEAD = 4  # bytes that say how long the head of a report is
ANEW = ("no_cache",)  # arguments that change nothing in what is said


def colorful(stream: TextIO) -> bool:
    """Whether the stream wants colours."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


Asked = tuple[str, str, str, "bool | str | None"]  # for which list, and a question


class Recall:
    """The memory of `check` with these arguments. Runs whose answer lies outside the lists are not remembered."""

    def __init__(self, arguments: Mapping[str, Any], cache: Cache) -> None:
        self.cache = cache
        self.scope: Scope | None = None
        self.files: Sequence[File] | None = None
        self._last = ""
        self.paths: Sequence[str] = arguments["paths"]
        self.is_possible = cache.folder is not None and not (
            any(arguments[name] for name in ELSEWHERE) or any(map(_is_read_once, self.paths))
        )
        self.is_given = bool(arguments["no_config"] or arguments["config_file"])
        self.config = self._config(arguments)
        if not arguments["no_config"] and os.path.exists(
            os.path.join(os.path.dirname(self.config or ""), BASELINE)
        ):
            self.is_possible = False
        if self.is_possible:
            self.arguments = arguments
            self.settings = self._settings()

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Recall:
        """The memory in the user's cache folder."""
        from listlint.knowledge.rulebook import cache_folder

        return cls(arguments, Cache(None if arguments["no_cache"] else cache_folder()))

    def _config(self, arguments: Mapping[str, Any]) -> str | None:
        if arguments["no_config"]:
            return None
        return arguments["config_file"] or _config(self.paths)

    def _settings(self) -> str:
        """A name for all that a report rests on but the files."""
        kept = sorted((name, repr(value)) for name, value in self.arguments.items() if name not in ANEW)
        parts: list[str | bytes] = [
            program(),
            here(),
            f"{colorful(sys.stdout)} {getattr(sys.stdout, 'encoding', None)}",
            repr(kept),
        ]
        config = self._config(self.arguments)
        if config is not None:
            try:
                with open(config, "rb") as file:
                    parts += (config, file.read())
            except OSError:
                self.is_possible = False
        return digest(*parts)

    def look_again(self) -> None:
        """Know nothing, and keep nothing, where the config is another by now: a run has read it for itself meanwhile."""
        if self.is_possible and self._settings() != self.settings:
            self.is_possible = False

    def find(self) -> int | None:
        """Say what was said before, and give the exit code; None where that is not known."""
        scope = self._scope()
        if scope is None:
            return None
        files, problems = scope.read(self.paths)
        if problems or not self._is_alone(files):
            return None
        self.scope, self.files = scope, files
        name = self._name(files)
        body = self.cache.get(name)
        if body is None:
            return None
        text, code, asked = _unpacked(body)
        if asked and not _still(asked):
            return None
        self.cache.use(name)
        byte_writer(sys.stdout)(text)
        return code

    def _is_alone(self, files: Sequence[File]) -> bool:
        """Whether no target has a config of its own."""
        if self.is_given:
            return True
        from listlint.config import Finder

        finder = Finder()
        return all(finder.of(one.path) == self.config for one in files if one.is_target)

    def _scope(self) -> Scope | None:
        """What the config says of files, as it was read the last time."""
        if not self.is_possible:
            return None
        if self.config is None:
            return Scope()
        body = self.cache.get(digest("scope", self.settings))
        return None if body is None else Scope(*marshal.loads(body))  # noqa: S302 - the user's own, and whole

    def keep(
        self,
        scope: Scope,
        accounts: Sequence[Account],
        text: Sequence[bytes | memoryview],
        code: int,
        owners: Owners | None = None,
    ) -> None:
        """Remember what was said of these lists, in pieces; list by list where their `owners` are given."""
        if not self.is_possible:
            return
        if self.config is not None:
            self.cache.put(digest("scope", self.settings), marshal.dumps(tuple(scope)))
        head = marshal.dumps((code, _asked(accounts)))
        name = self._name(accounts)
        self.cache.put(name, len(head).to_bytes(HEAD, "big"), head, *text)
        if owners is not None:
            from listlint.ledger import Ledger

            self.cache.put(digest("ledger", self.settings), Ledger.of(name, accounts, owners).pack())
            if self._last not in ("", name):
                self.cache.drop(
                    self._last
                )  # as large as all that is said: what is left of many runs would fill the folder

    def last(self) -> tuple[Ledger, memoryview] | None:
        """What the last run with these settings came to, and what it said; None where that is not known.

        A run that found other answers around the same lists may have written its report, and not yet its ledger.
        """
        body = self.cache.get(digest("ledger", self.settings)) if self.is_possible else None
        if body is None:
            return None
        from listlint.ledger import Ledger

        ledger = Ledger.unpack(body)
        self._last = ledger.report
        report = self.cache.get(ledger.report)
        if report is None:
            return None
        text, _, asked = _unpacked(report)
        return (ledger, text) if asked == _asked(ledger.accounts.values()) else None

    def _name(self, files: Iterable[File | Account]) -> str:
        parts: list[str | bytes] = []
        for one in files:
            parts += (one.path, str(one.is_target), one.hash)
        return digest("report", self.settings, *parts)


def _asked(accounts: Iterable[Account]) -> list[Asked]:
    return [(one.path, *question) for one in accounts for question in one.asked]


def _unpacked(report: memoryview) -> tuple[memoryview, int, list[Asked]]:
    """A report's text, its exit code, and what was asked of the world."""
    end = HEAD + int.from_bytes(report[:HEAD], "big")
    code, asked = marshal.loads(report[HEAD:end])  # noqa: S302 - the user's own, and whole
    return report[end:], code, asked


def byte_writer(stream: TextIO) -> Callable[[bytes | memoryview], object]:
    """What writes UTF-8 to the stream; where that is its own encoding, as it stands."""
    if hasattr(stream, "buffer") and stream.encoding.lower() == "utf-8" and os.linesep == "\n":
        stream.flush()
        return stream.buffer.write
    return lambda text: stream.write(str(text, "utf-8"))


def _is_read_once(path: str) -> bool:
    """Whether the path is standard input or a pipe: what is read of it here would be missing in the run."""
    return path == STDIN or not (os.path.isfile(path) or os.path.isdir(path) or not os.path.exists(path))


def _config(paths: Sequence[str]) -> str | None:
    from listlint.config import config_of

    return config_of(paths)


def _still(asked: Sequence[Asked]) -> bool:
    from listlint.world import Question, World

    world = World()
    return all(world.still(path, Question(kind, target, answer)) for path, kind, target, answer in asked)
