"""Pictures of plans, drawn once and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from commonhaven.charter import Charter
from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.figures import (
    Picture,
    hosts_map,
    money_flow,
    payers_map,
    people_flow,
    rule_dots,
    svg,
)
from commonhaven.regime import Comparison
from commonhaven.regime import Plan as Value
from commonhaven.situations import Situation
from commonhaven.situations import load as load_situation
from commonhaven.situations import shipped as shipped_situations
from commonhaven.web.plans.models import Plan as Row

OF_PLAN: Sequence[Callable[..., Picture]] = (hosts_map, people_flow, payers_map, money_flow)
KEPT = settings.DATA / "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture and its drawing."""

    picture: Picture
    drawing: SafeString


def language() -> str:
    """The page's language as the room `figures` names it."""
    return (translation.get_language() or "en").split("-", maxsplit=1)[0]


def drawn(picture: Picture) -> Drawn:
    """The picture as SVG, which the room has cleaned of script, style and addresses."""
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    text = svg(picture, language=language(), direction=direction, cache=KEPT)
    return Drawn(picture=picture, drawing=mark_safe(text))


def of_plan(row: Row, plan: Value) -> list[Drawn]:
    """Who hosts and who pays, as maps and as flows."""
    names = called(plan.inputs.charter, plan.inputs.situation)
    made = [draw(plan, language=language(), names=names) for draw in OF_PLAN]
    if row.after_id is not None:
        check = (("command line", f"commonhaven verify plan-{row.number}.json"),)
        made = [replace(picture, reproduce=check) for picture in made]
    return [drawn(picture) for picture in made]


def of_rules(comparison: Comparison, charter: Charter, situation: Situation) -> Drawn:
    """Each rule's number for each state as a dot."""
    names = called(charter, situation)
    title = situation.called(language())
    return drawn(rule_dots(comparison, language=language(), names=names, situation=title))


def called(charter: Charter, situation: Situation) -> tuple[str, str]:
    """How the command line finds both: by the names that ship, else by files to download here."""
    ours = (name for name in shipped_charters() if load_charter(name) == charter)
    known = situation.id in shipped_situations() and load_situation(situation.id) == situation
    return next(ours, "charter.toml"), situation.id if known else f"{situation.id}.toml"
