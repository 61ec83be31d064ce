"""The page of a move: first which kind, then what that kind needs and nothing else."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer, sees, visible
from commonhaven.web.kit.refused import Conflict, Refused, may
from commonhaven.web.kit.templatetags.kit import party
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.plans import actions, policy
from commonhaven.web.plans.models import Move, Plan
from commonhaven.web.plans.moves import Wish, deducted
from commonhaven.web.plans.queries import stands_at, talks_of
from commonhaven.web.plans.talks import talk_of
from commonhaven.web.plans.templatetags.plans import moved
from commonhaven.web.plans.views import asked_number, one


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of move: what it is called, what it does, the fields that it needs."""

    id: str
    title: str | Promise
    what: str | Promise
    fields: tuple[str, ...]


KINDS = {
    kind.id: kind
    for kind in (
        Kind(
            id="offer people", title=gettext_lazy("Protect more people than our share"),
            what=gettext_lazy("The others protect fewer, by the charter's own rule."),
            fields=("people", "answers", "reason"),
        ),
        Kind(
            id="offer money", title=gettext_lazy("Pay more than our share"),
            what=gettext_lazy("It lowers what the others pay and moves nobody."),
            fields=("money", "answers", "reason"),
        ),
        Kind(
            id="opt out", title=gettext_lazy("Opt out of the placement"),
            what=gettext_lazy("Our share of the costs stays; the reason stands on the record."),
            fields=("reason", "answers"),
        ),
        Kind(
            id="deduction", title=gettext_lazy("Use a deduction that the group has granted"),
            what=gettext_lazy("It cites the decision and cannot go beyond it."),
            fields=("decision", "people", "answers", "reason"),
        ),
        Kind(
            id="withdraw", title=gettext_lazy("Withdraw an earlier move of ours"),
            what=gettext_lazy("Every share is worked out as if it had not been made."),
            fields=("withdraws", "reason"),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What lies on the table for one state: its own moves in force, the others', its decisions."""

    own: tuple[Move, ...]
    others: tuple[Move, ...]
    granted: tuple[tuple[int, str], ...]
    most: int
    """People in question: nobody offers to protect more, or is relieved of more."""

    def kinds(self) -> list[Kind]:
        """The kinds of move that are possible now."""
        needed = {"withdraw": self.own, "deduction": self.granted}
        return [kind for kind in KINDS.values() if needed.get(kind.id, True)]


def table_of(plan: Plan, seat: Seat, viewer: Viewer) -> Table:
    """What a state can answer, withdraw and cite in the talks on a plan."""
    in_force = set(talk_of(plan).in_force)
    made = [row.move for row in talks_of(plan) if hasattr(row, "move")]
    decisions = apps.get_model("decisions", "Decision").objects.filter(
        group=plan.group_id, kind="deduction", status="adopted", state=seat.party
    )
    granted = []
    for row in visible(decisions, viewer):
        left = (row.people or 0) - deducted(plan, row.number)
        said = ngettext("%(left)s person left", "%(left)s people left", left)
        if left > 0:
            granted.append((row.number, f"{row.number} {row.title} ({said % {'left': left}})"))
    return Table(
        own=tuple(m for m in made if m.state == seat.party and str(m.number) in in_force),
        others=tuple(m for m in made if m.state != seat.party and m.kind != "withdraw"),
        granted=tuple(granted),
        most=plan.people,
    )


def told(move: Move) -> str:
    """A move in one line, as a choice."""
    return f"{move.number}. {party(move.state)}: {moved(move)}"


class MoveForm(forms.Form):
    """One move of one kind: only the fields that it needs."""

    def __init__(self, *args: Any, kind: Kind, table: Table, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.kind = kind
        every = fields(kind, table)
        for name in kind.fields:
            if name != "answers" or table.others:
                self.fields[name] = every[name]

    def wish(self) -> Wish:
        """What the state moves."""
        return Wish(kind=self.kind.id, **{name: self.cleaned_data[name] for name in self.fields})


def fields(kind: Kind, table: Table) -> dict[str, forms.Field]:
    """Every field that some kind of move has, as this kind words it."""
    people = (
        _("To be taken off our share.") if kind.id == "deduction" else _("More than our share.")
    )
    return {
        "people": forms.IntegerField(
            label=_("People"), min_value=1, max_value=table.most, help_text=people
        ),
        "money": forms.DecimalField(
            label=_("Money a year, in the charter's currency"), min_value=0, max_digits=18,
            decimal_places=2, help_text=_("Beyond the share."),
        ),
        "withdraws": _pick(_("The move withdrawn"), [(m.number, told(m)) for m in table.own]),
        "decision": _pick(_("The decision that grants it"), list(table.granted)),
        "answers": _pick(
            _("In answer to"), [("", _("No move")), *((m.number, told(m)) for m in table.others)],
            required=False,
        ),
        "reason": forms.CharField(
            label=_("Reason, on the record"), max_length=300, required=kind.id == "opt out",
            widget=forms.TextInput(attrs={"dir": "auto"}),
        ),
    }  # fmt: skip


def _pick(label: str, choices: list[Any], *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=required
    )


@in_group
def move(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Make a move for the state for which one acts; what was typed stays where it cannot stand."""
    plan = one(request, group, pk)
    seat = seated(request, group, _moves)
    policy.may_move(seat)
    table = table_of(plan, seat, request.viewer)
    wanted = (request.POST if request.method == "POST" else request.GET).get("kind", "")
    kind = KINDS.get(wanted)
    form = None if kind is None else _form(request, kind, table)
    if request.method == "POST" and form is not None and form.is_valid():
        answer = _made(request, plan, form, seat)
        if not isinstance(answer, int):
            return answer
        status = answer
    else:
        status = 422 if request.method == "POST" else 200
    shown = _shown(request, plan, seat, table, form)
    return render(request, "plans/move.html", shown, status=status)


def _moves(seat: Seat) -> bool:
    return may(policy.may_move, seat)


def _form(request: Visit, kind: Kind, table: Table) -> MoveForm:
    given = request.POST if request.method == "POST" else None
    start = {"answers": asked_number(request, "answers") or ""}
    return MoveForm(given, kind=kind, table=table, initial=start)


def _made(request: Visit, plan: Plan, form: MoveForm, seat: Seat) -> HttpResponse | int:
    """Where the move leads; the status of the page where it cannot stand."""
    try:
        made = actions.make_move(plan=plan, wish=form.wish(), by=seat, at=request.now)
    except Conflict as problem:
        form.add_error(None, str(problem))
        return 409
    except Problem as problem:
        form.add_error(None, str(problem))
        return 403 if isinstance(problem, Refused) else 422
    return redirect(made.get_absolute_url())


def _shown(
    request: Visit, plan: Plan, seat: Seat, table: Table, form: MoveForm | None
) -> dict[str, Any]:
    later = stands_at(plan)
    return {
        "plan": plan, "form": form, "part": talk_of(plan).part(seat.party), "seat": seat,
        "others": [s for s in request.viewer.seats_in(plan.group_id) if s != seat and _moves(s)],
        "chain": talks_of(plan), "kinds": table.kinds(), "kind": form.kind if form else None,
        "later": later if later and sees(request.viewer, later) else None,
    }  # fmt: skip
