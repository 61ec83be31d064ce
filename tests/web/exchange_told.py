"""A practice as a group tells it."""

from commonhaven.web.exchange.values import Told

TOLD = Told(
    title="Tests before departure", summary="Skills are tested before people leave.",
    language="en", themes=("skills",), source="Report of the secretariat, 2026", sure="reported",
    result="Nobody was tested twice", needs="An office that tests",
)  # fmt: skip
