"""Names of themes, of who did something, and of what is cited, in the language of the page."""

from django.utils.translation import get_language

from commonhaven.processes import called, processes, vocabulary
from commonhaven.processes.practices import Practice
from commonhaven.web.exchange.values import short
from commonhaven.web.kit.saying import party_name


def theme_name(theme: str) -> str:
    """What a theme is called in the language of the page."""
    return called("themes", theme, short(get_language() or "en"))


def theme_choices() -> list[tuple[str, str]]:
    """Every theme by its name."""
    named = ((theme, theme_name(theme)) for theme in vocabulary().themes)
    return sorted(named, key=lambda each: each[1].casefold())


def doer_name(party: str) -> str:
    """A state in the page's language, a process or any other party as it is called."""
    held = processes().get(party.removeprefix("process:"))
    return held.name if held else party_name(party)


def titled(one: Practice) -> str:
    return one.called(short(get_language() or "en"))


def summed(one: Practice) -> str:
    return one.told(short(get_language() or "en"))
