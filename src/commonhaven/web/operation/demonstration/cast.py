"""Who acts in the demonstration: functions, never persons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One account of the demonstration: what it is called, for whom it acts, in which capacity."""

    id: str
    label: str
    party: str
    capacity: str
    zone: str = ""

    @property
    def email(self) -> str:
        return f"{self.id}@example.org"


SECRETARIAT = Part(
    id="secretariat", label="Secretariat of the group", party="UNHCR", capacity="secretariat"
)
ADMINISTRATOR = Part(
    id="administrator", label="Administrator of the platform", party="UNHCR",
    capacity="administrator",
)  # fmt: skip
CAST = (
    Part(id="host", label="Head of delegation, host state (Guinea)", party="GIN",
         capacity="head of delegation", zone="Africa/Conakry"),
    Part(id="chair", label="Head of delegation in the chair (Ghana)", party="GHA",
         capacity="head of delegation", zone="Africa/Accra"),
    Part(id="neighbour", label="Head of delegation, host state (Côte d'Ivoire)", party="CIV",
         capacity="head of delegation", zone="Africa/Abidjan"),
    Part(id="origin", label="Head of delegation, state of origin (Liberia)", party="LBR",
         capacity="head of delegation", zone="Africa/Monrovia"),
    Part(id="donor", label="Head of delegation, contributing state (France)", party="FRA",
         capacity="head of delegation", zone="Europe/Paris"),
    Part(id="ministry", label="Focal point in a ministry (Canada)", party="CAN",
         capacity="ministry focal point", zone="America/Toronto"),
    Part(id="unhcr", label="Protection officer of UNHCR", party="UNHCR", capacity="unhcr",
         zone="Europe/Zurich"),
    Part(id="ngo", label="Council of lead NGOs", party="Council of lead NGOs", capacity="ngo"),
    Part(id="observer", label="Observer (IOM)", party="IOM", capacity="observer"),
    Part(id="treasurer", label="Treasurer of the fund", party="UNHCR", capacity="treasurer"),
    Part(id="analyst", label="Analyst (Ghana)", party="GHA", capacity="analyst"),
    ADMINISTRATOR,
)  # fmt: skip
"""One for each role; the secretariat comes first because it invites the others."""
