"""What donors gave, as a table: who, of which kind, for which state, how much, in which year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from commonhaven.indicators.result import Cited
from commonhaven.parties import states
from commonhaven.parties.codes import code_to_write
from commonhaven.reading import Problem, Row, read_table

FILE = "donors.csv"
COLUMNS = ("year", "donor", "kind", "state", "usd")
SHIPPED = Cited(
    figure="what donors committed to UNHCR",
    publisher="UNHCR",
    licence="CC BY 4.0",
    edition="unhcr-iati-2024-03",
    retrieved=date(2026, 11, 21),
    caveat="UNHCR's publication under IATI (XM-DAC-41121), incoming commitments, 2016 to 2023; "
    "2023 is not complete. A government's ministries are counted as one donor.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What one donor gave in one year; ``state`` is empty where the donor is no government."""

    year: int
    donor: str
    kind: str
    state: str
    usd: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Donors:
    """Gifts of one source."""

    gifts: tuple[Gift, ...]
    cited: Cited

    def of_year(self, year: int) -> tuple[Gift, ...]:
        """The gifts of a year."""
        return tuple(gift for gift in self.gifts if gift.year == year)

    @property
    def years(self) -> tuple[int, ...]:
        """The years with a gift, ascending."""
        return tuple(sorted({gift.year for gift in self.gifts}))


@cache
def shipped_donors() -> Donors:
    """What donors committed to UNHCR, as it ships."""
    return Donors(
        gifts=_read(files("commonhaven.indicators") / "tables" / FILE, FILE), cited=SHIPPED
    )


def read_donors(path: Path, *, on: date) -> Donors:
    """A table of donors of one's own; Problem naming row and column."""
    cited = Cited(
        figure="what donors gave", publisher=path.name, licence="not stated", edition=f"files-{on}",
        retrieved=on,
    )  # fmt: skip
    return Donors(gifts=_read(path, path.name), cited=cited)


def _read(path: Path | Traversable, name: str) -> tuple[Gift, ...]:
    return _checked(_gift(row) for row in read_table(path, name=name, required=COLUMNS))


def _gift(row: Row) -> tuple[Row, Gift]:
    state = row.cells["state"].strip()
    if state and state not in states():
        raise Problem(
            f'no state "{state[:40]}"', where=row.where("state"), fix=code_to_write(state)
        )
    return row, Gift(
        year=row.whole("year", low=1900, high=2200), donor=row.text("donor"), kind=row.text("kind"),
        state=state, usd=row.exact("usd", low=0),
    )  # fmt: skip


def _checked(rows: Iterable[tuple[Row, Gift]]) -> tuple[Gift, ...]:
    seen: set[tuple[int, str]] = set()
    gifts = []
    for row, gift in rows:
        if (gift.year, gift.donor) in seen:
            said = f"{gift.donor} stands twice in {gift.year}"
            raise Problem(said, where=row.where("donor"), fix="Add its gifts together.")
        seen.add((gift.year, gift.donor))
        gifts.append(gift)
    return tuple(gifts)
