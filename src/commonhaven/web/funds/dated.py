"""What of funds is on a clock, for many groups at once: contributions, and releases at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db.models import QuerySet

from commonhaven.commitments import Asking, Due, Quantity, asking, days_on
from commonhaven.commitments.fund import FundAct, FundState, Keeping, fund
from commonhaven.commitments.fund.state import Request
from commonhaven.web.commitments.dated import members_in
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.values import act_of, rules_by
from commonhaven.web.groups.models import CharterVersion
from commonhaven.web.groups.queries import ended, in_force_first, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A fund with its state at an instant, and the contributions of which something is missing."""

    row: Fund
    rules: Keeping
    state: FundState
    askings: tuple[Asking, ...]
    convened: Mapping[str, datetime]
    """Request → when the meeting was called on which it was made."""

    def release_until(self, name: str) -> datetime | None:
        """The last instant of a release at once on a request; None where nothing was called."""
        begun = self.convened.get(name)
        return begun + timedelta(hours=self.rules.release_hours) if begun else None

    @property
    def releasable(self) -> Iterator[tuple[Request, datetime]]:
        """Requests on which nothing was released or granted yet and a convening opens a release.

        Also those for which its time is over; none where there is no cash to release.
        """
        for one in self.state.requests if self.state.cash.amount > 0 else ():
            until = self.release_until(one.id)
            untouched = one.stage != "closed" and not (one.released.amount or one.granted.amount)
            if until is not None and untouched and self.convened[one.id] <= self.state.at:
                yield one, until


def kept(rows: QuerySet[Fund], at: datetime) -> list[Kept]:
    """Funds with their state at an instant; the number of queries depends on nothing."""
    held = list(rows.select_related("group", "caucus").prefetch_related("steps").order_by("pk"))
    groups = {row.group_id for row in held}
    places, parts = members_in(groups, at), _release_parts(groups, at.date())
    found = []
    for row in held:
        acts = [act_of(step, row.currency) for step in row.steps.all()]
        members = places.get(row.group_id, [])
        rules = rules_by(row, acts, members, parts.get(row.group_id), at)
        found.append(_kept(row, rules, acts, at))
    return found


def _kept(row: Fund, rules: Keeping, acts: list[FundAct], at: datetime) -> Kept:
    state, day = fund(rules, acts, at), row.group.day_of(at)
    days = days_on(day)
    return Kept(
        row=row, rules=rules, state=state,
        askings=tuple(asking(due, day, days) for due in contributions(row, state) if due.missing),
        convened={
            act.request: act.convened for act in acts if act.kind == "asked" and act.convened
        },
    )  # fmt: skip


def contributions(row: Fund, state: FundState) -> Iterator[Due]:
    """What each party owes a fund by each day, called or signed, told as instalments are."""
    sums: dict[tuple[date, str], tuple[Fraction, Fraction]] = {}
    for party, call in state.calls:
        amount, open_ = sums.get((call.due, party), (Fraction(0), Fraction(0)))
        sums[call.due, party] = amount + call.amount.exact, open_ + call.open.exact
    for (day, party), (amount, open_) in sorted(sums.items()):
        yield Due(
            commitment=row.subject, instalment="contribution", giver=party, due=day,
            first_due=day, quantity=Quantity(value=amount, unit=row.currency),
            missing=Quantity(value=open_, unit=row.currency),
        )  # fmt: skip


def _release_parts(groups: Iterable[int], day: date) -> dict[int, Fraction | None]:
    """Group → the part for emergencies by its charter in force; none where no charter is."""
    found: dict[int, CharterVersion] = {}
    for version in in_force_first(groups).filter(in_force__lte=day):
        found.setdefault(version.group_id, version)
    return {
        group: value_of(version).fund.emergency_release
        for group, version in found.items()
        if not ended(version, day)
    }
