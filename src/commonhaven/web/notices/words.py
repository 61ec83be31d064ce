"""What people are told, act by act: the sentence, whom it is for, whether it asks something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.templatetags.kit import party as party_name

if TYPE_CHECKING:
    from commonhaven.web.notices.models import Notice

ALL = frozenset({"all"})
"""Everybody who may see the act."""
MEMBERS = frozenset({"members"})
"""People who speak for member states."""
RUN = frozenset({"run"})
"""The chair and the secretariat."""
UNHCR = frozenset({"unhcr"})
NAMED = frozenset({"named"})
"""People of the parties that the act names."""
SELF = frozenset({"self"})
"""The person whose seat it is about; it is told to nobody else."""
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice.

    ``do``: for whom of those told it asks for something; the others only learn of it.
    """

    says: Any
    to: frozenset[str]
    do: frozenset[str] = NOBODY


OTHER = Kind(says=_("%(party)s, %(title)s: %(act)s."), to=ALL)
"""An act that the table does not name."""
QUIET = Kind(says="", to=NOBODY)

ACTS: Mapping[str, Kind] = {
    "seat offered": QUIET,
    "offer of a seat withdrawn": QUIET,
    "settings changed": QUIET,
    "group set up": QUIET,
    "seat taken": Kind(
        says=_("A seat was taken for %(about)s; its credentials wait to be accepted."),
        to=RUN, do=RUN,
    ),
    "credentials accepted": Kind(
        says=_("Your credentials for %(about)s were accepted: you may act."), to=SELF
    ),
    "credentials refused": Kind(
        says=_("Your credentials for %(about)s were not accepted: %(reason)s"), to=SELF
    ),
    "seat ended": Kind(says=_("Your seat for %(about)s ends on %(until)s."), to=SELF),
    "caucus formed": Kind(says=_("A caucus was formed: %(name)s."), to=ALL),
    "chair seated": Kind(says=_("%(about)s takes the chair."), to=ALL),
    "chair handed over": Kind(says=_("The chair was handed over by %(party)s."), to=ALL),
    "charter drafted": Kind(
        says=_("%(party)s brought in a draft charter, %(title)s."), to=ALL, do=MEMBERS
    ),
    "charter revised": Kind(says=_("The draft charter %(title)s was changed."), to=ALL),
    "charter commented on": Kind(
        says=_("%(party)s commented on the draft charter %(title)s."), to=ALL
    ),
    "position on charter declared": Kind(
        says=_("%(party)s declared its position on the draft charter %(title)s."), to=ALL
    ),
    "charter adopted": Kind(says=_("The charter %(title)s was adopted."), to=ALL),
    "charter withdrawn": Kind(says=_("The draft charter %(title)s was withdrawn."), to=ALL),
    "situation opened": Kind(says=_("%(party)s opened the situation %(title)s."), to=ALL),
    "situation figures revised": Kind(
        says=_("%(party)s gave new figures for %(title)s."), to=ALL
    ),
    "situation closed": Kind(says=_("The situation %(title)s was closed."), to=ALL),
    "meeting convened": Kind(
        says=_("%(party)s convened a meeting: %(title)s. All members have bound themselves to "
               "come."),
        to=ALL, do=MEMBERS,
    ),
    "meeting closed": Kind(says=_("The meeting %(title)s was closed."), to=ALL),
    "plan computed": Kind(says=_("%(party)s computed a plan: %(title)s."), to=RUN),
    "plan tabled": Kind(says=_("%(party)s tabled a plan: %(title)s."), to=ALL, do=MEMBERS | UNHCR),
    "plan withdrawn": Kind(says=_("%(party)s withdrew the plan %(title)s."), to=ALL),
    "move made": Kind(says=_("%(party)s made a move; the plan is now %(title)s."), to=ALL),
    "opinion of UNHCR asked": Kind(
        says=_("UNHCR is asked for its opinion on the plan %(title)s."), to=RUN | UNHCR, do=UNHCR
    ),
    "opinion given": Kind(says=_("%(party)s gave its opinion on the plan %(title)s."), to=ALL),
    "decision put": Kind(says=_("A decision is put: %(title)s."), to=ALL, do=MEMBERS),
    "vote cast": Kind(says=_("%(party)s voted on %(title)s."), to=RUN),
    "vote changed": Kind(says=_("%(party)s changed its vote on %(title)s."), to=RUN),
    "decision adopted": Kind(says=_("Adopted: %(title)s."), to=ALL),
    "decision not adopted": Kind(says=_("Not adopted: %(title)s."), to=ALL),
    "decision no quorum": Kind(
        says=_("Not decided, too few members were there: %(title)s."), to=ALL
    ),
    "decision withdrawn": Kind(says=_("%(party)s withdrew the question %(title)s."), to=ALL),
    "rules agreed beforehand apply": Kind(
        says=_("The meeting did not decide; the rules agreed beforehand apply: %(title)s."),
        to=ALL, do=MEMBERS,
    ),
    "obligation reported done": Kind(
        says=_("%(party)s reports as done: %(title)s. This is a report, not a verification."),
        to=ALL,
    ),
    "agenda item proposed": Kind(
        says=_("%(party)s proposed a point for the agenda of %(subject)s: %(title)s."), to=ALL
    ),
    "agenda adopted": Kind(says=_("The agenda of %(subject)s was adopted."), to=ALL),
    "agenda ordered": QUIET,
    "document submitted": Kind(says=_("%(party)s handed in a document: %(title)s."), to=ALL),
    "credentials presented": Kind(
        says=_("%(party)s presented credentials for %(subject)s."), to=RUN, do=RUN
    ),
    "floor asked for": Kind(says=_("%(party)s asks for the floor in %(subject)s."), to=RUN, do=RUN),
    "outcome adopted": Kind(says=_("The outcome document of %(subject)s was adopted."), to=ALL),
    "summary drafted": Kind(
        says=_("A summary record of %(subject)s was drafted; delegations may correct it."),
        to=ALL, do=MEMBERS,
    ),
    "summary record adopted": Kind(
        says=_("The summary record of %(subject)s was adopted."), to=ALL
    ),
    **dict.fromkeys(
        (
            "party arrived", "party left", "speakers ordered", "floor given", "floor ended",
            "floor request withdrawn", "procedure: attend", "procedure: vote", "procedure: hear",
        ),
        QUIET,
    ),
}  # fmt: skip
"""What is done in the room in quick order is seen there and told nobody."""
PROCEDURE = "procedure: "
STEP = Kind(says=_("%(party)s, %(title)s: %(act)s."), to=ALL)
"""A step of a meeting's procedure."""

CLOCKS: Mapping[str, Kind] = {
    "clock opened": Kind(says=_("%(title)s: %(what)s."), to=NAMED, do=NAMED),
    "clock runs out": Kind(says=_("%(title)s: time is running out. %(what)s."), to=NAMED, do=NAMED),
    "clock missed": Kind(
        says=_("%(title)s: not done in time. %(what)s. %(silence)s"), to=NAMED, do=NAMED
    ),
    "obligation due": Kind(says=_("You owe: %(what)s."), to=NAMED, do=NAMED),
    "obligation overdue": Kind(says=_("Overdue: %(what)s."), to=NAMED, do=NAMED),
}
"""What is told without an act: clocks and obligations."""


def kind_of(act: str) -> Kind:
    """How an act is told."""
    known = ACTS.get(act) or CLOCKS.get(act)
    return known or (STEP if act.startswith(PROCEDURE) else OTHER)


def named(text: str, codes: Iterable[str]) -> str:
    """A text with its parties by name instead of code."""
    for code in codes:
        text = text.replace(code, party_name(code))
    return text


def sentence(notice: "Notice") -> str:
    """What a notice says, in the language in force."""
    facts: dict[str, Any] = {"title": "", "party": "", "act": "", "subject": "", **notice.facts}
    for name in ("party", "about"):
        if name in facts:
            facts[name] = party_name(str(facts[name]))
    for name in ("what", "silence"):
        facts[name] = named(str(facts.get(name, "")), facts.get("codes", ()))
    facts["party"] = facts["party"] or str(_("The platform"))
    kind = kind_of(notice.kind)
    try:
        return str(kind.says) % facts
    except KeyError:
        return str(OTHER.says) % facts
