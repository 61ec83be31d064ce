"""What a viewer may see of the exchange, and whom a question could be put to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from commonhaven.processes import Process, processes
from commonhaven.processes.practices import Peer, peers, practices, reasons, search
from commonhaven.processes.practices import Practice as Value
from commonhaven.saying import Said
from commonhaven.web.exchange.models import Offer, Practice, Question, Reuse
from commonhaven.web.exchange.values import value_of
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.kit.audience import Viewer, visible

MOST = 500
"""Practices of groups, the newest first, that a search looks through."""


def practices_for(viewer: Viewer, group: Group) -> QuerySet[Practice]:
    """A group's practices, of those that the viewer may see."""
    rows = Practice.objects.filter(group=group).select_related("group", "caucus")
    return visible(rows, viewer)


def reuses_for(viewer: Viewer) -> QuerySet[Reuse]:
    """What groups took over, of what the viewer may see, in groups that the viewer may know."""
    rows = Reuse.objects.select_related("group", "caucus", "practice__group")
    return visible(rows, viewer).filter(group__in=groups_for(viewer).values("pk"))


def questions_for(viewer: Viewer, group: Group) -> QuerySet[Question]:
    """What a group asks and is asked; what is addressed to nobody is asked of every group."""
    between = Q(group=group) | Q(to=group) | Q(to__isnull=True)
    rows = Question.objects.filter(between).filter(_known(viewer))
    rows = rows.annotate(answered=Count("answers")).select_related("group", "to", "caucus")
    return visible(rows, viewer)


def offers_for(viewer: Viewer, group: Group) -> QuerySet[Offer]:
    """What a group offers and is offered."""
    rows = Offer.objects.filter(Q(group=group) | Q(to=group)).filter(_known(viewer))
    return visible(rows.select_related("group", "to", "caucus", "meeting"), viewer)


def _known(viewer: Viewer) -> Q:
    """Rows at whose both ends are groups that the viewer may know, or is addressed by."""
    known = groups_for(viewer).values("pk")
    own = viewer.groups
    ends = Q(to__isnull=True) | Q(to__in=known)
    return (Q(group__in=known) & ends) | Q(group__in=own) | Q(to__in=own)


def open_practices(viewer: Viewer, *, without: Group | None = None) -> dict[str, Practice]:
    """Published practices of every group that the viewer sees, by the id of their value."""
    rows = Practice.objects.filter(
        status=Practice.Status.PUBLISHED, group__in=groups_for(viewer).values("pk")
    )
    if without is not None:
        rows = rows.exclude(group=without)
    seen = visible(rows.select_related("group", "caucus"), viewer)[:MOST]
    return {row.value_id: row for row in seen}


def values(rows: Mapping[str, Practice]) -> dict[str, Value]:
    return {name: value_of(row, name) for name, row in rows.items()}


def found(
    text: str, theme: str, rows: Mapping[str, Practice]
) -> list[tuple[Value, Practice | None]]:  # fmt: skip
    """Practices that ship and those of groups: with the words, on the theme, the best first."""
    every = {**values(rows), **practices()}
    on = [each for each in every.values() if not theme or theme in each.themes]
    hits = [hit.practice for hit in search(text, on)] if text.strip() else on
    return [(each, rows.get(each.id)) for each in hits]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A process or a group that could be asked, with the reason."""

    name: str
    reasons: tuple[Said, ...]
    group: Group | None
    process: str
    """Id of the process; empty where it is a group."""
    practices: tuple[tuple[Value, Practice | None], ...]


def suggested(viewer: Viewer, group: Group, theme: str, text: str) -> list[Suggestion]:
    """Whom a group could ask: groups of the platform first, which can answer here."""
    rows = open_practices(viewer, without=group)
    own = values(rows)
    owners = {name: row.group for name, row in rows.items()}
    return [*_groups(own, owners, rows, theme, text), *_processes(theme, text)]


def _groups(
    own: Mapping[str, Value],
    owners: Mapping[str, Group],
    rows: Mapping[str, Practice],
    theme: str,
    text: str,
) -> list[Suggestion]:
    worded = {hit.practice.id for hit in search(text, own.values())} if text else set()
    held: dict[int, list[str]] = {}
    for name, owner in owners.items():
        held.setdefault(owner.pk, []).append(name)
    told = []
    for names in held.values():
        on_theme = tuple(name for name in names if theme in own[name].themes)
        on_words = tuple(name for name in names if name in worded)
        if on_theme or on_words:
            owner = owners[names[0]]
            peer = Peer(
                process=owner.slug, on_theme=on_theme, on_words=on_words, works_on=False
            )  # fmt: skip
            told.append((peer, owner))
    told.sort(key=lambda each: each[0].order)
    return [
        Suggestion(
            name=owner.called(), reasons=reasons(peer), group=owner, process="",
            practices=tuple((own[name], rows[name]) for name in _all(peer)),
        )
        for peer, owner in told
    ]  # fmt: skip


def _processes(theme: str, text: str) -> list[Suggestion]:
    known: Mapping[str, Process] = processes()
    held = practices()
    return [
        Suggestion(
            name=known[peer.process].name, reasons=reasons(peer), group=None,
            process=peer.process,
            practices=tuple((held[name], None) for name in _all(peer)),
        )
        for peer in peers(theme, text, held.values(), known)
    ]  # fmt: skip


def _all(peer: Peer) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*peer.on_theme, *peer.on_words)))
