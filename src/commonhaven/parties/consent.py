"""Which refugee treaties bind a state on a day, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

from commonhaven.parties.blocs import Source, grouping
from commonhaven.parties.register import state, states
from commonhaven.reading import Problem, Row, build, closest, described, load_toml, read_table

Kind = Literal["ratification", "accession", "succession", "adoption", "disputed", ""]


class UnknownTreaty(Problem):
    """An id for which we hold no treaty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A refugee treaty, and how far our list of its parties can be trusted."""

    id: str = described("Short name", pattern=r"[a-z0-9-]+")
    title: str = described("Full title")
    adopted: date = described("Day of adoption")
    in_force: date = described("Day of entry into force")
    days_to_force: int = described("Days from a later consent to its effect", low=0)
    article: str = described("Article on entry into force")
    list: str = described("Short name of the source of the list of parties")
    binding: bool = described("Whether it binds at all")
    complete: bool = described("Whether the list names every party on the day as_of")
    as_of: date = described("Day that the list describes")
    parties: int | None = described("Published number of parties on that day", default=None)
    open_to: str = described("Grouping to whose members it is open; absent: all", default="")
    note: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The whole of treaties.toml."""

    sources: Mapping[str, Source] = described("Sources by short name")
    treaties: tuple[Treaty, ...] = described("The treaties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A state's consent to be bound: the day of deposit or notification."""

    since: date
    kind: Kind
    source: str
    standing: str
    limited_to: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyStatus:
    """Whether a state is party to a treaty on a day; ``party`` is None where we cannot tell.

    ``since`` is the day of consent (deposit or notification), ``bound_from`` the day from which
    the treaty is in force for the state: a party is a state for which it is (Vienna Convention on
    the Law of Treaties, art. 2(1)(g)). ``limited_to``: "Europe" where the state applies the treaty
    to events in Europe only (art. 1B(1)(a) of the Convention). ``note`` is about this state;
    Treaty.note about the list.
    """

    party: bool | None
    since: date | None
    bound_from: date | None
    kind: Kind
    source: str
    standing: str
    limited_to: str
    note: str


@cache
def _catalogue() -> Catalogue:
    table = load_toml(files("commonhaven.parties") / "treaties.toml", "treaties.toml")
    return build(Catalogue, table, "treaties.toml")


@cache
def treaties() -> Mapping[str, Treaty]:
    """The treaties that we hold by id."""
    return MappingProxyType({treaty.id: treaty for treaty in _catalogue().treaties})


@cache
def consents(treaty: str) -> Mapping[str, Consent]:
    """State → its consent to be bound by the treaty."""
    table = read_table(
        files("commonhaven.parties") / "treaties.csv",
        name="treaties.csv",
        required=("treaty", "state", "since", "kind", "source", "limited_to", "note"),
    )
    return MappingProxyType(
        {row.text("state"): _consent(row) for row in table if row.text("treaty") == treaty}
    )


def _consent(row: Row) -> Consent:
    source = _catalogue().sources[row.text("source")]
    return Consent(
        since=date.fromisoformat(row.text("since")),
        kind=cast("Kind", row.text("kind")),
        source=source.title,
        standing=source.standing,
        limited_to=row.cells["limited_to"],
        note=row.cells["note"],
    )


def treaty_status(code: str, treaty: str, on: date) -> TreatyStatus:
    """Whether the state is party to the treaty on a day; Problem for an unknown state or treaty.

    False is said only where the list of parties is complete or the treaty is not open to the
    state; where a list has gaps, or a succession was notified later, the answer is None.
    """
    if treaty not in treaties():
        fix = closest(treaty[:40], treaties())
        raise UnknownTreaty(f'no treaty "{treaty[:40]}"', fix=fix)
    text = treaties()[treaty]
    consent = consents(treaty).get(state(code).code)
    return _without(code, text, on) if consent is None else _with(consent, text, on)


def _with(consent: Consent, text: Treaty, on: date) -> TreatyStatus:
    bound_from = _bound_from(consent, text)
    unclear = consent.kind == "disputed" or (
        consent.kind == "succession" and text.in_force <= on < bound_from
    )
    return TreatyStatus(
        party=None if unclear else bound_from <= on,
        since=consent.since,
        bound_from=None if consent.kind == "disputed" else bound_from,
        kind=consent.kind,
        source=consent.source,
        standing=consent.standing,
        limited_to=consent.limited_to,
        note=consent.note,
    )


def _bound_from(consent: Consent, text: Treaty) -> date:
    """The first day on which the treaty is in force for the state."""
    wait = 0 if consent.kind == "succession" else text.days_to_force
    return max(text.in_force, consent.since + timedelta(days=wait))


def _without(code: str, text: Treaty, on: date) -> TreatyStatus:
    one = states()[code]
    party: bool | None = None
    note = "Our list of parties is not complete."
    if one.standing == "no state":
        party, note = False, "Not a state."
    elif one.standing == "dissolved":
        note = "What dissolved states had accepted is not held."
    elif one.standing == "other state or territory":
        note = "Whether a treaty extends to a territory is not held."
    elif on < text.in_force:
        party, note = False, f"Not in force before {text.in_force}."
    elif text.open_to and not _may_join(code, text):
        party, note = False, f"Open only to members of: {grouping(text.open_to).name}."
    elif text.complete:
        party, note = False, f"Not among the parties on {text.as_of}."
    origin = _catalogue().sources[text.list]
    return TreatyStatus(
        party=party,
        since=None,
        bound_from=None,
        kind="",
        source=origin.title,
        standing=origin.standing,
        limited_to="",
        note=note,
    )


def _may_join(code: str, text: Treaty) -> bool:
    return code in {part.state for part in grouping(text.open_to).participations}
