"""Which items are searched, and what of each: one line a kind."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from commonhaven.parties.names import names
from commonhaven.processes.practices import theme_words

Words = Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of item: its table, what is shown of it, what is found in it, what it belongs to.

    ``subject``: the record's name of the page where it is shown. ``within``: the field that leads
    to the item it belongs to. ``children``: tables of its parts, each with the field that leads
    back to it.
    """

    id: str
    label: Any
    model: str
    title: Words
    text: Words
    subject: str = ""
    within: str = ""
    language: str = ""
    children: Mapping[str, str] = ()  # type: ignore[assignment]

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)


def field(*names_of: str) -> Words:
    """The named fields, those that are filled, one a line."""
    return lambda item: "\n".join(str(v) for n in names_of if (v := getattr(item, n, "")))


def party_names(codes: list[str]) -> str:
    """The names of states in all six languages, so that each finds them in its own."""
    found = []
    for code in dict.fromkeys(codes):
        try:
            found += [names(language)[code] for language in ("en", "fr", "es", "ar", "ru", "zh")]
        except KeyError:
            found.append(code)
    return " ".join(found)


def _charter(item: Any) -> str:  # noqa: ANN401 - a row of another slice
    value = json.loads(item.value) if item.value else {}
    states = [member.get("state", "") for member in value.get("members", [])]
    said = [f"{each.article}\n{each.text}" for each in item.comments.all()]
    if item.status == "adopted":
        said = []  # its text is public, what members said of the draft is not
    return "\n".join([item.toml or item.value, party_names(states), *said])


def _charter_title(item: Any) -> str:  # noqa: ANN401
    return f"{item.group.called()}, {item.version}"


def _situation(item: Any) -> str:  # noqa: ANN401
    last = item.versions.order_by("-number").first()
    value = json.loads(last.value) if last and last.value else {}
    cohorts = value.get("cohorts", [])
    states = [value.get("origin", ""), *(s for c in cohorts for s in c.get("present", {}))]
    called = " ".join(value.get("name", {}).values())
    described = [c.get("name", "") for c in cohorts]
    sources = [s.get("title", "") for s in value.get("sources", [])]
    parts = [item.slug, called, value.get("about", ""), *described, *sources]
    return "\n".join([*parts, party_names(states)])


def _plan(item: Any) -> str:  # noqa: ANN401
    value = json.loads(item.text) if item.text else {}
    parts = value.get("result", {}).get("states", [])
    return "\n".join([item.rule, item.name, party_names([p.get("state", "") for p in parts])])


def _outcome(item: Any) -> str:  # noqa: ANN401
    amended = [each.text for each in item.amendments.all()]
    said = [each.text for each in item.positions.all() if each.withdrawn_at is None]
    return "\n".join([item.text, *amended, *said])


def _decision(item: Any) -> str:  # noqa: ANN401
    return "\n".join([item.text, *(each.explanation for each in item.votes.all())])


def _numbered(item: Any) -> str:  # noqa: ANN401
    return f"{item.meeting.title}, § {item.number}"


def _spoke(item: Any) -> str:  # noqa: ANN401
    return f"{item.party}: {item.meeting.title}"


def _obliged(item: Any) -> str:  # noqa: ANN401
    told = field("code", "measured", "counterpart", "cite", "done_note")(item)
    return f"{told}\n{party_names([item.party])}"


def _promised(item: Any) -> str:  # noqa: ANN401
    value = json.loads(item.value) if item.value else {}
    names = ("about", "beneficiaries", "indicator", "event", "consulted", "source")
    told = [str(value.get(name, "")) for name in names]
    given = [str(share.get("giver", "")) for share in value.get("shares", [])]
    codes = [*given, *value.get("to", []), *value.get("places", [])]
    said = [step.said for step in item.steps.all()]
    return "\n".join([item.kind, *told, *said, party_names([str(code) for code in codes])])


def _needed(item: Any) -> str:  # noqa: ANN401
    last = item.versions.order_by("-number").first()
    value = json.loads(last.value) if last else {}
    told = [str(value.get(name, "")) for name in ("about", "basis")]
    codes = [item.party, *value.get("places", [])]
    return "\n".join([item.kind, item.bundle, item.review, *told, party_names(codes)])


def _funded(item: Any) -> str:  # noqa: ANN401
    return "\n".join([item.kind, item.claims, item.budget, *(s.said for s in item.steps.all())])


def _assessed(item: Any) -> str:  # noqa: ANN401
    claims = [*item.findings.all(), *item.evidence.all()]
    told = [f"{claim.text}\n{claim.where}" for claim in claims]
    said = [reply.text for reply in item.replies.all()]
    return "\n".join([item.people_source, *told, *said, party_names(list(item.states))])


def _practised(item: Any) -> str:  # noqa: ANN401
    themes = [text for theme in item.themes for text in theme_words().get(theme, {}).values()]
    own = field("summary", "result", "needs", "source")(item)
    return "\n".join([own, *themes])


def _asked(item: Any) -> str:  # noqa: ANN401
    themes = theme_words().get(item.theme, {}).values()
    said = [each.text for each in item.answers.all()]
    return "\n".join([item.text, *said, item.closing, *themes])


KINDS = (
    Kind(
        id="charter", label=_("Charter"), model="groups.CharterVersion", title=_charter_title,
        text=_charter, subject="charter/{pk}", children={"groups.CharterComment": "charter"},
    ),
    Kind(
        id="situation", label=_("Situation"), model="situations.Situation", title=field("title"),
        text=_situation, subject="situation/{pk}",
        children={"situations.SituationVersion": "situation"},
    ),
    Kind(
        id="meeting", label=_("Meeting"), model="meetings.Meeting", title=field("title"),
        text=field("kind", "reason", "place", "party"), subject="meeting/{pk}",
    ),
    Kind(
        id="agenda item", label=_("Agenda item"), model="meetings.AgendaItem",
        title=field("title"), text=field("note", "party"), subject="meeting/{meeting_id}",
        within="meeting",
    ),
    Kind(
        id="document", label=_("Document"), model="meetings.Document", title=field("title"),
        text=field("symbol", "text", "party"), subject="document/{pk}", within="meeting",
        language="language",
    ),
    Kind(
        id="intervention", label=_("Intervention"), model="meetings.Intervention", title=_spoke,
        text=field("text"), subject="meeting/{meeting_id}", within="meeting", language="language",
    ),
    Kind(
        id="summary record", label=_("Summary record"), model="meetings.SummaryParagraph",
        title=_numbered, text=field("text", "party"), subject="meeting/{meeting_id}",
        within="meeting",
    ),
    Kind(
        id="outcome", label=_("Outcome document"), model="meetings.OutcomeParagraph",
        title=_numbered, text=_outcome, subject="meeting/{meeting_id}", within="meeting",
        children={"meetings.Amendment": "paragraph", "meetings.Position": "paragraph"},
    ),
    Kind(
        id="plan", label=_("Plan"), model="plans.Plan", title=field("title"), text=_plan,
        subject="plan/{pk}",
    ),
    Kind(
        id="opinion", label=_("Opinion"), model="plans.Opinion",
        title=lambda item: f"{item.party}: {item.plan.title}", text=field("finding", "text"),
        subject="plan/{plan_id}", within="plan",
    ),
    Kind(
        id="decision", label=_("Decision"), model="decisions.Decision", title=field("title"),
        text=_decision, subject="decision/{pk}", children={"decisions.Vote": "decision"},
    ),
    Kind(
        id="obligation", label=_("Obligation"), model="decisions.Obligation", title=field("what"),
        text=_obliged, subject="obligation/{pk}", within="decision",
    ),
    Kind(
        id="promise", label=_("Promise"), model="commitments.Commitment", title=field("title"),
        text=_promised, subject="commitment/{pk}", children={"commitments.Step": "commitment"},
    ),
    Kind(
        id="need", label=_("Need"), model="commitments.Need", title=field("title"), text=_needed,
        subject="need/{pk}", children={"commitments.NeedVersion": "need"},
    ),
    Kind(
        id="fund", label=_("Fund"), model="funds.Fund", title=field("title"), text=_funded,
        subject="fund/{pk}", children={"funds.FundStep": "fund"},
    ),
    Kind(
        id="good faith", label=_("Good faith"), model="good_faith.Assessment",
        title=field("title"), text=_assessed, subject="assessment/{pk}",
        children={"good_faith.Finding": "assessment", "good_faith.Evidence": "assessment",
                  "good_faith.Reply": "assessment"},
    ),
    Kind(
        id="flows", label=_("File of flows"), model="flows.FlowFile", title=field("title"),
        text=field("source", "about", "why"), subject="flows/{pk}",
    ),
    Kind(
        id="practice", label=_("Practice"), model="exchange.Practice", title=field("title"),
        text=_practised, subject="practice/{pk}", language="language",
    ),
    Kind(
        id="question", label=_("Question to a peer"), model="exchange.Question",
        title=field("title"), text=_asked, subject="question/{pk}",
        children={"exchange.Answer": "question"},
    ),
)  # fmt: skip
"""Every kind of item that a group's pages hold. The record is not among them: it tells of the same
items a second time, and has filters of its own; notices are one person's."""


def by_table() -> dict[type[Model], Kind]:
    """Table → kind."""
    return {kind.table: kind for kind in KINDS}


def by_child() -> dict[type[Model], tuple[Kind, str]]:
    """Table of a part → the kind that it is part of, and the field that leads there."""
    return {
        apps.get_model(model): (kind, back)
        for kind in KINDS
        for model, back in dict(kind.children).items()
    }


def parent_kind(kind: Kind) -> Kind:
    """The kind to which items of a kind belong; `within` names the field after it."""
    return next(each for each in KINDS if each.id == kind.within)


def dated(item: Model) -> datetime:
    """The instant that a filter by date looks at."""
    at = getattr(item, "decided_at", None) or getattr(item, "created_at", None)
    assert isinstance(at, datetime)  # noqa: S101 - every item has the second
    return at
