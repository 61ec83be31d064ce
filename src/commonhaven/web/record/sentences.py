"""An entry of the record in one sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.record.models import Entry

TELLING = ("title", "name", "party", "choice", "position", "version", "kind", "reason", "text")
"""Terms of a body that a sentence adds, in this order, the first two that are there."""
PROCEDURE = "procedure: "
"""How the acts of a meeting's procedure begin in the record; a sentence leaves it out."""
LONGEST = 120


def sentence(row: Entry, body: Mapping[str, Any]) -> str:
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
        "capacity": row.capacity,
        "act": said.rstrip("."),
    }


def _tells(row: Entry, name: str, value: object) -> bool:
    """Whether a term says something that the sentence does not say already."""
    usable = isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    return usable and not (name == "party" and value == row.party)


def _shown(name: str, value: str | int) -> str:
    text = party_name(str(value)) if name == "party" else str(value)
    line = " ".join(text.split())
    line = f"{line[: LONGEST - 1]}…" if len(line) > LONGEST else line
    return _("version %(number)s") % {"number": line} if name == "version" else line
