"""How the slice says its values in the page's language: words of lists, days as far as known."""

from collections.abc import Iterable

from babel.dates import format_skeleton
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commonhaven.parties import states
from commonhaven.processes import called, earliest
from commonhaven.processes import processes as known
from commonhaven.processes.fora import fora
from commonhaven.web.kit.saying import day_text, listed, locale, party_name

OF_A_PROCESS = "process:"
TITLES = {
    "founded": gettext_lazy("Began"), "objectives": gettext_lazy("Objectives"),
    "methods": gettext_lazy("Working methods"), "chairs": gettext_lazy("In the chair"),
    "secretariat": gettext_lazy("Secretariat"), "members": gettext_lazy("Members"),
    "observers": gettext_lazy("Observers"), "partners": gettext_lazy("Partners"),
    "outputs": gettext_lazy("Outputs"),
    "funding": gettext_lazy("Funding"), "civil_society": gettext_lazy("Civil society"),
    "private_sector": gettext_lazy("Private sector"), "ministries": gettext_lazy("Ministries"),
    "themes": gettext_lazy("Themes"), "exchanges": gettext_lazy("Exchange with other processes"),
    "organisation": gettext_lazy("Regional organisation"), "website": gettext_lazy("Website"),
    "published_count": gettext_lazy("Members as it counts them"),
}  # fmt: skip


def language() -> str:
    """The page's language as the rooms name it."""
    return (get_language() or "en").split("-", maxsplit=1)[0]


def word(kind: str, text: str) -> str:
    """A word of one of the room's lists, in the page's language."""
    return called(kind, text, language())


def words(kind: str, texts: Iterable[str]) -> str:
    """Several words of one list."""
    return listed(word(kind, text) for text in texts)


def process_name(name: str) -> str:
    """A process or forum by its name; any other id as it is."""
    if name in known():
        return known()[name].name
    return fora()[name].name if name in fora() else name


def sitting(party: str) -> str:
    """Who sits in a process: a state, an organisation, or another process."""
    if party.startswith(OF_A_PROCESS):
        return process_name(party.removeprefix(OF_A_PROCESS))
    return party_name(party)


def is_state(party: str) -> bool:
    return party in states()


def when(text: str) -> str:
    """A day, month or year, as far as it is known."""
    if not text:
        return _("not known")
    parts = text.count("-")
    if parts == 0:
        return text
    first = earliest(text)
    return day_text(first) if parts == 2 else format_skeleton("yMMMM", first, locale=locale())


def span(since: str, until: str) -> str:
    """From when until when, as far as it is known."""
    if since and until and since != until:
        return _("%(first)s to %(last)s") % {"first": when(since), "last": when(until)}
    return when(since or until)
