"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.kit.visit import Visit


def notices_list(request: Visit) -> HttpResponse:
    """Notices."""
    return render(request, "notices/list.html")
