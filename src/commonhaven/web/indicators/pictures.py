"""Pictures of indicators, drawn once and kept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from commonhaven.figures import LorenzAsked, lorenz_curve, series
from commonhaven.indicators import Curve, Measure, Result
from commonhaven.web.indicators.forms import BY
from commonhaven.web.indicators.whom import Whom
from commonhaven.web.indicators.words import language
from commonhaven.web.kit.saying import in_language
from commonhaven.web.plans.pictures import Drawn, drawn


def of_series(about: Measure, whom: Whom, results: Sequence[Result]) -> Drawn:
    """A measure year by year."""
    called = f"{in_language(about.title)} · {whom.title}"
    unit = in_language(about.unit)
    return drawn(series(results, called=called, unit=unit, language=language()))


def of_curve(curve: Curve | None, name: str, whom: Whom, year: int) -> Drawn:
    """The curve of one year."""
    asked = LorenzAsked(measure=name, scope=whom.scope.id, year=year)
    across = _("%(key)s, part of the whole (percent)") % {"key": BY[name]}
    called = f"{whom.title} · {year}"
    return drawn(lorenz_curve(curve, asked, called=called, across=across, language=language()))
