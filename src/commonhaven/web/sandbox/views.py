"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.kit.visit import Visit


def start(request: Visit) -> HttpResponse:
    """Try it."""
    return render(request, "sandbox/start.html")
