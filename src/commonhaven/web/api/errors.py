"""What went wrong, in one form: what, where, and what to do."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from commonhaven.reading import Problem
from commonhaven.web.kit.visit import status_of

log = logging.getLogger(__name__)
NOTHING = ("there is nothing at this address that you may see", "Look in the lists of the group.")


class Fault(Schema):
    """Why a request was not done."""

    what: str = Field(description="What is wrong, in a sentence")
    where: str = Field(default="", description="The field, header or item that it is about")
    fix: str = Field(default="", description="What to do")


ERRORS = (400, 401, 403, 404, 409, 422, 429)


def answers(schema: Any, *, status: int = 200) -> dict[Any, Any]:
    """What an operation answers: its result, and every error in the one form."""
    return {status: schema, **dict.fromkeys(ERRORS, Fault)}


def fault(status: int, what: str, *, where: str = "", fix: str = "") -> JsonResponse:
    """An answer that says what is wrong."""
    return JsonResponse({"what": what, "where": where, "fix": fix}, status=status)


def of_problem(problem: Problem) -> JsonResponse:
    """The answer for a Problem; one that hides a thing says the same as one of no thing."""
    status = status_of(problem)
    if status == 404:
        return fault(404, NOTHING[0], fix=NOTHING[1])
    return fault(status, problem.what, where=problem.where, fix=problem.fix)


def unsigned() -> JsonResponse:
    """The answer where a token is needed, or the one given does not hold."""
    response = fault(
        401, "a token is needed, or this one does not hold (any more)", where="Authorization",
        fix="Send Authorization: Bearer TOKEN; make tokens on the page /api/tokens/.",
    )  # fmt: skip
    response["WWW-Authenticate"] = 'Bearer realm="Commonhaven"'
    return response


def told(api: NinjaAPI) -> None:
    """Let the API answer every error in the one form."""

    @api.exception_handler(Problem)
    def problem(request: HttpRequest, error: Problem) -> HttpResponse:  # noqa: ARG001
        return of_problem(error)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
        return fault(404, NOTHING[0], fix=NOTHING[1])

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001
        first = error.errors[0] if error.errors else {}
        where = ".".join(str(part) for part in first.get("loc", ()))
        return fault(
            422, str(first.get("msg", "the request is not valid")), where=where,
            fix="Compare the request with the API's description, /api/v1/openapi.json.",
        )  # fmt: skip

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
        return unsigned()

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
        return fault(
            error.status_code, str(error), fix="Send the body as JSON, as the description says."
        )

    @api.exception_handler(Exception)
    def failed(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("the API failed", exc_info=error, extra={"request": request})
        return fault(500, "the platform failed", fix="Tell its operator the X-Request-Id.")
