"""What operations have in common: parameters, who acts, what may be seen, pages of lists."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.parser import Parser
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from commonhaven.reading import Problem
from commonhaven.web.api.errors import answers
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.scopes import ACT, opens
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.groups.queries import group_for
from commonhaven.web.kit.audience import Audience, Item, Seat, sees, visible
from commonhaven.web.kit.refused import Refused, Unknown
from commonhaven.web.record.actions import Placing

Row = TypeVar("Row", bound=Model)
Shape = TypeVar("Shape")
LARGEST = 2**53 - 1
LETTERS = 400_000
SLUG = r"^[a-z0-9-]{1,60}$"

Slug = Annotated[str, Path(pattern=SLUG, description="Short name of the group")]
Id = Annotated[int, Path(ge=1, le=LARGEST)]
SeatId = Annotated[
    int | None,
    Query(ge=1, le=LARGEST, description="Seat in which you act; left out: your first in the group"),
]
Limit = Annotated[int, Query(ge=1, le=200, description="Items at most")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Items passed over")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(max_length=100_000)]
Toml = Annotated[str, StringConstraints(min_length=1, max_length=LETTERS)]
Word = Annotated[str, StringConstraints(max_length=120)]


def _sensible(value: datetime) -> datetime:
    if not 1900 <= value.year <= 9000:  # the ends of the calendar have no UTC
        raise ValueError("the instant should be of a year from 1900 to 9000")
    return value


Instant = Annotated[AwareDatetime, AfterValidator(_sensible)]


class Paged(Schema, Generic[Shape]):
    """A part of a list, how many there are, and where the next part begins."""

    items: list[Shape]
    count: int = Field(description="How many there are that you may see")
    next: int | None = Field(description="The offset of the next part; null at the end")


class Placed(Schema):
    """For whom a new item is."""

    audience: Audience = Field(default=Audience.MEMBERS, description="For whom it is")
    caucus: int | None = Field(
        default=None, ge=1, le=LARGEST, description="The caucus, where the audience is one"
    )
    release_at: Instant | None = Field(default=None, description="When it becomes public")


class Plain(Parser):
    """Reads bodies as JSON; what is none, or holds signs that no text may, is answered with 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = json.loads(request.body)
        json.dumps(found, ensure_ascii=False).encode()  # lone surrogates are no text
        if b"\\u0000" in request.body and "\x00" in "".join(_texts(found)):
            raise ValueError("a text holds the sign U+0000")
        return found


def _texts(found: Any) -> list[str]:
    if isinstance(found, str):
        return [found]
    inner = [*found, *found.values()] if isinstance(found, dict) else found
    return [text for one in inner for text in _texts(one)] if isinstance(inner, list) else []


class ByToken(HttpBearer):
    """A token made on the page /api/tokens/."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        return getattr(request, "token", None)


class BySession(APIKeyCookie):
    """The session of a person signed in; the request carries X-CSRFToken."""

    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=False)  # the middleware asks for it, once for all operations

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        return request.user if request.user.is_authenticated else None


SIGNED_IN = [ByToken(), BySession()]
ANYBODY: list[dict[str, list[str]]] = [{}, {"ByToken": []}, {"BySession": []}]
TAG = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The ETag of the answer that you hold; 304 where it still is the answer",
}  # fmt: skip
KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "maxLength": 120, "pattern": "^[!-~]*$"},
    "description": "The same write with the same key is done once",
}  # fmt: skip
View = Callable[..., Any]


def read(router: Router, path: str, shape: Any, *, own: bool = False) -> Callable[[View], View]:
    """An operation that reads. ``own``: of a person's own things, so that a token is needed."""
    extra: dict[str, Any] = {
        "parameters": [TAG],
        "responses": {304: {"description": "Not changed"}},
    }
    if own:
        return router.get(path, response=answers(shape), auth=SIGNED_IN, openapi_extra=extra)
    extra["security"] = ANYBODY
    return router.get(path, response=answers(shape), openapi_extra=extra)


def write(
    router: Router,
    path: str,
    shape: Any,
    *,
    made: bool = False,
) -> Callable[[View], View]:
    """An operation that acts. ``made``: it makes something new and answers 201."""
    return router.post(
        path, response=answers(shape, status=201 if made else 200), auth=SIGNED_IN,
        openapi_extra={"parameters": [KEY]},
    )  # fmt: skip


def group_of(request: Asked, slug: str) -> Group:
    """The group; Unknown where there is none that the viewer may know of."""
    group = group_for(slug, request.viewer)
    if group is None:
        raise Unknown("there is no such group", fix="See the list of groups.")
    request.group = group
    return group


def one_of(rows: "QuerySet[Row]", pk: int) -> Row:
    """The row among those that the viewer may see; Unknown otherwise."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Unknown("there is no such item", fix="Look in the lists of the group.")
    return found


def seen(model: type[Row], request: Asked, group: Group, pk: int, *above: str) -> Row:
    """One item of a group that the viewer may see; ``above``: relations to fetch with it."""
    rows = visible(model._default_manager.filter(group=group), request.viewer)  # noqa: SLF001
    return one_of(rows.select_related("group", *above), pk)


def known(item: Item | None, request: Asked) -> int | None:
    """The number of what another item belongs to; None where the viewer may not see that one."""
    return item.pk if item is not None and sees(request.viewer, item) else None


def acting(request: Asked, group: Group, seat: int | None = None) -> Seat:
    """The seat in which the person acts; Refused where there is none or the token opens no acts."""
    if request.token is not None and not opens(request.token.scopes, ACT, group.slug):
        fix = f"Make one with the scope act or act:{group.slug}."
        raise Refused("this token is for reading", where="Authorization", fix=fix)
    seats = request.viewer.seats_in(group.pk)
    chosen = [each for each in seats if seat is None or each.id == seat]
    if not chosen:
        what = "you have no seat in the group" if seat is None else "that is no seat of yours here"
        raise Refused(what, where="seat", fix="See your seats at /api/v1/me.")
    return chosen[0]


def placing_of(body: Placed, request: Asked, group: Group) -> Placing:
    """For whom a new item is; Problem for a caucus that is not one's own."""
    caucus = None
    if body.audience == Audience.CAUCUS:
        own = request.viewer.caucuses.get(group.pk, frozenset())
        caucus = Caucus.objects.filter(group=group, pk=body.caucus or 0, pk__in=own).first()
        if caucus is None:
            fix = "Name a caucus of which your party is one."
            raise Problem("that is no caucus of yours", where="caucus", fix=fix)
    elif body.caucus is not None:
        fix = "Leave it out, or choose the audience caucus."
        raise Problem("a caucus is named, but the audience is another", where="caucus", fix=fix)
    return Placing(audience=body.audience, caucus=caucus, release_at=body.release_at)


def paged(
    rows: "QuerySet[Row] | Sequence[Any]", limit: int, offset: int, shape: Callable[[Any], Any]
) -> dict[str, Any]:
    """A part of a list in the shape that the API shows."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    part = rows[offset : offset + limit]
    left = offset + limit < count
    return {
        "items": [shape(row) for row in part], "count": count,
        "next": offset + limit if left else None,
    }  # fmt: skip
