"""What each member would owe under a draft, before anybody adopts it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonhaven import __version__
from commonhaven.instruments import entry
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem, digest, dump
from commonhaven.regime import WithFacts
from commonhaven.regime.dry_run import DryRun, dry_run
from commonhaven.situations import Situation as Value
from commonhaven.situations import load, shipped
from commonhaven.web.groups.charters import version
from commonhaven.web.groups.forms import DryRunForm
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import before, value_of
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.limits import once_a_day
from commonhaven.web.kit.visit import Visit, in_group, seated, status_of
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.queries import latest
from commonhaven.web.situations.queries import value_of as standing_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A situation that can be played: of the group, or one that ships."""

    key: str
    title: str


def choices(group: Group, viewer: Viewer) -> list[Choice]:
    """The group's situations that the viewer may see, then those that ship."""
    own = visible(Situation.objects.filter(group=group), viewer)
    return [
        *(Choice(key=f"own/{row.pk}", title=row.title) for row in own),
        *(Choice(key=name, title=name) for name in shipped()),
    ]


def situation_of(key: str, group: Group, viewer: Viewer) -> Value:
    """The situation of a choice, as its last figures have it."""
    kind, _slash, number = key.partition("/")
    if kind != "own":
        return load(key)
    row = visible(Situation.objects.filter(group=group, pk=int(number)), viewer).get()
    return standing_value(latest(row))


def played(
    row: CharterVersion, against: CharterVersion | None, crises: list[Value], user: int | None
) -> DryRun:
    """The run; one with the same inputs is not computed twice in a day.

    What has to be computed counts for the person who asks; TooMany where they had their number.
    """
    inputs = [row.digest, against.digest if against else "", [digest(dump(c)) for c in crises]]
    old = value_of(against) if against else None
    return once_a_day(
        f"dry-run-{__version__}-{digest(inputs)}",
        lambda: dry_run(old, value_of(row), crises, WithFacts(reference())),
        what="dry-runs", owner=str(user),
        most=int(entry("platform", "dry_runs_in_ten_minutes").number),
    )  # fmt: skip


@in_group
def page(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Choose situations; see people, money and permanent places for every member."""
    row = version(request, group, pk)
    seated(request, group)
    offered = [(one.key, one.title) for one in choices(group, request.viewer)]
    form = DryRunForm(request.GET or None, offered=offered)
    shown: dict[str, object] = {"row": row, "form": form, "against": before(row)}
    status = 200 if not form.errors else 422
    if form.is_valid():
        keys = form.cleaned_data["situation"]
        try:
            crises = [situation_of(key, group, request.viewer) for key in keys]
            shown["run"] = played(row, before(row), crises, request.viewer.user)
        except Problem as problem:
            form.add_error("situation", str(problem))
            status = status_of(problem)
    shown["mine"] = {seat.party for seat in request.viewer.seats_in(group.pk)}
    shown["question"] = _("What would each member owe under version %(version)s?") % {
        "version": row.version
    }
    return render(request, "groups/dry_run.html", shown, status=status)
