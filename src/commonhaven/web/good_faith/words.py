"""What a year's facts say, in the language of the page."""

from django.utils.translation import gettext, pgettext

from commonhaven.web.good_faith.facts import Fact
from commonhaven.web.good_faith.models import Criterion


def outcome(fact: Fact) -> str:
    """A cell of the table."""
    if fact.criterion == Criterion.REFOULEMENT:
        return gettext("none verified") if fact.kept else gettext("verified")
    if fact.kept is None:
        return gettext("not known")
    if nothing_due(fact):
        return pgettext("good faith", "nothing was due")
    return pgettext("good faith", "kept") if fact.kept else pgettext("good faith", "missed")


def nothing_due(fact: Fact) -> bool:
    """Whether it counts as kept only because nothing was asked of the state."""
    return fact.found is None and not fact.sources and fact.criterion in {
        Criterion.ATTENDED, Criterion.ANSWERED, Criterion.PAID,
    }  # fmt: skip


def tone(fact: Fact) -> str:
    """How a cell is coloured; the word says the same."""
    if nothing_due(fact):
        return "soft"
    return {True: "good", False: "bad", None: "warn"}[fact.kept]


def known(fact: Fact) -> str:
    """What the platform knows of a criterion, in a sentence; sums are told beside it."""
    done, of = sum(source.kept for source in fact.sources), len(fact.sources)
    counts = {"done": done, "of": of}
    if fact.criterion == Criterion.ATTENDED:
        if not of:
            return gettext("No meeting convened in the year obliged it to come.")
        return gettext("Meetings that it was bound to attend: %(of)s; attended: %(done)s.") % counts
    if fact.criterion == Criterion.ANSWERED:
        if not of:
            return gettext("No request for clarification fell due in the year.")
        return gettext("Answers due: %(of)s; given in time: %(done)s.") % counts
    if fact.criterion == Criterion.PAID:
        if not fact.sums:
            return gettext("No pledge of money, call or agreement fell due in the year.")
        return gettext("Of what fell due, this was confirmed by receivers or came into the fund:")
    if fact.criterion == Criterion.REPORTED:
        return gettext("The platform does not know; UNHCR enters it.")
    return gettext("Nothing was verified here.")
