"""Everything that is wrong with a charter, and what its drafters might consider."""

from itertools import chain

from commonhaven.charter.convening import convening_findings
from commonhaven.charter.membership import group_findings, member_findings, participant_findings
from commonhaven.charter.model import Charter
from commonhaven.charter.terms import (
    cost_findings,
    protection_findings,
    responsibility_findings,
)
from commonhaven.reading.finding import Finding


def check(charter: Charter) -> tuple[Finding, ...]:
    """All findings, errors before advice, each group in the order of the charter's tables."""
    found = chain(
        group_findings(charter.group),
        member_findings(charter),
        participant_findings(charter),
        convening_findings(charter),
        responsibility_findings(charter),
        cost_findings(charter),
        protection_findings(charter),
    )
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))
