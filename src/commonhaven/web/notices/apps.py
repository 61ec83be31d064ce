"""The slice as a Django application."""

import logging
from typing import Any

from django.apps import AppConfig
from django.db import DatabaseError, transaction

log = logging.getLogger(__name__)


class NoticesConfig(AppConfig):
    """The slice `notices`: it listens to the record."""

    name = "commonhaven.web.notices"
    label = "notices"

    def ready(self) -> None:
        from commonhaven.web.record.signals import written  # noqa: PLC0415 - apps load first

        written.connect(told, dispatch_uid="notices")


def told(sender: object, *, entry: Any, **kwargs: Any) -> None:  # noqa: ANN401, ARG001
    """Tell people of an act in the transaction that writes it.

    An act does not fail because nobody could be told of it; the next round tells them then.
    """
    from commonhaven.web.notices.telling import tell  # noqa: PLC0415 - apps load first

    try:
        with transaction.atomic():
            tell(entry)
    except DatabaseError:
        log.exception("entry %s of group %s was not told", entry.number, entry.group_id)
