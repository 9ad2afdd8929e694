"""A command from its arguments to its exit code: settings, runs, the report."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Any, TextIO

import click

from listlint import __version__
from listlint.cache import Cache
from listlint.change import Change
from listlint.findings import Severity
from listlint.gather import BASELINE, STDIN
from listlint.knowledge.rulebook import cache_folder
from listlint.outcome import Outcome
from listlint.plan import plan
from listlint.recall import colorful
from listlint.retelling import check_by_list, speaks_by_list
from listlint.run import Run
from listlint.telling import counted, open_output, say, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from listlint.plan import Part
    from listlint.recall import Recall
    from listlint.reporters.report import Report

__all__ = ["Session"]

COULD_NOT_RUN = 2


class Session:
    """One `check` or `fix`: a run for each config that its lists have."""

    def __init__(
        self, parts: list[Part], runs: list[Run], arguments: Mapping[str, Any], began: float
    ) -> None:
        self.parts = parts
        self.runs = runs
        self.arguments = arguments
        self.accepted = 0
        self.said = ""
        self.began = began

    @classmethod
    def start(cls, *, paths: Sequence[str], **arguments: Any) -> Session:
        """Read the settings; raises click.UsageError for what is wrong with them."""
        from listlint.rules import chosen

        began = time.monotonic()
        _check_format(arguments["form"])
        parts = plan(paths, arguments)
        cache = Cache(None if arguments["no_cache"] else cache_folder())
        runs = []
        for part in parts:
            stdin = None
            if STDIN in part.files:
                stdin = (arguments["stdin_filename"] or STDIN, sys.stdin.buffer.read())
            rules = chosen(part.options.choice, online=part.options.online)
            run = Run(part.options, rules, stdin=stdin, cache=cache)
            run.change = Change(arguments["since"])
            runs.append(run)
        return cls(parts, runs, arguments, began)

    # -- commands ------------------------------------------------------------------------------------------------

    def check(self, recall: Recall | None = None) -> int:
        """Check, report, and say whether anything is wrong; a run without problems is remembered."""
        (part, run), *more = zip(self.parts, self.runs, strict=True)
        if recall is not None:
            recall.look_again()
        if recall is not None and not more and part.files and speaks_by_list(run, self.arguments):
            run.outcome.problems += part.problems
            return check_by_list(run, recall, part.files, self.arguments)
        outcome = self._each(lambda run, files: run.check(files))
        code = self._finish(outcome)
        if recall is not None and code != COULD_NOT_RUN and not more and not run.options.baseline:
            with contextlib.suppress(UnicodeEncodeError):
                recall.keep(run.scope, run.accounts, [self.said.encode()], code)
        return code

    def fix(self, *, unsafe: bool, diff: bool, layout: bool) -> int:
        """Fix, report what is left, and say whether anything is."""
        from listlint.fixing import Fixing

        outcome = self._each(lambda run, files: Fixing(run, unsafe, layout, not diff).fix(files))
        for one in outcome.refused:
            say(str(one))
        if diff:
            return _print_diff(outcome)
        stdin = next((run.stdin for run in self.runs if run.stdin is not None), None)
        if stdin is not None:
            name, before = stdin
            sys.stdout.buffer.write(outcome.changed.get(name, (before, before))[1])
            sys.stdout.flush()
            return self._finish(outcome, out=sys.stderr)
        if outcome.changed and not self.arguments["quiet"]:
            files = counted(len(outcome.changed), "file")
            fixes = f"{outcome.fixed:,} fix{'es' * (outcome.fixed != 1)}"
            say(f"{fixes} in {files}" if outcome.fixed else f"laid out {files}")
        return self._finish(outcome)

    def update_baseline(self) -> int:
        """Accept what is found for now, and say so."""
        if self.arguments["since"]:
            raise click.UsageError(
                "--update-baseline accepts what whole lists hold, so it goes without --since"
            )
        outcome = self._each(lambda run, files: run.check(files))
        for one in outcome.problems:
            say(str(one))
        if not outcome.problems:
            for part, run in zip(self.parts, self.runs, strict=True):
                _accept(part, run)
        return COULD_NOT_RUN if outcome.problems else 0

    def add_ignores(self, reason: str) -> int:
        """Silence what is found by comments in the lists, and report what is left."""
        from listlint.ignores import add_ignores, is_sound_reason

        if not is_sound_reason(reason):
            raise click.UsageError("--reason goes into comments, so it holds no --, |, < or >")
        if any(run.stdin is not None for run in self.runs):
            raise click.UsageError("--add-ignore writes files; - is none")
        outcome = self._each(lambda run, files: run.check(files))
        self._hold_back(outcome)
        for run in self.runs:
            mine = [one for one in outcome.diagnostics if one.path in {file.path for file in run.files}]
            result = add_ignores(run, mine, reason)
            for problem in (*result.refused, *result.problems):
                say(str(problem))
            outcome.problems += result.problems
            say(f"{counted(result.added, 'comment')} in {counted(result.files, 'file')}")
            done = set(map(id, result.silenced))
            outcome.diagnostics = [one for one in outcome.diagnostics if id(one) not in done]
        return self._report(outcome, sys.stdout)

    def add_words(self) -> int:
        """Ask which doubtful words are right, and write them into the config."""
        from listlint.own_words import ask_words

        outcome = self._each(lambda run, files: run.check(files))
        for one in outcome.problems:
            say(str(one))
        self._hold_back(outcome)
        for part, run in zip(self.parts, self.runs, strict=True):
            paths = {file.path for file in run.files}
            ask_words(part.config, [one for one in outcome.diagnostics if one.path in paths])
        return COULD_NOT_RUN if outcome.problems else 0

    # -- runs ----------------------------------------------------------------------------------------------------

    def _each(self, work: Callable[[Run, list[str]], Outcome]) -> Outcome:
        """What all runs came to. A part without files has nothing to run."""
        with _git_errors(self.arguments["since"]):
            for part, run in zip(self.parts, self.runs, strict=True):
                if part.files:
                    work(run, part.files)
                    self._tell_more(part, run)
        for part, run in zip(self.parts, self.runs, strict=True):
            run.outcome.problems[:0] = part.problems
        if len(self.runs) == 1:
            return self.runs[0].outcome
        whole = Outcome()
        for run in self.runs:
            whole.add(run.outcome)
        whole.diagnostics.sort(key=lambda one: one.sort_key)
        return whole

    def _hold_back(self, outcome: Outcome) -> None:
        """Leave out what the baselines hold."""
        left = list(outcome.diagnostics)
        for part, run in zip(self.parts, self.runs, strict=True):
            if run.options.baseline and part.files:
                from listlint.baseline import Baseline, BaselineError

                mine = {id(one) for one in run.outcome.diagnostics}
                try:
                    baseline = Baseline.read(run.options.baseline)
                except BaselineError as error:
                    raise click.UsageError(str(error)) from error
                rest = baseline.held_back(run.outcome.diagnostics, run.checked)
                kept = {id(one) for one in rest}
                left = [one for one in left if id(one) not in mine or id(one) in kept]
        self.accepted = len(outcome.diagnostics) - len(left)
        outcome.diagnostics = left

    # -- report --------------------------------------------------------------------------------------------------

    def _finish(self, outcome: Outcome, out: TextIO | None = None) -> int:
        for one in outcome.problems:
            say(str(one))
        self._hold_back(outcome)
        return self._report(outcome, out or sys.stdout)

    def _report(self, outcome: Outcome, out: TextIO) -> int:
        """Print the report and give the exit code."""
        began = time.monotonic()
        if not self.arguments["quiet"] or self.arguments["output_file"]:
            with open_output(self.arguments["output_file"], out) as stream:
                self.said = text_of(
                    self._as_report(outcome),
                    self.arguments["form"],
                    statistics=self.arguments["statistics"],
                    color=colorful(stream),
                    encoding=stream.encoding,
                )
                stream.write(self.said)
        if self.arguments["verbose"]:
            say(
                f"report: {_spoken(time.monotonic() - began)}; in all: {_spoken(time.monotonic() - self.began)}"
            )
        if outcome.problems:
            return COULD_NOT_RUN
        failed = any(self._fails(run, outcome) for run in self.runs)
        return int(failed and not self.arguments["exit_zero"])

    def _fails(self, run: Run, outcome: Outcome) -> bool:
        least = Severity(run.options.fail_on).rank
        alone = len(self.runs) == 1
        return any(
            one.severity.rank >= least and (alone or one.path in run.checked) for one in outcome.diagnostics
        )

    def _as_report(self, outcome: Outcome) -> Report:
        from listlint.reporters.report import FileError, Report, RuleInfo

        on_screen = self.arguments["form"] in ("full", "concise") and not self.arguments["output_file"]
        problems = [] if on_screen else outcome.problems
        rules = {one.code: one for run in self.runs for one in run.rules}
        return Report(
            diagnostics=outcome.diagnostics,
            files_checked=outcome.files_checked,
            version=__version__,
            rules=[
                RuleInfo(one.code, one.name, one.summary, one.severity) for _, one in sorted(rules.items())
            ],
            errors=[FileError(one.path, one.line, one.message) for one in problems],
            baselined=self.accepted,
            suppressed=outcome.suppressed,
        )

    def _tell_more(self, part: Part, run: Run) -> None:
        """With --verbose: what was read, under which config, and how long each stage took."""
        if not self.arguments["verbose"]:
            return
        say(f"config: {part.config or 'none'}")
        if run.options.baseline:
            say(f"baseline: {run.options.baseline}")
        say(f"rules: {len(run.rules)}; lists: {len(run.checked)}; compared with {len(run.compared)} more")
        for path in (*sorted(run.checked), *sorted(run.compared)):
            say(f"  {path}{'' if path in run.checked else ' (only compared with)'}")
        for stage, seconds in run.stages.items():
            say(f"{stage}: {_spoken(seconds)}")


def _accept(part: Part, run: Run) -> None:
    """Write what the run found into its baseline."""
    from listlint.baseline import Baseline, BaselineError

    path = run.options.baseline
    before = Baseline(path)
    if os.path.exists(path):
        try:
            before = Baseline.read(path)
        except BaselineError as error:
            say(f"{error}; it is written anew")
    rules = {rule.name for rule in run.rules}
    after = before.updated(run.outcome.diagnostics, run.checked, rules)
    new, gone = after.counts - before.counts, before.counts - after.counts
    try:
        after.write()
    except OSError as error:
        raise click.UsageError(
            f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"
        ) from error
    say(
        f"{path} accepts {counted(after.total(), 'finding')} ({new.total():,} new, {gone.total():,} no longer there)"
    )
    if os.path.basename(path) != BASELINE and not (part.config and part.options.baseline == path):
        say("name it in the config: `baseline:`")


def _spoken(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _print_diff(outcome: Outcome) -> int:
    from listlint.diffs import unified

    for path, (before, after) in sorted(outcome.changed.items()):
        sys.stdout.buffer.write(unified(path, before, after))
    sys.stdout.flush()
    for one in outcome.problems:
        say(str(one))
    return COULD_NOT_RUN if outcome.problems else int(bool(outcome.changed))


def _check_format(name: str) -> None:
    from listlint.reporters import formats

    if name not in formats():
        raise click.UsageError(f'no output format "{name}"; there are {", ".join(formats())}')


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
