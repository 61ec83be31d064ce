"""Which parties an act on a fund can name: no account begins by a slip of the pen."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from commonhaven.commitments.fund import FundAct
from commonhaven.parties import UnknownState, find_state, states
from commonhaven.reading import closest
from commonhaven.web.commitments import lines
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.values import act_of
from commonhaven.web.groups.models import Membership
from commonhaven.web.kit.refused import Conflict

BEGINNING = frozenset({"announced", "signed", "paid", "given in kind", "awarded"})
"""Acts with which a party that nobody knew can begin its account."""


def with_known(
    fund: Fund, kind: str, fields: Mapping[str, Any], *, new_party: bool
) -> dict[str, Any]:
    """The fields of an act, each party in them as the platform writes it.

    Known are all states, whoever ever had a part in the group, and whoever an act on the fund
    named before. Raises Conflict for any other, unless an account may begin so and ``new_party``
    says that one is meant; and for a party of a call that is named twice.
    """
    begins = kind in BEGINNING
    found, others = dict(fields), others_known(fund)
    if fields.get("party"):
        found["party"] = known(fields["party"], others, begins=begins, new_party=new_party)
    if fields.get("shares"):
        shares: dict[str, Fraction] = {}
        for told, part in fields["shares"].items():
            party = known(told, others, begins=False, new_party=False)
            if party in shares:
                raise Conflict(f"{party} is named twice", fix="Name each once, with its whole sum.")
            shares[party] = part
        found["shares"] = shares
    return found


def others_known(fund: Fund) -> frozenset[str]:
    """Parties of the group at any time, and those that acts on the fund named."""
    places = Membership.objects.filter(group=fund.group_id).values_list("party", flat=True)
    named = {name for step in fund.steps.all() for name in named_in(act_of(step, fund.currency))}
    return frozenset({*places, *named})


def named_in(act: FundAct) -> frozenset[str]:
    """Whoever an act names: who did it, whose account it is, on whom it calls."""
    return frozenset({act.by, act.party, *act.shares} - {""})


def known(told: str, others: Collection[str], *, begins: bool, new_party: bool) -> str:
    """A state by its code, another party as it is known. Raises Conflict for any other."""
    party = lines.party(told)
    if party in others or (begins and new_party):
        return party
    try:
        return find_state(party).code
    except UnknownState as no:
        more = ' If a new party is meant, tick "A new party" (in the API: new_party).'
        raise Conflict(
            f"{no.what}; the group and this fund know no such party either",
            fix=f"{no.fix} {closest(party, without_states(others))}{more if begins else ''}",
        ) from None


def without_states(parties: Collection[str]) -> list[str]:
    """Those that are no states: a person knows them by name only."""
    return [party for party in parties if party not in states()]
