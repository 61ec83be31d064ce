"""Entries of the record in sentences: those of the notices, where there is one for the act."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from commonhaven.procedures import procedures
from commonhaven.web.accounts.models import Capacity
from commonhaven.web.kit.audience import Item, Viewer
from commonhaven.web.kit.saying import english, in_language
from commonhaven.web.kit.templatetags.kit import begun
from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.notices.words import facts_of, gapped, recorded
from commonhaven.web.record.models import Entry
from commonhaven.web.record.queries import body_of
from commonhaven.web.record.subjects import subjects_of

TELLING = ("title", "name", "party", "choice", "position", "version", "kind", "reason", "text")
"""Terms of a body that a sentence adds, in this order, the first two that are there."""
PROCEDURE = "procedure: "
"""How the acts of a meeting's procedure begin in the record; a sentence leaves it out."""
LONGEST = 120
GAP = "…,:\N{FULLWIDTH COLON}، "
"""What a sentence with gaps begins with, where it begins with who acts."""


def sentences(rows: Iterable[Entry], viewer: Viewer) -> list[str]:
    """What each entry says; titles are those of what the viewer may see."""
    entries = list(rows)
    about = subjects_of(entries, viewer)
    return [sentence(row, body_of(row), about.get(row.subject)) for row in entries]


def sentence(row: Entry, body: Mapping[str, Any], about: Item | None = None) -> str:
    """Who did what to what; of an act without a sentence the two terms that tell most."""
    return recorded(row.act, facts_of(row.act, row.party, body, about)) or plainly(row, body)


def plainly(row: Entry, body: Mapping[str, Any]) -> str:
    """Who did what, with the two terms of the body that tell most."""
    act = row.act.removeprefix(PROCEDURE)
    if act != row.act:
        act = act.replace("-", " ")
    data = body.get("data")
    terms = {**body, **data} if isinstance(data, dict) else body
    told = [_shown(name, terms[name]) for name in TELLING if _tells(row, name, terms.get(name))][:2]
    said = f"{act}: {'; '.join(told)}" if told else act
    if not row.party:
        return _("The platform: %(act)s.") % {"act": said.rstrip(".")}
    return _("%(party)s (%(capacity)s): %(act)s.") % {
        "party": party_name(row.party),
        "capacity": capacity_name(row.capacity),
        "act": said.rstrip("."),
    }


def act_name(act: str, ways: Iterable[str] = ()) -> str:
    """What an act is called where one is chosen: its sentence, with gaps for who and what.

    A step of a procedure is called as the first of these that has it calls it, else as any does.
    """
    short = act.removeprefix(PROCEDURE)
    if short == act:
        said = gapped(act)
    else:
        known = procedures()
        each = [known[way] for way in [*ways, *known] if way in known]
        steps = (one for way in each for one in way.acts if one.kind == short)
        said = next((in_language(one.what) for one in steps), "")
    return str(begun((said or short.replace("-", " ")).lstrip(GAP).rstrip(".。")))


def capacity_name(value: str) -> str:
    """A capacity within a sentence."""
    return value if english() else str(dict(Capacity.choices).get(value, value))


def _tells(row: Entry, name: str, value: object) -> bool:
    """Whether a term says something that the sentence does not say already."""
    usable = isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    return usable and not (name == "party" and value == row.party)


def _shown(name: str, value: str | int) -> str:
    text = party_name(str(value)) if name == "party" else str(value)
    line = " ".join(text.split())
    line = f"{line[: LONGEST - 1]}…" if len(line) > LONGEST else line
    return _("version %(number)s") % {"number": line} if name == "version" else line
