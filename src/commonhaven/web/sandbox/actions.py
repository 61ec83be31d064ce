"""Try a charter on a situation; forget what is old."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from commonhaven import __version__
from commonhaven.charter import Charter
from commonhaven.reading import canonical, digest, dump
from commonhaven.reading.canonical import Plain
from commonhaven.reading.toml_text import toml_text
from commonhaven.situations import Situation
from commonhaven.web.sandbox.bounds import bound, check_size
from commonhaven.web.sandbox.models import Computed, Trial
from commonhaven.web.sandbox.run import run


def try_out(
    *, charter: Charter, situation: Situation, asked: Mapping[str, Plain], at: datetime
) -> Trial:
    """Compute a plan, or take the one computed of the same inputs, under a link of its own."""
    check_size(charter, situation)
    texts = (toml_text(_table(charter)), toml_text(_table(situation)))
    inputs = digest([*texts, __version__])
    computed = Computed.objects.filter(inputs=inputs).first()
    ran = None if computed else run(*texts)
    with transaction.atomic():
        if ran is not None:
            name = json.loads(ran.text)["manifest"]["plan"]
            computed, _ = Computed.objects.get_or_create(
                inputs=inputs,
                defaults={"text": ran.text, "name": name, "milliseconds": ran.milliseconds,
                          "made_at": at},
            )  # fmt: skip
        assert computed is not None  # noqa: S101 - found or made
        return Trial.objects.create(
            token=secrets.token_urlsafe(16), charter=texts[0], situation=texts[1],
            title=f"{situation.called()} · {charter.group.called()}"[:300],
            asked=canonical(asked), computed=computed, made_at=at,
            expires_at=at + timedelta(days=bound("kept_days")),
        )  # fmt: skip


def _table(model: Charter | Situation) -> dict[str, Plain]:
    table = dump(model)
    assert isinstance(table, dict)  # noqa: S101 - a model is a table
    return table


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Delete the trials whose link has expired, and results that no trial shows any more."""
    gone, _ = Trial.objects.filter(expires_at__lte=at).delete()
    Computed.objects.filter(trials=None).delete()
    return gone
