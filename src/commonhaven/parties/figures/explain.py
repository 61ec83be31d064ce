"""Which value was used for a date, how old it is, from whom; and what the tables cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commonhaven.parties.figures.catalogue import find, shipped_indicators
from commonhaven.parties.figures.figure import Figure, Indicator, cite
from commonhaven.parties.figures.shipped import covered, reference
from commonhaven.parties.figures.store import Figures
from commonhaven.reading import decimal_text

YEARS = (1990, 2010, 2023)
AROUND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The figure used for a date, with its indicator and its neighbours in time."""

    state: str
    indicator: Indicator
    on: date
    used: Figure | None
    series: tuple[Figure, ...]
    """Every figure of the state, by period."""

    @property
    def age(self) -> int | None:
        """Full years between the end of the period and the date; None where it is missing."""
        return self.used.age(self.on) if self.used else None

    @property
    def around(self) -> tuple[Figure, ...]:
        """The figures up to five years before and after the one used (or the date)."""
        middle = self.used.period if self.used else self.on.year
        return tuple(f for f in self.series if abs(f.period - middle) <= AROUND)


def describe(state: str, indicator: str, on: date, figures: Figures | None = None) -> Described:
    """Which figure counts for the state on the date, from the shipped table unless told."""
    store = reference() if figures is None else figures
    return Described(
        state=state,
        indicator=store.about(indicator),
        on=on,
        used=store.at(state, indicator, on),
        series=tuple(store.series(state, indicator).values()),
    )


def report(described: Described) -> tuple[str, ...]:
    """The description as lines of text, for a terminal."""
    about = described.indicator
    head = f"{cite(described.state, about.id)} on {described.on}: {about.title}"
    lines = [head, *_used(described)]
    if about.derived:
        lines.append(f"derived: {about.derived}")
    lines += [f"caveat: {about.caveat}"] if about.caveat else []
    for figure in described.around:
        mark = "  <- used" if _same(figure, described.used) else ""
        lines.append(f"  {_period(figure)}  {number(figure)}{mark}")
    return tuple(lines)


def number(figure: Figure) -> str:
    """The value in digits: exact where that is short, else to six decimals."""
    text = decimal_text(figure.value)
    return text if len(text) <= 24 and "/" not in text else decimal_text(figure.value, 6)


def _used(described: Described) -> Iterable[str]:
    figure = described.used
    if figure is None:
        known = [f.period for f in described.series]
        span = f"; known from {known[0]} to {known[-1]}" if known else ""
        return (f"missing: no value for this date{span}",)
    lines = [f"value: {number(figure)} {figure.unit} ({_period(figure)}, {_age(described)})"]
    if figure.stand_in:
        lines.append("stand-in: no earlier period is known, so a later one stands in")
    about = described.indicator
    origin = [figure.source, f"edition {figure.revision}", f"retrieved {figure.retrieved}"]
    if figure.revision == about.edition:
        origin = [part for part in (about.publisher, *origin, about.licence) if part]
    lines.append(f"source: {', '.join(origin)}")
    return (*lines, f"note: {figure.note}") if figure.note else lines


def _period(figure: Figure) -> str:
    return str(figure.period) if figure.period else "no year"


def _age(described: Described) -> str:
    age = described.age or 0
    if described.used is None or not described.used.period:
        return "does not age"
    if age < 0:
        return f"{-age} {'year' if age == -1 else 'years'} later than the date"
    return "less than a year old" if age == 0 else f"{age} {'year' if age == 1 else 'years'} old"


def _same(figure: Figure, used: Figure | None) -> bool:
    return used is not None and figure.period == used.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many UN members have a figure of an indicator, by year; static facts once."""

    indicator: Indicator
    counts: tuple[int, ...]
    """One count for each of the years asked for; the same one where static."""


def members() -> frozenset[str]:
    """The members of the United Nations: those in the scale of assessments for 2025."""
    return covered("un_scale_percent", 2025)


def coverage(years: tuple[int, ...] = YEARS) -> tuple[Coverage, ...]:
    """For each indicator that ships, how many of the 193 UN members have a figure of the year."""
    found = []
    for about in shipped_indicators():
        counts = tuple(len(covered(about.id, year) & members()) for year in years)
        found.append(Coverage(indicator=about, counts=counts))
    return tuple(found)


def coverage_table() -> str:
    """The coverage as a table in Markdown, as docs/reference/figures.md prints it."""
    lines = [
        "| indicator | unit | source | licence | years | " + " | ".join(map(str, YEARS)) + " |",
        "| --- | --- | --- | --- | --- |" + " ---: |" * len(YEARS),
    ]
    for line in coverage():
        about = line.indicator
        years = "–".join(map(str, about.years)) or "static"
        cells = [f"`{about.id}`", about.unit, about.publisher, about.licence, years]
        lines.append("| " + " | ".join([*cells, *map(str, line.counts)]) + " |")
    return "\n".join(lines) + "\n"


def nature(name: str) -> str:
    """How a date finds its figure, in a few words: for lists of indicators."""
    about = find(name)
    if about is None:
        return "latest ended year"
    if about.layout in ("pairs", "lists"):
        return "without a year"
    if about.in_advance:
        return "the year under way"
    return "latest ended year; a later one may stand in" if about.slow else "latest ended year"


def notes_table() -> str:
    """Formula, caveat and notes of every indicator as a table in Markdown."""
    lines = ["| indicator | what it measures | how, and what to know | read from |"]
    lines.append("| --- | --- | --- | --- |")
    told: set[str] = set()
    for about in shipped_indicators():
        base = about.id if about.layout == "years" else f"{about.id.partition('/')[0]}/…"
        if base not in told:
            told.add(base)
            derived = f"Computed: {about.derived}." if about.derived else ""
            notes = [f"{state}: {note}" for state, note in sorted(about.notes.items())]
            words = " ".join(part for part in (derived, about.caveat, *notes) if part)
            cells = [f"`{base}`", about.title, words, f"{about.read_from}. {about.citation}"]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
