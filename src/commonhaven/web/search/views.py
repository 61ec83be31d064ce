"""Pages of the slice."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit
from commonhaven.web.library.shelf import on_shelf
from commonhaven.web.search.catalogue import KINDS
from commonhaven.web.search.forms import SearchForm
from commonhaven.web.search.queries import found_groups, hit, search

FIRST = 10
"""Results of the library that are shown beside those of groups."""


def find(request: Visit) -> HttpResponse:
    """What has the words asked for, among all that the viewer may see."""
    form = SearchForm(
        request.GET or None, viewer=request.viewer, language=get_language() or "en"
    )  # fmt: skip
    valid = form.is_bound and form.is_valid()
    asked = form.asked()
    rows = search(asked, request.viewer) if asked.kind != "library" else None
    page = None if rows is None else page_of(request, rows, 20)
    shelf = on_shelf(asked.begins) if asked.kind in {"", "library"} and not asked.group else []
    shown = shelf if asked.kind == "library" else shelf[:FIRST]
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    found = {
        "form": form, "asked": asked, "rows": page, "shelf": shown,
        "more": len(shelf) - len(shown),
        "hits": [hit(row, asked.begins) for row in page] if page is not None else [],
        "groups": found_groups(asked, request.viewer),
        "kinds": {each.id: each.label for each in KINDS},
        "extra": f"&{urlencode(kept)}" if kept else "",
        "library_only": urlencode({**kept, "kind": "library"}),
    }  # fmt: skip
    return render(
        request, "search/search.html", found, status=200 if valid or not form.is_bound else 422
    )
