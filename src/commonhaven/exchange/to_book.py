"""Transactions as a book of promises: one commitment an activity and currency.

Givers and receivers of the file become those of the book, and what it reports becomes their acts,
with the file as evidence. What an older file leaves out follows from what it says: who delivers has
signed, and what was received has been delivered. An agency that receives and signs nothing of its
own spends what came to it: that is no second gift.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from commonhaven.commitments import Act, BookFile, Commitment, Share, book
from commonhaven.costs.money import minor_units
from commonhaven.exchange.activity import Activity
from commonhaven.exchange.cells import plain
from commonhaven.exchange.codes import GOVERNMENT, IN_DONOR
from commonhaven.exchange.draft import NONE, Draft, Step
from commonhaven.exchange.enacted import enacted
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.rounding import Rounding
from commonhaven.exchange.transaction import Organisation, Transaction
from commonhaven.parties import UnknownState, find_state, states
from commonhaven.reading import YEARS, Problem

UNNAMED = "not named in the file"
ODD = re.compile(r"[^A-Za-z0-9._/-]+")
Drafts = dict[tuple[str, str], Draft]
"""Activity and currency → what becomes its commitment."""
OWN, STRAY, OTHER, NOUGHT, SPENT, EMPTY = (
    "flows in which somebody gives to itself are left out.",
    "flows that only move money on are left out, since the file does not say whose.",
    "repayments, investments and guarantees are left out.",
    "flows of nought are left out.",
    "flows by which an agency spends what others gave it are left out, since the file does not say "
    "whose.",
    "activities in which no money stands are left out.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The book, and in sentences what of the file could not stand in it."""

    file: BookFile
    left_out: tuple[str, ...]


def as_book(
    transactions: Iterable[Transaction],
    heads: Mapping[str, Activity],
    report: Report,
    rounding: Rounding | None = None,
) -> Taken:
    """The book of a file's transactions; ``heads``: its activities by identifier, as far as known.

    ``rounding`` brings amounts to the minor unit; without it those with parts of one are mistakes.
    Mistakes go into the report. Raises BadFile where there is any: then nothing is taken.
    """
    drafts: Drafts = {}
    roots: dict[str, str] = {}
    left: Counter[str] = Counter()
    for one in transactions:
        with report.noting(file=_place(one, report), row=None):
            why = _drafted(one, drafts, roots, rounding)
            left[why] += 1
    report.settle()
    spenders = _spenders(drafts.values())
    left[SPENT] += sum(draft.without(spenders) for draft in drafts.values())
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
            shares = _shares(head, draft, rounding, alone=several[name] == 1)
            if not shares:
                left[EMPTY] += 1
                continue
            own = _own_name(head, currency if several[name] > 1 else "", names)
            commitment = _commitment(own, head, draft, shares)
            commitments.append(commitment)
            promised = {share.giver: share.quantity for share in commitment.shares}
            acts += enacted(
                draft.complete(), commitment=own, source=f"activity {name}", promised=promised
            )
    report.settle()
    made = BookFile(title=report.where, commitments=tuple(commitments), acts=tuple(acts))
    _hold_to_the_rules(made, report)
    return Taken(file=made, left_out=tuple(f"{n} {why}" for why, n in left.items() if why and n))


def _place(one: Transaction, report: Report) -> str:
    return f"{report.where}, activity {one.activity}, transaction {one.ref or one.on}"


def _drafted(
    one: Transaction, drafts: Drafts, roots: dict[str, str], rounding: Rounding | None
) -> str:
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
    value = _amount(one.value, one.currency, rounding)
    if not value:
        return NOUGHT
    draft = drafts.setdefault((root, one.currency), Draft(currency=one.currency))
    draft.steps.append(_step(one, (giver, receiver), value))
    draft.earmarking = draft.earmarking or one.earmarking
    draft.home = draft.home or one.aid_type in IN_DONOR
    if one.country and one.country not in draft.places:
        draft.places.append(one.country)
    return ""


def _step(one: Transaction, between: tuple[str, str], value: Fraction) -> Step:
    if one.on.year not in YEARS:
        said = f"{one.on} is beyond the calendar"
        raise Problem(said, fix="Is there a digit too many, or too few?")
    giver, receiver = between
    return Step(
        on=one.on, stage=one.stage, giver=giver, receiver=receiver, value=value, ref=one.ref,
        onward=one.passed_on,
    )  # fmt: skip


def _amount(value: Decimal, currency: str, rounding: Rounding | None) -> Fraction:
    """An amount in whole minor units of its currency. Raises Problem for any other."""
    if rounding is not None:
        return rounding.nearest(value, currency)
    if Fraction(value) * minor_units(currency) % 1:
        raise Problem(
            f"{plain(value)} {currency} has parts of the currency's minor unit",
            fix="Write it without them, or import with --round, which says what it changes.",
        )
    return Fraction(value)


def _spenders(drafts: Iterable[Draft]) -> frozenset[str]:
    """Who receives in the file and promises nothing in it; a state may always give its own."""
    receivers: set[str] = {UNNAMED}
    signers: set[str] = {UNNAMED}
    for draft in drafts:
        for step in draft.steps:
            if not step.onward:
                receivers.add(step.receiver)
                if step.stage in {"announced", "committed"}:
                    signers.add(step.giver)
    return frozenset(receivers - signers - {*states()})


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


def _shares(
    head: Activity, draft: Draft, rounding: Rounding | None, *, alone: bool
) -> dict[str, Fraction]:
    """Giver → what it promises: what the head states, or more where more was signed."""
    stated = {
        party_of(part.organisation): _amount(part.share, draft.currency, rounding)
        for part in head.parts
        if part.role == "funding" and part.share is not None and alone
    }
    reached = draft.promised()
    return {
        giver: max(stated.get(giver, NONE), reached.get(giver, NONE))
        for giver in (*stated, *(g for g in reached if g not in stated))
    }


def _commitment(
    own: str, head: Activity, draft: Draft, shares: Mapping[str, Fraction]
) -> Commitment:
    to = [party_of(p.organisation) for p in head.parts if p.role == "implementing"]
    places = head.countries or draft.places
    return Commitment(
        id=own, title=head.title or head.id, about=head.about, kind="financial",
        unit=draft.currency,
        to=tuple(name for name in dict.fromkeys(to or draft.receivers()) if name not in shares),
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
    for finding in made.check():
        if finding.severity == "error":
            report.add(finding.what, file=report.where, row=None, column=finding.where,
                       fix=finding.fix)  # fmt: skip
    report.settle()
