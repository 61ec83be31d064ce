"""Flows and promises as files: what the viewer sees, and nothing else."""

import itertools
from collections.abc import Iterator

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonhaven.exchange import Organisation, lost
from commonhaven.instruments import entry
from commonhaven.reading import Problem
from commonhaven.web.flows import files, promises
from commonhaven.web.flows.models import FlowFile, Load
from commonhaven.web.flows.queries import Wanted
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import sees
from commonhaven.web.kit.limits import asker, count
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit, in_group


def one(request: Visit, group: Group, pk: int) -> FlowFile:
    """The file, Unknown where the viewer may not see it."""
    row = FlowFile.objects.select_related("group", "caucus", "load").filter(
        group=group, pk=pk
    ).first()  # fmt: skip
    if row is None or not sees(request.viewer, row):
        raise Unknown("there is no such file", fix="Look in the group's list.")
    return row


def whole(row: FlowFile) -> Load:
    """The flows of a file; Unknown where they were taken out."""
    if row.load is None:
        raise Unknown("its flows were taken out", fix="The file's page says why.")
    return row.load


@in_group
@require_safe
def export(request: Visit, group: Group, pk: int, form: str) -> HttpResponseBase:
    """The flows that one sees, as the address narrows them, as a file."""
    row = one(request, group, pk)
    return as_file(request, row, Wanted.of(request.GET.dict()), form, asked(request, "reporter"))


def asked(request: Visit, name: str) -> str:
    """A word of the address."""
    return request.GET.get(name, "")[:120]


def as_file(
    request: Visit, row: FlowFile, wanted: Wanted, form: str, reporter: str
) -> HttpResponseBase:
    """The flows of a file as CSV, IATI or a workbook; Unknown for another form."""
    load, name = whole(row), f"{row.group.slug}-flows-{row.pk}"
    if form == "csv":
        return streamed(files.as_csv(load, wanted), f"{name}.csv", "text/csv")
    if form == "iati":
        text = files.as_iati(load, wanted, identified(reporter), request.now)
        return streamed(text, f"{name}.xml", "application/xml")
    if form == "xlsx":
        most = int(entry("platform", "workbooks_in_ten_minutes").number)
        count("workbooks", asker(request, request.viewer.user), most)
        return FileResponse(files.as_workbook(load, wanted), as_attachment=True,
                            filename=f"{name}.xlsx")  # fmt: skip
    raise Unknown("there is no such form", fix="Take csv, iati or xlsx.")


def identified(reporter: str) -> str:
    """The identifier under which IATI is published. Problem where none is given."""
    if found := " ".join(reporter.split()):
        return found
    raise Problem(
        "IATI asks who reports", where="reporter",
        fix="Write the identifier that you publish under, such as XM-DAC-41121.",
    )  # fmt: skip


def streamed(pieces: Iterator[str], name: str, kind: str) -> StreamingHttpResponse:
    """A file piece by piece; what is wrong with its first piece is told before it begins."""
    start = list(itertools.islice(pieces, 3))
    response = StreamingHttpResponse(
        gathered(itertools.chain(start, pieces)), content_type=f"{kind}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def gathered(pieces: Iterator[str]) -> Iterator[str]:
    """Many small pieces as fewer larger ones."""
    while some := "".join(itertools.islice(pieces, 500)):
        yield some


@in_group
@require_safe
def promises_page(request: Visit, group: Group) -> HttpResponse:
    """The group's promises as files, and what money alone cannot tell."""
    book = promises.held(request.viewer, group).book
    context = {"number": len(book.commitments), "lost": lost(book)}
    return render(request, "flows/promises.html", context)


@in_group
@require_safe
def promises_file(request: Visit, group: Group, form: str) -> HttpResponseBase:
    """The promises that the viewer may see, as a file."""
    return promises_as(request, group, form, asked(request, "reporter"), asked(request, "seen_by"))


def promises_as(
    request: Visit, group: Group, form: str, reporter: str, seen_by: str
) -> HttpResponseBase:
    """The promises that the viewer may see in a form; Unknown for another."""
    if form not in promises.FORMS:
        raise Unknown("there is no such form", fix="Take iati, fts, flows, csv or xlsx.")
    end, kind = promises.FORMS[form]
    ref = identified(reporter) if form == "iati" else "book"
    found = promises.held(request.viewer, group)
    name = f"{group.slug}-promises-{request.now:%Y-%m-%d}.{end}"
    if form in promises.WHOLE:
        response = HttpResponse(promises.as_whole(form, found), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    told = promises.as_text(form, found, Organisation(ref, ref, "other"), seen_by, request.now)
    return streamed(told, name, kind)
