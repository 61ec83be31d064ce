"""The clocks of a meeting as a timeline, with a line for now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from commonhaven.figures import palette
from commonhaven.figures.blank import blank
from commonhaven.figures.numbers import count, day, in_zone, moment
from commonhaven.figures.picture import Picture
from commonhaven.figures.placing import wrapped
from commonhaven.figures.ticks import moments
from commonhaven.figures.words import listed, say

ROW = 34
TOP, BOTTOM = 22, 26
LABEL = 0.34
"""Part of the width for the names of clocks."""


NEXT, PAST = timedelta(days=14), timedelta(days=60)
"""How far ahead, and how long ago, a clock may end and still be drawn; the rest is said in words.

The future gets as much room as the past that is drawn, where that is more.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period that runs: when it opens and is due, when it was met, and how that is called.

    ``opens`` None: not started, or without a beginning. ``status``: in the procedure's words; it
    is shown as it stands.
    """

    label: str
    opens: datetime | None
    due: datetime
    status: str
    done: datetime | None


State = Literal["done", "late", "running"]


def state_of(clock: Clock, now: datetime) -> State:
    """What a colour and a sign say of a clock: met, past due, or still open."""
    if clock.done is not None and clock.done <= now:
        return "done"
    return "late" if clock.due < now else "running"


def clocks(rows: Sequence[Clock], *, now: datetime, zone: str, language: str = "en") -> Picture:
    """Each clock from its opening to its due moment, in the order given.

    Moments are shown in ``zone``; each must say its own. Clocks that end far from now are said in
    words under the drawing, where others end near: a review in a year would leave no room to them.
    """
    here = in_zone(now, zone)
    told = [tuple_of(clock, language, zone) for clock in rows]
    near, far = apart(rows, now)
    said = [f"{clock.label} ({moment(clock.due, language, zone)})" for clock in far]
    beyond = say("clocks-far", language, clocks=listed(said, language)) if said else ""
    return Picture(
        id="clocks",
        title=say("clocks-title", language),
        spec=spec(near, here, zone, language) if rows else blank(say("no-clocks", language)),
        alternative=f"{alternative(rows, here, zone, language)} {beyond}".strip(),
        columns=tuple(say(key, language) for key in ("clock", "opens", "due", "done", "status")),
        rows=tuple(told),
        reproduce=(("Python", program(rows, now, zone, language)),),
        note=f"{say('zone', language, zone=zone)} {beyond}".strip(),
    )


def apart(rows: Sequence[Clock], now: datetime) -> tuple[list[Clock], list[Clock]]:
    """The clocks that are drawn, and those too far from now to be drawn beside them."""
    start = max(now - PAST, min((clock.opens or clock.due for clock in rows), default=now))
    end = now + max(NEXT, now - start)
    near = [clock for clock in rows if start <= clock.due <= end]
    if not near:
        return list(rows), []
    return [cut(clock, start) for clock in near], [one for one in rows if one not in near]


def cut(clock: Clock, start: datetime) -> Clock:
    """The clock with its bar cut where it opened before the days that are drawn."""
    if clock.opens is None or clock.opens >= start:
        return clock
    return replace(clock, opens=min(start, clock.done or clock.due))


def tuple_of(clock: Clock, language: str, zone: str) -> tuple[str, ...]:
    times = (
        "" if when is None else moment(when, language, zone)
        for when in (clock.opens, clock.due, clock.done)
    )
    return (clock.label, *times, clock.status)


def alternative(rows: Sequence[Clock], now: datetime, zone: str, language: str) -> str:
    if not rows:
        return say("no-clocks", language)
    states = [state_of(clock, now) for clock in rows]
    running = [c for c, s in zip(rows, states, strict=True) if s == "running"]
    first = min(running, key=lambda clock: clock.due, default=None)
    due = [] if first is None else [f"{first.label} ({moment(first.due, language, zone)})"]
    numbers = {state: count(states.count(state), language) for state in ("done", "running", "late")}
    return say(
        "clocks-alt",
        language,
        n=count(len(rows), language),
        now=moment(now, language, zone),
        next=listed(due, language),
        **numbers,
    )


def program(rows: Sequence[Clock], now: datetime, zone: str, language: str) -> str:
    """A program that draws the same picture."""
    lines = [
        "from datetime import datetime",
        "from pathlib import Path",
        "",
        "from commonhaven.figures import Clock, clocks, svg",
        "",
        "rows = [",
    ]
    for clock in rows:
        opens, due, done = (written(when) for when in (clock.opens, clock.due, clock.done))
        said = f"label={clock.label!r}, opens={opens}, due={due}, done={done}"
        lines.append(f"    Clock({said}, status={clock.status!r}),")
    lines += [
        "]",
        f"picture = clocks(rows, now={written(now)}, zone={zone!r}, language={language!r})",
        "Path('clocks.svg').write_text(svg(picture), encoding='utf-8')",
    ]
    return "\n".join(lines)


def written(when: datetime | None) -> str:
    return "None" if when is None else f"datetime.fromisoformat({when.isoformat()!r})"


LOOKS: Mapping[State, tuple[str, str]] = {
    "done": (palette.THIRD, "circle"),
    "running": (palette.FIRST, "square"),
    "late": (palette.SECOND, "diamond"),
}


def spec(rows: Sequence[Clock], now: datetime, zone: str, language: str) -> dict[str, Any]:
    """Places across are parts of the time between the first and the last moment."""
    times = [t for c in rows for t in (c.opens, c.due, c.done) if t] + [now]
    first, last = (in_zone(edge(times), zone) for edge in (min, max))
    margin = max((last - first) / 12, timedelta(hours=1))
    first, last = first - margin, last + margin

    def part(when: datetime) -> float:
        return round((when - first) / (last - first), 5)

    bars = [bar(c, i, part, now) for i, c in enumerate(rows)]
    marks = [
        {"at": part(at), "text": day(at, language, hours=hours)}
        for at, hours in moments(first, last)
    ]
    line = {"at": part(now), "text": f"{say('now', language)} {day(now, language, hours=True)}"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {}},
        "width": 720,
        "height": TOP + ROW * len(rows) + BOTTOM,
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "data": {"values": bars},
        "layer": [*scale_layers(marks, len(rows)), *now_layers(line, len(rows)), *bar_layers()],
    }


def bar(
    clock: Clock,
    row: int,
    part: Callable[[datetime], float],
    now: datetime,
) -> dict[str, Any]:
    state = state_of(clock, now)
    start = clock.opens or min(now, clock.due)
    end = clock.done if clock.done and state == "done" else clock.due
    return {
        "row": row,
        "label": wrapped(clock.label, 118),
        "wide": wrapped(clock.label, 236),
        "status": clock.status,
        "from": part(min(start, end)),
        "to": part(clock.due),
        "end": part(end),
        "started": clock.opens is not None,
        "color": LOOKS[state][0],
        "shape": LOOKS[state][1],
    }


def across(field: str) -> dict[str, str]:
    """Pixels of a moment: names of clocks stand on the side where reading begins."""
    plain = f"width * {LABEL} + datum.{field} * width * {1 - LABEL - 0.02:.2f}"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


Y = f"{TOP} + {ROW} * datum.row + {ROW} / 2"


def scale_layers(marks: Sequence[Mapping[str, Any]], rows: int) -> list[dict[str, Any]]:
    bottom = TOP + ROW * rows
    data = {"data": {"values": list(marks)}}
    rule = {"type": "rule", "stroke": palette.GRID}
    place = {"x": {"value": across("at")}, "y": {"value": TOP}, "y2": {"value": bottom}}
    text = {
        "type": "text", "x": across("at"), "y": bottom + 13, "align": "center", "fontSize": 10,
        "fill": palette.QUIET,
    }  # fmt: skip
    every = [{"window": [{"op": "row_number", "as": "n"}]},
             {"filter": "width >= 560 || datum.n % 2 == 1"}]  # fmt: skip
    return [
        {**data, "mark": rule, "encoding": place},
        {**data, "transform": every, "mark": text, "encoding": {"text": {"field": "text"}}},
    ]


def bar_layers() -> list[dict[str, Any]]:
    y = {"expr": Y}
    rule = {"type": "rule", "strokeWidth": 4, "strokeCap": "round", "opacity": 0.45}
    place = {
        "x": {"value": across("from")}, "x2": {"value": across("to")}, "y": {"value": y},
    }  # fmt: skip
    point = {
        "type": "point", "filled": True, "size": 110, "opacity": 1, "x": across("end"), "y": y,
    }  # fmt: skip
    color = {"field": "color", "type": "nominal", "scale": None}
    shape = {"field": "shape", "type": "nominal", "scale": None}
    side = {"expr": "rtl ? 'right' : 'left'"}
    words = {
        "type": "text", "align": side, "lineHeight": 12, "baseline": "middle", "fontSize": 11,
        "x": {"expr": "rtl ? width - 2 : 2"},
    }  # fmt: skip
    middle = {"expr": f"{Y} - 6 * (length(width < 640 ? datum.label : datum.wide) - 1)"}
    status = {
        "type": "text", "align": {"expr": "(datum.end > 0.5) != rtl ? 'right' : 'left'"},
        "baseline": "bottom", "fontSize": 10, "x": across("end"),
        "dx": {"expr": "(datum.end > 0.5) != rtl ? -8 : 8"},
        "y": {"expr": f"{Y} - 4"}, "fill": palette.QUIET,
    }  # fmt: skip
    halo = {"stroke": palette.HALO, "strokeWidth": 3, "strokeJoin": "round"}
    return [
        {"mark": rule, "encoding": {"color": color, **place}},
        {"mark": point, "encoding": {"color": color, "shape": shape}},
        {"mark": {**words, "y": middle}, "transform": [{"filter": "width < 640"}],
         "encoding": {"text": {"field": "label"}}},
        {"mark": {**words, "y": middle}, "transform": [{"filter": "width >= 640"}],
         "encoding": {"text": {"field": "wide"}}},
        {"mark": {**status, **halo}, "encoding": {"text": {"field": "status"}}},
        {"mark": status, "encoding": {"text": {"field": "status"}}},
    ]  # fmt: skip


def now_layers(line: Mapping[str, Any], rows: int) -> list[dict[str, Any]]:
    data = {"data": {"values": [line]}}
    rule = {"type": "rule", "stroke": palette.INK, "strokeWidth": 1.2, "strokeDash": [4, 3]}
    place = {
        "x": {"value": across("at")}, "y": {"value": TOP - 6}, "y2": {"value": TOP + ROW * rows},
    }  # fmt: skip
    align = "datum.at > 0.75 ? (rtl ? 'left' : 'right') : datum.at < 0.25 ? "
    align += "(rtl ? 'right' : 'left') : 'center'"
    text = {
        "type": "text", "x": across("at"), "y": 9, "align": {"expr": align}, "fontSize": 11,
        "fontWeight": "bold",
    }  # fmt: skip
    return [
        {**data, "mark": rule, "encoding": place},
        {**data, "mark": text, "encoding": {"text": {"field": "text"}}},
    ]
