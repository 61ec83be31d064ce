"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.kit.visit import Visit


def own(request: Visit) -> HttpResponse:
    """Account."""
    return render(request, "accounts/own.html")
