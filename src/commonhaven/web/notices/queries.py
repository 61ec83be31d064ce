"""Notices as their reader may see them."""

from django.db.models import F, QuerySet

from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.notices.models import Notice


def notices_for(viewer: Viewer) -> QuerySet[Notice]:
    """A person's notices of what he or she may see now: unread first, then the latest."""
    own = Notice.objects.filter(user=viewer.user) if viewer.user else Notice.objects.none()
    rows = visible(own, viewer).select_related("group")
    return rows.order_by(F("read_at").asc(nulls_first=True), "-created_at", "-pk")


def unread(viewer: Viewer) -> int:
    """How many of them were not read."""
    if viewer.user is None:
        return 0
    own = Notice.objects.filter(user=viewer.user, read_at__isnull=True)
    return visible(own, viewer).count()
