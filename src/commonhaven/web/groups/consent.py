"""Who must consent to a draft, who has, and whether it can be adopted now.

No state is bound without its consent (Vienna Convention on the Law of Treaties, arts 11 and 34):
every state that a first charter names as a member, and every state that an amendment brings in,
says yes itself. Members already bound decide on an amendment by the mode that their charter lays
down, consensus where it lays down none (art. 40, and our proposal for the default).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commonhaven.charter import Charter, succession
from commonhaven.instruments import entry
from commonhaven.parties.figures import reference
from commonhaven.procedures import Tally, Vote, modes, tally
from commonhaven.reading import Problem
from commonhaven.regime.convening import setting
from commonhaven.web.groups.models import CharterConsent, CharterVersion
from commonhaven.web.groups.queries import binding_of, in_force_first, value_of

POSITIONS = ("yes", "no", "abstain", "objection")
DECIDING = frozenset({"inner core", "outer core"})
DEFAULT_MODE = "consensus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a draft stands: who must say yes, who decides, what they said, what is missing.

    ``bound``: the version by whose mode it is decided, None for a first charter; ``replaces``: the
    version that it follows. ``opens``: the instant from which silence is read as no objection;
    None where it never is.
    """

    replaces: CharterVersion | None
    bound: CharterVersion | None
    mode: str
    must: tuple[str, ...]
    deciding: tuple[str, ...]
    positions: Mapping[str, str]
    opens: datetime | None
    tally: Tally | None
    missing: tuple[str, ...]

    @property
    def first(self) -> bool:
        return self.bound is None

    @property
    def asked(self) -> tuple[str, ...]:
        """Every party whose position counts."""
        return tuple(sorted({*self.must, *self.deciding}))

    @property
    def against(self) -> tuple[str, ...]:
        """Parties that said no or objected."""
        return tuple(p for p in self.asked if self.positions.get(p) in {"no", "objection"})

    @property
    def silent(self) -> tuple[str, ...]:
        """Parties that are waited for and have said nothing."""
        return tuple(p for p in self.missing if p not in self.positions)

    @property
    def ready(self) -> bool:
        return not self.missing


def standing(draft: CharterVersion, at: datetime) -> Standing:
    """Where a draft stands at an instant, by a few queries."""
    return standings([draft], at)[draft.pk]


def standings(drafts: Sequence[CharterVersion], at: datetime) -> dict[int, Standing]:
    """Draft → where it stands; the number of queries does not grow with their number."""
    versions: dict[int, list[CharterVersion]] = {}
    for version in in_force_first({draft.group_id for draft in drafts}):
        versions.setdefault(version.group_id, []).append(version)
    said = _positions(drafts)
    found = {}
    for draft in drafts:
        adopted = versions.get(draft.group_id, [])
        found[draft.pk] = _standing(draft, adopted, said.get(draft.pk, {}), at)
    return found


def _standing(
    draft: CharterVersion, adopted: Sequence[CharterVersion], said: dict[str, str], at: datetime
) -> Standing:
    last, bound = (adopted[0] if adopted else None), binding_of(adopted, at.date())
    if bound is not None:
        return _amendment(draft, last, bound, said, at)
    must = tuple(sorted(_named(value_of(draft))))
    return Standing(
        replaces=last, bound=None, mode="", must=must, deciding=(), positions=said, opens=None,
        tally=None, missing=_without_yes(must, said),
    )  # fmt: skip


def _amendment(
    draft: CharterVersion,
    last: CharterVersion | None,
    bound: CharterVersion,
    said: dict[str, str],
    at: datetime,
) -> Standing:
    new, old, day = value_of(draft), value_of(bound), max(at.date(), bound.in_force)
    members = old.members_on(day)
    deciding = tuple(state for state, one in members.items() if one.tier in DECIDING)
    must = tuple(sorted(_named(new) - set(members)))
    mode = old.convening.decision or DEFAULT_MODE
    opens = _opens(draft, mode, day)
    counted = _tally(mode, old, deciding, said, day)
    missing = list(_without_yes(must, said))
    silent = [party for party in deciding if party not in said]
    if silent and (opens is None or at < opens) and not _certain(mode, counted):
        missing += silent
    if counted is not None and not counted.adopted and not missing:
        missing = [party for party in deciding if said.get(party) != "yes"] or list(deciding)
    return Standing(
        replaces=last, bound=bound, mode=mode, must=must, deciding=deciding, positions=said,
        opens=opens, tally=counted, missing=tuple(missing),
    )  # fmt: skip


def _certain(mode: str, counted: Tally) -> bool:
    """Whether those who have said yes carry it, whatever the silent ones would say."""
    return modes()[mode].kind != "consensus" and counted.adopted


def _opens(draft: CharterVersion, mode: str, day: date) -> datetime | None:
    """When silence counts: in consensus only, some days after the last change of the text."""
    if modes()[mode].kind != "consensus" or draft.revised_at is None:
        return None
    return draft.revised_at + timedelta(days=int(entry("platform", "silence_days", day).number))


def _tally(
    mode: str, charter: Charter, deciding: tuple[str, ...], said: Mapping[str, str], day: date
) -> Tally:
    around = setting(charter, "", day, populations=_populations(mode, deciding, day))
    votes = [Vote(party=party, position=said[party]) for party in deciding if party in said]
    return tally(mode, votes, members=deciding, setting=around)


def _populations(mode: str, deciding: tuple[str, ...], day: date) -> dict[str, int]:
    """Populations of the members, for a mode that counts them."""
    if modes()[mode].kind != "double":
        return {}
    figures = reference()
    found = {state: figures.at(state, "population", day) for state in deciding}
    return {state: int(figure.value) for state, figure in found.items() if figure is not None}


def _named(charter: Charter) -> set[str]:
    """The states that a charter names as members from its first day on, or later."""
    start = charter.group.in_force
    return {m.state for m in charter.members if m.until is None or m.until >= start}


def _positions(drafts: Sequence[CharterVersion]) -> dict[int, dict[str, str]]:
    """Draft → party → its last position on the text as it stands."""
    revisions = {draft.pk: draft.revision for draft in drafts}
    found: dict[int, dict[str, str]] = {}
    for row in CharterConsent.objects.filter(charter__in=revisions).order_by("said_at", "pk"):
        if row.revision == revisions[row.charter_id]:
            found.setdefault(row.charter_id, {})[row.party] = row.choice
    return found


def _without_yes(parties: tuple[str, ...], said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(party for party in parties if said.get(party) != "yes")


def check_succession(draft: CharterVersion, before: CharterVersion | None, day: date) -> None:
    """Problem where the draft cannot follow the last adopted version."""
    if before is None:
        return
    new, old = value_of(draft), value_of(before)
    for finding in succession(old, new):
        raise Problem(finding.what, where=finding.where, fix=finding.fix)
    if draft.in_force <= before.in_force:
        said = f"version {before.version} is in force from {before.in_force} on, not earlier"
        fix = "Date the draft after the last version that was adopted."
        raise Problem(said, where="group, in_force", fix=fix)
    if draft.in_force < day:
        said = f"the amendment would be in force from {draft.in_force}, before its adoption"
        fix = "Date it today or later: what was decided under the charter in force stands."
        raise Problem(said, where="group, in_force", fix=fix)
