"""Who looks at the platform: every place that a charter gives, and the places outside it.

What each may see is written here by hand, as a lawyer would read it out of the charter's tiers and
of the four audiences; nothing of it is taken from the platform's own policy.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from commonhaven.charter import Charter

NOW_OPEN = frozenset({"public", "members released", "hosts released"})
CONSULTED = NOW_OPEN | {"consultative", "consultative tomorrow"}
MEMBER = CONSULTED | {"members", "members tomorrow"}
HOST = MEMBER | {"hosts", "hosts tomorrow"}
DONOR = MEMBER | {"donors"}
SHADES = HOST | DONOR

STATES = ("head of delegation", "delegate", "ministry focal point", "treasurer")
TABLE = {
    **{("inner core", capacity): MEMBER for capacity in STATES},
    **{("outer core", capacity): MEMBER for capacity in STATES},
    ("inner core", "analyst"): CONSULTED,
    ("outer core", "analyst"): CONSULTED,
    ("secretariat", "secretariat"): MEMBER,
    ("secretariat", "unhcr"): MEMBER,
    ("secretariat", "treasurer"): MEMBER,
    ("secretariat", "analyst"): CONSULTED,
    ("secretariat", "administrator"): NOW_OPEN,
    ("observer", "observer"): CONSULTED,
    ("organisation with consultative status", "ngo"): CONSULTED,
}
"""Standing in the charter, capacity of the person → what such a person may read."""
CAUCUSES = {"hosts": ("GHA", "GIN"), "donors": ("FRA", "DEU")}
CONFERS = {"hosts": HOST, "donors": DONOR}
PARTIES = {
    "inner core": ("GHA", "LBR"), "outer core": ("FRA", "CAN"), "secretariat": ("UNHCR",),
    "observer": ("IOM",), "organisation with consultative status": ("Council of lead NGOs",),
}  # fmt: skip
"""Standing → the parties that stand for it here: one in a caucus, one in none."""

CONFERRING = {"inner core": ("GHA",), "outer core": ("FRA",), "secretariat": ("UNHCR",)}
APART = {"inner core": ("LBR",), "outer core": ("CAN",), "secretariat": ("UNHCR",)}
SEATED = {
    "delegate": APART, "treasurer": APART, "ministry focal point": CONFERRING,
    "analyst": CONFERRING,
}  # fmt: skip
"""Capacity → for which parties; heads of delegation stand for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """One viewer: the seat, if any, and what is expected to be seen."""

    id: str
    sees: frozenset[str]
    party: str = ""
    capacity: str = ""
    until: date | None = None
    accepted: bool = True
    refused: bool = False
    elsewhere: bool = False
    signed_in: bool = True
    administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.id.replace(' ', '-').lower()}@example.org"


def by_charter(charter: Charter) -> list[Who]:
    """Every standing of the charter, with every capacity in which its people may act."""
    standings = {member.state: member.tier for member in charter.members}
    standings |= {one.party: one.role for one in charter.participants}
    found = []
    for (standing, capacity), sees in TABLE.items():
        for party in SEATED.get(capacity, PARTIES)[standing]:
            assert standings[party] == standing, f"{party} is no {standing} in the charter"
            inside = [name for name, parties in CAUCUSES.items() if party in parties]
            wide = CONFERS[inside[0]] if inside and sees == MEMBER else sees
            found.append(
                Who(id=f"{party} {capacity}"[:40].strip(), sees=wide, party=party,
                    capacity=capacity)
            )  # fmt: skip
    return found


def outside(today: date) -> list[Who]:
    """People outside the charter, and people whose seat is not or no longer good."""
    ended = today - timedelta(days=1)
    return [
        Who(id="nobody", sees=NOW_OPEN, signed_in=False),
        Who(id="without seat", sees=NOW_OPEN),
        Who(id="platform administrator", sees=NOW_OPEN, administrator=True),
        Who(id="seat elsewhere", sees=NOW_OPEN, party="GHA", capacity="head of delegation",
            elsewhere=True),
        Who(id="without standing", sees=NOW_OPEN, party="Brazil", capacity="delegate"),
        Who(id="ended seat", sees=NOW_OPEN, party="GHA", capacity="delegate", until=ended),
        Who(id="refused seat", sees=NOW_OPEN, party="GHA", capacity="delegate", accepted=False,
            refused=True),
        Who(id="unaccepted seat", sees=HOST, party="GHA", capacity="delegate", accepted=False),
    ]  # fmt: skip
