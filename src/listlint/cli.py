"""The command line: arguments in, exit code out."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from listlint import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["main", "run"]

COULD_NOT_RUN = 2
Command = "Callable[..., Any]"


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code: 0 clean, 1 findings, 2 could not run."""
    try:
        code = main.main(args=list(arguments), prog_name="listlint", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        click.echo(help_wanted.format_message())
        return 0
    except click.ClickException as error:
        _complain(error.format_message())
        return COULD_NOT_RUN
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted; nothing is half-written")
        return 130
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        place = f"{error.filename}: " if error.filename else "the output cannot be written: "
        _complain(f"{place}{(error.strerror or str(error)).lower()}")
        return COULD_NOT_RUN
    return code if isinstance(code, int) else 0


def _drop_output() -> None:
    """Let nobody try to write what could not be written."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    from listlint.telling import say

    say(message)


def _formats(_context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    from listlint.reporters import formats

    return [name for name in formats() if name.startswith(start)]


def _rule_names(_context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    from listlint.rules import catalogue

    return [name for name in catalogue() if name.startswith(start)]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="listlint %(version)s")
def main() -> None:
    """Check and fix Markdown paper lists.

    listlint reads tables, checklists, bullets, nested bullets and headings as papers, says what is wrong with them,
    and writes them back in one canonical form.
    """


def _lists_command(function: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options that `check` and `fix` share."""
    for decorate in reversed(
        (
            click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path()),
            click.option(
                "--select",
                multiple=True,
                metavar="RULES",
                help="Run only these: names, codes or prefixes (DUP), by commas.",
            ),
            click.option("--extend-select", multiple=True, metavar="RULES", help="Run these as well."),
            click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these."),
            click.option(
                "--since", metavar="REV", help="Only what the change since this git revision touched."
            ),
            click.option("--online", is_flag=True, help="Ask whether links are alive."),
            click.option(
                "--output-format",
                "form",
                default="full",
                metavar="FORMAT",
                shell_complete=_formats,
                help="full, concise, json, github, sarif, …",
            ),
            click.option(
                "--output-file", metavar="FILE", help="Write the report there instead of standard output."
            ),
            click.option(
                "--statistics", is_flag=True, help="Count the findings by rule instead of listing them."
            ),
            click.option(
                "--fail-on",
                type=click.Choice(["warning", "error"]),
                help="What makes the exit code 1. [default: warning]",
            ),
            click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found."),
            click.option(
                "--config",
                "config_file",
                metavar="FILE",
                help="This config file, not the nearest one upward.",
            ),
            click.option("--no-config", is_flag=True, help="No config file at all."),
            click.option(
                "--stdin-filename",
                metavar="NAME",
                help="The name of the list that - reads from standard input.",
            ),
            click.option(
                "--baseline",
                metavar="FILE",
                help="Leave out the findings that this file accepts. [default: .listlint-baseline.json]",
            ),
            click.option(
                "--show-config",
                is_flag=True,
                help="Print the settings and where each comes from, and do nothing else.",
            ),
            click.option("--no-cache", is_flag=True, help="Neither use nor keep what runs remember."),
            click.option(
                "-q", "--quiet", is_flag=True, help="Say nothing of what was found; the exit code tells."
            ),
            click.option(
                "-v",
                "--verbose",
                is_flag=True,
                help="Say what was read, under which config, and how long each stage took.",
            ),
        )
    ):
        function = decorate(function)
    return function


@main.command()
@_lists_command
@click.option(
    "--update-baseline", is_flag=True, help="Accept what is found for now: write it into the baseline."
)
@click.option("--add-ignore", is_flag=True, help="Silence what is found by comments in the lists.")
@click.option(
    "--reason", metavar="TEXT", default="", help="Why, for --add-ignore; it stands in the comments."
)
@click.option(
    "--add-words", is_flag=True, help="Ask which doubtful words are right; write them into the config."
)
def check(*, update_baseline: bool, add_ignore: bool, reason: str, add_words: bool, **arguments: Any) -> int:
    """Report what is wrong in lists; write nothing.

    PATHs are files or folders; - is standard input. Without any, the config's files are checked, else this folder.
    Exit 0: clean. 1: warnings or errors. 2: could not run.
    """
    if arguments.pop("show_config"):
        return _show_config(arguments)
    if update_baseline or add_ignore or add_words:
        from listlint.session import Session

        if update_baseline + add_ignore + add_words > 1:
            raise click.UsageError("--update-baseline, --add-ignore and --add-words go one at a time")
        session = Session.start(**arguments, update_baseline=update_baseline)
        if update_baseline:
            return session.update_baseline()
        return session.add_ignores(reason) if add_ignore else session.add_words()
    from listlint.recall import Recall

    recall = Recall.of(arguments)
    code = recall.find()
    if code is not None:
        return code
    from listlint.session import Session

    return Session.start(**arguments).check(recall)


@main.command()
@_lists_command
@click.option("--unsafe-fixes", is_flag=True, help="Also make the fixes that a person should look at.")
@click.option("--diff", is_flag=True, help="Write nothing; print a unified diff and exit 1 if there is one.")
@click.option("--no-layout", is_flag=True, help="Leave bullets, blank lines and table padding as they are.")
def fix(*, unsafe_fixes: bool, diff: bool, no_layout: bool, **arguments: Any) -> int:
    """Fix what is safe to fix, write the canonical layout, and report what is left.

    A list whose fixes cannot be proved harmless is left as it was. Exit codes are those of check.
    """
    if arguments.pop("show_config"):
        return _show_config(arguments)
    from listlint.session import Session

    session = Session.start(**arguments)
    return session.fix(unsafe=unsafe_fixes, diff=diff, layout=not no_layout)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--to", "form", required=True, metavar="FORMAT", help="jsonl, json, csv, bibtex or csl-json.")
@click.option("--output-file", metavar="FILE", help="Write there instead of standard output.")
@click.option("--config", "config_file", metavar="FILE", help="This config file, not the nearest one upward.")
@click.option("--no-config", is_flag=True, help="No config file at all.")
def export(**arguments: Any) -> int:
    """Print the entries of lists as data."""
    from listlint.exporting import export as export_entries

    return export_entries(**arguments)


def _show_config(arguments: Mapping[str, Any]) -> int:
    from listlint.config.show import shown
    from listlint.plan import plan

    parts = plan(arguments["paths"], arguments)
    click.echo("\n".join(shown(part.config, part.options, arguments) for part in parts), nl=False)
    return 0


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--config", "config_file", metavar="FILE", help="This config file, not the nearest one upward.")
@click.option("--no-config", is_flag=True, help="No config file at all.")
@click.option("--schema", is_flag=True, help="Print the JSON schema of config files, for editors.")
def config(*, schema: bool, **arguments: Any) -> int:
    """Print the settings that hold for lists, and where each comes from."""
    if not schema:
        return _show_config(arguments)
    from listlint.config.schema import schema_text

    click.echo(schema_text(), nl=False)
    return 0


@main.command()
def clean() -> None:
    """Delete what runs remember to be faster; knowledge of links is kept."""
    from listlint.cache import Cache
    from listlint.knowledge.rulebook import cache_folder

    freed = Cache(cache_folder()).clean()
    click.echo(f"listlint: {freed / 1e6:.1f} MB freed" if freed else "listlint: there was nothing to delete")


@main.command()
@click.argument("path", metavar="FILE")
@click.option(
    "--to", "dialect", required=True, metavar="DIALECT", help="table, checklist, bullets, nested or headings."
)
@click.option("--output-file", metavar="FILE", help="Write there instead of standard output.")
@click.option("--config", "config_file", metavar="FILE", help="This config file, not the nearest one upward.")
@click.option("--no-config", is_flag=True, help="No config file at all.")
def convert(**arguments: Any) -> int:
    """Print the same papers in another dialect.

    BibTeX records that it has no place for go to a file beside the result, NAME.bib, and come back from there. What
    is read differently in the result is told on standard error. Exit 1: a paper could not be written as one.
    """
    from listlint.convert.command import convert_list

    return convert_list(**arguments)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
def init(paths: Sequence[str]) -> int:
    """Look at the lists and write a commented .listlint.yaml that fits them.

    It stands in PATH, if that is one folder, else in this folder. A config that is there already stays as it is.
    """
    from listlint.fitting.command import init as write_config

    return write_config(paths=paths)


@main.command()
def rules() -> None:
    """List the rules."""
    from listlint.rules import catalogue

    for rule in catalogue().values():
        state = "" if rule.default and not rule.online else " (--online)" if rule.online else " (opt-in)"
        click.echo(f"{rule.code}  {rule.name:<24} {rule.severity.value:<8} {rule.summary}{state}")


@main.command()
@click.argument("rule", shell_complete=_rule_names)
def explain(rule: str) -> None:
    """Print a rule's page: why it is there, examples, what it leaves alone."""
    from listlint.knowledge.rulebook import rulebook
    from listlint.rules import catalogue, unknown_words

    found = [one for one in catalogue().values() if rule.lower() == one.name or rule.upper() == one.code]
    if not found:
        nearest = next((near for _, near in unknown_words((rule,)) if near), None)
        hint = f'; did you mean "{nearest}"?' if nearest else "; `listlint rules` lists them"
        raise click.UsageError(f'no rule "{rule}"{hint}')
    click.echo((rulebook() / f"{found[0].name}.md").read_text(encoding="utf-8"), nl=False)
