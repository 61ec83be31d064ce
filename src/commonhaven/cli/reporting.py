"""How a report is asked for, and how it is written: whole, or not at all."""

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from commonhaven.cli.options import Command
from commonhaven.reading import Problem

if TYPE_CHECKING:
    from commonhaven.reports import Document

OURS = (b"%PDF", b"<!doctype html>")


class Report(Protocol):
    """Whatever is told as a document in a language."""

    def document(self, language: str) -> "Document": ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """In which language and form a report is asked for, and where it goes."""

    language: str
    form: str
    out: str | None
    fonts: Path | None


OPTIONS = (
    click.option("--language", default="en", show_default=True, help="en, fr, es or ar."),
    click.option("--format", "form", type=click.Choice(["html", "pdf"]), default="html",
                 show_default=True, help="One file of HTML, or tagged PDF."),
    click.option("--out", metavar="FILE", help="Write there; PDF always needs a file."),
    click.option("--fonts", metavar="FOLDER", type=click.Path(path_type=Path),
                 help="For PDF: fonts for letters that ours lack, such as Chinese."),
)  # fmt: skip


def told(function: Command) -> Command:
    """The options of every report; the command returns the report, and it is written."""

    @wraps(function)
    def asked(*, language: str, form: str, out: str | None, fonts: Path | None,
              **rest: Any) -> None:  # fmt: skip  # noqa: ANN401 - the command's own
        wish = Form(language=language, form=form, out=out, fonts=fonts)
        check(wish)
        put(function(**rest), wish)

    given: Command = asked
    for option in reversed(OPTIONS):
        given = option(given)
    return given


def check(wish: Form) -> None:
    """Problem for a wish that cannot be met, before anything is computed."""
    from commonhaven.reports.words import Words

    Words("common", wish.language)
    if wish.form == "pdf" and wish.out is None:
        raise Problem("no file is named for the PDF", where="--out", fix="Write --out report.pdf.")
    if wish.out is None:
        return
    if not wish.out.strip():
        raise Problem("no file is named", where="--out", fix=f"Write --out report.{wish.form}.")
    path = Path(wish.out)
    if path.is_file() and not path.read_bytes()[:20].lower().startswith(
        tuple(start.lower() for start in OURS)
    ):
        raise Problem("there is a file that is no report", where=wish.out,
                      fix="Choose another name.")  # fmt: skip


def put(report: Report, wish: Form) -> None:
    """Make the document, then print it or write the whole of it."""
    from commonhaven.reports import html, pdf

    document = report.document(wish.language)
    if wish.form == "html" and wish.out is None:
        click.echo(html(document), nl=False)
        return
    made = html(document).encode() if wish.form == "html" else pdf(document, more_fonts=wish.fonts)
    path = Path(wish.out or "")
    half = path.with_name(f"{path.name}.part")
    try:
        half.write_bytes(made)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    click.echo(f"Written: {path}")
