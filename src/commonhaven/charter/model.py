"""The charter as a value: who takes part and which rules bind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.parties.codes import code_to_write
from commonhaven.reading import described

Tier = Literal["inner core", "outer core", "situation-specific contributor"]
Role = Literal["secretariat", "observer", "organisation with consultative status"]
STATE = r"[A-Z]{3}"
ID = r"[a-z0-9][a-z0-9-]*"
ID_FORM = "Write lower-case letters, digits and hyphens, such as west-africa."
CURRENCY_FORM = "Write the ISO 4217 code in capital letters, such as USD."


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The group and this version of its charter."""

    id: str = described("Short name, lower case with hyphens", pattern=ID, form=ID_FORM)
    kind: Literal["interest-convergence group", "regional consultative process", "forum"] = (
        described("What kind of group it is", default="interest-convergence group")
    )
    name: Mapping[str, str] = described("Name by language code: en, fr, es, ar, ru, zh, ...")
    version: str = described(
        "Version of the charter, such as 1 or 2.1", pattern=r"[0-9][0-9.]*",
        form="Write digits and points, such as 2.1.",
    )  # fmt: skip
    in_force: date = described("First day on which this version binds")
    ends: date | None = described("Last day on which it binds, if it has one", default=None)
    example: bool = described("True for an example that no organisation has adopted", default=False)
    note: str = described("What a reader should know", default="")

    def called(self, language: str = "en") -> str:
        """The name in that language, else in English, else in the first by code, else the id."""
        names = self.name
        return (
            names.get(language)
            or names.get("en")
            or next((names[k] for k in sorted(names)), self.id)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A state's membership in one tier over one period."""

    state: str = described("ISO 3166-1 alpha-3 code, or XKX", pattern=STATE, form=code_to_write)
    tier: Tier = described("inner core, outer core or situation-specific contributor")
    since: date = described("First day of membership in this tier")
    until: date | None = described("Last day of it, if it ended", default=None)
    situation: str | None = described(
        "For a situation-specific contributor: the situation it contributes to", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An organisation that takes part without being a member."""

    party: str = described("Its short name, such as UNHCR")
    role: Role = described("What it may do in the group")
    may_convene: bool = described("Whether it may call a meeting", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Convening:
    """How a meeting is called."""

    procedure: str = described(
        "Id of the convening procedure: see `commonhaven procedure list`", default="hathaway-neve",
        source="Hathaway and Neve 1997, 198-200",
    )  # fmt: skip
    zone: str = described(
        "IANA name of the time zone in which the group counts days", default="UTC",
        source="Our proposal: it favours no member", later=True,
    )  # fmt: skip
    default_on_deadlock: bool = described(
        "Whether the rules agreed beforehand apply by themselves where the meeting does not decide",
        default=False, source="Our proposal: off, since members must want it", later=True,
    )  # fmt: skip
    recuse_origin: bool = described(
        "Whether a member that people flee from stands back from decisions on them",
        default=True,
        source="Hathaway and Neve 1997, 199: consensus is an obstacle, particularly where it is "
        "a member",
        later=True,
    )
    decision: str | None = described(
        "Mode of decision, such as two-thirds; left out, the procedure's own", default=None
    )
    quorum: Fraction | None = described(
        "Part of the members that must be present to decide; left out, the procedure's own",
        default=None, low=0, high=1,
    )  # fmt: skip
    weighed_by: Literal["weights", "cost scale"] = described(
        "For a weighted mode: the weights listed, or each member's share of the cost scale",
        default="weights", source="Our proposal: what is agreed by name favours nobody unseen",
        later=True,
    )  # fmt: skip
    weights: Mapping[str, Fraction] = described(
        "For a weighted mode: each member's weight, by state", default=dict
    )
    options: Mapping[str, str] = described(
        "Other options of the procedure: see `commonhaven procedure show`", default=dict
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak:
    """How states with an equal claim are told apart."""

    key: str = described(
        "Key that divides people between states of the same class",
        default="population-gdp-area", source="Our proposal: population, GDP, land equally",
    )  # fmt: skip
    order: Literal["larger population first", "alphabetical", "drawn lots"] = described(
        "Order in which states with equal remainders get the last places",
        default="larger population first", source="Our proposal",
    )  # fmt: skip
    lots: tuple[str, ...] = described("For drawn lots: the states in the order drawn", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A floor, ceiling or exemption for one state, by decision."""

    state: str = described("The state", pattern=STATE, form=code_to_write)
    at_least: int | None = described("Least number of people", default=None, low=0)
    at_most: int | None = described("Greatest number of people (its capacity)", default=None, low=0)
    exempt: bool = described("Takes no part in the placement", default=False)
    deduction: int | None = described("People taken off its number", default=None, low=0)
    decision: str = described("The decision that grants it: who, when, reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who protects whom."""

    rule: str = described(
        "Id of the rule: see `commonhaven rules`", default="hathaway-neve",
        source="Hathaway and Neve 1997, 204-05",
    )  # fmt: skip
    parameters: Mapping[str, str] = described(
        "The rule's parameters; its defaults where left out", default=dict
    )
    security_floor: Fraction = described(
        "Least security score of a state that may receive anyone, whatever the rule",
        default=Fraction(3, 5), source="Our proposal: the text gives no number",
        low=Fraction(1, 2), high=1,
    )  # fmt: skip
    tie_break: TieBreak = described("How ties are settled", default=TieBreak)
    rounding: Literal["largest-remainder", "webster", "ceiling", "nearest"] = described(
        "How exact shares become whole people", default="largest-remainder",
        source="Our proposal",
    )  # fmt: skip
    capacity_per_1000: Fraction | None = described(
        "People that a member can receive per 1,000 inhabitants, where it has declared no "
        "capacity; left out: 20 under a placement rule, no limit under a key",
        default=None,
        source="Our proposal: instruments/capacity.toml and docs/explanation/capacity.md",
        low=0,
        high=1000,
    )
    credit_hosted: bool = described(
        "Under a key, people in need of protection already hosted count towards a state's number",
        default=False,
        source="Our proposal: off, since Hathaway and Neve share by fitness, not by stock",
    )
    limits: tuple[Limit, ...] = described("Floors, ceilings, exemptions, deductions", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Who pays what."""

    scale: str = described(
        "Id of the scale: see `commonhaven rules`", default="un-regular-budget",
        source="Hathaway and Neve 1997, 208-09",
    )  # fmt: skip
    parameters: Mapping[str, str] = described("The scale's parameters", default=dict)
    host_relief_full_at: Fraction = described(
        "Hosting ratio from which a host pays nothing (H)", default=Fraction(5),
        source="Our proposal: the text gives no number", low=Fraction(11, 10), high=1000,
    )  # fmt: skip
    ceiling: Fraction = described(
        "Greatest part of the cost that one state bears", default=Fraction(22, 100),
        source="A/RES/55/5 B; A/RES/79/249", low=Fraction(1, 100), high=1,
    )  # fmt: skip
    currency: str = described(
        "ISO 4217 code of the currency of account", default="USD", pattern=r"[A-Z]{3}",
        form=CURRENCY_FORM,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """The standing fund."""

    target_quantile: Fraction = described(
        "Quantile of the last ten years' claims that the fund should hold",
        default=Fraction(9, 10), source="Our proposal", low=0, high=1,
    )  # fmt: skip
    emergency_release: Fraction = described(
        "Part of the fund that may be released within 48 hours of a convening",
        default=Fraction(1, 5), source="Our proposal", low=0, high=1,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Temporary protection and what follows it."""

    years: int = described(
        "Years of temporary protection", default=5, source="Our proposal: the text gives no number",
        low=1, high=20,
    )  # fmt: skip
    residual_share: Fraction = described(
        "Part of the people who are expected not to be able to return by then",
        default=Fraction(1, 10), source="Our proposal", low=0, high=1,
    )  # fmt: skip
    residual_key: str = described(
        "Key by which the outer core guarantees permanent places",
        default="population-gdp-area", source="Our proposal: as ties are settled",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """When the group looks back at itself."""

    every: Literal["1 year", "2 years", "3 years"] = described(
        "Time between reviews", default="1 year", source="Hathaway and Neve 1997, 201"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """The rules of the game that a group agrees before the crisis."""

    group: Group = described("The group and this version")
    members: tuple[Member, ...] = described("Member states by tier and date")
    participants: tuple[Participant, ...] = described("Organisations that take part", default=())
    convening: Convening = described("How a meeting is called", default=Convening)
    responsibility: Responsibility = described("Who protects whom", default=Responsibility)
    costs: Costs = described("Who pays what", default=Costs)
    fund: Fund = described("The standing fund", default=Fund)
    protection: Protection = described("Protection over time", default=Protection)
    review: Review = described("The regular review", default=Review)

    def members_on(self, day: date) -> dict[str, Member]:
        """State → membership on that day, in order of state."""
        found = {
            member.state: member
            for member in self.members
            if member.since <= day and (member.until is None or day <= member.until)
        }
        return dict(sorted(found.items()))
