"""A consultative process as a value: who meets, how, on what, and what is not known of it.

The fields are those of IOM's overviews of principal processes (2013, 2015, 2017) and the points of
comparison of the workshop of 2005 (GCIM and IOM, Geneva, 14-15 April 2005, paras 15-36).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from commonhaven.processes.when import FORM, FORM_TO_WRITE
from commonhaven.reading import described

ID = r"[a-z0-9][a-z0-9-]*"
ID_FORM = "Write lower-case letters, digits and hyphens, such as abu-dhabi."

Standing = Literal["sourced", "reported", "our proposal"]
Type = Literal["RCP", "IRF", "refugee framework", "global"]
"""RCP: one region. IRF: two regions or more. Since 2010 in IOM's strict use."""
Role = Literal["member", "observer", "partner", "suspended"]
Method = Literal[
    "ministerial", "senior officials", "technical workshops", "working groups", "focal points",
    "steering committee", "annual conference", "rounds", "pathfinder",
]  # fmt: skip
Output = Literal[
    "declarations", "recommendations", "action plans", "guidelines", "model legislation",
    "training", "information campaigns", "databases", "websites", "projects", "research",
]  # fmt: skip
Seat = Literal[
    "own office", "international organization", "regional organization", "a member", "shared",
    "rotating", "none",
]  # fmt: skip
Funds = Literal["assessed contributions", "voluntary contributions", "donor projects", "mixed"]
Extent = Literal["none", "selective", "regular", "own network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts were read."""

    title: str = described("Publisher, title, edition")
    standing: Standing = described("Read there, or reported by others")
    url: str = described("Where it is published", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A party's part in a process, for a time.

    A date that is not known is left out: a part without ``since`` may have begun at any time, one
    with ``ended`` and no ``until`` ended on a day that is not known.
    """

    party: str = described("State by its code, organisation, or process:ID")
    role: Role = described("What it is in the process")
    since: str = described("First day", default="", pattern=FORM, form=FORM_TO_WRITE)
    until: str = described("Last day", default="", pattern=FORM, form=FORM_TO_WRITE)
    ended: bool = described("Whether it is over though the day is not known", default=False)
    source: str = described("Id of the source")
    note: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """Who was in the chair, and when."""

    parties: tuple[str, ...] = described("One party, or the co-chairs")
    since: str = described("First day", default="", pattern=FORM, form=FORM_TO_WRITE)
    until: str = described("Last day", default="", pattern=FORM, form=FORM_TO_WRITE)
    ended: bool = described("Whether it is over though the day is not known", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secretariat:
    """Who keeps the secretariat."""

    seat: Seat = described("What kind of secretariat it is")
    held_by: tuple[str, ...] = described("Organisations or states that keep it", default=())
    text: str = described("In a few words", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """A theme on which the process works."""

    theme: str = described("Id of the theme in our vocabulary", pattern=ID, form=ID_FORM)
    words: str = described("How the process or the source calls it", default="")
    focus: bool = described("Named as a present priority", default=False)
    source: str = described("Id of the source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """How far those who are no governments take part."""

    how: Extent = described("How far")
    text: str = described("In a few words", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A consultative process; what is left out is not known."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    name: str = described("Name in English")
    aka: tuple[str, ...] = described("Other and earlier names", default=())
    type: Type = described("One region, several, a refugee framework, or the world")
    regions: tuple[str, ...] = described("Regions, in our vocabulary")
    founded: str = described("Day it began", default="", pattern=FORM, form=FORM_TO_WRITE)
    status: Literal["active", "dormant", "ended"] = described("Whether it meets")
    grouping: str = described(
        "Grouping of states that holds its members; absent: the parts are the whole list",
        default="",
    )
    complete: bool = described(
        "Where there is no grouping: whether the parts name every member", default=False
    )
    parts: tuple[Part, ...] = described(
        "Organisations, and states whose part differs from the grouping's", default=()
    )
    published_count: int | None = described(
        "Members as the process counts them", default=None, low=0
    )
    objectives: tuple[str, ...] = described("What it is for", default=())
    ministries: tuple[str, ...] = described("Ministries that take part", default=())
    secretariat: Secretariat | None = described("Who keeps the secretariat", default=None)
    chairs: tuple[Chair, ...] = described("Who was in the chair, newest first", default=())
    methods: tuple[Method, ...] = described("How it works", default=())
    methods_text: str = described("How it works, in a sentence", default="")
    themes: tuple[Covers, ...] = described("On what it works", default=())
    outputs: tuple[Output, ...] = described("What comes out", default=())
    outputs_text: str = described("What came out, in a sentence", default="")
    funding: Funds | None = described("How it is paid for", default=None)
    civil_society: Involvement | None = described("Part of civil society", default=None)
    private_sector: Involvement | None = described("Part of the private sector", default=None)
    organisation: str = described("Regional organisation it belongs to", default="")
    website: str = described("Address", default="")
    sourced: Mapping[str, str] = described("Field → id of the source", default=dict)
    sources: Mapping[str, Source] = described(
        "Sources of its own, by id, beside those that ship", default=dict
    )
    note: str = described("What a careful reader should know", default="")


SOURCED = (
    "founded", "objectives", "ministries", "secretariat", "chairs", "methods", "outputs",
    "funding", "civil_society", "private_sector", "organisation", "website", "published_count",
)  # fmt: skip
"""Fields whose source a file names in ``sourced``; parts and themes name their own."""


def known(process: Process, name: str) -> bool:
    """Whether anything is known under a field."""
    value: object = getattr(process, name)
    return value is not None and value not in ("", ())


def unknown(process: Process) -> tuple[str, ...]:
    """The fields of which nothing is known, in their order."""
    fields = (*SOURCED, "themes")
    return tuple(name for name in fields if not known(process, name))
