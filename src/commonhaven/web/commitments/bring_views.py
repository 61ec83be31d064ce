"""Pages on which promises and needs are brought in from a file."""

import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.commitments import BookFile
from commonhaven.exchange import write_book_xlsx, write_book_zip
from commonhaven.reading import Problem
from commonhaven.web.commitments import policy
from commonhaven.web.commitments.bring_forms import BringForm, EnterForm
from commonhaven.web.commitments.bringing import bring_in as enter
from commonhaven.web.commitments.bringing import filed, largest, most_rows, not_before
from commonhaven.web.commitments.filed import Desk, Filed
from commonhaven.web.commitments.models import KINDS
from commonhaven.web.commitments.seats import binds, others
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.forms import AudienceFields
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.record.actions import Placing

if TYPE_CHECKING:
    from django.core.files import File

HELD = 3600
"""Seconds for which a file that was looked at can be entered."""
SHOWN = 200
"""Mistakes that a page shows; the command tells all."""
TEMPLATES: dict[str, tuple[Callable[[BookFile, BinaryIO], None], str, str]] = {
    "xlsx": (write_book_xlsx, "xlsx",
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_book_zip, "zip", "application/zip"),
}  # fmt: skip
"""Form → what writes it, the end of the file's name, and its type."""


@in_group
@require_safe
def template(request: Visit, group: Group, form: str) -> HttpResponse:  # noqa: ARG001
    """The empty tables of promises and needs, to fill in."""
    if form not in TEMPLATES:
        raise Unknown("there is no such form", fix="Take xlsx or csv.")
    _writer, end, kind = TEMPLATES[form]
    response = HttpResponse(_empty(form), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="promises.{end}"'
    return response


@cache
def _empty(form: str) -> bytes:
    out = io.BytesIO()
    TEMPLATES[form][0](BookFile(commitments=()), out)
    return out.getvalue()


@in_group
def bring_in(request: Visit, group: Group) -> HttpResponse:
    """Look at what a file would enter, with every mistake; then enter all of it."""
    seat = seated(request, group, binds)
    policy.may_act(seat)
    if "held" in request.POST:
        return entered(request, group, seat)
    form = BringForm(
        request.POST or None, request.FILES or None, group=group, viewer=request.viewer
    )
    if request.method != "POST" or not form.is_valid():
        return asked(request, seat, form)
    try:
        name, content = _handed(form.cleaned_data["file"])
        found = filed(content, name, _desk(request, group, seat, form))
        not_before(found.digest, group, seat.party, request.viewer)
    except Problem as problem:
        form.add_error("file", str(problem))
        return asked(request, seat, form)
    if found.mistakes:
        return asked(request, seat, form, found)
    held = {one: request.POST.get(one, "") for one in ("audience", "caucus", "release_at")}
    held["held"] = _sealed(request, group, name, content)
    again = EnterForm(initial=held, group=group, viewer=request.viewer)
    return looked_at(request, seat, again, found)


def entered(request: Visit, group: Group, seat: Seat) -> HttpResponse:
    """Enter what was looked at, unless something keeps it from that now."""
    form = EnterForm(request.POST, group=group, viewer=request.viewer)
    try:
        name, content = _opened(request, group)
        found = filed(content, name, _desk(request, group, seat, form))
    except Problem as problem:
        messages.error(request, str(problem))
        fresh = BringForm(group=group, viewer=request.viewer)
        return asked(request, seat, fresh, status=422)
    if found.mistakes:
        return asked(request, seat, BringForm(group=group, viewer=request.viewer), found)
    if found.advice and not request.POST.get("weighed"):
        form.add_error(None, _("Say that you have weighed the advice, or mend the file."))

    def act() -> str:
        made = enter(
            group=group, filed=found, by=seat, viewer=request.viewer, at=request.now,
            placing=Placing(**form.placing()),
        )  # fmt: skip
        told = {"promises": len(made.promises), "needs": len(made.needs)}
        done = _("Entered from the file: promises %(promises)s, needs %(needs)s.") % told
        messages.success(request, done)
        where = "list" if made.promises else "needs"
        return reverse(f"commitments:{where}", args=[group.slug])

    return sent(request, form, act) or looked_at(request, seat, form, found)


def asked(
    request: Visit, seat: Seat, form: BringForm, found: Filed | None = None, status: int = 200
) -> HttpResponse:
    """The page that asks for a file, with what has to be mended in the one that was given."""
    mistakes = found.mistakes if found else ()
    context = {
        "form": form, "seat": seat, "mistakes": mistakes[:SHOWN], "number": len(mistakes),
        "others": _others(request, seat), "most": largest(), "rows": most_rows(),
    }  # fmt: skip
    status = 422 if form.errors or mistakes else status
    return render(request, "commitments/bring_in.html", context, status=status)


def looked_at(request: Visit, seat: Seat, form: EnterForm, found: Filed) -> HttpResponse:
    """The page that shows what would be entered."""
    context = {
        "form": form, "seat": seat, "found": found, "kinds": KINDS,
        "audience": form["audience"].value(), "release_at": form["release_at"].value(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "commitments/bring_look.html", context, status=status)


def _others(request: Visit, seat: Seat) -> tuple[Seat, ...]:
    assert request.group is not None  # noqa: S101 - these pages are a group's
    return others(request, request.group, seat)


def _desk(request: Visit, group: Group, seat: Seat, form: AudienceFields) -> Desk:
    placing = Placing(**form.placing()) if form.is_valid() else Placing()
    return Desk(group=group, seat=seat, at=request.now, placing=placing)


def _handed(upload: "File[bytes]") -> tuple[str, bytes]:
    """The name of an upload and what is in it; of a file that is too large, the beginning."""
    return upload.name or "", upload.read(largest() + 1)


def _signer(request: Visit, group: Group) -> TimestampSigner:
    return TimestampSigner(salt=f"bring-in/{group.pk}/{request.viewer.user}")


def _sealed(request: Visit, group: Group, name: str, content: bytes) -> str:
    """A file as its sender's page carries it: nobody else could send it back."""
    ending = "zip" if name.lower().endswith(".zip") else "xlsx"
    return _signer(request, group).sign(f"{ending}.{urlsafe_b64encode(content).decode()}")


def _opened(request: Visit, group: Group) -> tuple[str, bytes]:
    """The file that a page carried back. Problem where it is none that was looked at lately."""
    try:
        text = _signer(request, group).unsign(request.POST.get("held", ""), max_age=HELD)
    except BadSignature:
        raise Problem(
            _("the file was looked at more than an hour ago, or by somebody else"),
            fix=_("Choose it again."),
        ) from None
    ending, _dot, content = text.partition(".")
    return f"file.{ending}", urlsafe_b64decode(content)
