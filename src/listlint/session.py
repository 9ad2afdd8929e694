"""A command from its arguments to its exit code: settings, the run, the report."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TextIO

import click

from listlint import __version__
from listlint.cache import Cache
from listlint.findings import Severity
from listlint.gather import STDIN
from listlint.knowledge.rulebook import cache_folder
from listlint.options import Choice, Options
from listlint.recall import colorful
from listlint.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.recall import Recall
    from listlint.reporters.report import Report
    from listlint.run import Outcome

__all__ = ["Session", "export", "read_options"]

COULD_NOT_RUN = 2


@dataclass(eq=False)
class Session:
    """One `check` or `fix`, ready to go."""

    run: Run
    paths: Sequence[str]
    arguments: dict[str, Any]
    said: str = ""

    @classmethod
    def start(cls, *, paths: Sequence[str], **arguments: Any) -> Session:
        """Read the settings; raises click.UsageError for what is wrong with them."""
        from listlint.config.keys import with_choice
        from listlint.rules import chosen

        _check_format(arguments["form"])
        options = read_options(paths, arguments["config_file"], none=arguments["no_config"])
        options = with_choice(options, _choice(arguments))
        options = replace(
            options, online=arguments["online"], fail_on=arguments["fail_on"] or options.fail_on
        )
        stdin = None
        if STDIN in paths:
            stdin = (arguments["stdin_filename"] or STDIN, sys.stdin.buffer.read())
        cache = Cache(None if arguments["no_cache"] else str(cache_folder()))
        run = Run(options, chosen(options.choice, online=options.online), stdin=stdin, cache=cache)
        run.revision = arguments["since"]
        return cls(run, paths, arguments)

    def check(self, recall: Recall | None = None) -> int:
        """Check, report, and say whether anything is wrong; a run without problems is remembered."""
        with _git_errors(self.run.revision):
            outcome = self.run.check(self.paths)
        code = self._finish(outcome)
        if recall is not None and code != COULD_NOT_RUN:
            recall.keep(self.run.scope, self.run.files, self.run.asked, self.said, code)
        return code

    def fix(self, *, unsafe: bool, diff: bool, layout: bool) -> int:
        """Fix, report what is left, and say whether anything is."""
        with _git_errors(self.run.revision):
            outcome = self.run.fix(self.paths, unsafe=unsafe, layout=layout, write=not diff)
        for one in outcome.refused:
            _say(str(one))
        if diff:
            return self._print_diff(outcome)
        if self.run.stdin is not None:
            name, before = self.run.stdin
            sys.stdout.buffer.write(outcome.changed.get(name, (before, before))[1])
            sys.stdout.flush()
            return self._finish(outcome, out=sys.stderr)
        if outcome.fixed or outcome.changed:
            count = len(outcome.changed)
            _say(
                f"{outcome.fixed} fixes in {count} file{'s' * (count != 1)}"
                if outcome.fixed
                else f"laid out {count} file{'s' * (count != 1)}"
            )
        return self._finish(outcome)

    def _print_diff(self, outcome: Outcome) -> int:
        from listlint.diffs import unified

        for path, (before, after) in sorted(outcome.changed.items()):
            sys.stdout.buffer.write(unified(path, before, after))
        sys.stdout.flush()
        for one in outcome.problems:
            _say(str(one))
        return COULD_NOT_RUN if outcome.problems else int(bool(outcome.changed))

    def _finish(self, outcome: Outcome, out: TextIO | None = None) -> int:
        for one in outcome.problems:
            _say(str(one))
        report = self._report(outcome)
        if not self.arguments["quiet"]:
            with _output(self.arguments["output_file"], out or sys.stdout) as stream:
                self._write(report, stream)
        if outcome.problems:
            return COULD_NOT_RUN
        least = Severity(self.run.options.fail_on).rank
        failed = any(one.severity.rank >= least for one in outcome.diagnostics)
        return int(failed and not self.arguments["exit_zero"])

    def _write(self, report: Report, stream: TextIO) -> None:
        from listlint.reporters import render, statistics

        text = io.StringIO()
        if self.arguments["statistics"]:
            statistics(report, text)
        else:
            render(self.arguments["form"], report, text, color=colorful(stream))
        self.said = text.getvalue()
        stream.write(self.said)

    def _report(self, outcome: Outcome) -> Report:
        from listlint.reporters.report import FileError, Report, RuleInfo

        on_screen = self.arguments["form"] in ("full", "concise") and not self.arguments["output_file"]
        return Report(
            diagnostics=outcome.diagnostics,
            files_checked=outcome.files_checked,
            version=__version__,
            rules=[RuleInfo(one.code, one.name, one.summary, one.severity) for one in self.run.rules],
            errors=[]
            if on_screen
            else [FileError(one.path, one.line, one.message) for one in outcome.problems],
            suppressed=outcome.suppressed,
        )


def read_options(paths: Sequence[str], config_file: str | None, *, none: bool) -> Options:
    """The options of the config file that is named, else of the nearest one upward from the paths."""
    from listlint.config import ConfigError, config_of, load_config

    path = None if none else config_file or config_of(paths)
    if path is None:
        return Options()
    try:
        return load_config(path)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error


def _choice(arguments: dict[str, Any]) -> Choice:
    """The rules that the command line names, checked."""
    from listlint.rules import unknown_words

    parts = {}
    for name in ("select", "extend_select", "ignore"):
        words = tuple(word.strip() for one in arguments[name] for word in one.split(",") if word.strip())
        for word, nearest in unknown_words(words):
            hint = f'; did you mean "{nearest}"?' if nearest else "; `listlint rules` lists them"
            raise click.UsageError(f'--{name.replace("_", "-")} names no rule: "{word}"{hint}')
        parts[name] = words
    return Choice(**parts)


def _check_format(name: str) -> None:
    from listlint.reporters import formats

    if name not in formats():
        raise click.UsageError(f'no output format "{name}"; there are {", ".join(formats())}')


def _say(message: str) -> None:
    from listlint.reporters.terminal import visible

    click.echo(f"listlint: {visible(message)}", err=True)


@contextlib.contextmanager
def _git_errors(revision: str | None) -> Iterator[None]:
    if revision is None:
        yield
        return
    from listlint.git import GitError

    try:
        yield
    except GitError as error:
        raise click.UsageError(f"--since: {error}") from error


@contextlib.contextmanager
def _output(path: str | None, stream: TextIO) -> Iterator[TextIO]:
    if path is None:
        yield stream
        return
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as error:
        raise click.UsageError(
            f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error


def export(
    *, paths: Sequence[str], form: str, output_file: str | None, config_file: str | None, no_config: bool
) -> int:
    """Print the entries of the lists that `paths` name."""
    from listlint.exports import formats, write_entries

    if form not in formats():
        raise click.UsageError(f'no export format "{form}"; there are {", ".join(formats())}')
    options = read_options(paths, config_file, none=no_config)
    stdin = (STDIN, sys.stdin.buffer.read()) if STDIN in paths else None
    run = Run(options, (), stdin=stdin)
    collection = run.read(paths)
    with _output(output_file, sys.stdout) as stream:
        write_entries(
            form, [one for one in collection.lists if one.path in collection.targets], run.knowledge, stream
        )
    for one in run.outcome.problems:
        _say(str(one))
    return COULD_NOT_RUN if run.outcome.problems else 0
