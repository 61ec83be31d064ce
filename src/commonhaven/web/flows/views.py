"""Pages of files of flows."""

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commonhaven.exchange import BadFile, Sums
from commonhaven.reading import Problem
from commonhaven.web.flows import actions, policy, queries
from commonhaven.web.flows.forms import OutForm, TakeForm
from commonhaven.web.flows.giving import one, whole
from commonhaven.web.flows.models import FlowFile, Load
from commonhaven.web.flows.queries import Wanted
from commonhaven.web.flows.staging import stage
from commonhaven.web.groups.models import Group
from commonhaven.web.kit import clock
from commonhaven.web.kit.paging import SIZE, page_of
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.record.actions import Placing

if TYPE_CHECKING:
    from django.core.files import File

SHOWN = 200
"""Mistakes that a page shows; the command tells all."""
ENDINGS = {".csv", ".xml", ".xlsx", ".toml"}
"""Of files that are known, if only to say that they hold no flows."""
STAGES = {
    "announced": _("Announced"), "committed": _("Signed"), "delivered": _("Delivered"),
    "received": _("Received"), "passed_on": _("Passed on"), "other": _("Other flows"),
}  # fmt: skip
BY = {
    "year": _("Year"), "provider": _("Giver"), "provider-type": _("Kind of giver"),
    "provider-country": _("Country of giver"), "kind": _("Kind of flow"),
}  # fmt: skip


@in_group
@require_safe
def files_list(request: Visit, group: Group) -> HttpResponse:
    """The files of flows that the viewer may see."""
    rows = page_of(request, queries.files_for(request.viewer, group))
    may_take = any(policy.takes(seat) for seat in request.viewer.seats_in(group.pk))
    return render(request, "flows/list.html", {"rows": rows, "may_take": may_take})


@in_group
def take_in(request: Visit, group: Group) -> HttpResponse:
    """Take a file of flows in: all of it, or nothing, with every mistake told."""
    seat = seated(request, group, policy.takes)
    policy.may_take(seat)
    form = TakeForm(request.POST or None, request.FILES or None, group=group, viewer=request.viewer)
    mistakes: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        placing = Placing(**form.placing())
        policy.may_place(seat, placing)
        try:
            with lying(form.cleaned_data["file"]) as (path, name):
                load = stage(path, name, group=group, person=seat.user, anew=True,
                             among=queries.files_for(request.viewer, group))  # fmt: skip
        except BadFile as bad:
            mistakes = bad.mistakes
            form.add_error("file", _("Nothing was taken in: there is something to mend."))
        except Problem as problem:
            form.add_error("file", str(problem))
        else:
            told = {name: form.cleaned_data[name] for name in ("title", "source", "about")}
            made = actions.take_in(load=load, by=seat, at=clock.now(), placing=placing, **told)
            return redirect(made.get_absolute_url())
    context = {
        "form": form, "mistakes": mistakes[:SHOWN], "number": len(mistakes),
        "most": settings.PLATFORM.flows_megabytes,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "flows/take_in.html", context, status=status)


@contextmanager
def lying(upload: "File[bytes]") -> Iterator[tuple[Path, str]]:
    """An upload as a file that goes when it is read, and what it was called.

    Of its name only the ending counts on the disk: a system bounds names in bytes.
    """
    most = settings.PLATFORM.flows_megabytes
    if (upload.size or 0) > most * 1_000_000:
        raise Conflict(
            f"the file is larger than {most} million bytes",
            fix="Whoever runs the platform takes it in: commonhaven platform import.",
        )
    name = PurePosixPath(upload.name or "").name or "file"
    ending = PurePosixPath(name).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{ending if ending in ENDINGS else ''}"
        with path.open("wb") as out:
            for piece in upload.chunks():
                out.write(piece)
        yield path, name


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The sums of a file, told apart as the address asks, and its largest givers."""
    row = one(request, group, pk)
    seats = request.viewer.seats_in(group.pk)
    context: dict[str, Any] = {
        "row": row, "may_take": any(policy.takes(seat) for seat in seats),
    }  # fmt: skip
    if row.load is not None:
        context |= sums_of(request, row, row.load)
    return render(request, "flows/show.html", context)


def sums_of(request: Visit, row: FlowFile, load: Load) -> dict[str, Any]:
    """What the page of a file shows of its sums, always in one currency."""
    wanted = Wanted.of(request.GET.dict())
    known = queries.currencies(load)
    if wanted.currency not in known:
        wanted = Wanted.of({**request.GET.dict(), "currency": next(iter(known))})
    lines = wanted.lines(load)
    found = queries.ordered(queries.sums(lines, queries.BY[wanted.by]), wanted.sort, wanted.by)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    (all_,) = queries.sums(lines, lambda _: "").values() or (Sums(),)
    ranked = queries.ranking(lines, wanted.stage)
    return {
        "wanted": wanted, "currencies": known, "years": queries.years(load, wanted.currency),
        "by": BY, "stages": STAGES, "rows": page, "ranked": ranked,
        "ranked_by": STAGES[ranked.stage],
        "table": [(key, *cells(key, one, wanted)) for key, one in page.object_list],
        "all": cells(None, all_, wanted), "heads": heads(wanted),
        "extra": f"&{wanted.query()}", "query": wanted.query(), "reproduce": command(row, wanted),
        "givers": [(name, value, wanted.query(provider=name, stage="", by="year", sort=""))
                   for name, value in ranked.rows],
    }  # fmt: skip


Cells = tuple[int, list[tuple[Any, str]], str]


def cells(key: str | None, one: Sums, wanted: Wanted) -> Cells:
    """The amounts of a line of sums, each with the address of the flows behind it."""
    own: dict[str, object] = {}
    if key is not None and wanted.by == "year":
        own = {"year": int(key)}
    elif key is not None and wanted.by == "provider":
        own = {"provider": key}
    linked = key is None or bool(own)
    amounts = [
        (value, wanted.query(stage=name, sort="", by="year", **own) if linked and value else "")
        for name in queries.COLUMNS
        for value in (queries.column(one, name),)
    ]
    return one.number, amounts, wanted.query(sort="", by="year", **own) if linked else ""


def heads(wanted: Wanted) -> list[tuple[Any, str, str]]:
    """The heads of the table: what each says, the address that sorts by it, how it is sorted."""
    told = {"key": BY[wanted.by], "flows": _("Flows"), **STAGES}
    found = []
    for name, says in told.items():
        down, up = f"-{name}", name
        now = "descending" if wanted.sort == down else "ascending" if wanted.sort == up else "none"
        first = up if name == "key" else down
        other = down if first == up else up
        found.append((says, wanted.query(sort=other if wanted.sort == first else first), now))
    return found


def command(row: FlowFile, wanted: Wanted) -> str:
    """The commands that come to the same sums from the same file."""
    name = shlex.quote(row.name)
    parts = ["year"] * bool(wanted.year) + ["provider"] * (wanted.provider is not None)
    by = ",".join(dict.fromkeys([*parts, wanted.by]))
    return f"sha256sum {name}  # {row.sha256}\ncommonhaven commitments totals {name} --by {by}"


@in_group
@require_safe
def behind(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The flows behind a sum, page by page."""
    row = one(request, group, pk)
    wanted = Wanted.of(request.GET.dict())
    found = queries.behind(whole(row), wanted, request.GET.get("after", ""))
    context = {
        "row": row, "wanted": wanted, "found": found, "query": wanted.query(),
        "stage": STAGES.get(wanted.stage, ""), "begun": "after" in request.GET,
        "back": wanted.query(stage="", provider=None),
    }  # fmt: skip
    return render(request, "flows/behind.html", context)


@in_group
def take_out(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Take a file's flows out."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.takes)
    policy.may_take(seat)
    form = OutForm(request.POST or None)

    def act() -> str:
        actions.take_out(file=row, why=form.cleaned_data["why"], by=seat, at=request.now)
        return row.get_absolute_url()

    if done := sent(request, form, act):
        return done
    status = 422 if form.errors else 200
    return render(request, "flows/take_out.html", {"row": row, "form": form}, status=status)
