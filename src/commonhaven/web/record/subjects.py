"""What acts are about: the rows behind the subjects of the record."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db.models import Model

from commonhaven.web.kit.audience import Item, Viewer, visible
from commonhaven.web.record.models import Entry

TABLES: Mapping[str, str] = {
    "charter": "groups.CharterVersion",
    "situation": "situations.Situation",
    "meeting": "meetings.Meeting",
    "plan": "plans.Plan",
    "decision": "decisions.Decision",
    "obligation": "decisions.Obligation",
    "commitment": "commitments.Commitment",
    "need": "commitments.Need",
    "fund": "funds.Fund",
    "assessment": "good_faith.Assessment",
    "flows": "flows.FlowFile",
    "practice": "exchange.Practice",
    "question": "exchange.Question",
    "offer": "exchange.Offer",
    "opinion": "plans.Opinion",
    "document": "meetings.Document",
    "seat": "accounts.Seat",
    "chair": "groups.ChairTerm",
}
"""Kind of subject in the record → its table."""
NONE = 0
"""A number that no row has."""
LONG_TEXTS = frozenset({"text", "talks", "toml", "review", "claims", "budget"})


def subject_of(subject: str) -> Model | None:
    """The row that an act is about, None where it has none."""
    kind, _, number = subject.partition("/")
    if kind not in TABLES or not number.isdigit():
        return None
    return apps.get_model(TABLES[kind]).objects.filter(pk=number).first()  # type: ignore[no-any-return]


def subjects_of(rows: Iterable[Entry], viewer: Viewer) -> Mapping[str, Item]:
    """Subject → its row, of those that the viewer may see; as many queries whatever was done."""
    return items_of((row.subject for row in rows), viewer)


def items_of(subjects: Iterable[str], viewer: Viewer) -> Mapping[str, Item]:
    """The same by the subjects' names."""
    wanted: dict[str, set[int]] = {kind: {NONE} for kind in TABLES}
    for subject in subjects:
        kind, _, number = subject.partition("/")
        if number.isdigit() and kind in TABLES:
            wanted[kind].add(int(number))
    found: dict[str, Item] = {}
    for kind, numbers in wanted.items():
        model = apps.get_model(TABLES[kind])
        if issubclass(model, Item):
            held = LONG_TEXTS & {field.name for field in model._meta.fields}  # noqa: SLF001
            items = visible(model.objects.filter(pk__in=numbers), viewer)  # type: ignore[attr-defined]
            items = items.select_related("group").defer(*held)
            found |= {f"{kind}/{one.pk}": one for one in items}
    return found
