"""What is known of a host, of a cohort and of the way between them, each fact with its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value and the id under which the trace holds it, such as ``figure:CIV/conflict_deaths``.

    ``cite`` says who assessed it, where it is an assessment.
    """

    value: Fraction
    use: str
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostProfile:
    """A possible host; None or absent: not known.

    ``conflict_deaths``, ``government_deaths``: deaths in a year. ``conflict_intensity``: 0 to 2.
    ``political_stability``: World Bank, about -2.5 to 2.5. ``reaching``, ``camp_attack``,
    ``border_pushback``: assessments from 0 to 1 of conflict reaching refugees, attacks on camps,
    people pushed back. ``convention``, ``protocol``: 1 where bound by the 1951 Convention or the
    1967 Protocol, else 0. ``employment``: agriculture, industry, services → percent of the
    employed. ``languages``: language → 1 official or widely spoken, 1/2 spoken, 0 neither.
    ``religions``: religion → part of the population. ``urban``: percent.
    """

    state: str
    population: Fact | None = None
    conflict_deaths: Fact | None = None
    conflict_intensity: Fact | None = None
    government_deaths: Fact | None = None
    political_stability: Fact | None = None
    reaching: Fact | None = None
    camp_attack: Fact | None = None
    border_pushback: Fact | None = None
    convention: Fact | None = None
    protocol: Fact | None = None
    employment: Mapping[str, Fact] = field(default_factory=dict)
    languages: Mapping[str, Fact] = field(default_factory=dict)
    religions: Mapping[str, Fact] = field(default_factory=dict)
    urban: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortProfile:
    """A cohort's ties; empty: not known. ``source`` says where they were read.

    ``livelihoods``: agriculture, industry, services → part of those who work. ``rural``: part from
    rural areas. ``kin``: states with people of the same ethnic group; None where nobody looked.
    ``diaspora``: state → people of the same origin there before; None where nobody counted.
    """

    id: str
    origin: str
    languages: tuple[str, ...] = ()
    religions: Mapping[str, Fraction] = field(default_factory=dict)
    kin: tuple[str, ...] | None = None
    livelihoods: Mapping[str, Fraction] = field(default_factory=dict)
    rural: Fraction | None = None
    diaspora: Mapping[str, int] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """From the country fled from to the host: kilometres, and 1 where they share a land border."""

    distance_km: Fact | None = None
    land_border: Fact | None = None
