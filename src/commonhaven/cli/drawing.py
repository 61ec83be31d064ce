"""Options that every command that draws shares, and where its picture goes."""

import json
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commonhaven.cli.options import Command
from commonhaven.reading import Problem

if TYPE_CHECKING:
    from commonhaven.figures import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a picture is asked for."""

    out: str | None
    language: str
    width: int
    theme: str
    spec: bool


OPTIONS = (
    click.option("--out", metavar="FILE", help="Write there, not to standard output."),
    click.option("--language", default="en", show_default=True, help="ar, zh, en, fr, ru or es."),
    click.option("--width", type=int, default=720, show_default=True, help="In pixels."),
    click.option("--theme", default="light", show_default=True, help="light or dark."),
    click.option("--spec", is_flag=True, help="The Vega or Vega-Lite spec as JSON, not drawn."),
)


def drawing(function: Command) -> Command:
    """The options; the command gets them as one ``wish``."""

    @wraps(function)
    def asked(*, out: str | None, language: str, width: int, theme: str, spec: bool,
              **rest: Any) -> Any:  # fmt: skip  # noqa: ANN401 - the command's own
        wish = Wish(out=out, language=language, width=width, theme=theme, spec=spec)
        return function(wish=wish, **rest)

    given: Command = asked
    for option in reversed(OPTIONS):
        given = option(given)
    return given


def put(picture: "Picture", wish: Wish) -> None:
    """Print the picture, or write it to the file."""
    from commonhaven.figures import direction, svg

    text = (
        json.dumps(picture.spec, ensure_ascii=False, indent=1)
        if wish.spec
        else svg(
            picture, width=wish.width, theme=wish.theme, language=wish.language,
            direction=direction(wish.language), caption=True,
        )
    )  # fmt: skip
    if wish.out is None:
        click.echo(text)
    else:
        keep(text, wish.out)


def keep(text: str, out: str) -> None:
    """Write the file; an earlier picture is replaced, anything else is left alone."""
    if not out.strip():
        raise Problem("no file is named", where="--out", fix="Write --out hosts.svg.")
    path = Path(out)
    if path.is_file() and not path.read_bytes()[:4].startswith((b"<svg", b"{\n")):
        raise Problem("there is a file that is no picture", where=out, fix="Choose another name.")
    path.write_text(f"{text}\n", encoding="utf-8")
    click.echo(f"Written: {path}")
