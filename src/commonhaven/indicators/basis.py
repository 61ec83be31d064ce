"""What measures are worked out from: one vintage of figures and of what donors gave."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commonhaven.indicators.donors import FILE, Donors, read_donors, shipped_donors
from commonhaven.parties.figures import Figures, over_shipped, read_folder, reference
from commonhaven.reading import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Figures of states and gifts of donors, with a name for the vintage."""

    label: str
    figures: Figures
    donors: Donors


def shipped() -> Basis:
    """The tables that ship."""
    return Basis(label="shipped", figures=reference(), donors=shipped_donors())


def from_figures(figures: Figures, label: str = "own figures") -> Basis:
    """Figures of one's own, with the donors that ship."""
    return Basis(label=label, figures=figures, donors=shipped_donors())


def from_folder(folder: Path, *, on: date) -> Basis:
    """The publishers' files of a folder over the tables that ship; nothing is kept.

    Besides what `figures pull --from` reads, ``donors.csv`` (year, donor, kind, state, usd).
    """
    donors = folder / FILE
    if not folder.is_dir():
        raise Problem("there is no such folder", where=str(folder), fix="Check the path.")
    return Basis(
        label=str(folder),
        figures=over_shipped(read_folder(folder, on=on, leaving=(FILE,))),
        donors=read_donors(donors, on=on) if donors.is_file() else shipped_donors(),
    )
