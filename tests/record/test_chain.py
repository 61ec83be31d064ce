import hashlib
import json
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

from commonhaven.reading import Problem
from commonhaven.record import GENESIS, Content, Entry, Sealed, chain, entry, link, seal, sealed

GIVEN: dict[str, Any] = {
    "number": 1,
    "at": "2026-01-31T09:00:00.000000Z",
    "act": "meeting convened",
    "subject": "meeting/7",
    "party": "GHA",
    "capacity": "member",
    "audience": "members",
    "release": "",
    "body": {"é": [1, "1/3", None, True], "a": {}},
    "salt": "0123456789abcdef0123456789abcdef",
}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_seal_and_link_are_the_hashes_that_the_format_describes() -> None:
    content = Content(**GIVEN)
    written = (
        '{"act":"meeting convened","at":"2026-01-31T09:00:00.000000Z","audience":"members",'
        '"body":{"a":{},"é":[1,"1/3",null,true]},"capacity":"member","number":1,"party":"GHA",'
        '"release":"","salt":"0123456789abcdef0123456789abcdef","subject":"meeting/7"}'
    )
    assert seal(content) == sha256(written)
    linked = f'{{"number":1,"previous":"{GENESIS}","seal":"{seal(content)}"}}'
    assert link(1, GENESIS, seal(content)) == sha256(linked)
    one = entry(content, GENESIS)
    assert one == Entry(content=content, seal=seal(content), previous=GENESIS, hash=sha256(linked))
    assert sealed(one) == Sealed(number=1, seal=one.seal, hash=one.hash)


def test_each_entry_names_the_hash_before_it() -> None:
    contents = [Content(**{**GIVEN, "number": number}) for number in (1, 2, 3)]
    one, two, three = chain(contents)
    assert (one.previous, two.previous, three.previous) == (GENESIS, one.hash, two.hash)
    assert chain(contents[2:], two.hash) == (three,)


def test_the_salt_alone_changes_the_seal() -> None:
    other = Content(**{**GIVEN, "salt": "f" * 32})
    assert seal(Content(**GIVEN)) != seal(other)


def test_exact_numbers_of_a_body_are_kept_as_text() -> None:
    content = Content(**{**GIVEN, "body": {"share": Fraction(1, 3), "states": ("GHA", "TGO")}})
    assert content.body == {"share": "1/3", "states": ["GHA", "TGO"]}
    assert json.loads(json.dumps(content.table())) == content.table()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", 0, "entry 0: the number is no whole number from 1"),
        ("number", True, "the number is no whole number from 1"),
        ("at", "2026-01-31T09:00:00Z", "at is not an instant. Write UTC with microseconds"),
        ("at", "2026-02-30T09:00:00.000000Z", "at is not an instant"),
        ("at", "2026-01-31T09:00:00.000000+01:00", "at is not an instant"),
        ("release", "tomorrow", "release is not an instant"),
        ("act", " ", "act is empty"),
        ("audience", "", "audience is empty"),
        ("party", 7, "party is not text"),
        ("subject", "\ud800", "subject holds half a sign"),
        ("salt", "0" * 31, "the salt cannot stand"),
        ("salt", "G" * 32, "the salt cannot stand"),
        ("body", ["a"], "the body is no table"),
        ("body", {"share": 0.5}, "the body cannot be kept (no canonical form for float)"),
        ("body", {"text": "\ud800"}, "the body cannot be kept"),
        ("body", {"number": 10**5000}, "the body cannot be kept"),
    ],
)
def test_an_act_that_no_record_can_keep_is_refused(field: str, value: object, said: str) -> None:
    with pytest.raises(Problem) as told:
        Content(**{**GIVEN, field: value})
    assert said in str(told.value)


def test_every_public_name_is_there() -> None:
    room = import_module("commonhaven.record")
    assert all(hasattr(room, name) for name in room.__all__)
