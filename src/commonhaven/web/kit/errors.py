"""Pages for what went wrong; they never say whether something hidden exists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The page for an address that leads nowhere, or nowhere that the viewer may see."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The page for a defect, drawn without the database; the log has the rest."""
    return HttpResponse(render_to_string("500.html"), status=500)
