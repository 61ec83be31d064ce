"""Tell people of what was done: notices from the entries of a record."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Model

from commonhaven.web.kit.audience import Audience, Item, sees
from commonhaven.web.notices.kinds import SELF, Kind
from commonhaven.web.notices.models import Notice
from commonhaven.web.notices.people import Person, parties, people_of
from commonhaven.web.notices.words import PROCEDURE, facts_of, kind_of
from commonhaven.web.record.models import Entry
from commonhaven.web.record.subjects import subject_of


def tell(entry: Entry) -> int:
    """Tell whoever is meant of one act, once however often it is called; how many are meant.

    Whoever acted is not told of the own act. Nobody is told what he or she may not see.
    """
    kind = kind_of(entry.act)
    if not kind.to:
        return 0
    subject = subject_of(entry.subject)
    if _begins(entry, subject):
        return 0
    facts = facts_of(
        entry.act,
        entry.party,
        json.loads(entry.body),
        subject if isinstance(subject, Item) else None,
    )
    if kind.to == SELF:
        return _tell_holder(entry, subject, facts)
    due, named = _due(entry), parties([str(json.loads(entry.body).get("party") or "")])
    rows = [
        _notice(entry, person, kind, facts, due)
        for person in people_of(entry.group, entry.created_at)
        if person.user.pk != entry.person_id
        and person.belongs(kind.to, named)
        and sees(person.viewer, entry)
        and (not isinstance(subject, Item) or sees(person.viewer, subject))
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _begins(entry: Entry, subject: Model | None) -> bool:
    """Whether a step is the one by which a meeting is convened, of which is told already."""
    begun = getattr(subject, "created_at", None)
    return entry.act.startswith(PROCEDURE) and begun == entry.created_at


def _due(entry: Entry) -> datetime | None:
    """Until when the act wants an answer, where it says so."""
    body = json.loads(entry.body)
    for name in ("due", "closes", "closes_at"):
        try:
            found = datetime.fromisoformat(str(body.get(name) or ""))
        except ValueError:
            continue
        return found if found.tzinfo else None
    return None


def _notice(
    entry: Entry,
    person: Person,
    kind: Kind,
    facts: dict[str, Any],
    due: Any,  # noqa: ANN401
) -> Notice:
    return Notice(
        user=person.user, group=entry.group, kind=entry.act, subject=entry.subject, facts=facts,
        to_do=person.belongs(kind.do), due_at=due, key=f"act:{entry.group_id}:{entry.number}",
        audience=entry.audience, caucus=entry.caucus, release_at=entry.release_at,
        created_at=entry.created_at,
    )  # fmt: skip


def _tell_holder(entry: Entry, subject: Model | None, facts: dict[str, Any]) -> int:
    """Tell the person of a seat what happened to it, also when nothing else can be seen any more.

    Such a notice names the own seat only, so that it needs no audience.
    """
    holder = getattr(subject, "user_id", None)
    if holder is None or holder == entry.person_id:
        return 0
    row = Notice(
        user_id=holder, group=entry.group, kind=entry.act, subject=entry.subject, facts=facts,
        key=f"act:{entry.group_id}:{entry.number}", audience=Audience.PUBLIC,
        created_at=entry.created_at,
    )  # fmt: skip
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    return 1
