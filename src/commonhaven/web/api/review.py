"""What stands before the annual review of a group."""

from datetime import date
from typing import Any, Literal

from ninja import Router, Schema
from pydantic import Field

from commonhaven.web.api.asking import Slug, group_of, read
from commonhaven.web.api.commitments import number
from commonhaven.web.api.middleware import Asked
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.review import before_review

router = Router(tags=["promises"])


class ReviewShown(Schema):
    """One instalment or contribution that was asked for in vain."""

    of: Literal["commitment", "fund"]
    id: int = Field(description="The promise's or the fund's")
    title: str
    party: str = Field(description="Who owes it")
    instalment: str
    due: date
    missing: str
    unit: str
    since: date = Field(description="Day from which it is on the list")


@read(router, "/groups/{slug}/review", list[ReviewShown])
def show_review(request: Asked, slug: Slug) -> Any:
    """What is overdue so long that it stands before the annual review, the longest first."""
    found = before_review(request.viewer, group_of(request, slug))
    return [
        {
            "of": "commitment" if isinstance(one.row, Commitment) else "fund", "id": one.row.pk,
            "title": one.row.title, "party": one.asking.due.giver, "due": one.asking.due.due,
            "instalment": one.asking.due.instalment, "since": one.asking.since,
            "missing": number(one.asking.missing.value), "unit": one.asking.missing.unit,
        }
        for one in found
    ]  # fmt: skip
