"""How processes and fora are shown: words of lists, days as far as known, parts in percent."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonhaven.processes import processes as known
from commonhaven.processes.fora import Cycle, Phase, Question
from commonhaven.web.kit.saying import by_name, listed, pause
from commonhaven.web.kit.templatetags.kit import number
from commonhaven.web.processes import meetings, words

register = template.Library()

register.filter("when", words.when)
register.filter("process_name", words.process_name)


@register.filter
def word(text: str, kind: str) -> str:
    """A word of one of the room's lists: ``{{ "RCP"|word:"types" }}``."""
    return words.word(kind, text)


@register.filter
def list_of(texts: Iterable[str], kind: str) -> str:
    """Several words of one list."""
    return words.words(kind, texts)


@register.filter
def lasts(held: Cycle | Phase) -> str:
    """From when until when something lasts, as far as it is known."""
    return words.span(held.since, held.until)


@register.filter
def asked_for(question: Question) -> str:
    """What a question asks for, in words where the code is one of ours."""
    return listed(meetings.asked_for(question))


@register.filter
def percent(part: Fraction | None, places: int = 0) -> SafeString | str:
    """A part of a whole in percent; not known where there is none."""
    if part is None:
        return _("not known")
    return format_html("<bdi>{}%</bdi>", number(part * 100, places))


@register.filter
def two_places(value: Decimal | Fraction | None) -> SafeString | str:
    """A number from 0 to 1; not known where there is none."""
    return _("not known") if value is None else number(value, 2)


@register.filter
def linked(parties: Iterable[str]) -> SafeString:
    """Parties in order of name, with links: states to their seats, processes to their pages."""
    ordered = sorted(parties, key=lambda party: by_name(words.sitting(party)))
    return format_html_join(pause(), "{}", ((_link(party),) for party in ordered))


@register.filter
def process_links(names: Iterable[str]) -> SafeString:
    """Processes by name, each with a link."""
    return format_html_join(pause(";"), "{}", ((process_link(name),) for name in names))


@register.filter
def process_link(name: str) -> SafeString | str:
    """A process by name, with a link where there is a page of it."""
    shown = words.process_name(name)
    if name not in known():
        return shown
    return format_html(
        '<a href="{}" dir="auto" lang="en">{}</a>', reverse("processes:show", args=[name]), shown
    )


def _link(party: str) -> SafeString | str:
    if party.startswith(words.OF_A_PROCESS):
        return process_link(party.removeprefix(words.OF_A_PROCESS))
    shown = words.sitting(party)
    if not words.is_state(party):
        return format_html("<bdi>{}</bdi>", shown)
    return format_html('<a href="{}">{}</a>', reverse("processes:state", args=[party]), shown)
