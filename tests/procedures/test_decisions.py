"""Every mode of decision, exactly; and what no mode may do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.procedures import Setting, Vote, modes, tally
from commonhaven.reading import Problem

FIVE = ("A", "B", "C", "D", "E")
EU = {
    "DEU": 83, "FRA": 68, "ITA": 59, "ESP": 48, "POL": 37, "ROU": 19, "NLD": 18, "BEL": 12,
}  # fmt: skip


def result(mode: str, text: str, **options: str) -> str:
    present = [party for party, sign in zip(FIVE, text, strict=False) if sign != "-"]
    setting = Setting(
        members=FIVE, origin="E", options=options,
        weights={party: Fraction(number) for number, party in enumerate(FIVE, 1)},
        populations={party: number for number, party in enumerate(FIVE, 1)},
    )  # fmt: skip
    return tally(mode, _some(text), members=FIVE, present=present, setting=setting).result


def _some(text: str) -> list[Vote]:
    named = {"y": "yes", "n": "no", "a": "abstain", "o": "objection", "p": "not participating"}
    return [
        Vote(party=party, position=named[sign])
        for party, sign in zip(FIVE, text, strict=True)
        if sign in named
    ]


@pytest.mark.parametrize(
    ("mode", "text", "options", "adopted"),
    [
        ("consensus", "yyaa ", {}, True),
        ("consensus", "yyyyo", {}, False),
        ("consensus", "yyyyn", {}, False),
        ("consensus", "yyyyo", {"recuse_origin": "yes"}, True),
        ("consensus-minus-one", "yyyyo", {}, True),
        ("consensus-minus-one", "yyyoo", {}, False),
        ("consensus-minus-one", "yyyoo", {"minus": "2"}, True),
        ("consensus-minus-parties", "yyyyo", {}, True),
        ("consensus-minus-parties", "oyyyy", {}, False),
        ("consensus-minus-parties", "oyyyy", {"minus_parties": "A, B"}, True),
        ("unanimity-of-voting", "yyyya", {}, True),
        ("unanimity-of-voting", "aaaaa", {}, False),
        ("unanimity-of-voting", "yyyyn", {}, False),
        ("unanimity-of-present", "yyyya", {}, False),
        ("unanimity-of-present", "yyyyp", {}, True),
        ("unanimity-of-present", "yyyy-", {}, True),
        ("unanimity-of-present", "yyyy ", {}, False),
        ("simple-majority", "ynaaa", {}, False),
        ("simple-majority", "yynaa", {}, True),
        ("absolute-majority", "yy-- ", {}, False),
        ("absolute-majority", "yyynn", {}, True),
        ("absolute-majority", "yyaaa", {}, False),
        ("two-thirds", "yynaa", {}, True),
        ("two-thirds", "yynna", {}, False),
        ("two-thirds", "yynaa", {"base": "members"}, False),
        ("two-thirds", "yyyna", {"base": "present"}, False),
        ("two-thirds", "yyyyn", {"base": "present"}, True),
        ("qualified-majority", "yyyna", {}, False),
        ("qualified-majority", "yyyna", {"fraction": "3/5"}, True),
        ("qualified-majority", "yyyna", {"fraction": "0.61"}, False),
        ("weighted-majority", "nnnyy", {}, True),
        ("weighted-majority", "yyynn", {}, False),
        ("weighted-majority", "nnayy", {"fraction": "3/5", "base": "members"}, True),
        ("double-majority", "yynnn", {}, False),
        ("double-majority", "nnyyy", {}, True),
    ],
)
def test_mode(mode: str, text: str, options: dict[str, str], *, adopted: bool) -> None:
    assert result(mode, text, **options) == ("adopted" if adopted else "not adopted")


def test_quorum_counts_those_present_of_those_with_a_vote() -> None:
    assert result("simple-majority", "yy---", quorum="1/2") == "no quorum"
    assert result("simple-majority", "yy---", quorum="2/5") == "adopted"
    assert result("simple-majority", "yy---", quorum="1/2", recuse_origin="yes") == "adopted"
    assert result("consensus", "-----") == "no quorum"


def test_every_position_is_counted_apart() -> None:
    found = tally("consensus", _some("ynaop"), members=FIVE, present=FIVE)
    assert found.counts == {
        "yes": 1, "no": 1, "abstain": 1, "objection": 1, "not participating": 1, "silent": 0,
        "absent": 0, "recused": 0,
    }  # fmt: skip
    assert found.working[-2] == "2 object (B, D)."


def test_four_can_block_by_population_and_three_cannot() -> None:
    members = tuple(EU)
    against = {3: members[:3], 4: members[:3] + members[7:8]}
    for number, blocked in ((3, False), (4, True)):
        cast = [
            Vote(party=party, position="no" if party in against[number] else "yes")
            for party in members
        ]
        setting = Setting(members=members, populations=EU)
        found = tally("double-majority", cast, members=members, setting=setting)
        assert found.adopted != blocked


@pytest.mark.parametrize(
    ("mode", "options", "said"),
    [
        ("consensu", {}, "Did you mean consensus?"),
        ("two-thirds", {"base": "half"}, "Choose one of: members, present, voting."),
        ("qualified-majority", {"fraction": "3"}, "Write a part from 0 to 1"),
        ("consensus-minus-one", {"minus": "many"}, "Write a whole number"),
        ("weighted-majority", {}, "Give every member's weight."),
        ("double-majority", {}, "Give every member's population."),
    ],
)
def test_wrong_option_or_missing_figure_says_what_to_do(
    mode: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(Problem) as raised:
        tally(mode, [], members=FIVE, setting=Setting(members=FIVE, options=options))
    assert said in raised.value.fix


ballots = st.text("ynaop -", min_size=5, max_size=5)


@given(st.sampled_from(sorted(modes())), ballots, st.integers(0, 4))
def test_one_more_in_favour_never_defeats_a_proposal(mode: str, text: str, which: int) -> None:
    """A member that was there turns to yes: what was adopted stays so."""
    if text[which] != "-" and result(mode, text) == "adopted":
        assert result(mode, text[:which] + "y" + text[which + 1 :]) == "adopted"


@given(st.sampled_from(sorted(modes())), ballots)
def test_counts_add_up_to_the_members_and_the_working_ends_with_the_result(
    mode: str, text: str
) -> None:
    setting = Setting(
        members=FIVE, weights=dict.fromkeys(FIVE, Fraction(1)), populations=dict.fromkeys(FIVE, 7)
    )
    present = [party for party, sign in zip(FIVE, text, strict=True) if sign != "-"]
    found = tally(mode, _some(text), members=FIVE, present=present, setting=setting)
    assert sum(found.counts.values()) == len(FIVE)
    assert found.working[-1] == f"{modes()[mode].title}: {found.result}."


def test_every_mode_says_where_it_stands() -> None:
    assert all(mode.cite and mode.what and mode.standing for mode in modes().values())
