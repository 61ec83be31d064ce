"""Play what hosts need and what is promised: by whom, how far it came, what is doubted and due.

Every figure is invented for the demonstration, and says so; of the duties only, figures are those
of the plan that was adopted.
"""

from datetime import date, datetime, timedelta
from fractions import Fraction

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Condition, Draw, Evidence, Instalment, Share
from commonhaven.commitments import Need as NeedValue
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.matches import answer_match, propose_match
from commonhaven.web.commitments.models import Commitment, Need
from commonhaven.web.commitments.needs import review_need, revise_need, state_need, submit_need
from commonhaven.web.commitments.values import code, need_of
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.kit.audience import Audience
from commonhaven.web.operation.demonstration.found import Stage
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.situations.models import Situation

BASIS = "A figure of the demonstration, no estimate: "
SOURCE = "Invented for the demonstration"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def given(stage: Stage, situation: Situation, at: datetime) -> None:
    """Needs of hosts and promises of several kinds, in the eighteen days before ``at``."""
    start = at - 18 * DAY
    schools, kits = needed(stage, situation, start)
    money = pays_schools(stage, situation, start + DAY)
    matched(stage, money, schools, start + 2 * DAY)
    goods = sends_kits(stage, situation, start + 2 * DAY)
    propose_match(
        commitment=goods, need=kits, quantity=2_000, why="The same kits, in the same districts.",
        by=stage.seat("donor", start), at=start + 3 * DAY,
    )  # fmt: skip
    resettles(stage, situation, start + 3 * DAY)
    opens_work(stage, situation, start + 4 * DAY)
    admits(stage, situation, start + 5 * DAY)
    comes(stage, money, start + 8 * DAY)
    passes_on(stage, goods, start + 9 * DAY)
    doubts(stage, start + 12 * DAY)


def evidence(what: str) -> tuple[Evidence, ...]:
    return (Evidence(what=what, where=SOURCE),)


def takes(
    stage: Stage, row: Commitment, who: str, kind: str, at: datetime, *, quantity: int,
    **fields: object,
) -> str:  # fmt: skip
    """One of the cast takes a step of a promise; the name by which later steps answer it."""
    made = step(
        commitment=row, by=stage.seat(who, at), at=at, kind=kind, quantity=Fraction(quantity),
        **fields,
    )  # fmt: skip
    return f"{code(row.pk)}.{made.number}"


def accepted(stage: Stage, need: Need, who: str, reviewer: str, at: datetime) -> None:
    """A need is handed in, reviewed and opened to promises."""
    submit_need(need=need, by=stage.seat(who, at), at=at)
    review_need(
        need=need, accepted=True, found="Place, period and cost are given, and add up.",
        by=stage.seat(reviewer, at), at=at + HOUR,
    )  # fmt: skip


def needed(stage: Stage, situation: Situation, at: datetime) -> tuple[Need, Need]:
    """Schools, returned once and stated anew; shelter kits; places for urgent cases."""
    first, last = at.date(), at.date() + 365 * DAY
    schools = NeedValue(
        id="new", title="School places in the Volta Region", by="GHA", kind="financial",
        unit="USD", quantity=Fraction(1_800_000), places=("GHA",), starts=first, ends=last,
        people=6_000, about="Classrooms, teachers and books for the children who fled.",
        basis=f"{BASIS}300 US dollars a child and year.",
    )  # fmt: skip
    row = state_need(
        group=stage.group, value=schools, by=stage.seat("chair", at), at=at, placing=PUBLIC,
        situation=situation, bundle="Schooling in host districts",
    )  # fmt: skip
    again(stage, row, at + HOUR)
    kits = NeedValue(
        id="new", title="Shelter kits for families in the border districts", by="CIV",
        kind="material", unit="kits", quantity=Fraction(3_000), places=("CIV",), starts=first,
        ends=last, people=15_000, cost=Fraction(450_000), currency="USD",
        basis=f"{BASIS}a kit for five people, 150 US dollars each.",
    )  # fmt: skip
    second = state_need(
        group=stage.group, value=kits, by=stage.seat("neighbour", at), at=at + 4 * HOUR,
        placing=PUBLIC, situation=situation,
    )  # fmt: skip
    accepted(stage, second, "neighbour", "unhcr", at + 5 * HOUR)
    places = NeedValue(
        id="new", title="Resettlement of people at risk where they are", by="UNHCR",
        kind="resettlement places", unit="people", quantity=Fraction(500), places=("GHA",),
        starts=first, ends=last, people=500, cost=Fraction(1_500_000), currency="USD",
        basis=f"{BASIS}3,000 US dollars a person.",
    )  # fmt: skip
    third = state_need(
        group=stage.group, value=places, by=stage.seat("unhcr", at), at=at + 7 * HOUR,
        placing=PUBLIC, situation=situation,
    )  # fmt: skip
    accepted(stage, third, "unhcr", "chair", at + 8 * HOUR)
    return row, second


def again(stage: Stage, need: Need, at: datetime) -> None:
    """The need is returned, stated anew for the children of the villages too, and accepted."""
    submit_need(need=need, by=stage.seat("chair", at), at=at)
    review_need(
        need=need, accepted=False, found="Children of the host villages share the classrooms: "
        "count them too.", by=stage.seat("unhcr", at), at=at + HOUR,
    )  # fmt: skip
    before = need.versions.get(number=1)
    value = need_of(before)
    more = NeedValue(
        id=value.id, title=value.title, by=value.by, kind=value.kind, unit=value.unit,
        quantity=Fraction(2_400_000), places=value.places, starts=value.starts, ends=value.ends,
        people=8_000, basis=value.basis,
        about="Classrooms, teachers and books for the children who fled and for their hosts'.",
    )  # fmt: skip
    revise_need(
        need=need, value=more, note="2,000 children of the host villages are counted too.",
        after=1, by=stage.seat("chair", at), at=at + 2 * HOUR,
    )  # fmt: skip
    accepted(stage, need, "chair", "unhcr", at + 2 * HOUR)


def pays_schools(stage: Stage, situation: Situation, at: datetime) -> Commitment:
    """France: money in two instalments, signed."""
    day = at.date()
    value = Value(
        id="new", title="Schooling for refugees and their hosts", kind="financial", unit="USD",
        shares=(Share(giver="FRA", quantity=Fraction(1_500_000)),), to=("GHA",), places=("GHA",),
        instalments=(
            Instalment(id="1", due=day + 8 * DAY, quantity=Fraction(900_000)),
            Instalment(id="2", due=day + 14 * DAY, quantity=Fraction(600_000)),
        ),
        beneficiaries="Children of school age who fled, and those of the host villages",
        people=5_000, indicator="Children enrolled, counted by the ministry of education",
        objectives=(1, 2), additional="new", earmarking="earmarked", source=SOURCE,
        starts=day, ends=day + 365 * DAY,
        consulted="Parents' associations of both communities, two meetings",
    )  # fmt: skip
    row = enter(stage, value, "donor", at, situation)
    takes(stage, row, "donor", "committed", at + HOUR, quantity=1_500_000, giver="FRA",
          evidence=evidence("Signed agreement"))  # fmt: skip
    return row


def enter(
    stage: Stage, value: Value, who: str, at: datetime, situation: Situation
) -> Commitment:  # fmt: skip
    return promise(
        group=stage.group, value=value, by=stage.seat(who, at), at=at, placing=PUBLIC,
        situation=situation,
    )  # fmt: skip


def matched(stage: Stage, row: Commitment, need: Need, at: datetime) -> None:
    """The money meets the need in part; a gap is left."""
    match = propose_match(
        commitment=row, need=need, quantity=1_500_000, why="Schools, in the same districts.",
        by=stage.seat("donor", at), at=at,
    )  # fmt: skip
    answer_match(match=match, kind="accepted", by=stage.seat("chair", at), at=at + HOUR)


def sends_kits(stage: Stage, situation: Situation, at: datetime) -> Commitment:
    """Canada and France together: goods, of which each answers for its share."""
    day = at.date()
    value = Value(
        id="new", title="Shelter kits, given together", kind="material", unit="kits",
        shares=(Share(giver="CAN", quantity=Fraction(1_200)),
                Share(giver="FRA", quantity=Fraction(800))),
        to=("Council of lead NGOs", "CIV"), places=("CIV",), people=10_000, ends=day + 60 * DAY,
        beneficiaries="Families in the border districts", additional="new",
        indicator="Kits handed out, as post-distribution visits find", objectives=(1,),
        source=SOURCE,
    )  # fmt: skip
    row = enter(stage, value, "ministry", at, situation)
    takes(stage, row, "donor", "announced", at + HOUR, quantity=800, giver="FRA")
    takes(stage, row, "ministry", "committed", at + 2 * HOUR, quantity=1_200, giver="CAN",
          evidence=evidence("Purchase order"))  # fmt: skip
    return row


def resettles(stage: Stage, situation: Situation, at: datetime) -> None:
    """Canada: resettlement places, some of them opened, used and verified."""
    value = Value(
        id="new", title="Resettlement of people at risk", kind="resettlement places",
        unit="people", shares=(Share(giver="CAN", quantity=Fraction(200)),), to=("GHA",),
        places=("CAN",), people=200, beneficiaries="People whom UNHCR submits as urgent",
        indicator="People who arrived, as UNHCR counts departures", objectives=(3,),
        ends=at.date() + 300 * DAY, additional="partly new", source=SOURCE,
    )  # fmt: skip
    row = enter(stage, value, "ministry", at, situation)
    takes(stage, row, "ministry", "committed", at + HOUR, quantity=200, giver="CAN",
          evidence=evidence("Published admissions plan"))  # fmt: skip
    opened = takes(stage, row, "ministry", "delivered", at + 2 * HOUR, quantity=60, giver="CAN",
                   to="GHA", evidence=evidence("Places opened to submissions"))  # fmt: skip
    takes(stage, row, "chair", "received", at + 20 * HOUR, quantity=60, of=opened)
    takes(stage, row, "unhcr", "verified", at + 22 * HOUR, quantity=45, of=opened,
          evidence=evidence("Departures counted"))  # fmt: skip


def opens_work(stage: Stage, situation: Situation, at: datetime) -> None:
    """Côte d'Ivoire: a policy, on a condition that is not met yet."""
    value = Value(
        id="new", title="Right to work without a permit", kind="policy", unit="measures",
        shares=(Share(giver="CIV", quantity=Fraction(1)),), to=("UNHCR",), places=("CIV",),
        beneficiaries="All adults of the cohorts recognised as refugees", objectives=(2,),
        indicator="The decree is in force and no fee is asked", ends=at.date() + 90 * DAY,
        conditions=(Condition(id="1", what="Registration of those who arrived is complete",
                              by="UNHCR"),),
        additional="new", source=SOURCE,
    )  # fmt: skip
    enter(stage, value, "neighbour", at, situation)


def admits(stage: Stage, situation: Situation, at: datetime) -> None:
    """France: admissions under its duty by the decision, fewer than the duty asks for."""
    duty = Obligation.objects.filter(group=stage.group, party="FRA", kind="receive").first()
    ends: date = duty.due if duty and duty.due else at.date() + 180 * DAY
    value = Value(
        id="new", title="Admission of families by the plan", kind="relocation", unit="people",
        shares=(Share(giver="FRA", quantity=Fraction(600)),), to=("GHA",), places=("FRA",),
        people=600, beneficiaries="Families whom the plan places in France", ends=ends,
        indicator="People admitted, counted by the receiving authority", objectives=(3,),
        additional="new", source=SOURCE,
    )  # fmt: skip
    row = promise(
        group=stage.group, value=value, by=stage.seat("donor", at), at=at, situation=situation,
        obligation=duty, placing=Placing(audience=Audience.CONSULTATIVE),
    )  # fmt: skip
    takes(stage, row, "donor", "committed", at + HOUR, quantity=400, giver="FRA",
          evidence=evidence("Order of admission"))  # fmt: skip


def comes(stage: Stage, row: Commitment, at: datetime) -> None:
    """The first instalment is paid, received, and for the most part verified."""
    sent = takes(stage, row, "donor", "delivered", at, quantity=900_000, giver="FRA", to="GHA",
                 evidence=evidence("Bank advice"))  # fmt: skip
    takes(stage, row, "chair", "received", at + 2 * HOUR, quantity=900_000, of=sent)
    takes(stage, row, "ngo", "verified", at + 20 * HOUR, quantity=600_000, of=sent,
          evidence=evidence("Visits to 14 of 21 schools"))  # fmt: skip


def passes_on(stage: Stage, row: Commitment, at: datetime) -> None:
    """Canada's kits go to the organisations, who pass most of them on."""
    ngo, what = "Council of lead NGOs", evidence("Waybill")
    sent = takes(
        stage, row, "ministry", "delivered", at, quantity=1_200, giver="CAN", to=ngo, evidence=what
    )
    takes(stage, row, "ngo", "received", at + HOUR, quantity=1_200, of=sent)
    draws = (Draw(transfer=sent, quantity=Fraction(1_000)),)
    onward = takes(
        stage, row, "ngo", "passed on", at + 30 * HOUR, quantity=1_000, to="CIV", draws=draws
    )
    takes(stage, row, "neighbour", "received", at + 40 * HOUR, quantity=1_000, of=onward)
    takes(stage, row, "unhcr", "verified", at + 50 * HOUR, quantity=800, of=onward,
          evidence=evidence("Visits after the distribution"))  # fmt: skip


def doubts(stage: Stage, at: datetime) -> None:
    """Ghana doubts a part of what France reports; France answers."""
    row = Commitment.objects.get(group=stage.group, kind="relocation")
    sent = takes(stage, row, "donor", "delivered", at, quantity=120, giver="FRA", to="GHA",
                 evidence=evidence("Visas issued"))  # fmt: skip
    takes(stage, row, "chair", "received", at + HOUR, quantity=100, of=sent)
    doubt = takes(stage, row, "chair", "disputed", at + 2 * HOUR, quantity=20, of=sent,
                  says="Twenty of these visas had been issued before the decision.")  # fmt: skip
    step(
        commitment=row, by=stage.seat("donor", at), at=at + 20 * HOUR, kind="replied", of=doubt,
        says="They were extended after the decision, for families whom the plan places.",
    )  # fmt: skip


def asks(stage: Stage, situation: Situation, at: datetime) -> None:
    """Guinea states a need of the crisis on which the group sits; its review is awaited."""
    value = NeedValue(
        id="new", title="Clean water in the border towns", by="GIN", kind="financial", unit="USD",
        quantity=Fraction(750_000), places=("GIN",), starts=at.date(), people=50_000,
        ends=at.date() + 180 * DAY, about="Wells and pumps where the towns have doubled.",
        basis=f"{BASIS}15 US dollars a person.",
    )  # fmt: skip
    row = state_need(
        group=stage.group, value=value, by=stage.seat("host", at), at=at, placing=PUBLIC,
        situation=situation,
    )  # fmt: skip
    submit_need(need=row, by=stage.seat("host", at), at=at)
