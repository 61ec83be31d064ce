"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.kit.visit import Visit


def search(request: Visit) -> HttpResponse:
    """Search."""
    return render(request, "search/search.html")
