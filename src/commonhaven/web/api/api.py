"""The API: version, description, and the operations of every slice."""

from functools import cached_property
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from commonhaven import __version__
from commonhaven.web.api import (
    bringing,
    chair,
    commitments,
    decisions,
    documents,
    exchange,
    flows,
    founding,
    funds,
    good_faith,
    groups,
    indicators,
    library,
    meetings,
    needs,
    outcomes,
    own,
    people,
    plans,
    presence,
    processes,
    review,
    situations,
    summary,
    texts,
)
from commonhaven.web.api.asking import Plain
from commonhaven.web.api.errors import told

DESCRIPTION = """\
The same acts and lists as the pages, for programs. What you may not see answers 404, as does what
is not there. Errors say what, where, and what to do. Reads carry an ETag; writes take an
Idempotency-Key. See docs/reference/api.md.
"""

ROOT = "/api/v1/"


class Api(NinjaAPI):
    """An API that knows where it stands, also within the slice's own names of addresses."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:  # noqa: ARG002
        return ROOT

    @cached_property
    def described(self) -> OpenAPISchema:
        """The API's description, which takes half a second to make and never changes."""
        return super().get_openapi_schema()

    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:
        return self.described

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.view_func.__name__)


api = Api(
    title="Commonhaven", version=__version__, description=DESCRIPTION, docs_url=None,
    openapi_url="/openapi.json", urls_namespace="api-v1", parser=Plain(),
)  # fmt: skip
told(api)
SLICES = (
    own, groups, founding, people, chair, situations, meetings, presence, texts, documents,
    outcomes, summary, plans, decisions, commitments, bringing, needs, funds, review,
    good_faith, flows, exchange, library, processes, indicators,
)  # fmt: skip
for each in SLICES:
    api.add_router("", each.router)
