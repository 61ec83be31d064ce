"""What each kind of act needs, who may do it, and what it changes.

Our proposal after Commonhaven's law that a promise is not a delivery: the giver says what it
signed and sent, the receiver says what came, and UNHCR or an organisation with consultative status
says what it found; none of them can turn another's key.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from heapq import heappush

from commonhaven.commitments.acts import Act
from commonhaven.commitments.dues import in_order
from commonhaven.commitments.model import Commitment
from commonhaven.commitments.quantity import Quantity
from commonhaven.commitments.running import NONE, Case, Hand, Line, Refused, Running
from commonhaven.reading import Problem

TIME = "Give the time with its zone, such as 2026-01-31T12:00Z."


def take(run: Running, act: Act) -> None:
    """Let one act take effect. Raises Refused where it cannot, and then changes nothing."""
    if act.at.tzinfo is None:
        raise Refused("the time has no zone", fix=TIME)
    if not act.id or act.id in run.seen:
        raise Refused(f"there is an act {act.id or 'without a name'} already", fix="Name it anew.")
    commitment = run.commitments.get(act.commitment)
    if commitment is None:
        raise Refused(f"there is no commitment {act.commitment}", fix="Enter it first.")
    decided = run.setting.decisions
    if act.decision and decided is not None and act.decision not in decided:
        raise Refused(
            f"the group has taken no decision {act.decision}", fix="Name one that stands."
        )
    TAKEN[act.kind](run, act, commitment)
    run.seen.add(act.id)


def _announce(run: Running, act: Act, commitment: Commitment) -> None:
    line, amount = _own(run, act, commitment), _amount(act, commitment)
    if line.announced + amount + _gone(line) > line.promised:
        raise Refused(
            f"{act.giver} would announce more than its share of {commitment.id}",
            fix="Enter what is added as a commitment of its own.",
        )
    line.announced += amount
    line.since = line.since or act.at


def _commit(run: Running, act: Act, commitment: Commitment) -> None:
    line, amount = _own(run, act, commitment), _amount(act, commitment)
    _proved(act, "the signed agreement")
    if line.committed + amount + _gone(line) > line.promised:
        raise Refused(
            f"{act.giver} would sign more than its share of {commitment.id}",
            fix="Enter what is added as a commitment of its own.",
        )
    line.committed += amount
    line.announced = max(line.announced, line.committed)
    line.since = line.since or act.at


def _deliver(run: Running, act: Act, commitment: Commitment) -> None:
    line, amount = _own(run, act, commitment), _amount(act, commitment)
    _proved(act, "the payment, the opened places, or the law in force")
    _to_another(act, act.giver)
    if line.delivered + amount > line.committed:
        raise Refused(
            f"{act.giver} would deliver more of {commitment.id} than it has signed",
            fix="Record what was signed first, then what was delivered.",
        )
    hand = Hand(act=act, giver=act.giver, sender=act.giver, first=True, delivered=NONE)
    run.hands[act.id] = hand
    run.steps[act.id] = (act, act.id)
    run.add(hand, "delivered", amount)


def _pass_on(run: Running, act: Act, commitment: Commitment) -> None:
    amount = _amount(act, commitment)
    _to_another(act, act.by)
    if sum((draw.quantity for draw in act.draws), NONE) != amount or not act.draws:
        raise Refused(
            "what is passed on and what it is drawn from do not add up",
            fix="Name the deliveries it comes from, with so much of each that the sum is the same.",
        )
    if len({draw.transfer for draw in act.draws}) < len(act.draws):
        raise Refused("a delivery is named twice", fix="Name each once, with its sum.")
    for draw in act.draws:
        _drawable(run, act, draw.transfer, draw.quantity)
    givers = {run.hands[draw.transfer].giver for draw in act.draws}
    for draw in act.draws:
        run.hands[draw.transfer].passed_on += draw.quantity
    hand = Hand(
        act=act, giver=givers.pop() if len(givers) == 1 else "", sender=act.by, first=False,
        delivered=amount, drawn=[(draw.transfer, draw.quantity) for draw in act.draws],
    )  # fmt: skip
    run.hands[act.id] = hand
    run.steps[act.id] = (act, act.id)


def _drawable(run: Running, act: Act, name: str, amount: Fraction) -> None:
    hand = run.hands.get(name)
    if hand is None or hand.act.commitment != act.commitment:
        raise Refused(f"{act.commitment} has no delivery {name}", fix="Name one of its deliveries.")
    if hand.act.to != act.by:
        raise Refused(
            f"{name} went to {hand.act.to}, not to {act.by}", fix="Pass on what you hold."
        )
    if amount <= 0 or amount > hand.to_pass_on:
        raise Refused(
            f"of {name}, {act.by} does not hold so much",
            fix="Pass on at most what you received and have not passed on, undisputed.",
        )


def _receive(run: Running, act: Act, commitment: Commitment) -> None:
    hand, amount = _hand(run, act), _amount(act, commitment)
    if act.by != hand.act.to:
        raise Refused(
            f"only {hand.act.to} can say that it received this",
            fix="The receiver's key is its own: ask it to record the receipt.",
        )
    if amount > hand.free("delivered"):
        raise Refused(
            f"{act.of} does not hold so much that is not yet received",
            fix="Receive at most what was delivered; more that came is a delivery of its own.",
        )
    run.steps[act.id] = (act, hand.act.id)
    run.add(hand, "received", amount)


def _verify(run: Running, act: Act, commitment: Commitment) -> None:
    hand, amount = _hand(run, act), _amount(act, commitment)
    if act.by not in run.setting.verifiers:
        raise Refused(
            f"{act.by} does not verify",
            fix=f"Verified by: {', '.join(sorted(run.setting.verifiers))}.",
        )
    if act.by in {hand.sender, hand.giver, hand.act.to} | _before(run, hand):
        raise Refused(f"{act.by} had a hand in it", fix="Let another verify, who took no part.")
    _proved(act, "what was found")
    if amount > hand.to_verify:
        raise Refused(
            f"of {act.of}, less is received and not yet verified",
            fix="Verify at most what the receiver has confirmed and nobody disputes.",
        )
    run.steps[act.id] = (act, hand.act.id)
    run.add(hand, "verified", amount)


def _before(run: Running, hand: Hand) -> set[str]:
    """Everybody through whose hands it went before."""
    found: set[str] = set()
    for parent, _ in hand.drawn:
        above = run.hands[parent]
        found |= {above.sender, above.giver} | _before(run, above)
    return found - {""}


def _withdraw(run: Running, act: Act, commitment: Commitment) -> None:
    line, amount = _own(run, act, commitment), _amount(act, commitment)
    if act.by != act.giver and not act.decision:
        raise Refused(
            f"only {act.giver} can withdraw its own promise",
            fix="Name the decision where the group releases it.",
        )
    if not act.says.strip():
        raise Refused(
            "a promise is withdrawn without a reason", fix="Say why; it is shown beside it."
        )
    if amount > line.announced - line.delivered:
        raise Refused(
            f"{act.giver} has not so much of {commitment.id} undelivered",
            fix="What is delivered cannot be withdrawn.",
        )
    unsigned = min(amount, line.announced - line.committed)
    line.announced -= amount
    line.committed -= amount - unsigned
    if act.decision:
        line.released += amount
    else:
        line.withdrawn += amount


def _gone(line: Line) -> Fraction:
    return line.withdrawn + line.released


def _meet(run: Running, act: Act, commitment: Commitment) -> None:
    names = {condition.id: condition for condition in commitment.conditions}
    if act.condition not in names:
        raise Refused(
            f"{commitment.id} has no condition {act.condition or 'without a name'}",
            fix=f"Its conditions: {', '.join(names) or 'none'}.",
        )
    if act.by not in {*commitment.givers, *run.setting.keepers, *run.setting.verifiers}:
        raise Refused(
            f"{act.by} does not say whether a condition is met",
            fix="The giver, the secretariat or UNHCR says so.",
        )
    run.met.add((commitment.id, act.condition))


def _postpone(run: Running, act: Act, commitment: Commitment) -> None:
    known = {one.id: one.due for one in in_order(commitment)}
    if act.instalment not in known:
        raise Refused(
            f"{commitment.id} has no instalment {act.instalment or 'without a name'}",
            fix=f"Its instalments: {', '.join(known) or 'none'}.",
        )
    line = commitment.id, act.instalment
    in_force = run.postponed.get(line, known[act.instalment])
    if act.until is None or act.until <= in_force:
        raise Refused(
            "an instalment is postponed to no later day",
            fix=f"Give a day after {in_force}, on which it is due now.",
        )
    if act.by not in commitment.to and not act.decision:
        raise Refused(
            f"{act.by} cannot grant more time",
            fix="The receiver agrees to a later day, or the group decides.",
        )
    run.postponed[line] = act.until


def _dispute(run: Running, act: Act, commitment: Commitment) -> None:
    if act.of not in run.steps:
        raise Refused(
            f"there is no delivery, receipt or verification {act.of or 'named'}",
            fix="Name the act that you doubt.",
        )
    against, name = run.steps[act.of]
    hand, amount = run.hands[name], _amount(act, commitment)
    if against.commitment != act.commitment:
        raise Refused(f"{act.of} is of another commitment", fix="Name an act of this one.")
    _standing_to_dispute(run, act, hand, against)
    level = {"received": "received", "verified": "verified"}.get(against.kind, "delivered")
    claimed = against.quantity or NONE
    if amount > min(hand.free(level), claimed - run.struck.get(act.of, NONE)):
        raise Refused(
            f"so much of {act.of} is not open to doubt",
            fix="Dispute at most what it claims and no later act or dispute rests on. "
            "Doubt what was verified before what was received, and that before what was sent.",
        )
    hand.disputed[level] += amount
    run.struck[act.of] = run.struck.get(act.of, NONE) + amount
    due = act.at + timedelta(days=run.setting.reply_days)
    run.cases[act.id] = Case(
        act=act, hand=name, against=against, level=level, quantity=amount, due=due
    )
    heappush(run.clocks, (due, act.id))


def _standing_to_dispute(run: Running, act: Act, hand: Hand, against: Act) -> None:
    may = {hand.sender, hand.giver, hand.act.to, *run.setting.verifiers} - {""}
    if act.by not in may or act.by == against.by:
        raise Refused(
            f"{act.by} cannot dispute this",
            fix="The other side of the delivery can, and whoever verifies.",
        )
    if not act.says.strip():
        raise Refused("a dispute gives no reason", fix="Say what is doubted and why.")


def _reply(run: Running, act: Act, _: Commitment) -> None:
    case = _case(run, act)
    if act.by != case.against.by:
        raise Refused(f"it is for {case.against.by} to reply", fix="Others can add evidence to it.")
    if not act.says.strip():
        raise Refused("the reply says nothing", fix="Answer the reason that was given.")
    case.replied_at = case.replied_at or act.at


def _settle(run: Running, act: Act, _: Commitment) -> None:
    case = _case(run, act)
    if act.outcome is None:
        raise Refused(
            "the dispute ends with no outcome", fix="Say whether it is upheld or dropped."
        )
    own = case.act.by if act.outcome == "dropped" else case.against.by
    if act.by != own and not act.decision:
        raise Refused(
            f"{act.by} cannot end it so",
            fix="Who disputes can drop it, who is disputed can accept it; else the group decides.",
        )
    end(run, case, "upheld" if act.outcome == "upheld" else "dropped", act)


def end(run: Running, case: Case, how: str, by: Act | None = None) -> None:
    """End a dispute: what is upheld no longer counts, what is dropped counts again."""
    hand = run.hands[case.hand]
    hand.disputed[case.level] -= case.quantity
    if how == "dropped":
        run.struck[case.against.id] -= case.quantity
    else:
        run.strike(hand, case.level, case.quantity)
    case.ended, case.ended_at = how, by.at if by else case.due  # type: ignore[assignment]


def _case(run: Running, act: Act) -> Case:
    case = run.cases.get(act.of)
    if case is None or case.act.commitment != act.commitment:
        raise Refused(
            f"there is no dispute {act.of or 'named'}", fix="Name the act that opened it."
        )
    if case.ended:
        raise Refused(f"the dispute {act.of} has ended", fix="Open another with new reasons.")
    return case


def _own(run: Running, act: Act, commitment: Commitment) -> Line:
    """The share that an act is about, where the party may speak for it."""
    line = run.lines.get((commitment.id, act.giver))
    if line is None:
        raise Refused(
            f"{act.giver or 'no giver named'} is not among the givers of {commitment.id}",
            fix=f"Its givers: {', '.join(commitment.givers)}.",
        )
    others = {*run.setting.keepers, *commitment.to}
    if act.by != act.giver and (act.by not in others or not act.evidence):
        raise Refused(
            f"{act.by} cannot say this for {act.giver}",
            fix="The giver says it; the secretariat or the receiver may with evidence.",
        )
    return line


def _hand(run: Running, act: Act) -> Hand:
    hand = run.hands.get(act.of)
    if hand is None or hand.act.commitment != act.commitment:
        raise Refused(
            f"{act.commitment} has no delivery {act.of or 'named'}",
            fix="Name one of its deliveries.",
        )
    return hand


def _amount(act: Act, commitment: Commitment) -> Fraction:
    if act.quantity is None or act.quantity <= 0:
        raise Refused(
            "it does not say how much", fix=f"Give a number of {commitment.unit} above 0."
        )
    try:
        return Quantity(value=act.quantity, unit=commitment.unit).value
    except Problem as problem:
        raise Refused(problem.what, fix="Give a number that the unit allows.") from None


def _proved(act: Act, what: str) -> None:
    if not act.evidence:
        raise Refused(
            "it names no evidence", fix=f"Name {what}: what it is and where it can be read."
        )


def _to_another(act: Act, sender: str) -> None:
    if act.to in {"", sender}:
        raise Refused(
            "it does not say to whom", fix="Name the party that is to confirm the receipt."
        )


TAKEN: Mapping[str, Callable[[Running, Act, Commitment], None]] = {
    "announced": _announce, "committed": _commit, "delivered": _deliver, "passed on": _pass_on,
    "received": _receive, "verified": _verify, "withdrawn": _withdraw, "condition met": _meet,
    "postponed": _postpone, "disputed": _dispute, "replied": _reply, "settled": _settle,
}  # fmt: skip
