"""Pages of the slice."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.visit import Visit, in_group


@in_group
def plans_list(request: Visit, group: Group) -> HttpResponse:  # noqa: ARG001
    """Plans."""
    return render(request, "plans/list.html")
