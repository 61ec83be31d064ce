"""The command line: parse, call, print. A command's module is imported when it is called."""

import os
import sys

import click

from commonhaven import __version__
from commonhaven.reading.problem import Problem

COMMANDS = {
    "share": ("commonhaven.cli.share", "Who protects whom and who pays what, with the working."),
    "explain": ("commonhaven.cli.explain", "One state's part of a plan, in sentences."),
    "compare": ("commonhaven.cli.compare", "Every rule side by side on one situation."),
    "verify": ("commonhaven.cli.verify", "Compute a plan again and name the first difference."),
    "key": ("commonhaven.cli.key", "Shares of states under a key, from a CSV of figures."),
    "rules": (
        "commonhaven.cli.rules",
        "The rules: principle, value judgement, source, weaknesses.",
    ),
    "charter": ("commonhaven.cli.charter", "Check, show, compare charters; their schema."),
    "situation": ("commonhaven.cli.situation", "Check and show situations; their schema."),
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
    """Run the command line; bad input is one line on standard error and exit code 2."""
    try:
        code = commands.main(standalone_mode=False)
        sys.stdout.flush()
    except Problem as problem:
        end(f"commonhaven: {problem}", 2)
    except click.ClickException as error:
        end(f"commonhaven: {' '.join(error.format_message().split())}", 2)
    except (click.Abort, KeyboardInterrupt):
        end("commonhaven: stopped", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    else:
        raise SystemExit(code if isinstance(code, int) else 0)


def end(message: str, code: int) -> None:
    """One line on standard error, then out."""
    click.echo(message, err=True)
    raise SystemExit(code)
