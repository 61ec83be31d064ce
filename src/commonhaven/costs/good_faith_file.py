"""A year of good faith as one TOML file: what is divided, and each state's conduct."""

import os
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources.abc import Traversable
from pathlib import Path

from commonhaven.costs.good_faith import Conduct, Incentive, incentive, paid_enough, pot_of
from commonhaven.costs.money import Money, money
from commonhaven.reading import Problem, build, closest, described, load_toml, package_files

EXAMPLES = "commonhaven.costs.examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateYear:
    """One state's year, as UNHCR found it."""

    state: str = described("Code of the state")
    people: int = described("People whom it protects", low=0)
    attended: bool = described("Whether it attended every meeting convened")
    answered: bool = described("Whether it answered requests for clarification in time")
    reported: bool = described("Whether it reported its data")
    verified_refoulement: bool = described("Whether refoulement was verified")
    pledged: Fraction = described("What of its pledges fell due", default=Fraction(0), low=0)
    received: Fraction = described("What of it came", default=Fraction(0), low=0)
    evidence: tuple[str, ...] = described("What the findings rest on", default=())
    forgoes: bool = described("Whether it leaves its payment to the others", default=False)

    def conduct(self, currency: str) -> Conduct:
        """Its year as the rule takes it. Problem for a number that is no amount."""
        pledged, received = (money(part, currency) for part in (self.pledged, self.received))
        return Conduct(
            state=self.state, people=self.people, attended=self.attended, answered=self.answered,
            reported=self.reported, paid=paid_enough([pledged], [received]),
            verified_refoulement=self.verified_refoulement, evidence=self.evidence,
            forgoes=self.forgoes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFile:
    """Everything that scores and payments of a year follow from."""

    title: str = described("What year of which group", default="")
    currency: str = described("ISO 4217 code of the fund's books", pattern=r"[A-Z]{3}")
    cost: Fraction | None = described("The year's cost of protection", default=None, low=0)
    pot: Fraction | None = described("What the group divides, in place of 5 %", default=None, low=0)
    order: tuple[str, ...] = described("Who comes first at a tie over a cent", default=())
    states: tuple[StateYear, ...] = described("The states")

    def whole(self) -> Money:
        """What is divided. Problem where neither cost nor pot is given, or both."""
        if (self.cost is None) == (self.pot is None):
            raise Problem(
                "it gives both cost and pot" if self.cost is not None else "it gives no cost",
                where="cost", fix="Give the year's cost, or the pot as the group decided it.",
            )  # fmt: skip
        if self.cost is not None:
            return pot_of(money(self.cost, self.currency))
        return money(self.pot or 0, self.currency)

    def result(self) -> Incentive:
        """Scores and payments."""
        year = [each.conduct(self.currency) for each in self.states]
        return incentive(year, pot=self.whole(), order=self.order)


def shipped() -> dict[str, Traversable]:
    """The example years that ship: name → file."""
    return package_files(EXAMPLES, ".toml")


def read_year(name_or_path: str) -> YearFile:
    """A year from a TOML file, or one that ships by its name.

    Raises Problem with file, place and what to do where it is absent or wrong.
    """
    file: Path | Traversable = Path(name_or_path)
    where = name_or_path
    if name_or_path in shipped():
        file, where = shipped()[name_or_path], f"{name_or_path}.toml"
    elif not os.path.exists(name_or_path):  # noqa: PTH110 - Path.exists fails on names too long for the system
        fix = f"{closest(name_or_path, shipped())} Or give the path of a TOML file."
        raise Problem(f'there is no year "{name_or_path[:80]}"', fix=fix)
    found = build(YearFile, load_toml(file, where), where)
    try:
        found.result()
    except Problem as problem:
        raise problem.within(where) from None
    return found
