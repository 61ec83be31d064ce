import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from commonhaven.charter.model import Charter
from commonhaven.instruments import Instrument
from commonhaven.reading import Problem, build, canonical, described, dump, schema
from commonhaven.reading.model import EXACT_TEXT
from commonhaven.situations.model import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A place of arrival."""

    name: str = described("Its name", pattern=r"[a-z-]+")
    berths: int = described("How many ships", low=1, high=99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voyage:
    """Every type a model may hold.

    This second paragraph stays out of the schema.
    """

    title: str = described("What it is called")
    people: int = described("How many sail", low=0)
    share: Fraction = described("Part of the whole", low=0, high=1)
    safe: bool = described("Whether it is safe")
    sails: date = described("Day of sailing")
    kind: Literal["by sea", "by land"] = described("How")
    port: Port = described("Where from")
    stops: tuple[Port, ...] = described("Stops on the way")
    languages: tuple[str, ...] = described("Languages on board", default=("fr",))
    days: tuple[date, ...] = described("Days at sea", default=())
    wishes: Mapping[str, Fraction] = described("Port → share", default=dict, low=0, high=1)
    ports: Mapping[str, Port] = described("By name", default=dict)
    ends: date | None = described("Day of arrival, if known", default=None)
    sighted: datetime | None = described("When land was seen", default=None)
    limit: Fraction | None = described("Most of the whole", default=Fraction(1, 2), source="Ours")
    home: Port | None = described("Home port, if any", default=None)
    crew: Mapping[str, int] = described("Rank → people", default=lambda: {"captain": 1})
    note: str = described("Anything else", default="")


INSTANTS = (datetime(1000, 1, 1), datetime(8999, 12, 31))  # noqa: DTZ001 - zones are drawn

words = st.text(st.characters(codec="utf-8"), max_size=8)
parts = st.fractions(0, 1)
ports = st.builds(Port, name=st.from_regex(r"[a-z-]+", fullmatch=True), berths=st.integers(1, 99))
voyages = st.builds(
    Voyage,
    title=words,
    people=st.integers(0, 10**9),
    share=parts,
    safe=st.booleans(),
    sails=st.dates(),
    kind=st.sampled_from(["by sea", "by land"]),
    port=ports,
    stops=st.lists(ports, max_size=3).map(tuple),
    languages=st.lists(words, max_size=3).map(tuple),
    days=st.lists(st.dates(), max_size=3).map(tuple),
    wishes=st.dictionaries(words, parts, max_size=3),
    ports=st.dictionaries(words, ports, max_size=3),
    ends=st.none() | st.dates(),
    sighted=st.none() | st.datetimes(*INSTANTS, timezones=st.just(UTC)),
    limit=st.none() | st.fractions(-(10**20), 10**20),
    home=st.none() | ports,
    crew=st.dictionaries(words, st.integers(0, 9), max_size=2),
    note=words,
)
TABLE = {
    "title": "Out",
    "people": 3,
    "share": "0.5",
    "safe": True,
    "sails": date(2026, 1, 31),
    "kind": "by sea",
    "port": {"name": "accra", "berths": 2},
    "stops": [],
}


@given(voyages)
def test_build_reads_back_what_dump_wrote(voyage: Voyage) -> None:
    assert build(Voyage, dump(voyage), "v") == voyage


@given(voyages)
def test_dump_survives_json_with_the_same_digest(voyage: Voyage) -> None:
    table = json.loads(json.dumps(dump(voyage)))
    assert canonical(dump(build(Voyage, table, "v"))) == canonical(dump(voyage))


def test_build_fills_in_defaults_and_reads_exact_numbers() -> None:
    voyage = build(Voyage, {**TABLE, "share": Decimal("0.10"), "wishes": {"a": "1/3"}}, "v.toml")
    assert voyage == Voyage(
        title="Out",
        people=3,
        share=Fraction(1, 10),
        safe=True,
        sails=date(2026, 1, 31),
        kind="by sea",
        port=Port(name="accra", berths=2),
        stops=(),
        wishes={"a": Fraction(1, 3)},
    )
    assert voyage.languages == ("fr",)
    assert voyage.limit == Fraction(1, 2)


def test_dump_keeps_what_is_empty_on_purpose() -> None:
    voyage = build(Voyage, {**TABLE, "languages": [], "limit": None}, "v.toml")
    table = dump(voyage)
    assert isinstance(table, dict)
    assert (table["stops"], table["languages"], table["limit"]) == ([], [], None)
    assert {"days", "wishes", "ports", "ends", "home"}.isdisjoint(table)


WRONG = {
    "not a table": (None, "v: expected a table, found None."),
    "unknown field": (
        {"peple": 3},
        'v: unknown field "peple". Did you mean people?',
    ),
    "unknown field inside": (
        {"port": {"name": "a", "berth": 2}},
        'v, port: unknown field "berth". Did you mean berths?',
    ),
    "endless field": (
        {"x" * 5000: 3},
        (
            f'v: unknown field "{"x" * 40}". Known: crew, days, ends, home, kind, '
            "languages, limit, note, people, port, ports, safe and 6 more."
        ),
    ),
    "missing inside": (
        {"port": {"name": "a"}},
        "v, port: the field berths is missing. Add berths = ... (How many ships).",
    ),
    "missing by null": (
        {"title": None},
        "v: the field title is missing. Add title = ... (What it is called).",
    ),
    "text for a number": (
        {"people": "3"},
        'v, people: expected a whole number, found "3". Write it without quotes.',
    ),
    "yes for a number": (
        {"people": True},
        "v, people: expected a whole number, found true. Write digits only.",
    ),
    "a part for a whole": (
        {"people": Decimal("1.5")},
        "v, people: expected a whole number, found 1.5. Write digits only.",
    ),
    "below": ({"people": -1}, "v, people: -1 is below the least allowed, 0. Give 0 or more."),
    "above": (
        {"share": "1.01"},
        "v, share: 1.01 is above the most allowed, 1. Give 1 or less.",
    ),
    "above inside a map": (
        {"wishes": {"a": 1, "b": 2}},
        "v, wishes.b: 2 is above the most allowed, 1. Give 1 or less.",
    ),
    "endless whole": (
        {"people": 1 << 20_000},
        "v, people: the number is too long. Is there a digit too many?",
    ),
    "a float": (
        {"share": 0.5},
        'v, share: expected a number, found a binary float. Write it as "0.60" or 12.',
    ),
    "number for text": (
        {"title": 1 << 200},
        "v, title: expected text, found a very long number. Put it in quotes.",
    ),
    "text off the pattern": (
        {"port": {"name": "Accra", "berths": 1}},
        'v, port, name: "Accra" does not have the form [a-z-]+.',
    ),
    "half a sign": (
        {"title": "a\ud800"},
        "v, title: the text holds half a sign. Write it anew as UTF-8.",
    ),
    "half a sign as a name": (
        {"wishes": {"\udfff": 1}},
        "v, wishes: the text holds half a sign. Write it anew as UTF-8.",
    ),
    "text past the pattern": (
        {"port": {"name": "accra2", "berths": 1}},
        'v, port, name: "accra2" does not have the form [a-z-]+.',
    ),
    "number for yes": ({"safe": 1}, "v, safe: expected true or false, found 1. Write one."),
    "choice": (
        {"kind": "by air"},
        'v, kind: "by air" is not a choice. Choose one of: by sea, by land.',
    ),
    "choice of another type": (
        {"kind": ["by sea"]},
        "v, kind: a list is not a choice. Choose one of: by sea, by land.",
    ),
    "no such day": (
        {"sails": "2026-02-30"},
        'v, sails: expected a date, found "2026-02-30". Write 2026-01-31.',
    ),
    "day in another form": (
        {"sails": "20260131"},
        'v, sails: expected a date, found "20260131". Write 2026-01-31.',
    ),
    "a moment": (
        {"sails": datetime(2026, 1, 31, tzinfo=UTC)},
        "v, sails: expected a date, found 2026-01-31 00:00:00+00:00. Write 2026-01-31.",
    ),
    "table for a list": ({"stops": {}}, "v, stops: expected a list, found a table. Write [ ... ]."),
    "text for a list": (
        {"languages": "fr"},
        'v, languages: expected a list, found "fr". Write [ ... ].',
    ),
    "second of a list": (
        {"stops": [{"name": "a", "berths": 1}, {"name": "b", "berths": 0}]},
        "v, stops 2, berths: 0 is below the least allowed, 1. Give 1 or more.",
    ),
    "list for a map": ({"wishes": []}, "v, wishes: expected a table, found a list."),
    "text for a table": ({"port": "accra"}, 'v, port: expected a table, found "accra".'),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_build_refuses(change: dict[str, object] | None, message: str) -> None:
    with pytest.raises(Problem) as raised:
        build(Voyage, None if change is None else {**TABLE, **change}, "v")
    assert str(raised.value) == message


def test_a_type_that_models_cannot_hold_is_the_programmers_mistake() -> None:
    @dataclass(frozen=True)
    class Wrong:
        number: float = described("A float")

    with pytest.raises(TypeError, match="models cannot hold"):
        build(Wrong, {"number": 1}, "w")
    with pytest.raises(TypeError, match="models cannot hold"):
        schema(Wrong)


def test_schema_says_meaning_source_default_range_and_form() -> None:
    written = schema(Voyage, title="A voyage")
    properties = written["properties"]
    assert isinstance(properties, dict)
    assert written["title"] == "A voyage"
    assert written["description"] == "Every type a model may hold."
    assert written["required"] == [
        "title", "people", "share", "safe", "sails", "kind", "port", "stops",
    ]  # fmt: skip
    assert properties["people"] == {
        "type": "integer",
        "minimum": 0,
        "description": "How many sail",
    }
    assert properties["limit"] == {
        "anyOf": [
            {
                "type": ["string", "number"],
                "pattern": EXACT_TEXT,
                "description": "Most of the whole. Source of the default: Ours",
                "default": "0.5",
            },
            {"type": "null"},
        ]
    }
    definitions = written["$defs"]
    assert isinstance(definitions, dict)
    port = definitions["Port"]
    assert isinstance(port, dict)
    assert isinstance(port["properties"], dict)
    assert port["properties"]["name"] == {
        "type": "string",
        "pattern": "^(?:[a-z-]+)$",
        "description": "Its name",
    }


@pytest.mark.parametrize("model", [Voyage, Charter, Situation, Instrument])
def test_schema_is_a_valid_schema(model: type) -> None:
    Draft202012Validator.check_schema(schema(model))


VALIDATOR = Draft202012Validator(schema(Voyage))


@given(voyages)
def test_what_build_accepts_validates(voyage: Voyage) -> None:
    assert list(VALIDATOR.iter_errors(dump(voyage))) == []


exact_texts = st.sampled_from(["0.5", "1/3", " 1 / 3 ", "5 %", "5\t%", ".5", "1.", "+1", "1e-2", 1])


@given(exact_texts)
def test_every_spelling_of_a_number_validates(text: str | int) -> None:
    table = {**TABLE, "sails": "2026-01-31", "share": text}
    build(Voyage, table, "v")
    assert list(VALIDATOR.iter_errors(table)) == []


@pytest.mark.parametrize(
    "name", [name for name in WRONG if name not in ("no such day", "a moment")]
)
def test_what_the_schema_can_see_it_refuses(name: str) -> None:
    change, _ = WRONG[name]
    table = None if change is None else {**TABLE, "sails": "2026-01-31", **change}
    by_text_only = name in (
        "above", "day in another form", "a float", "endless whole",
        "half a sign", "half a sign as a name",
    )  # fmt: skip
    errors = list(VALIDATOR.iter_errors(table))
    assert bool(errors) != by_text_only


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=5), v, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(TABLE)), plain, max_size=8) | plain)
def test_build_gives_a_model_or_a_problem(change: object) -> None:
    table = {**TABLE, **change} if isinstance(change, dict) else change
    problem = None
    try:
        assert isinstance(build(Voyage, table, "v"), Voyage)
    except Problem as raised:
        problem = raised
    assert problem is None or problem.where.startswith("v")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """Texts with a form told in words, and numbers without a range."""

    word: str = described("A word", pattern=r"[a-z]+", form="Write small letters.", default="a")
    loud: str = described("A cry", pattern=r"[A-Z]+", form=lambda t: f"{t.upper()}!", default="A")
    cost: Fraction = described("An amount", default=Fraction(0))
    many: int = described("A number", default=0)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"word": "A1"}, 'f, word: "A1" cannot stand here. Write small letters.'),
        ({"loud": "ah"}, 'f, loud: "ah" cannot stand here. AH!'),
        ({"cost": "1e300"}, "f, cost: 1" + "0" * 59 + "... is above the most allowed, "
         "100000000000000000000. Give 100000000000000000000 or less."),
        ({"cost": "-1e300"}, "f, cost: -1" + "0" * 58 + "... is below the least allowed, "
         "-100000000000000000000. Give -100000000000000000000 or more."),
        ({"many": 10**21}, "f, many: 1" + "0" * 21 + " is above the most allowed, "
         "100000000000000000000. Give 100000000000000000000 or less."),
    ],
)  # fmt: skip
def test_build_tells_the_form_in_words_and_refuses_the_absurd(
    table: dict[str, object], message: str
) -> None:
    with pytest.raises(Problem) as raised:
        build(Formed, table, "f")
    assert str(raised.value) == message


def test_build_tells_which_tables_to_add() -> None:
    with pytest.raises(Problem) as raised:
        build(Fleet, {}, "f")
    assert str(raised.value) == (
        "f: the field ships is missing. Add one or more tables [[ships]] (Its ships)."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Several of one kind."""

    ships: tuple[Formed, ...] = described("Its ships")


@pytest.mark.parametrize("value", ["2026-01-31", "2026-01-31T12:00", "noon", 12, date(2026, 1, 31)])
def test_an_instant_has_its_hour_and_zone(value: object) -> None:
    with pytest.raises(Problem, match="expected an instant"):
        build(Voyage, {**TABLE, "sighted": value}, "v")
