"""Where nobody meets: states in no process, and themes on which a region has none.

Regions are those of the United Nations' M49. The question is that of the workshop of 2005,
paras 6 and 13.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commonhaven.parties import State, members, state
from commonhaven.processes.likeness import themes
from commonhaven.processes.model import Process
from commonhaven.processes.roster import Roster
from commonhaven.processes.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCover:
    """A region of M49: which of its states sit in a process.

    ``without`` sit in no process at all; ``only_between`` in a forum between regions, and in no
    process of one region.
    """

    region: str
    states: tuple[str, ...]
    without: tuple[str, ...]
    only_between: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCover:
    """A theme: who works on it, and in which regions no state sits in a process that does."""

    theme: str
    processes: tuple[str, ...]
    regions_without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What is not covered on a day, by region and by theme."""

    day: date
    regions: tuple[RegionCover, ...]
    themes: tuple[ThemeCover, ...]
    warnings: tuple[str, ...]


def gaps(known: Mapping[str, Process], rosters: Mapping[str, Roster], day: date) -> Gaps:
    """The gaps on a day among the members of the United Nations, the emptiest region first.

    Forums open to all fill no gap; dormant and ended processes fill none either.
    """
    meeting = {
        name: each
        for name, each in known.items()
        if each.status == "active" and rosters[name].states
    }
    regions = by_region(members("united-nations", day).states)
    return Gaps(
        day=day,
        regions=_regions(regions, meeting, rosters),
        themes=_themes(regions, meeting, rosters),
        warnings=(
            "Themes have no date: what is known of them now stands for every day.",
            *(w for name in meeting if not rosters[name].complete for w in rosters[name].warnings),
        ),
    )


def by_region(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """States by the smallest region of M49 that holds them."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(region_of(state(code)), []).append(code)
    return {region: tuple(sorted(found[region])) for region in sorted(found)}


def region_of(one: State) -> str:
    return one.intermediate_region or one.subregion or one.region or "no region in M49"


def _regions(
    regions: Mapping[str, tuple[str, ...]],
    meeting: Mapping[str, Process],
    rosters: Mapping[str, Roster],
) -> tuple[RegionCover, ...]:
    seated = {code for name in meeting for code in rosters[name].states}
    at_home = {
        code
        for name, each in meeting.items()
        if each.type == "RCP"
        for code in rosters[name].states
    }
    found = [
        RegionCover(
            region=region, states=codes,
            without=tuple(code for code in codes if code not in seated),
            only_between=tuple(code for code in codes if code in seated - at_home),
        )
        for region, codes in regions.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=_emptiness))


def _emptiness(each: RegionCover) -> tuple[int, int, str]:
    return (-len(each.without), -len(each.only_between), each.region)


def _themes(
    regions: Mapping[str, tuple[str, ...]],
    meeting: Mapping[str, Process],
    rosters: Mapping[str, Roster],
) -> tuple[ThemeCover, ...]:
    found = []
    for theme in vocabulary().themes:
        at_work = tuple(name for name, each in meeting.items() if theme in themes(each))
        reached = {code for name in at_work for code in rosters[name].states}
        missed = tuple(name for name, codes in regions.items() if not reached & set(codes))
        found.append(ThemeCover(theme=theme, processes=at_work, regions_without=missed))
    return tuple(sorted(found, key=lambda each: (-len(each.regions_without), each.theme)))
