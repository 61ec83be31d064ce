"""The words of reports in their languages, and sentences whose numbers keep their sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from commonhaven.reading import Problem, decimal_text, load_toml
from commonhaven.reports.document import LANGUAGES, Exact, Figure, Span, Spans
from commonhaven.saying import PLACE, Value
from commonhaven.telling import apart, day, listed, money, number, party_name, shown, told

Filling = Value | Fraction | Decimal | date | Figure


@cache
def table(name: str) -> Mapping[str, Mapping[str, str]]:
    """Key → language → text, of one file of words."""
    found = load_toml(files("commonhaven.reports.words_of") / f"{name}.toml", f"{name}.toml")
    return MappingProxyType({key: MappingProxyType(texts) for key, texts in found.items()})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report, and those that all reports share, in one language."""

    report: str
    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            fix = f"Choose one of: {', '.join(LANGUAGES)}."
            said = f'there are no reports in the language "{self.language[:40]}"'
            raise Problem(said, where="language", fix=fix)

    def template(self, key: str) -> str:
        own = table(self.report)
        return (own if key in own else table("common"))[key][self.language]

    def say(self, key: str, /, **values: Filling) -> str:
        """The text, filled in."""
        return "".join(span if isinstance(span, str) else span.text
                       for span in self.spans(key, **values))  # fmt: skip

    def spans(self, key: str, /, **values: Filling) -> Spans:
        """The text with its numbers as figures, so that a source can be reached from each."""
        template, found, end = self.template(key), list[Span](), 0
        for place in PLACE.finditer(template):
            found += [template[end : place.start()], self.span(values[place[1]])]
            end = place.end()
        return tuple(span for span in (*found, template[end:]) if span)

    def span(self, value: Filling) -> Span:
        """A value as it stands in a sentence of the language."""
        if isinstance(value, Figure):
            return value
        if isinstance(value, date):
            return day(value, self.language)
        if isinstance(value, int | Decimal | Fraction):
            return self.figure(value)
        return shown(value, self.language)

    def figure(self, value: Exact, places: int | None = 0, source: str = "") -> Figure:
        """A number with its exact value and its source."""
        text = number(value, self.language, places)
        return Figure(text=text, value=decimal_text(Fraction(value)), source=source)

    def money(self, value: Decimal | Fraction, currency: str, source: str = "") -> Figure:
        """A sum of money."""
        text = money(value, currency, self.language)
        return Figure(text=text, value=decimal_text(Fraction(value)), source=source)

    def party(self, code: str) -> str:
        """The name of a state, or of any other party."""
        found = party_name(code, self.language)
        return apart(found, self.language) if found == code else found

    def told(self, text: str) -> str:
        """A sentence of the rooms in this language."""
        found = told(text, self.language)
        return apart(found, self.language) if found == text else found

    def listed(self, names: Iterable[str]) -> str:
        """Names with the commas of the language."""
        return listed(names, self.language)

    def called(self, names: Mapping[str, str], otherwise: str) -> str:
        """A name that was given by language: in this one, else in English, else any."""
        known = [names[code] for code in (self.language, "en", *sorted(names)) if code in names]
        return known[0] if known else otherwise

    def day(self, value: date) -> str:
        return day(value, self.language)

    def instant(self, value: datetime) -> str:
        """A moment, to the minute, in UTC."""
        at = value.astimezone(UTC)
        return f"{day(at.date(), self.language)}, {at:%H:%M} UTC"
