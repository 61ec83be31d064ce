"""Pictures of plans, drawn once and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

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


def of_plan(plan: Value) -> list[Drawn]:
    """Who hosts and who pays, as maps and as flows."""
    return [drawn(draw(plan, language=language())) for draw in OF_PLAN]


def of_rules(comparison: Comparison, names: tuple[str, str]) -> Drawn:
    """Each rule's number for each state as a dot."""
    return drawn(rule_dots(comparison, language=language(), names=names))
