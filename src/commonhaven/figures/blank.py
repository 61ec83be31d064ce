"""The picture of nothing: one sentence where a chart would be empty."""

from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.placing import wrapped


def blank(sentence: str) -> dict[str, Any]:
    """A spec that shows a sentence and no axes, so that nobody reads an empty chart as zeros."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {"blank": True}},
        "width": 720,
        "height": 60,
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "data": {"values": [{"text": wrapped(sentence, 300)}]},
        "mark": {
            "type": "text", "align": "center", "baseline": "middle", "fontSize": 12,
            "x": {"expr": "width / 2"}, "y": 22, "lineHeight": 16,
        },
        "encoding": {"text": {"field": "text"}},
    }  # fmt: skip
