"""Gifts from hand to hand: givers, those who pass on, and who holds it now."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from commonhaven.commitments import Book, Transfer
from commonhaven.figures import palette
from commonhaven.figures.amounts import Measure, measure, party_name, short_party
from commonhaven.figures.blank import blank
from commonhaven.figures.book_lines import From, Program, of_book, opened, rows
from commonhaven.figures.flows import shortened
from commonhaven.figures.picture import Picture
from commonhaven.figures.reproduce import PYTHON, Pairs
from commonhaven.figures.sankey import Node, sankey
from commonhaven.figures.streams import Kind, Stream
from commonhaven.figures.words import disclaimer, listed, say
from commonhaven.reading import decimal_text

ON_ITS_WAY = "on-its-way"
LEADING = 3
NARROW = 104
"""Pixels for a label in a narrow picture of three columns."""

Gift = tuple[int, str, int, str, Fraction]
"""Hand and party from whom, hand and party to whom, how much; hand 0 gives, hand -1 keeps."""
KEEPS = -1


def units(book: Book) -> tuple[str, ...]:
    """The units of what was sent, the one with most deliveries first."""
    by = {one.id: one.unit for one in book.commitments}
    found = [by[one.commitment] for one in book.transfers if one.delivered]
    return tuple(sorted(dict.fromkeys(found), key=lambda unit: (-found.count(unit), unit)))


def gifts(book: Book, unit: str) -> tuple[Gift, ...]:
    """What went from whom to whom, through every hand, added up; nothing is lost on the way.

    What a hand received is what it passed on and what it keeps; what was sent and not yet received
    is on its way. A party that passes anything on stands between, by how many hands it was from
    the giver.
    """
    sent = [one for one in book.transfers if one.delivered and one.delivered.unit == unit]
    hand: dict[str, int] = {}
    for one in sent:
        hand[one.id] = 1 + max((hand[draw.transfer] for draw in one.drawn), default=0)
    between = {(hand[one.id], one.receiver) for one in sent if one.passed_on}
    sums: dict[tuple[int, str, int, str], Fraction] = {}

    def add(start: tuple[int, str], end: tuple[int, str], amount: Fraction) -> None:
        if amount:
            sums[*start, *end] = sums.get((*start, *end), Fraction(0)) + amount

    for one in sent:
        place = (hand[one.id], one.receiver)
        through = place if place in between else (KEEPS, one.receiver)
        for start, received, waiting in sources(one, hand):
            add(start, through, received)
            add(start, (KEEPS, ON_ITS_WAY), waiting)
        if place in between:
            add(place, (KEEPS, one.receiver), one.held.value)
    return tuple((*key, amount) for key, amount in sums.items())


def sources(
    one: Transfer, hand: dict[str, int]
) -> list[tuple[tuple[int, str], Fraction, Fraction]]:
    """Each hand that a delivery comes from: what of it was received, what is on its way.

    Of several, the one named first is received first.
    """
    if one.first:
        return [((0, one.giver), one.received.value, one.on_the_way.value)]
    left, found = one.received.value, []
    for draw in one.drawn:
        received = min(left, draw.quantity)
        left -= received
        found.append(((hand[draw.transfer], one.sender), received, draw.quantity - received))
    return found


def gifts_flow(
    found: Sequence[Gift], *, unit: str, called: str, language: str = "en",
    source: From | None = None,
) -> Picture:  # fmt: skip
    """From givers, through those who pass on, to who holds it; what is on its way stands apart."""
    told = measure(unit, (amount for *_, amount in found), language)
    return Picture(
        id="gifts",
        title=say("gifts-title", language, called=called),
        spec=drawn(found, told),
        alternative=alternative(found, told),
        columns=(
            say("from", language), say("to", language),
            say("how-much", language,
                unit=Measure(unit=unit, language=language, large=False).called),
        ),
        rows=tuple(
            (named(start, language), named(end, language), told.full(amount))
            for _, start, _, end, amount in sorted(found, key=lambda one: (-one[4], one[1], one[3]))
        ),
        reproduce=again(found, (unit, called), language, source),
        note=f"{say('gifts-note', language, unit=told.called)} {disclaimer(language)}",
    )  # fmt: skip


def named(party: str, language: str) -> str:
    return say(ON_ITS_WAY, language) if party == ON_ITS_WAY else party_name(party, language)


def alternative(found: Sequence[Gift], told: Measure) -> str:
    language = told.language
    if not found:
        return say("no-gifts", language)
    given, held = by_party(found, 0), by_party(found, 2)
    way = held.pop(ON_ITS_WAY, Fraction(0))
    between = dict.fromkeys(party for hand, party, *_ in found if hand > 0)

    def most(sums: dict[str, Fraction]) -> str:
        first = sorted(sums, key=lambda party: (-sums[party], party))[:LEADING]
        return listed([f"{party_name(p, language)} {told.drawn(sums[p])}" for p in first], language)

    return say(
        "gifts-alt", language, unit=told.called, sent=told.drawn(sum(given.values(), Fraction(0))),
        held=told.drawn(sum(held.values(), Fraction(0))), way=told.drawn(way),
        channels=listed([party_name(party, language) for party in between], language),
        givers=most(given), receivers=most(held),
    )  # fmt: skip


def by_party(found: Sequence[Gift], end: int) -> dict[str, Fraction]:
    """Sums of what givers sent (end 0) or of what is at its last hand (end 2)."""
    sums: dict[str, Fraction] = {}
    for gift in found:
        if gift[end] == (0 if end == 0 else KEEPS):
            party = str(gift[end + 1])
            sums[party] = sums.get(party, Fraction(0)) + gift[4]
    return sums


def drawn(found: Sequence[Gift], told: Measure) -> dict[str, object]:
    """The chart; a sentence where nothing was sent."""
    if not found:
        return blank(say("no-gifts", told.language))
    last = 1 + max(hand for gift in found for hand in (gift[0], gift[2]))
    ends = [
        (node_id(a, start, last), node_id(b, end, last), stream(gift))
        for gift in found
        for a, start, b, end, _ in (gift,)
    ]
    return sankey(nodes(found, last, told), ends)


def node_id(hand: int, party: str, last: int) -> str:
    return f"{last if hand == KEEPS else hand} {party}"


def stream(gift: Gift) -> Stream:
    hand, start, _, end, amount = gift
    kind: Kind = "on the way" if end == ON_ITS_WAY else "passes on" if hand else "gives"
    return Stream(start=start, end=end, amount=Decimal(decimal_text(amount, 3)), kind=kind)


def nodes(found: Sequence[Gift], last: int, told: Measure) -> list[Node]:
    """By column, the largest on top, what is on its way at the bottom."""
    leave: dict[tuple[int, str], Fraction] = {}
    enter: dict[tuple[int, str], Fraction] = {}
    for a, start, b, end, amount in found:
        leave[a, start] = leave.get((a, start), Fraction(0)) + amount
        place = (last if b == KEEPS else b, end)
        enter[place] = enter.get(place, Fraction(0)) + amount
    sums = enter | leave
    order = sorted(sums, key=lambda at: (at[0], at[1] == ON_ITS_WAY, -sums[at], at[1]))
    return [node(hand, party, sums[hand, party], last, told) for hand, party in order]


def node(hand: int, party: str, amount: Fraction, last: int, told: Measure) -> Node:
    lacks = party == ON_ITS_WAY
    short = say(party, told.language) if lacks else short_party(party, told.language)
    number = told.drawn(amount)
    color = {0: palette.REST, last: palette.FIRST}.get(hand, palette.FOURTH)
    return Node(
        id=node_id(hand, party, last), column=hand, label=f"{short} {number}",
        narrow=shortened(short, number, *([NARROW] if last > 1 else [])),
        color=palette.SECOND if lacks else color, open=lacks,
    )  # fmt: skip


def again(
    found: Sequence[Gift], told: tuple[str, str], language: str, source: From | None
) -> Pairs:
    unit, called = told
    named = (f"unit={unit!r}", f"called={called!r}")
    if source is not None:
        program = Program(
            id="gifts",
            imports=(
                "from datetime import UTC, datetime", "from pathlib import Path", "",
                "from commonhaven.commitments import book, read_book",
                "from commonhaven.figures import gifts, gifts_flow, svg",
            ),
            prepare=opened(source), call=f"gifts_flow(gifts(found, {unit!r})", named=named,
            options=("--unit", unit),
        )  # fmt: skip
        return of_book(source, "show", program, language)
    program = Program(
        id="gifts",
        imports=(
            "from fractions import Fraction", "from pathlib import Path", "",
            "from commonhaven.figures import gifts_flow, svg",
        ),
        prepare=(
            *rows([(a, start, b, end, str(n)) for a, start, b, end, n in found]),
            "found = [(*ends, Fraction(amount)) for *ends, amount in rows]",
        ),
        call="gifts_flow(found", named=named,
    )  # fmt: skip
    return ((PYTHON, program.text(language)),)
