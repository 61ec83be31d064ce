"""Pages of consultative processes: registry, comparison, overlaps, seats, bridges, gaps."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonhaven.exchange import write_rows, write_sheet
from commonhaven.parties import states
from commonhaven.processes import Process, chosen, processes, source_of
from commonhaven.processes.fora import fora
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit
from commonhaven.web.processes import facts, queries
from commonhaven.web.processes.forms import DayForm, MatrixForm, PairForm, RegistryForm

FEW, MANY = 10, 25
"""How many of a list are shown on a page of something else, and on the list's own."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def today(request: Visit) -> date:
    return request.now.date()


def status(form: DayForm) -> int:
    """422 where something was asked that is not understood."""
    return 200 if not form.is_bound or form.is_valid() else 422


def one(name: str) -> Process:
    """A process that ships; Unknown where there is none of that id."""
    if name not in processes():
        raise Unknown("there is no such process", fix="Look in the registry.")
    return processes()[name]


def index(request: Visit) -> HttpResponse:
    """The registry, with filters."""
    form = RegistryForm(request.GET or None)
    day = form.day(today(request))
    rows = queries.registry(form.text(), form.only(), day)
    shown = {"form": form, "day": day, "rows": rows, "whole": len(processes())}
    return render(request, "processes/index.html", shown, status=status(form))


def show(request: Visit, name: str) -> HttpResponse:
    """All that is known of a process, and what is not; whom it could learn from."""
    found, form = one(name), DayForm(request.GET or None)
    day = form.day(today(request))
    held = queries.rosters_on(day)[name]
    suggested = queries.suggested(day, name)
    shown = {
        "process": found, "form": form, "day": day, "held": held,
        "members": facts.counted(held), "facts": facts.facts(found, day),
        "themes": [(each, source_of(found, each.source)) for each in found.themes],
        "overlaps": queries.overlaps_of(name, day)[:FEW],
        "suggestions": queries.advised(suggested[:FEW], name), "suggested": len(suggested),
        "bridges": queries.bridges_in(name, day, FEW), "forum": fora().get(name),
    }  # fmt: skip
    return render(request, "processes/show.html", shown, status=status(form))


def compare(request: Visit) -> HttpResponse:
    """Processes side by side, point by point as at the workshop of 2005."""
    form = MatrixForm(request.GET or None, today=today(request))
    asked, points, day = _matrix(form, today(request))
    kept = request.GET.urlencode()
    shown = {
        "form": form, "day": day, "asked": f"?{kept}" if kept else "",
        "points": [each for each in facts.all_points() if each[0] in points],
        "rows": list(zip(asked, facts.cells(asked, points, day), strict=True)),
    }  # fmt: skip
    return render(request, "processes/compare.html", shown, status=status(form))


def _matrix(form: MatrixForm, now: date) -> tuple[list[Process], list[str], date]:
    day = form.day(now)
    found = chosen(processes().values(), form.only(), day)
    return sorted(found, key=lambda each: each.name.casefold()), form.points_asked(), day


def _table(asked: QueryDict, now: date) -> Iterator[list[str]]:
    """The matrix as the page shows it, each point with its source."""
    several, points, day = _matrix(MatrixForm(asked or None, today=now), now)
    titles = [title for name, title, _para in facts.all_points() if name in points]
    head = [cell for title in titles for cell in (title, f"{title}: {_('Source')}")]
    yield [_("Process"), _("Name"), *head]
    ordered = [name for name, _title, _para in facts.all_points() if name in points]
    for each, row in zip(several, facts.cells(several, ordered, day), strict=True):
        told = [text for cell in row for text in (cell.text or _("not known"), cell.source)]
        yield [each.id, each.name, *told]


def compare_csv(request: Visit) -> HttpResponse:
    """The matrix as CSV."""
    text = "".join(write_rows(_table(request.GET, today(request))))
    return _file(text.encode(), "text/csv; charset=utf-8", "processes.csv")


def compare_xlsx(request: Visit) -> HttpResponse:
    """The matrix as a workbook."""
    out = BytesIO()
    write_sheet("processes", _table(request.GET, today(request)), out)
    return _file(out.getvalue(), WORKBOOK, "processes.xlsx")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def overlap(request: Visit) -> HttpResponse:
    """How far two processes have the same members and themes; of all, the greatest overlaps."""
    form = PairForm(request.GET or None)
    day = form.day(today(request))
    given = form.cleaned_data if form.is_bound and form.is_valid() else None
    shown = {
        "form": form, "day": day,
        "pair": queries.pair(given["a"], given["b"], day) if given else None,
        "pairs": [] if given else queries.pairs_on(day)[:MANY],
        "picture": None if given else queries.heat(day),
    }  # fmt: skip
    return render(request, "processes/overlap.html", shown, status=status(form))


def suggestions(request: Visit) -> HttpResponse:
    """The pairs that could learn most from each other, with the parts of the reason."""
    form = DayForm(request.GET or None)
    day = form.day(today(request))
    found = queries.suggested(day)
    shown = {"form": form, "day": day, "rows": queries.advised(found[:MANY]), "count": len(found)}
    return render(request, "processes/suggestions.html", shown, status=status(form))


def seats(request: Visit) -> HttpResponse:
    """Who sits in how many processes."""
    form = DayForm(request.GET or None)
    day = form.day(today(request))
    shown = {"form": form, "day": day, "rows": queries.seats_on(day)}
    return render(request, "processes/seats.html", shown, status=status(form))


def state(request: Visit, code: str) -> HttpResponse:
    """Where one state sits."""
    if code not in states():
        raise Unknown("there is no such state", fix="Look in the list of states.")
    form = DayForm(request.GET or None)
    day = form.day(today(request))
    shown = {"form": form, "day": day, "code": code, "seated": queries.seated(code, day)}
    return render(request, "processes/state.html", shown, status=status(form))


def bridges(request: Visit) -> HttpResponse:
    """The states that join processes which have nobody else in common."""
    form = DayForm(request.GET or None)
    day = form.day(today(request))
    shown = {"form": form, "day": day, "rows": queries.bridges_on(day)[:MANY]}
    return render(request, "processes/bridges.html", shown, status=status(form))


def gaps(request: Visit) -> HttpResponse:
    """Where nobody meets, by region and by theme."""
    form = DayForm(request.GET or None)
    day = form.day(today(request))
    shown = {"form": form, "day": day, "found": queries.gaps_on(day)}
    return render(request, "processes/gaps.html", shown, status=status(form))
