"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.visit import Visit, in_group


@in_group
def decisions_list(request: Visit, group: Group) -> HttpResponse:  # noqa: ARG001
    """Decisions."""
    return render(request, "decisions/list.html")


@in_group
def obligations(request: Visit, group: Group) -> HttpResponse:  # noqa: ARG001
    """Obligations."""
    return render(request, "decisions/obligations.html")
