"""Texts that no database keeps are refused at the door."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

FORM = "application/x-www-form-urlencoded"


class WholeText:
    """Answer 400 to an address or a form that holds a NUL: PostgreSQL keeps none."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in unquote_plus(query) or self._in_form(request):
            text = "The address or the form holds a sign that cannot be kept (NUL). Take it out.\n"
            return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
        return self.answer(request)

    def _in_form(self, request: HttpRequest) -> bool:
        """Whether a field of a form holds one; files are not read."""
        if request.method != "POST" or request.content_type not in {FORM, "multipart/form-data"}:
            return False
        return any("\0" in value for _, values in request.POST.lists() for value in values)
