"""What many parties did alike at one instant is told in one line; nothing is left out."""

from datetime import UTC, datetime, timedelta

from commonhaven.procedures import Step
from commonhaven.web.meetings.told import told

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def step(party: str, sentence: str, *, minutes: int = 0, automatic: bool = True) -> Step:
    return Step(
        at=NOON + timedelta(minutes=minutes), kind="reply", automatic=automatic, party=party,
        sentence=sentence, cite="Our proposal", stage="requested",
    )  # fmt: skip


def test_same_words_at_the_same_instant_are_one_line() -> None:
    log = [
        step("GHA", "GHA gave no reply."), step("FRA", "FRA gave no reply."),
        step("GIN", "GIN answered the request.", automatic=False),
    ]  # fmt: skip
    lines = [(one.sentence, one.parties, one.automatic) for one in told(log)]
    assert lines == [
        ("Ghana, France gave no reply.", 2, True),
        ("Guinea answered the request.", 1, False),
    ]


def test_another_instant_is_another_line() -> None:
    log = [step("GHA", "GHA gave no reply."), step("FRA", "FRA gave no reply.", minutes=1)]
    assert [one.sentence for one in told(log)] == ["Ghana gave no reply.", "France gave no reply."]


def test_sentence_that_names_no_party_stays() -> None:
    assert [one.sentence for one in told([step("", "The time for answers is over.")])] == [
        "The time for answers is over."
    ]
