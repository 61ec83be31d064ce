"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.kit.visit import Visit


def index(request: Visit) -> HttpResponse:
    """Library."""
    return render(request, "library/index.html")
