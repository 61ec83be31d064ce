"""The record in sentences, and as a file that an outsider can check."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonhaven.record import export_lines
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.places import url_of
from commonhaven.web.kit.visit import Visit, in_group
from commonhaven.web.record.models import Entry
from commonhaven.web.record.queries import (
    Filter,
    body_of,
    choices,
    export,
    found,
    head_of,
    utc,
    ways_of,
)
from commonhaven.web.record.sentences import act_name, capacity_name, sentences

SUBJECTS = {
    "charter": _("Charter"), "seat": _("Seat"), "chair": _("Chair"), "situation": _("Situation"),
    "meeting": _("Meeting"), "document": _("Document"), "plan": _("Plan"),
    "opinion": _("Opinion"), "decision": _("Decision"), "obligation": _("Obligation"),
    "commitment": _("Promise"), "need": _("Need"), "fund": _("Fund"),
    "assessment": _("Good faith"), "flows": _("Flows"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry on the page: what it says, or only that it is there."""

    row: Entry
    said: str = ""
    body: str = ""
    capacity: str = ""
    url: str = ""


@require_safe
@in_group
def show(request: Visit, group: Group) -> HttpResponse:
    """Every act in order, the newest first; those not for the viewer by number and hash."""
    wanted = _wanted(request)
    rows = page_of(request, found(group, request.viewer, wanted))
    acts, parties = choices(group, request.viewer)
    ways = ways_of(group, request.viewer)
    number, last = head_of(group)
    asked = {name: value for name, value in wanted.named.items() if value}
    shown = {
        "rows": rows,
        "shown": list(_shown(list(rows), group, request.viewer)),
        "acts": sorted((act_name(act, ways), act) for act in acts),
        "parties": parties,
        "subjects": SUBJECTS,
        "wanted": wanted,
        "entries": number,
        "head": last,
        "extra": f"&{urlencode(asked)}" if asked else "",
    }
    return render(request, "record/show.html", shown)


def _wanted(request: Visit) -> Filter:
    named = {name: request.GET.get(name, "")[:120] for name in ("act", "subject", "party", "day")}
    since = utc(named["day"])
    return Filter(
        act=named["act"], subject=named["subject"], party=named["party"], since=since,
        before=since + timedelta(days=1) if since else None, named=named,
    )  # fmt: skip


def _shown(rows: list[Entry], group: Group, viewer: Viewer) -> Iterator[Shown]:
    open_rows = [row for row in rows if row.seen]  # type: ignore[attr-defined]
    said = dict(zip((row.pk for row in open_rows), sentences(open_rows, viewer), strict=True))
    for row in rows:
        if row.pk not in said:
            yield Shown(row=row)
            continue
        yield Shown(
            row=row, said=said[row.pk], capacity=capacity_name(row.capacity),
            url=url_of(row.subject, group.slug),
            body=json.dumps(body_of(row), ensure_ascii=False, indent=2, sort_keys=True),
        )  # fmt: skip


@require_safe
@in_group
def export_file(request: Visit, group: Group) -> StreamingHttpResponse:
    """The record up to now as `commonhaven record verify` reads it, for this viewer's eyes."""
    header, lines = export(group, request.viewer)
    response = StreamingHttpResponse(
        export_lines(header, lines), content_type="application/jsonl; charset=utf-8"
    )
    name = f"{group.slug}-record-{request.now:%Y-%m-%d}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
