"""Documents: lists, one document with its versions, its file, two versions compared."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import sees, visible
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused, Unknown
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.actions import Paper
from commonhaven.web.meetings.actions.documents import placed_as
from commonhaven.web.meetings.files import kept
from commonhaven.web.meetings.forms import DocumentForm, ReleaseForm, VersionForm
from commonhaven.web.meetings.models import Document, Meeting
from commonhaven.web.meetings.policy import acts, runs
from commonhaven.web.meetings.views.common import acting, around, attempted, meeting_for
from commonhaven.web.meetings.words import changes
from commonhaven.web.record.actions import Placing


def paper(said: Mapping[str, Any]) -> Paper:
    """The document as the form brings it."""
    file = said.get("file")
    return Paper(
        title=said["title"], symbol=said.get("symbol", ""), language=said["language"],
        text=said["text"], file=file, file_name=file.name if file else "",
    )  # fmt: skip


@in_group
def documents(request: Visit, group: Group, pk: int | None = None) -> HttpResponse:
    """The documents of a meeting, or all of the group; and the form to hand one in."""
    meeting = meeting_for(request, group, pk) if pk else None
    form = DocumentForm(
        request.POST or None, request.FILES or None, group=group, viewer=request.viewer,
        initial={"audience": meeting.audience if meeting else "members"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = _submit(request, group, meeting, form)
        if made is not None:
            return _handed_in(request, made)
    rows = visible(Document.objects.filter(group=group), request.viewer)
    rows = rows.filter(meeting=meeting) if meeting else rows
    frame = around(request, group, meeting, "documents") if meeting else {
        "seats": acting(request, group), "meeting": None,
    }  # fmt: skip
    page = page_of(request, rows.select_related("meeting", "group"))
    return render(
        request, "meetings/documents.html", frame | {"rows": page, "form": form},
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def _submit(
    request: Visit, group: Group, meeting: Meeting | None, form: DocumentForm
) -> Document | None:
    """The document handed in; None, with a message, where it cannot be."""
    try:
        return actions.submit_document(
            group=group, meeting=meeting, paper=paper(form.cleaned_data),
            placing=Placing(**form.placing()), by=seated(request, group, acts), at=request.now,
        )  # fmt: skip
    except Refused:
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def _handed_in(request: Visit, made: Document) -> HttpResponse:
    """To the document, or back to the list where its audience leaves its own party out."""
    messages.success(request, _("The document is handed in."))
    if sees(request.viewer, made):
        return redirect(made)
    messages.warning(request, _("Its audience does not include you: you see it no more."))
    return redirect(request.path)


def document_for(request: Visit, group: Group, pk: int) -> Document:
    """A document that the viewer may see; Unknown where it may not."""
    rows = visible(Document.objects.filter(group=group), request.viewer)
    found = rows.select_related("group", "meeting", "caucus").filter(pk=pk).first()
    if found is None:
        raise Unknown("there is no such document", fix="Look in the list of documents.")
    return found


@in_group
def document(request: Visit, group: Group, pk: int) -> HttpResponse:
    """One document: its text, its file, its versions and languages."""
    row = document_for(request, group, pk)
    if request.method == "POST":
        return _changed(request, group, row)
    family = visible(
        placed_as(group, Placing.of(row)).filter(symbol=row.symbol).select_related("group"),
        request.viewer,
    )
    seats = acting(request, group)
    meeting = row.meeting if row.meeting and _seen(request, row.meeting) else None
    return render(
        request, "meetings/document.html",
        {
            "document": row, "meeting": meeting, "family": family, "seats": seats,
            "earlier": [one for one in family if one.language == row.language and one.pk != row.pk],
            "mine": any(seat.party == row.party or runs(seat) for seat in seats),
            "form": VersionForm(initial={"title": row.title, "language": row.language,
                                         "text": row.text}),
            "release_form": ReleaseForm(),
        },
    )  # fmt: skip


def _seen(request: Visit, meeting: Meeting) -> bool:
    return visible(Meeting.objects.filter(pk=meeting.pk), request.viewer).exists()


def _changed(request: Visit, group: Group, row: Document) -> HttpResponse:
    """A new version, or a release."""
    seat = seated(request, group, acts)
    if request.POST.get("do") == "release":
        asked = ReleaseForm(request.POST)
        if not asked.is_valid():
            raise Problem("this is no instant", fix="Write date and time in UTC.")
        when = asked.cleaned_data["when"] or request.now
        step = partial(actions.release, item=row, when=when, by=seat, at=request.now)
        return attempted(request, step, _("The release is recorded."), row.get_absolute_url())
    form = VersionForm(request.POST, request.FILES)
    if not form.is_valid():
        wrong = " ".join(str(error) for each in form.errors.values() for error in each)
        raise Problem(f"the version is not complete: {wrong}", fix="Go back and fill it in.")
    try:
        made = actions.new_version(
            document=row, paper=paper(form.cleaned_data), by=seat, at=request.now
        )
    except Refused:
        raise
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect(row)
    messages.success(request, _("The new version is handed in."))
    return redirect(made)


@in_group
@require_safe
def file(request: Visit, group: Group, pk: int) -> HttpResponseBase:
    """The file of a document: always a download, never shown in the page's own name."""
    row = document_for(request, group, pk)
    path = kept(row.file) if row.file else None
    if path is None or not path.exists():
        raise Unknown("there is no such file", fix="Open the document's page.")
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=row.file_name,
        content_type="application/octet-stream",
    )  # fmt: skip
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _text(row: Document) -> tuple[object, ...]:
    """What versions of one text have in common."""
    return row.audience, row.caucus_id, row.symbol, row.language


@in_group
@require_safe
def compare(request: Visit, group: Group, pk: int, other: int) -> HttpResponse:
    """Two versions of one document, word by word, the earlier one first."""
    first, second = (document_for(request, group, one) for one in (pk, other))
    if _text(first) != _text(second):
        fix = "Compare versions in one language."
        raise Problem("these are not versions of one text", fix=fix)
    old, new = sorted((first, second), key=lambda one: one.version)
    return render(
        request, "meetings/compare.html",
        {
            "old": old, "new": new, "pieces": changes(old.text, new.text),
            "reverse": reverse("meetings:document", args=[group.slug, new.pk]),
        },
    )  # fmt: skip
