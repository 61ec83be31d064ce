"""Transactions as a book of promises: one commitment an activity and currency.

Givers and receivers of the file become those of the book, and what it reports becomes their acts,
with the file as evidence. What an older file leaves out follows from what it says: who delivers has
signed, and what was received has been delivered.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import lru_cache

from commonhaven.commitments import Act, BookFile, Commitment, Share, book, quantity
from commonhaven.exchange.activity import Activity
from commonhaven.exchange.codes import GOVERNMENT, IN_DONOR
from commonhaven.exchange.draft import NONE, Draft, Step
from commonhaven.exchange.enacted import enacted
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.transaction import Organisation, Transaction
from commonhaven.parties import UnknownState, find_state, states

UNNAMED = "not named in the file"
ODD = re.compile(r"[^A-Za-z0-9._/-]+")
Drafts = dict[tuple[str, str], Draft]
"""Activity and currency → what becomes its commitment."""
OWN, STRAY, OTHER = (
    "flows in which somebody gives to itself are left out.",
    "flows that only move money on are left out, since the file does not say whose.",
    "repayments, investments and guarantees are left out.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The book, and in sentences what of the file could not stand in it."""

    file: BookFile
    left_out: tuple[str, ...]


def as_book(
    transactions: Iterable[Transaction], heads: Mapping[str, Activity], report: Report
) -> Taken:
    """The book of a file's transactions; ``heads``: its activities by identifier, as far as known.

    Mistakes go into the report. Raises BadFile where there is any: then nothing is taken.
    """
    drafts: Drafts = {}
    roots: dict[str, str] = {}
    left: Counter[str] = Counter()
    for one in transactions:
        with report.noting(file=_place(one, report), row=None):
            why = _drafted(one, drafts, roots)
            left[why] += 1
    report.settle()
    begun = {name for name, _ in drafts}
    for name, head in heads.items():
        if _bare(head) and name not in begun:
            drafts[name, head.currency] = Draft(currency=head.currency)
    several = Counter(name for name, _ in drafts)
    commitments: list[Commitment] = []
    acts: list[Act] = []
    names: set[str] = set()
    for (name, currency), draft in drafts.items():
        with report.noting(file=f"{report.where}, activity {name}", row=None):
            head = heads.get(name) or Activity(id=name)
            own = _own_name(head, currency if several[name] > 1 else "", names)
            commitment = _commitment(own, head, draft, alone=several[name] == 1)
            commitments.append(commitment)
            promised = {share.giver: share.quantity for share in commitment.shares}
            acts += enacted(
                draft.complete(), commitment=own, source=f"activity {name}", promised=promised
            )
    report.settle()
    made = BookFile(title=report.where, commitments=tuple(commitments), acts=tuple(acts))
    _hold_to_the_rules(made, report)
    return Taken(file=made, left_out=tuple(f"{n} {why}" for why, n in left.items() if why))


def _place(one: Transaction, report: Report) -> str:
    return f"{report.where}, activity {one.activity}, transaction {one.ref or one.on}"


def _drafted(one: Transaction, drafts: Drafts, roots: dict[str, str]) -> str:
    """Put a transaction into its draft, or say why it is left out.

    ``roots``: the activity of what moves on → the one by whose money it does.
    """
    if one.stage == "other":
        return OTHER
    giver, receiver = party_of(one.provider), party_of(one.receiver)
    if giver == receiver and one.stage in {"delivered", "received"} and giver != UNNAMED:
        return OWN
    root = one.activity
    if one.passed_on:
        if one.stage == "delivered":
            roots[one.activity] = one.provider_activity
        root = roots.get(one.activity, "")
        if (root, one.currency) not in drafts:
            return STRAY
    value = Fraction(one.value)
    quantity(abs(value), one.currency)
    draft = drafts.setdefault((root, one.currency), Draft(currency=one.currency))
    draft.steps.append(
        Step(on=one.on, stage=one.stage, giver=giver, receiver=receiver, value=value,
             ref=one.ref, onward=one.passed_on)
    )  # fmt: skip
    draft.earmarking = draft.earmarking or one.earmarking
    draft.home = draft.home or one.aid_type in IN_DONOR
    if one.country and one.country not in draft.places:
        draft.places.append(one.country)
    return ""


def _bare(head: Activity) -> bool:
    """Whether an activity states shares of its own, so that it promises even without a flow."""
    return bool(head.currency) and any(part.share is not None for part in head.parts)


@lru_cache(maxsize=8192)
def party_of(org: Organisation) -> str:
    """What the book calls an organisation: a government by its state's code, others by name."""
    if org.kind == GOVERNMENT:
        if org.country in states():
            return org.country
        try:
            return find_state(org.name).code
        except UnknownState:
            pass
    return org.name or org.ref or UNNAMED


def _own_name(head: Activity, currency: str, names: set[str]) -> str:
    """A short name that no commitment has yet."""
    wanted = ODD.sub("-", head.own_id or head.id).lstrip("._/-") or "activity"
    wanted += f"/{currency}" if currency else ""
    name, n = wanted, 1
    while name in names:
        n += 1
        name = f"{wanted}.{n}"
    names.add(name)
    return name


def _commitment(own: str, head: Activity, draft: Draft, *, alone: bool) -> Commitment:
    stated = {
        party_of(part.organisation): Fraction(part.share)
        for part in head.parts
        if part.role == "funding" and part.share is not None and alone
    }
    reached = draft.promised()
    shares = {
        giver: max(stated.get(giver, NONE), reached.get(giver, NONE))
        for giver in (*stated, *(g for g in reached if g not in stated))
    }
    to = [party_of(p.organisation) for p in head.parts if p.role == "implementing"]
    places = head.countries or draft.places
    return Commitment(
        id=own, title=head.title or head.id, about=head.about, kind="financial",
        unit=draft.currency, to=tuple(dict.fromkeys(to or draft.receivers())),
        shares=tuple(Share(giver=giver, quantity=much) for giver, much in shares.items()),
        places=tuple(places), starts=head.starts, ends=head.ends,
        earmarking=draft.earmarking or "unearmarked",
        spent="giving country" if draft.home else "receiving country",
    )  # fmt: skip


def _hold_to_the_rules(made: BookFile, report: Report) -> None:
    """The rules of the book hold for what is taken from files: an act refused is a mistake."""
    last = max((act.at for act in made.acts), default=datetime.now(UTC))
    found = book(made.commitments, made.acts, last, made.setting())
    for refusal in found.refused:
        place = f"{report.where}, activity {refusal.act.commitment}, act {refusal.act.id}"
        report.add(refusal.why, file=place, row=None, fix=refusal.fix)
    report.settle()
