"""How values are shown: numbers, instants, parties, audiences."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django import template
from django.forms import BoundField
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commonhaven.reading import decimal_text
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.saying import in_language, listed, locale, party_name, pause

register = template.Library()
FAR = 48 * 3600
"""Seconds up to which a time left is told in hours and minutes."""


@register.filter
def party(code: str) -> str:
    """A state's name in the page's language; any other party as it is called."""
    return party_name(str(code))


register.filter("in_language", in_language)


@register.filter
def with_names(text: str, codes: Iterable[str]) -> SafeString:
    """A sentence with the names of these states instead of their codes, which stay in a title."""
    known = "|".join(sorted(re.escape(code) for code in codes))
    if not known:
        return format_html("{}", text)
    parts = re.split(rf"\b({known})\b", str(text))
    return format_html_join(
        "", "{}", ((_part(one, odd=n % 2 == 1),) for n, one in enumerate(parts))
    )


def _part(text: str, *, odd: bool) -> SafeString | str:
    return format_html('<abbr title="{}">{}</abbr>', text, party(text)) if odd else text


@register.filter
def parties(codes: Iterable[str] | str) -> str:
    """The names of parties: of several, or of those that stand in a text with commas between."""
    each = codes.split(", ") if isinstance(codes, str) else codes
    return listed(party(code) for code in each)


@register.filter
def number(value: int | Decimal | Fraction | None, places: int = 0) -> SafeString | str:
    """A number with its thousands grouped, isolated from the direction of the text round it."""
    if value is None or value == "":
        return "–"
    exact = Decimal(decimal_text(Fraction(value), places))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_html("<bdi>{}</bdi>", format_decimal(exact, pattern, locale=locale()))


@register.filter
def percent(part: Fraction | None, places: int = 0) -> SafeString | str:
    """A part of one as a number of percent."""
    return "–" if part is None else number(part * 100, places)


@register.filter
def millions(value: Decimal | Fraction | None) -> SafeString | str:
    """Money in millions, with two places."""
    return "–" if value is None else number(Fraction(value) / 10**6, 2)


@register.filter
def day(value: date | None) -> SafeString | str:
    """A day in words, in a time element."""
    if value is None:
        return "–"
    text = format_date(value, "long", locale=locale())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def instant(value: datetime | None, zone: str = "UTC") -> SafeString | str:
    """An instant on the group's clock, with its zone named; the element holds it in UTC."""
    if value is None:
        return "–"
    try:
        there = value.astimezone(ZoneInfo(zone or "UTC"))
    except OverflowError:  # the last hours of the year 9999 in an eastern zone
        there = value.astimezone(UTC)
    text = format_datetime(there, f"d MMM yyyy{pause()}HH:mm", locale=locale())
    return format_html(
        '<time datetime="{}">{} <abbr>{}</abbr></time>',
        value.astimezone(UTC).isoformat(), text, there.tzname() or zone,
    )  # fmt: skip


@register.filter
def utc_beside(value: datetime, zone: str) -> SafeString | str:
    """The instant in UTC where the zone's clock shows another hour; empty where it is the same."""
    same = value.astimezone(ZoneInfo(zone or "UTC")).utcoffset() == timedelta(0)
    return "" if same else instant(value)


@register.filter
def left(due: datetime, now: datetime) -> SafeString:
    """Time left until an instant, or time since it; counted on in the page where script runs."""
    seconds = int((due - now).total_seconds())
    return format_html(
        '<span class="left" data-due="{}" data-now="{}">{}</span>',
        due.astimezone(UTC).isoformat(), now.astimezone(UTC).isoformat(), _span(seconds),
    )  # fmt: skip


def _span(seconds: int) -> str:
    size = abs(seconds)
    if size > FAR:
        days = (size + 43200) // 86400
        text = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    else:
        hours, minutes = size // 3600, size // 60 % 60
        text = gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    sentence = gettext("in %(span)s") if seconds >= 0 else gettext("%(span)s ago")
    return sentence % {"span": text}


@register.filter
def audience(value: str) -> str:
    """What an audience is called."""
    return str(dict(Audience.choices).get(value, value))


@register.filter
@stringfilter
def short_hash(value: str) -> SafeString:
    """The first signs of a hash, with the whole one for whoever asks."""
    return format_html('<code title="{}">{}</code>', value, value[:12])


@register.filter(is_safe=True)
@stringfilter
def begun(text: str) -> str:
    """A sentence with a capital, unless it begins with a file, a field or another name."""
    first = text.partition(" ")[0]
    return text if set(first) & set(".:_,/") else text[:1].upper() + text[1:]


@register.filter
def optional(field: BoundField) -> bool:
    """Whether to say that a field may stay empty: not of a choice, nor where every field may."""
    if field.field.required or field.widget_type == "select":
        return False
    return any(one.field.required for one in field.form.visible_fields())


@register.filter
def capacity(value: str) -> str:
    """What a capacity is called."""
    from commonhaven.web.accounts.models import Capacity  # noqa: PLC0415 - apps load first

    return str(dict(Capacity.choices).get(value, value))


@register.simple_tag
def comma() -> str:
    """Between two parts of a line."""
    return pause()


@register.simple_tag
def semicolon() -> str:
    """The same where the parts hold commas."""
    return pause(";")


@register.simple_tag
def seat_names(seats: object) -> str:
    """The seats in a group, in words."""
    return pause(";").join(seat_name(each) for each in seats)  # type: ignore[attr-defined]


@register.filter
def seat_name(seat: Any) -> str:  # noqa: ANN401 - a seat's row, or the seat that acts
    """For whom a seat acts, in which capacity; once where both have the same name."""
    if seat.party.casefold() == seat.capacity:
        return party(seat.party)
    return f"{party(seat.party)}{pause()}{capacity(seat.capacity)}"


@register.filter
def called(group: object) -> str:
    """A group's name in the page's language."""
    return str(group.called(get_language() or "en"))  # type: ignore[attr-defined]


@register.filter
def get(table: dict[str, object], key: str) -> object:
    """A table's entry."""
    return table.get(key)


STANDINGS = {
    "sourced": _("read in the text"),
    "reported": _("reported by others"),
    "our proposal": _("our proposal"),
}
TIERS = {
    "inner core": _("Inner core"),
    "outer core": _("Outer core"),
    "situation-specific contributor": _("Situation-specific contributor"),
    "secretariat": _("Secretariat"),
    "observer": _("Observer"),
    "organisation with consultative status": _("Organisation with consultative status"),
}


@register.filter
def standing(value: str) -> str:
    """How far a number or rule of the library can be trusted, in words."""
    return str(STANDINGS.get(value, value))


@register.filter
def tier(value: str) -> str:
    """What a tier or role is called."""
    return str(TIERS.get(value, value))
