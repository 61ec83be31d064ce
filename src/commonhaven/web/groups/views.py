"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.visit import Visit, in_group


def groups_list(request: Visit) -> HttpResponse:
    """Groups."""
    return render(request, "groups/list.html")


@in_group
def show(request: Visit, group: Group) -> HttpResponse:  # noqa: ARG001
    """Group."""
    return render(request, "groups/show.html")


@in_group
def charters(request: Visit, group: Group) -> HttpResponse:  # noqa: ARG001
    """Charter."""
    return render(request, "groups/charters.html")


@in_group
def members(request: Visit, group: Group) -> HttpResponse:  # noqa: ARG001
    """Members."""
    return render(request, "groups/members.html")
