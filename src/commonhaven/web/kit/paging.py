"""Long lists in pages."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

SIZE = 50
Row = TypeVar("Row", bound=Model)


def page_of(
    request: HttpRequest, rows: "QuerySet[Row] | list[Row]", size: int = SIZE
) -> "Page[Row]":
    """The page that the address asks for; the nearest one where there is none of that number."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
