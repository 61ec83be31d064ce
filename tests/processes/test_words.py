"""Every word of the vocabulary and of the fixed lists has a name in the six languages."""

from datetime import date
from typing import get_args

import pytest

from commonhaven.parties import members
from commonhaven.processes import called, processes, vocabulary
from commonhaven.processes.exchange import Kind as Exchanged
from commonhaven.processes.fora.calls import State as CallState
from commonhaven.processes.fora.model import Kind as Session
from commonhaven.processes.fora.model import Stakeholder
from commonhaven.processes.gaps import by_region
from commonhaven.processes.model import Extent, Funds, Method, Output, Seat, Type
from commonhaven.processes.words import words

HELD = {
    "themes": set(vocabulary().themes), "regions": set(vocabulary().regions),
    "types": set(get_args(Type)), "statuses": {"active", "dormant", "ended"},
    "methods": set(get_args(Method)), "outputs": set(get_args(Output)),
    "secretariats": set(get_args(Seat)), "funding": set(get_args(Funds)),
    "involvement": set(get_args(Extent)), "exchanges": set(get_args(Exchanged)),
    "sessions": set(get_args(Session)), "stakeholders": set(get_args(Stakeholder)),
    "calls": set(get_args(CallState)),
    "m49": set(by_region(members("united-nations", date(2026, 1, 1)).states)),
    "ministries": {name for each in processes().values() for name in each.ministries},
}  # fmt: skip


@pytest.mark.parametrize("kind", HELD)
def test_every_word_has_a_name_in_every_language(kind: str) -> None:
    table = words()[kind]
    assert set(table) == HELD[kind]
    for word, names in table.items():
        assert set(names) - {"en"} == {"fr", "es", "ar", "ru", "zh"}, word
        assert all(name.strip() for name in names.values()), word


def test_no_kind_of_word_is_held_that_nobody_uses() -> None:
    assert set(words()) == set(HELD)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "ru", "zh"])
def test_no_two_themes_have_the_same_name(language: str) -> None:
    names = [called("themes", theme, language) for theme in vocabulary().themes]
    assert len(set(names)) == len(names)
