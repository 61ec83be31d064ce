"""The command line: parse, call, print. A command's module is imported when it is called."""

import contextlib
import os
import sys
from typing import NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from commonhaven import __version__
from commonhaven.reading.problem import Problem

COMMANDS = {
    "share": ("commonhaven.cli.share", "Who protects whom and who pays what, with the working."),
    "explain": ("commonhaven.cli.explain", "One state's part of a plan, in sentences."),
    "compare": ("commonhaven.cli.compare", "Every rule side by side on one situation."),
    "picture": ("commonhaven.cli.picture", "A map or chart of a plan, as SVG or as its spec."),
    "report": ("commonhaven.cli.report", "Reports in four languages, as HTML or tagged PDF."),
    "offers": ("commonhaven.cli.offers", "Offers and counter-offers: shares anew after each move."),
    "obligations": ("commonhaven.cli.obligations", "Who owes what by when under an adopted plan."),
    "commitments": (
        "commonhaven.cli.commitments",
        "Promises on their way: the book, what is due, the four numbers, matches.",
    ),
    "fund": ("commonhaven.cli.fund", "A standing fund: its state, books, requests, statements."),
    "verify": ("commonhaven.cli.verify", "Compute a plan again and name the first difference."),
    "record": ("commonhaven.cli.record", "Check a group's record, or show what is open in it."),
    "key": ("commonhaven.cli.key", "Shares of states under a key, from a CSV of figures."),
    "rules": (
        "commonhaven.cli.rules",
        "The rules: principle, value judgement, source, weaknesses.",
    ),
    "charter": ("commonhaven.cli.charter", "Check, show, compare charters; their schema."),
    "situation": ("commonhaven.cli.situation", "Check and show situations; their schema."),
    "procedure": (
        "commonhaven.cli.procedure",
        "Procedures with their clocks; where one stands, from its events.",
    ),
    "processes": (
        "commonhaven.cli.processes",
        "Consultative processes: who sits where, likeness, gaps, whom to exchange with.",
    ),
    "practices": (
        "commonhaven.cli.practices",
        "What other processes have tried, found in six languages; whom to ask.",
    ),
    "fora": (
        "commonhaven.cli.fora",
        "Global fora: what lies ahead, one draft for several, who signed.",
    ),
    "serve": ("commonhaven.cli.serve", "Start the platform where a group meets and decides."),
    "platform": (
        "commonhaven.cli.platform",
        "Run an installation: upgrade, back up, restore, check.",
    ),
    "indicators": (
        "commonhaven.cli.indicators",
        "Indicators of the Global Compact on Refugees, burden and fairness.",
    ),
    "figures": ("commonhaven.cli.figures", "The figures in use, their sources; refresh them."),
}


class Commands(click.Group):
    """Commands by name, imported only when needed, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from commonhaven.reading.problem import closest

            raise Problem(f"no command {args[0]}", fix=closest(args[0], COMMANDS))
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="commonhaven")
def commands() -> None:
    """Run a refugee responsibility-sharing regime: from charter to plan.

    \b
    Example:
      commonhaven share west-africa liberia-1990
    """


def main() -> None:
    """Run the command line; what cannot be done is one line on standard error and exit code 2."""
    output = sys.stdout
    try:
        if output is None:
            end("standard output is closed: there is nowhere to answer.", 2)
        code = answer()
        output.flush()
    except Exception as error:  # noqa: BLE001 - what nobody foresaw is raised again
        end_with(error)
    except KeyboardInterrupt:
        end("stopped", 130)
    except SystemExit as ended:
        reader_gone = sys.stdout is not output  # click puts its own there, and ends with 1
        raise SystemExit(0 if reader_gone else ended.code) from None
    else:
        raise SystemExit(code)


def answer() -> int:
    """The exit code of the command that was called; a bare group of commands prints its help."""
    try:
        code = commands.main(standalone_mode=False, prog_name="commonhaven")
    except NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 0
    return code if isinstance(code, int) else 0


def end_with(error: Exception) -> NoReturn:
    """One line for what a person can mend; any other error is a defect and is raised again."""
    if isinstance(error, Problem):
        end(str(error), 2)
    if isinstance(error, click.ClickException):
        end(" ".join(error.format_message().split()), 2)
    if isinstance(error, click.Abort):
        end("stopped", 130)
    if isinstance(error, OSError | UnicodeEncodeError):
        stop_printing(error)
    from commonhaven.cli.blame import plug_in_behind

    if not (package := plug_in_behind(error)):
        raise error
    said = f"the plug-in fails ({type(error).__name__}: {error})"
    fix = f"Uninstall {package}, or ask its authors to mend it."
    end(str(Problem(said, where=f"package {package}", fix=fix)), 2)


def stop_printing(error: OSError | UnicodeEncodeError) -> NoReturn:
    """End without printing more; a reader who has seen enough is no error."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        raise SystemExit(0)
    if isinstance(error, UnicodeEncodeError):
        end(f"the output cannot be written in {error.encoding}. Set PYTHONUTF8=1.", 2)
    where = str(error.filename or "the output")
    reason = error.strerror or type(error).__name__
    end(str(Problem(f"cannot be read or written ({reason})", where=where)), 2)


def end(message: str, code: int) -> NoReturn:
    """One line on standard error, where there is one, then out."""
    with contextlib.suppress(OSError):
        click.echo(f"commonhaven: {message}", err=True)
    raise SystemExit(code)
