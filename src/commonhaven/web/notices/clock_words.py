"""What people are told without an act, when its time has come."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from commonhaven.web.notices.kinds import KEEP, NAMED, RUN, Kind

CLOCKS: Mapping[str, Kind] = {
    "clock opened": Kind(says=_("%(title)s: %(what)s."), to=NAMED, do=NAMED),
    "clock runs out": Kind(says=_("%(title)s: time is running out. %(what)s."), to=NAMED, do=NAMED),
    "clock missed": Kind(
        says=_("%(title)s: not done in time. %(what)s. %(silence)s"), to=NAMED, do=NAMED
    ),
    "obligation due": Kind(says=_("You owe: %(what)s."), to=NAMED, do=NAMED),
    "obligation overdue": Kind(says=_("Overdue: %(what)s."), to=NAMED, do=NAMED),
    "instalment due": Kind(says=_("%(title)s: %(party)s owes %(quantity)s."), to=NAMED, do=NAMED),
    "instalment overdue": Kind(
        says=_("%(title)s: %(quantity)s of %(party)s are overdue."), to=NAMED, do=NAMED
    ),
    "instalment asked after": Kind(
        says=_(
            "%(title)s: %(quantity)s of %(party)s are long overdue. The chair asks for the reason."
        ),
        to=NAMED | RUN,
        do=NAMED | RUN,
    ),
    "instalment before the review": Kind(
        says=_(
            "%(title)s: %(quantity)s of %(party)s are overdue and on the list of the annual review."
        ),
        to=NAMED | RUN,
        do=NAMED,
    ),
    "reply due": Kind(
        says=_("%(title)s: %(party)s has to answer a dispute. Without an answer it is upheld."),
        to=NAMED,
        do=NAMED,
    ),
    "reply missed": Kind(
        says=_(
            "%(title)s: nobody answered a dispute in time, so it is upheld. %(quantity)s no "
            "longer count."
        ),
        to=NAMED,
    ),
    "release open": Kind(
        says=_("%(title)s: money can still be released at once on a request of %(party)s."),
        to=KEEP,
        do=KEEP,
    ),
    "release over": Kind(
        says=_(
            "%(title)s: the time for releasing money at once on a request of %(party)s is "
            "over. The meeting decides."
        ),
        to=KEEP,
    ),
    "score open": Kind(
        says=_("%(title)s: %(party)s may still reply to its good-faith score."), to=NAMED, do=NAMED
    ),
}
"""What is told without an act: clocks, obligations, promises, contributions, releases, scores."""
