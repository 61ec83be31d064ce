"""What people are told, act by act: the sentence, whom it is for, whether it asks something."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from commonhaven.procedures import Event, said_of
from commonhaven.reading import exact
from commonhaven.web.commitments.templatetags.promises import counted
from commonhaven.web.kit.audience import Item
from commonhaven.web.kit.saying import in_language, party_name, with_days
from commonhaven.web.notices.acts import ACTS, QUIET
from commonhaven.web.notices.clock_words import CLOCKS
from commonhaven.web.notices.kinds import ALL, SELF, Kind

if TYPE_CHECKING:
    from commonhaven.web.notices.models import Notice

OTHER = Kind(says=_("%(party)s, %(title)s: %(act)s."), to=ALL)
"""An act that the table does not name."""
PROCEDURE = "procedure: "
STEP = Kind(says=_("%(title)s: %(what)s."), to=ALL)
"""A step of a meeting's procedure, in the words of the procedure."""
TOLD = ("reason", "until", "name", "choice", "position", "text")
"""Parts of an act's body that sentences use."""
LONG = 200
PLACE = re.compile(r"%\((\w+)\)s")


def kind_of(act: str) -> Kind:
    """How an act is told."""
    known = ACTS.get(act) or CLOCKS.get(act)
    return known or (STEP if act.startswith(PROCEDURE) else OTHER)


def named(text: str, codes: Iterable[str]) -> str:
    """A text with its parties by name instead of code."""
    for code in codes:
        text = text.replace(code, party_name(code))
    return text


def facts_of(
    act: str, party: str, body: Mapping[str, Any], about: Item | None = None
) -> dict[str, Any]:
    """What sentences tell of an act; ``about``: the row that it is about."""
    thing = str(about)[:LONG] if about is not None else ""
    facts: dict[str, Any] = {
        "party": party,
        "act": act.removeprefix(PROCEDURE).replace("-", " "),
        "title": str(body.get("title") or thing)[:LONG],
        "subject": thing,
        "about": str(body.get("for") or body.get("party") or party),
    }
    if act.startswith(PROCEDURE) and about is not None:
        kind, data = act.removeprefix(PROCEDURE), body.get("data") or {}
        event = Event(kind=kind, at=about.created_at, party=facts["about"], data=data)
        facts["what"] = str(said_of(getattr(about, "procedure", ""), event)).rstrip(".")
        facts["codes"] = [facts["about"]]
    return facts | {name: _line(str(body[name])) for name in TOLD if body.get(name)}


def _line(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return f"{line[: LONG - 1]}…" if len(line) > LONG else line


def sentence(notice: "Notice") -> str:
    """What a notice says, in the language in force."""
    kind = kind_of(notice.kind)
    return filled(kind.says, notice.facts) or filled(OTHER.says, notice.facts, whole=False)


def recorded(act: str, facts: Mapping[str, Any]) -> str:
    """What the record says of an act, in the language in force; empty where there is no sentence.

    A notice may speak to a person; the record does not.
    """
    kind = ACTS.get(act) or QUIET
    if act.startswith(PROCEDURE):
        kind = STEP
    return filled(kind.recorded, facts) or ("" if kind.to == SELF else filled(kind.says, facts))


def gapped(act: str) -> str:
    """The sentence of an act with gaps for who and what; empty where it has none."""
    kind = ACTS.get(act) or QUIET
    return PLACE.sub("…", str(kind.recorded or kind.says))


def filled(says: Any, facts: Mapping[str, Any], *, whole: bool = True) -> str:  # noqa: ANN401
    """The sentence with the facts put in; where ``whole``, empty if one of them is missing."""
    template = str(says) if says else ""
    values = {**dict.fromkeys(PLACE.findall(template), ""), **facts}
    for name in ("party", "about"):
        if name in facts:
            values[name] = party_name(str(facts[name]))
    values["party"] = values.get("party") or str(_("The platform"))
    for name in ("what", "silence"):
        values[name] = _said(str(facts.get(name, "")), facts.get("codes", ()))
    if "unit" in facts:
        values["quantity"] = amount_in(str(facts["quantity"]), str(facts["unit"]))
    for name in ("choice", "position"):
        values[name] = in_language(str(facts.get(name, "")))
    values["until"] = with_days(str(facts.get("until", "")))
    if whole and not all(values[name] for name in PLACE.findall(template)):
        return ""
    return template % values if template else ""


def amount_in(value: str, of: str) -> str:
    """So much of a unit as plain text, in the language in force."""
    return strip_tags(counted(exact(value), of))


def _said(text: str, codes: Iterable[str]) -> str:
    """A sentence of the rooms, stored without its full stop."""
    for known in (text, f"{text}."):
        told = in_language(known)
        if told != known:
            return named(told if known == text else told.rstrip(".。"), codes)
    return named(text, codes)
