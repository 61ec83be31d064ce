"""A fund as one TOML file: its rules, what its target is worked out from, and its acts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from importlib.resources.abc import Traversable
from typing import Any

from commonhaven.commitments.fund.acts import FundAct, FundActKind, Keeping, keeping
from commonhaven.commitments.fund.state import BudgetLine
from commonhaven.costs.fund import Target, quantile_target
from commonhaven.costs.money import money
from commonhaven.costs.rates import Rate
from commonhaven.instruments import entry
from commonhaven.reading import Problem, build, described, load_named, package_files

EXAMPLES = "commonhaven.commitments.fund.examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTable:
    """The rate by which a payment was converted."""

    value: Fraction = described("Units of the fund's currency for one unit paid")
    on: date = described("Its day")
    source: str = described("Who published it")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActTable:
    """One act of a fund, as it stands in a file."""

    id: str = described("Short name, unique in the fund")
    kind: FundActKind = described("What was done")
    at: datetime = described("When, with its zone")
    by: str = described("The party that did it")
    amount: Fraction | None = described("How much, in the fund's currency", default=None, low=0)
    original: Fraction | None = described("What was paid in another currency", default=None, low=0)
    currency: str = described("That other currency", default="")
    rate: RateTable | None = described("The rate between the two", default=None)
    party: str = described("Whose agreement, payment or arrears it is", default="")
    shares: Mapping[str, Fraction] = described("For a call: how much of whom", default=dict, low=0)
    request: str = described("The request that it is about", default="")
    due: date | None = described("For a call or an agreement: its day", default=None)
    year: int | None = described("For a call: the year that it is for", default=None)
    convened: datetime | None = described("When a meeting was called on it", default=None)
    decision: str = described("The decision that it carries out", default="")
    says: str = described("What for, or what was found", default="")
    evidence: str = described("Where it can be read", default="")

    def act(self, currency: str) -> FundAct:
        """The act, its numbers as money. Problem for a number that is no amount of a currency."""
        same = {"id", "kind", "at", "by", "party", "request", "due", "year", "convened", "decision",
                "says", "evidence"}  # fmt: skip
        values: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)
                                  if f.name in same}  # fmt: skip
        if self.amount is not None:
            values["amount"] = money(self.amount, currency)
        if self.original is None and (self.currency or self.rate):
            said = "it names another currency or a rate, and no amount that was paid in it"
            raise Problem(said, where="original", fix="Give the amount, or leave both out.")
        if self.original is not None:
            values["original"] = money(self.original, self.currency)
        if self.rate is not None:
            values["rate"] = Rate(
                base=self.currency, quote=currency, value=self.rate.value, on=self.rate.on,
                source=self.rate.source,
            )  # fmt: skip
        shares = {party: money(part, currency) for party, part in self.shares.items()}
        return FundAct(**values, shares=shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a situation claimed of the fund, or would have, in a past year."""

    year: int = described("Calendar year")
    what: str = described("The situation")
    amount: Fraction = described("How much, in the fund's currency", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """One line of the group's budget."""

    year: int = described("Calendar year")
    line: str = described("What for")
    amount: Fraction = described("How much is planned, in the fund's currency", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFile:
    """Everything that a fund's state follows from."""

    title: str = described("What fund it is", default="")
    currency: str = described("ISO 4217 code of its books", pattern=r"[A-Z]{3}")
    members: tuple[str, ...] = described("Who is called upon")
    keepers: tuple[str, ...] = described("Secretariat and treasurer")
    release_part: Fraction | None = described(
        "Part of the cash that may go out at once", default=None, low=0, high=1,
        source="instruments/standing-fund.toml",
    )  # fmt: skip
    last_year: int | None = described(
        "Last of the ten years that the target looks at", default=None
    )
    quantile: Fraction | None = described(
        "Quantile of the yearly claims", default=None, low=0, high=1,
        source="instruments/standing-fund.toml",
    )  # fmt: skip
    claims: tuple[Claim, ...] = described("Claims of past years", default=())
    budget: tuple[PlannedLine, ...] = described("The group's budget", default=())
    acts: tuple[ActTable, ...] = described("What happened", default=())

    def rules(self) -> Keeping:
        return keeping(
            self.currency, frozenset(self.members), frozenset(self.keepers),
            release_part=self.release_part,
        )  # fmt: skip

    def what_happened(self) -> tuple[FundAct, ...]:
        """The acts. Problem, with the act named, for an amount that is none."""
        found = []
        for table in self.acts:
            try:
                found.append(table.act(self.currency))
            except Problem as problem:
                raise problem.within(f"act {table.id}") from None
        return tuple(found)

    def target(self) -> Target | None:
        """How much the fund should hold; None where the file says nothing of past claims."""
        if self.last_year is None:
            return None
        years = int(entry("standing-fund", "years").number)
        span = range(self.last_year - years + 1, self.last_year + 1)
        claims = {
            year: {c.what: money(c.amount, self.currency) for c in self.claims if c.year == year}
            for year in span
        }
        part = entry("standing-fund", "quantile").number if self.quantile is None else self.quantile
        return quantile_target(claims, last=self.last_year, currency=self.currency, part=part)

    def planned(self, year: int) -> tuple[BudgetLine, ...]:
        """The budget of a year."""
        return tuple(
            BudgetLine(line=one.line, planned=money(one.amount, self.currency))
            for one in self.budget
            if one.year == year
        )


def shipped() -> dict[str, Traversable]:
    """The example funds that ship: name → file."""
    return package_files(EXAMPLES, ".toml")


def read_fund(name_or_path: str) -> FundFile:
    """A fund from a TOML file, or one that ships by its name.

    Raises Problem with file, place and what to do where it is absent or wrong.
    """
    table, where = load_named(name_or_path, shipped(), "fund")
    found = build(FundFile, table, where)
    try:
        found.rules()
        found.what_happened()
        found.target()
    except Problem as problem:
        raise problem.within(where) from None
    return found
